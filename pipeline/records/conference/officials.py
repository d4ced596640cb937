"""Which country a named official speaks for, as the article tells it."""

from __future__ import annotations

import re
from functools import cache

from pipeline.base import Document, Mention
from pipeline.data import Row, load_rows

_CLEARLY = 1.5  # an article on two countries tells neither to be the one that it speaks from
_NEAR = 70  # characters between a person's name and the nationality or country of the office


class OfficeRow(Row):
    """Words for offices of a state."""

    words: tuple[str, ...]


@cache
def _office() -> re.Pattern[str]:
    rows = load_rows("pipeline.records.conference", "offices.jsonl", OfficeRow)
    words = sorted((w for row in rows for w in row.words), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def country_of(person: Mention, document: Document) -> Mention | None:
    """The country or nationality told with a person's office ("Iranian President Ebrahim Raisi"); None if it
    is not.

    Every mention of the same surname is looked at, the given one first. An office told without a country
    ("President Raisi said") is one of the country of the dateline's city.
    """
    surname = document.quote(person).split()[-1]
    same = [m for m in document.of("person") if document.quote(m).split()[-1] == surname]
    for mention in [person, *same]:
        if found := _beside(mention, document):
            return found
    if any(_office().search(document.text, max(0, m.start - 45), m.start) for m in [person, *same]):
        return _home(document)
    return None


def _beside(mention: Mention, document: Document) -> Mention | None:
    sentence = document.sentence_at(mention.start)
    start = max(sentence.start_char, mention.start - _NEAR)
    before = document.text[start : mention.start]
    office = _office().search(before)
    if office and ";" not in before:
        countries = document.within(start, mention.start, "country", "demonym")
        if countries and not re.search(r"[.;!?] ", document.text[countries[-1].end : mention.start]):
            return countries[-1]
    after = document.text[mention.end : min(sentence.end_char, mention.end + _NEAR)]
    if after.startswith((",", " (")) and _office().search(after):
        countries = document.within(mention.end, mention.end + len(after), "country", "demonym")
        if countries:
            return countries[0]
    return None


def _home(document: Document) -> Mention | None:
    """The country that the article speaks from: that of its dateline, else one named far more than others."""
    counts: dict[str, list[Mention]] = {}
    for mention in document.of("country", "demonym"):
        counts.setdefault(mention.value, []).append(mention)
    place = document.clean.dateline.place
    by_place = _country_of_place(document, place.value) if place else None
    if by_place and by_place in counts:
        return counts[by_place][0]
    ranked = sorted(counts.values(), key=len, reverse=True)
    if not ranked:
        return None
    clear = len(ranked) == 1 or len(ranked[0]) >= _CLEARLY * len(ranked[1])
    return ranked[0][0] if clear else None


def _country_of_place(document: Document, place: str) -> str | None:
    cities = {document.quote(m).lower(): m.value for m in document.of("city")}
    return cities.get(place.lower())
