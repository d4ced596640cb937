"""A run with the small extractor of tests/kill, and folders of articles for it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch import FAILURES, STATE, Plan, Summary, run
from pipeline.settings import Settings

sys.path.append(str(Path(__file__).parent.parent / "kill"))  # workers import it by its name

from fakes import Words

EVERYTHING = Plan()


def outputs(folder: Path) -> dict[str, bytes]:
    """The files of a run by name, without its own notes."""
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    return {name: p.read_bytes() for name, p in found.items() if not name.startswith(STATE)}


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a run by name."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@dataclass
class Bench:
    """Articles in, outputs out, and a log of what was extracted."""

    folder: Path

    @property
    def articles(self) -> Path:
        return self.folder / "in"

    @property
    def output(self) -> Path:
        return self.folder / "out"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def write(self, articles: Mapping[str, str]) -> None:
        for name, text in articles.items():
            (self.articles / name).parent.mkdir(parents=True, exist_ok=True)
            (self.articles / name).write_text(text)

    @property
    def words(self) -> Words:
        return Words(self.log)

    def run(self, plan: Plan = EVERYTHING, inputs: list[Path] | None = None, **settings: Any) -> Summary:
        """Run; the articles that were extracted are in `extracted` afterwards."""
        self.log.unlink(missing_ok=True)
        chosen = Settings(**({"timeout": 60} | settings))
        return run(inputs or [self.articles], self.output, chosen, plan=plan, factory=self.words)

    @property
    def extracted(self) -> list[str]:
        return sorted(self.log.read_text().splitlines()) if self.log.exists() else []

    @property
    def failures(self) -> list[dict[str, Any]]:
        file = self.output / FAILURES
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    @property
    def tree(self) -> dict[str, bytes]:
        return tree(self.output)

    def move_output(self) -> None:
        """Have the next run begin anew."""
        self.output.rename(self.folder / f"out{len(list(self.folder.iterdir()))}")

    @property
    def outputs(self) -> dict[str, bytes]:
        return outputs(self.output)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Articles a, b, north/c, north/d."""
    bench = Bench(tmp_path)
    bench.write({"a.txt": "rain", "b.txt": "sun and wind", "north/c.txt": "snow", "north/d.txt": "ice"})
    return bench
