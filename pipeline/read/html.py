"""HTML pages: which blocks are the article, what is its title, which are captions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape

from pipeline.base import Article, MappedText, Sourced
from pipeline.read.blocks import HEADINGS, Block, blocks
from pipeline.read.mapping import Builder, joined
from pipeline.read.metadata import Metadata, metadata
from pipeline.read.regions import Region

#: A marked main part with less text than this is a teaser or a shell; then the whole page is looked at.
LEAST_MAIN = 200
#: Blocks of which more than this is linked are lists of links.
MOST_LINKED = 0.6
MOST_LINKED_SENTENCE = 0.9

_OUTSIDE = Region.FURNITURE | Region.CAPTION
_SITE_SUFFIX = re.compile(r"\s+[|–—-]\s+[^|–—]{2,60}$|\s*[|_]\s*[^|_]{2,60}$")
_ENTITY = re.compile(r"&#?\w{1,40};|[^&]+|&")
_WORDS = re.compile(r"\w+")
_SENTENCE = re.compile(r"[.!?][\"”’)]*$")


def read_html(article_id: str, digest: str, source: str, encoding: str) -> Article:
    """An article from a page: its title first, then the blocks of its main text; captions apart."""
    page, data = blocks(source), metadata(source)
    heading = _heading(page, data)
    main = _main(page, heading)
    title, known = _title(source, heading, data, main)
    others = (block.mapped for block in main if block is not heading and block.text != title.text)
    parts = sorted((part for part in (title, *others) if part.text), key=lambda part: part.starts[0])
    return Article(
        article_id,
        digest,
        source,
        joined(parts),
        "text/html",
        encoding,
        title=known,
        site=data.site,
        published=data.published,
        url=data.url,
        captions=tuple(_captions(page, main)),
    )


def _heading(page: Sequence[Block], data: Metadata) -> Block | None:
    """The heading that is the title: the one most like the title the page states, else the first h1."""
    headings = [b for b in page if b.tag in HEADINGS and not b.region & _OUTSIDE]
    stated = [_site_less(t.value) for t in data.titles]
    for title in stated:
        alike = [b for b in headings if _like(b.text, title)]
        if alike:
            return alike[0]
    first_level = [b for b in headings if b.tag == "h1"]
    return first_level[0] if first_level else None


def _title(
    source: str, heading: Block | None, data: Metadata, main: Sequence[Block]
) -> tuple[MappedText, Sourced | None]:
    """The title as text with its mapping, and as a value: the heading, else what the page's head states."""
    if heading:
        text = heading.mapped
        return text, Sourced(text.text, text.starts[0], text.ends[-1])
    above = main[0].mapped.starts[0] if main else len(source)
    stated = next((title for title in data.titles if title.end <= above), None)
    if stated is None:
        return Builder().build(), None
    value = _site_less(stated.value)
    text = _unescaped(source, stated.start, stated.end)
    at = text.text.find(value)
    if at < 0:
        return Builder().build(), stated
    cut = MappedText(value, text.starts[at : at + len(value)], text.ends[at : at + len(value)])
    return cut, Sourced(value, cut.starts[0], cut.ends[-1])


def _unescaped(source: str, start: int, end: int) -> MappedText:
    """A stretch of the source with its entities resolved."""
    builder = Builder()
    for match in _ENTITY.finditer(source, start, end):
        text = unescape(match.group())
        if text == match.group():
            builder.copy(text, match.start())
        else:
            builder.stand_for(text, match.start(), match.end())
    return builder.build()


def _site_less(title: str) -> str:
    """A page title without the site's name after a bar or dash."""
    return _SITE_SUFFIX.sub("", title) or title


def _like(one: str, other: str) -> bool:
    """Whether two titles share most of their words."""
    a, b = set(_WORDS.findall(one.casefold())), set(_WORDS.findall(other.casefold()))
    return bool(a and b) and len(a & b) >= 0.7 * max(len(a), len(b))


def _main(page: Sequence[Block], heading: Block | None) -> list[Block]:
    """The blocks of the main text: the part that the page marks as such, else all from the title on.

    Extractors that weigh blocks against each other were tried on pages without marks; they let go of short
    questions and leads that this keeps, and kept no less furniture.
    """
    readable = [b for b in page if not b.region & _OUTSIDE and not _is_link_list(b)]
    for region in (Region.MAIN, Region.WIDE):
        marked = [b for b in readable if b.region & region]
        if sum(len(b.text) for b in marked if _is_sentence(b.text)) >= LEAST_MAIN:
            return marked
    start = next((i for i, b in enumerate(readable) if b is heading), 0)
    return [b for i, b in enumerate(readable) if i >= start or len(b.text) >= LEAST_MAIN]


def _is_link_list(block: Block) -> bool:
    """Whether a block is made of links; a sentence with a long link in it is none."""
    return block.linked > (MOST_LINKED_SENTENCE if _is_sentence(block.text) else MOST_LINKED)


def _is_sentence(text: str) -> bool:
    """Whether a block reads like running text."""
    return len(text) >= 40 and bool(_SENTENCE.search(text))


def _captions(page: Sequence[Block], main: Sequence[Block]) -> Iterable[Sourced]:
    """The captions of the pictures within or next to the main text."""
    if not main:
        return
    marked = main[0].region & (Region.MAIN | Region.WIDE)
    for block in page:
        if (
            block.region & Region.CAPTION
            and not block.region & Region.FURNITURE
            and block.region & marked == marked
        ):
            yield Sourced(block.text, block.mapped.starts[0], block.mapped.ends[-1])
