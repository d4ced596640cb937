"""Dates, durations and decades as the text gives them. Their resolution is tested in tests/resolve."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.annotate.dates import DateFinder
from pipeline.base import Document
from pipeline.timex import DateExpression, Point, Shift

FINDER = DateFinder()
Read = Callable[..., Document]


def one(point: Point, **marks: bool) -> DateExpression:
    return DateExpression(point, point, **marks)


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("They met on 11 June 2024.", "11 June 2024", one(Point(2024, 6, 11))),
        ("They met on June 11.", "June 11", one(Point(month=6, day=11))),
        ("They met in June.", "June", one(Point(month=6))),
        ("They met on Tuesday.", "Tuesday", one(Point(weekday=1))),
        ("They met last Friday.", "last Friday", one(Point(weekday=4, shift=Shift(-1, "week")))),
        ("They meet next month.", "next month", one(Point(shift=Shift(1, "month")))),
        ("They met a year earlier.", "a year earlier", one(Point(shift=Shift(-1, "year", "previous")))),
        ("They met on the 27th.", "the 27th", one(Point(day=27))),
        ("They met in early June.", "early June", one(Point(month=6), vague=True)),
        ("It is shut until 7 July.", "7 July", one(Point(month=7, day=7), open_start=True)),
        ("It is open from 7 July.", "7 July", one(Point(month=7, day=7), open_end=True)),
        (
            "It runs from 28 June to 7 July.",
            "28 June to 7 July",
            DateExpression(Point(month=6, day=28), Point(month=7, day=7)),
        ),
        (
            "They met on Thursday and Friday.",
            "Thursday and Friday",
            DateExpression(Point(weekday=3), Point(weekday=4)),
        ),
    ],
)
def test_date(read: Read, text: str, quote: str, value: DateExpression) -> None:
    document = read(text, FINDER)
    assert [(document.quote(m), m.value) for m in document.of("date")] == [(quote, value)]


@pytest.mark.parametrize(
    ("text", "quote", "days"),
    [
        ("The three-day meeting ended.", "three-day", 3),
        ("It lasted five days.", "five days", 5),
        ("It lasted for 10 days.", "10 days", 10),
        ("The two-week course ended.", "two-week", 14),
        ("The week-long fair ended.", "week-long", 7),
        ("The weeklong fair ended.", "weeklong", 7),
        ("It lasted a month.", "a month", 30),
        ("It lasted for a year.", "a year", 365),
    ],
)
def test_duration(read: Read, text: str, quote: str, days: int) -> None:
    document = read(text, FINDER)
    assert [(document.quote(m), m.value) for m in document.of("duration")] == [(quote, days)]
    assert not document.of("date")


def test_a_decade_is_no_date(read: Read) -> None:
    document = read("They met in the 1970s.", FINDER)
    assert [m.value for m in document.of("decade")] == [1970]
    assert not document.of("date")


def test_a_distance_is_no_duration(read: Read) -> None:
    assert not read("They met two years ago.", FINDER).of("duration")


@pytest.mark.parametrize(
    "junk", ["1" * 4000, "2024-" * 900, "the " * 1500, "June " * 1200, "one " * 1500, "9, " * 1500]
)
def test_hostile_text_is_read_to_its_end(read: Read, junk: str) -> None:
    document = read(junk + " They met on 11 June 2024.", FINDER)
    assert document.quote(document.of("date")[-1]).endswith("11 June 2024")
