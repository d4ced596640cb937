"""Whether a gathering was held, goes on, or is to come, as of the article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from pipeline.base import Candidate, Mention, Resolver
from pipeline.records.conference.when import When

Value = Literal["held", "ongoing", "scheduled", "proposed", "postponed", "cancelled"]
#: Days since an opening that no word of an end follows: of nine gold gatherings of known opening and unknown
#: end, all up to the fourth day went on.
_FRESH = 4
_CLOSED = 4  # weight of a verb that ends the gathering


@dataclass(frozen=True, slots=True)
class Cue:
    """What a cue says of a gathering, and how surely."""

    status: str
    weight: int


@dataclass(frozen=True, slots=True)
class Status:
    """The status and the mentions it was read from; none where it is the default."""

    value: Value
    mentions: tuple[Mention, ...] = ()


def by_cues(candidate: Candidate) -> Status:
    """The status that tense and verbs tell: a cancellation outweighs all, else the weightiest sum."""
    mentions = candidate.slots.get("status", ())
    for value in ("cancelled", "postponed"):
        told = [m for m in mentions if m.value.status == value]
        if told:
            return Status(value, (told[0],))
    sums: dict[str, float] = defaultdict(float)
    for mention in mentions:
        sums[mention.value.status] += mention.value.weight
    if not sums:
        return Status("held")
    # What is told last in this tuple wins a tie: without more to go by, the past is the safer reading.
    weightiest = max(
        ("proposed", "ongoing", "scheduled", "held"), key=lambda v: (sums.get(v, 0.0), v == "held")
    )
    return Status(cast(Value, weightiest), _of(mentions, weightiest))


def with_dates(status: Status, candidate: Candidate, resolver: Resolver, told: When) -> Status:
    """The status corrected by what the dates say of the article's own day."""
    if status.value in ("cancelled", "postponed"):
        return status
    value = _by_date(told, resolver.anchor, candidate, status.value)
    if value is None or value == status.value:
        return status
    return Status(
        value, _of(candidate.slots.get("status", ()), value) or told.start_mentions or told.end_mentions
    )


def _of(mentions: Iterable[Mention], value: str) -> tuple[Mention, ...]:
    fitting = [m for m in mentions if m.value.status == value]
    return (max(fitting, key=lambda m: m.value.weight),) if fitting else ()


def _by_date(told: When, anchor: date | None, candidate: Candidate, cued: Value) -> Value | None:
    """What the dates alone say: over, not begun, or between first and last day."""
    first, last = told.start or told.end, told.end or told.start
    if anchor is None or first is None or last is None or first.startswith("XXXX"):
        return None
    today = anchor.isoformat()
    closed = any(m.value.status == "held" and m.value.weight >= _CLOSED for m in _cues(candidate))
    if told.end is None and len(first) == 10 and 0 <= _days_ago(first, anchor) <= _FRESH:
        return "held" if closed else "ongoing"
    if last < today[: len(last)]:
        return "held"
    if told.start is None and len(last) == 10:
        return _before_the_end(cued, last, today)
    if first > today[: len(first)]:
        return "proposed" if cued == "proposed" else "scheduled"
    if len(first) == 10 and len(last) == 10 and first < last:
        return "held" if last == today else "ongoing"  # 12 of 13 told of on their last day are held in gold
    return None


def _before_the_end(cued: Value, last: str, today: str) -> Value | None:
    """A gathering of which only the last day is told, and lies ahead."""
    if last == today:
        return None
    return "scheduled" if cued in ("scheduled", "proposed") else "ongoing"


def _cues(candidate: Candidate) -> tuple[Mention, ...]:
    return candidate.slots.get("status", ())


def _days_ago(day: str, anchor: date) -> int:
    return (anchor - date.fromisoformat(day)).days
