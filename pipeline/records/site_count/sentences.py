"""An article's sentences as the patterns read them: mentions replaced by tags, numbers told apart by kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.base import Document, Mention, Number
from pipeline.data import Row, load_rows
from pipeline.patterns import Masked, mask

PACKAGE = "pipeline.records.site_count"
TAGS = {
    "date": "D", "gathering": "G", "designated_site": "S", "designation_list": "L", "designation": "X",
    "designation_topic": "Y", "placing": "Q", "share": "F", "ordinal": "O", "count": "N", "site_noun": "T",
    "site_candidate": "B",
    "country": "C", "demonym": "A", "place": "R", "city": "K",
}  # fmt: skip
HOLDERS = ("country", "place", "city")

_OF_VERB = re.compile(r"(?:up to|over|at) ", re.IGNORECASE)
_RANKING = re.compile(
    r"\b(?:only|sole|lone|most|lead|leads|leading|top|tops|ahead|first|largest|highest|runner|more)\b",
    re.IGNORECASE,
)


class CountingWord(Row):
    """Words that count without being numerals ("a single"): `value` is the number."""

    pattern: str
    label: str = "count"
    value: int = 0


class OrdinalRow(Row):
    """A number word's ordinal."""

    words: tuple[str, ...]
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

    @cached_property
    def counts(self) -> bool:
        """Whether there is a number, or a word that ranks, in the sentence."""
        numbers = any(m.label in ("count", "ordinal", "placing", "share") for m in self.masked.mentions)
        return numbers or bool(_RANKING.search(self.text))

    def between(self, start: int, end: int) -> str:
        """The cleaned text between two offsets of the article that lie in the sentence."""
        return self.text[max(0, start - self.start) : max(0, end - self.start)]


class Sentences:
    """Document -> masked sentences."""

    def __init__(self) -> None:
        rows = load_rows(PACKAGE, "counting_words.jsonl", CountingWord)
        rising = next(row for row in rows if row.label == "rising")
        rows = tuple(row for row in rows if row is not rising)
        self._rising = re.compile(rising.pattern, re.IGNORECASE)
        self._ordinals = {
            w: row.value
            for row in load_rows("pipeline.data", "ordinals.jsonl", OrdinalRow)
            for w in row.words
        }
        self._ordinals |= {f"{n}{end}": n for n in range(1, 100) for end in ("st", "nd", "rd", "th")}
        ordinals = "|".join(sorted(map(re.escape, self._ordinals), key=len, reverse=True))
        self._words = [
            (re.compile(row.pattern.replace("{ordinal}", ordinals), re.IGNORECASE), row) for row in rows
        ]

    def __call__(self, document: Document) -> list[Sentence]:
        """All sentences, in text order."""
        marked = document.adding(self._numbers(document))
        spans = [(s.start_char, s.end_char) for s in document.sentences]
        return [
            Sentence(i, start, end, mask(marked, start, end, TAGS), document.text[start:end])
            for i, (start, end) in enumerate(_trimmed(document.text, _joined(document.text, spans)))
        ]

    def _numbers(self, document: Document) -> Iterator[Mention]:
        """The numbers by kind, and the words that count like one."""
        for mention in document.of("number"):
            number: Number = mention.value
            kind = "share" if number.share is not None else "ordinal" if number.ordinal else "count"
            yield self._without_up_to(document, replace(mention, label=kind))
        for mention in document.of("percentage"):
            if 0 < mention.value <= 100:
                yield replace(mention, label="share", value=Number(0, share=mention.value / 100))
        for pattern, row in self._words:
            for match in pattern.finditer(document.text):
                yield self._worded(row, match)

    def _worded(self, row: CountingWord, match: re.Match[str]) -> Mention:
        start, end = match.span("n")
        rule = f"site_count/{row.id}"
        if row.label == "place":
            return Mention("place", start, end, rule, "World")
        if row.label == "placing":
            return Mention(
                "placing", start, end, rule, Number(self._ordinals[match["o"].lower()], ordinal=True)
            )
        return Mention(row.label, start, end, rule, Number(row.value))

    def _without_up_to(self, document: Document, mention: Mention) -> Mention:
        """In "has gone up to 62" the words "up to" belong to the verb and are no qualifier."""
        if not self._rising.search(document.text, max(0, mention.start - 20), mention.end):
            return mention
        match = _OF_VERB.match(document.quote(mention))
        if match is None:
            return mention
        return replace(
            mention, start=mention.start + match.end(), value=replace(mention.value, qualifier="exact")
        )


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
