"""Counted quantities with their qualifiers, ordinals, shares and percentages. Run after the dates."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from pipeline.annotate.number_words import number_words, read_cardinal
from pipeline.annotate.ordinals import edition_of
from pipeline.annotate.terms import fold
from pipeline.base import Document, Mention, Number, Qualifier

_ABOUT = 32  # characters before a number in which its qualifier is looked for; the longest is 26
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_ROMAN = r"(?:X{1,3}(?:IX|IV|V?I{0,3})|IX|IV|VI{0,3}|I{2,3})"


class NumberFinder:
    """Mentions "number" (value: `Number`; span with its qualifier) and "percentage" (value: float).

    Left out: what is a date, a duration, a sum of money, a measure, a label ("No. 5"), a score, an age.
    """

    def __init__(self) -> None:
        words = number_words()
        self._fixed, self._shares = words.rows("fixed"), words.rows("share")
        self._dozens, self._qualifiers = words.rows("dozen"), words.rows("qualifier")
        self._trailers = words.rows("trailing")
        digits = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+(?!\d)|\d+(?:\.\d+)?)"
        cardinal = words.cardinal
        alternatives = {
            "percent": rf"(?:{digits}|{cardinal}) ?{words.pattern('percent')}(?!\w)",
            "ordinal": rf"\d{{1,4}}(?:st|nd|rd|th|ST|ND|RD|TH)\b|(?:(?:{words.pattern('cardinal')}|hundred)-)?(?:{self._ordinal_words()})\b",
            "dozen": rf"(?:(?:an?|the|{cardinal}|\d{{1,3}}) ){words.pattern('dozen')}\b(?!s)",
            "fixed": rf"{words.pattern('fixed')}\b",
            "share": rf"{words.pattern('share')}\b",
            "range": rf"{digits} ?- ?{digits}(?= [A-Za-z])",
            "digits": rf"{digits}(?: {words.pattern('scale')}\b)?",
            "words": rf"{cardinal}",
            "roman": rf"{_ROMAN}(?= [A-Z][a-z])",
        }
        body = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in alternatives.items())
        self._core = re.compile(rf"(?<![\w.#@/])(?:{body})(?!\w)", re.IGNORECASE)
        self._before = re.compile(rf"(?:^|(?<=[^\w-])){words.pattern('qualifier')} (?:the |its |their )?$", re.IGNORECASE)
        self._after = re.compile(rf" ?(?P<trailer>{words.pattern('trailing')})(?!\w)")
        self._label = re.compile(rf"(?:\b{words.pattern('label')} ?|\d[-/:]|(?<=[A-Za-z])[-–])$")
        self._unit = re.compile(rf"(?: ?-? ?{words.pattern('measure')}(?![\w-])|[-/:]\d|\.\d|\]|(?:,? )?million )")
        self._money = re.compile(r"(?:[$€£¥]|\b(?:USD|EUR|RMB|CNY|Rs\.?|US\$|HK\$|MOP|SR|Dh|yuan|euros?|dollars?)) ?$")
        self._one_after = re.compile(rf"[ -]{words.pattern('one_after')}\b")
        self._one_before = re.compile(rf"\b{words.pattern('one_before')} $")
        self._no_ordinal = re.compile(rf"[ -]{words.pattern('ordinal_no')}\b")

    @staticmethod
    def _ordinal_words() -> str:
        from pipeline.annotate.ordinals import _words

        return "|".join(sorted((w for w in _words() if "-" not in w or w == "first-ever"), key=len, reverse=True))

    def __call__(self, document: Document) -> Iterator[Mention]:
        """The numbers of a document that stand outside of its dates and durations."""
        text = fold(document.text)
        taken = document.of("date", "duration", "decade")
        starts = [m.start for m in taken]
        end = 0
        for match in self._core.finditer(text):
            index = bisect_left(starts, match.end()) - 1
            if index >= 0 and taken[index].end > match.start():
                continue
            mention = self._mention(text, match, end)
            if mention is not None:
                end = mention.end
                yield mention

    def _mention(self, text: str, match: re.Match[str], floor: int) -> Mention | None:
        kind, core = str(match.lastgroup), match.group()
        start, end = match.span()
        if kind == "percent":
            return self._percentage(match)
        number = self._read(kind, core.lower())
        if number is None or not self._counts(text, kind, core, start, end):
            return None
        before = self._before.search(text, max(floor, start - _ABOUT), start)
        if before and not number.ordinal:
            words = before.group().strip().lower()
            row = self._qualifiers.get(words) or self._qualifiers[re.sub(r" (?:the|its|their)$", "", words)]
            number, start = replace(number, qualifier=row.qualifier), before.start()
        after = self._after.match(text, end)
        if after and not number.ordinal:
            row = self._trailers[after["trailer"].lower()]
            number, end = replace(number, qualifier=row.qualifier), after.end()
        return Mention("number", start, end, f"numbers.{kind}", number)

    def _read(self, kind: str, core: str) -> Number | None:
        if kind == "ordinal":
            value = int(core[:-2]) if core[0].isdigit() else edition_of(core)
            return None if value is None else Number(value, ordinal=True)
        if kind == "roman":
            value = edition_of(core.upper())
            return None if value is None else Number(value, ordinal=True)
        if kind == "share":
            return Number(0, share=self._shares[core].share)
        if kind == "fixed":
            return Number(self._fixed[core].value)
        if kind == "dozen":
            count, unit = core.rsplit(" ", 1)
            times = 1 if count in ("a", "an", "the") else read_cardinal(count)
            return None if times is None else Number(times * self._dozens[unit].value)
        if kind == "range":
            return _read_range(core)
        if kind == "digits":
            return _read_digits(core)
        value = read_cardinal(core)
        return None if value is None else Number(value)

    def _counts(self, text: str, kind: str, core: str, start: int, end: int) -> bool:
        """Whether the words around a number let it count something."""
        before = text[max(0, start - 16) : start]
        if kind == "ordinal":
            return not self._no_ordinal.match(text, end)
        if kind == "roman":
            return core.isupper() and not re.search(r"[A-Z][\w.]* $", before)
        if core.lower() == "one" and (self._one_after.match(text, end) or self._one_before.search(before)):
            return False
        if self._unit.match(text, end) or self._money.search(before):
            return False
        return not (kind in ("digits", "range") and self._label.search(before))

    def _percentage(self, match: re.Match[str]) -> Mention | None:
        figure = re.match(r"[\d.,]+", match.group())
        value = float(figure.group().replace(",", "")) if figure else read_cardinal(re.split(r" (?:per|pct)", match.group())[0])
        return None if value is None else Mention("percentage", match.start(), match.end(), "numbers.percentage", float(value))


def _read_range(core: str) -> Number | None:
    """ "20-25 countries" is at least 20; "3-2" is a score."""
    low, high = (_read_digits(part.strip()) for part in core.split("-"))
    if low is None or high is None or not 10 <= high.value or not low.value < high.value:
        return None
    return Number(low.value, "at_least")


def _read_digits(core: str) -> Number | None:
    figure, scale = core.strip("abdehilmnorstu "), core.lstrip("0123456789., ")
    value = float(figure.replace(",", "").replace(" ", "")) * _SCALES.get(scale, 1)
    return Number(round(value)) if value == round(value) or scale else None
