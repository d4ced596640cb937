"""The regular expressions of phrases.jsonl: the words between a number, its noun and its holder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pipeline.data import Row, load_rows

PACKAGE = "pipeline.records.site_count"


class PhraseRow(Row):
    """A regular expression; upper and lower case do not count."""

    pattern: str


@cache
def phrases() -> Mapping[str, re.Pattern[str]]:
    """The compiled expressions by id."""
    return {
        row.id: re.compile(row.pattern, re.IGNORECASE)
        for row in load_rows(PACKAGE, "phrases.jsonl", PhraseRow)
    }
