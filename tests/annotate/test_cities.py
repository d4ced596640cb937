"""Cities with their countries; places that are no countries."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.annotate.cities import CityFinder
from pipeline.annotate.countries import CountryFinder
from pipeline.base import Document

COUNTRIES, CITIES = CountryFinder(), CityFinder()
Read = Callable[..., Document]


def found(document: Document, label: str) -> list[tuple[str, str | None]]:
    return [(document.quote(m), m.value) for m in document.of(label)]


@pytest.mark.parametrize(
    ("text", "city", "country", "rule"),
    [
        ("It opened in Nairobi.", "Nairobi", "KEN", "cities.capital"),
        ("It opened in NAIROBI.", "NAIROBI", "KEN", "cities.capital"),
        ("It opened in Brasilia.", "Brasilia", "BRA", "cities.capital"),
        ("It opened in Washington, D.C. on Monday.", "Washington, D.C.", "USA", "cities.capital"),
        ("It opened in Mexico City.", "Mexico City", "MEX", "cities.capital"),
        ("It opened in Geneva.", "Geneva", "CHE", "cities.known"),
        ("It opened in Davos.", "Davos", "CHE", "cities.known"),
        ("It opened in Boao.", "Boao", "CHN", "cities.known"),
        ("It opened in Sharm el-Sheikh.", "Sharm el-Sheikh", "EGY", "cities.known"),
        ("It opened in New York.", "New York", "USA", "cities.known"),
        ("Hong Kong will host it.", "Hong Kong", "HKG", "cities.known"),
        # ambiguous names with a cue
        ("It opened in Nice.", "Nice", "FRA", "cities.known"),
        ("It opened near Reading.", "Reading", "GBR", "cities.known"),
        ("The Victoria, Seychelles, office closed.", "Victoria", "SYC", "cities.placed"),
        # the text places the city
        ("It opened in Busan, South Korea.", "Busan", "KOR", "cities.placed"),
        ("It opened in Hyderabad, Pakistan.", "Hyderabad", "PAK", "cities.placed"),
        ("It opened in the Iranian city of Isfahan.", "Isfahan", "IRN", "cities.placed"),
        ("It opened in Bursa in northwestern Turkey.", "Bursa", "TUR", "cities.placed"),
        ("It opened in Suzhou, Jiangsu Province, China.", "Suzhou", "CHN", "cities.placed"),
        ("It opened in Kazan (Russia).", "Kazan", "RUS", "cities.placed"),
        ("China's Nanjing hosted it.", "Nanjing", "CHN", "cities.placed"),
        # unknown towns that the text places
        ("It opened in Brezovno, Bulgaria.", "Brezovno", "BGR", "cities.placed.unlisted"),
        ("It opened in Villa Alerce in southern Chile.", "Villa Alerce", "CHL", "cities.placed.unlisted"),
        ("It opened in the Turkish town of Karahan.", "Karahan", "TUR", "cities.named"),
        ("It opened in the town of Karahan.", "Karahan", None, "cities.named"),
    ],
)
def test_city(read: Read, text: str, city: str, country: str | None, rule: str) -> None:
    document = read(text, COUNTRIES, CITIES)
    assert [(document.quote(m), m.value, m.rule) for m in document.of("city")] == [(city, country, rule)]


@pytest.mark.parametrize(
    "text",
    [
        "A nice man was reading.",
        "Nice work, he said.",
        "Victoria smiled at Jackson.",
        "They spoke in March, Iran said.",
        "She teaches at Tsinghua University, China.",
        "They debated in Parliament, Kenya said.",
        "The Paris Agreement and the Kyoto Protocol stand.",
        "The Washington Post and the Tehran Times wrote.",
        "The Shanghai Cooperation Organization met.",
        "Denzel Washington and Jack London read.",
        "China, Japan and Mongolia met.",
        "They spoke in English, Chinese and French.",
        "Isfahan province has many.",
        "They met at UNESCO, France wrote.",
    ],
)
def test_no_city(read: Read, text: str) -> None:
    assert found(read(text, COUNTRIES, CITIES), "city") == []


def test_another_country_as_subject_does_not_place_a_city(read: Read) -> None:
    document = read("In Davos, China's premier spoke. In Geneva, Iran said no.", COUNTRIES, CITIES)
    assert found(document, "city") == [("Davos", "CHE"), ("Geneva", "CHE")]


@pytest.mark.parametrize(
    ("text", "place", "name"),
    [
        ("Sites in Asia are at risk.", "Asia", "Asia"),
        ("It is the largest in the world.", "the world", "World"),
        ("It is the largest worldwide.", "worldwide", "World"),
        ("Sites in the Middle East are at risk.", "Middle East", "Middle East"),
        ("Sites in South-East Asia are at risk.", "South-East Asia", "Southeast Asia"),
        ("Sites in Latin America and the Caribbean.", "Latin America and the Caribbean", None),
        ("Sites in Guangxi are at risk.", "Guangxi", "Guangxi"),
        ("Xinjiang Uygur Autonomous Region has two.", "Xinjiang Uygur Autonomous Region", None),
        ("Iran's Kerman province has two.", "Kerman province", "Kerman province"),
        ("The Zaratustan Province has two.", "Zaratustan Province", "Zaratustan Province"),
        ("Kerala has two.", "Kerala", "Kerala"),
        ("Scotland has two.", "Scotland", "Scotland"),
    ],
)
def test_place(read: Read, text: str, place: str, name: str | None) -> None:
    assert found(read(text, COUNTRIES, CITIES), "place") == [(place, name or place)]


@pytest.mark.parametrize(
    "text", ["The World Heritage list grew.", "A worldly man.", "They took Air Niugini."]
)
def test_no_place(read: Read, text: str) -> None:
    assert found(read(text, COUNTRIES, CITIES), "place") == []
