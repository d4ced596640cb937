"""Counts with their qualifiers, ordinals, shares, percentages; and figures that count nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate.dates import DateFinder
from pipeline.annotate.numbers import NumberFinder
from pipeline.base import CleanText, Document, MappedText, Number

DATES, NUMBERS = DateFinder(), NumberFinder()
Read = Callable[..., Document]


@pytest.mark.parametrize(
    ("text", "quote", "number"),
    [
        ("It lists 56 sites.", "56", Number(56)),
        ("It drew 1,200 guests.", "1,200", Number(1200)),
        ("It drew 12 500 guests.", "12 500", Number(12500)),
        ("It drew 3.5 million guests.", "3.5 million", Number(3_500_000)),
        ("It lists twenty-one sites.", "twenty-one", Number(21)),
        ("It lists one hundred and five sites.", "one hundred and five", Number(105)),
        ("Seventeen states joined.", "Seventeen", Number(17)),
        ("SEVEN STATES JOINED.", "SEVEN", Number(7)),
        ("It lists a hundred sites.", "a hundred", Number(100)),
        ("It lists a dozen sites.", "a dozen", Number(12)),
        ("It lists two dozen sites.", "two dozen", Number(24)),
        ("It lists half a dozen sites.", "half a dozen", Number(6)),
        ("It has a single reserve.", "a single", Number(1)),
        ("Both states joined.", "Both", Number(2)),
        ("It lists a pair of bogs.", "a pair of", Number(2)),
        ("It lists one bog.", "one", Number(1)),
        # qualifiers
        ("More than 300 guests came.", "More than 300", Number(300, "at_least")),
        ("Over two dozen guests came.", "Over two dozen", Number(24, "at_least")),
        ("At least five guests came.", "At least five", Number(5, "at_least")),
        ("It has no fewer than 40 bogs.", "no fewer than 40", Number(40, "at_least")),
        ("It has 40 or more bogs.", "40 or more", Number(40, "at_least")),
        ("It has 40-plus bogs.", "40-plus", Number(40, "at_least")),
        ("It has 40+ bogs.", "40+", Number(40, "at_least")),
        ("It has 40-45 bogs.", "40-45", Number(40, "at_least")),
        ("Nearly 300 guests came.", "Nearly 300", Number(300, "at_most")),
        ("Almost 300 guests came.", "Almost 300", Number(300, "at_most")),
        ("Up to 300 guests came.", "Up to 300", Number(300, "at_most")),
        ("As many as 300 guests came.", "As many as 300", Number(300, "at_most")),
        ("Fewer than 300 guests came.", "Fewer than 300", Number(300, "at_most")),
        ("Close to 300 guests came.", "Close to 300", Number(300, "at_most")),
        ("Some 300 guests came.", "Some 300", Number(300, "about")),
        ("About 300 guests came.", "About 300", Number(300, "about")),
        ("Around three hundred guests came.", "Around three hundred", Number(300, "about")),
        ("Approximately 300 guests came.", "Approximately 300", Number(300, "about")),
        ("It has 300 or so bogs.", "300 or so", Number(300, "about")),
        ("A total of 300 guests came.", "A total of 300", Number(300)),
        # ordinals
        ("Its 24th bog was listed.", "24th", Number(24, ordinal=True)),
        ("Its twenty-fourth bog was listed.", "twenty-fourth", Number(24, ordinal=True)),
        ("The first forum was small.", "first", Number(1, ordinal=True)),
        ("The inaugural forum was small.", "inaugural", Number(1, ordinal=True)),
        ("The XIX International Congress met.", "XIX", Number(19, ordinal=True)),
        # shares
        ("Half of the bogs are dry.", "Half of", Number(0, share=0.5)),
        ("About half the bogs are dry.", "About half the", Number(0, "about", share=0.5)),
        ("Nearly two-thirds of them are dry.", "Nearly two-thirds", Number(0, "at_most", share=2 / 3)),
        ("A quarter of the bogs are dry.", "A quarter of", Number(0, share=0.25)),
    ],
)
def test_number(read: Read, text: str, quote: str, number: Number) -> None:
    document = read(text, DATES, NUMBERS)
    assert [(document.quote(m), m.value) for m in document.of("number")] == [(quote, number)]


@pytest.mark.parametrize(
    "text",
    [
        "They met on 11 June 2024 and in 2019.",
        "It took five days and two weeks.",
        "Two years ago it rained.",
        "It cost $5 million, 40 euros and 300 yuan.",
        "It is 50 km long and 3.5 metres wide.",
        "It covers 300,000 hectares and 12 square kilometers.",
        "See No. 5, Article 12 and Room 101.",
        "COP28, G20 and Covid-19 were on the list.",
        "They won 3-2 and lost 1:4.",
        "They met at 10:30 and at 5 p.m.",
        "A 50-year-old man, aged 51, came.",
        "It rose by 2.5 points.",
        "One of the guests left; no one else did.",
        "Dozens of guests and hundreds of cars came.",
        "It grew in the 21st century, in the second half.",
        "King Louis XIV slept here.",
        "The licence is version 4.0 or 4.0 alone.",
        "Both China and Iran came.",
        "A 65-meter-long boat and a 200-million-rial loan were lost.",
        "It was in the first three months and on the first day.",
        "The year 1404 ended.",
        "The ratio was 2.75 at most.",
    ],
)
def test_counts_nothing(read: Read, text: str) -> None:
    document = read(text, DATES, NUMBERS)
    assert [document.quote(m) for m in document.of("number")] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("It rose 20 percent.", 20.0), ("It rose 12.5%.", 12.5), ("It rose by twenty per cent.", 20.0)],
)
def test_percentage(read: Read, text: str, value: float) -> None:
    document = read(text, DATES, NUMBERS)
    assert [m.value for m in document.of("percentage")] == [value]
    assert not document.of("number")


def test_several_in_one_sentence(read: Read) -> None:
    document = read("Of 59 sites, 40 are cultural, 15 natural and four mixed.", DATES, NUMBERS)
    assert [m.value.value for m in document.of("number")] == [59, 40, 15, 4]


@given(st.text(alphabet=st.sampled_from("0123456789.,-% abcdefghilmnorstuvxyXVI/:+$"), max_size=60))
def test_spans_lie_in_any_text_and_numbers_are_not_negative(text: str) -> None:
    document = Document(CleanText(MappedText.identity(text), ()), None)  # type: ignore[arg-type]
    for mention in document.adding(DATES(document)).adding(NUMBERS(document)).of("number"):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.value.value >= 0
