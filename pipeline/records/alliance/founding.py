"""Date, place, conference and founders of a founding, from the words around the verb that tells it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.base import Document, Mention, Number, Sentence
from pipeline.clauses import acting_countries
from pipeline.patterns import Hit

Slots = dict[str, tuple[Mention, ...]]

_OPENING = 30  # characters at the beginning of a sentence in which a date or a city holds for all of it
_GATHERINGS = ("gathering", "gathering_reference")
_LINK = (
    r"(?:(?:(?!\b(?:that|which|who|said|while|after|before|until)\b)(?:[^.;]|\.(?= ?\d))){0,100}?)"
    r"\b(?:in|on|at|during|since|by|back in|of|as early as|late|from|to) (?:the )?(?:\w+ly )?"
)
_DATE = re.compile(rf"{_LINK}|,? ")
_PLACE = re.compile(
    r"(?:[^.;]|\.(?= ?\d)){0,100}?\b(?:in|at) (?:the )?(?:[\w’']+ (?:coastal )?"
    r"(?:city|town|capital|resort|port)(?: city| town)?(?: of)? )?|, "
)
_AT = re.compile(
    r"(?:[^.;]|\.(?= ?\d)){0,110}?"
    r"\b(?:at|during|on the (?:sidelines|margins|occasion) of|by|within) (?:the )?(?:\w+ly )?"
)
_NAMELY = r"founding (?:\w+)(?:,? namely| being|,|:)? "
_BETWEEN = re.compile(r"[^.;]{0,70}?\b(?:by|between|among) (?:[^.;,]{0,50}? of )?(?:the )?(?:both )?")
_BY = re.compile(rf"[^.;]{{0,120}}?\b(?:by (?:[^.;,]{{0,50}}? of )?|{_NAMELY})(?:the )?(?:both )?(?:then )?")
_BY_SO_MANY = re.compile(r"[^.;]{0,100}?\b(?:by|between|among|with) (?:the |its )?(?:\w+ )?")
_COUNTED = re.compile(r" (?:[\w-]+ ){0,3}?(?:countries|nations|states|governments|members)\b")
_ACTING = re.compile(r" (?:[\w-]+ ){0,3}?(?:countries|nations|states|governments) (?:\w+ ){0,2}")
_FEWEST = 3  # founders that are counted
_AND = re.compile(
    r"\s*[,;]?\s*(?:and\s+|as well as\s+)?(?:the\s+)?"
    r"|,? and (?:the )?[\w ]*members of [\w .]+ [-–—(:]+ ?(?:the )?|\s*[-–—)]+,? plus "
)
_OPENS_AT = re.compile(r"\W*(?:at|during)\s+(?:the\s+)?", re.IGNORECASE)
_OPENS_IN = re.compile(r"\W*(?:it was )?in\s+(?:the \w+ (?:city|town|capital) of )?", re.IGNORECASE)


def founding_slots(document: Document, sentence: Sentence, hit: Hit) -> Slots:
    """What a sentence tells of a founding.

    Args:
        document: the article. sentence: the one in which the pattern matched. hit: the match; its group
        "verb" is the founding verb or noun.

    Returns:
        The mentions of founded_date, founded_city, founded_at, founders and members_count, where told.
    """
    slots = _after(document, sentence, hit)
    for name, found in _before(document, sentence, hit):
        slots.setdefault(name, found)
    return {**slots, **_founders(document, sentence, hit)}


def _after(document: Document, sentence: Sentence, hit: Hit) -> Slots:
    """Date, place and conference that stand after the verb."""
    text, verb_end, slots = document.text, hit.spans["verb"][1], Slots()
    for name, labels, link in (
        ("founded_date", ("date",), _DATE),
        ("founded_city", ("city",), _PLACE),
        ("founded_at", _GATHERINGS, _AT),
    ):
        mentions = document.within(verb_end, sentence.end_char, *labels)
        found = next((m for m in mentions if not _in_name(document, m)), None)
        if found and link.fullmatch(text[verb_end : found.start]):
            slots[name] = (found,)
    return slots


def _before(document: Document, sentence: Sentence, hit: Hit) -> Iterator[tuple[str, tuple[Mention, ...]]]:
    """Conference, date and place with which the sentence begins, and the date beside the verb."""
    text, start, verb = document.text, sentence.start_char, hit.spans["verb"][0]
    gatherings = document.within(start, verb, *_GATHERINGS)
    if gatherings and _OPENS_AT.fullmatch(text[start : gatherings[0].start]):
        yield "founded_at", gatherings[:1]
    dates = [m for m in document.within(start, hit.start, "date") if not _in_name(document, m)]
    if dates and dates[0].start - start < _OPENING:
        yield "founded_date", (dates[0],)
    elif dates and re.fullmatch(r",?\s+", text[dates[-1].end : hit.start]):
        yield "founded_date", (dates[-1],)
    between = document.within(*hit.spans["vg"], "date") if "vg" in hit.spans else ()
    if len(between) == 1:
        yield "founded_date", between
    cities = document.within(start, verb, "city")
    if cities and cities[0].start - start < _OPENING and _OPENS_IN.fullmatch(text[start : cities[0].start]):
        yield "founded_city", cities[:1]


def _founders(document: Document, sentence: Sentence, hit: Hit) -> Slots:
    """The countries that found, and their number where only that is told."""
    slots, text, verb_end = Slots(), document.text, hit.spans["verb"][1]
    countries = document.within(verb_end, sentence.end_char, "country")
    verb = document.doc.char_span(*hit.spans["verb"], alignment_mode="expand")
    acts = hit.row.id in ("found/active", "found/signed")
    if acts and verb and (acting := acting_countries(document, verb[0])):
        slots["founders"] = acting
    by = _BETWEEN if hit.row.field == "concluded" else _BY
    for at, country in enumerate(countries):
        if by.fullmatch(text[verb_end : country.start]):
            slots["founders"] = tuple(_listed(text, countries[at:]))
            break
    if "founders" not in slots and (number := _number(document, sentence, hit)):
        slots["members_count"] = (number,)
    return slots


def _number(document: Document, sentence: Sentence, hit: Hit) -> Mention | None:
    """The number of founders: "by twelve countries", "twelve countries signed"."""
    text, verb_end = document.text, hit.spans["verb"][1]
    if (number := hit.mentions.get("N")) is None:
        numbers = document.within(verb_end, sentence.end_char, "number")
        by = (m for m in numbers if _BY_SO_MANY.fullmatch(text[verb_end : m.start]))
        number = next((m for m in by if _COUNTED.match(text, m.end)), None)
        number = number or _acting_number(document, sentence, hit)
    value = number.value if number else None
    return number if isinstance(value, Number) and value.value >= _FEWEST and not value.share else None


def _acting_number(document: Document, sentence: Sentence, hit: Hit) -> Mention | None:
    """The number right before the verb: "more than 100 countries have launched"."""
    verb = hit.spans["verb"][0]
    for number in reversed(document.within(sentence.start_char, verb, "number")):
        if _ACTING.fullmatch(document.text[number.end : verb]):
            return number
    return None


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
