"""Groups the mentions of gatherings in an article: one group for each real-world gathering."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from pipeline.base import Document, Mention
from pipeline.data import Row, load_rows
from pipeline.entities import GatheringName

_BEFORE = 24  # characters left of a name in which "next", "last year's" and the like may stand


class RelationRow(Row):
    """A word before a name that tells this edition from the present one."""

    pattern: str
    relation: str


class NounRow(Row):
    """A noun that stands for any gathering named before ("the event")."""

    words: tuple[str, ...]


@dataclass(slots=True)
class Gathering:
    """A gathering and its mentions in text order; `names` are those that name it, the others refer to it."""

    names: list[Mention] = field(default_factory=list)
    references: list[Mention] = field(default_factory=list)
    relation: str = ""

    @property
    def mentions(self) -> list[Mention]:
        """All mentions in text order."""
        return sorted(self.names + self.references, key=lambda m: m.start)

    @property
    def values(self) -> Iterator[GatheringName]:
        """The names, read."""
        return (m.value for m in self.names)

    @property
    def edition(self) -> int | None:
        """The edition that one of the names states."""
        return next((v.edition for v in self.values if v.edition is not None), None)

    @property
    def year(self) -> int | None:
        """The year that one of the names holds."""
        return next((v.year for v in self.values if v.year is not None), None)

    @property
    def best(self) -> Mention:
        """The fullest name, those of the running text before the title's."""
        return max(self.names, key=lambda m: (len(m.value.words) + (m.value.edition is not None), -m.start))


class Clusterer:
    """Document -> gatherings."""

    def __init__(self) -> None:
        package = "pipeline.records.conference"
        self._relations = [
            (re.compile(rf"\b(?:{row.pattern})\W*$", re.IGNORECASE), row.relation)
            for row in load_rows(package, "relations.jsonl", RelationRow)
        ]
        rows = load_rows(package, "reference_nouns.jsonl", NounRow)
        words = "|".join(sorted((w for row in rows for w in row.words), key=len, reverse=True))
        self._noun = re.compile(rf"\b(?:the|this)(?: [\w-]+){{0,2}}? (?:{words})\b", re.IGNORECASE)

    def __call__(self, document: Document) -> list[Gathering]:
        """The gatherings that the article names, in the order of their first names."""
        gatherings: list[Gathering] = []
        for mention in document.of("gathering"):
            relation = self._relation(document, mention)
            home = _home(gatherings, mention, relation)
            if home is None and not mention.value.words and mention.rule.endswith("/numbered"):
                completed = _completed(document, mention)
                if completed is not None:
                    gatherings.append(Gathering([completed], relation=relation))
            elif home is None:
                gatherings.append(Gathering([mention], relation=relation))
            else:
                home.names.append(mention)
        for gathering in gatherings:
            gathering.names += _by_acronym(document, gathering, gatherings)
            gathering.names.sort(key=lambda m: m.start)
        for mention in self._references(document):
            if home := _antecedent(gatherings, mention):
                home.references.append(mention)
        return gatherings

    def _relation(self, document: Document, mention: Mention) -> str:
        before = document.text[max(0, mention.start - _BEFORE) : mention.start]
        return next((relation for pattern, relation in self._relations if pattern.search(before)), "")

    def _references(self, document: Document) -> list[Mention]:
        """Definite descriptions: by head noun ("the summit"), and by general nouns ("the three-day event")."""
        named = document.of("gathering_reference")
        general = [
            Mention(
                "gathering_reference",
                m.start(),
                m.end(),
                "gathering/reference_noun",
                GatheringName("", "", reference=True),
            )
            for m in self._noun.finditer(document.text)
        ]
        taken = document.of("gathering") + named
        free = [m for m in general if not any(m.overlaps(other) for other in taken)]
        return sorted([*named, *free], key=lambda m: m.start)


def _home(gatherings: Iterable[Gathering], mention: Mention, relation: str) -> Gathering | None:
    """The gathering that a name names again: the last one that agrees with it."""
    agreeing = [g for g in gatherings if _same(g, mention.value, relation)]
    return max(agreeing, key=lambda g: (_likeness(g, mention.value), g.names[-1].start), default=None)


