"""Finds what is told of bodies as bodies, and gathers it to one candidate for each body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.base import Candidate, Document, Mention, Number, Sentence
from pipeline.body import Body
from pipeline.data import Row, load_rows
from pipeline.patterns import Hit, PatternSet
from pipeline.records.alliance.founding import founding_slots
from pipeline.statements import TAGS, countries_beside, members, statements

_PACKAGE = "pipeline.records.alliance"
_BEFORE = 60  # characters before a statement that tell how it is meant
_BESIDE = 70  # characters before a verb that tell how it is meant
_CLAUSE = re.compile(r"[;!?]|\.(?= )")
_IMPLICIT = 500  # characters between "its founding" and the name it stands for
_IN_PASSING = ("count/of", "count/modifier", "count/possessive", "count/ordinal", "count/acted")
_ALLUDES = re.compile(
    r"found/(?:noun|since)"
)  # "since its founding" tells nothing of a body that everybody knows
_OPENING = ("found/it", "found/participle-it", "propose/it")  # a pronoun takes up the sentence before
_IMPLIED = re.compile(
    r"\b(?:member|part(?:y|ies)\b|signator|founded|establish|created|formed|launch|set up|proposed)",
    re.IGNORECASE,
)
_PLACED = {"founded_date", "founded_city", "founded_at"}
_FEWEST_AMONG = 5  # "the three EU members that ..." are some of them
_FEWEST = 3  # members that a body is said to have; a smaller number counts some of them


class StanceRow(Row):
    """How a statement of founding is meant."""

    stance: str
    pattern: str
    fields: tuple[str, ...] = ()


@dataclass
class Told:
    """What an article tells of one body: triggers by action, and the mentions of each slot."""

    triggers: dict[str, Mention] = field(default_factory=dict)
    slots: dict[str, tuple[Mention, ...]] = field(default_factory=dict)
    total: bool = False

    def add(self, action: str, trigger: Mention, slots: dict[str, tuple[Mention, ...]]) -> None:
        """Keep the first trigger of an action and the first mentions of a slot; a total outdoes a number in
        passing.
        """
        self.triggers.setdefault(action, trigger)
        passing = trigger.rule.endswith(_IN_PASSING) or action == "founded"
        total = "members_count" in slots and not passing
        for name, mentions in slots.items():
            if mentions and (name not in self.slots or (total and not self.total)):
                self.slots[name] = mentions
        self.total = self.total or total


class AllianceFinder:
    """Document -> candidates; the trigger's value is the most specific action."""

    def __init__(self) -> None:
        self._patterns = PatternSet(_PACKAGE, "patterns.jsonl", TAGS)
        rows = load_rows(_PACKAGE, "stances.jsonl", StanceRow)
        self._stances = [(row, re.compile(row.pattern, re.IGNORECASE)) for row in rows]

    def __call__(self, document: Document) -> Iterator[Candidate]:
        """In text order of first mention."""
        bodies: dict[Body, Told] = {}
        for sentence, masked in statements(document, self._patterns, _IMPLIED):
            for hit in self._patterns(masked):
                self._read(document, sentence, hit, bodies)
        for body, told in bodies.items():
            yield _candidate(document, body, told)

    def _read(self, document: Document, sentence: Sentence, hit: Hit, bodies: dict[Body, Told]) -> None:
        mentions = _implicit(document, hit) if hit.row.value == "implicit" else members(hit.mentions["B"])
        action = self._action(hit, _context(document, hit, sentence.start_char))
        for mention in mentions:
            if action and _sensible(action, hit, mention.value, document):
                trigger = Mention("statement", hit.start, hit.end, f"alliance/{hit.row.id}", _plain(action))
                slots = _slots(document, sentence, hit, action)
                if hit.row.value == "placed" and not slots.keys() & _PLACED:
                    continue
                if not slots and _alludes(hit, action, mention.value):
                    continue
                bodies.setdefault(mention.value, Told()).add(_plain(action), trigger, slots)

    def _action(self, hit: Hit, context: str) -> str | None:
        for row, pattern in self._stances:
            if (not row.fields or hit.row.field in row.fields) and pattern.search(context):
                if row.stance == "none":
                    return None
                return hit.row.field if row.stance == "fact" else row.stance
        return hit.row.field


def _alludes(hit: Hit, action: str, body: Body) -> bool:
    """Whether a statement of founding without date, place or founders tells nothing."""
    return action == "founded" and body.reference is not None and bool(_ALLUDES.search(hit.row.id))


def _plain(action: str) -> str:
    return {
        "concluded": "founded",
        "founded_age": "described",
        "count": "described",
        "negotiated": "proposed",
    }.get(action, action)


