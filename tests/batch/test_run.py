"""Many articles: one file each, one line for each that broke, and no article is another's concern."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch import FAILURES, STATE, Done, Failure, Outcome, Summary, Unchanged, run
from pipeline.errors import ReadError
from pipeline.settings import Settings

IDS = ["a", "b", "north/c", "north/d"]
BROKEN = "this is a defect"


def names(bench: Any) -> set[str]:
    return {name.removesuffix(".json") for name in bench.outputs}


def test_every_article_has_its_file_and_the_run_its_figures(bench: Any) -> None:
    summary = bench.run()
    assert names(bench) == set(IDS)
    assert (summary.articles, summary.records["words"], summary.failures) == (4, 6, 0)


def test_a_broken_article_leaves_the_others_byte_for_byte_the_same(bench: Any) -> None:
    bench.run()
    before = bench.outputs
    bench.write({"aa.txt": BROKEN, "north/zz.txt": BROKEN})
    assert bench.run().failures == 2
    assert [failure["article"] for failure in bench.failures] == ["aa", "north/zz"]
    after = bench.outputs
    del after[FAILURES]
    assert after == before


def test_a_defect_of_the_program_is_told_with_stage_and_traceback(bench: Any) -> None:
    bench.write({"a.txt": BROKEN})
    bench.run()
    (failure,) = bench.failures
    assert "in defect" in failure.pop("traceback")
    assert failure == {
        "article": "a",
        "kind": "ZeroDivisionError",
        "stage": "find",
        "message": "unlucky number",
    }


def test_an_article_that_cannot_be_read_is_no_defect(bench: Any) -> None:
    bench.write({"b.txt": ""})
    bench.run()
    (failure,) = bench.failures
    assert (failure["article"], failure["kind"], failure["stage"]) == ("b", "ReadError", "read")
    assert failure["traceback"] is None and "no text" in failure["message"]


def test_a_failed_article_keeps_no_file_of_an_earlier_run(bench: Any) -> None:
    bench.run()
    bench.write({"a.txt": BROKEN})
    bench.run()
    assert names(bench) == {"b", "north/c", "north/d", FAILURES}


def test_a_run_without_failures_leaves_no_list_of_them(bench: Any) -> None:
    bench.write({"a.txt": BROKEN})
    bench.run()
    bench.write({"a.txt": "sun"})
    bench.run()
    assert names(bench) == set(IDS)


def test_files_that_differ_in_their_ending_have_files_of_their_own(bench: Any) -> None:
    bench.write({"a.html": "<p>wind</p>"})
    summary = bench.run()
    assert (names(bench), summary.failures) == ({"a.html", "a.txt", *IDS[1:]}, 0)


def test_of_two_articles_with_one_id_the_second_fails(bench: Any, tmp_path: Path) -> None:
    bench.write({"other/a.txt": "fog"})
    summary = bench.run(inputs=[bench.articles / "a.txt", bench.articles / "other" / "a.txt"])
    assert summary.articles == 2 and json.loads(bench.outputs["a.json"])["words"] == ["rain"]
    (failure,) = bench.failures
    assert failure["article"] == "a" and str(Path("other", "a.txt")) in failure["message"]


def test_a_path_that_cannot_be_read_at_all_is_refused_before_the_first_article(bench: Any) -> None:
    with pytest.raises(ReadError, match="nowhere"):
        bench.run(inputs=[bench.articles, bench.folder / "nowhere"])
    assert not bench.output.exists()


@pytest.mark.parametrize("name", ["x" * 251, "two\nlines", "caf\udce9", "<script>'\"", ".hidden", "100%"])
def test_odd_names_of_files(name: str, bench: Any) -> None:
    """Each has its file of records, whatever it is called, of a name that is safe."""
    bench.write({f"{name}.txt": "fog"})
    summary = bench.run()
    assert (summary.articles, summary.failures) == (5, 0)
    (odd,) = names(bench) - set(IDS)
    assert odd.isprintable() and not set(odd) & set('<>"\n') and not odd.startswith(".")
    assert json.loads(bench.outputs[f"{odd}.json"])["words"] == ["fog"]


def test_outcomes_are_told_as_they_come(bench: Any) -> None:
    told: list[Outcome] = []
    for _ in range(2):
        run([bench.articles], bench.output, None, told.append, factory=bench.words)
    assert sorted(outcome.article for outcome in told) == sorted(IDS * 2)
    assert [type(outcome) for outcome in told] == [Done] * 4 + [Unchanged] * 4


def test_summary_counts() -> None:
    summary = Summary()
    summary.add(Done("a", {"pledges": 2}, 1))
    summary.add(Done("b", {"pledges": 1}, 0))
    summary.add(Failure("c", "ReadError", "read", "is empty"))
    assert (summary.articles, summary.records["pledges"], summary.warnings) == (3, 3, 1)
    assert summary.failures == 1


def test_the_real_extractor_in_a_worker(tmp_path: Path, record_folder: Path) -> None:
    """A further record type, a choice of types, a failure with its stage."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Norway pledged 12 million dollars.")
    (tmp_path / "in" / "b.txt").write_text("Iceland pledged 13 million dollars.")
    chosen = Settings(record_folders=(record_folder,), record_types=("pledge",))
    summary = run([tmp_path / "in"], tmp_path / "out", chosen)
    written = json.loads((tmp_path / "out" / "a.json").read_bytes())
    assert list(written) == ["schema_version", "article", "pledges", "warnings", "provenance"]
    assert (summary.records["pledges"], summary.failures) == (1, 1)
    failure = json.loads((tmp_path / "out" / FAILURES).read_text())
    assert (failure["article"], failure["kind"], failure["stage"]) == ("b", "ZeroDivisionError", "build")
    assert not list((tmp_path / "out" / STATE).rglob("journal*"))


@pytest.mark.parametrize("where", ["out", "."])
def test_what_a_run_writes_is_no_input_of_the_next(where: str, bench: Any) -> None:
    """Even where outputs lie below the articles, or beside them: failures.jsonl is a stream by its name."""
    bench.write({"empty.txt": ""})
    output = bench.articles / where
    first, second = (run([bench.articles], output, factory=bench.words) for _ in range(2))
    assert (first.articles, second.articles, second.unchanged) == (5, 5, 5)
    assert (output / FAILURES).exists() and (output / "north" / "c.json").exists()


def test_streams_are_inputs(bench: Any) -> None:
    lines = ['{"id": "x1", "body": "fog and rain"}', '{"id": "x2", "body": "hail"}', '{"id": "x3"}']
    bench.write({"news.jsonl": "\n".join(lines)})
    first, second = bench.run(), bench.run()
    assert (first.articles, second.unchanged) == (7, 7)
    assert {"news.jsonl!/x1.json", "news.jsonl!/x2.json"} <= bench.outputs.keys()
