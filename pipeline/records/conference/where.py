"""City and country of a gathering."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from pipeline.base import Candidate, Document, Mention, Resolver
from pipeline.ordinals import edition_of
from pipeline.records.conference.when import When

_LEAD = 350  # characters: the first sentence or two
_THAT_DAY = 3  # days between a gathering's first or last day and the report from there
_GOES_ON = re.compile(
    r" (?:Hotel|Resort|Dialogue|Forum|Center|Centre|University|Hall|Museum|Convention|Process)\b"
)


@dataclass(frozen=True, slots=True)
class Where:
    """City by name, country by code, with the mentions they were read from."""

    city: str | None = None
    country: str | None = None
    city_mentions: tuple[Mention, ...] = ()
    country_mentions: tuple[Mention, ...] = ()


def where(candidate: Candidate, resolver: Resolver, told_when: When) -> Where:
    """The place told of the gathering, else a city in its name, else where the article reports it from; its
    country if the text or the city's fame gives it.
    """
    document = resolver.document
    places = candidate.slots.get("place", ())
    told = [c for m in places if (c := _city(m, document))]
    cities = told or _in_names(candidate, document) or _dateline(candidate, resolver)
    if not cities:
        loose = candidate.slots.get("place_loose", ())
        cities = [c for m in loose if (c := _city(m, document))][:1]
    if not cities and not places and _reported_from(candidate, resolver, told_when):
        cities = _dateline_city(resolver, "dateline.place")
    countries = [m for m in places if m.label == "country"]
    if not cities:
        return Where(country=countries[0].value, country_mentions=(countries[0],)) if countries else Where()
    city = cities[0]
    country = _country(city, countries, document)
    name = city.value[0] if city.in_source else document.quote(city).split(",")[0]
    return Where(name, country.value if country else None, (city,), (country,) if country else ())


def _city(place: Mention, document: Document) -> Mention | None:
    """The city that a mention is, a city state's too; none where the name goes on ("Shangri-La Hotel")."""
    if _GOES_ON.match(document.text, place.end):
        return None
    if document.text[: place.start].endswith(
        ("at ", "at the ")
    ):  # "at the Shangri-La, Colombo": a house, then the city
        behind = document.within(place.end, place.end + 40, "city")
        if behind and document.text[place.end : behind[0].start] in (", ", " in "):
            return replace(behind[0], rule=place.rule)
    if place.label == "city":
        return place
    same = [m for m in document.within(place.start, place.end, "city") if m.start == place.start]
    return replace(same[0], rule=place.rule) if same else None


def _in_names(candidate: Candidate, document: Document) -> list[Mention]:
    """A city that begins one of the gathering's names ("2022 Lisbon Ocean Conference") or stands right before
    its head noun, unless it belongs to a body's name ("Shanghai Cooperation Organization summit").
    """
    found = []
    for name in candidate.slots["name"]:
        for city in document.within(name.start, name.end, "city"):
            if any(body.end > city.end for body in document.within(city.start, name.end, "body")):
                continue
            first = all(_counts(word) for word in document.text[name.start : city.start].split())
            before_head = document.text[city.end : name.end].split()[:1]
            if first or (before_head and before_head[0].lower() == name.value.kind) or city.end == name.end:
                found.append(city)
    return found


def _counts(word: str) -> bool:
    """Whether a word before a name's first only numbers or dates the gathering."""
    return word.lower() in ("the", "annual") or word.isdigit() or edition_of(word) is not None


def _dateline(candidate: Candidate, resolver: Resolver) -> list[Mention]:
    """The dateline's place, where the text says "here"."""
    here = candidate.slots.get("here", ())
    return _dateline_city(resolver, here[0].rule) if here else []


def _reported_from(candidate: Candidate, resolver: Resolver, told: When) -> bool:
    """Whether the article's lead names the gathering and has it take place on the day of the report."""
    body = next((z for z in resolver.document.clean.zones if z.kind == "body"), None)
    lead = body is not None and any(
        body.start <= m.start < body.start + _LEAD for m in candidate.slots["mentions"]
    )
    days = [date.fromisoformat(d) for d in (told.start, told.end) if d and len(d) == 10 and d[0] != "X"]
    return lead and any(abs((day - resolver.anchor).days) <= _THAT_DAY for day in days if resolver.anchor)


def _dateline_city(resolver: Resolver, rule: str) -> list[Mention]:
    place = resolver.document.clean.dateline.place
    if not place:
        return []
    city, _, country = place.value.partition(",")
    name = city.title() if city.isupper() else city
    return [
        Mention(
            "city",
            place.start,
            place.start + len(city),
            rule,
            (name, country.strip()),
            in_source=True,
        )
    ]


def _country(city: Mention, told: list[Mention], document: Document) -> Mention | None:
    """The mention that gives the city's country: one that the text names, or the city, if a capital."""
    if city.in_source:
        name, country = city.value
        return _country_of_dateline(name, country, document)
    code = city.value
    named = [m for m in document.of("country") if m.value == code]
    if named:
        return min(named, key=lambda m: abs(m.start - city.start))
    capital = any(
        m.rule.endswith(("capital", "placed")) for m in document.within(city.start, city.end, "city")
    )
    if code and capital:
        return replace(city, rule="cities.capital")
    return told[0] if told and not code else None


def _country_of_dateline(city: str, country: str, document: Document) -> Mention | None:
    """The country that a dateline names behind its city, or that the text tells of the same city."""
    named = [m for m in document.of("country") if country and document.quote(m).lower() == country.lower()]
    if named:
        return named[0]
    same = [m for m in document.of("city") if document.quote(m).lower() == city.lower() and m.value]
    return _country(same[0], [], document) if same else None
