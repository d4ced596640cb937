"""Mentions from the language model's named entities: persons, organisations, facilities."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.base import Document, Mention

_LABELS = {"PERSON": "person", "PER": "person", "ORG": "organization", "FAC": "facility"}


class EntityFinder:
    """Document -> mentions labelled "person", "organization", "facility", without article and possessive."""

    def __call__(self, document: Document) -> Iterable[Mention]:
        """One mention for each entity of the model that bears one of the labels."""
        for entity in document.doc.ents:
            label = _LABELS.get(entity.label_)
            if label is not None:
                start, end = _trim(document.text, entity.start_char, entity.end_char)
                if start < end:
                    yield Mention(label, start, end, f"model/{entity.label_}", document.text[start:end])


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    for suffix in ("'s", "’s", "'", "’"):
        if text[start:end].endswith(suffix):
            end -= len(suffix)
    for article in ("the ", "The ", "a ", "an "):
        if text[start:end].startswith(article):
            start += len(article)
    return start, end
