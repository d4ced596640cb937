"""An article's sentences as the patterns read them: mentions replaced by tags, numbers told apart by kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.base import Document, Mention, Number
from pipeline.data import Row, load_rows
from pipeline.patterns import Masked, mask

PACKAGE = "pipeline.records.site_count"
TAGS = {
    "date": "D", "gathering": "G", "designated_site": "S", "designation_list": "L", "designation": "X",
    "share": "F", "ordinal": "O", "count": "N", "site_noun": "T",
    "country": "C", "demonym": "A", "place": "R", "city": "K",
}  # fmt: skip
HOLDERS = ("country", "place", "city")
_COUNTED = ("S", "L", "X", "T")


class CountingWord(Row):
    """Words that count without being numerals ("a single"): `value` is the number."""

    pattern: str
    value: int


@dataclass(frozen=True)
class Sentence:
    """A sentence: its place in the text and its masked form."""

    index: int
    start: int
    end: int
    masked: Masked
    text: str

    @cached_property
    def designations(self) -> tuple[Mention, ...]:
        """The mentions of designations and of nouns that stand for them."""
        labels = ("designated_site", "designation_list", "designation", "site_noun")
        return tuple(m for m in self.masked.mentions if m.label in labels)

    def between(self, start: int, end: int) -> str:
        """The cleaned text between two offsets of the article that lie in the sentence."""
        return self.text[max(0, start - self.start) : max(0, end - self.start)]


class Sentences:
    """Document -> masked sentences."""

    def __init__(self) -> None:
        rows = load_rows(PACKAGE, "counting_words.jsonl", CountingWord)
        self._words = [(re.compile(row.pattern, re.IGNORECASE), row) for row in rows]

    def __call__(self, document: Document) -> list[Sentence]:
        """All sentences, in text order."""
        marked = document.adding(self._numbers(document))
        spans = [(s.start_char, s.end_char) for s in document.sentences]
        return [
            Sentence(i, start, end, mask(marked, start, end, TAGS), document.text[start:end])
            for i, (start, end) in enumerate(_joined(document.text, spans))
        ]

    def _numbers(self, document: Document) -> Iterator[Mention]:
        """The numbers by kind, and the words that count like one."""
        for mention in document.of("number"):
            number: Number = mention.value
            kind = "share" if number.share is not None else "ordinal" if number.ordinal else "count"
            yield Mention(kind, mention.start, mention.end, mention.rule, number)
        for pattern, row in self._words:
            for match in pattern.finditer(document.text):
                yield Mention("count", *match.span("n"), f"site_count/{row.id}", Number(row.value))


def _joined(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences, put together where the model broke one at a colon or in the middle of a line."""
    start = end = None
    for first, last in spans:
        if start is None or end is None:
            start, end = first, last
        elif "\n" not in text[end:first] and not re.search(r"[.!?][\"'”’)\]]*\s*$", text[start:end]) and (
            "\n" not in text[end - 1 : end]
        ):
            end = last
        else:
            yield start, end
            start, end = first, last
    if start is not None and end is not None:
        yield start, end
