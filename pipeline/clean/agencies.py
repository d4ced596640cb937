"""News agencies and outlets by the forms of their names; the list is data, in agencies.jsonl."""

from __future__ import annotations

import re
from functools import cache

from pipeline.data import Row, load_rows


class Agency(Row):
    """An agency or outlet; `forms` are its names and abbreviations."""

    forms: tuple[str, ...]


@cache
def forms() -> frozenset[str]:
    """All names and abbreviations of agencies."""
    return frozenset(
        form for row in load_rows("pipeline.clean", "agencies.jsonl", Agency) for form in row.forms
    )


@cache
def pattern() -> str:
    """A regular expression for any of the forms, the longest first."""
    return "(?:" + "|".join(re.escape(f) for f in sorted(forms(), key=len, reverse=True)) + ")"


def leading(text: str) -> str | None:
    """The agency that a credit begins with: "ANA-MPA" of "ANA-MPA/D. Panagos"."""
    match = re.match(rf"{pattern()}(?![\w-])", text)
    return match.group() if match else None
