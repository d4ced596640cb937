"""Every value leads back to characters and a rule."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.base import Candidate, CleanText, MappedText, Mention, Record
from pipeline.evidence import attach
from pipeline.timex import DateExpression, Point

SOURCE = "«Oslo, 3 May 2024» The fair opened on 1 May."
CLEAN = CleanText(MappedText(SOURCE[19:], *(list(offsets) for offsets in (range(19, 44), range(20, 45)))), ())  # type: ignore[arg-type]
TRIGGER = Mention("gathering", 0, 8, "gathering/head/fair")
ANCHOR = Mention("date", 7, 17, "dateline.date", in_source=True)


class Fair(Record):
    """A gathering in miniature."""

    name: str
    start_date: str | None = None
    aliases: tuple[str, ...] = ()
    status: str = "held"


def day(year: int | None) -> Mention:
    point = Point(year=year, month=5, day=1)
    return Mention("date", 19, 24, "date/day-month", DateExpression(point, point))


def evidence(slots: dict[str, tuple[Mention, ...]], **fields: Any) -> list[tuple[str, str, str]]:
    candidate = Candidate("fair", TRIGGER, slots)
    record = attach(Fair(name="fair", **fields), candidate, ANCHOR, CLEAN, SOURCE)
    for piece in record.evidence:
        assert SOURCE[piece.source_start : piece.source_end] == piece.quote
        if piece.start is not None:
            assert CLEAN.text[piece.start : piece.end] == piece.quote
    return [(piece.field, piece.quote, piece.rule) for piece in record.evidence if piece.field != "name"]


def test_a_field_without_mention_of_its_own_leads_to_the_trigger() -> None:
    assert evidence({}) == [("status", "The fair", "gathering/head/fair")]


def test_a_field_without_value_has_no_evidence_even_if_something_was_found() -> None:
    assert evidence({"start_date": (day(None),)})[0][0] == "status"


@pytest.mark.parametrize(
    ("year", "value", "quotes"),
    [
        (None, "2024-05-01", ["1 May", "3 May 2024"]),
        (None, "XXXX-05-01", ["1 May"]),
        (2023, "2023-05-01", ["1 May"]),
    ],
)
def test_a_year_from_the_articles_own_date_names_that_date(
    year: int | None, value: str, quotes: list[str]
) -> None:
    found = evidence({"start_date": (day(year),)}, start_date=value)
    assert [quote for field, quote, _ in found if field == "start_date"] == quotes


def test_the_same_mention_twice_is_one_piece() -> None:
    assert len([e for e in evidence({"status": (TRIGGER, TRIGGER)}) if e[0] == "status"]) == 1
