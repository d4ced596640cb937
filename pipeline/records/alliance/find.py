"""Finds what is told of bodies as bodies, and gathers it to one candidate for each body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.base import Candidate, Document, Mention, Number, Sentence
from pipeline.body import Body
from pipeline.clauses import acting_countries
from pipeline.data import Row, load_rows
from pipeline.patterns import Hit, PatternSet
from pipeline.statements import TAGS, countries_beside, members, statements

if TYPE_CHECKING:
    pass

_PACKAGE = "pipeline.records.alliance"
_BEFORE = 60  # characters before a statement that tell how it is meant
_IMPLICIT = 500  # characters between "its founding" and the name it stands for
_OPENING = 30  # characters at the beginning of a sentence in which a date holds for all of it
_IN_PASSING = ("count/of", "count/modifier", "count/possessive", "count/ordinal", "count/acted")
_ALLUDES = re.compile(
    r"found/(?:noun|since)"
)  # "since its founding" tells nothing of a body that everybody knows
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
        total = "members_count" in slots and not trigger.rule.endswith(_IN_PASSING)
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
        for sentence, masked in statements(document):
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
                if (
                    action == "founded"
                    and not slots
                    and mention.value.reference
                    and _ALLUDES.search(hit.row.id)
                ):
                    continue
                bodies.setdefault(mention.value, Told()).add(_plain(action), trigger, slots)

    def _action(self, hit: Hit, context: str) -> str | None:
        for row, pattern in self._stances:
            if (not row.fields or hit.row.field in row.fields) and pattern.search(context):
                if row.stance == "none":
                    return None
                return hit.row.field if row.stance == "fact" else row.stance
        return hit.row.field


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
        fewest = _FEWEST if hit.row.value == "list" else 2
        return body.legal and ("C" not in hit.mentions or len(members(hit.mentions["C"])) >= fewest)
    if action == "negotiated":
        return body.legal or body.kind == "partnership"
    if hit.row.id in ("count/modifier", "count/of") and not _ALL.search(
        document.text, max(0, hit.start - 6), hit.start
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
    if action not in ("founded", "concluded"):
        return {}
    named = members(hit.mentions["C"]) if "C" in hit.mentions else ()
    slots = {"founders": tuple(m for m in named if m.label == "country")} if named else {}
    return {**_around(document, sentence, hit), **slots}


_LINK = (
    r"(?:(?:(?!\b(?:that|which|who|said|while|after|before|until)\b)(?:[^.;]|\.(?= ?\d))){0,100}?)"
    r"\b(?:in|on|at|during|since|by|back in|of|as early as|late|from) (?:the )?(?:\w+ly )?"
)
_DATE = re.compile(rf"{_LINK}|,? ")
_PLACE = re.compile(
    r"(?:[^.;]|\.(?= ?\d)){0,100}?\b(?:in|at) (?:the )?(?:\w+ (?:city|town|capital)(?: of)? )?|, "
)
_AT = re.compile(
    r"(?:[^.;]|\.(?= ?\d)){0,110}?"
    r"\b(?:at|during|on the (?:sidelines|margins|occasion) of|by|within) (?:the )?(?:\w+ly )?"
)
_BETWEEN = re.compile(r"[^.;]{0,70}?\b(?:by|between|among) (?:[^.;,]{0,50}? of )?(?:the )?(?:both )?")
_BY = re.compile(r"[^.;]{0,120}?\bby (?:[^.;,]{0,50}? of )?(?:the )?(?:both )?(?:then )?")


_STATES = re.compile(r"countr|nation|state|part(?:y|ies)|signator|econom|government", re.IGNORECASE)
_ALL = re.compile(r"\b(?:[Tt]he|[Aa]ll|[Ii]ts|has|have) $")  # "13 members of the council voted" is no total
_PART = re.compile(  # members of a kind: "five permanent members", "43 Asian member countries"
    r"(?i:\b(?:permanent|non-permanent|remaining|other|new|more|elected|rotating|additional|prospective"
    r"|potential|key|original|founding|initial|of)\b)"
    r"|\b(?!Member|State|Part|Contracting|Signator|Countr|Nation)[A-Z]\w+"
)
_AND = re.compile(
    r"\s*[,;]?\s*(?:and\s+|as well as\s+)?(?:the\s+)?"
    r"|,? and (?:the )?[\w ]*members of [\w .]+ [-–—(:]+ ?(?:the )?|\s*[-–—)]+,? plus "
)


def _opening_gathering(document: Document, sentence: Sentence, hit: Hit) -> Mention | None:
    """The gathering that a sentence begins with: "At the summit, five states founded ..."."""
    before = document.within(sentence.start_char, hit.spans["verb"][0], "gathering", "gathering_reference")
    opened = before and re.fullmatch(
        r"\W*(?:at|during)\s+(?:the\s+)?", document.text[sentence.start_char : before[0].start], re.IGNORECASE
    )
    return before[0] if opened else None


def _around(document: Document, sentence: Sentence, hit: Hit) -> dict[str, tuple[Mention, ...]]:
    """Date, place, conference and founders that stand after the verb (the date also before the statement)."""
    text, verb_end = document.text, hit.spans["verb"][1]
    stop = sentence.end_char
    slots: dict[str, tuple[Mention, ...]] = {}
    for name, labels, link in (
        ("founded_date", ("date",), _DATE),
        ("founded_city", ("city",), _PLACE),
        ("founded_at", ("gathering", "gathering_reference"), _AT),
    ):
        found = next((m for m in document.within(verb_end, stop, *labels) if not _in_name(document, m)), None)
        if found and link.fullmatch(text[verb_end : found.start]):
            slots[name] = (found,)
    if "founded_at" not in slots and (opening := _opening_gathering(document, sentence, hit)):
        slots["founded_at"] = (opening,)
    if "founded_date" not in slots:
        before = [
            m for m in document.within(sentence.start_char, hit.start, "date") if not _in_name(document, m)
        ]
        opens = before and before[0].start - sentence.start_char < _OPENING
        if before and (opens or re.fullmatch(r",?\s+", text[before[-1].end : hit.start])):
            slots["founded_date"] = (before[0] if opens else before[-1],)
    between = document.within(*hit.spans["vg"], "date") if "vg" in hit.spans else ()
    if "founded_date" not in slots and len(between) == 1:
        slots["founded_date"] = between
    countries = document.within(verb_end, stop, "country")
    verb = document.doc.char_span(*hit.spans["verb"], alignment_mode="expand")
    if hit.row.id == "found/active" and verb and (acting := acting_countries(document, verb[0])):
        slots["founders"] = acting
    by = _BETWEEN if hit.row.field == "concluded" else _BY
    for at, country in enumerate(countries):
        if by.fullmatch(text[verb_end : country.start]):
            slots["founders"] = tuple(_listed(text, countries[at:]))
            break
    return slots


def _in_name(document: Document, mention: Mention) -> bool:
    """Whether a mention is a part of a body's name ("the 2015 nuclear deal")."""
    return any(b.covers(mention) for b in document.within(mention.start - 200, mention.end + 200, "body"))


def _listed(text: str, countries: Iterable[Mention]) -> Iterator[Mention]:
    """The countries of a list, up to the first words that do not belong to a list."""
    end = None
    for country in countries:
        if end is not None and not _AND.fullmatch(text[end : country.start]):
            return
        yield country
        end = country.end


def _context(document: Document, hit: Hit, begin: int) -> str:
    text = document.text
    before = text[max(begin, hit.start - _BEFORE) : hit.start]
    between = text[slice(*hit.spans["vg"])] if "vg" in hit.spans else ""
    verb = text[slice(*hit.spans["verb"])] if "verb" in hit.spans else ""
    return f"{before}[{between}]{verb}"


def _implicit(document: Document, hit: Hit) -> tuple[Mention, ...]:
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
        **told.slots,
    }
    return Candidate("alliance", told.triggers[action], slots)
