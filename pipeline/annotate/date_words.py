"""The vocabulary of date expressions: data file -> look-ups and regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline.data import Row, load_rows

DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.,]\d)"
YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"


class DateWordRow(Row):
    """Words of one kind that stand for one value; `short` forms count only beside a day or a year."""

    kind: str
    value: int = 0
    words: tuple[str, ...]
    short: tuple[str, ...] = ()


class DateWords:
    """Words by kind, with what they stand for."""

    def __init__(self, rows: Iterable[DateWordRow]) -> None:
        self._rows = tuple(rows)

    def words(self, *kinds: str, short: bool = False) -> tuple[str, ...]:
        """All words of some kinds, longest first."""
        rows = [row for row in self._rows if row.kind in kinds]
        words = {w for row in rows for w in (*row.words, *(row.short if short else ()))}
        return tuple(sorted(words, key=lambda w: (-len(w), w)))

    def pattern(self, *kinds: str, short: bool = False) -> str:
        """A regular expression for any of the words, as they stand, with a capital, or in capitals."""
        forms = {f for w in self.words(*kinds, short=short) for f in (w, w[0].upper() + w[1:], w.upper())}
        return "(?:" + "|".join(re.escape(f) for f in sorted(forms, key=lambda f: (-len(f), f))) + ")"

    def values(self, *kinds: str) -> dict[str, int]:
        """What each word, in lower case, stands for."""
        return {
            w.lower(): row.value for row in self._rows if row.kind in kinds for w in (*row.words, *row.short)
        }


@cache
def date_words() -> DateWords:
    """The vocabulary, read once."""
    return DateWords(load_rows("pipeline.data", "date_words.jsonl", DateWordRow))
