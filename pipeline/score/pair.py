"""Gold and predicted records of one article and type, paired one-to-one so that most slots are right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy.optimize import linear_sum_assignment

from .compare import COMPARISONS, Article, Entry, Record, Slot
from .spec import TypeSpec

Elements = dict[str, list[Any]]
Verdict = Literal["right", "wrong", "missing", "extra"]

# A pair's weight is its right slots; of equal sums the one with more pairs wins. No record has so many slots.
_SLOT_WEIGHT = 1_000


@dataclass(frozen=True, slots=True)
class SlotScore:
    """One compared slot, or one element of a list: `wrong` when both sides are filled and differ."""

    field: str
    verdict: Verdict
    gold: Any = None
    found: Any = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold record and the predicted one paired with it; one of the two is None when it stayed alone."""

    type: str
    gold: Record | None
    found: Record | None
    slots: tuple[SlotScore, ...]


def best_matches(left: int, right: int, weight: Callable[[int, int], int]) -> list[tuple[int, int]]:
    """One-to-one matches of `left` rows and `right` columns of the greatest total weight; 0 is no match."""
    if not left or not right:
        return []
    weights = np.array([[weight(i, j) for j in range(right)] for i in range(left)])
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if weights[i, j] > 0]


def _compare_list(slot: Slot, gold: Sequence[Any], found: Sequence[Any]) -> list[SlotScore]:
    same = COMPARISONS[slot.compare].same
    matches = best_matches(len(gold), len(found), lambda i, j: int(same(slot, gold[i], found[j])))
    scores = [SlotScore(slot.field, "right", gold[i], found[j]) for i, j in matches]
    missed = [gold[i] for i in sorted(set(range(len(gold))) - {i for i, _ in matches})]
    extra = [found[j] for j in sorted(set(range(len(found))) - {j for _, j in matches})]
    for entry in [value for value in missed if isinstance(value, Entry)]:
        if other := next((value for value in extra if value.key == entry.key), None):
            scores.append(SlotScore(slot.field, "wrong", entry, other))
            missed.remove(entry)
            extra.remove(other)
    scores += [SlotScore(slot.field, "missing", gold=value) for value in missed]
    return scores + [SlotScore(slot.field, "extra", found=value) for value in extra]


def _compare_slot(slot: Slot, gold: Sequence[Any], found: Sequence[Any]) -> list[SlotScore]:
    comparison = COMPARISONS[slot.compare]
    if comparison.is_list:
        return _compare_list(slot, gold, found)
    if gold and found:
        verdict: Verdict = "right" if comparison.same(slot, gold[0], found[0]) else "wrong"
        return [SlotScore(slot.field, verdict, gold[0], found[0])]
    missing = [SlotScore(slot.field, "missing", gold=value) for value in gold]
    return missing + [SlotScore(slot.field, "extra", found=value) for value in found]


def _elements(spec: TypeSpec, record: Record, article: Article) -> Elements:
    return {slot.field: COMPARISONS[slot.compare].elements(slot, record, article) for slot in spec.slots}


def _compare(spec: TypeSpec, gold: Elements, found: Elements) -> tuple[SlotScore, ...]:
    return tuple(
        score
        for slot in spec.slots
        for score in _compare_slot(slot, gold.get(slot.field, []), found.get(slot.field, []))
    )


def compare_records(spec: TypeSpec, gold: Record, found: Record, article: Article) -> tuple[SlotScore, ...]:
    """The slots of two records of one article, whether or not their keys agree."""
    return _compare(spec, _elements(spec, gold, article), _elements(spec, found, article))


class Pairing:
    """The records of one type in one article, taken apart once, to be paired."""

    def __init__(self, spec: TypeSpec, gold: Article, found: Article) -> None:
        self.spec = spec
        self.gold: list[Record] = list(gold.get(spec.collection) or ())
        self.found: list[Record] = list(found.get(spec.collection) or ())
        self._gold = [_elements(spec, record, gold) for record in self.gold]
        self._found = [_elements(spec, record, found) for record in self.found]
        self._scores: dict[tuple[int, int], tuple[SlotScore, ...]] = {}

    def _agrees(self, slot: Slot, i: int, j: int) -> bool:
        gold, found = self._gold[i][slot.field], self._found[j][slot.field]
        same_key = COMPARISONS[slot.compare].same_key
        return any(same_key(slot, left, right) for left in gold for right in found)

    def _key_agrees(self, i: int, j: int) -> bool:
        any_of = self.spec.key_any
        return all(self._agrees(slot, i, j) for slot in self.spec.key) and (
            not any_of or any(self._agrees(slot, i, j) for slot in any_of)
        )

    def _weight(self, i: int, j: int) -> int:
        if not self._key_agrees(i, j):
            return 0
        scores = self._scores[i, j] = _compare(self.spec, self._gold[i], self._found[j])
        return 1 + _SLOT_WEIGHT * sum(score.verdict == "right" for score in scores)

    def pairs(self) -> list[Pair]:
        """All records of both sides: first the pairs in gold order, then those that stayed alone."""
        matches = best_matches(len(self.gold), len(self.found), self._weight)
        taken, used = {i for i, _ in matches}, {j for _, j in matches}
        title = self.spec.title
        paired = [Pair(title, self.gold[i], self.found[j], self._scores[i, j]) for i, j in matches]
        missed = [
            Pair(title, record, None, _compare(self.spec, self._gold[i], {}))
            for i, record in enumerate(self.gold)
            if i not in taken
        ]
        extra = [
            Pair(title, None, record, _compare(self.spec, {}, self._found[j]))
            for j, record in enumerate(self.found)
            if j not in used
        ]
        return paired + missed + extra


def pair_records(spec: TypeSpec, gold: Article, found: Article) -> list[Pair]:
    """Pair the records of one type in one article and compare their slots."""
    return Pairing(spec, gold, found).pairs()
