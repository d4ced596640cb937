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
_FRESH = 3  # days since an opening that no word of an end follows


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
    if last < today[: len(last)]:
        open_ended = told.end is None and len(first) == 10 and _days_ago(first, anchor) <= _FRESH
        return "ongoing" if open_ended and cued == "ongoing" else "held"
    if told.start is None and cued == "ongoing" and last >= today[: len(last)]:
        return "ongoing"
    if first > today[: len(first)]:
        return "proposed" if cued == "proposed" else "scheduled"
    if len(first) == 10 and len(last) == 10 and first < last:
        return "held" if last == today and cued == "held" else "ongoing"
    return None


def _days_ago(day: str, anchor: date) -> int:
    return (anchor - date.fromisoformat(day)).days
