"""Statements that cannot all be right."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.base import Count
from pipeline.checks import check

CONFERENCE = {"start_date": None, "end_date": None, "attending_countries": (), "countries_count": None}


def messages(**records: list[dict[str, Any]]) -> list[str]:
    lists: Any = {plural: [SimpleNamespace(**r) for r in given] for plural, given in records.items()}
    return [f"{found.record}: {found.message}" for found in check(lists)]


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ("2024-06-12", "2024-06-11", True),
        ("2024-06-11", "2024-06-11", False),
        ("2024-07", "2024-06-30", True),
        ("2024-06", "2024-06-30", False),
        ("2023", "2022-01", True),
        ("XXXX-12-30", "XXXX-01-02", False),
        ("2024-06-12", None, False),
    ],
)
def test_a_gathering_ends_after_it_starts(start: str | None, end: str | None, wrong: bool) -> None:
    found = messages(conferences=[CONFERENCE | {"start_date": start, "end_date": end}])
    assert found == ([f"conferences[0]: starts {start}, ends {end}"] if wrong else [])


def test_more_countries_named_than_stated() -> None:
    named = CONFERENCE | {"attending_countries": ("CHN", "IND", "JPN")}
    two, at_least_two = Count(value=2), Count(value=2, qualifier="at_least")
    assert messages(conferences=[named | {"countries_count": two}]) == [
        "conferences[0]: 3 countries are named as attending, 2 are stated"
    ]
    assert messages(conferences=[named | {"countries_count": at_least_two}]) == []
    assert messages(conferences=[named | {"countries_count": Count(value=30)}]) == []


def membership(country: str, role: str = "member", event: str = "joined") -> dict[str, Any]:
    return {"alliance": "Reef League", "country": country, "country_name": None, "role": role, "event": event}


def test_more_members_named_than_stated() -> None:
    alliance = {"name": "Reef League", "members_count": Count(value=1)}
    both = [membership("FJI"), membership("WSM", "founding_member", "founded")]
    wrong = ["alliances[0]: 2 members are named, 1 are stated"]
    assert messages(alliances=[alliance], memberships=both) == wrong


def test_candidates_and_those_who_left_are_no_members() -> None:
    alliance = {"name": "Reef League", "members_count": Count(value=1)}
    named = [
        membership("FJI"),
        membership("WSM", "candidate", "applied"),
        membership("TON", "member", "left"),
    ]
    assert messages(alliances=[alliance], memberships=named) == []


@pytest.mark.parametrize(
    ("count", "breakdown", "wrong"),
    [
        (56, {"cultural": 38, "natural": 14, "mixed": 4, "transnational": 1}, False),
        (57, {"cultural": 38, "natural": 14, "mixed": 4}, True),
        (24, {"cultural": 22, "natural": 3}, True),
        (30, {"cultural": 22, "natural": 3}, False),
        (30, {}, False),
    ],
)
def test_the_parts_make_the_whole(count: int, breakdown: dict[str, int], wrong: bool) -> None:
    record = {"count": Count(value=count), "breakdown": breakdown}
    total = sum(n for kind, n in breakdown.items() if kind != "transnational")
    expected = [f"site_counts[0]: the parts make {total}, the total is {count}"] if wrong else []
    assert messages(site_counts=[record]) == expected


def test_a_rough_total_contradicts_nothing() -> None:
    record = {"count": Count(value=50, qualifier="about"), "breakdown": {"cultural": 60}}
    assert messages(site_counts=[record]) == []


def test_a_count_that_is_only_a_share_has_no_sum() -> None:
    assert messages(site_counts=[{"count": None, "breakdown": {"cultural": 60}}]) == []
