"""Articles that end, stop or flood their worker: each costs itself alone, and is told by name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from fakes import Words

from pipeline.batch import FAILURES, run
from pipeline.batch.supervisor import WorkerError
from pipeline.errors import ModelError, SettingsError
from pipeline.settings import Settings

POISON = [
    ("crash", "Crash", "ended by SIGSEGV, twice"),
    ("exit", "Crash", "ended with exit code 3, twice"),
    ("leave", "Crash", "ended with exit code 0, twice"),
    ("killed", "Crash", "ended by SIGKILL, twice"),
    ("sleep", "TimeLimit", "not done within 1 s, twice"),
    ("regex", "TimeLimit", "not done within 1 s, twice"),
    ("hog", "MemoryLimit", "more memory than it may have, twice"),
    ("grow", "MemoryLimit", "more memory than it may have, twice"),
]


@pytest.mark.parametrize(("order", "kind", "message"), POISON, ids=[p[0] for p in POISON])
def test_poison_costs_one_article(order: str, kind: str, message: str, bench: Any) -> None:
    bench.run()
    before = bench.outputs
    bench.write({"c.txt": f"some {order} here"})
    timeout = 1 if kind == "TimeLimit" else 60
    bench.run(timeout=timeout, memory_limit=500, workers=2)
    (failure,) = bench.failures
    assert (failure["article"], failure["kind"], failure["stage"]) == ("c", kind, "find")
    assert message in failure["message"] and failure["traceback"] is None
    assert bench.extracted == ["c", "c"]
    after = bench.outputs
    del after[FAILURES]
    assert after == before


@pytest.mark.parametrize("order", ["crash", "killed"])
def test_what_happens_once_only_costs_nothing(order: str, bench: Any) -> None:
    bench.write({"c.txt": f"{order}-once", "d.txt": f"sun {order}-once"})
    assert bench.run(workers=2).failures == 0
    assert {"c.json", "d.json"} <= bench.outputs.keys()


def test_poison_after_poison(bench: Any) -> None:
    bench.write({f"c{i}.txt": "exit" for i in range(3)} | {f"d{i}.txt": "sun" for i in range(5)})
    summary = bench.run(workers=2)
    assert (summary.articles, summary.failures) == (12, 3)
    assert [failure["article"] for failure in bench.failures] == [f"c{i}" for i in range(3)]


def test_what_loading_refuses_ends_the_run(bench: Any) -> None:
    with pytest.raises(ModelError, match="no such model"):
        run([bench.articles], bench.output, factory=Words(broken="no such model"))
    assert bench.outputs == {}


def test_a_memory_limit_below_what_the_model_needs_is_refused(bench: Any) -> None:
    with pytest.raises(SettingsError, match="memory limit"):
        bench.run(memory_limit=1)


def test_a_worker_that_cannot_start_at_all_is_told(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.batch.supervisor._BOOT", "{path!r}; raise RuntimeError('no luck')")
    with pytest.raises(WorkerError, match="no luck"):
        bench.run()
    monkeypatch.undo()
    assert bench.run().failures == 0


def test_workers_are_started_only_when_they_are_needed(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.run()
    monkeypatch.setattr("pipeline.batch.supervisor._BOOT", "{path!r}; raise RuntimeError('not needed')")
    assert bench.run(workers=8).unchanged == 4


def test_no_worker_outlives_its_run(bench: Any) -> None:
    bench.run(workers=2)
    children = [int(p.name) for p in Path("/proc").glob("[0-9]*") if _parent(p) == os.getpid()]
    assert children == []


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def test_limits_are_settings() -> None:
    assert Settings(timeout=1.5, workers=3).timeout == 1.5
    with pytest.raises(ValueError, match="workers"):
        Settings(workers=0)
