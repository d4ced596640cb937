"""Many articles: a file for each, a line in `failures.jsonl` for each that broke; none stops the others.

Public: `run` with its `Plan` and `Shard`, and what it tells: `Summary`, `Outcome`, `Interrupted`.
"""

from __future__ import annotations

from pipeline.batch.interrupt import Interrupted
from pipeline.batch.outcome import Done, Failure, Outcome, Summary, Unchanged
from pipeline.batch.runner import Plan, run
from pipeline.batch.shard import Shard
from pipeline.batch.store import FAILURES, STATE

__all__ = [
    "FAILURES",
    "STATE",
    "Done",
    "Failure",
    "Interrupted",
    "Outcome",
    "Plan",
    "Shard",
    "Summary",
    "Unchanged",
    "run",
]
