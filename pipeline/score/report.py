"""What comes of scoring: counts, precision, recall and F1 by type, field and overall, with intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from .pair import Pair, SlotScore
from .spec import TypeSpec

# Efron & Tibshirani (1993, ch. 13) advise 1,000 or more replications for a percentile interval.
BOOTSTRAP_SAMPLES = 1_000
BOOTSTRAP_SEED = 20


@dataclass(frozen=True, slots=True)
class Counts:
    """How many things are in gold, how many were found, and how many of these are right."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.found + other.found, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1.0 when nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of gold that was found; 1.0 when gold is empty."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two, taken over the counts; 1.0 when both sides are empty."""
        total = self.found + self.gold
        return 2 * self.right / total if total else 1.0

    def to_json(self) -> dict[str, float]:
        """Counts and figures as a plain object."""
        figures = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {"right": self.right, "found": self.found, "gold": self.gold, **figures}


def count_slots(slots: Iterable[SlotScore]) -> Counts:
    """The counts of slots: a wrong one was found and is in gold, but is not right."""
    tally = Counter(slot.verdict for slot in slots)
    right, wrong = tally["right"], tally["wrong"]
    return Counts(right, right + wrong + tally["extra"], right + wrong + tally["missing"])


def count_records(pairs: Iterable[Pair]) -> Counts:
    """The counts of records: every pair is a hit."""
    pairs = list(pairs)
    sides = [(pair.gold is not None, pair.found is not None) for pair in pairs]
    return Counts(sum(g and f for g, f in sides), sum(f for _, f in sides), sum(g for g, _ in sides))


@dataclass(frozen=True, slots=True)
class ArticleScore:
    """One article: its records in pairs. `missing` says that there was no output file for it."""

    id: str
    pairs: tuple[Pair, ...]
    missing: bool = False

    def slots(self, title: str | None = None) -> Counts:
        """Slot counts of one record type, or of all."""
        return count_slots(slot for pair in self.pairs if title in (None, pair.type) for slot in pair.slots)


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of a folder, for the record types that were asked for."""

    specs: tuple[TypeSpec, ...]
    articles: tuple[ArticleScore, ...]

    @property
    def types(self) -> tuple[str, ...]:
        """The titles of the record types, in the order in which they are shown."""
        return tuple(spec.title for spec in self.specs)

    def pairs(self, title: str | None = None) -> Iterator[Pair]:
        """All pairs, or those of one record type."""
        for article in self.articles:
            yield from (pair for pair in article.pairs if title in (None, pair.type))

    def slots(self, title: str | None = None) -> Counts:
        """Slot counts of one record type, or of all."""
        return count_slots(slot for pair in self.pairs(title) for slot in pair.slots)

    def records(self, title: str | None = None) -> Counts:
        """Record counts of one record type, or of all."""
        return count_records(self.pairs(title))

    def fields(self, title: str) -> dict[str, Counts]:
        """Slot counts of one record type by field, in the order of the fields."""
        fields = (slot.field for spec in self.specs if spec.title == title for slot in spec.slots)
        by_field: dict[str, list[SlotScore]] = {field: [] for field in fields}
        for pair in self.pairs(title):
            for slot in pair.slots:
                by_field[slot.field].append(slot)
        return {field: count_slots(slots) for field, slots in by_field.items() if slots}

    @property
    def missing(self) -> tuple[str, ...]:
        """The articles that have gold but no output."""
        return tuple(article.id for article in self.articles if article.missing)

    def interval(self, title: str | None = None) -> tuple[float, float]:
        """The 95% interval of slot F1: percentile bootstrap over articles, always with the same seed."""
        rows = [article.slots(title) for article in self.articles]
        if not rows:
            return 0.0, 1.0
        right = np.array([row.right for row in rows])
        total = np.array([row.found + row.gold for row in rows])
        draws = np.random.default_rng(BOOTSTRAP_SEED).integers(len(rows), size=(BOOTSTRAP_SAMPLES, len(rows)))
        rights, totals = right[draws].sum(axis=1), total[draws].sum(axis=1)
        f1 = np.divide(2 * rights, totals, out=np.ones(len(rights)), where=totals > 0)
        low, high = np.percentile(f1, [2.5, 97.5])
        return float(low), float(high)

    def _figures(self, title: str | None = None) -> dict[str, Any]:
        slots = {**self.slots(title).to_json(), "f1_interval_95": list(self.interval(title))}
        return {"records": self.records(title).to_json(), "slots": slots}

    def to_json(self) -> dict[str, Any]:
        """All figures as plain objects, for machines."""
        by_type = {
            title: {**self._figures(title), "fields": {f: c.to_json() for f, c in self.fields(title).items()}}
            for title in self.types
        }
        overall = {"articles": len(self.articles), "missing": list(self.missing), "overall": self._figures()}
        return {**overall, "types": by_type}
