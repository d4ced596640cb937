"""Dates of publication as pages, feeds and records state them in their metadata."""

from __future__ import annotations

import re
from datetime import datetime

from dateutil import parser

_ISO = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?!\d)")
_HAS_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
#: "Saturday, 06 September 2025 10:00:00 +0000 (UTC)" has fewer characters.
_LONGEST = 60
#: What a date leaves open is filled from these; if that shows, the date is not a full one.
_DEFAULTS = (datetime(2000, 1, 1), datetime(2003, 2, 2))


def iso_date(text: str) -> str | None:
    """The calendar day that a text begins with or consists of, as YYYY-MM-DD; None where it states none.

    ISO 8601 as a beginning; as a whole what else names its month ("Sat, 06 May 2023 10:00:00 GMT"). Figures
    alone are not read: 05/06/2023 is in May for some and in June for others.
    """
    if match := _ISO.match(text):
        return _valid(*map(int, match.groups()))
    if len(text) > _LONGEST or not _HAS_MONTH.search(text):
        return None
    try:
        first, second = (parser.parse(text, default=default).date() for default in _DEFAULTS)
    except (ValueError, OverflowError):  # ParserError is a ValueError
        return None
    return first.isoformat() if first == second else None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return datetime(year, month, day).date().isoformat()
    except ValueError:  # 31 February, the year 0
        return None
