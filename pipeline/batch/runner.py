"""A run: which articles are to be done, who does them, and what is written of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

import orjson

from pipeline.batch.batches import Batches
from pipeline.batch.extraction import Extraction
from pipeline.batch.fingerprint import fingerprint
from pipeline.batch.interrupt import Interrupted, interruptible
from pipeline.batch.lock import locked
from pipeline.batch.manifest import Row, Seen
from pipeline.batch.names import output_name
from pipeline.batch.outcome import Done, Failure, Outcome, Summary, Unchanged, failure_of
from pipeline.batch.shard import Shard
from pipeline.batch.store import STATE, Change, Store, output_digest, written_to
from pipeline.batch.supervisor import Finished, Limits, Supervisor, Task
from pipeline.batch.worker import Extracted, Factory
from pipeline.errors import ReadError
from pipeline.read import InputOptions, Item, items
from pipeline.settings import Settings

WHOLE = Shard()
OnOutcome = Callable[[Outcome], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """Which articles of the input are done: those of a shard; those that changed, those that failed, or all.

    `prune` removes the outputs of articles that the input does not hold.
    """

    shard: Shard = WHOLE
    redo: Literal["changed", "failed", "all"] = "changed"
    prune: bool = False


EVERYTHING = Plan()
DEFAULT = InputOptions()


def run(
    paths: Iterable[Path],
    output: Path,
    settings: Settings | None = None,
    on_outcome: OnOutcome = lambda outcome: None,
    *,
    plan: Plan = EVERYTHING,
    inputs: InputOptions = DEFAULT,
    factory: Factory | None = None,
) -> Summary:
    """Extract the records of all articles in files, folders and streams that are not done yet.

    Args:
        paths: what is searched for articles.
        output: the folder that gets `<article id>.json` for each article, and `failures.jsonl` if any failed.
        on_outcome: called for each article when its file is written, in no order.
        factory: makes the extractor in each worker; by default that of this program with `settings`.

    Raises:
        ReadError: a path is missing, or a file of a kind that is not read; before the first article.
        SettingsError, ModelError, DataFileError: nothing can be extracted at all.
        BusyError: another run is writing to the folder.
        WriteError, ManifestError: the folder cannot be written or read. The next run goes on from there.
        Interrupted: by a signal. The next run goes on from there.
    """
    settings = settings or Settings()
    found = items(list(paths), replace(inputs, without=written_to(output, plan.shard)))
    limits = Limits(settings.workers, settings.timeout, settings.memory_limit)
    with (
        interruptible(),
        locked(output / STATE, plan.shard) as state,
        closing(Store(output, state, plan.shard)) as store,
        closing(Seen()) as seen,
        closing(Supervisor(factory or Extraction(settings), limits)) as supervise,
    ):
        work = _Run(store, seen, plan, fingerprint(settings, repr(inputs.fields)), on_outcome)
        work.write(supervise(work.tasks(found)))
        return work.finished()


class _Run:
    def __init__(self, store: Store, seen: Seen, plan: Plan, fingerprint: str, on_outcome: OnOutcome) -> None:
        self._store, self._seen, self._plan, self._fingerprint = store, seen, plan, fingerprint
        self._on_outcome = on_outcome
        self._summary = Summary()
        self._unchanged: Counter[tuple[str, int, bool]] = Counter()  # by records, warnings, failure of rows

    def tasks(self, found: Iterable[Item]) -> Iterator[Task]:
        """What is to be done for the articles of this shard."""
        for item in found:
            if self._plan.shard.holds(item.id):
                name = output_name(item.id, self._store.folds_case)
                times = self._seen.add(name)
                if times > 1:
                    item, name = _doubled(item), f"{name}%#{times}"
                    self._seen.add(name)
                row = self._store.manifest.get(name)
                if row is not None and self._holds(item, row):
                    self._pass_over(row)
                else:
                    yield self._task(name, item, row)

    def write(self, finished: Iterator[Finished | None]) -> None:
        """Write what comes out of the tasks, also when the run is interrupted."""
        with closing(Batches(self._store, self._tell)) as batches:
            try:
                for reply in finished:
                    batches.add(*self._change(reply)) if reply else batches.tick()
            except Interrupted:
                batches.flush()
                raise
            batches.flush()

    def finished(self) -> Summary:
        """The figures, after the end of the input was reached."""
        for (records, warnings, failed), times in self._unchanged.items():
            self._summary.add_unchanged(orjson.loads(records), warnings, failed, times)
        self._summary.kept, self._summary.pruned = self._store.finish(self._seen, self._plan.prune)
        return self._summary

    def _holds(self, item: Item, row: Row) -> bool:
        """Whether an article's row still says what a run would find, and its output is there."""
        if row.fingerprint != self._fingerprint or self._plan.redo == "all":
            return False
        if item.failure is not None:
            return row == self._failed(row.name, item, failure_of(item.id, "read", item.failure))
        retried = self._plan.redo == "failed" and row.failure is not None
        return row.stamp == item.stamp and not retried and self._store.holds(row)

    def _pass_over(self, row: Row) -> None:
        self._unchanged[row.records, row.warnings, row.failure is not None] += 1
        self._on_outcome(Unchanged(row.article))

    def _task(self, name: str, item: Item, row: Row | None) -> Task:
        if item.failure is not None:
            return Task(name, item, row is not None, failure_of(item.id, "read", item.failure))
        if row is not None and self._holds(item, row._replace(stamp=item.stamp)) and _same(item, row):
            return Task(name, item, reply=row._replace(stamp=item.stamp))
        return Task(name, item, row is not None)

    def _change(self, finished: Finished) -> tuple[Change, Outcome]:
        task, reply = finished
        item = task.item
        if isinstance(reply, Row):
            return Change(reply), Unchanged(item.id)
        if isinstance(reply, Failure):
            return Change(self._failed(task.name, item, reply), replaces=task.replaces), reply
        return self._written(task, reply), Done(item.id, reply.records, reply.warnings)

    def _written(self, task: Task, reply: Extracted) -> Change:
        row = Row(
            task.name,
            task.item.id,
            task.item.stamp,
            reply.digest,
            self._fingerprint,
            len(reply.data),
            output_digest(reply.data),
            orjson.dumps(reply.records).decode(),
            reply.warnings,
        )
        return Change(row, reply.data, task.replaces)

    def _failed(self, name: str, item: Item, failure: Failure) -> Row:
        told = orjson.dumps(asdict(failure)).decode()
        return Row(name, item.id, item.stamp, "", self._fingerprint, failure=told)

    def _tell(self, change: Change, outcome: Outcome) -> None:
        if isinstance(outcome, Unchanged):
            self._pass_over(change.row)
        else:
            self._summary.add(outcome)
            self._on_outcome(outcome)


def _same(item: Item, row: Row) -> bool:
    """Whether a file whose stamp changed holds what it held."""
    if not row.digest or isinstance(item.payload, bytes):
        return False
    try:
        return sha256(Path(item.payload).read_bytes()).hexdigest() == row.digest
    except OSError:  # the worker will say so
        return False


def _doubled(item: Item) -> Item:
    where = "" if isinstance(item.payload, bytes) else f"{item.payload}: "
    message = f"{where}an earlier article has the id {item.id}, too; extract them into folders of their own"
    return Item(item.id, item.stamp, b"", item.form, failure=ReadError(message))
