"""One writer for an output folder, or for each shard of it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.batch.shard import Shard
from pipeline.errors import CommuniqueError
from pipeline.write import refused

LOCK = "lock"


class BusyError(CommuniqueError):
    """Another run is writing to the output folder."""


@contextmanager
def locked(state: Path, shard: Shard) -> Iterator[Path]:
    """The folder for a shard's state below `state`, held against other runs; the system frees it at any end.

    A run over the whole input holds `state` alone; shards share it, and each holds a folder of its own.

    Raises:
        BusyError: another run holds it.
        WriteError: the folder or its locks cannot be made.
    """
    own = state / str(shard)
    with refused(own):
        own.mkdir(parents=True, exist_ok=True)
    with (
        _held(state / LOCK, fcntl.LOCK_EX if shard.whole else fcntl.LOCK_SH),
        _held(own / LOCK, fcntl.LOCK_EX),
    ):
        yield own


@contextmanager
def _held(path: Path, kind: int) -> Iterator[None]:
    with refused(path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _take(descriptor, kind, path)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, kind: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError as error:
        message = f"{path}: another run is writing there; wait for its end, or choose another folder"
        raise BusyError(message) from error
