"""Cities with the country they lie in, and places that are no countries.

A city's rule id says how sure its country is: "cities.capital" (a well-known capital), "cities.placed" (the
text names the country beside it), "cities.placed.unlisted" (so, and the city is in no list), "cities.named"
("the city of X"; its country may be None), "cities.known" (from the list; the text does not say where it is).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from pipeline.annotate.contexts import ContextRow, Contexts
from pipeline.annotate.countries import PhraseRow
from pipeline.annotate.neighbours import NAME, PROVINCE, Neighbours
from pipeline.annotate.terms import TermSearch, fold
from pipeline.base import Document, Mention
from pipeline.data import Row, load_rows

_IN = re.compile(rf"\b(?:in|at|near|outside) (?P<city>{NAME})(?=,? in |, | \()")
_CITY_OF = re.compile(rf"\b(?:city|town|village|capital|port|resort|island) (?:of )?(?P<city>{NAME})")
_AREA = re.compile(rf"(?P<name>{NAME}) {PROVINCE}\b")
_CUE = re.compile(
    r"\b(?:[Ii]n|near|outside|via|around|visit(?:ed|ing)?|(?:city|town|port|capital|island)(?: of)?) $"
)
_OPENING = re.compile(
    r"(?:(?:The|In|At|From|And|But|For|Of|On|By|A|Its|Their|Southern|Northern) |.*'s |.*s' )+"
)


class CityRow(Row):
    """The cities of a country: its code is the id."""

    capitals: tuple[str, ...]
    cities: tuple[str, ...]
    ambiguous: tuple[str, ...]


class PlaceRow(Row):
    """Names of one place (with its canonical name), of many places, or of what is none (`blocked`)."""

    name: str | None = None
    names: tuple[str, ...]
    blocked: bool = False


class WordRow(Row):
    """Words of one kind."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """What a name stands for."""

    term: str
    label: Literal["city", "place", "none"]
    value: str
    rule: str
    needs_cue: bool = False


class CityFinder:
    """Mentions "city" (value: ISO code of its country) and "place" (value: canonical name).

    Reads the mentions "country" and "demonym"; run it after the countries.
    """

    labels: ClassVar[tuple[str, ...]] = ("city", "place")

    def __init__(self) -> None:
        self._search = TermSearch({place.term: place for place in _places()}, uppercase=True)
        self._contexts = Contexts(load_rows("pipeline.data", "city_contexts.jsonl", ContextRow))
        rows = load_rows("pipeline.data", "city_words.jsonl", WordRow)
        self._no_city = frozenset(word for row in rows for word in row.words)

    def __call__(self, document: Document) -> Iterator[Mention]:
        """The cities and places of a document."""
        text = fold(document.text)
        neighbours = Neighbours(text, document.of("country", "demonym"))
        taken: list[tuple[int, int]] = []
        for mention in (
            *_areas(text, neighbours),
            *self._listed(text, neighbours),
            *self._unlisted(text, neighbours),
        ):
            if any(start < mention.end and mention.start < end for start, end in taken):
                continue
            taken.append((mention.start, mention.end))
            yield mention

    def _listed(self, text: str, neighbours: Neighbours) -> Iterator[Mention]:
        for start, end, place in self._search(text):
            if place.label == "place":
                yield Mention("place", start, end, place.rule, place.value)
            elif place.label == "city" and self._contexts.code(place.term, place.value, text, start, end):
                code = neighbours.placing(start, end, place.value)
                if code is not None:
                    yield Mention("city", start, end, "cities.placed", code)
                elif not place.needs_cue or _CUE.search(text, max(0, start - 12), start):
                    yield Mention("city", start, end, place.rule, place.value)

    def _unlisted(self, text: str, neighbours: Neighbours) -> Iterator[Mention]:
        for match in _IN.finditer(text):
            start, end = match.span("city")
            code = neighbours.country(start, end, None)
            if code is not None and self._may_be_city(match["city"]) and neighbours.free(start, end):
                yield Mention("city", start, end, "cities.placed.unlisted", code)
        for match in _CITY_OF.finditer(text):
            start, end = match.span("city")
            if self._may_be_city(match["city"]) and neighbours.free(start, end):
                code = neighbours.country(start, end, None) or neighbours.before(match.start())
                yield Mention("city", start, end, "cities.named", code)

    def _may_be_city(self, name: str) -> bool:
        return (
            not name.isupper()
            and not any(c.isdigit() for c in name)
            and self._no_city.isdisjoint(name.split())
        )


def _areas(text: str, neighbours: Neighbours) -> Iterator[Mention]:
    """Provinces and the like by their head noun: "Isfahan province"."""
    for match in _AREA.finditer(text):
        opening = _OPENING.match(match["name"])
        start = match.start() + (opening.end() if opening else 0)
        if start < match.end("name") and neighbours.free(start, match.end()):
            yield Mention("place", start, match.end(), "places.area", text[start : match.end()])


def _places() -> Iterator[Place]:
    for row in load_rows("pipeline.data", "places.jsonl", PlaceRow):
        for term in row.names:
            label: Literal["place", "none"] = "none" if row.blocked else "place"
            yield Place(term, label, row.name or term, f"places.{row.id}")
    for city_row in load_rows("pipeline.data", "cities.jsonl", CityRow):
        for term in (*city_row.capitals, *city_row.cities, *city_row.ambiguous):
            rule = "cities.capital" if term in city_row.capitals else "cities.known"
            yield Place(term, "city", city_row.id, rule, term in city_row.ambiguous)
    for phrase_row in load_rows("pipeline.data", "country_phrases.jsonl", PhraseRow):
        if phrase_row.kind == "none" and phrase_row.id not in ("none.regions", "none.cities"):
            for term in phrase_row.phrases:
                yield Place(term, "none", "", phrase_row.id)
