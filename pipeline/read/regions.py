"""Which part of an HTML page an element begins; the words that tell are data, in regions.jsonl."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Flag, auto
from functools import cache
from typing import Literal

from pipeline.data import Row, load_rows


class Region(Flag):
    """The regions that an element lies in."""

    NONE = 0
    UNREAD = auto()
    FURNITURE = auto()
    CAPTION = auto()
    MAIN = auto()
    WIDE = auto()
    HEADER = auto()


class RegionRow(Row):
    """Tags and words that begin a region."""

    region: Literal["unread", "furniture", "caption", "main", "wide", "header"]
    tags: tuple[str, ...] = ()
    words: str = r"(?!)"


#: Elements that hold the whole page, whatever their class says ("body class='comments-open nav-fixed'").
PAGE = frozenset({"html", "body"})
_ATTRIBUTES = ("class", "id", "role", "itemprop")


@cache
def _rules() -> tuple[tuple[Region, frozenset[str], re.Pattern[str]], ...]:
    rows = load_rows("pipeline.read", "regions.jsonl", RegionRow)
    return tuple(
        (Region[r.region.upper()], frozenset(r.tags), re.compile(r.words, re.IGNORECASE)) for r in rows
    )


def region_of(tag: str, attributes: Sequence[tuple[str, str | None]]) -> Region:
    """The regions that an element begins by itself."""
    if tag in PAGE:
        return Region.NONE
    words = frozenset(
        word for name, value in attributes if name in _ATTRIBUTES for word in (value or "").split()[:20]
    )
    return _region(tag, words)


@cache
def _region(tag: str, words: frozenset[str]) -> Region:
    found = Region.NONE
    for region, tags, pattern in _rules():
        if tag in tags or any(pattern.fullmatch(word) for word in words):
            found |= region
    return found
