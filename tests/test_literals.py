"""Required words: what an expression cannot match without, and the index that searches for it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.literals import WordIndex, fold, required


@pytest.mark.parametrize(
    ("pattern", "clauses"),
    [
        ("joined the bloc", [{"joined the bloc"}]),
        (r"\bjoin(?:s|ed)?\b", [{"join"}]),
        ("(?:will|is to) open", [{"will open", "is to open"}]),
        ("organi[sz]ation", [{"organisation", "organization"}]),
        (r"opened \w+ in", [{"opened "}, {" in"}]),
        (r"(?:seat|places?) of \d", [{"seat of ", "place of ", "places of "}]),
        (r"(?:\w+ly signed|ratified)", [{"ly signed", "ratified"}]),
        ("(?:very )*large", [{"large"}]),
        ("(?<=since )1990(?! census)", [{"since "}, {"1990"}]),
        (r"\d+", []),
        ("(?:ab|x)", []),  # a single letter is in every text
        ("İstanbul", [{"istanbul"}]),
        ("Ålesund", [{"lesund"}]),  # only ASCII letters are searched for
    ],
)
def test_words_that_a_pattern_cannot_match_without(pattern: str, clauses: list[set[str]]) -> None:
    assert [set(clause) for clause in required(pattern)] == clauses


@pytest.mark.parametrize("text", ["Kenya JOINED", "K enya", "ſigned", "İN", "ın"])
def test_folding_keeps_what_matches_regardless_of_case(text: str) -> None:
    for word in ("kenya", "joined", "k", "signed", "in"):
        if re.search(word, text, re.IGNORECASE):
            assert word in fold(text)


def test_the_index_gives_the_patterns_in_their_order() -> None:
    patterns = [r"left \w+ (?:bloc|union)", r"joined", r"\d+", "summit"]
    index = WordIndex([required(pattern) for pattern in patterns])
    assert index("Peru joined and left the Union") == [0, 1, 2]
    assert index("Peru left the port") == [2]  # no word of the second clause: not tried


_PIECES = st.sampled_from(["join", "joined", "the", " ", "x", "İ", "ſ", "left", "7", "-"])
_WORDS = st.lists(_PIECES, max_size=5).map("".join)


@st.composite
def _expressions(draw: st.DrawFn) -> str:
    inner = st.recursive(
        _PIECES.map(re.escape),
        lambda part: st.one_of(
            st.tuples(part, part).map("".join),
            st.lists(part, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
            st.tuples(part, st.sampled_from(["?", "{2}", "{1,2}", "{0,2}?"])).map(
                lambda p: f"(?:{p[0]}){p[1]}"
            ),
            part.map(lambda p: f"(?={p})"),
            part.map(lambda p: f"(?!{p})"),
        ),
        max_leaves=8,
    )
    return draw(inner)


@given(_expressions(), _WORDS)
def test_no_match_is_ever_lost(pattern: str, text: str) -> None:
    if re.search(pattern, text, re.IGNORECASE):
        assert WordIndex([required(pattern)])(text) == [0]
