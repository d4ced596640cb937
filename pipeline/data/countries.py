"""Countries as facts: codes, English short names, other names, demonyms."""

from __future__ import annotations

from functools import cache

from pipeline.data import Row, load_rows


class CountryRow(Row):
    """A country: its ISO 3166-1 alpha-3 code is the id."""

    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]


@cache
def countries() -> dict[str, CountryRow]:
    """The countries by code."""
    return {row.id: row for row in load_rows("pipeline.data", "countries.jsonl", CountryRow)}
