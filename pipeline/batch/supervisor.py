"""Workers under supervision: an article has its time and its memory, and whatever it does costs it alone.

Written by hand: `multiprocessing.Pool` and spaCy's `n_process` hang when a worker is killed, and Pebble
blamed the wrong article in 4 of 56 runs. Here each worker has a socket and a thread of its own, and one
article at a time, so that there is never a doubt which one was at fault.
"""

from __future__ import annotations

import mmap
import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from tempfile import TemporaryFile
from threading import Thread
from typing import IO

from pipeline.batch.manifest import Row
from pipeline.batch.outcome import Failure
from pipeline.batch.wire import receive, send
from pipeline.batch.worker import BOARD, MEMORY_LIMIT, Factory, Reply, Setup, stage_on
from pipeline.errors import CommuniqueError
from pipeline.read import Item

TIME_LIMIT, CRASH = "TimeLimit", "Crash"
#: What another process may do better: the article is given to a fresh one before it is given up.
RETRIED = frozenset({TIME_LIMIT, CRASH, MEMORY_LIMIT})
ADVICE = {
    TIME_LIMIT: "if it is worth more time, raise --timeout and run with --retry-failed",
    CRASH: "once more with --retry-failed, or leave it out",
    MEMORY_LIMIT: "if it is worth more, raise --memory-limit and run with --retry-failed",
}
STARTS = 5  # attempts to start a worker that dies without a word
LOADING = 300  # seconds for loading the model, on however busy a machine
AHEAD = 4  # articles for each worker that wait for it

_BOOT = "import sys; sys.path[:] = {path!r}; from pipeline.batch.worker import main; main()"
# One thread for each worker's arithmetic: more would be in each other's way, and sum in another order.
_ENVIRONMENT = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class WorkerError(CommuniqueError):
    """Workers cannot be started at all."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many workers there are, and what an article may take: seconds, and MB of its worker's memory."""

    workers: int = 1
    timeout: float = 60.0
    memory: int = 2000


@dataclass(frozen=True, slots=True)
class Task:
    """An article to be extracted, and the name of its output; with a `reply`, it needs no worker any more.

    `replaces` tells whether there is a row for it, `reply` may be the row that is to take its place.
    """

    name: str
    item: Item
    replaces: bool = False
    reply: Reply | Row | None = None


Finished = tuple[Task, Reply | Row]


class Supervisor:
    """Gives articles to workers, which are started when they are needed and replaced when they die."""

    def __init__(self, factory: Factory, limits: Limits) -> None:
        self._limits = limits
        self._setup = Setup(factory, limits.memory)
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._finished: SimpleQueue[Finished | BaseException] = SimpleQueue()
        self._seats: list[_Seat] = []

    def __call__(self, tasks: Iterable[Task], patience: float = 1.0) -> Iterator[Finished | None]:
        """The replies to tasks as they come; None where none came for `patience` seconds.

        Raises:
            WorkerError: no worker can be started.
            CommuniqueError: what loading the model or the rules raised.
        """
        waiting = 0
        for task in tasks:
            if task.reply is not None:
                yield task, task.reply
                continue
            while waiting >= self._limits.workers * AHEAD:
                finished = self._next(patience)
                waiting -= finished is not None
                yield finished
            self._give(task, waiting)
            waiting += 1
        while waiting:
            finished = self._next(patience)
            waiting -= finished is not None
            yield finished

    def close(self) -> None:
        """End all workers, whatever they are doing."""
        for seat in self._seats:
            seat.leave()
        for _ in self._seats:
            self._tasks.put(None)
        for seat in self._seats:
            seat.join()

    def _give(self, task: Task, waiting: int) -> None:
        self._tasks.put(task)
        if len(self._seats) < min(self._limits.workers, waiting + 1):
            self._seats.append(_Seat(self._setup, self._limits.timeout, self._tasks, self._finished))

    def _next(self, patience: float) -> Finished | None:
        try:
            finished = self._finished.get(timeout=patience)
        except Empty:
            return None
        if isinstance(finished, BaseException):
            raise finished
        return finished


