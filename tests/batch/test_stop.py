"""Signals, a second writer, a disk that refuses."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fakes import Words

from pipeline.batch import Interrupted, Plan, Shard, run
from pipeline.batch.lock import BusyError, locked
from pipeline.batch.manifest import Row
from pipeline.batch.store import STATE, Change, Store
from pipeline.write import WriteError


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_run_and_the_next_one_goes_on(number: signal.Signals, bench: Any) -> None:
    bench.write({f"more/{i}.txt": f"word {i}" for i in range(20)})
    bench.run()
    whole = bench.tree
    bench.move_output()

    told: list[object] = []

    def stop_after_the_first(outcome: object) -> None:
        told.append(outcome)
        if len(told) == 1:
            os.kill(os.getpid(), number)

    before = signal.getsignal(number)
    with pytest.raises(Interrupted) as stopped:
        run([bench.articles], bench.output, None, stop_after_the_first, factory=Words(seconds=0.15))
    assert stopped.value.number == number and signal.getsignal(number) is before
    assert 0 < len(bench.outputs) < 24
    bench.run()
    assert 0 < len(bench.extracted) < 24 and bench.tree == whole


def test_a_worker_that_hangs_does_not_hold_up_the_end(bench: Any) -> None:
    bench.write({"c.txt": "sleep"})
    threading.Timer(4, os.kill, (os.getpid(), signal.SIGTERM)).start()
    with pytest.raises(Interrupted):
        bench.run(timeout=1000)
    assert "c.json" not in bench.outputs


def test_in_a_thread_a_run_leaves_signals_alone(bench: Any) -> None:
    before = signal.getsignal(signal.SIGINT)
    thread = threading.Thread(target=bench.run)
    thread.start()
    assert signal.getsignal(signal.SIGINT) is before
    thread.join()
    assert len(bench.outputs) == 4


def hold(state: Path, shard: Shard, ready: Any) -> None:
    with locked(state, shard):
        ready.set()
        time.sleep(1000)


@pytest.mark.parametrize(
    ("first", "second", "busy"),
    [
        (Shard(), Shard(), True),
        (Shard(), Shard(1, 2), True),
        (Shard(1, 2), Shard(), True),
        (Shard(1, 2), Shard(1, 2), True),
        (Shard(1, 2), Shard(2, 2), False),
    ],
    ids=str,
)
def test_one_writer(first: Shard, second: Shard, busy: bool, bench: Any) -> None:
    context = multiprocessing.get_context("fork")
    ready = context.Event()
    holder = context.Process(target=hold, args=(bench.output / STATE, first, ready))
    holder.start()
    ready.wait()
    try:
        if busy:
            with pytest.raises(BusyError, match="another run"):
                bench.run(Plan(second))
            assert bench.outputs == {}
        else:
            bench.run(Plan(second))
    finally:
        holder.kill()
        holder.join()
    bench.run(Plan(second))


def test_a_lock_is_not_held_by_workers_of_a_run_that_was_killed(bench: Any) -> None:
    bench.write({"c.txt": "sleep"})
    context = multiprocessing.get_context("fork")
    victim = context.Process(target=bench.run, kwargs={"timeout": 1000})
    victim.start()
    while "c" not in bench.extracted:
        time.sleep(0.05)
    victim.kill()
    victim.join()
    bench.write({"c.txt": "sun"})
    assert bench.run().failures == 0


def changes() -> list[Change]:
    row = Row("a", "a", "1", "2", "3", size=4)
    return [Change(row, b"text"), Change(row._replace(name="north/b", article="north/b"), b"more")]


def refuse(number: int) -> Callable[..., Any]:
    def refusing(*_: object, **__: object) -> Any:
        raise OSError(number, os.strerror(number))

    return refusing


@pytest.mark.parametrize("number", [28, 5], ids=["ENOSPC", "EIO"])
@pytest.mark.parametrize("call", ["open", "write", "fsync", "mkdir", "replace"])
def test_a_disk_that_refuses_is_an_error_of_the_run(
    number: int, call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with locked(tmp_path / STATE, Shard()) as state:
        store = Store(tmp_path, state, Shard())
        monkeypatch.setattr(os, call, refuse(number))
        with pytest.raises(WriteError, match=os.strerror(number)):
            store.commit(changes())
        monkeypatch.undo()
        store.commit(changes())
        assert (tmp_path / "north" / "b.json").read_bytes() == b"more"
        store.close()


def test_a_disk_that_takes_a_byte_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, bytes(data[:1])))
    with locked(tmp_path / STATE, Shard()) as state:
        store = Store(tmp_path, state, Shard())
        store.commit(changes())
        store.close()
        assert (tmp_path / "a.json").read_bytes() == b"text"
        store = Store(tmp_path, state, Shard())
        assert store.manifest.get("north/b") == changes()[1].row
        store.close()


def test_a_manifest_that_cannot_be_written_is_an_error_of_the_run(
    bench: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(sqlite3.Connection):
        def executemany(self, *_: Any) -> Any:
            raise sqlite3.OperationalError("database or disk is full")

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **k, factory=Full))
    with pytest.raises(WriteError, match="disk is full"):
        bench.run()
    monkeypatch.undo()
    bench.run()
    assert bench.extracted == [] and len(bench.outputs) == 4
