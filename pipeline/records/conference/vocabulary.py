"""Closed classes of words that tell what is done at a gathering, who does it, and where."""

from __future__ import annotations

from functools import cache

from pipeline.data import Row, load_rows


class WordRow(Row):
    """Words of one role, as lemmas."""

    role: str
    words: tuple[str, ...]


@cache
def words(role: str) -> frozenset[str]:
    """The words of a role; none for a role that the data file does not have."""
    rows = load_rows("pipeline.records.conference", "vocabulary.jsonl", WordRow)
    return frozenset(word for row in rows if row.role == role for word in row.words)
