"""Where sentences begin, well enough to tell a caption or a repeated passage from the text around it."""

from __future__ import annotations

import re
from functools import cache

from pipeline.data import Row, load_rows

_BOUNDARY = re.compile(r"[.!?][\"”’)\]]{0,2}\s+(?=[A-Z\"“‘(\[])|\n+")
_LAST_WORD = re.compile(r"[\s.(]")


class Abbreviation(Row):
    """A word that is written with a full stop within a sentence."""

    word: str


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row.word for row in load_rows("pipeline.clean", "abbreviations.jsonl", Abbreviation))


def starts(text: str) -> list[int]:
    """Offsets at which sentences begin; full stops of abbreviations and initials do not end one."""
    found = [0] if text else []
    for match in _BOUNDARY.finditer(text):
        word = _LAST_WORD.split(text[max(0, match.start() - 12) : match.start()])[-1]
        initial = len(word) == 1 and word.isupper()
        if match.group().startswith(("\n", "!", "?")) or not (initial or word in _abbreviations()):
            found.append(match.end())
    return found
