"""Names of designations: a text goes in, these spans with these codes come out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.annotate.designations import DesignationFinder, DesignationRow, _compile
from pipeline.base import Document
from pipeline.data import load_rows, parse_rows
from pipeline.errors import DataFileError

Read = Callable[..., Document]

NAMES = [
    ("Peru added a chapter to the World Heritage List.", "World Heritage List", "world_heritage"),
    ("It has nine UNESCO World Heritage Sites.", "UNESCO World Heritage Sites", "world_heritage"),
    ("She toured world natural heritage sites.", "world natural heritage sites", "world_heritage"),
    ("There are 21 UNESCO-registered properties.", "UNESCO-registered properties", "world_heritage"),
    (
        "The List of World Heritage in Danger.",
        "List of World Heritage in Danger",
        "world_heritage_in_danger",
    ),
    ("It left the danger list.", "danger list", "world_heritage_in_danger"),
    (
        "Few endangered world heritage sites.",
        "endangered world heritage sites",
        "world_heritage_in_danger",
    ),
    ("It stands on UNESCO's tentative list.", "UNESCO's tentative list", "world_heritage_tentative"),
    (
        "Ten potential World Heritage sites.",
        "potential World Heritage sites",
        "world_heritage_tentative",
    ),
    (
        "It joined the Representative List of the Intangible Cultural Heritage of Humanity.",
        "Representative List of the Intangible Cultural Heritage of Humanity",
        "intangible_heritage",
    ),
    (
        "Elements of intangible heritage.",
        "Elements of intangible heritage",
        "intangible_heritage",
    ),
    ("The delta is a Ramsar site.", "Ramsar site", "ramsar"),
    ("They are wetlands of international importance.", "wetlands of international importance", "ramsar"),
    ("A new biosphere reserve was named.", "biosphere reserve", "biosphere_reserve"),
    (
        "World Network of Biosphere Reserves.",
        "World Network of Biosphere Reserves",
        "biosphere_reserve",
    ),
    ("It is a UNESCO Global Geopark.", "UNESCO Global Geopark", "global_geopark"),
    ("It is in the Memory of the World Register.", "Memory of the World Register", "memory_of_the_world"),
    ("The UNESCO Creative Cities Network grew.", "UNESCO Creative Cities Network", "creative_city"),
    ("It was put on the national heritage list.", "national heritage list", "national"),
    ("There are 300 nationally registered sites.", "nationally registered sites", "national"),
    ("The country has 12 national parks.", "national parks", "national"),
]


@pytest.mark.parametrize(("text", "quote", "code"), NAMES, ids=[name for _, name, _ in NAMES])
def test_name(read: Read, text: str, quote: str, code: str) -> None:
    document = read(text, DesignationFinder())
    assert (quote, code) in [(document.quote(m), m.value) for m in document.of("designation")]


@pytest.mark.parametrize(
    "text",
    [
        "The sites and the list were shown to the elements.",
        "He is on the guest list of the reserve.",
        "The city of Ramsar lies on the Caspian Sea.",
        "The National Cultural Heritage Administration opened an office.",
    ],
)
def test_no_designation(read: Read, text: str) -> None:
    document = read(text, DesignationFinder())
    assert document.of("designation", "designated_site", "designation_list", "site_noun") == ()


def test_general_words_have_the_code_of_what_was_named_before(read: Read) -> None:
    text = (
        "The Ramsar list is long. Two sites joined the list. A biosphere reserve is new, the reserve is old."
    )
    document = read(text, DesignationFinder())
    assert [(document.quote(m), m.value) for m in document.of("site_noun")] == [
        ("sites", "ramsar"),
        ("reserve", "biosphere_reserve"),
    ]
    assert ("the list", "ramsar") in [(document.quote(m), m.value) for m in document.of("designation_list")]


def test_a_sites_own_name_does_not_say_what_general_words_mean(read: Read) -> None:
    text = "The World Heritage List is long. Golestan National Park is old. Ten sites follow."
    document = read(text, DesignationFinder())
    assert [m.value for m in document.of("site_noun")] == ["world_heritage"]


def test_rows_are_whole() -> None:
    """Cues are compared with lines in lower case; every row but a macro says what it stands for."""
    rows = load_rows("pipeline.data", "designations.jsonl", DesignationRow)
    assert all(cue == cue.lower() for row in rows for cue in row.cues)
    assert all(row.codes for row in rows if row.form not in ("macro", "never"))


def test_unknown_macro_is_named(tmp_path: Path) -> None:
    path = tmp_path / "designations.jsonl"
    path.write_text('{"id": "x", "form": "sites", "codes": ["ramsar"], "pattern": "{nothing} sites"}\n')
    (row,) = parse_rows(path, DesignationRow)
    with pytest.raises(DataFileError, match=r"x: there is no macro \{nothing\}"):
        _compile(row, {})
