"""The vocabulary of numbers: data file -> look-ups and regular expressions. text2num reads number words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from text_to_num import text2num

from pipeline.base import Qualifier
from pipeline.data import Row, load_rows
from pipeline.ordinals import OrdinalRow


class NumberWordRow(Row):
    """Words of one kind."""

    kind: str
    words: tuple[str, ...]
    value: int = 0
    share: float | None = None
    qualifier: Qualifier = "exact"


class NumberWords:
    """Words by kind, with the rows that they stand in."""

    def __init__(self, rows: Iterable[NumberWordRow]) -> None:
        self._rows = tuple(rows)

    def rows(self, *kinds: str) -> dict[str, NumberWordRow]:
        """The row of each word of some kinds; words are in lower case."""
        return {word.lower(): row for row in self._rows if row.kind in kinds for word in row.words}

    def pattern(self, *kinds: str) -> str:
        """A regular expression for any of the words, the longest first."""
        words = {word for row in self._rows if row.kind in kinds for word in row.words}
        return "(?:" + "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) + ")"

    @property
    def cardinal(self) -> str:
        """A regular expression for a number in words: "four", "twenty-one", "a hundred and five"."""
        word, scale = self.pattern("cardinal", "scale"), self.pattern("scale")
        return rf"(?:an? {scale}|{word}\b)(?:(?:[ -]| and ){word}\b){{0,8}}"


@cache
def number_words() -> NumberWords:
    """The vocabulary, read once."""
    return NumberWords(load_rows("pipeline.data", "number_words.jsonl", NumberWordRow))


@cache
def ordinal_words() -> tuple[str, ...]:
    """The words of ordinals, the longest first; of compounds ("twenty-first") only the last part."""
    rows = load_rows("pipeline.data", "ordinals.jsonl", OrdinalRow)
    return tuple(sorted((word for row in rows for word in row.words), key=lambda w: (-len(w), w)))


def read_cardinal(text: str) -> int | None:
    """The integer that digits with separators or English number words stand for, if any."""
    digits = text.replace(",", "").replace(" ", "").replace("\u202f", "")
    if digits.isdecimal():
        return int(digits)
    words = re.sub(r"^an? ", "one ", text.lower())
    try:
        return int(text2num(words, "en"))
    except ValueError:
        return None
