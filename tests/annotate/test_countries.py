"""Names of countries and nationalities -> ISO codes; and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate.countries import CountryFinder
from pipeline.base import CleanText, Document, MappedText
from pipeline.data.countries import countries

NAMES = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("country_names.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
FINDER = CountryFinder()
Read = Callable[..., Document]


def codes(document: Document) -> list[str]:
    return [m.value for m in document.of("country", "demonym")]


def test_the_table_is_large_enough() -> None:
    assert len(NAMES) >= 400


@pytest.mark.parametrize(("name", "code"), NAMES)
def test_name(read: Read, name: str, code: str) -> None:
    document = read(f"They spoke about {name}, he added.", FINDER)
    assert codes(document) == ([] if code == "-" else [code])


@pytest.mark.parametrize("country", list(pycountry.countries), ids=lambda c: c.alpha_3)
def test_every_iso_country_has_its_names(read: Read, country: Any) -> None:
    for attribute in ("name", "common_name", "official_name"):
        name = getattr(country, attribute, None)
        if name and name != "Congo":  # in the news mostly the larger one; see test_in_context
            found = codes(read(f"The envoy of {name} spoke.", FINDER))
            assert found[:1] == [country.alpha_3], name


def test_every_code_is_iso_or_kosovo() -> None:
    assert set(countries()) == {c.alpha_3 for c in pycountry.countries} | {"XKX"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The longest name wins.
        (
            "Papua New Guinea and Equatorial Guinea met Guinea and Guinea-Bissau.",
            ["PNG", "GNQ", "GIN", "GNB"],
        ),
        ("South Sudan and Sudan share the river.", ["SSD", "SDN"]),
        ("Dominica wrote to the Dominican Republic.", ["DMA", "DOM"]),
        ("Niger borders Nigeria.", ["NER", "NGA"]),
        # A possessive, a hyphen and a dash end a name.
        ("China's envoy praised the Japan-Korea talks.", ["CHN", "JPN", "KOR"]),
        ("The India–Nepal road is open.", ["IND", "NPL"]),
        ("The Netherlands' museums lent the panels.", ["NLD"]),
        # The pronoun, money, addresses.
        ("Tell us about the US and the U.S. economy.", ["USA", "USA"]),
        ("It cost US$5 million.", []),
        ("WHAT THEY TOLD US\nThe rest is text.", []),
        ("Write to desk@China.org or see news.China.com for more.", []),
        # Korea in its three senses.
        ("Korea added two sites. Seoul welcomed it.", ["KOR"]),
        ("Pyongyang said North Korea would list it. Korea was one before 1945.", ["PRK"]),
        ("Tension on the Korean Peninsula rose.", []),
        # The two Congos.
        ("Rangers in Congo said Kinshasa had agreed.", ["COD"]),
        ("Congo opened the park, officials in Brazzaville said.", ["COG"]),
        ("Members are Congo, the Democratic Republic of the Congo and Gabon.", ["COG", "COD", "GAB"]),
        # Georgia, the country and the state.
        ("Georgia joined, officials in Tbilisi said.", ["GEO"]),
        ("A museum in Atlanta, Georgia, lent the panels.", []),
        ("Georgia voters went to the polls on Tuesday.", []),
        # Persons.
        ("Michael Jordan spoke to Mr. Holland.", []),
        ("Jordan and Chad signed.", ["JOR", "TCD"]),
        # Languages and firms.
        ("The book is in the French language; Air Serbia and Bank of Ghana paid.", []),
        ("Nobody writes a chinese wall without a capital.", []),
    ],
)
def test_in_context(read: Read, text: str, expected: list[str]) -> None:
    assert codes(read(text, FINDER)) == expected


def test_span_takes_in_the_form_of_government_but_no_article(read: Read) -> None:
    document = read("The Islamic Republic of Iran and the Kingdom of the Netherlands agreed.", FINDER)
    assert [document.quote(m) for m in document.of("country")] == [
        "Islamic Republic of Iran",
        "Kingdom of the Netherlands",
    ]


def test_labels_tell_countries_from_nationalities(read: Read) -> None:
    document = read("The Malian minister flew to Mali.", FINDER)
    assert [(m.label, m.rule) for m in document.of("country", "demonym")] == [
        ("demonym", "countries.demonym.MLI"),
        ("country", "countries.country.MLI"),
    ]


@given(st.text())
def test_spans_lie_in_any_text_and_do_not_overlap(text: str) -> None:
    document = Document(CleanText(MappedText.identity(text), ()), None)  # type: ignore[arg-type]
    end = 0
    for mention in FINDER(document):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
