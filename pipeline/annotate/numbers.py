"""Counted quantities with their qualifiers, ordinals, shares and percentages. Run after the dates."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from pipeline.annotate.number_words import number_words, ordinal_words, read_cardinal
from pipeline.annotate.terms import first_words, fold, scan
from pipeline.base import Document, Mention, Number
from pipeline.ordinals import edition_of

_BEFORE = 32  # characters before a number in which its qualifier is looked for; the longest has 26
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+(?!\d)|\d+(?:\.\d+)?)"
_ROMAN = re.compile(r"\b(?:X{1,3}(?:IX|IV|V?I{0,3})|IX|IV|VI{0,3}|I{2,3})(?= [A-Z][a-z])")
_NAMED = re.compile(r"\b(?!The |In |At |Its |A )[A-Z][\w.]* $")  # "World War II" counts no memorials
_PLURAL = re.compile(r" (?:of )?(?:the |these |its |their )?(?:[a-z-]+ )?[a-z]+(?:s|men|people)\b")
_SCALES = {"": 1, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}


class NumberFinder:
    """Mentions "number" (value: `Number`; the span takes in its qualifier) and "percentage" (value: float).

    Left out: what is a date, a duration, a sum of money, a measure, a label ("No. 5"), a score, an age.
    """

    labels: ClassVar[tuple[str, ...]] = ("number", "percentage")

    def __init__(self) -> None:
        words = number_words()
        self._rows = words.rows("fixed", "share", "dozen")
        self._qualifiers, self._trailers = words.rows("qualifier"), words.rows("trailing")
        self._core = re.compile(rf"(?:{_alternatives()})(?!\w)", re.IGNORECASE)
        cardinals = (*words.rows("cardinal", "scale"), *words.rows("fixed", "share"))
        self._first = first_words((*cardinals, *ordinal_words(), "a", "an"))
        self._before = re.compile(
            rf"(?<![\w-])({words.pattern('qualifier')})(?: the| its| their)? $", re.IGNORECASE
        )
        self._after = re.compile(rf" ?({words.pattern('trailing')})(?!\w)")
        self._context = _Context()

    def __call__(self, document: Document) -> Iterator[Mention]:
        """The numbers of a document that stand outside of its dates and durations."""
        text = fold(document.text)
        taken = document.of("date", "duration", "decade")
        starts = [m.start for m in taken]
        end = 0
        for match in scan(self._core, self._first, text):
            index = bisect_left(starts, match.end()) - 1
            if index >= 0 and taken[index].end > match.start():
                continue
            mention = self._mention(text, match, end)
            if mention is not None:
                end = mention.end
                yield mention
        for match in _ROMAN.finditer(text):
            if not _NAMED.search(text, max(0, match.start() - 20), match.start()):
                value = _ordinal(match.group())
                if value is not None:
                    yield Mention("number", *match.span(), "numbers.roman", value)

    def _mention(self, text: str, match: re.Match[str], floor: int) -> Mention | None:
        kind, (start, end) = str(match.lastgroup), match.span()
        if kind == "percent":
            return _percentage(match)
        number = self._read(kind, match.group().lower())
        if number is None or not self._context.counts(text, kind, start, end):
            return None
        if not number.ordinal:
            before = self._before.search(text, max(floor, start - _BEFORE), start)
            if before:
                start, number = (
                    before.start(),
                    replace(number, qualifier=self._qualifiers[before[1].lower()].qualifier),
                )
            after = self._after.match(text, end)
            if after:
                end, number = after.end(), replace(number, qualifier=self._trailers[after[1]].qualifier)
        return Mention("number", start, end, f"numbers.{kind}", number)

    def _read(self, kind: str, core: str) -> Number | None:
        if kind == "ordinal":
            return _ordinal(core)
        if kind == "digits":
            return _digits(core)
        if kind == "range":
            return _range(core)
        if kind == "words":
            value = read_cardinal(core)
            return None if value is None else Number(value)
        if kind == "dozen":
            count, unit = core.rsplit(" ", 1)
            times = 1 if count in ("a", "an", "the") else read_cardinal(count)
            return None if times is None else Number(times * self._rows[unit].value)
        return Number(self._rows[core].value, share=self._rows[core].share)


class _Context:
    """Whether the words around a number let it count something."""

    def __init__(self) -> None:
        words = number_words()
        self._label = re.compile(rf"(?:\b{words.pattern('label')} ?|\d[-/:.]|[A-Za-z/@#.]-?)$")
        self._money = re.compile(
            r"(?:[$€£¥]|\b(?:USD|EUR|RMB|CNY|Rs\.?|MOP|SR|Dh|Tk|yuan|euros?|dollars?)) ?$"
        )
        self._unit = re.compile(
            rf" ?-? ?{words.pattern('measure')}(?!\w)|-(?:million|billion|trillion)\b"
            r"|[-/:]\d|\.\d|[-/][A-Za-z]{1,12}\d"
        )
        self._one_after = re.compile(rf"[ -]{words.pattern('one_after')}\b")
        self._one_before = re.compile(rf"\b{words.pattern('one_before')} $")
        self._half_before = re.compile(rf"\b{words.pattern('half_before')}[ -]$")
        self._no_ordinal = re.compile(rf"[ -]{words.pattern('ordinal_no')}\b")

    def counts(self, text: str, kind: str, start: int, end: int) -> bool:
        """Whether text[start:end], a number of some kind, counts something."""
        before = text[max(0, start - 16) : start]
        if kind == "ordinal":
            return not self._no_ordinal.match(text, end)
        if kind == "share" and self._half_before.search(before):
            return False
        if self._unit.match(text, end) or self._money.search(before):
            return False
        if text[start:end].lower() == "both":
            return bool(_PLURAL.match(text, end))
        if text[start:end].lower() == "one":
            return not self._one_after.match(text, end) and not self._one_before.search(before)
        return kind not in ("digits", "range") or not self._label.search(before)


def _alternatives() -> str:
    """The forms of numbers, in the order in which they are tried."""
    words = number_words()
    cardinal, ordinals = words.cardinal, "|".join(ordinal_words())
    forms = {
        "percent": rf"(?:{_DIGITS}|{cardinal}) ?{words.pattern('percent')}",
        "ordinal": rf"\d{{1,4}}(?:st|nd|rd|th)\b|(?:{words.pattern('cardinal')}-)?(?:{ordinals})\b",
        "dozen": rf"(?:(?:an?|the|{cardinal}|\d{{1,3}}) ){words.pattern('dozen')}\b",
        "fixed": words.pattern("fixed"),
        "share": words.pattern("share"),
        "range": rf"{_DIGITS} ?- ?{_DIGITS}(?= [A-Za-z])",
        "digits": rf"{_DIGITS}(?: {words.pattern('scale')}\b)?",
        "words": cardinal,
    }
    return "|".join(f"(?P<{kind}>{form})" for kind, form in forms.items())


def _percentage(match: re.Match[str]) -> Mention | None:
    figure = re.match(r"[\d.,]+", match.group())
    words = re.split(r" (?:per|pct)", match.group().lower())[0]
    value = float(figure.group().replace(",", "")) if figure else read_cardinal(words)
    return None if value is None else Mention("percentage", *match.span(), "numbers.percentage", float(value))


def _ordinal(core: str) -> Number | None:
    """ "24th", "twenty-fourth", "inaugural"."""
    value = int(core[:-2]) if core[0].isdigit() else edition_of(core)
    return None if value is None else Number(value, ordinal=True)


def _digits(core: str) -> Number | None:
    """ "1,200", "3.5 million"; None for what is no integer."""
    scale = core.lstrip("0123456789., ")
    figure = core.removesuffix(scale).strip().replace(",", "").replace(" ", "")
    if not figure.strip(".") or ("." in figure and not scale):
        return None
    return Number(round(float(figure) * _SCALES[scale]))


def _range(core: str) -> Number | None:
    """ "20-25 countries" is at least 20; "3-2" is a score, "2003-2004" are years."""
    low, high = (_digits(part.strip()) for part in core.split("-"))
    if low is None or high is None or high.value < 10 or low.value >= high.value or 1500 < low.value < 2100:
        return None
    return Number(low.value, "at_least")
