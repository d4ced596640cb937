"""Which names agree, and beside each the near ones that must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.score.names import Name, holders_agree, name_tokens, names_agree, texts_agree, token_f1

WORDS = frozenset({"province", "state", "city", "region", "of"})


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Lake Chad Basin Commission", "the lake chad basin commission"),
        ("Lake Chad Basin Commission (LCBC)", "Lake Chad Basin Commission"),
        ("Harbour Cities' Forum", "Harbour Cities Forum"),
        ("Nile-Danube Dialogue", "Nile Danube Dialogue"),
        ("COP-28", "COP28"),
        ("U.S.", "US"),
        ("“Rivers Without Borders”", "Rivers without Borders"),
        ("Fifth Alpine Lakes Forum 2021", "Fifth Alpine Lakes Forum"),  # 4 of 4 and 4 of 5 words: F1 8/9
    ],
)
def test_names_that_agree(left: str, right: str) -> None:
    assert texts_agree(left, right)
    assert texts_agree(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("COP28", "COP29"),
        ("Alpine Lakes Forum", "Alpine Rivers Forum"),  # F1 2/3
        ("Lakes Forum", "Alpine Lakes Forum Secretariat"),  # F1 2/3
        ("Forum (of the lakes)", "Forum"),  # a bracket that holds no acronym is part of the name
        ("", "the"),
    ],
)
def test_names_that_do_not_agree(left: str, right: str) -> None:
    assert not texts_agree(left, right)
    assert not texts_agree(right, left)


def test_the_bound_on_token_f1_itself_agrees() -> None:
    left, right = name_tokens("one two three four five"), name_tokens("one two three four six")
    assert token_f1(left, right) == pytest.approx(0.8)
    assert texts_agree("one two three four five", "one two three four six")


def test_a_word_said_twice_counts_twice() -> None:
    assert token_f1(("art", "art"), ("art",)) == pytest.approx(2 / 3)


def test_a_name_agrees_with_an_alias_on_either_side() -> None:
    full = Name("Arctic Fisheries Compact", ("AFC", "the Compact"))
    assert names_agree(full, Name("A.F.C."))
    assert names_agree(Name("Compact"), full)
    assert not names_agree(full, Name("AFD"))


def test_an_alias_must_be_equal_not_merely_close() -> None:
    full = Name("Arctic Compact", ("Compact of the Five Northern Fishing States",))
    assert not names_agree(full, Name("Compact of the Six Northern Fishing States"))


def test_two_names_that_only_share_an_alias_do_not_agree() -> None:
    assert not names_agree(
        Name("African Football Council", ("AFC",)), Name("Arctic Fisheries Compact", ("AFC",))
    )


@pytest.mark.parametrize(("left", "right"), [("Gansu province", "Gansu"), ("the state of Goa", "Goa State")])
def test_holders_agree_without_words_for_their_rank(left: str, right: str) -> None:
    assert holders_agree(left, right, WORDS)


def test_holders_of_one_rank_do_not_agree() -> None:
    assert not holders_agree("Gansu province", "Hunan province", WORDS)


def test_a_holder_that_is_nothing_but_such_a_word_keeps_it() -> None:
    assert holders_agree("the region", "Region", WORDS)
    assert not holders_agree("the region", "the state", WORDS)


@given(st.text(max_size=40), st.text(max_size=40))
def test_agreement_is_symmetric(left: str, right: str) -> None:
    assert texts_agree(left, right) == texts_agree(right, left)


@given(st.text(max_size=40))
def test_a_name_agrees_with_itself(name: str) -> None:
    assert texts_agree(name, name)
