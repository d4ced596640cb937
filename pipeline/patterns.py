"""Sentence patterns: regular expressions over a sentence in which every mention is replaced by a tag.

The sentence "The COP28 summit opened in Dubai on Thursday" reads, masked, "The {G} opened in {CITY} on {D}".
Patterns are data (JSONL rows with an id), written with these tags and with macros for classes of words; a
named group of a pattern is handed back as the mention that it caught, or as offsets into the cleaned text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache

from pipeline.base import Document, Mention
from pipeline.data import Row, load_rows
from pipeline.errors import DataFileError
from pipeline.literals import Clause, Part, WordIndex, fold, read

OPEN, CLOSE = "\ue000", "\ue001"
_TAG = re.compile(f"{OPEN}[A-Z]+(\\d+){CLOSE}")
_FIRST_MARK = 0xF0000  # private use, as OPEN and CLOSE
_PIECE = re.compile(f"{OPEN}[a-z]+|[a-z]{{2,}}")  # a tag or a word
_NO_LETTERS = re.compile(r"[^a-z]+")
_QUOTES = re.compile(r"[\"“”„«»]")  # which masking may leave out in the middle of a word
_QUOTED_INSIDE = re.compile(r"[a-z][\"“”„«»]+[a-z]")
_MACRO = re.compile(r"\{([A-Za-z_]+)\}")


class PatternRow(Row):
    """A sentence pattern; `field` tells what its hit is good for. A row "macro/NAME" defines {NAME}."""

    pattern: str
    field: str = ""
    value: str = ""
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Masked:
    """A stretch of the cleaned text with its mentions replaced by tags."""

    text: str
    mentions: tuple[Mention, ...]
    masked_starts: tuple[int, ...]  # where a piece begins in the masked text ...
    clean_starts: tuple[int, ...]  # ... and in the cleaned text

    def to_clean(self, offset: int) -> int:
        """The cleaned offset of a masked offset that does not lie within a tag."""
        at = bisect_right(self.masked_starts, offset) - 1
        return self.clean_starts[at] + offset - self.masked_starts[at]


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern that matched: its row, and the mentions and text spans that its named groups caught."""

    row: PatternRow
    mentions: Mapping[str, Mention]
    spans: Mapping[str, tuple[int, int]]
    start: int
    end: int


def mask(
    document: Document, start: int, end: int, tags: Mapping[str, str], weak: Collection[str] = ()
) -> Masked:
    """Replace the mentions in [start, end) by tags.

    `tags` maps the labels to tag names; of overlapping mentions the longer one is kept, of equal ones the
    label that comes first in `tags`. Mentions of `weak` labels give way to all others.
    """
    order = list(tags)
    chosen: list[Mention] = []
    found = document.within(start, end, *tags)
    for mention in sorted(
        found, key=lambda m: (m.label in weak, m.start - m.end, order.index(m.label), m.start)
    ):
        if not any(mention.overlaps(other) for other in chosen):
            chosen.append(mention)
    chosen.sort(key=lambda m: m.start)
    pieces: list[str] = []
    masked_starts, clean_starts, cursor, length = [0], [start], start, 0
    for number, mention in enumerate(chosen):
        before = document.text[cursor : mention.start]
        tag = f"{OPEN}{tags[mention.label]}{number}{CLOSE}"
        pieces += [before, tag]
        length += len(before) + len(tag)
        cursor = mention.end
        masked_starts.append(length)
        clean_starts.append(cursor)
    pieces.append(document.text[cursor:end])
    return Masked("".join(pieces), tuple(chosen), tuple(masked_starts), tuple(clean_starts))


class PatternSet:
    """The patterns of one file; call it with a masked sentence for its hits.

    A pattern is tried only where the words stand that it cannot match without (see `pipeline.literals`), and
    is compiled when it is first tried: of 475 patterns, a sentence of the news needs about four.
    """

    def __init__(self, package: str, name: str, tags: Iterable[str]) -> None:
        rows = load_rows(package, name, PatternRow)
        macros = _Macros(name, tags)
        for row in rows:
            if row.id.startswith("macro/"):
                macros.define(row)
        read = [(row, *macros.read(row)) for row in rows if not row.id.startswith("macro/")]
        self._use([(row, pattern, part.all_clauses) for row, pattern, part in read])

    def _use(self, read: list[tuple[PatternRow, str, tuple[Clause, ...]]]) -> None:
        self._read = read
        self._rules = [(row, pattern) for row, pattern, _ in read]
        self._index = WordIndex(clauses for _, _, clauses in read)
        self._unmasked = WordIndex(unmasked(clauses) for _, _, clauses in read)

    def where(self, wanted: Callable[[PatternRow], bool]) -> PatternSet:
        """The patterns of some rows only."""
        some = copy(self)
        some._use([entry for entry in self._read if wanted(entry[0])])
        return some

    def __call__(self, masked: Masked, fields: Sequence[str] = ()) -> Iterator[Hit]:
        """All hits of the patterns (of these fields only, if any are named), pattern by pattern."""
        for number in self._index(masked.text):
            row, pattern = self._rules[number]
            if fields and row.field not in fields:
                continue
            for match in _compiled(pattern).finditer(masked.text):
                yield _hit(row, match, masked)

    def may_match(self, text: str, tags: Iterable[str]) -> bool:
        """Whether a pattern may match when some mentions of a text are masked, by no tags but these."""
        return bool(self._unmasked(f"{_plain(text)}{''.join(OPEN + tag for tag in tags)}"))


