"""The date that a page states of itself beside other words, where no header, dateline or metadata has told
it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from pipeline.clean.dates import DATE, MONTH, TIME, to_edtf
from pipeline.clean.draft import Draft, Find, Line, Outcome, lines
from pipeline.data import Row, load_rows

Place = Literal["head", "lead", "foot"]

_HEAD_LINES, _FOOT_LINES = 6, 3  # site, title, standfirst, byline, outlet, date; outlet, place, date
_LONGEST = 160  # characters of a line that states a date and no news
_SENTENCE = re.compile(r"[a-z]{3}\. [A-Z]")
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?"


class PageDate(Row):
    """A pattern for a line (its beginning, for a "lead") whose group `stated` is the page's date."""

    place: Place
    pattern: str
    below_title: bool = False


def page_date(draft: Draft) -> Outcome:
    """Finds the page's own date; its line stays. What later steps read in headers and datelines
    outranks it.
    """
    found = next(_stated(list(lines(draft))), None)
    return Outcome([], [found]) if found else Outcome()


def _stated(page: list[Line]) -> Iterator[Find]:
    """The dates that the first and last lines state, likeliest first."""
    for place, candidates in (
        ("head", page[:_HEAD_LINES]),
        ("lead", page[:_HEAD_LINES]),
        ("foot", page[-_FOOT_LINES:]),
    ):
        for number, line in enumerate(candidates):
            short = len(line.text) <= _LONGEST and not _SENTENCE.search(line.text)
            for row, pattern in _patterns(place):
                if (row.below_title and number == 0) or (place != "lead" and not short):
                    continue
                match = pattern.match(line.text) if place == "lead" else pattern.fullmatch(line.text)
                if match and (day := _edtf(match["stated"])):
                    start = line.start + match.start("stated")
                    yield Find("stated", start, line.start + match.end("stated"), day)


def _edtf(text: str) -> str | None:
    """EDTF form of a full date, of a month and year (of several months the first), or of a year."""
    if re.fullmatch(DATE, text, re.IGNORECASE):
        return to_edtf(text)
    first = to_edtf(f"1 {text}") if not text.isdigit() else f"{text}-01-01"
    return first and (first[:7] if not text.isdigit() else first[:4])


@cache
def _patterns(place: str) -> tuple[tuple[PageDate, re.Pattern[str]], ...]:
    known = {"%date%": DATE, "%month%": MONTH, "%time%": TIME, "%weekday%": _WEEKDAY}
    rows = []
    for row in load_rows("pipeline.clean", "page_dates.jsonl", PageDate):
        pattern = row.pattern
        for name, expression in known.items():
            pattern = pattern.replace(name, expression)
        if row.place == place:
            rows.append((row, re.compile(pattern, re.IGNORECASE)))
    return tuple(rows)
