"""Dates, ranges of dates and durations as the text gives them; `pipeline.resolve` turns them into EDTF."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from pipeline.annotate.date_grammar import Core, DateGrammar
from pipeline.annotate.date_words import date_words
from pipeline.annotate.number_words import number_words, read_cardinal
from pipeline.annotate.terms import fold
from pipeline.base import Document, Mention
from pipeline.timex import DateExpression, Point

_RANGE = re.compile(r" ?- ?| (?:to|until|till|through) (?:the )?| ?— ?")
_AND = re.compile(r" and (?:the )?(?:on )?")
_ABOUT = 48  # characters before a date in which its modifiers are looked for; the longest is 24


class DateFinder:
    """Mentions "date" (value: `DateExpression`), "duration" (value: days), "decade" (value: first year)."""

    labels: ClassVar[tuple[str, ...]] = ("date", "duration", "decade")

    def __init__(self) -> None:
        words = date_words()
        self._grammar = DateGrammar()
        self._vague = re.compile(rf"(?<![\w-]){words.pattern('vague')}(?: ?(?:the |of |in )?|(?<=-))$")
        self._open_end = re.compile(rf"\b{words.pattern('open_end')} (?:the )?$")
        self._open_start = re.compile(rf"\b{words.pattern('open_start')} (?:the )?$")
        self._moved = re.compile(rf"\b{words.pattern('moved')}\b[^.;]{{0,30}}$")
        self._between = re.compile(r"\b[Bb]etween (?:the )?$")
        self._month_cue = re.compile(rf"\b{words.pattern('month_cue')} $|[Mm]id-$")
        self._weekday_no = re.compile(rf"\b{words.pattern('weekday_no')} $")
        self._year_cue = re.compile(rf"(?:^|\b{words.pattern('year_cue')} |[(,\n] ?)$")
        self._year_no = re.compile(rf"(?:\b{words.pattern('year_no')} |[\d.,:]|\w-|[+/=])$")
        measures = "|".join(re.escape(w) for w in words.words("year_measure"))
        self._year_measure = re.compile(rf" ?%|[.,:]\d|[ -](?:{measures})(?!\w)|\+|s\b")
        self._plural = re.compile(r" [a-z-]+s\b")
        units = words.values("unit")
        unit = "|".join(units)
        self._duration = re.compile(
            rf"(?<![\w.,-])(?P<number>(?i:\d{{1,3}}|{number_words().cardinal}))[ -]"
            rf"(?P<unit>{unit})(?:s?|-long)\b"
            rf"|\b{words.pattern('lasting')} (?P<article>an?) (?P<one>{unit})\b"
            rf"|\b(?P<long>{unit})-?long\b"
        )
        self._decade = re.compile(r"(?<![\w.])(1[5-9]\d0|20\d0)'?s\b")
        self._units = units

    def __call__(self, document: Document) -> Iterator[Mention]:
        """The dates of a document, then its durations and decades."""
        text = fold(document.text)
        end = 0
        dates = []
        for core in self._joined(text, self._accepted(text)):
            dates.append(self._modified(text, core, end))
            end = dates[-1].end
        yield from dates
        starts = [m.start for m in dates]
        for duration in self._durations(text):
            index = bisect_left(starts, duration.end) - 1
            if index < 0 or not dates[index].overlaps(duration):
                yield duration
        for match in self._decade.finditer(text):
            yield Mention("decade", match.start(), match.end(), "dates.decade", int(match[1]))

    def _accepted(self, text: str) -> list[Core]:
        """The cores that are dates where they stand: "May" may be a verb, four digits a count."""
        checks = {
            "weekday": self._is_weekday,
            "month": self._is_month,
            "year": self._is_year,
            "step": self._is_step,
        }
        accepted: list[Core] = []
        for core in self._grammar.cores(text):
            gap = text[accepted[-1].end : core.start] if accepted else ""
            continues = core.kind == "month" and (_RANGE.fullmatch(gap) or _AND.fullmatch(gap))
            if core.kind not in checks or continues or checks[core.kind](text, core):
                accepted.append(core)
        return accepted

    def _is_weekday(self, text: str, core: Core) -> bool:
        """Whether a day of this week, not "Easter Sunday"."""
        return not self._weekday_no.search(text, max(0, core.start - 12), core.start)

    def _is_month(self, text: str, core: Core) -> bool:
        """Whether a preposition stands before it, or an article ("the June summit"; not "the May family")."""
        window = (max(0, core.start - _ABOUT), core.start)
        if text.endswith((" the ", " The ", "\nThe "), *window) and core.value.first.month != 5:
            return True
        return bool(self._month_cue.search(text, *window) or self._vague.search(text, *window))

    def _is_step(self, text: str, core: Core) -> bool:
        """Whether "last year" or "the end of the year", not the mere "the year"."""
        if text[core.start : core.end].lower().split()[:-1] != ["the"]:
            return True
        return bool(self._vague.search(text, max(0, core.start - _ABOUT), core.start))

    def _is_year(self, text: str, core: Core) -> bool:
        before = text[max(0, core.start - 20) : core.start]
        if self._year_no.search(before) or self._year_measure.match(text, core.end):
            return False
        return not self._plural.match(text, core.end) or bool(self._year_cue.search(before))

    def _joined(self, text: str, cores: list[Core]) -> Iterator[Core]:
        """Neighbours that make one range: "28 June to 7 July", "Thursday and Friday"."""
        index = 0
        while index < len(cores):
            core = cores[index]
            following = cores[index + 1] if index + 1 < len(cores) else None
            joined = self._join(text, core, following) if following else None
            yield joined or core
            index += 2 if joined else 1

    def _join(self, text: str, core: Core, following: Core) -> Core | None:
        gap = text[core.end : following.start]
        first, last = core.value.first, following.value.last
        if len(gap) > 14 or not _same_kind(first, last):
            return None
        between = self._between.search(text, max(0, core.start - 12), core.start)
        consecutive = _consecutive(first, last)
        if not (_RANGE.fullmatch(gap) or (_AND.fullmatch(gap) and (between or consecutive))):
            return None
        if self._moved.search(text, max(0, core.start - _ABOUT), core.start):
            return None
        first, last = _shared_year(first, last)
        vague = core.value.vague or following.value.vague
        return Core(core.start, following.end, "range", DateExpression(first, last, vague=vague))

    def _modified(self, text: str, core: Core, floor: int) -> Mention:
        """The date with the words before it that blur or open it."""
        start, value = core.start, core.value
        vague = self._vague.search(text, max(floor, start - _ABOUT), start)
        if vague:
            start, value = vague.start(), replace(value, vague=True)
        if core.value.first == core.value.last:
            window = (max(floor, start - _ABOUT), start)
            if self._open_end.search(text, *window):
                value = replace(value, open_end=True)
            elif self._open_start.search(text, *window):
                value = replace(value, open_start=True)
        return Mention("date", start, core.end, f"dates.{core.kind}", value)

    def _durations(self, text: str) -> Iterator[Mention]:
        for match in self._duration.finditer(text):
            number = read_cardinal(match["number"]) if match["number"] else 1
            if number:
                start = match.start("article") if match["article"] else match.start()
                days = number * self._units[match["unit"] or match["one"] or match["long"]]
                yield Mention("duration", start, match.end(), "dates.duration", days)


def _same_kind(first: Point, last: Point) -> bool:
    """Whether two points can bound one range."""
    if first.shift or last.shift:
        return first.weekday is not None and last.weekday is not None
    return ((first.day is None) == (last.day is None) and (first.month is None) == (last.month is None)) or (
        first.day is None and last.day is None and first.month is not None and last.month is not None
    )


def _consecutive(first: Point, last: Point) -> bool:
    if first.weekday is not None and last.weekday is not None and first.day is None:
        return (last.weekday - first.weekday) % 7 == 1
    if first.day is None and last.day is None and first.month and last.month:
        return last.month - first.month == 1
    return (
        first.month == last.month
        and first.day is not None
        and last.day is not None
        and last.day - first.day == 1
    )


def _shared_year(first: Point, last: Point) -> tuple[Point, Point]:
    """The year that stands at one end holds for the other: "28 December to 3 January 2025" begins in 2024."""
    if first.month is None or last.month is None or first.shift or last.shift:
        return first, last
    turns = (last.month, last.day or 0) < (first.month, first.day or 0)
    if first.year is None and last.year is not None:
        first = replace(first, year=last.year - turns)
    elif last.year is None and first.year is not None:
        last = replace(last, year=first.year + turns)
    return first, last
