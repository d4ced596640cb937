"""Foundings, plans and numbers of members."""

from __future__ import annotations

import pytest

from pipeline.run import Extractor, article_of


@pytest.fixture(scope="module")
def shipped() -> Extractor:
    """The program's own record types."""
    return Extractor()


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("The Arab Falcon Alliance was founded in 2001.", "founded"),
        ("Founded in 2001, the Arab Falcon Alliance has a museum.", "founded"),
        ("The Arab Falcon Alliance, created in 2001, has a museum.", "founded"),
        ("The Arab Falcon Alliance has grown rich since 2001.", None),
        ("Ministers proposed to set up an Arab Falcon Alliance.", "proposed"),
        ("The Arab Falcon Alliance will be founded next year.", "proposed"),
        ("The Arab Falcon Alliance was dissolved in 2001.", "dissolved"),
        ("The Arab Falcon Alliance has 12 member states.", "described"),
        ("The Arab Falcon Alliance was not founded in 2001.", None),
        ("The Arab Falcon Alliance launched a magazine.", None),
        ("The Arab Falcon Alliance said that falcons were safe.", None),
    ],
)
def test_action(shipped: Extractor, sentence: str, action: str | None) -> None:
    found = shipped(article_of(sentence)).records["alliances"]
    assert [a.action for a in found] == ([action] if action else [])


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("The Arab Falcon Alliance has 12 member states.", (12, "exact")),
        ("The Arab Falcon Alliance groups more than 20 countries.", (20, "at_least")),
        ("The 12-nation Arab Falcon Alliance met.", (12, "exact")),
        ("The 12 members of the Arab Falcon Alliance met.", (12, "exact")),
        ("Some 30 countries have joined the Arab Falcon Alliance.", (30, "about")),
        ("The Arab Falcon Alliance consists of 12 countries.", (12, "exact")),
    ],
)
def test_members_count(shipped: Extractor, sentence: str, count: tuple[int, str]) -> None:
    (found,) = shipped(article_of(sentence)).records["alliances"]
    assert (found.members_count.value, found.members_count.qualifier) == count


@pytest.mark.parametrize(
    "sentence",
    [
        "Two members of the Arab Falcon Alliance met.",
        "The five permanent members of the UN Security Council met.",
        "Thirteen members of the UN Security Council voted against it.",
    ],
)
def test_a_part_of_the_members_is_no_count(shipped: Extractor, sentence: str) -> None:
    found = shipped(article_of(sentence)).records["alliances"]
    assert all(a.members_count is None for a in found)
