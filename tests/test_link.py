"""What ties the records of one article."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.run import Extractor, article_of


@pytest.fixture(scope="module")
def shipped() -> Extractor:
    """The program's own record types."""
    return Extractor()


def records(extractor: Extractor, text: str) -> dict[str, list[Any]]:
    """The records of a text, by the plural of their type."""
    return {plural: list(found) for plural, found in extractor(article_of(text)).records.items()}


def test_a_membership_has_its_alliance(shipped: Extractor) -> None:
    found = records(shipped, "Norway is a member of NATO.")
    assert [(a.name, a.action) for a in found["alliances"]] == [("NATO", "described")]
    assert found["memberships"][0].alliance == "NATO"


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Finland joined NATO.", "enlarged"),
        ("Ecuador left OPEC.", "reduced"),
        ("Bolivia has applied to join BRICS.", "described"),
        ("Slovenia was elected to the UN Security Council.", "described"),
        ("Ghana signed the Minamata Convention.", "described"),
    ],
)
def test_memberships_tell_the_action(shipped: Extractor, text: str, action: str) -> None:
    assert records(shipped, text)["alliances"][0].action == action


def test_a_founding_outdoes_a_member_that_joins(shipped: Extractor) -> None:
    text = (
        "The International Tea Union was founded in 1970. Kenya joined the International Tea Union in 1981."
    )
    found = records(shipped, text)
    assert (found["alliances"][0].action, found["alliances"][0].founded_date) == ("founded", "1970")
    assert found["memberships"][0].date == "1981"


def test_founders_are_founding_members(shipped: Extractor) -> None:
    found = records(shipped, "Peru and Chile founded the Andean Guano Alliance in 1950.")
    assert {(m.country, m.role, m.date) for m in found["memberships"]} == {
        ("PER", "founding_member", "1950"),
        ("CHL", "founding_member", "1950"),
    }


def test_a_founder_that_left_keeps_its_role(shipped: Extractor) -> None:
    text = "The Arctic Ice Pool Alliance was founded by Norway and Canada. Canada left the alliance in 2015."
    left = [m for m in records(shipped, text)["memberships"] if m.country == "CAN"]
    assert [(m.role, m.event, m.date) for m in left] == [("founding_member", "left", "2015")]


def test_founding_is_tied_to_its_conference(shipped: Extractor) -> None:
    text = "The Global Mangrove Alliance was launched at the World Ocean Summit in 2018."
    found = records(shipped, text)
    assert found["alliances"][0].founded_at == "World Ocean Summit"


def test_nothing_is_tied_where_nothing_is_told(shipped: Extractor) -> None:
    found = records(shipped, "UNESCO and the European Union thanked Norway.")
    assert found["alliances"] == found["memberships"] == []
