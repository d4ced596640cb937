"""What is denied, demanded, wished or planned is never told as a fact."""

from __future__ import annotations

import pytest

from pipeline.run import Extractor, article_of


@pytest.fixture(scope="module")
def shipped() -> Extractor:
    """The program's own record types."""
    return Extractor()


@pytest.mark.parametrize("body", ["the European Union", "BRICS", "the World Trade Organization"])
@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("Serbia joined {}.", "joined"),
        ("Serbia has joined {}.", "joined"),
        ("Serbia became the latest country to join {}.", "joined"),
        ("Serbia wants to join {}.", "applied"),
        ("Serbia plans to join {}.", "applied"),
        ("Serbia will join {}.", "applied"),
        ("Serbia announced that it would join {}.", "applied"),
        ("Serbia will be admitted to {}.", "invited"),
        ("Serbia was invited to join {}.", "invited"),
        ("Serbia has not joined {}.", None),
        ("Serbia never joined {}.", None),
        ("Serbia failed to join {}.", None),
        ("Serbia should join {}.", None),
        ("Serbia may join {}.", None),
        ("If Serbia joins {}, prices will rise.", None),
        ("Serbia refused to join {}.", None),
        ("Will Serbia join {}?", None),
        ("Serbia is not a member of {}.", None),
        ("Serbia left {}.", "left"),
        ("Serbia decided to leave {}.", "left"),
        ("Serbia threatened to leave {}.", None),
        ("Serbia could leave {}.", None),
    ],
)
def test_stance(shipped: Extractor, sentence: str, body: str, event: str | None) -> None:
    found = shipped(article_of(sentence.format(body))).records["memberships"]
    assert [m.event for m in found] == ([event] if event else [])
