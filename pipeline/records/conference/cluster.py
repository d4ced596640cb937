"""Groups the mentions of gatherings in an article: one group for each real-world gathering."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.base import Document, Mention
from pipeline.data import Row, load_rows
from pipeline.entities import GatheringName
from pipeline.ordinals import edition_of
from pipeline.records.conference.implied import implied
from pipeline.records.conference.sameness import SAME, abbreviates, fits, likeness

_BEFORE = 24  # characters left of a name in which "next", "last year's" and the like may stand
_IN_TITLE = 0.3  # a headline shortens and runs together, so a third of its words is enough
_APPOSED = re.compile(
    r"['\"”’]?\s*(?:,? or |\(|, |[–—-]+ ?|(?: (?:in|at) [^.;,()]{2,25})?,? (?:better |also |otherwise )?"
    r"(?:known as|called|dubbed|or) )(?:the )?[\"“‘]?"
)
_IT = re.compile(
    r"It (?:was|is|will|had|has|brought|drew|ran|runs|took|takes|opened|closed|began"
    r"|attracted|gathered|ended)\b"
)
_HELD_REACH = 90  # characters from a name to the date that tells its year
_HELD_IN = re.compile(
    r"(?:\s?\([^()]{1,30}\))?,? ?(?:which )?"
    r"(?:(?:was|were|is|to be|will be|had been|has been|being) )?(?:last |first |also )?"
    r"(?:held|hosted|convened|staged|takes? place|took place|organi[sz]ed|opened|met|meeting)?"
    r"(?: (?:in|at) (?:the )?[A-Z][^.;]{2,50}?)?,? ?(?:on|in|from|of|\()? ?"
)
_ORGAN = re.compile(
    r"(?:[A-Z][\w'’-]+ )*(?:Conference|Council|Committee|Commission|Assembly|Board|Congress) (?:of|on|for) "
    r"(?:(?:the|and|of|[A-Z][\w'’-]+) )*$"
)
_SUBJECT_REACH = 110  # characters from the sentence's begin within which its subject ends
_AHEAD = 400  # characters, two sentences or three: a description may go before its name by so much
_FRESH = 600  # characters, some four sentences: "the conference" takes up no passing mention farther back


class RelationRow(Row):
    """A word before a name that tells this edition from the present one."""

    pattern: str
    relation: str


class NounRow(Row):
    """A noun that stands for any gathering named before ("the event")."""

    words: tuple[str, ...]


@dataclass(slots=True)
class Gathering:
    """A gathering and its mentions; `names` are those that name it, `references` those that refer to it."""

    names: list[Mention] = field(default_factory=list)
    references: list[Mention] = field(default_factory=list)
    relation: str = ""
    facts: dict[str, list[Mention]] = field(default_factory=dict)  # slots known beforehand
    years: set[int] = field(default_factory=set)  # in which its names say that it is held

    @property
    def mentions(self) -> list[Mention]:
        """All mentions in text order."""
        return sorted(self.names + self.references, key=lambda m: m.start)

    @property
    def values(self) -> Iterator[GatheringName]:
        """The names, read."""
        return (m.value for m in self.names)

    def agrees(self, name: GatheringName, relation: str, year: int | None) -> bool:
        """Whether nothing tells the name from this gathering: number, year, "next" against "last"."""
        if {relation, self.relation} == {"next", "last"}:
            return False
        editions = {v.edition for v in (*self.values, name) if v.edition is not None}
        named = {v.year for v in (*self.values, name) if v.year is not None}
        apart = year is not None and bool(self.years) and year not in self.years
        return len(editions) <= 1 and len(named) <= 1 and not apart


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
        """The gatherings that the article names, in the order of their first names in the running text."""
        gatherings: list[Gathering] = []
        named = sorted(
            (*document.of("gathering"), *implied(document)),
            key=lambda m: (document.clean.in_title(m.start), m.start),
        )
        for mention in named:
            self._place(document, mention, gatherings)
        for gathering in gatherings:
            gathering.names += _by_acronym(document, gathering, gatherings)
            gathering.names.sort(key=lambda m: m.start)
        for mention in self._references(document) if gatherings else ():
            home = _antecedent(gatherings, mention, document.text)
            if home is None:
                continue
            if edition := _numbered_apart(home, mention, document):
                gatherings.append(Gathering([edition]))
                continue
            relation = self._relation_within(document, mention)
            if relation and relation != home.relation:
                other = _told_of(gatherings, home, relation) or _edition_told_of(home, mention, relation)
                if other not in gatherings:
                    gatherings.append(other)
                other.references.append(mention)
            else:
                home.references.append(mention)
        return gatherings

    @staticmethod
    def _relation_within(document: Document, mention: Mention) -> str:
        """The relation that a description itself tells: "the next dialogue"."""
        words = document.quote(mention).lower().split()[:-1]
        return (
            words[-1].replace("previous", "last")
            if words and words[-1] in ("next", "last", "previous")
            else ""
        )

    def _place(self, document: Document, mention: Mention, gatherings: list[Gathering]) -> None:
        """Put a name to the gathering that it names again, or begin a new one."""
        relation = self._relation(document, mention)
        home = _home(gatherings, mention, relation, document)
        year = _year_told(document, mention)
        told = set() if year is None else {year}
        if home is not None:
            home.names.append(mention)
            home.years |= told
            return
        if mention.rule.endswith("/numbered"):
            completed = _completed(document, mention) or _another_edition(gatherings, mention)
            mention = completed or mention
        gatherings.append(Gathering([mention], relation=relation, years=told))

    def _relation(self, document: Document, mention: Mention) -> str:
        before = document.text[max(0, mention.start - _BEFORE) : mention.start]
        return next((relation for pattern, relation in self._relations if pattern.search(before)), "")

    def _references(self, document: Document) -> list[Mention]:
        """Definite descriptions by head noun ("the summit") and by general nouns ("the three-day event")."""
        named = document.of("gathering_reference")
        stands_for_any = GatheringName("", "", reference=True)
        general = [
            Mention("gathering_reference", m.start(), m.end(), "gathering/reference_noun", stands_for_any)
            for m in self._noun.finditer(document.text)
        ]
        general += _pronouns(document, stands_for_any)
        taken = document.of("gathering") + named
        free = [m for m in general if not any(m.overlaps(other) for other in taken)]
        return sorted([*named, *free], key=lambda m: m.start)


def _pronouns(document: Document, value: GatheringName) -> Iterator[Mention]:
    """A sentence's first "It", where the sentence before begins with a gathering or ends on one."""
    for before, sentence in zip(document.sentences, document.sentences[1:], strict=False):
        if not _IT.match(sentence.text):
            continue
        marks = document.within(before.start_char, before.end_char, "gathering", "gathering_reference")
        if marks and marks[0].start - before.start_char <= _SUBJECT_REACH:
            yield Mention(
                "gathering_reference", sentence.start_char, sentence.start_char + 2, "gathering/it", value
            )


