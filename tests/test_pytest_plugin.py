"""The pytest plugin on a folder of gold files, with an extractor that is not the real one."""

from __future__ import annotations

import json
from importlib.metadata import entry_points
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline import regression
from pipeline.base import Record
from pipeline.errors import ReadError

pytest_plugins = ["pytester"]

INSTALLED = any(entry.value == "pipeline.pytest_plugin" for entry in entry_points(group="pytest11"))
# Hypothesis would be imported anew in each run: two seconds a test.
PLUGIN = ("-p", "no:hypothesispytest", *(() if INSTALLED else ("-p", "pipeline.pytest_plugin")))
FORUM = {"name": "Alpine Lakes Forum", "kind": "forum", "city": "Bled", "status": "held"}


class Forum(Record):
    """A conference in miniature."""

    name: str
    kind: str = ""
    city: str | None = None
    status: str = ""


class Echo:
    """Takes an article's text for its records, so that a test says by the article what is extracted."""

    types: Any = (SimpleNamespace(kind="conference", plural="conferences", schema=Forum),)
    selected: Any = (*types, SimpleNamespace(kind="alliance", plural="alliances", schema=Forum))

    def __init__(self, settings: Any) -> None:
        pass

    def read(self, path: Path, article_id: str) -> Any:
        try:
            return json.loads(path.read_text())
        except ValueError as error:
            raise ReadError(f"{article_id}: this is no article") from error

    def content(self, result: Any) -> dict[str, Any]:
        return {"conferences": result}


class Corpus:
    """A corpus in a temporary folder, and pytest run on it."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self.pytester = pytester
        self.gold, self.articles = pytester.mkdir("gold"), pytester.mkdir("articles")

    def add(self, name: str, gold: list[Any], extracted: Any) -> None:
        (self.gold / f"{name}.json").write_text(json.dumps({"conferences": gold}))
        text = extracted if isinstance(extracted, str) else json.dumps(extracted)
        (self.articles / f"{name}.txt").write_text(text)

    def run(self, *options: str) -> pytest.RunResult:
        folders = ["--communique-gold", str(self.gold), "--communique-articles", str(self.articles)]
        return self.pytester.runpytest_inprocess(*PLUGIN, *folders, *options)

    @property
    def floors(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.pytester.path / "floors.json").read_text())
        return content


@pytest.fixture
def corpus(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    monkeypatch.setattr(regression, "Extractor", Echo)
    return Corpus(pytester)


def test_an_item_for_each_article_and_record_type(corpus: Corpus) -> None:
    corpus.add("a1", [FORUM], [FORUM])
    corpus.add("a2", [], [])
    result = corpus.run("-v")
    result.assert_outcomes(passed=4)
    result.stdout.fnmatch_lines(["*a1::conference PASSED*", "*a2::alliance PASSED*"])


def test_items_are_selected_like_any_test(corpus: Corpus) -> None:
    corpus.add("a1", [FORUM], [FORUM])
    corpus.add("a2", [FORUM], "broken")
    corpus.run("-k", "a1 and conference").assert_outcomes(passed=1, deselected=3)


def test_a_failure_is_a_table_of_field_gold_found_quote_and_rule(corpus: Corpus) -> None:
    evidence = [{"field": "city", "quote": "in Como", "rule": "place.in"}]
    corpus.add("a1", [FORUM], [FORUM | {"city": "Como", "evidence": evidence}])
    result = corpus.run()
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "slot F1 0.7500 is below 1.0000",
            "*field*gold*found*quote*rule",
            "Alpine Lakes Forum",
            "*WRONG*city*Bled*Como*in Como*place.in",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_an_article_that_cannot_be_read_fails_with_its_stage(corpus: Corpus) -> None:
    corpus.add("a1", [FORUM], "broken")
    result = corpus.run()
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*a1.txt: this is no article"])


def test_gold_without_article_fails(corpus: Corpus) -> None:
    corpus.add("a1", [FORUM], [FORUM])
    (corpus.articles / "a1.txt").unlink()
    corpus.run().assert_outcomes(failed=2)


@pytest.mark.parametrize("missing", ["--communique-gold", "--communique-articles"])
def test_both_folders_are_needed(pytester: pytest.Pytester, corpus: Corpus, missing: str) -> None:
    given = {"--communique-gold", "--communique-articles"} - {missing}
    result = pytester.runpytest_inprocess(*PLUGIN, given.pop(), str(corpus.gold))
    assert result.ret == pytest.ExitCode.USAGE_ERROR


def test_without_the_options_nothing_is_added(pytester: pytest.Pytester, corpus: Corpus) -> None:
    corpus.add("a1", [FORUM], "broken")
    assert pytester.runpytest_inprocess(*PLUGIN).ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_floors_are_written_and_then_held(corpus: Corpus) -> None:
    corpus.add("a1", [FORUM, FORUM | {"name": "Baltic Ports Fair"}], [FORUM])
    corpus.run("--update-floors").assert_outcomes(passed=3)
    assert corpus.floors["slot_f1"]["conference"] == pytest.approx(0.6666)
    assert corpus.floors["items"] == {"a1/conference": pytest.approx(0.6666)}
    corpus.run().assert_outcomes(passed=3)


def test_what_has_no_floor_yet_has_to_be_perfect(corpus: Corpus) -> None:
    corpus.add("a1", [FORUM], [FORUM])
    corpus.run("--update-floors")
    corpus.add("a2", [FORUM], [FORUM | {"city": "Como"}])
    result = corpus.run("-k", "a2")
    result.stdout.fnmatch_lines(["slot F1 0.7500 is below 1.0000"])


def test_a_score_below_its_floor_fails_by_article_and_overall(corpus: Corpus) -> None:
    corpus.add("a1", [FORUM], [FORUM])
    corpus.run("--update-floors")
    corpus.add("a1", [FORUM], [FORUM | {"city": "Como"}])
    result = corpus.run()
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(
        ["conference: slot F1 0.7500 is below its floor of 1.0000", "*another corpus*"]
    )


def test_floors_are_not_lowered_without_a_flag(corpus: Corpus) -> None:
    corpus.add("a1", [FORUM], [FORUM])
    corpus.run("--update-floors").assert_outcomes(passed=3)
    corpus.add("a1", [FORUM], [FORUM | {"city": "Como"}])
    corpus.run("--update-floors").assert_outcomes(passed=1, failed=2)
    assert corpus.floors["slot_f1"]["overall"] == 1.0
    corpus.run("--update-floors", "--lower-floors").assert_outcomes(passed=3)
    assert corpus.floors["slot_f1"]["overall"] == 0.75


def test_floors_of_another_corpus_are_refused(corpus: Corpus) -> None:
    corpus.add("a1", [FORUM], [FORUM])
    corpus.run("--update-floors")
    corpus.add("a2", [], [])
    result = corpus.run()
    result.assert_outcomes(passed=4, failed=1)
    result.stdout.fnmatch_lines(["*floors.json: measured on another corpus; run with --update-floors"])
