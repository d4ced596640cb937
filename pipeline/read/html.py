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

_OUTSIDE = Region.FURNITURE | Region.CAPTION
_SITE_SUFFIX = re.compile(r"\s+[|–—-]\s+[^|–—]{2,60}$|\s*[|_]\s*[^|_]{2,60}$")
_ENTITY = re.compile(r"&#?\w{1,40};|[^&]+|&")
_WORDS = re.compile(r"\w+")
_SENTENCE = re.compile(r"[.!?][\"”’)]*$")


def read_html(article_id: str, digest: str, source: str, encoding: str) -> Article:
    """An article from a page: its title first, then the blocks of its main text; captions apart."""
    page, data = blocks(source), metadata(source)
    heading = _heading(page, data)
    title, known = _title(source, heading, data)
    main = [block for block in _main(source, page) if block is not heading and block.text != title.text]
    parts = [part for part in [title, *(block.mapped for block in main)] if part.text]
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
    """The heading that is the title: the one most like the page's own title, else the first of the highest level."""
    headings = [b for b in page if b.tag in HEADINGS and not b.region & _OUTSIDE]
    stated = [_site_less(t.value) for t in data.titles]
    for title in stated:
        alike = [b for b in headings if _like(b.text, title)]
        if alike:
            return alike[0]
    first_level = [b for b in headings if b.tag == "h1"]
    return first_level[0] if first_level else None


def _title(source: str, heading: Block | None, data: Metadata) -> tuple[MappedText, Sourced | None]:
    """The title as text with its mapping, and as a value."""
    if heading:
        text = heading.mapped
        return text, Sourced(text.text, text.starts[0], text.ends[-1])
    if not data.titles:
        return Builder().build(), None
    stated = data.titles[0]
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


def _main(source: str, page: Sequence[Block]) -> list[Block]:
    """The blocks of the main text: a part that the page marks as such, else what the extractor finds, else all."""
    readable = [b for b in page if not b.region & _OUTSIDE and (b.linked <= MOST_LINKED or _is_sentence(b.text))]
    for region in (Region.MAIN, Region.WIDE):
        marked = [b for b in readable if b.region & region]
        if sum(len(b.text) for b in marked if _is_sentence(b.text)) >= LEAST_MAIN:
            return marked
    unmarked = [b for b in readable if not b.region & Region.HEADER or _is_sentence(b.text)]
    found = _extracted(source, unmarked)
    return _with_lead(unmarked, found) if found else unmarked


def _is_sentence(text: str) -> bool:
    """Whether a block reads like running text."""
    return len(text) >= 40 and bool(_SENTENCE.search(text))


def _extracted(source: str, readable: Sequence[Block]) -> list[Block]:
    """The blocks that trafilatura takes for main text."""
    import trafilatura  # 0.4 s to load, and only pages that mark no article need it

    text = trafilatura.extract(source, include_comments=False, favor_recall=True, deduplicate=False) or ""
    words = " ".join(_WORDS.findall(text))
    return [b for b in readable if " ".join(_WORDS.findall(b.text)) in words] if len(words) >= LEAST_MAIN else []


def _with_lead(readable: Sequence[Block], found: Sequence[Block]) -> list[Block]:
    """The blocks found, and all sentences from the first heading up to them, so that the lead is never lost."""
    chosen = {id(b) for b in found}
    first = next(i for i, b in enumerate(readable) if id(b) in chosen)
    start = next((i for i, b in enumerate(readable[:first]) if b.tag == "h1"), first)
    lead = {id(b) for b in readable[start:first] if _is_sentence(b.text)}
    return [b for b in readable if id(b) in chosen or id(b) in lead]


def _captions(page: Sequence[Block], main: Sequence[Block]) -> Iterable[Sourced]:
    """The captions of the pictures within or next to the main text."""
    if not main:
        return
    marked = main[0].region & (Region.MAIN | Region.WIDE)
    for block in page:
        if block.region & Region.CAPTION and not block.region & Region.FURNITURE and block.region & marked == marked:
            yield Sourced(block.text, block.mapped.starts[0], block.mapped.ends[-1])
