"""The output folder: files first, then the word that they are there.

A row of the manifest stands only while its output is what it says. What a batch of articles changes goes

    staged files, fsync -> rows that will not hold any more are taken back -> renames, fsync -> rows

and each arrow waits for the disk. Wherever a run is killed, the next one does again what has no row.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from pipeline.batch.manifest import Manifest, Row, Seen, fold, journal_line
from pipeline.batch.names import SUFFIX
from pipeline.batch.shard import Shard
from pipeline.write import refused, sync_folder, write_synced

_Thing = TypeVar("_Thing")

STATE = ".communique"
FAILURES = "failures.jsonl"
#: Threads that wait for the disk: a file took 3.5 ms with one, 0.25 ms each with four.
SYNCING = 8


@dataclass(frozen=True, slots=True)
class Change:
    """An article's new row and file; without data its file is removed if it failed, else left as it is."""

    row: Row
    data: bytes | None = None
    replaces: bool = False  # whether there is a row already


class Store:
    """Reads and writes an output folder that is locked. Every method raises WriteError or ManifestError."""

    def __init__(self, output: Path, state: Path, shard: Shard) -> None:
        self.output = output
        self.folds_case = (state / "LOCK").exists()
        self._manifest, self._journal, self._staging = (
            state / name for name in ("manifest.sqlite", "journal.jsonl", "staging")
        )
        self._failures = failures_file(output, shard)
        self._recover()
        self.manifest = Manifest(self._manifest)
        self._threads = ThreadPoolExecutor(SYNCING)

    def target(self, name: str) -> Path:
        """Where the output of a name goes."""
        return self.output / f"{name}{SUFFIX}"

    def holds(self, row: Row) -> bool:
        """Whether the output of a row is still there."""
        if row.failure is not None:
            return True
        try:
            return os.stat(f"{self.output}/{row.name}{SUFFIX}").st_size == row.size  # noqa: PTH116 (a Path is dear)
        except OSError:
            return False

    def commit(self, changes: Sequence[Change]) -> None:
        """Make a batch of changes last."""
        with refused(self._staging):
            self._staging.mkdir(exist_ok=True)
            staged = [(c, self._staging / str(i)) for i, c in enumerate(changes) if c.data is not None]
            self._each(lambda pair: write_synced(pair[1], pair[0].data or b""), staged)
        self._note([c.row.name for c in changes if c.replaces])
        folders = [self._place(self.target(c.row.name), path) for c, path in staged]
        failed = [c.row.name for c in changes if c.row.failure is not None]
        folders += [self._remove(self.target(name)) for name in failed]
        with refused(self.output):
            self._each(sync_folder, sorted({folder for folder in folders if folder.is_dir()}))
        self._note([change.row for change in changes])

    def finish(self, seen: Seen, prune: bool) -> tuple[int, int]:
        """Close a run that came to the end of its input.

        Args:
            seen: the names of all its articles; what failed and is no longer among them is forgotten.
            prune: whether to remove the outputs of the others, too.

        Returns:
            How many outputs of articles not seen were kept, and how many were removed.
        """
        kept = pruned = 0
        for row in seen.missed(self._manifest):
            if row.failure is None and not prune:
                kept += 1
                continue
            self._note([row.name])
            if row.failure is None:
                self._remove(self.target(row.name))
                pruned += 1
        if self._journal.exists():
            self._fold()
            self.manifest.close()
            self.manifest = Manifest(self._manifest)
            self._write_failures()
            with refused(self._journal):
                shutil.rmtree(self._staging, ignore_errors=True)
                self._journal.unlink()
        return kept, pruned

    def close(self) -> None:
        """Let go of all that is open."""
        self._threads.shutdown()
        self.manifest.close()

    def _recover(self) -> None:
        """Take over what a run that did not end had done; its journal stays, empty, until this one ends."""
        with refused(self._staging):
            shutil.rmtree(self._staging, ignore_errors=True)
        if self._journal.exists():
            self._fold()
            with refused(self._journal):
                write_synced(self._journal, b"")

    def _fold(self) -> None:
        with refused(self._manifest):
            self._staging.mkdir(exist_ok=True)
            new = self._staging / "manifest"
            fold(self._manifest, self._journal, new)
            write_synced(new, b"", append=True)
            new.replace(self._manifest)
            sync_folder(self._manifest.parent)

    def _note(self, changes: Iterable[Row | str]) -> None:
        if lines := b"".join(map(journal_line, changes)):
            with refused(self._journal):
                write_synced(self._journal, lines, append=True)

    def _place(self, target: Path, staged: Path) -> Path:
        with refused(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            staged.replace(target)
        return target.parent

    def _remove(self, target: Path) -> Path:
        with refused(target), suppress(FileNotFoundError):
            target.unlink()
        return target.parent

    def _write_failures(self) -> None:
        with refused(self._failures):
            staged = self._staging / "failures"
            write_synced(staged, (f"{line}\n".encode() for line in self.manifest.failures()))
            if staged.stat().st_size:
                staged.replace(self._failures)
            else:
                self._failures.unlink(missing_ok=True)
            sync_folder(self.output)

    def _each(self, do: Callable[[_Thing], None], things: Iterable[_Thing]) -> None:
        list(self._threads.map(do, things))


def failures_file(output: Path, shard: Shard) -> Path:
    """Where the failures of a shard are listed."""
    return output / (FAILURES if shard.whole else f"failures-{shard}.jsonl")


def written_to(output: Path, shard: Shard) -> tuple[str, ...]:
    """Real paths below which a run writes; articles are not to be looked for there."""
    real = output.resolve()
    return tuple(map(str, (real, real / STATE, failures_file(real, shard))))


def output_digest(data: bytes) -> str:
    """The digest of an output in its row."""
    return blake2b(data, digest_size=16).hexdigest()
