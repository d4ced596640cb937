"""Changes in batches: one is written while the next one grows, and at most one waits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic

from pipeline.batch.outcome import Outcome
from pipeline.batch.store import Change, Store

#: A batch is written when it holds so many articles or bytes, or is so many seconds old. 256 articles waited
#: 60 ms for the disk; one at a time, 10 ms each.
BATCH = 256
BATCH_BYTES = 16 * 2**20
BATCH_SECONDS = 1.0

_Entry = tuple[Change, Outcome]


class Batches:
    """Hands changes to a store, and tells of each when it lasts."""

    def __init__(self, store: Store, tell: Callable[[Change, Outcome], None]) -> None:
        self._store, self._tell = store, tell
        self._thread = ThreadPoolExecutor(1)
        self._batch: list[_Entry] = []
        self._bytes = 0
        self._since = monotonic()
        self._writing: tuple[list[_Entry], Future[None]] | None = None

    def add(self, change: Change, outcome: Outcome) -> None:
        """Take a change. Raises what writing an earlier one raised."""
        if not self._batch:
            self._since = monotonic()
        self._batch.append((change, outcome))
        self._bytes += len(change.data or b"")
        self.tick()

    def tick(self) -> None:
        """Write the batch if it is large or old enough."""
        old = monotonic() - self._since >= BATCH_SECONDS
        if self._batch and (old or len(self._batch) >= BATCH or self._bytes >= BATCH_BYTES):
            self._write()

    def flush(self) -> None:
        """Write all there is, and wait for it."""
        self._write()
        self._settle()

    def close(self) -> None:
        """Wait for what is being written."""
        self._thread.shutdown()

    def _write(self) -> None:
        self._settle()
        if self._batch:
            batch, self._batch, self._bytes = self._batch, [], 0
            self._writing = batch, self._thread.submit(self._store.commit, [change for change, _ in batch])

    def _settle(self) -> None:
        if self._writing:
            (batch, future), self._writing = self._writing, None
            future.result()
            for change, outcome in batch:
                self._tell(change, outcome)
