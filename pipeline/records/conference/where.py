"""City and country of a gathering."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.base import Candidate, Mention, Resolver


@dataclass(frozen=True, slots=True)
class Where:
    """City by name, country by code, with the mentions they were read from."""

    city: str | None = None
    country: str | None = None
    city_mentions: tuple[Mention, ...] = ()
    country_mentions: tuple[Mention, ...] = ()


def where(candidate: Candidate, resolver: Resolver, best: Mention) -> Where:
    """The place told of the gathering, else a city in its name; its country if the text or the city's fame gives it."""
    places = [*candidate.slots.get("place", ())]
    cities = [m for m in places if m.label == "city"] or _in_names(candidate, resolver)
    if not cities:
        cities = [m for m in candidate.slots.get("place_loose", ()) if m.label == "city"][:1]
    countries = [m for m in places if m.label == "country"]
    if not cities:
        return Where(country=countries[0].value, country_mentions=(countries[0],)) if countries else Where()
    city = cities[0]
    name = resolver.document.quote(city)
    code, mention = _country(city, countries, resolver)
    return Where(name, code, (city,), (mention,) if mention else ())


def _in_names(candidate: Candidate, resolver: Resolver) -> list[Mention]:
    """A city within one of the gathering's own names ("Beijing Forum")."""
    return [c for m in candidate.slots["name"] for c in resolver.document.within(m.start, m.end, "city")]


def _country(city: Mention, told: list[Mention], resolver: Resolver) -> tuple[str | None, Mention | None]:
    """The country that the text gives with the city, else the one that the city is known to lie in."""
    document = resolver.document
    code = city.value if isinstance(city.value, str) else None
    near = [m for m in document.within(city.end, city.end + 40, "country") if m.value == code]
    if code and near:
        return code, near[0]
    if code is not None:
        return code, city
    return (told[0].value, told[0]) if told else (None, None)
