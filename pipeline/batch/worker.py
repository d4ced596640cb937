"""A worker: a process of its own that takes one article after another and writes nothing to any disk."""

from __future__ import annotations

import ctypes
import gc
import mmap
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.batch.outcome import Failure, failure_of
from pipeline.batch.wire import receive, send
from pipeline.errors import CommuniqueError, SettingsError
from pipeline.read import Item

#: Where a worker notes the stage that it is in, so that it can be told after its death.
BOARD = 32  # bytes
MEMORY_LIMIT = "MemoryLimit"
_PDEATHSIG = 1  # of prctl(2)
_MB = 2**20

Enter = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was made of an article: the digest of its content, its output, and what that holds."""

    digest: str
    data: bytes
    records: dict[str, int]
    warnings: int


Reply = Extracted | Failure


class Extract(Protocol):
    """Makes an output of an article; told by `enter` which stages it goes through. May raise anything."""

    def __call__(self, item: Item, enter: Enter) -> Extracted: ...


#: Loads all that is needed, in the worker; picklable. A `CommuniqueError` of it ends the run.
Factory = Callable[[], Extract]


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker is told first. `memory_limit` is in MB, 0 for none."""

    factory: Factory
    memory_limit: int


def main() -> None:
    """Serve until the run closes its end. Arguments: the socket, the board, the process id of the run."""
    channel_fd, board_fd, parent = map(int, sys.argv[1:])
    _die_with(parent)
    with socket.socket(fileno=channel_fd) as channel, mmap.mmap(board_fd, BOARD) as board:
        setup: Setup = receive(channel)
        try:
            extract = setup.factory()
            gc.collect()
            gc.freeze()  # model and rules stay: nothing of them is to be collected
            limit_memory(setup.memory_limit)
        except CommuniqueError as error:
            send(channel, error)
            return
        send(channel, None)
        with suppress(EOFError):
            while True:
                send(channel, attempt(extract, receive(channel), board))


def attempt(extract: Extract, item: Item, board: mmap.mmap) -> Reply:
    """What becomes of one article. Here alone an article's error is caught, whatever it is."""

    def enter(stage: str) -> None:
        board[:BOARD] = stage.encode().ljust(BOARD)[:BOARD]

    enter("read")
    try:
        return extract(item, enter)
    except MemoryError:
        return Failure(item.id, MEMORY_LIMIT, stage_on(board), "needs more memory than it may have")
    except Exception as error:
        return failure_of(item.id, stage_on(board), error)


def stage_on(board: mmap.mmap) -> str:
    """The stage that a board names."""
    return board[:BOARD].rstrip(b" \0").decode()


def limit_memory(megabytes: int) -> None:
    """Let this process grow to `megabytes` of memory and no further; what would need more gets a MemoryError.

    What counts is the address space, as only that is refused in time: watching a process from outside, 64 GiB
    are there before the second look. What is mapped now beyond what is in memory comes on top.

    Raises:
        SettingsError: the process is larger than that already.
    """
    if not megabytes or not Path("/proc/self/statm").exists():
        return
    pages = Path("/proc/self/statm").read_text().split()
    mapped, used = (int(n) * resource.getpagesize() for n in pages[:2])
    if megabytes * _MB <= used:
        raise SettingsError(f"memory limit: the model alone needs {used // _MB} MB; allow 2000, for instance")
    limit = mapped - used + megabytes * _MB
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _die_with(parent: int) -> None:
    """End when the run does, however it does; a worker that hangs would not see that its socket is closed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit()
