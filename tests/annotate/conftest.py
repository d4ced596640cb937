"""A text and its mentions, without the language model."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import pytest
import spacy
from spacy.language import Language

from pipeline.base import CleanText, Document, Finder, MappedText, Zone

Read = Callable[..., Document]


@lru_cache(maxsize=1)
def _sentences() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@pytest.fixture(scope="session")
def read() -> Read:
    """read(text, finder, ...): the document of a text with what the finders found, one after the other."""

    def read_with(text: str, *finders: Finder) -> Document:
        clean = CleanText(MappedText.identity(text), (Zone("body", 0, len(text)),))
        document = Document(clean, _sentences()(text))
        for finder in finders:
            document = document.adding(finder(document))
        return document

    return read_with