def _completed(document: Document, mention: Mention) -> Mention | None:
    """"Its 42nd session" with the body that the sentence named before it: "42nd session of the ..."."""
    sentence = document.sentence_at(mention.start)
    bodies = document.within(sentence.start_char, mention.start, "body")
    if not bodies:
        return None
    body = document.quote(bodies[-1])
    words = frozenset(w.lower() for w in re.findall(r"\w+", body))
    name = replace(mention.value, name=f"{mention.value.name} of the {body}", words=words)
    return replace(mention, value=name)


def _same(gathering: Gathering, name: GatheringName, relation: str) -> bool:
    if _differ(gathering.edition, name.edition) or _differ(gathering.year, name.year):
        return False
    if relation != gathering.relation and "other" in (relation, gathering.relation):
        return False
    if (
        relation == "next"
        and gathering.relation == "last"
        or relation == "last"
        and gathering.relation == "next"
    ):
        return False
    if any(set(v.acronyms) & set(name.acronyms) for v in gathering.values):
        return True
    return _likeness(gathering, name) >= 0.6


def _differ(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one != other


def _likeness(gathering: Gathering, name: GatheringName) -> float:
    """How far two names share their content words; a short form's words all stand in the full one's."""
    return max((_overlap(v, name) for v in gathering.values), default=0.0)


def _overlap(one: GatheringName, other: GatheringName) -> float:
    a, b = one.words, other.words
    if not a and not b:
        return 1.0 if one.kind == other.kind and (one.edition or one.year) else 0.0
    if not a or not b:
        full, short = (one, other) if a else (other, one)
        return (
            0.7 if full.kind == short.kind and (short.edition is not None or short.year is not None) else 0.0
        )
    shared = len(a & b)
    if one.kind != other.kind:
        return 0.9 * shared / max(len(a), len(b)) if shared >= 2 else 0.0
    return shared / min(len(a), len(b)) - 0.02 * abs(len(a) - len(b))


def _by_acronym(document: Document, gathering: Gathering, all_gatherings: list[Gathering]) -> list[Mention]:
    """Later mentions by an acronym that one of the names defines."""
    found: list[Mention] = []
    for name in list(gathering.names):
        for acronym in name.value.acronyms:
            if not _abbreviates(acronym, name.value):
                continue
            for match in re.finditer(rf"(?<!\w){re.escape(acronym)}(?!\w)", document.text):
                mention = Mention(
                    "gathering",
                    match.start(),
                    match.end(),
                    "gathering/acronym",
                    GatheringName(acronym, name.value.kind, acronyms=(acronym,)),
                )
                taken = [m for g in all_gatherings for m in g.names] + found
                if match.start() > name.start and not any(mention.overlaps(m) for m in taken):
                    found.append(mention)
    return found


def _abbreviates(acronym: str, name: GatheringName) -> bool:
    """Whether a bracketed acronym is the gathering's, not that of a body at the end of its name."""
    head = name.kind[:1].upper()
    letters = re.sub(r"[^A-Z]", "", acronym)
    return (
        head in letters and name.name[:1].upper() in letters or bool(re.match(r"COP|MC|INC|CHOGM", acronym))
    )


def _antecedent(gatherings: list[Gathering], mention: Mention) -> Gathering | None:
    """The gathering a definite description stands for: the last named before it of its kind."""
    kind = mention.value.kind
    fitting = [g for g in gatherings if not kind or any(_fits(kind, v) for v in g.values)]
    before = [(m.start, g) for g in fitting for m in g.mentions if m.start < mention.start]
    if before:
        return max(before, key=lambda pair: pair[0])[1]
    return fitting[0] if len(fitting) == 1 else None


def _fits(kind: str, name: GatheringName) -> bool:
    return (
        kind == name.kind
        or kind in name.words
        or kind in name.name.lower().split()
        or (
            {kind, name.kind} <= {"meeting", "session", "conference", "summit", "ministerial"}
            and "meeting" in (kind,)
        )
    )
