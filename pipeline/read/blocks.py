"""HTML projected to text: the blocks of a page, each character with its place in the source."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate

from pipeline.base import MappedText
from pipeline.data import Row, load_rows
from pipeline.read.mapping import Builder, stripped
from pipeline.read.regions import Region, region_of

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: Elements that the next one of their kind closes.
SELF_CLOSING = {
    "p": {"p"},
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "tr": {"tr"},
    "td": {"td", "th"},
}

_SPACE = re.compile(r"\s")
_ENTITY = re.compile(r"&#?\w{1,40};?")


class Elements(Row):
    """The tags of a kind of elements."""

    tags: frozenset[str]


_KINDS = {row.id: row.tags for row in load_rows("pipeline.read", "elements.jsonl", Elements)}
INLINE, VOID = _KINDS["inline"], _KINDS["void"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or cell: tag, text, regions, share of linked characters."""

    tag: str
    mapped: MappedText
    region: Region
    linked: float

    @property
    def text(self) -> str:
        """The text of the block."""
        return self.mapped.text


def blocks(source: str) -> list[Block]:
    """The blocks of an HTML page in source order, without those that are never shown; empty ones left out."""
    parser = _Projector(source)
    parser.feed(closed(source))
    parser.close()
    parser.end_block()
    return parser.blocks


def closed(source: str) -> str:
    """The source, as long as before, without the tags and comments that are never closed.

    The parser of the standard library looks for their end again and again, in quadratic time.
    """
    comments, tags = source.rfind("-->") + 1, source.rfind(">") + 1
    source = source[:comments] + source[comments:].replace("<!--", "    ")
    source = source[:tags] + source[tags:].replace("<", " ")
    return source.replace("<![", "<! ")


@dataclass(slots=True)
class _Element:
    tag: str
    region: Region
    linked: bool


class _Projector(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.source = source
        self.blocks: list[Block] = []
        self._line_starts = array("q", accumulate((len(line) + 1 for line in source.split("\n")), initial=0))
        self._stack = [_Element("", Region.NONE, False)]
        self._open: Counter[str] = Counter()
        self._tag = ""
        self._builder = Builder()
        self._characters = self._linked = 0

    def _at(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._builder.stand_for("\n", self._at(), self._at())
        if tag not in INLINE and tag not in VOID:
            self.end_block()
            self._tag = tag
        if tag in VOID:
            return
        if self._stack[-1].tag in SELF_CLOSING.get(tag, ()):
            self._pop()
        outer = self._stack[-1]
        region = outer.region | region_of(tag, attrs)
        self._stack.append(_Element(tag, region, outer.linked or tag == "a"))
        self._open[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.end_block()
        if self._open[tag] == 0:
            return
        while self._pop() != tag:
            pass

    def _pop(self) -> str:
        tag = self._stack.pop().tag
        self._open[tag] -= 1
        return tag

    def handle_data(self, data: str) -> None:
        self._add(data, self._at())

    def handle_entityref(self, name: str) -> None:
        self._reference()

    def handle_charref(self, name: str) -> None:
        self._reference()

    def _reference(self) -> None:
        at = self._at()
        match = _ENTITY.match(self.source, at)
        end = match.end() if match else at + 1
        text = unescape(self.source[at:end])
        if text == self.source[at:end]:
            self._add(text, at)
        elif not self._is_hidden():
            self._builder.stand_for(text, at, end)
            self._count(len(text))

    def _is_hidden(self) -> bool:
        """Whether text here is never shown, or is the page's title, which the metadata has."""
        return bool(self._stack[-1].region & Region.UNREAD) or self._stack[-1].tag == "title"

    def _add(self, data: str, at: int) -> None:
        if self._is_hidden():
            return
        data = self.source[at : at + len(data)]  # `closed` may have put spaces in its place
        text = data if self._open["pre"] else _SPACE.sub(" ", data)
        self._builder.copy(text, at)
        self._count(len(data) - data.count(" "))

    def _count(self, characters: int) -> None:
        self._characters += characters
        self._linked += characters * self._stack[-1].linked

    def end_block(self) -> None:
        """Close the block that is open, keep it if it holds text."""
        inside = self._stack[-1]
        if self._builder:
            mapped = stripped(self._builder.build())
            if mapped.text:
                tag = next((t for t in (self._tag, inside.tag) if t in HEADINGS), self._tag)
                linked = self._linked / max(self._characters, 1)
                self.blocks.append(Block(tag, mapped, inside.region, linked))
            self._builder = Builder()
            self._characters = self._linked = 0
        self._tag = inside.tag
