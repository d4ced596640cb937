"""Pairs of records and what their slots count: gold, found, and the (right, found, gold) that follow."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.score import Counts
from pipeline.score.names import texts_agree
from pipeline.score.pair import Pair, pair_records
from pipeline.score.report import count_records, count_slots
from pipeline.score.spec import read_specs

SPECS = {spec.title: spec for spec in read_specs()}


def pairs(kind: str, gold: Sequence[Any], found: Sequence[Any], **others: tuple[Any, Any]) -> list[Pair]:
    spec = SPECS[kind]
    sides = [{name: records[side] for name, records in others.items()} for side in (0, 1)]
    return pair_records(spec, sides[0] | {spec.collection: gold}, sides[1] | {spec.collection: found})


def slots(kind: str, gold: Any, found: Any) -> tuple[int, int, int]:
    """(right, found, gold) slots of one gold and one found record."""
    counts = count_slots(slot for pair in pairs(kind, [gold], [found]) for slot in pair.slots)
    return counts.right, counts.found, counts.gold


def verdicts(pair: Pair) -> dict[str, str]:
    return {slot.field: slot.verdict for slot in pair.slots}


FORUM = {"name": "Alpine Lakes Forum"}


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ({"city": "Bled"}, {"city": "Bled"}, (2, 2, 2)),
        ({"city": "Bled"}, {"city": "Brno"}, (1, 2, 2)),
        ({"city": "Bled"}, {}, (1, 1, 2)),
        ({}, {"city": "Bled"}, (1, 2, 1)),
        ({"city": None, "organizers": []}, {"venue": None, "attending_countries": []}, (1, 1, 1)),
        ({"city": "Bled"}, {"city": "the city of Bled"}, (1, 2, 2)),
        ({"start_date": "2021-10-27"}, {"start_date": "2021"}, (1, 2, 2)),
        ({"start_date": "2021-10-27"}, {"start_date": "XXXX-10-27"}, (1, 2, 2)),
        ({"theme": "Water for All!"}, {"theme": "“Water for all”"}, (2, 2, 2)),
        ({"edition": 5}, {"edition": 5}, (2, 2, 2)),
        ({"edition": 0}, {}, (1, 1, 2)),
        ({"aliases": ["ALF"]}, {"aliases": ["Lakes"]}, (1, 1, 1)),
        ({}, {"evidence": [{"field": "name", "quote": "x"}], "no_such_field": 1}, (1, 1, 1)),
    ],
)
def test_one_value(gold: dict[str, Any], found: dict[str, Any], expected: tuple[int, int, int]) -> None:
    assert slots("conference", FORUM | gold, FORUM | found) == expected


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ({"value": 50, "qualifier": "about"}, {"value": 50, "qualifier": "about"}, (2, 2, 2)),
        ({"value": 50, "qualifier": "about"}, {"value": 50, "qualifier": "exact"}, (1, 2, 2)),
        ({"value": 50, "qualifier": "about"}, {"value": 51, "qualifier": "about"}, (1, 2, 2)),
        ({"value": 50, "qualifier": "exact"}, None, (1, 1, 2)),
        ({"value": None, "qualifier": "exact"}, None, (1, 1, 1)),
    ],
)
def test_a_count_is_one_slot(gold: Any, found: Any, expected: tuple[int, int, int]) -> None:
    assert (
        slots("conference", FORUM | {"countries_count": gold}, FORUM | {"countries_count": found}) == expected
    )


@pytest.mark.parametrize(
    ("field", "gold", "found", "expected"),
    [
        ("attending_countries", ["AUT", "ITA", "SVN"], ["SVN", "AUT"], (3, 3, 4)),
        ("attending_countries", ["AUT"], ["AUT", "ITA"], (2, 3, 2)),
        ("attending_countries", ["AUT"], ["AUT", "AUT"], (2, 3, 2)),
        ("attending_organizations", ["the Rhine Commission"], ["Rhine Commission (RC)"], (2, 2, 2)),
        ("organizers", ["Slovenia", "Rhine Commission"], ["Rhine Commission"], (2, 2, 3)),
        ("organizers", ["Slovenia"], ["Slovakia"], (1, 2, 2)),
    ],
)
def test_lists_count_element_by_element(
    field: str, gold: Any, found: Any, expected: tuple[int, int, int]
) -> None:
    assert slots("conference", FORUM | {field: gold}, FORUM | {field: found}) == expected


def test_each_name_of_a_list_is_used_once_and_as_well_as_possible() -> None:
    gold = {"organizers": ["one two three four", "one two three four five"]}
    found = {"organizers": ["one two three four five", "one two three four five six"]}
    assert slots("conference", FORUM | gold, FORUM | found) == (3, 3, 3)


def test_records_pair_through_an_alias_on_either_side() -> None:
    full, short = {"name": "Alpine Lakes Forum", "aliases": ["ALF"]}, {"name": "ALF (Bled)"}
    assert count_records(pairs("conference", [full], [{"name": "ALF"}])) == Counts(1, 1, 1)
    assert count_records(pairs("conference", [{"name": "ALF"}], [full])) == Counts(1, 1, 1)
    assert count_records(pairs("conference", [full], [short])) == Counts(0, 1, 1)


def test_records_whose_names_disagree_cost_all_their_slots() -> None:
    gold = {"name": "Alpine Lakes Forum", "city": "Bled", "attending_countries": ["AUT", "ITA"]}
    found = {"name": "Baltic Ports Fair", "city": "Bled"}
    result = pairs("conference", [gold], [found])
    assert count_records(result) == Counts(0, 1, 1)
    assert count_slots(slot for pair in result for slot in pair.slots) == Counts(0, 2, 4)


def test_two_records_with_one_name_pair_by_their_other_slots() -> None:
    first, second = FORUM | {"edition": 1, "city": "Bled"}, FORUM | {"edition": 2, "city": "Como"}
    result = pairs("conference", [first, second], [second, first])
    assert count_slots(slot for pair in result for slot in pair.slots) == Counts(6, 6, 6)


def test_pairing_is_best_overall_not_greedy() -> None:
    # The first gold record fits found A best (3 slots), but only A fits the second at all.
    gold = [
        {"name": "one two three four five", "kind": "forum", "city": "Bled"},
        {"name": "one two three four five six", "kind": "forum"},
    ]
    found = [
        {"name": "one two three four five six", "kind": "forum", "city": "Bled"},
        {"name": "zero two three four five"},
    ]
    result = pairs("conference", gold, found)
    assert count_records(result) == Counts(2, 2, 2)
    assert [(p.gold or {})["name"] for p in result if p.found is found[1]] == ["one two three four five"]


def test_a_second_record_for_one_thing_is_extra() -> None:
    assert count_records(pairs("conference", [FORUM], [FORUM, FORUM])) == Counts(1, 2, 1)


def test_nothing_on_both_sides_is_perfect() -> None:
    counts = count_records(pairs("conference", [], []))
    assert (counts.precision, counts.recall, counts.f1) == (1.0, 1.0, 1.0)


# --- memberships --------------------------------------------------------------------------------------------

MEMBER = {"country": "NER", "alliance": "Lake Chad Basin Commission", "role": "member", "event": "is_member"}


def test_country_and_alliance_are_one_slot() -> None:
    assert slots("membership", MEMBER, MEMBER) == (3, 3, 3)


@pytest.mark.parametrize("change", [{"country": "TCD"}, {"alliance": "Niger River Board"}])
def test_another_country_or_alliance_is_another_membership(change: dict[str, str]) -> None:
    assert slots("membership", MEMBER, MEMBER | change) == (0, 3, 3)


def test_members_without_a_code_agree_by_name() -> None:
    union = {"country": None, "country_name": "African Union", "alliance": "G20"}
    assert slots("membership", union, union | {"country_name": "the African Union"}) == (1, 1, 1)
    assert slots("membership", union, union | {"country_name": "European Union"}) == (0, 1, 1)
    assert slots("membership", union, {"country": "NER", "alliance": "G20"}) == (0, 1, 1)


def test_a_memberships_alliance_agrees_by_the_aliases_of_its_alliance() -> None:
    alliances = [{"name": "Lake Chad Basin Commission", "aliases": ["LCBC"]}]
    found = MEMBER | {"alliance": "LCBC"}
    with_aliases = pairs("membership", [MEMBER], [found], alliances=(alliances, []))
    assert count_records(with_aliases) == Counts(1, 1, 1)
    assert count_records(pairs("membership", [found], [MEMBER], alliances=([], alliances))) == Counts(1, 1, 1)
    assert count_records(pairs("membership", [MEMBER], [found])) == Counts(0, 1, 1)


def test_a_conference_named_as_place_of_founding_agrees_by_its_aliases() -> None:
    gold = {"name": "Lakes Compact", "founded_at": "Alpine Lakes Forum"}
    found = {"name": "Lakes Compact", "founded_at": "ALF"}
    conferences = [FORUM | {"aliases": ["ALF"]}]
    (pair,) = pairs("alliance", [gold], [found], conferences=(conferences, []))
    assert verdicts(pair)["founded_at"] == "right"
    assert verdicts(pairs("alliance", [gold], [found])[0])["founded_at"] == "wrong"


# --- site counts --------------------------------------------------------------------------------------------


def count(value: int, qualifier: str = "exact") -> dict[str, Any]:
    return {"value": value, "qualifier": qualifier}


PERU = {
    "holder": {"name": "Peru", "code": "PER"},
    "designation": "ramsar",
    "measure": "total",
    "count": count(14),
}


@pytest.mark.parametrize(
    ("gold", "found", "agree"),
    [
        ({"name": "Peru", "code": "PER"}, {"name": "the Peruvian republic", "code": "PER"}, True),
        ({"name": "Peru", "code": "PER"}, {"name": "Peru", "code": None}, True),
        ({"name": "Peru", "code": "PER"}, {"name": "Peru", "code": "BOL"}, False),
        ({"name": "Puno region", "code": None}, {"name": "Puno", "code": None}, True),
        ({"name": "Puno region", "code": None}, {"name": "Cusco region", "code": None}, False),
    ],
)
def test_holders(gold: dict[str, Any], found: dict[str, Any], agree: bool) -> None:
    assert slots("site_count", PERU | {"holder": gold}, PERU | {"holder": found}) == (
        (4, 4, 4) if agree else (0, 4, 4)
    )


@pytest.mark.parametrize(
    ("gold", "found", "paired"),
    [
        ({"count": count(14)}, {"count": count(14)}, True),
        ({"count": count(14)}, {"count": count(14, "about")}, True),
        ({"count": count(14)}, {"count": count(15)}, False),
        ({"share": 0.5}, {"share": 0.5}, True),
        ({"share": 0.33}, {"share": 0.3333}, True),
        ({"share": 0.5}, {"share": 0.3}, False),
        ({"rank": 2}, {"rank": 2}, True),
        ({"rank": 2}, {"count": count(2)}, False),
        ({"count": count(14), "rank": 2}, {"count": count(15), "rank": 2}, True),
    ],
)
def test_a_site_count_pairs_by_count_or_share_or_rank(gold: Any, found: Any, paired: bool) -> None:
    base = {key: value for key, value in PERU.items() if key != "count"}
    assert count_records(pairs("site_count", [base | gold], [base | found])).right == int(paired)


@pytest.mark.parametrize("change", [{"designation": "national"}, {"measure": "added"}])
def test_another_designation_or_measure_is_another_statement(change: dict[str, str]) -> None:
    assert slots("site_count", PERU, PERU | change) == (0, 4, 4)


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ({"cultural": 9, "natural": 5}, {"cultural": 9, "natural": 5}, (6, 6, 6)),
        ({"cultural": 9, "natural": 5}, {"cultural": 9, "natural": 4}, (5, 6, 6)),
        ({"cultural": 9, "natural": 5}, {"cultural": 9, "mixed": 5}, (5, 6, 6)),
        ({"cultural": 9}, None, (4, 4, 5)),
        ({"cultural": 0}, {"cultural": 0}, (5, 5, 5)),
    ],
)
def test_each_breakdown_entry_is_a_slot(gold: Any, found: Any, expected: tuple[int, int, int]) -> None:
    assert slots("site_count", PERU | {"breakdown": gold}, PERU | {"breakdown": found}) == expected


# --- what always holds --------------------------------------------------------------------------------------

_names = st.sampled_from(
    ["one two three four", "one two three four five", "one two three four five six", "other"]
)
_records = st.lists(
    st.fixed_dictionaries(
        {"name": _names},
        optional={"city": st.sampled_from(["Bled", "Como"]), "edition": st.integers(1, 2)},
    ),
    max_size=4,
)


def best_by_trying_all(gold: list[Any], found: list[Any]) -> int:
    """Right slots of the best assignment, by trying every one."""

    def right(g: Any, f: Any) -> int:
        if not texts_agree(g["name"], f["name"]):
            return 0
        return 1 + sum(bool(field in g and g[field] == f.get(field)) for field in ("city", "edition"))

    padded = found + [None] * len(gold)
    return max(
        sum(right(g, f) for g, f in zip(gold, p, strict=False) if f) for p in permutations(padded, len(gold))
    )


@settings(max_examples=60, deadline=None)
@given(_records, _records)
def test_no_other_assignment_has_more_right_slots(gold: list[Any], found: list[Any]) -> None:
    result = pairs("conference", gold, found)
    assert count_slots(s for pair in result for s in pair.slots).right == best_by_trying_all(gold, found)


@settings(max_examples=60, deadline=None)
@given(_records, _records)
def test_every_record_and_every_filled_slot_is_counted_once(gold: list[Any], found: list[Any]) -> None:
    result = pairs("conference", gold, found)
    records, counted = count_records(result), count_slots(s for pair in result for s in pair.slots)
    assert (records.gold, records.found) == (len(gold), len(found))
    assert (counted.gold, counted.found) == (sum(map(len, gold)), sum(map(len, found)))


@given(_records)
def test_gold_against_itself_is_perfect(gold: list[Any]) -> None:
    result = pairs("conference", gold, gold)
    assert count_slots(slot for pair in result for slot in pair.slots).f1 == 1.0
    assert count_records(result).f1 == 1.0
