"""Finds article files and turns each into an `Article`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from pipeline.base import Article
from pipeline.errors import ReadError
from pipeline.read.encoding import declared_encoding, decode
from pipeline.read.folders import FORMS, folder_items, parts
from pipeline.read.html import read_html
from pipeline.read.items import Form, InputOptions
from pipeline.read.markdown import read_markdown
from pipeline.read.text import read_text

#: Takes id, digest, source text and encoding.
Reader = Callable[[str, str, str, str], Article]

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\r?\n(?:[\w-]+:.*\r?\n)+---[ \t]*\r?\n")
_MARKDOWN = re.compile(r"(?<!!)\[[^\[\]\n]{1,200}\]\(https?://[^()\s]{3,500}\)|\*\*\w[^*\n]{1,200}\*\*")
_TAGS = re.compile(r"</(?:p|div|a|span|li|h[1-6]|strong|em|td|body)>", re.IGNORECASE)
_LEAST_MARKUP = 3  # one or two may stand in plain text

READERS: dict[Form, Reader] = {"text": read_text, "html": read_html, "markdown": read_markdown}


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
    found = (item for item in folder_items(root, InputOptions()) if not item.failure)
    yield from ((item.id, Path(item.payload)) for item in found if isinstance(item.payload, str))


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
    reader = READERS[form]
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: cannot be opened: {error.strerror or error}") from error
    try:
        source, encoding = decode(data, declared_encoding(data) if reader is read_html else None)
    except ReadError as error:
        raise ReadError(f"{path}: {error}") from error
    if not source.strip():
        raise ReadError(f"{path}: holds no text")
    if reader is read_text:
        reader = _by_markup(source)
    return reader(article_id, sha256(data).hexdigest(), source, encoding)


def _by_markup(source: str) -> Reader:
    """The reader of a text file: its markup tells a page or a Markdown file that was saved as text."""
    if _FRONT_MATTER.match(source) or len(_MARKDOWN.findall(source)) >= _LEAST_MARKUP:
        return read_markdown
    return read_html if len(_TAGS.findall(source)) >= _LEAST_MARKUP else read_text