def _plain(text: str) -> str:
    """The words of a text, each between blanks; masking may join two at a quotation mark."""
    folded = fold(text)
    words = _NO_LETTERS.sub(" ", _QUOTES.sub("", folded))
    if _QUOTED_INSIDE.search(folded):
        words += f" {_NO_LETTERS.sub(' ', folded)}"
    return f" {words} "


def unmasked(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """What clauses about masked text ask of the text as it was, and of the tags that are possible.

    Of a string the longest word is asked for: of "joined" before a tag, "joined".
    """
    found = (frozenset(max(_pieces(string), key=len, default="") for string in clause) for clause in clauses)
    return tuple(clause for clause in found if "" not in clause)


def _pieces(string: str) -> Iterator[str]:
    """The words of a string, with a blank on those sides where it shows that they end, and its tags."""
    for match in _PIECE.finditer(string):
        before, after = string[: match.start()][-1:], string[match.end() :][:1]
        yield (
            match.group()
            if match.group()[0] == OPEN
            else (" " if before else "") + match.group() + (" " if after else "")
        )


def _hit(row: PatternRow, match: re.Match[str], masked: Masked) -> Hit:
    mentions: dict[str, Mention] = {}
    spans: dict[str, tuple[int, int]] = {}
    for name, value in match.groupdict().items():
        if value is None:
            continue
        if value.startswith(OPEN) and value.endswith(CLOSE) and value.count(OPEN) == 1:
            mentions[name] = masked.mentions[int(re.sub(r"\D", "", value))]
        else:
            spans[name] = _clean_span(masked, *match.span(name))
    start, end = _clean_span(masked, match.start(), match.end())
    return Hit(row, mentions, spans, start, end)


def _clean_span(masked: Masked, start: int, end: int) -> tuple[int, int]:
    """Cleaned offsets of a masked span; a tag at either end counts whole."""
    first = _TAG.match(masked.text, start)
    begin = masked.mentions[int(first.group(1))].start if first else masked.to_clean(start)
    if end > start and masked.text[end - 1] == CLOSE:
        number = int(re.sub(r"\D", "", masked.text[masked.text.rindex(OPEN, 0, end) : end]))
        return begin, masked.mentions[number].end
    return begin, masked.to_clean(end)


class _Macros:
    """What the macros of a file stand for: as text, and read once for all the patterns that name them."""

    def __init__(self, name: str, tags: Iterable[str]) -> None:
        self._name = name
        self._texts: dict[str, str] = {}
        self._marks: dict[str, str] = {}  # a character that stands for the macro while a pattern is read
        self._parts: dict[str, Part] = {}
        for tag in sorted(set(tags)):
            self._add(tag, f"{OPEN}{tag}\\d+{CLOSE}")
        self._add("any", f"{OPEN}[A-Z]+\\d+{CLOSE}")

    def define(self, row: PatternRow) -> None:
        """Take in a row that defines a macro."""
        text, part = self.read(row)
        self._add(row.id.removeprefix("macro/"), f"(?:{text})", part)

    def read(self, row: PatternRow) -> tuple[str, Part]:
        """The regular expression of a row, and what it asks of a text."""
        try:
            return self._expand(row, self._texts), read(self._expand(row, self._marks), self._parts)
        except re.error as error:
            raise DataFileError(f"{self._name}: {row.id}: no regular expression: {error}") from error

    def _add(self, macro: str, text: str, part: Part | None = None) -> None:
        mark = chr(_FIRST_MARK + len(self._marks))
        self._texts[macro], self._marks[macro] = text, mark
        self._parts[mark] = part or read(text)

    def _expand(self, row: PatternRow, meanings: Mapping[str, str]) -> str:
        def lookup(match: re.Match[str]) -> str:
            if match.group(1) not in meanings:
                raise DataFileError(
                    f"{self._name}: {row.id}: there is no macro {match.group()}; "
                    f"define macro/{match.group(1)}"
                )
            return meanings[match.group(1)]

        return _MACRO.sub(lookup, row.pattern)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