class _Seat(Thread):
    """The thread beside one worker at a time."""

    def __init__(
        self,
        setup: Setup,
        timeout: float,
        tasks: SimpleQueue[Task | None],
        finished: SimpleQueue[Finished | BaseException],
    ) -> None:
        super().__init__(daemon=True)
        self._setup, self._timeout, self._tasks, self._finished = setup, timeout, tasks, finished
        self._child: _Child | None = None
        self._left = False
        self.start()

    def leave(self) -> None:
        """Have the thread end soon, and the worker at once."""
        self._left = True
        if child := self._child:
            child.kill()

    def run(self) -> None:
        try:
            while not self._left and (task := self._tasks.get()):
                reply = self._first_or_second(task)
                if not self._left:
                    self._finished.put((task, reply))
        except BaseException as error:  # is raised where the replies are taken
            self._finished.put(error)
        finally:
            self._dismiss()

    def _first_or_second(self, task: Task) -> Reply:
        reply = self._ask(task.item)
        if isinstance(reply, Failure) and reply.kind in RETRIED and not self._left:
            reply = self._ask(task.item)
            if isinstance(reply, Failure) and reply.kind in RETRIED:
                told = f"{reply.message}, twice; {ADVICE[reply.kind]}"
                reply = Failure(reply.article, reply.kind, reply.stage, told)
        return reply

    def _ask(self, item: Item) -> Reply:
        child = self._child = self._child or self._start()
        reply = child.ask(item, self._timeout)
        if isinstance(reply, Failure) and reply.kind in RETRIED:
            self._dismiss()
        return reply

    def _start(self) -> _Child:
        for _ in range(STARTS):
            try:
                child = self._child = _Child()
            except OSError as error:
                raise WorkerError(f"a worker cannot be started: {error.strerror or error}") from error
            if self._left:
                child.kill()
            if child.begin(self._setup):
                return child
            self._dismiss()
            if self._left:
                break
        raise WorkerError(f"a worker cannot be started: {child.last_words or child.end()}")

    def _dismiss(self) -> None:
        if self._child:
            self._child.close()
            self._child = None


class _Child:
    """One worker process."""

    def __init__(self) -> None:
        self.last_words = ""
        self._channel, theirs = socket.socketpair()
        self._errors: IO[bytes] = TemporaryFile()  # noqa: SIM115
        with theirs, TemporaryFile() as board:
            board.truncate(BOARD)
            self._board = mmap.mmap(board.fileno(), BOARD)
            handed = (theirs.fileno(), board.fileno())
            self._process = subprocess.Popen(
                [sys.executable, "-c", _BOOT.format(path=sys.path), *map(str, handed), str(os.getpid())],
                pass_fds=handed,
                env=os.environ | _ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                process_group=0,  # what is typed at the terminal is for the run to act on
            )

    def begin(self, setup: Setup) -> bool:
        """Have it load what it needs; False if it dies. Raises what a wrong model or rule raises there."""
        try:
            send(self._channel, setup, LOADING)
            answer = receive(self._channel, LOADING)
        except (EOFError, OSError):
            self.kill()
            self._process.wait()
            self._errors.seek(0)
            self.last_words = self._errors.read().decode(errors="replace").strip().rpartition("\n")[2]
            return False
        if isinstance(answer, CommuniqueError):
            raise answer
        return True

    def ask(self, item: Item, timeout: float) -> Reply:
        """Have it extract an article; it is of no more use if the reply is one of `RETRIED`."""
        try:
            send(self._channel, item, timeout)
            reply: Reply = receive(self._channel, timeout)
        except TimeoutError:
            return Failure(item.id, TIME_LIMIT, stage_on(self._board), f"not done within {timeout:g} s")
        except (EOFError, OSError, pickle.UnpicklingError):
            return Failure(item.id, CRASH, stage_on(self._board), f"its worker {self.end()}")
        return reply

    def end(self) -> str:
        """How it ended, in words."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        self.kill()
        code = self._process.wait()
        return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def close(self) -> None:
        """End it and let go of all that is open."""
        self.kill()
        self._process.wait()
        self._channel.close()
        self._board.close()
        self._errors.close()
