"""Mentions from the language model's named entities: persons, organisations, facilities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from pipeline.base import Mention

_LABELS = {"PERSON": "person", "PER": "person", "ORG": "organization", "FAC": "facility"}
_SUFFIXES = ("'s", "’s", "'", "’")
_ARTICLES = ("the ", "The ", "a ", "an ")


class EntityFinder:
    """Entities of the model -> mentions of the labels, without article and possessive."""

    labels: ClassVar[tuple[str, ...]] = ("person", "organization", "facility")

    def __call__(self, text: str, entities: Iterable[tuple[int, int, str]]) -> Iterator[Mention]:
        """One mention for each entity (start, end, label) that bears one of the labels."""
        for start, end, entity_label in entities:
            label = _LABELS.get(entity_label)
            if label is not None:
                start, end = _trim(text, start, end)
                if start < end:
                    yield Mention(label, start, end, f"model/{entity_label}", text[start:end])


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    for suffix in _SUFFIXES:
        if text[start:end].endswith(suffix):
            end -= len(suffix)
    for article in _ARTICLES:
        if text[start:end].startswith(article):
            start += len(article)
    return start, end
