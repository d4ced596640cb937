"""Date expressions as the text gives them, before an article's own date resolves them (cf. TIMEX3).

Imports no stage. `annotate` makes these, `resolve` reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["day", "week", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Shift:
    """A distance from a reference date: "last year" is (-1, "year"), "tomorrow" (1, "day")."""

    amount: int
    unit: Unit
    basis: Literal["article", "previous"] = "article"  # "a year earlier" counts from the date told before


@dataclass(frozen=True, slots=True)
class Point:
    """A calendar point with the parts that the text states; weekday 0 is Monday.

    With a shift, a stated part is looked for where the shift leads: "June 11 last year" is June 11 of
    (-1, "year"), "last June" the latest June before the reference date (-1, "month"), "last Friday" the
    latest Friday before it (-1, "week").
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    shift: Shift | None = None


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date ("11 June", first == last) or a range of dates ("from 28 June to 7 July").

    `open_start`/`open_end` mark "until 7 July" and "from 28 June" without the other end, `vague` what
    is told only roughly ("early June", "the end of the year").
    """

    first: Point
    last: Point
    open_start: bool = False
    open_end: bool = False
    vague: bool = False
