"""Plain text as an article, and what cleaning makes of it."""

from __future__ import annotations

from pipeline.base import Article, CleanText
from pipeline.clean import clean
from pipeline.read.text import read_text


def article(text: str) -> Article:
    """A plain text article."""
    return read_text("x", "0", text, "utf-8")


def cleaned(text: str) -> CleanText:
    """The cleaned form of a text."""
    return clean(article(text))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of the cleaned form of a text."""
    result = cleaned(text)
    return [result.text[zone.start : zone.end] for zone in result.zones]
