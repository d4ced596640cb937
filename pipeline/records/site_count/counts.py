"""The numbers of an article by kind: counts, ordinals, placings ("third place") and shares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.base import Document, Mention, Number
from pipeline.data import Row, load_rows
from pipeline.records.site_count.phrases import PACKAGE, phrases

_BEFORE = 20  # characters before a number in which the verb stands that "up to" belongs to


class CountingWord(Row):
    """Words that count without being numerals ("a single"): `value` is the number."""

    pattern: str
    label: str = "count"
    value: int = 0


class OrdinalRow(Row):
    """A number word's ordinal."""

    words: tuple[str, ...]
    value: int


class Counts:
    """Document -> mentions "count", "ordinal", "placing", "share" (`Number`), and "place" (the world)."""

    def __init__(self) -> None:
        ordinals = load_rows("pipeline.data", "ordinals.jsonl", OrdinalRow)
        self._ordinals = {word: row.value for row in ordinals for word in row.words}
        self._ordinals |= {f"{n}{end}": n for n in range(1, 100) for end in ("st", "nd", "rd", "th")}
        any_of = "|".join(sorted(map(re.escape, self._ordinals), key=len, reverse=True))
        rows = load_rows(PACKAGE, "counting_words.jsonl", CountingWord)
        patterns = (row.pattern.replace("{ordinal}", any_of) for row in rows)
        self._words = [(re.compile(p, re.IGNORECASE), row) for p, row in zip(patterns, rows, strict=True)]

    def __call__(self, document: Document) -> Iterator[Mention]:
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
        if not phrases()["rising"].search(document.text, max(0, mention.start - _BEFORE), mention.end):
            return mention
        match = phrases()["of_verb"].match(document.quote(mention))
        if match is None:
            return mention
        return replace(
            mention, start=mention.start + match.end(), value=replace(mention.value, qualifier="exact")
        )
