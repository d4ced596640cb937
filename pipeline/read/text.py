"""Plain text: the body is the whole file."""

from __future__ import annotations

from pipeline.base import Article, MappedText


def read_text(article_id: str, digest: str, source: str, encoding: str) -> Article:
    """An article of which the decoded file is the main text; `clean` finds title, date and captions in it."""
    return Article(article_id, digest, source, MappedText.identity(source), "text/plain", encoding)
