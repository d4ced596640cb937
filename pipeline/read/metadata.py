"""What an HTML page states about itself: title, site, date of publication, address."""

from __future__ import annotations

import json
import re
import warnings
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import accumulate
from typing import Any

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag
from bs4.filter import SoupStrainer

from pipeline.base import Sourced
from pipeline.read.blocks import closed
from pipeline.read.dates import iso_date

#: `property`, `name` or `itemprop` of the meta elements that state a page's metadata, in order of trust.
META = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "site": ("og:site_name", "application-name", "dc.publisher"),
    "published": (
        "article:published_time",
        "datepublished",
        "og:published_time",
        "pubdate",
        "publishdate",
        "publish-date",
        "dc.date.issued",
        "dc.date",
        "dcterms.created",
        "date",
    ),
    "url": ("og:url",),
}
#: The same in JSON-LD.
JSON_LD = {"title": "headline", "published": "datePublished", "site": "publisher"}
#: JSON-LD objects that are an article.
ARTICLES = re.compile(r"(?:\w*Article|Report|BlogPosting|LiveBlogPosting|WebPage)")

#: The ends of what can state metadata; what follows the last of them need not be parsed.
_STATING = re.compile(r"</title>|<meta\b[^<>]*>?|<link\b[^<>]*>?|</script>", re.IGNORECASE)
_CONTENT = re.compile(r"""\b(?:content|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page states of itself; `published` is an EDTF date, `titles` are all it has, best first."""

    titles: tuple[Sourced, ...] = ()
    site: Sourced | None = None
    published: Sourced | None = None
    url: Sourced | None = None


def metadata(source: str) -> Metadata:
    """The metadata of an HTML page."""
    page = _Page(source)
    published = (
        Sourced(day, found.start, found.end)
        for found in page.values("published")
        if (day := iso_date(found.value))
    )
    return Metadata(
        titles=tuple(page.values("title")),
        site=next(page.values("site"), None),
        published=next(published, None),
        url=next(page.values("url"), None),
    )


class _Page:
    def __init__(self, source: str) -> None:
        self._source = source
        self._line_starts = array("q", accumulate((len(line) + 1 for line in source.split("\n")), initial=0))
        last = max((match.end() for match in _STATING.finditer(source)), default=0)
        strainer = SoupStrainer(["title", "meta", "link", "script"])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
            soup = BeautifulSoup(closed(source[:last]), "html.parser", parse_only=strainer)
        self._meta: dict[str, Tag] = {}
        for tag in soup.find_all("meta"):
            for attribute in ("property", "name", "itemprop"):
                self._meta.setdefault(str(tag.get(attribute, "")).lower(), tag)
        self._title = soup.find("title")
        self._canonical = soup.find("link", rel="canonical")
        self._data = list(soup.find_all("script", type="application/ld+json"))

    def values(self, kind: str) -> Iterator[Sourced]:
        """All values of a kind, the most trusted first."""
        if kind == "url" and isinstance(self._canonical, Tag):
            yield from self._attribute(self._canonical)
        for name in META[kind]:
            if name in self._meta:
                yield from self._attribute(self._meta[name])
        if kind in JSON_LD:
            for tag in self._data:
                yield from self._json(tag, JSON_LD[kind])
        if kind == "title" and isinstance(self._title, Tag):
            yield from self._text(self._title)

    def _start(self, tag: Tag) -> int:
        return int(self._line_starts[(tag.sourceline or 1) - 1]) + (tag.sourcepos or 0)

    def _attribute(self, tag: Tag) -> Iterator[Sourced]:
        match = _CONTENT.search(self._source, self._start(tag), self._source.find(">", self._start(tag)) + 1)
        if match and match[match.lastindex or 1].strip():
            group = match.lastindex or 1
            yield Sourced(unescape(match[group]).strip(), *match.span(group))

    def _text(self, tag: Tag) -> Iterator[Sourced]:
        start = self._source.find(">", self._start(tag)) + 1
        end = self._source.find("<", start)
        if 0 < start < end and self._source[start:end].strip():
            yield Sourced(" ".join(unescape(self._source[start:end]).split()), start, end)

    def _json(self, tag: Tag, key: str) -> Iterator[Sourced]:
        start = self._start(tag)
        try:
            data = json.loads(tag.get_text())
        except (ValueError, RecursionError):  # pages do have broken JSON-LD; it then states nothing
            return
        for item in _articles(data):
            value = item.get(key)
            value = value.get("name") if isinstance(value, dict) else value
            if not isinstance(value, str) or not value.strip():
                continue
            for written in (json.dumps(value), json.dumps(value, ensure_ascii=False)):
                at = self._source.find(written, start)
                if at >= 0:
                    yield Sourced(value.strip(), at + 1, at + len(written) - 1)
                    break


def _articles(data: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD document that describe an article."""
    waiting = [data]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(reversed(item))
        elif isinstance(item, dict):
            kinds = item.get("@type", "")
            if any(ARTICLES.fullmatch(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                yield item
            waiting.append(item.get("@graph"))