def _sensible(action: str, hit: Hit, body: Body, document: Document) -> bool:
    """Whether a statement fits the body: only treaties are concluded, and small numbers count a part."""
    if action == "concluded":
        fewest = _FEWEST if hit.row.value in ("list", "placed") else 2
        return body.legal and ("C" not in hit.mentions or len(members(hit.mentions["C"])) >= fewest)
    if hit.row.value == "unknown" and body.reference:
        return False  # it has been there for long
    if action == "negotiated":
        several = "C" not in hit.mentions or len(members(hit.mentions["C"])) >= _FEWEST
        return several and (body.legal or body.kind == "partnership")
    if hit.row.id in ("count/modifier", "count/of") and not _ALL.search(
        document.text, max(0, hit.start - 10), hit.start
    ):
        return False
    if action == "count":
        number = hit.mentions["N"].value
        begin = hit.mentions["B"].end if hit.row.id == "count/modifier" else hit.mentions["N"].end
        if _PART.search(document.text[begin : hit.spans["noun"][1]]):
            return False
        fewest = _FEWEST_AMONG if hit.row.id == "count/modifier" else _FEWEST
        return isinstance(number, Number) and number.value >= fewest and number.share is None
    return True


def _slots(document: Document, sentence: Sentence, hit: Hit, action: str) -> dict[str, tuple[Mention, ...]]:
    if action == "count":
        noun = document.text[slice(*hit.spans["noun"])]
        states = (hit.mentions["N"],) if _STATES.search(noun) else ()
        return {"members_count": (hit.mentions["N"],), "states": states}
    if hit.row.value == "several":
        return {"several": (hit.mentions["B"],)}
    if action not in ("founded", "concluded"):
        return {"states": (hit.mentions["N"],)} if "N" in hit.mentions else {}
    named = members(hit.mentions["C"]) if "C" in hit.mentions else ()
    slots = {"founders": tuple(m for m in named if m.label == "country")} if named else {}
    return {**founding_slots(document, sentence, hit), **slots}


_STATES = re.compile(r"countr|nation|state|part(?:y|ies)|signator|econom|government", re.IGNORECASE)
_ALL = re.compile(
    r"\b(?:[Tt]he|[Aa]ll|[Ii]ts|has|have|are|were|counts|comprises|now) $"
)  # "13 members of the council voted" is no total
_PART = re.compile(  # members of a kind: "five permanent members", "43 Asian member countries"
    r"(?i:\b(?:permanent|non-permanent|remaining|other|new|more|elected|rotating|additional|prospective"
    r"|potential|key|original|founding|initial|of)\b)"
    r"|\b(?!Member|State|Part|Contracting|Signator|Countr|Nation)[A-Z]\w+"
)


def _context(document: Document, hit: Hit, begin: int) -> str:
    """The words by which a stance is told: "words before [words beside the verb] verb"."""
    text = document.text
    verb = text[slice(*hit.spans["verb"])] if "verb" in hit.spans else ""
    if "vg" in hit.spans or not verb:
        between = text[slice(*hit.spans["vg"])] if "vg" in hit.spans else ""
        return f"{text[max(begin, hit.start - _BEFORE) : hit.start]}[{between}]{verb}"
    at = hit.spans["verb"][0]
    between = _CLAUSE.split(text[max(begin, at - _BESIDE) : at])[-1]
    before = text[max(begin, at - len(between) - _BEFORE) : at - len(between)]
    return f"{before}[{between}]{verb}"


def _implicit(document: Document, hit: Hit) -> tuple[Mention, ...]:
    """The body that "it" stands for: the subject of the sentence before, else the body named last."""
    here = document.sentence_at(hit.start).start_char
    if hit.row.id in _OPENING and here > 0:
        last = document.sentence_at(here - 1)
        told = document.within(last.start_char, last.end_char, "body")
        if subjects := [m for m in told if document.span(m).root.dep_.startswith("nsubj")]:
            return tuple(subjects[:1])
    return document.within(max(0, hit.start - _IMPLICIT), hit.start, "body")[-1:]


_SPECIFIC = ("founded", "dissolved", "proposed", "enlarged", "described")


def _candidate(document: Document, body: Body, told: Told) -> Candidate:
    action = next(a for a in _SPECIFIC if a in told.triggers)
    named = [m for m in document.of("body") if m.value == body]
    name = next((m for m in named if " ".join(document.quote(m).split()) == body.name), named[0])
    aliases = tuple(m for m in named if document.quote(m) in body.aliases)
    slots = {
        "name": (name,),
        "kind": (name,),
        "aliases": aliases,
        "action": (told.triggers[action],),
        "beside": countries_beside(document, body),
        "dissolved": (told.triggers["dissolved"],) if "dissolved" in told.triggers else (),
        **told.slots,
    }
    return Candidate("alliance", told.triggers[action], slots)