def _home(
    gatherings: list[Gathering], mention: Mention, relation: str, document: Document
) -> Gathering | None:
    """The gathering that a name names again: the one most like it, of several the last."""
    if gatherings and _apposed(document, gatherings, mention):
        return max(gatherings, key=lambda g: max(m.end for m in g.names if m.end <= mention.start))
    year = _year_told(document, mention)
    least = _IN_TITLE if document.clean.in_title(mention.start) else SAME
    scored = [
        (likeness(g.values, mention.value), g.names[-1].start, g)
        for g in gatherings
        if g.agrees(mention.value, relation, year)
    ]
    scored += [(SAME, g.names[-1].start, g) for g in _held_in(gatherings, mention, document)]
    fitting = [entry for entry in scored if entry[0] >= least]
    return max(fitting, key=lambda entry: entry[:2])[2] if fitting else None


def _year_told(document: Document, mention: Mention) -> int | None:
    """The year in a name, or the one in which its own verb or preposition puts it."""
    if mention.value.year is not None:
        return int(mention.value.year)
    sentence = document.sentence_at(mention.start)
    stop = min(sentence.end_char, mention.end + _HELD_REACH)
    for day in document.within(mention.end, stop, "date"):
        if day.value.first.year is not None:
            return day.value.first.year if _HELD_IN.fullmatch(document.text, mention.end, day.start) else None
    return None


def _apposed(document: Document, gatherings: list[Gathering], mention: Mention) -> bool:
    """Whether a name of one word stands right behind another as its other form ("..., or MONDIACULT")."""
    ends = [m.end for g in gatherings for m in g.names if m.end <= mention.start]
    if len(ends) < len(gatherings) or mention.value.words:
        return False
    between = document.text[max(ends) : mention.start]
    return len(between) <= 45 and bool(_APPOSED.fullmatch(between))


def _held_in(gatherings: list[Gathering], mention: Mention, document: Document) -> Iterator[Gathering]:
    """The gatherings that a name of city and head noun ("the Samarkand summit") may stand for."""
    cities = document.within(mention.start, mention.end, "city")
    if (
        not cities
        or mention.value.year
        or not mention.value.words <= set(document.quote(cities[0]).lower().split())
    ):
        return
    for gathering in gatherings:
        same_kind = [g for g in gatherings if any(v.kind == mention.value.kind for v in g.values)]
        if gathering not in same_kind:
            continue
        if same_kind == [gathering]:
            yield gathering
        sentences = [document.sentence_at(m.start) for m in gathering.names]
        places = [c.value for s in sentences for c in document.within(s.start_char, s.end_char, "city")]
        if cities[0].value in places:
            yield gathering


