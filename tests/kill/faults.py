"""What a disk, or death, can do to a run at each of its steps, put in from outside by a test."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import ENOSPC
from functools import partial
from pathlib import Path
from typing import Any

#: Told the name of a step before it is taken; answers how many bytes a write shall take, or None.
Do = Callable[[str], int | None]


@contextmanager
def hindered(fault: Do, output: Path) -> Iterator[None]:
    """Have `fault` called with the name of each call by which this process changes what is below a folder."""
    originals = {name: getattr(os, name) for name in ("open", "write", "fsync", "replace", "unlink", "mkdir")}
    connect, descriptors = sqlite3.connect, set[int]()

    def concerns(first: Any) -> bool:
        return first in descriptors if isinstance(first, int) else str(first).startswith(str(output))

    def call(name: str, first: Any, *rest: Any, **named: Any) -> Any:
        if concerns(first):
            taken = fault(name)
            if name == "write" and taken:
                rest = (bytes(rest[0])[:taken],)
        result = originals[name](first, *rest, **named)
        if name == "open" and concerns(first):
            descriptors.add(result)
        return result

    class Database(sqlite3.Connection):
        def execute(self, sql: str, *rest: Any) -> Any:
            if sql.split()[0] in ("CREATE", "INSERT", "COMMIT", "ATTACH"):
                fault("database")
            return super().execute(sql, *rest)

    for name in originals:
        setattr(os, name, partial(call, name))
    sqlite3.connect = partial(connect, factory=Database)  # type: ignore[assignment]
    try:
        yield
    finally:
        for name, original in originals.items():
            setattr(os, name, original)
        sqlite3.connect = connect


class Fault:
    """What happens at the step of a number, and, if it `lasts`, at all that follow; nothing at number 0."""

    def __init__(self, do: Do, number: int = 0, lasts: bool = False) -> None:
        self._do, self._number, self._lasts = do, number, lasts
        self.count = 0

    def __call__(self, step: str) -> int | None:
        """Called before each step, with its name; before a write, how many bytes it shall take, or None."""
        self.count += 1
        due = self._lasts and self.count > self._number > 0
        return self._do(step) if due or self.count == self._number else None


def nothing(step: str) -> None:
    """All is well."""


def killed(step: str) -> None:
    """The end, at once."""
    os.kill(os.getpid(), signal.SIGKILL)


def refused(number: int, step: str) -> None:
    """The system's refusal."""
    if step == "database":
        raise sqlite3.OperationalError("database or disk is full" if number == ENOSPC else "disk I/O error")
    raise OSError(number, os.strerror(number))


def short(step: str) -> int | None:
    """The system takes one byte of what is written."""
    return 1 if step == "write" else None


class ShortAndKilled:
    """The system takes one byte of what is written; then comes the end."""

    def __init__(self) -> None:
        self._torn = False

    def __call__(self, step: str) -> int | None:
        if self._torn:
            killed(step)
        self._torn = step == "write"
        return 1
