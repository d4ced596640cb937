"""Markdown: front matter as metadata, markup taken off, every character left with its place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.base import Article, MappedText, Sourced
from pipeline.read.dates import iso_date
from pipeline.read.mapping import Builder, joined, stripped

#: Names of the front matter for what an article states about itself.
FRONT = {
    "title": ("title", "headline"),
    "site": ("source", "site", "publisher", "publication"),
    "published": ("date", "published", "published_at", "pubdate"),
    "url": ("url", "canonical", "canonical_url", "link"),
}

_FRONT_MATTER = re.compile(
    r"\A\ufeff?(?:---|\+\+\+)[ \t]*\r?\n(?P<body>.*?)^(?:---|\+\+\+)[ \t]*$\r?\n?", re.M | re.S
)
_FIELD = re.compile(
    r"""^(?P<name>[\w-]+)[ \t]*[:=][ \t]*(?P<quote>["']?)(?P<value>.{0,500}?)(?P=quote)[ \t]*\r?$""", re.M
)
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
_RULE = re.compile(r"[ \t]*(?:[-*_=][ \t]*){3,}\s*")
_NEW_BLOCK = re.compile(r"[ \t]*(?:#{1,6}[ \t]|[-*+][ \t]|\d{1,3}[.)][ \t]|\||!\[)")
_HARD_BREAK = ("  ", "\\")
_PREFIX = re.compile(r"(?:[ \t]*(?:>|#{1,6}(?=[ \t])|[-*+](?=[ \t])))*[ \t]*")
_HEADING = re.compile(r"[ \t]*#{1,2}[ \t]")
_IMAGE = re.compile(r"!\[(?P<text>[^\[\]]{0,500})\]\([^()\s]{0,2000}(?:[ \t]+\"[^\"\n]{0,300}\")?\)\s*")
_MARKUP = re.compile(
    r"\[(?P<text>[^\[\]]{1,500})\](?:\([^()\s]{0,2000}(?:[ \t]+\"[^\"\n]{0,300}\")?\)|\[[^\[\]\n]{0,100}\])"
    r"|<(?P<address>https?://[^<>\s]{1,2000})>|</?[A-Za-z][^<>\n]{0,300}>"
    r"|(?P<emphasis>(?<![\w*_])[*_]{1,3}(?=[\w\"“‘'(\[])|(?<=[\w.,;:!?\"”’')\]])[*_]{1,3}(?![\w*_])|`+)"
    r"|\\(?P<escaped>[\\`*_{}\[\]()#+.!>~|-])|(?P<hashes>(?<=[ \t])#+[ \t]*$)"
    r"|(?P<newline>\r?\n[ \t]*(?:>[ \t]*)?)"
)


def read_markdown(article_id: str, digest: str, source: str, encoding: str) -> Article:
    """An article from a Markdown file; its first heading is the title unless the front matter has one."""
    front = _FRONT_MATTER.match(source)
    fields = dict(_fields(front)) if front else {}
    parts, heading = _parts(source, front.end() if front else 0)
    known = {kind: next((fields[n] for n in names if n in fields), None) for kind, names in FRONT.items()}
    title = heading or known["title"]
    if title and title is not heading:
        parts.insert(0, _verbatim(source, title))
    date = known["published"]
    day = iso_date(date.value) if date else None
    return Article(
        article_id,
        digest,
        source,
        joined(parts),
        "text/markdown",
        encoding,
        title=title,
        site=known["site"],
        published=Sourced(day, date.start, date.end) if date and day else None,
        url=known["url"],
    )


def _fields(front: re.Match[str]) -> Iterator[tuple[str, Sourced]]:
    for match in _FIELD.finditer(front.string, front.start("body"), front.end("body")):
        if match["value"].strip():
            yield match["name"].lower(), Sourced(match["value"].strip(), *match.span("value"))


def _verbatim(source: str, value: Sourced) -> MappedText:
    builder = Builder()
    builder.copy(source[value.start : value.end], value.start)
    return stripped(builder.build())


def _parts(source: str, at: int) -> tuple[list[MappedText], Sourced | None]:
    """The paragraphs and the title heading; a picture's alternative text is not shown and so left out."""
    parts: list[MappedText] = []
    heading: Sourced | None = None
    for start, end in _paragraphs(source, at):
        text = _plain(source, start, end)
        if not text.text:
            continue
        if heading is None and not parts and _HEADING.match(source, start):
            heading = Sourced(text.text, text.starts[0], text.ends[-1])
        parts.append(text)
    return parts, heading


def _paragraphs(source: str, at: int) -> Iterator[tuple[int, int]]:
    """The spans of paragraphs, headings and list items; fences, rules and blank lines stand between them."""
    start: int | None = None
    hard = False
    for line in source[at:].splitlines(keepends=True):
        text = line.rstrip("\r\n")
        apart = not text.strip() or _RULE.fullmatch(text) or _FENCE.match(text)
        if start is not None and (apart or hard or _NEW_BLOCK.match(text)):
            yield start, at
            start = None
        if not apart and start is None:
            start = at
        hard = text.endswith(_HARD_BREAK) or text.lstrip().startswith("#")
        at += len(line)
    if start is not None:
        yield start, at


def _plain(source: str, start: int, end: int) -> MappedText:
    """A paragraph without its markup; images go, links keep their text."""
    prefix = _PREFIX.match(source, start, end)
    builder = Builder()
    at = prefix.end() if prefix else start
    images = [m.span() for m in _IMAGE.finditer(source, at, end)]
    for image_start, image_end in [*images, (end, end)]:
        _copy_plain(builder, source, at, image_start)
        at = image_end
    return stripped(builder.build())


def _copy_plain(builder: Builder, source: str, at: int, end: int) -> None:
    for match in _MARKUP.finditer(source, at, end):
        builder.copy(source[at : match.start()], at)
        if match["text"]:
            _copy_plain(builder, source, *match.span("text"))
        elif match["newline"]:
            builder.stand_for(" ", *match.span())
        else:
            kept = "address" if match["address"] else "escaped"
            if match[kept]:
                builder.copy(match[kept], match.start(kept))
        at = match.end()
    builder.copy(source[at:end], at)
