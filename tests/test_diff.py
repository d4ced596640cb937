"""What is told when two runs differ, and what gold says of it."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from pipeline.diff import Change, Diff, diff_outputs, print_diff
from pipeline.score import Counts

FORUM = {"name": "Alpine Lakes Forum", "city": "Bled"}
FAIR = {"name": "Baltic Ports Fair", "city": "Riga"}


def run(folder: Path, *records: dict[str, Any], article: str = "a1.txt") -> Path:
    folder.mkdir(exist_ok=True)
    cited = [
        record | {"evidence": [{"field": f, "rule": f"rule.{f}", "quote": str(v)} for f, v in record.items()]}
        for record in records
    ]
    (folder / f"{article}.json").write_text(json.dumps({"conferences": cited}))
    return folder


def gold(folder: Path, *records: dict[str, Any], **marks: Any) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "a1.json").write_text(json.dumps({"conferences": records} | marks))
    return folder


def only(diff: Diff) -> Change:
    (change,) = diff.changes
    return change


def test_runs_that_are_the_same_differ_in_nothing(tmp_path: Path) -> None:
    assert diff_outputs(run(tmp_path / "a", FORUM, FAIR), run(tmp_path / "b", FAIR, FORUM)).changes == ()


@pytest.mark.parametrize(
    ("wanted", "judgement"), [((FORUM, FAIR), "better"), ((FORUM,), "worse"), (None, "")]
)
def test_a_record_that_appeared(tmp_path: Path, wanted: Any, judgement: str) -> None:
    golds = gold(tmp_path / "gold", *wanted) if wanted else None
    change = only(diff_outputs(run(tmp_path / "a", FORUM), run(tmp_path / "b", FORUM, FAIR), gold=golds))
    assert (change.what, change.record, change.judgement) == ("appeared", "Baltic Ports Fair", judgement)
    assert change.rules == ("rule.name",)


@pytest.mark.parametrize(("wanted", "judgement"), [((FORUM, FAIR), "worse"), ((FORUM,), "better")])
def test_a_record_that_vanished(tmp_path: Path, wanted: Any, judgement: str) -> None:
    golds = gold(tmp_path / "gold", *wanted)
    change = only(diff_outputs(run(tmp_path / "a", FORUM, FAIR), run(tmp_path / "b", FORUM), gold=golds))
    assert (change.what, change.judgement) == ("vanished", judgement)


@pytest.mark.parametrize(("city", "judgement"), [("Bled", "worse"), ("Como", "better"), ("Graz", "even")])
def test_a_value_that_changed(tmp_path: Path, city: str, judgement: str) -> None:
    golds = gold(tmp_path / "gold", FORUM | {"city": city})
    old, new = run(tmp_path / "a", FORUM), run(tmp_path / "b", FORUM | {"city": "Como"})
    change = only(diff_outputs(old, new, gold=golds))
    assert (change.what, change.judgement) == ("changed", judgement)
    assert [str(slot) for slot in change.slots] == ["city: Bled → Como"]
    assert change.rules == ("rule.city",)


def test_a_name_that_still_agrees_but_reads_otherwise_is_a_change(tmp_path: Path) -> None:
    old, new = run(tmp_path / "a", FORUM), run(tmp_path / "b", FORUM | {"name": "the Alpine Lakes Forum"})
    assert [slot.field for slot in only(diff_outputs(old, new)).slots] == ["name"]


def test_an_article_that_only_one_run_has_is_a_change_of_its_records(tmp_path: Path) -> None:
    old, new = run(tmp_path / "a", FORUM), run(tmp_path / "b", FORUM)
    run(old, FAIR, article="a2.txt")
    change = only(diff_outputs(old, new))
    assert (change.article, change.what) == ("a2.txt", "vanished")


def test_a_draft_judges_nothing(tmp_path: Path) -> None:
    golds = gold(tmp_path / "gold", FORUM, draft=True)
    diff = diff_outputs(run(tmp_path / "a"), run(tmp_path / "b", FORUM), gold=golds)
    assert (only(diff).judgement, diff.new) == ("", None)


def test_changes_are_counted_by_rule_and_scored_before_and_after(tmp_path: Path) -> None:
    golds = gold(tmp_path / "gold", FORUM, FAIR)
    diff = diff_outputs(run(tmp_path / "a", FORUM), run(tmp_path / "b", FORUM, FAIR), gold=golds)
    assert diff.by_rule() == {"rule.name": {"appeared": 1, "better": 1}}
    assert diff.old is not None and diff.new is not None
    assert (diff.old.slots(), diff.new.slots()) == (Counts(2, 2, 4), Counts(4, 4, 4))
    assert json.loads(json.dumps(diff.to_json()))["changes"][0]["what"] == "appeared"


def test_a_diff_reads_like_this(tmp_path: Path) -> None:
    golds = gold(tmp_path / "gold", FORUM)
    old, new = run(tmp_path / "a", FORUM | {"city": "Como"}), run(tmp_path / "b", FORUM)
    text = StringIO()
    print_diff(diff_outputs(old, new, gold=golds), Console(file=text, width=100))
    lines = text.getvalue().splitlines()
    assert lines[:2] == [
        "a1.txt  conference  changed  better  Alpine Lakes Forum  [rule.city]",
        "    city: Como → Bled",
    ]
    assert lines[-1] == "slot F1 overall: 0.5000 → 1.0000 (+0.5000)"
