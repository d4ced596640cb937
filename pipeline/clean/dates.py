"""Calendar dates as page headers and datelines write them, and their EDTF form."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

_MONTH = "|".join(f"{name[:3]}t?(?:{name[3:]})?" for name in calendar.month_name[1:])
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_MONTH_NUMBER = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}

#: A day of the year without the year: "June 11", "Dec. 20", "3 March".
DAY = rf"(?:(?:{_MONTH})\b\.?\s?{_DAY}\b|{_DAY}\s(?:{_MONTH})\b\.?)"
#: A full date in letters or figures.
DATE = (
    rf"(?:(?:{_MONTH})\b\.?\s?{_DAY}(?:,\s?|\s)\d{{4}}\b|{_DAY}[\s-](?:{_MONTH})\b\.?,?[\s-]\d{{4}}\b"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?!\d))"
)
#: A month, or several, with the year: "March 2021", "October-December 2021".
MONTH = rf"(?:(?:{_MONTH})\b\.?(?:\s?[-–/]\s?(?:{_MONTH})\b\.?)?,?\s\d{{4}}\b)"
#: A time of day with what may stand between it and the date.
TIME = (
    r"(?:[\sT,|]{1,3}\d{1,2}[:h]\d{2}(?:[:.]\d{2}){0,2}(?:\s?[AaPp][Mm])?"
    r"(?:\s(?:GMT|UTC|CET|EST|IST|BJT)\b)?)"
)

_LETTERS = re.compile(rf"(?P<month>{_MONTH})(?![a-z])", re.IGNORECASE)
_NUMBERS = re.compile(r"\d+")


def to_edtf(text: str, month_first: bool = False) -> str | None:
    """EDTF form of a text that `DATE` or `DAY` matches, its year "XXXX" if it has none.

    Args:
        text: the date; what follows it (a time) is passed over.
        month_first: whether 09/04 is the 4th of September; 14/07 is July in any case.

    Returns:
        The date, None where there is no such day.
    """
    numbers = [int(n) for n in _NUMBERS.findall(text)[:3]]
    named = _LETTERS.search(text)
    if named:
        month = _MONTH_NUMBER[named["month"][:3].lower()]
        day, year = numbers[0], next((n for n in numbers[1:2] if n > 999), None)
    elif len(numbers) == 3 and numbers[0] > 999:
        year, month, day = numbers
    else:
        first, second = numbers[:2]
        year = next((n for n in numbers[2:3] if n > 999), None)
        day, month = (second, first) if second > 12 or (month_first and first <= 12) else (first, second)
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year or 2000, month)[1]):
        return None
    return f"{year or 'XXXX'}-{month:02}-{day:02}"


def with_year(day: str, published: str | None) -> str:
    """The day ("XXXX-12-30") in the year that brings it to the date of publication or shortly before it.

    Without a full date of publication the day stays as it is. Two days' grace are for time zones.
    """
    if not day.startswith("XXXX") or published is None or published.startswith("XXXX") or len(published) < 10:
        return day
    limit = date.fromisoformat(published) + timedelta(days=2)
    for year in (limit.year, limit.year - 1):
        try:
            if date(year, int(day[5:7]), int(day[8:])) <= limit:
                return f"{year}{day[4:]}"
        except ValueError:  # 29 February in another year
            continue
    return day
