"""Finds the cores of date expressions ("27-28 October 2024", "last Friday", "two years ago") and reads them.

A core is a date without what opens or blurs it ("since", "early"). Texts are folded (`terms.fold`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline.annotate.date_words import DAY, YEAR, date_words
from pipeline.annotate.number_words import number_words, read_cardinal
from pipeline.annotate.terms import first_words, scan
from pipeline.timex import DateExpression, Point, Shift, Unit


@dataclass(frozen=True, slots=True)
class Core:
    """A span and the dates it stands for; `kind` is the name of the pattern."""

    start: int
    end: int
    kind: str
    value: DateExpression


class DateGrammar:
    """The patterns of date cores, tried in order at every word."""

    def __init__(self) -> None:
        words = date_words()
        self._months = words.values("month")
        self._weekdays = words.values("weekday")
        self._units = words.values("unit")
        self._today = words.values("today")
        self._steps = words.values("step")
        self._told = words.values("told")
        self._distance = words.values("distance")
        self._distance_told = words.values("distance.told")
        self._readers: dict[str, Callable[[str], DateExpression | None]] = {
            "iso": _read_iso,
            "dmy": _read_numeric,
            "month_day": self._read_calendar,
            "day_month": self._read_calendar,
            "month_year": self._read_calendar,
            "weekday": self._read_weekday,
            "today": self._read_today,
            "distance": self._read_distance,
            "step": self._read_step,
            "month_step": self._read_month_step,
            "ordinal_day": self._read_days,
            "month": self._read_calendar,
            "year": _read_year,
        }
        self._core = re.compile(self._pattern())
        openings = words.words("month", "weekday", "today", "step", "told", short=True)
        self._first = first_words((*openings, *number_words().rows("cardinal", "scale"), "a", "an", "the"))
        self._month_word = re.compile(rf"{words.pattern('month', short=True)}(?![a-z])")
        self._weekday_word = re.compile(rf"{words.pattern('weekday', short=True)}(?![a-z])")

    def cores(self, text: str) -> list[Core]:
        """The cores of a folded text, in text order."""
        found = []
        for match in scan(self._core, self._first, text):
            kind = str(match.lastgroup)
            value = self._readers[kind](match.group())
            if value is not None:
                found.append(Core(match.start(), match.end(), kind, value))
        return found

    def _pattern(self) -> str:
        words = date_words()
        month, long_month = words.pattern("month", short=True), words.pattern("month")
        weekday, long_weekday = words.pattern("weekday", short=True), words.pattern("weekday")
        unit, step, told = words.pattern("unit"), words.pattern("step"), words.pattern("told")
        number = rf"(?i:\d{{1,3}}|an?|{number_words().cardinal})"
        on_weekday = rf"(?:(?:(?:{step}) )?{weekday},? ?\(?(?:the )?)?"
        to = r"(?:,? (?:and|or|&) | ?- ?| (?:to|through|until|till) (?:the )?)"
        days = rf"{DAY}(?:(?:, {DAY}){{0,4}}{to}{DAY})?"
        year = rf"(?:(?:,? |, ?|-){YEAR}| (?:of )?(?:{step}|{told}) year)?"
        ordinal = r"\d{1,2}(?:st|nd|rd|th)"
        month_or_end = r"(?: of (?:this|last|next|the same|that) month\b|(?=[.,;:)\n]| and| at | in ))"
        close = r"\b"
        hour = r"(?:(?: (?:morning|afternoon|evening|night))? \(\d{1,2}\))?"
        alternatives = {
            "iso": rf"{YEAR}[-/.](?:0?[1-9]|1[0-2])[-/.](?:3[01]|[12]\d|0?[1-9])(?!\d)",
            "dmy": rf"(?:3[01]|[12]\d|0?[1-9])([/.])(?:3[01]|[12]\d|0?[1-9])(?:[/.]){YEAR}",
            "day_month": rf"{on_weekday}{days}(?: day)?(?: of |[ -]){month}(?![a-z]){year}",
            "month_day": rf"{on_weekday}{month} (?:the )?{days}(?! ?{month}){year}",
            "month_year": rf"{month}(?:,? (?:of )?{YEAR}| (?:of )?(?:{step}|{told}) year\b)",
            "weekday": rf"(?:(?:{step}|{told}) )?{long_weekday}{close}{hour}",
            "today": rf"{words.pattern('today')}{close}{hour}",
            "distance": rf"{number}[ -](?:{unit})s? {words.pattern('distance', 'distance.told')}{close}",
            "month_step": rf"(?:{step}) {long_month}{close}",
            "step": rf"(?:{step}|{told}|the) (?:{unit}|{words.pattern('season')}){close}(?! of\b|-)",
            "ordinal_day": rf"the {ordinal}(?: (?:and|to) (?:the )?{ordinal})?{month_or_end}",
            "month": rf"{long_month}(?![a-z'])",
            "year": rf"{YEAR}(?:[-/](?:{YEAR}|\d\d(?!\d)))?",
        }
        return (
            r"(?<![\w$€£#])(?:" + "|".join(f"(?P<{kind}>{body})" for kind, body in alternatives.items()) + ")"
        )

    def _read_calendar(self, text: str) -> DateExpression | None:
        month = self._month_word.search(text)
        if month is None:
            return None
        weekday = self._weekday_word.search(text[: month.start()])
        rest = text[: month.start()] + " " + text[month.end() :]
        year = re.search(YEAR, rest)
        days = [int(d) for d in re.findall(r"(?<!\d)(\d{1,2})(?!\d)", rest)]
        point = Point(
            year=int(year.group()) if year else None,
            month=self._months[month.group().lower()],
            day=days[0] if days else None,
            weekday=self._weekdays[weekday.group().lower()] if weekday and len(days) == 1 else None,
            shift=None if year else self._year_step(rest),
        )
        return _span(point, replace(point, day=days[-1]) if days else point)

    def _year_step(self, text: str) -> Shift | None:
        words = text.split()
        if not words or words[-1].lower() != "year":
            return None
        return self._shift(text[: text.lower().rindex("year")].strip().removeprefix("of ").lower(), "year")

    def _shift(self, words: str, unit: Unit) -> Shift | None:
        for ending, basis in ((self._told, "previous"), (self._steps, "article")):
            for word, amount in ending.items():
                if words == word or words.endswith(" " + word):
                    return Shift(amount, unit, "article" if basis == "article" else "previous")
        return None

    def _read_weekday(self, text: str) -> DateExpression:
        """ "last Friday", "Friday (21)", "Friday morning (21)"."""
        match = self._weekday_word.search(text)
        assert match is not None, f"no weekday in {text!r}"
        day = re.search(r"\d+", text)
        shift = self._shift(text[: match.start()].strip().lower(), "week")
        return _same(
            Point(
                weekday=self._weekdays[match.group().lower()], day=int(day[0]) if day else None, shift=shift
            )
        )

    def _read_today(self, text: str) -> DateExpression:
        """ "yesterday", "today (27)"."""
        word = next(w for w in date_words().words("today") if text.lower().startswith(w))
        return _same(Point(shift=Shift(self._today[word], "day")))

    def _read_distance(self, text: str) -> DateExpression | None:
        match = re.fullmatch(r"(.+?)[ -](day|week|month|quarter|year)s? (.+)", text.lower())
        number = match and (1 if match[1] in ("a", "an") else read_cardinal(match[1]))
        if not match or not number:
            return None
        unit: Unit = match[2]  # type: ignore[assignment]
        if match[3] in self._distance:
            return _same(Point(shift=Shift(self._distance[match[3]] * number, unit)))
        return _same(Point(shift=Shift(self._distance_told[match[3]] * number, unit, "previous")))

    def _read_step(self, text: str) -> DateExpression | None:
        words, name = text.lower().rsplit(" ", 1)
        unit: Unit = name if name in self._units else "year"  # type: ignore[assignment]
        shift = Shift(0, unit) if words == "the" else self._shift(words, unit)
        if shift is None:
            return None
        expression = _same(Point(shift=shift))
        return expression if name in self._units and words != "the" else replace(expression, vague=True)

    def _read_month_step(self, text: str) -> DateExpression:
        words, name = text.lower().rsplit(" ", 1)
        return _same(Point(month=self._months[name], shift=self._shift(words, "month")))

    def _read_days(self, text: str) -> DateExpression | None:
        days = [int(d) for d in re.findall(r"\d{1,2}", text)]
        match = re.search(r" of (.+) month$", text.lower())
        point = Point(day=days[0], shift=self._shift(match[1], "month") if match else None)
        return _span(point, replace(point, day=days[-1])) if all(1 <= d <= 31 for d in days) else None


def _same(point: Point) -> DateExpression:
    return DateExpression(point, point)


def _span(first: Point, last: Point) -> DateExpression | None:
    if first.day and last.day and last.day < first.day:
        return None
    return DateExpression(first, last)


def _read_iso(text: str) -> DateExpression:
    year, month, day = (int(part) for part in re.split("[-/.]", text))
    return _same(Point(year, month, day))


def _read_numeric(text: str) -> DateExpression | None:
    """ "23/06/2024" and "06/23/2024" can be told apart, "05/06/2024" cannot; before dots stands the day."""
    first, second, year = (int(part) for part in re.split("[/.]", text))
    if second > 12 >= first:
        return _same(Point(year, first, second))
    if second <= 12 and (first > 12 or first == second or "." in text):
        return _same(Point(year, second, first))
    return None


def _read_year(text: str) -> DateExpression | None:
    first, _, last = text.replace("/", "-").partition("-")
    end = int(first[: 4 - len(last)] + last) if last else int(first)
    return DateExpression(Point(int(first)), Point(end)) if end >= int(first) else None
