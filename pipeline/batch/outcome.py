"""What becomes of an article, and the figures of a run."""

from __future__ import annotations

import traceback
from collections import Counter
from dataclasses import dataclass, field

from pipeline.errors import CommuniqueError, printable


@dataclass(frozen=True, slots=True)
class Done:
    """An article whose file is written."""

    article: str
    records: dict[str, int]
    warnings: int


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An article that nothing was done for: an earlier run's file or failure still holds."""

    article: str


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that gave no file. `traceback` is set where the program, not the article, is at fault."""

    article: str
    kind: str
    stage: str
    message: str
    traceback: str | None = None

    @property
    def defect(self) -> bool:
        """Whether the program is at fault."""
        return self.traceback is not None


Outcome = Done | Unchanged | Failure


@dataclass(slots=True)
class Summary:
    """The figures of a run over all articles of its input, those that nothing was done for included.

    `kept` counts files of earlier runs whose articles the input does not hold, `pruned` those removed.
    """

    articles: int = 0
    records: Counter[str] = field(default_factory=Counter)
    warnings: int = 0
    failures: int = 0
    unchanged: int = 0
    kept: int = 0
    pruned: int = 0

    def add(self, outcome: Done | Failure) -> None:
        """Count one article that was done."""
        self.articles += 1
        if isinstance(outcome, Failure):
            self.failures += 1
        else:
            self.records.update(outcome.records)
            self.warnings += outcome.warnings

    def add_unchanged(self, records: dict[str, int], warnings: int, failed: bool, times: int) -> None:
        """Count articles that are alike and were not done again; figures are those of one."""
        self.articles += times
        self.unchanged += times
        self.failures += failed * times
        self.warnings += warnings * times
        for plural, count in records.items():
            self.records[plural] += count * times


def failure_of(article: str, stage: str, error: Exception) -> Failure:
    """The failure that an exception amounts to; one that is no `CommuniqueError` is a defect."""
    expected = isinstance(error, CommuniqueError)
    trace = None if expected else printable("".join(traceback.format_exception(error)))
    return Failure(article, type(error).__name__, stage, printable(str(error)), trace)