def _completed(document: Document, mention: Mention) -> Mention | None:
    """A mention like "its 42nd session" with the body that its sentence named before: "42nd session of the
    ...".
    """
    sentence = document.sentence_at(mention.start)
    bodies = document.within(sentence.start_char, mention.start, "body")
    if not bodies:
        return None
    body = _organ(document, sentence.start_char, bodies[-1]) + document.quote(bodies[-1])
    words = frozenset(w.lower() for w in re.findall(r"\w+", body))
    name = replace(mention.value, name=f"{mention.value.name} of the {body}", words=words)
    return replace(mention, value=name)


def _organ(document: Document, start: int, body: Mention) -> str:
    """What names the organ that meets, right before the name of its body: "General Conference of " Unesco."""
    match = _ORGAN.search(document.text[start : body.start])
    return match.group().removeprefix("The ") if match else ""


def _another_edition(gatherings: list[Gathering], mention: Mention) -> Mention | None:
    """ "The third assembly" of a series of which another edition is named: that name with this number."""
    kind = mention.value.kind
    for gathering in reversed(gatherings):
        for value in gathering.values:
            if value.edition is None or value.edition == mention.value.edition or not fits(kind, value):
                continue
            ordinal, rest = mention.value.name.split(" ", 1)[0], without_ordinal(value.name)
            if rest and rest[0].isupper() | rest.startswith(kind):
                name = replace(
                    value, name=f"{ordinal} {rest}", edition=mention.value.edition, year=None, acronyms=()
                )
                return replace(mention, rule="gathering/another_edition", value=name)
    return None


def _numbered_apart(home: Gathering, mention: Mention, document: Document) -> Mention | None:
    """ "The second summit" where the summit last named is the third of its series: an edition of its own."""
    number = mention.value.edition
    if number is None or all(v.edition in (None, number) for v in home.values):
        return None
    words = document.quote(mention).split()
    name = " ".join(words[1:]) if edition_of(words[0]) is None else " ".join(words)
    numbered = replace(mention, value=replace(mention.value, name=name, reference=False))
    return _another_edition([home], numbered)


def without_ordinal(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if edition_of(first) is not None else name


def _told_of(gatherings: list[Gathering], home: Gathering, relation: str) -> Gathering | None:
    """The "next" or "last" edition of a series, if it has been told of before."""
    names = {v.words for v in home.values}
    return next(
        (g for g in gatherings if g.relation == relation and names & {v.words for v in g.values}), None
    )


def _edition_told_of(home: Gathering, mention: Mention, relation: str) -> Gathering:
    """A gathering that only "the next ..." or "last year's ..." of a named one tells of; its name has no
    number.
    """
    value = max(home.values, key=lambda v: len(v.words))
    name = replace(value, name=without_ordinal(value.name), edition=None, year=None, acronyms=())
    return Gathering([replace(mention, rule="gathering/another_edition", value=name)], relation=relation)


def _by_acronym(document: Document, gathering: Gathering, gatherings: list[Gathering]) -> list[Mention]:
    """Later mentions by an acronym that one of the names defines."""
    found: list[Mention] = []
    taken = [m for g in gatherings for m in g.names]
    for name in list(gathering.names):
        for acronym in name.value.acronyms:
            if not (abbreviates(acronym, name.value.name) or re.search(r"\d$", acronym)):
                continue
            for match in re.finditer(rf"(?<!\w){re.escape(acronym)}(?!\w)", document.text):
                value = GatheringName(acronym, name.value.kind, acronyms=(acronym,))
                mention = Mention("gathering", match.start(), match.end(), "gathering/acronym", value)
                if match.start() > name.end and not any(mention.overlaps(m) for m in taken):
                    found.append(mention)
                    taken.append(mention)
    return found


def _antecedent(gatherings: list[Gathering], mention: Mention, text: str) -> Gathering | None:
    """The gathering that a description stands for: the last of its kind shortly before, else the topic."""
    kind = mention.value.kind
    fitting = [
        g for g in gatherings if not kind or any(fits(kind, v) for v in g.values) or _called(g, kind, text)
    ]
    before = [(m.start, g) for g in fitting for m in g.mentions if m.start < mention.start]
    if not before:
        near = [g for g in fitting if g.names[0].start - mention.end <= _AHEAD]
        return near[0] if kind and len(fitting) == 1 and near else None
    last, gathering = max(before, key=lambda pair: pair[0])
    if mention.start - last <= _FRESH:
        return gathering
    return max((g for _, g in before), key=lambda g: (len(g.mentions), -g.mentions[0].start))


def _called(gathering: Gathering, kind: str, text: str) -> bool:
    """Whether a name stands in apposition to a head noun ("the first conference of its kind - the X
    Dialogue").
    """
    apposed = re.compile(rf"\b{re.escape(kind)}\b[^.;]{{0,70}}[,–—-] ?(?:the )?$")
    return any(apposed.search(text, max(0, m.start - 110), m.start) for m in gathering.names)
