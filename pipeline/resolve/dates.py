"""Date expressions -> EDTF, counted from an article's own date; today's date plays no part.

A year that the text leaves out: a past date is the latest at or before the anchor, a future one the earliest
at or after it, a present one the nearest. Without an anchor the year stays "XXXX", and what is told relative
to it is None.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

from pipeline.timex import DateExpression, Point, Shift

Tense = Literal["past", "present", "future"]
_LEAP_YEAR = 2000  # stands in for an unknown year, so that 29 February is a date


@dataclass(frozen=True, slots=True)
class Partial:
    """A date of which the finer parts, or the year, may be unknown."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def edtf(self) -> str:
        """The date as EDTF: "2021-10-27", "2021-10", "2021", "XXXX-10-27"."""
        parts = ["XXXX" if self.year is None else f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def exists(self) -> bool:
        """Whether the calendar has such a date, and it has a year or a month."""
        if self.month is None:
            return self.year is not None and self.day is None
        last = monthrange(self.year or _LEAP_YEAR, self.month)[1] if 1 <= self.month <= 12 else 0
        return bool(last) and (self.day is None or 1 <= self.day <= last)

    def coarse(self) -> Partial:
        """Without the day."""
        return replace(self, day=None)

    def bounds(self) -> tuple[date, date]:
        """Its first and last day; the year must be known."""
        assert self.year is not None, "a date without a year has no bounds"
        month = self.month or 12
        last = self.day or monthrange(self.year, month)[1]
        return date(self.year, self.month or 1, self.day or 1), date(self.year, month, last)


def of_day(day: date) -> Partial:
    """A full date."""
    return Partial(day.year, day.month, day.day)


@dataclass(frozen=True, slots=True)
class DateReader:
    """Reads date expressions against an anchor and the date told before (`told`, asked only when needed).

    Without an anchor `issue`, the month of publication, tells the year of a month and what is counted in
    months and years; days and weeks it leaves unresolved.
    """

    anchor: date | None
    told: Callable[[], Partial | None]
    issue: Partial | None = None

    def read(self, expression: DateExpression, tense: Tense) -> tuple[Partial, Partial] | None:
        """First and last date of an expression, or None if it cannot be resolved or is no date."""
        ends = self._ends(expression, tense)
        if ends is None or not all(end.exists() for end in ends) or _reversed(*ends):
            return None
        return (ends[0].coarse(), ends[1].coarse()) if expression.vague else ends

    def _ends(self, expression: DateExpression, tense: Tense) -> tuple[Partial, Partial] | None:
        first, last = expression.first, expression.last
        if first == last:
            only = self._point(first, tense)
            return None if only is None else (only, only)
        if tense == "future" and first.weekday is None:
            return self._backward(first, last, tense)
        if tense != "future" and first.weekday is not None and first.day is None:
            return self._backward(first, last, "past")
        return self._forward(first, last, tense)

    def _forward(self, first: Point, last: Point, tense: Tense) -> tuple[Partial, Partial] | None:
        """The first end by the anchor, the last at or after it."""
        start = self._point(first, tense)
        end = start and replace(self, anchor=_day(start, 0, self.anchor))._point(last, "future")
        return (start, end) if start and end else None

    def _backward(self, first: Point, last: Point, tense: Tense) -> tuple[Partial, Partial] | None:
        """The last end by the anchor, the first at or before it."""
        end = self._point(last, tense)
        start = end and replace(self, anchor=_day(end, 1, self.anchor))._point(first, "past")
        return (start, end) if start and end else None

    def _point(self, point: Point, tense: Tense) -> Partial | None:
        if point.year is not None:
            return Partial(point.year, point.month, point.day)
        if point.shift is not None:
            return self._shifted(point, point.shift)
        if point.month is not None:
            return self._without_year(point, tense)
        if point.weekday is not None:
            return self._weekday(point.weekday, point.day, tense)
        return self._day_only(point, tense)

    def _without_year(self, point: Point, tense: Tense) -> Partial:
        stated = Partial(None, point.month, point.day)
        anchor = self.anchor
        if anchor is None and self.issue is not None:
            anchor = self.issue.bounds()[tense == "past"]
        if anchor is None or not stated.exists():
            return stated
        years = range(anchor.year - 4, anchor.year + 5)  # four years, so that 29 February is found
        dates = [d for d in (replace(stated, year=year) for year in years) if d.exists()]
        nearest = _nearest(dates, anchor, tense)
        if point.weekday is None or self.anchor is None or nearest.bounds()[0].weekday() == point.weekday:
            return nearest
        around = [d for d in dates if abs(d.bounds()[0] - self.anchor).days <= 366]
        agreeing = [d for d in around if d.bounds()[0].weekday() == point.weekday]
        return agreeing[0] if agreeing else nearest

    def _weekday(self, weekday: int, day: int | None, tense: Tense) -> Partial | None:
        if self.anchor is None:
            return None
        ahead = self.anchor + timedelta((weekday - self.anchor.weekday()) % 7)
        behind = self.anchor - timedelta((self.anchor.weekday() - weekday) % 7)
        if day is not None and day in (ahead.day, behind.day):  # "Friday (21)" says itself which one
            return of_day(ahead if day == ahead.day else behind)
        return of_day(ahead if tense == "future" else behind)

    def _day_only(self, point: Point, tense: Tense) -> Partial | None:
        """A day of the month told before, else of the month that the anchor makes likely."""
        told = self.told()
        if told is not None and told.month is not None:
            return replace(told, day=point.day)
        if self.anchor is None:
            return None
        months = (self.anchor + relativedelta(day=1, months=step) for step in range(-2, 3))
        dates = [d for d in (Partial(m.year, m.month, point.day) for m in months) if d.exists()]
        return _nearest(dates, self.anchor, tense)

    def _shifted(self, point: Point, shift: Shift) -> Partial | None:
        own = of_day(self.anchor) if self.anchor else self.issue
        base = self.told() if shift.basis == "previous" else own
        if base is None:
            return Partial(None, point.month, point.day) if point.month and shift.basis == "article" else None
        if shift.unit == "year":
            return None if base.year is None else Partial(base.year + shift.amount, point.month, point.day)
        if base.year is None or base.month is None:
            return None
        if shift.unit == "month" and point.month is not None:
            return _month_of(base, shift.amount, point.month)
        if shift.unit in ("month", "quarter"):
            return _months_on(base, shift, point.day)
        if base.day is None:
            return None
        return _days_on(date(base.year, base.month, base.day), shift, point.weekday)


def _months_on(base: Partial, shift: Shift, day: int | None) -> Partial:
    moved = base.bounds()[0] + relativedelta(months=shift.amount * (3 if shift.unit == "quarter" else 1))
    return Partial(moved.year) if shift.unit == "quarter" else Partial(moved.year, moved.month, day)


def _month_of(base: Partial, amount: int, month: int) -> Partial:
    """ "last June" is the latest before the base, "next June" the first after it, "this June" in its year."""
    assert base.year is not None and base.month is not None, "a month is counted from a known month"
    passed = month < base.month if amount < 0 else month <= base.month
    turns = {-1: 0 if passed else -1, 0: 0, 1: 1 if passed else 0}
    return Partial(base.year + turns[max(-1, min(1, amount))], month)


def _days_on(base: date, shift: Shift, weekday: int | None) -> Partial | None:
    if shift.unit == "day":
        return of_day(base + timedelta(shift.amount))
    if weekday is not None:
        return of_day(_weekday_of(base, shift.amount, weekday))
    monday = base + timedelta(7 * shift.amount - base.weekday())
    sunday = monday + timedelta(6)
    return Partial(monday.year, monday.month) if monday.month == sunday.month else None


def _weekday_of(base: date, amount: int, weekday: int) -> date:
    """ "last Friday" is the last before the base, "next Friday" the one after, "this Friday" in its week."""
    if amount == 0:
        return base + timedelta(weekday - base.weekday())
    ahead = (weekday - base.weekday() - 1) % 7 + 1
    behind = (base.weekday() - weekday - 1) % 7 + 1
    days = ahead + 7 * (amount - 1) if amount > 0 else -behind + 7 * (amount + 1)
    return base + timedelta(days)


def _nearest(dates: list[Partial], anchor: date, tense: Tense) -> Partial:
    """Of ascending dates the last at or before the anchor, the first at or after it, or the nearest to it."""
    past = [d for d in dates if d.bounds()[0] <= anchor]
    future = [d for d in dates if d.bounds()[1] >= anchor]
    if tense == "past":
        return past[-1]
    if tense == "future":
        return future[0]
    return min(dates, key=lambda d: min(abs(day - anchor) for day in d.bounds()))


def _day(partial: Partial, end: Literal[0, 1], default: date | None) -> date | None:
    """The first or last day of a date, as an anchor for the other end of its range."""
    return default if partial.year is None or not partial.exists() else partial.bounds()[end]


def _reversed(first: Partial, last: Partial) -> bool:
    if first.year is None or last.year is None:
        return False
    return first.bounds()[0] > last.bounds()[1]
