"""What is done again and what is not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch import FAILURES, STATE, Plan
from pipeline.batch.manifest import ManifestError

ALL = ["a", "b", "north/c", "north/d"]


def times(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]}


def test_a_rerun_without_changes_extracts_nothing_and_writes_nothing(bench: Any) -> None:
    bench.write({"bad.txt": "defect", "empty.txt": ""})
    first = bench.run()
    before = times(bench.output)
    second = bench.run()
    assert bench.extracted == []
    assert times(bench.output) == before
    assert (second.articles, second.records, second.failures) == (
        first.articles,
        first.records,
        first.failures,
    )
    assert second.unchanged == second.articles == 6


def test_only_the_article_that_changed_is_done_again(bench: Any) -> None:
    bench.run()
    bench.write({"b.txt": "hail"})
    summary = bench.run()
    assert bench.extracted == ["b"]
    assert b"hail" in bench.outputs["b.json"]
    assert (summary.articles, summary.unchanged) == (4, 3)


def test_an_article_that_was_only_touched_is_not_done_again(bench: Any) -> None:
    bench.run()
    before = bench.outputs
    os.utime(bench.articles / "a.txt", (1, 1))
    assert bench.run().unchanged == 4
    assert bench.extracted == [] and bench.outputs == before
    noted = times(bench.output)
    bench.run()
    assert times(bench.output) == noted


def test_an_article_of_the_same_size_and_time_that_was_replaced_is_done_again(bench: Any) -> None:
    bench.run()
    status = (bench.articles / "a.txt").stat()
    bench.write({"new": "hail"})
    (bench.articles / "new").replace(bench.articles / "a.txt")
    os.utime(bench.articles / "a.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    bench.run()
    assert bench.extracted == ["a"]


def test_settings_that_change_outputs_do_everything_again_and_others_nothing(bench: Any) -> None:
    bench.run()
    bench.run(workers=2, timeout=50, memory_limit=1500)
    assert bench.extracted == []
    bench.run(record_types=("alliance",))
    assert bench.extracted == ALL
    bench.run(record_types=("alliance",))
    assert bench.extracted == []
    bench.run()
    assert bench.extracted == ALL


def test_an_output_that_is_gone_is_made_again(bench: Any) -> None:
    bench.run()
    before = bench.outputs
    (bench.output / "a.json").unlink()
    (bench.output / "b.json").write_bytes(b"torn")
    bench.run()
    assert bench.extracted == ["a", "b"] and bench.outputs == before


def test_by_force_everything_is_done_again(bench: Any) -> None:
    bench.run()
    bench.run(Plan(redo="all"))
    assert bench.extracted == ALL


def test_what_failed_is_done_again_on_demand(bench: Any) -> None:
    bench.write({"b.txt": "defect-once"})
    assert bench.run().failures == 1
    assert (bench.run().failures, bench.extracted) == (1, [])
    assert (bench.run(Plan(redo="failed")).failures, bench.extracted) == (0, ["b"])
    assert FAILURES not in bench.outputs


def test_outputs_of_articles_that_are_gone_are_kept_and_counted_or_removed(bench: Any) -> None:
    bench.write({"bad.txt": "defect"})
    bench.run()
    before = bench.outputs
    for name in ("a.txt", "bad.txt"):
        (bench.articles / name).unlink()
    summary = bench.run()
    assert (summary.articles, summary.kept, summary.failures) == (3, 1, 0)
    assert bench.outputs == {name: data for name, data in before.items() if name != FAILURES}
    assert bench.run(Plan(prune=True)).pruned == 1
    assert "a.json" not in bench.outputs
    assert (bench.run().kept, bench.extracted) == (0, [])


@pytest.mark.parametrize("workers", [2, 4])
def test_the_tree_is_the_same_for_any_number_of_workers(workers: int, bench: Any) -> None:
    bench.write({f"more/{i}.txt": f"word {i} {'defect' * (i % 7 == 0)}" for i in range(40)})
    bench.run()
    before = bench.tree
    bench.move_output()
    bench.run(workers=workers)
    assert bench.tree == before


def test_the_order_in_which_articles_came_does_not_show(bench: Any) -> None:
    bench.run()
    whole = bench.outputs
    bench.move_output()
    (bench.articles / "north").rename(bench.folder / "north")
    bench.run()
    (bench.folder / "north").rename(bench.articles / "north")
    bench.run()
    assert bench.extracted == ["north/c", "north/d"] and bench.outputs == whole


def test_a_manifest_that_is_damaged_is_told_and_harms_nothing(bench: Any) -> None:
    bench.run()
    (manifest,) = (bench.output / STATE).rglob("manifest*")
    data = manifest.read_bytes()
    manifest.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    with pytest.raises(ManifestError, match="remove it"):
        bench.run()
    manifest.unlink()
    bench.run()
    assert bench.extracted == ALL and manifest.read_bytes() == data
