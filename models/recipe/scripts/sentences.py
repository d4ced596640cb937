"""What both corpora need: sentences joined into documents, and casing variants of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

T = TypeVar("T")

PARAGRAPH = "\n\n"
# Words that English headline style leaves in lower case.
SMALL_WORDS = frozenset((
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "nor", "of", "off", "on", "onto",
    "or", "over", "per", "so", "than", "the", "to", "up", "via", "vs", "with", "yet",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence: its tokens and whether a space follows each."""

    tokens: tuple[str, ...]
    spaces: tuple[bool, ...]


def headline(tokens: Sequence[str]) -> tuple[str, ...]:
    """Title case as headlines use it: "Ministers Meet in Oslo for Talks on Water"."""
    return tuple(_headline_word(word, first=number == 0) for number, word in enumerate(tokens))


def _headline_word(word: str, *, first: bool) -> str:
    if not word.islower() or word.startswith(("'", "’")) or word == "n't":
        return word
    return word if word in SMALL_WORDS and not first else word[0].upper() + word[1:]


def recase(tokens: tuple[str, ...], style: str) -> tuple[str, ...]:
    """`tokens` in a casing style: "as-is", "headline", "upper" or "lower"."""
    if style == "headline":
        return headline(tokens)
    if style == "upper":
        return tuple(word.upper() for word in tokens)
    return tuple(word.lower() for word in tokens) if style == "lower" else tokens


def batches(sentences: Iterable[T], rng: Random, longest: int) -> Iterator[list[T]]:
    """Consecutive `sentences` in groups of random size 1..longest."""
    group: list[T] = []
    size = rng.randint(1, longest)
    for sentence in sentences:
        group.append(sentence)
        if len(group) == size:
            yield group
            group, size = [], rng.randint(1, longest)
    if group:
        yield group
