"""How often a rule was right, and what happens when a score falls below its floor."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import pytest

from pipeline.base import Count, CountryCode, EdtfDate, Record
from pipeline.errors import DataFileError, SettingsError
from pipeline.score import Report, score_article
from pipeline.score.derive import derive_spec, specs_of
from pipeline.score.files import Scored
from pipeline.score.floors import (
    Floors,
    lowered,
    measure_floors,
    parse_floors,
    read_floors,
    shortfalls,
    write_floors,
)
from pipeline.score.rules import NO_RULE, score_rules
from pipeline.score.spec import read_specs, select

FORUM = {"name": "Alpine Lakes Forum", "city": "Bled", "start_date": "2021-06-03"}


def report(gold: dict[str, Any], found: dict[str, Any] | None) -> Report:
    specs = read_specs()
    return Report(specs, (score_article(Scored("a1", gold, found), specs),))


def cited(record: dict[str, Any], **rules: str) -> dict[str, Any]:
    return record | {
        "evidence": [{"field": f, "rule": rule, "quote": str(record[f])} for f, rule in rules.items()]
    }


def test_a_rule_is_right_as_often_as_its_slots_are() -> None:
    found = cited(FORUM | {"city": "Como"}, name="head", city="place", start_date="place")
    scores = {s.rule: s for s in score_rules(report({"conferences": [FORUM]}, {"conferences": [found]}))}
    assert (scores["head"].right, scores["head"].found) == (1, 1)
    assert (scores["place"].right, scores["place"].found, scores["place"].precision) == (1, 2, 0.5)
    assert scores["place"].wrong_fields == {"conference.city": 1}


def test_a_record_that_gold_does_not_have_counts_against_all_its_rules() -> None:
    scores = score_rules(report({"conferences": []}, {"conferences": [cited(FORUM, name="head")]}))
    assert {(s.rule, s.right, s.found) for s in scores} == {("head", 0, 1), (NO_RULE, 0, 2)}


def test_a_missed_slot_is_no_rules_fault() -> None:
    found = cited({"name": FORUM["name"]}, name="head")
    (score,) = score_rules(report({"conferences": [FORUM]}, {"conferences": [found]}))
    assert (score.rule, score.precision) == ("head", 1.0)


def test_floors_of_a_command_line() -> None:
    assert parse_floors(["0.8", "conference=0.9"]) == {"overall": 0.8, "conference": 0.9}


@pytest.mark.parametrize("text", ["high", "1.2", "conference=", "conference=-1"])
def test_a_floor_that_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="number from 0 to 1"):
        parse_floors([text])


def test_what_lies_below_its_floor_is_told() -> None:
    result = report({"conferences": [FORUM]}, {"conferences": [FORUM | {"city": "Como"}]})
    (short,) = shortfalls(result, {"overall": 0.5, "conference": 0.7, "alliance": 1.0})
    assert str(short) == "conference: slot F1 0.6667 is below its floor of 0.7000"


def test_a_floor_that_is_just_reached_holds() -> None:
    result = report({"conferences": [FORUM]}, {"conferences": [FORUM | {"city": "Como"}]})
    assert shortfalls(result, measure_floors(result, "d").slot_f1) == []


def test_a_floor_for_a_type_that_was_not_scored_is_an_error() -> None:
    with pytest.raises(SettingsError, match="party"):
        shortfalls(report({}, {}), {"party": 0.5})


def test_floors_come_back_from_their_file(tmp_path: Path) -> None:
    floors = measure_floors(
        report({"conferences": [FORUM]}, {"conferences": [FORUM | {"city": "Como"}]}), "d1"
    )
    assert floors.items == {"a1/conference": 0.6666}
    write_floors(tmp_path / "floors.json", floors)
    assert read_floors(tmp_path / "floors.json") == floors
    assert read_floors(tmp_path / "none.json") == Floors()


def test_a_broken_file_of_floors_is_named(tmp_path: Path) -> None:
    (tmp_path / "floors.json").write_text('{"slot_f1": {"overall": "high"}}')
    with pytest.raises(SettingsError, match=r"floors\.json"):
        read_floors(tmp_path / "floors.json")


def test_lowering_is_seen_by_figure_and_by_article() -> None:
    old = Floors(
        slot_f1={"overall": 0.9, "alliance": 0.5}, items={"a1/conference": 1.0, "a2/conference": 0.5}
    )
    new = Floors(
        slot_f1={"overall": 0.8, "alliance": 0.6}, items={"a1/conference": 0.9, "a3/conference": 0.1}
    )
    assert [(s.name, s.floor, s.f1) for s in lowered(old, new)] == [
        ("overall", 0.9, 0.8),
        ("a1/conference", 1.0, 0.9),
    ]


# --- record types that are scored ---------------------------------------------------------------------------


def test_a_key_that_is_no_slot_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "types.toml").write_text('[pacts]\nkey = ["name"]\n[pacts.slots]\ntitle = "exact"\n')
    with pytest.raises(DataFileError, match=r"types\.toml.*pacts.*name"):
        read_specs(tmp_path / "types.toml")


def test_an_unknown_comparison_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "types.toml").write_text('[pacts]\nkey = ["name"]\n[pacts.slots]\nname = "fuzzy"\n')
    with pytest.raises(DataFileError, match=r"slot name: unknown comparison 'fuzzy'"):
        read_specs(tmp_path / "types.toml")


def test_types_are_selected_by_either_name() -> None:
    assert [spec.title for spec in select(read_specs(), ["alliances", "site_count"])] == [
        "alliance",
        "site_count",
    ]


class Sanction(Record):
    """A record type that is in no scoring file."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: Literal["embargo", "freeze"]
    target: CountryCode | None = None
    imposed: EdtfDate | None = None
    imposed_by: tuple[str, ...] = ()
    against: tuple[CountryCode, ...] = ()
    amount: Count | None = None
    parts: dict[str, int] | None = None
    basis: str | None = None


def sanctions(schema: type[Record] = Sanction) -> Any:
    return SimpleNamespace(kind="sanction", plural="sanctions", schema=schema)


def test_a_new_record_type_is_scored_as_its_schema_has_it() -> None:
    spec = derive_spec(sanctions())
    assert {slot.field: slot.compare for slot in spec.slots} == {
        "name": "own_name",
        "kind": "exact",
        "target": "exact",
        "imposed": "exact",
        "imposed_by": "names",
        "against": "codes",
        "amount": "count",
        "parts": "entries",
        "basis": "name",
    }
    assert [slot.field for slot in spec.key] == ["name"]


def test_without_a_name_the_key_is_what_a_record_must_have() -> None:
    class Visit(Record):
        guest: str
        host: str
        day: EdtfDate | None = None

    assert [slot.field for slot in derive_spec(sanctions(Visit)).key] == ["guest", "host"]


def test_types_of_the_scoring_file_keep_their_rules() -> None:
    types = [sanctions(), SimpleNamespace(kind="alliance", plural="alliances", schema=Sanction)]
    assert [spec.title for spec in specs_of(types)] == ["alliance", "sanction"]
    assert specs_of(types)[0] == select(read_specs(), ["alliance"])[0]
