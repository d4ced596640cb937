"""Names of bodies and treaties, their short forms, and what they stand for."""

from __future__ import annotations

import json
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate.bodies import BodyFinder
from pipeline.annotate.countries import CountryFinder
from pipeline.base import CleanText, Document, MappedText, Zone
from pipeline.body import Body

FINDERS = (CountryFinder(), BodyFinder())


def bodies(read, text: str) -> list[tuple[str, str]]:
    """(words of the text, name of the body) of every mention."""
    document = read(text, *FINDERS)
    return [(document.quote(m), m.value.name) for m in document.of("body")]


def body(read, text: str) -> Body:
    """The only body of a text."""
    found = {m.value for m in read(text, *FINDERS).of("body")}
    assert len(found) == 1, found
    return found.pop()


@pytest.mark.parametrize(
    ("text", "name", "aliases", "kind"),
    [
        ("Niger quit ECOWAS.", "ECOWAS", (), "organization"),
        ("The Pacific Tuna Organization (PATO) met.", "Pacific Tuna Organization", ("PATO",), "organization"),
        ("NATO planes landed.", "NATO", (), "alliance"),
        ("See the Asian Alliance for River Dolphins.", "Asian Alliance for River Dolphins", (), "alliance"),
        ("The Global Pact against Glare (GPAG) is new.", "Global Pact against Glare", ("GPAG",), "treaty"),
        ("The Ocean Council, an international organisation, met.", "Ocean Council", (), "organization"),
        ("Iran left the Arctic Fishing Protocol.", "Arctic Fishing Protocol", (), "other"),
        ("The League of Desert Cities and Towns met.", "League of Desert Cities and Towns", (), "league"),
    ],
)  # fmt: skip
def test_name_alias_and_kind(read, text, name, aliases, kind) -> None:
    found = body(read, text)
    assert (found.name, found.aliases, found.kind) == (name, aliases, kind)


def test_one_body_has_equal_values_however_it_is_named(read) -> None:
    text = (
        "The International Seed Alliance (ISEA) met. ISEA ate; the Seed Alliance drank; the alliance slept."
    )
    assert {name for _, name in bodies(read, text)} == {"International Seed Alliance"}
    assert len(bodies(read, text)) == 5


def test_definite_description_stands_for_the_last_body_that_fits(read) -> None:
    text = "OPEC met after the Ramsar Convention was read out. The treaty is old. The bloc is rich."
    assert bodies(read, text)[-2:] == [("treaty", "Ramsar Convention"), ("bloc", "OPEC")]


def test_description_with_a_word_of_the_name_wins_over_the_nearer_body(read) -> None:
    text = "The Iran nuclear deal and the Ramsar Convention were read. The nuclear deal is young."
    assert bodies(read, text)[-1] == ("nuclear deal", "Iran nuclear deal")


def test_an_acronym_of_several_bodies_needs_the_name(read) -> None:
    assert bodies(read, "The ISA said nothing.") == []
    assert bodies(read, "The International Seabed Authority met; the ISA said nothing.")[-1][1] == (
        "International Seabed Authority"
    )


@pytest.mark.parametrize(
    "text",
    [
        "The Norwegian Bakers Association met.",
        "The National Union of Teachers met.",
        "The Ministry of Trade Committee met.",
        "The alliance of the opposition fell apart.",
        "The Supreme National Security Council met.",
        "A union of students marched.",
        "Monetary Committee of the Central Bank of Kenya",
    ],
)
def test_no_body(read, text) -> None:
    assert bodies(read, text) == []


def test_reference_data_names_no_body_twice() -> None:
    rows = [
        json.loads(line)
        for line in (files("pipeline.data") / "bodies.jsonl").read_text("utf-8").splitlines()
        if line[:1] == "{"
    ]
    terms = [term for row in rows for term in {row["name"], *row["names"], *row["acronyms"]}]
    assert sorted({t for t in terms if terms.count(t) > 1}) == []
    assert len(rows) > 450


@given(st.text(alphabet="AaBbUunioIG ()7.,-’'\n", max_size=80))
def test_any_text_gives_mentions_apart_from_each_other(text: str) -> None:
    import spacy

    doc = spacy.blank("en")(text)
    clean = CleanText(MappedText.identity(text), (Zone("body", 0, len(text)),))
    found = sorted(BodyFinder()(Document(clean, doc)), key=lambda m: m.start)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
