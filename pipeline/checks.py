"""Arithmetic on finished records: statements of one article that cannot all be right become warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from pipeline.base import Model, Record

#: The records of an article, by the plural of their type.
Records = Mapping[str, Sequence[Record]]


class Discrepancy(Model):
    """Numbers or dates of an article that do not fit together."""

    check: str = Field(description="The name of the check.")
    record: str = Field(description='The record in this file: "alliances[0]".')
    message: str = Field(description="What does not fit.")


def check(records: Records) -> tuple[Discrepancy, ...]:
    """The discrepancies of an article's records, in the order of the checks."""
    return tuple(found for one in CHECKS for found in one(records))


def _each(records: Records, plural: str) -> Iterator[tuple[str, Any]]:
    for index, record in enumerate(records.get(plural, ())):
        yield f"{plural}[{index}]", record


def dates_in_order(records: Records) -> Iterator[Discrepancy]:
    """A gathering ends on or after the day it starts."""
    for where, record in _each(records, "conferences"):
        start, end = record.start_date or "", record.end_date or ""
        known = min(len(start), len(end))
        if "XXXX" not in start + end and start[:known] > end[:known]:
            yield Discrepancy(check="dates_in_order", record=where, message=f"starts {start}, ends {end}")


def countries_counted(records: Records) -> Iterator[Discrepancy]:
    """No more countries are named as attending than are said to attend."""
    for where, record in _each(records, "conferences"):
        named = len(record.attending_countries)
        if (stated := _at_most(record.countries_count)) is not None and named > stated:
            message = f"{named} countries are named as attending, {stated} are stated"
            yield Discrepancy(check="countries_counted", record=where, message=message)


def members_counted(records: Records) -> Iterator[Discrepancy]:
    """No more members are named than a body is said to have."""
    for where, record in _each(records, "alliances"):
        named = len(_members(records, record.name))
        if (stated := _at_most(record.members_count)) is not None and named > stated:
            message = f"{named} members are named, {stated} are stated"
            yield Discrepancy(check="members_counted", record=where, message=message)


def breakdown_adds_up(records: Records) -> Iterator[Discrepancy]:
    """The parts of a count make up no more than the whole; all three kinds of World Heritage make all of it.

    Transnational sites are counted among the cultural, natural and mixed ones, too, so they are no part.
    """
    for where, record in _each(records, "site_counts"):
        parts = {kind: n for kind, n in (record.breakdown or {}).items() if kind != "transnational"}
        stated, total = _at_most(record.count), sum(parts.values())
        complete = parts.keys() >= {"cultural", "natural", "mixed"} and record.count.qualifier == "exact"
        if parts and stated is not None and (total > stated or (complete and total != stated)):
            message = f"the parts make {total}, the total is {stated}"
            yield Discrepancy(check="breakdown_adds_up", record=where, message=message)


def _at_most(count: Any) -> int | None:
    """The largest number that a stated count allows for; None when it allows for any."""
    return count.value if count is not None and count.qualifier in ("exact", "at_most") else None


def _members(records: Records, alliance: str) -> set[str]:
    present = ("founding_member", "member", "party")
    return {
        m.country or m.country_name
        for _, m in _each(records, "memberships")
        if m.alliance == alliance and m.role in present and m.event != "left"
    }


CHECKS: tuple[Callable[[Records], Iterator[Discrepancy]], ...] = (
    dates_in_order,
    countries_counted,
    members_counted,
    breakdown_adds_up,
)
