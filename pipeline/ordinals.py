"""Reads the ordinal of an edition: "46th", "eighteenth", "inaugural", "XIV"."""

from __future__ import annotations

import re
from functools import cache

from pipeline.data import Row, load_rows

_DIGITS = re.compile(r"(\d{1,3})(?:st|nd|rd|th)$", re.IGNORECASE)
_ROMAN = re.compile(r"(?=[IVXL]{2,})X{0,3}(?:IX|IV|V?I{0,3})$")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


class OrdinalRow(Row):
    """A number word's ordinal."""

    words: tuple[str, ...]
    value: int


@cache
def _words() -> dict[str, int]:
    rows = load_rows("pipeline.data", "ordinals.jsonl", OrdinalRow)
    simple = {word: row.value for row in rows for word in row.words}
    tens = {row.id: row.value for row in rows if row.id.startswith("tens/")}
    units = {word: value for word, value in simple.items() if value < 10 and word.isalpha()}
    compound = {f"{ten[5:]}-{unit}": value + of for ten, value in tens.items() for unit, of in units.items()}
    return simple | compound


def edition_of(word: str) -> int | None:
    """The number that an ordinal word stands for; None for any other word."""
    if match := _DIGITS.match(word):
        return int(match.group(1))
    if _ROMAN.match(word):
        return _roman(word)
    return _words().get(word.lower())


def _roman(word: str) -> int:
    values = [_ROMAN_VALUES[c] for c in word]
    return sum(-v if v < max(values[i + 1 :], default=0) else v for i, v in enumerate(values))
