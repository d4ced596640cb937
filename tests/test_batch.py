"""Many articles: one file each, one line for each that broke, and no article is another's concern."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch import FAILURES, Done, Failure, Outcome, Summary, run
from pipeline.errors import ReadError
from pipeline.settings import Settings

ARTICLES = {
    "b.txt": "Norway pledged 12 million dollars.",
    "a.txt": "It rained all day.",
    "north/b.txt": "Sweden pledged 3 million dollars.",
    "north/c.txt": "Sweden pledged 4 million dollars.",
}
IDS = ["a", "b", "north/b", "north/c"]
BROKEN = "Iceland pledged 13 million dollars."


def write_articles(folder: Path, articles: dict[str, str]) -> Path:
    for name, text in articles.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def failures(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / FAILURES).read_text().splitlines()]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles", ARTICLES)


def test_every_article_has_its_file_with_or_without_records(
    articles: Path, tmp_path: Path, settings: Settings
) -> None:
    summary = run([articles], tmp_path / "out", settings)
    assert set(files(tmp_path / "out")) == {f"{name}.json" for name in IDS}
    assert (summary.articles, summary.records["pledges"], summary.failures) == (4, 3, [])
    empty = json.loads((tmp_path / "out" / "a.json").read_bytes())
    assert empty["pledges"] == empty["warnings"] == []


def test_a_broken_article_leaves_the_others_byte_for_byte_the_same(
    articles: Path, tmp_path: Path, settings: Settings
) -> None:
    run([articles], tmp_path / "without", settings)
    write_articles(articles, {"aa.txt": BROKEN, "north/zz.txt": BROKEN})
    summary = run([articles], tmp_path / "with", settings)
    after = files(tmp_path / "with")
    assert [failure["article"] for failure in failures(tmp_path / "with")] == ["aa", "north/zz"]
    assert len(summary.failures) == 2
    del after[FAILURES]
    assert after == files(tmp_path / "without")


def test_a_defect_of_the_program_is_told_with_stage_and_traceback(tmp_path: Path, settings: Settings) -> None:
    articles = write_articles(tmp_path / "articles", {"a.txt": BROKEN})
    run([articles], tmp_path / "out", settings)
    (failure,) = failures(tmp_path / "out")
    assert "in build" in failure.pop("traceback")
    assert failure == {
        "article": "a",
        "kind": "ZeroDivisionError",
        "stage": "build",
        "message": "unlucky number",
    }


def test_an_article_that_cannot_be_read_is_no_defect(tmp_path: Path, settings: Settings) -> None:
    articles = write_articles(tmp_path / "articles", {"a.txt": "It rained.", "b.txt": ""})
    (articles / "b.txt").write_bytes(b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00" + bytes(range(256)) * 4)
    run([articles], tmp_path / "out", settings)
    (failure,) = failures(tmp_path / "out")
    assert (failure["article"], failure["kind"], failure["stage"]) == ("b", "ReadError", "read")
    assert failure["traceback"] is None and "b.txt" in failure["message"]


def test_a_failed_article_keeps_no_file_of_an_earlier_run(tmp_path: Path, settings: Settings) -> None:
    articles = write_articles(tmp_path / "articles", {"a.txt": ARTICLES["b.txt"]})
    run([articles], tmp_path / "out", settings)
    write_articles(articles, {"a.txt": BROKEN})
    run([articles], tmp_path / "out", settings)
    assert set(files(tmp_path / "out")) == {FAILURES}


def test_a_run_without_failures_leaves_no_list_of_them(tmp_path: Path, settings: Settings) -> None:
    articles = write_articles(tmp_path / "articles", {"a.txt": BROKEN})
    run([articles], tmp_path / "out", settings)
    write_articles(articles, {"a.txt": ARTICLES["b.txt"]})
    run([articles], tmp_path / "out", settings)
    assert set(files(tmp_path / "out")) == {"a.json"}


def test_files_that_differ_in_their_ending_have_files_of_their_own(
    tmp_path: Path, settings: Settings
) -> None:
    html = "<html><body><p>Norway pledged 5 million dollars.</p></body></html>"
    articles = write_articles(tmp_path / "articles", {"a.txt": ARTICLES["b.txt"], "a.html": html})
    summary = run([articles], tmp_path / "out", settings)
    assert (len(files(tmp_path / "out")), summary.articles, summary.failures) == (2, 2, [])


def test_of_two_articles_with_one_name_the_second_fails(tmp_path: Path, settings: Settings) -> None:
    first = write_articles(tmp_path / "one", {"a.txt": ARTICLES["b.txt"]})
    second = write_articles(tmp_path / "two", {"a.txt": ARTICLES["a.txt"]})
    run([first, second], tmp_path / "out", settings)
    written = json.loads((tmp_path / "out" / "a.json").read_bytes())
    assert len(written["pledges"]) == 1
    (failure,) = failures(tmp_path / "out")
    assert str(second / "a.txt") in failure["message"] and str(first / "a.txt") in failure["message"]


def test_a_path_that_cannot_be_read_at_all_is_refused_before_the_first_article(
    articles: Path, tmp_path: Path, settings: Settings
) -> None:
    with pytest.raises(ReadError, match="nowhere"):
        run([articles, tmp_path / "nowhere"], tmp_path / "out", settings)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["x" * 251, "two\nlines", "caf\udce9", "<script>'\""])
def test_odd_names_of_files(name: str, tmp_path: Path, settings: Settings) -> None:
    """Each ends in a file of records or in a failure of its own; the latter if it is too long for ".json"."""
    articles = write_articles(
        tmp_path / "articles", {"b.txt": ARTICLES["b.txt"], f"{name}.txt": "It rained."}
    )
    summary = run([articles], tmp_path / "out", settings)
    told = {failure.article for failure in summary.failures}
    written = {path.name.removesuffix(".json") for path in (tmp_path / "out").glob("*.json")}
    assert told | written == {"b", name.encode("utf-8", "backslashreplace").decode()}
    assert told == ({name} if len(name) > 250 else set())


def test_only_the_record_types_asked_for_are_written(
    articles: Path, tmp_path: Path, record_folder: Path
) -> None:
    chosen = Settings(record_folders=(record_folder,), record_types=("pledge",))
    run([articles], tmp_path / "out", chosen)
    written = json.loads((tmp_path / "out" / "b.json").read_bytes())
    assert list(written) == ["schema_version", "article", "pledges", "warnings", "provenance"]


def test_outcomes_are_told_as_they_come(articles: Path, tmp_path: Path, settings: Settings) -> None:
    told: list[tuple[Outcome, int]] = []
    run([articles], tmp_path / "out", settings, lambda outcome, total: told.append((outcome, total)))
    assert sorted((outcome.article, total) for outcome, total in told) == [(name, len(IDS)) for name in IDS]


def test_summary_counts() -> None:
    summary = Summary()
    summary.add(Done("a", {"pledges": 2}, 1))
    summary.add(Done("b", {"pledges": 1}, 0))
    summary.add(Failure("c", "ReadError", "read", "is empty"))
    assert (summary.articles, summary.records["pledges"], summary.warnings) == (3, 3, 1)
    assert [failure.article for failure in summary.failures] == ["c"]
