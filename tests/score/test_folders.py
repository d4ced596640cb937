"""Folders of gold and output files: which files belong together, and what is counted when one is absent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import DataFileError, GoldError
from pipeline.score import Counts, report_errors, score_folders

FORUM = {"name": "Alpine Lakes Forum", "city": "Bled", "start_date": "2021-06-03"}


def write(folder: Path, name: str, *conferences: Any, **more: Any) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"conferences": conferences} | more), encoding="utf-8")


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    return folder


@pytest.fixture
def found(tmp_path: Path) -> Path:
    folder = tmp_path / "found"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("name", ["a1.json", "a1.txt.json", "a1.html.json", "a1.md.json"])
def test_an_output_is_named_after_its_article_with_or_without_suffix(
    gold: Path, found: Path, name: str
) -> None:
    write(gold, "news/a1.json", FORUM)
    write(found, f"news/{name}", FORUM)
    assert score_folders(gold, found).slots() == Counts(3, 3, 3)


def test_gold_may_bear_the_articles_suffix_itself(gold: Path, found: Path) -> None:
    write(gold, "a1.txt.json", FORUM)
    write(gold, "a1.html.json")
    write(found, "a1.txt.json", FORUM)
    write(found, "a1.html.json")
    assert score_folders(gold, found).slots() == Counts(3, 3, 3)


def test_gold_that_stands_for_two_outputs_is_an_error(gold: Path, found: Path) -> None:
    write(gold, "a1.json", FORUM)
    write(found, "a1.txt.json", FORUM)
    write(found, "a1.html.json", FORUM)
    with pytest.raises(GoldError, match=r"a1\.json.*a1\.html\.json, a1\.txt\.json"):
        score_folders(gold, found)


def test_gold_without_output_is_all_missed_and_named(gold: Path, found: Path) -> None:
    write(gold, "a1.json", FORUM)
    report = score_folders(gold, found)
    assert report.slots() == Counts(0, 0, 3)
    assert report.records().f1 == 0.0
    assert report.missing == ("a1",)


def test_output_without_gold_is_not_scored(gold: Path, found: Path) -> None:
    write(gold, "a1.json", FORUM)
    write(found, "a1.json", FORUM)
    write(found, "a2.json", FORUM)
    write(found, "manifest.json", FORUM)
    assert score_folders(gold, found).slots() == Counts(3, 3, 3)


@pytest.mark.parametrize(("name", "mark"), [("a2.json", {"draft": True}), ("a2.draft.json", {})])
def test_a_draft_is_no_gold(gold: Path, found: Path, name: str, mark: dict[str, Any]) -> None:
    write(gold, "a1.json", FORUM)
    write(gold, name, FORUM, **mark)
    assert score_folders(gold, found).slots().gold == 3


def test_a_folder_with_nothing_but_drafts_holds_no_gold(gold: Path, found: Path) -> None:
    write(gold, "a1.json", draft=True)
    with pytest.raises(GoldError, match="no gold file"):
        score_folders(gold, found)


def test_an_absent_folder_is_named(gold: Path, tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="nowhere: no such folder"):
        score_folders(gold, tmp_path / "nowhere")


@pytest.mark.parametrize("content", ["{", "[]", '{"conferences": {}}', '{"conferences": ["x"]}'])
def test_a_broken_file_is_named(gold: Path, found: Path, content: str) -> None:
    write(gold, "a1.json", FORUM)
    (found / "a1.json").write_text(content)
    with pytest.raises(GoldError, match=r"a1\.json: "):
        score_folders(gold, found)


def test_types_can_be_chosen(gold: Path, found: Path) -> None:
    write(gold, "a1.json", FORUM, alliances=[{"name": "Lakes Compact"}])
    assert score_folders(gold, found, types=["alliance"]).slots().gold == 1
    assert score_folders(gold, found, types=["conferences"]).types == ("conference",)
    with pytest.raises(DataFileError, match="no record type party"):
        score_folders(gold, found, types=["party"])


def test_figures_are_pooled_over_articles_and_types(gold: Path, found: Path) -> None:
    write(gold, "a1.json", FORUM)
    write(gold, "a2.json", alliances=[{"name": "Lakes Compact", "kind": "treaty"}])
    write(found, "a1.json", FORUM | {"city": "Como"})
    write(found, "a2.json", alliances=[{"name": "Lakes Compact", "kind": "treaty"}])
    report = score_folders(gold, found)
    assert report.slots() == Counts(right=4, found=5, gold=5)
    assert report.slots().f1 == pytest.approx(0.8)
    assert report.fields("conference")["city"] == Counts(0, 1, 1)
    assert report.to_json()["types"]["alliance"]["slots"]["f1"] == 1.0


def test_the_interval_holds_the_figure_and_is_the_same_each_time(gold: Path, found: Path) -> None:
    for number in range(12):
        write(gold, f"a{number}.json", FORUM)
        write(found, f"a{number}.json", FORUM | ({"city": "Como"} if number % 3 else {}))
    report = score_folders(gold, found)
    low, high = report.interval()
    assert low < report.slots().f1 < high
    assert report.interval() == (low, high)


def test_errors_name_article_field_values_quote_and_rule(gold: Path, found: Path) -> None:
    evidence = [
        {"field": "name", "quote": "the Alpine Lakes Forum", "rule": "name.head"},
        {"field": "city", "quote": "in Como", "rule": "place.in"},
    ]
    write(gold, "a1.json", FORUM)
    write(found, "a1.json", {"name": FORUM["name"], "city": "Como", "kind": "forum", "evidence": evidence})
    wrong, extra, missed = sorted(report_errors(score_folders(gold, found)), key=lambda e: e.field)
    assert (wrong.article, wrong.kind, wrong.field, wrong.gold, wrong.found) == (
        "a1",
        "WRONG",
        "city",
        "Bled",
        "Como",
    )
    assert (wrong.rules, wrong.quotes) == (("place.in",), ("in Como",))
    assert (extra.kind, extra.field) == ("EXTRA", "kind")
    assert (missed.kind, missed.field, missed.gold) == ("MISS", "start_date", "2021-06-03")


def test_of_many_quotes_for_a_list_the_one_for_the_element_is_told(gold: Path, found: Path) -> None:
    evidence = [
        {"field": "attending_countries", "quote": "Brazilian officials", "rule": "officials"},
        {"field": "attending_countries", "quote": "Viet Nam", "rule": "list"},
    ]
    write(gold, "a1.json", {"name": "Ports Fair", "attending_countries": ["VNM"]})
    write(
        found, "a1.json", {"name": "Ports Fair", "attending_countries": ["VNM", "BRA"], "evidence": evidence}
    )
    (extra,) = report_errors(score_folders(gold, found))
    assert (extra.kind, extra.found, extra.rules) == ("EXTRA", "BRA", ("officials",))


def test_whole_records_are_told_with_all_their_values(gold: Path, found: Path) -> None:
    evidence = [{"field": "name", "quote": "Ports Fair", "rule": "name.head"}]
    write(gold, "a1.json", FORUM)
    write(found, "a1.json", {"name": "Baltic Ports Fair", "evidence": evidence})
    missed, extra = report_errors(score_folders(gold, found))
    assert (missed.kind, missed.field, missed.record) == ("MISS", "*", "Alpine Lakes Forum")
    assert missed.gold == "name=Alpine Lakes Forum; start_date=2021-06-03; city=Bled"
    assert (extra.kind, extra.found, extra.rules) == ("EXTRA", "name=Baltic Ports Fair", ("name.head",))
