"""Article files: finding them, reading their bytes, and the article that bytes of a form are."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from pipeline.base import Article, Sourced
from pipeline.errors import ReadError, printable
from pipeline.read.encoding import declared_encoding, decode
from pipeline.read.folders import walk
from pipeline.read.html import read_html
from pipeline.read.items import InputOptions
from pipeline.read.markdown import read_markdown
from pipeline.read.names import FORMS, Form, parts
from pipeline.read.record import read_record
from pipeline.read.text import read_text

#: Takes id, digest, source text and encoding.
Reader = Callable[[str, str, str, str], Article]

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\r?\n(?:[\w-]+:.*\r?\n)+---[ \t]*\r?\n")
_MARKDOWN = re.compile(r"(?<!!)\[[^\[\]\n]{1,200}\]\(https?://[^()\s]{3,500}\)|\*\*\w[^*\n]{1,200}\*\*")
_TAGS = re.compile(r"</(?:p|div|a|span|li|h[1-6]|strong|em|td|body)>", re.IGNORECASE)
_LEAST_MARKUP = 3  # one or two may stand in plain text


def find_articles(root: Path) -> Iterator[tuple[str, Path]]:
    """Ids and paths of the articles in a folder and below it, sorted by id; `root` may be one file.

    An id is the path from `root` without its ending, "2024/june/summit"; two that share one keep theirs.

    Raises:
        ReadError: there is no such file or folder, or a single file has an ending that is not read.
    """
    if root.is_file():
        if parts(root.name)[1] not in FORMS:
            raise ReadError(f"{root}: not an article; give a file that ends in {', '.join(FORMS)}")
        yield root.stem, root
        return
    if not root.is_dir():
        raise ReadError(f"{root}: no such file or folder")
    found = (file for file in walk(root, InputOptions()) if not file.why)
    yield from ((file.id, Path(file.path)) for file in found if parts(file.path)[1] in FORMS)


def read_article(path: Path, article_id: str) -> Article:
    """Read one file.

    Args:
        path: a file with one of the endings of `FORMS`.
        article_id: the id that the article gets.

    Raises:
        ReadError: the file cannot be opened, is empty or binary, or has an unknown ending.
    """
    form = FORMS.get(parts(path.name)[1])
    if form is None:
        raise ReadError(
            f"{path}: cannot read {path.suffix or 'a file without ending'}; known: {', '.join(FORMS)}"
        )
    return article_of_bytes(read_file(str(path)), form, article_id, str(path))


def read_file(path: str) -> bytes:
    """The bytes of a regular file, as they are at one moment.

    Raises:
        ReadError: it cannot be opened, is no regular file, or changes while it is read.
    """
    try:
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # a pipe does not make the run wait
        with open(number, "rb") as file:  # noqa: PTH123 - a `Path` knows no such flags
            before = os.fstat(number)
            if not stat.S_ISREG(before.st_mode):
                raise ReadError(printable(f"{path}: not a regular file"))
            data = file.read()
            after = os.fstat(number)
    except OSError as error:
        raise ReadError(printable(f"{path}: cannot be opened: {error.strerror or error}")) from error
    if (len(data), before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise ReadError(printable(f"{path}: changed while it was read; run again when it is complete"))
    return data


def article_of_bytes(
    data: bytes, form: Form, article_id: str, where: str, metadata: Mapping[str, str] | None = None
) -> Article:
    """The article that bytes of a form are.

    Args:
        where: names the place in errors.
        metadata: what is known of it besides: "url" and "charset" of a page, for a record `items.Fields`.

    Raises:
        ReadError: the bytes are empty, binary, or no record.
    """
    known = metadata or {}
    try:
        declared = declared_encoding(data) or known.get("charset") if form == "html" else None
        source, encoding = decode(data, declared)
        if not source.strip():
            raise ReadError("holds no text")
        digest = sha256(data).hexdigest()
        if form == "record":
            return read_record(source, known, lambda text: _plain(article_id, digest, text, encoding))
        article = READERS[form](article_id, digest, source, encoding)
    except ReadError as error:
        raise ReadError(printable(f"{where}: {error}")) from error
    if known.get("url") and not article.url:
        return replace(article, url=Sourced(known["url"], 0, 0))
    return article


def _plain(article_id: str, digest: str, source: str, encoding: str) -> Article:
    """The article of a text: its markup tells a page or a Markdown file that was saved as text."""
    return _reader(source)(article_id, digest, source, encoding)


def _reader(source: str) -> Reader:
    if _FRONT_MATTER.match(source) or len(_MARKDOWN.findall(source)) >= _LEAST_MARKUP:
        return read_markdown
    return read_html if len(_TAGS.findall(source)) >= _LEAST_MARKUP else read_text


READERS: dict[Form, Reader] = {"text": _plain, "html": read_html, "markdown": read_markdown}
