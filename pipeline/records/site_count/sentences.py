"""An article's sentences as the patterns read them: mentions replaced by tags, numbers told apart by kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.base import Document, Mention
from pipeline.patterns import Masked, mask
from pipeline.records.site_count.counts import Counts
from pipeline.records.site_count.phrases import phrases

TAGS = {
    "date": "D", "gathering": "G", "designated_site": "S", "designation_list": "L", "designation": "X",
    "designation_topic": "Y", "placing": "Q", "share": "F", "ordinal": "O", "count": "N", "site_noun": "T",
    "site_candidate": "B",
    "country": "C", "demonym": "A", "place": "R", "city": "K",
}  # fmt: skip
HOLDERS = ("country", "place", "city")
_NUMBERS = ("count", "ordinal", "placing", "share")


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

    @cached_property
    def counts(self) -> bool:
        """Whether there is a number, or a word that ranks, in the sentence."""
        numbers = any(m.label in _NUMBERS for m in self.masked.mentions)
        return numbers or phrases()["ranking"].search(self.text) is not None

    def between(self, start: int, end: int) -> str:
        """The cleaned text between two offsets of the article that lie in the sentence."""
        return self.text[max(0, start - self.start) : max(0, end - self.start)]


class Sentences:
    """Document -> masked sentences."""

    def __init__(self) -> None:
        self._counts = Counts()

    def __call__(self, document: Document) -> list[Sentence]:
        """All sentences, in text order."""
        marked = document.adding(self._counts(document))
        spans = [(s.start_char, s.end_char) for s in document.sentences]
        return [
            Sentence(i, start, end, mask(marked, start, end, TAGS), document.text[start:end])
            for i, (start, end) in enumerate(_trimmed(document.text, _joined(document.text, spans)))
        ]


def _joined(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences, put together where the model broke one at a colon or in the middle of a line."""
    start = end = None
    for first, last in spans:
        if start is None or end is None:
            start, end = first, last
        elif (
            "\n" not in text[end:first]
            and not re.search(r"[.!?][\"'”’)\]]*\s*$", text[start:end])
            and ("\n" not in text[end - 1 : end])
        ):
            end = last
        else:
            yield start, end
            start, end = first, last
    if start is not None and end is not None:
        yield start, end


def _trimmed(text: str, spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences without blanks at either end; empty ones are left out."""
    for start, end in spans:
        inner = text[start:end]
        if inner.strip():
            yield end - len(inner.lstrip()), start + len(inner.rstrip())
