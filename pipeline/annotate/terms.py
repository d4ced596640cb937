"""Search for many fixed names at once: whole words, longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick

T = TypeVar("T")

# One character for one character, so that offsets stay: typographic apostrophes, dashes and blanks.
_PLAIN = {"’": "'", "‘": "'", "ʼ": "'", "\xa0": " ", "\u202f": " ", "\u2009": " ", "‑": "-", "–": "-"}
_WORD = re.compile(r"\w+")


class TermSearch(Generic[T]):
    """Finds names in a text and gives what each stands for.

    Of overlapping names the one that starts first wins, then the longest. Upper and lower case count; with
    `uppercase`, a name is also found in capitals. One pass of an Aho-Corasick automaton, linear in the text.
    """

    def __init__(self, terms: Mapping[str, T], *, uppercase: bool = False) -> None:
        entries: dict[str, T] = {}
        for term, value in terms.items():
            plain = fold(term)
            entries.setdefault(plain, value)
            if uppercase and len(plain) > 3:
                entries.setdefault(plain.upper(), value)
        self._values = list(entries.values())
        self._automaton = AhoCorasick(list(entries))

    def __call__(self, text: str) -> Iterator[tuple[int, int, T]]:
        """Start, end and value of every name in the text, in text order, without overlaps."""
        plain = fold(text)
        hits = [
            (start, -end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True)
            if whole_word(plain, start, end)
        ]
        last = 0
        for start, end, index in sorted(hits):
            if start >= last:
                last = -end
                yield start, last, self._values[index]


def scan(pattern: re.Pattern[str], first_words: frozenset[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern, tried only at words that can begin one: digits, `first_words` (lower case).

    Python tries an alternation at every character; on press text this is about five times as fast.
    """
    end = 0
    for word in _WORD.finditer(text):
        if word.start() >= end and (word.group()[0].isdigit() or word.group().lower() in first_words):
            match = pattern.match(text, word.start())
            if match is not None:
                end = match.end()
                yield match


def first_words(terms: Iterable[str]) -> frozenset[str]:
    """The first word of each term, in lower case."""
    return frozenset(match.group().lower() for term in terms if (match := _WORD.search(term)))


@lru_cache(maxsize=8)  # the finders fold the same text one after the other
def fold(text: str) -> str:
    """The text with plain apostrophes, hyphens and blanks; as long as before."""
    for typographic, plain in _PLAIN.items():
        text = text.replace(typographic, plain)
    return text


def whole_word(text: str, start: int, end: int) -> bool:
    """Whether a span neither begins nor ends inside of a word."""
    if start and text[start - 1].isalnum() and text[start].isalnum():
        return False
    return not (end < len(text) and text[end].isalnum() and text[end - 1].isalnum())
