"""Finds article files and turns each into an `Article`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from pipeline.base import Article
from pipeline.errors import ReadError
from pipeline.read.encoding import declared_encoding, decode
from pipeline.read.html import read_html
from pipeline.read.markdown import read_markdown
from pipeline.read.text import read_text

#: Takes id, digest, source text and encoding.
Reader = Callable[[str, str, str, str], Article]

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\r?\n(?:[\w-]+:.*\r?\n)+---[ \t]*\r?\n")
_MARKDOWN = re.compile(r"(?<!!)\[[^\[\]\n]{1,200}\]\(https?://[^()\s]{3,500}\)|\*\*\w[^*\n]{1,200}\*\*")
_TAGS = re.compile(r"</(?:p|div|a|span|li|h[1-6]|strong|em|td|body)>", re.IGNORECASE)
_LEAST_MARKUP = 3  # one or two may stand in plain text

READERS: dict[str, Reader] = {".txt": read_text, ".html": read_html, ".htm": read_html, ".md": read_markdown}


def find_articles(root: Path) -> Iterator[tuple[str, Path]]:
    """Ids and paths of the articles in a folder and below it, sorted by id; `root` may be one file.

    An id is the path from `root` without its ending, "2024/june/summit"; two that share one keep theirs.

    Raises:
        ReadError: there is no such file or folder, or a single file has an ending that is not read.
    """
    if root.is_file():
        if root.suffix.lower() not in READERS:
            raise ReadError(f"{root}: not an article; give a file that ends in {', '.join(READERS)}")
        yield root.stem, root
        return
    if not root.is_dir():
        raise ReadError(f"{root}: no such file or folder")
    paths = [p for p in root.rglob("*") if p.suffix.lower() in READERS and p.is_file()]
    stems = Counter(p.with_suffix("") for p in paths)
    named = ((p if stems[p.with_suffix("")] > 1 else p.with_suffix(""), p) for p in paths)
    yield from sorted((name.relative_to(root).as_posix(), path) for name, path in named)


def read_article(path: Path, article_id: str) -> Article:
    """Read one file.

    Args:
        path: a file with one of the endings of `READERS`.
        article_id: the id that the article gets.

    Raises:
        ReadError: the file cannot be opened, is empty or binary, or has an unknown ending.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ReadError(
            f"{path}: cannot read {path.suffix or 'a file without ending'}; known: {', '.join(READERS)}"
        )
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
