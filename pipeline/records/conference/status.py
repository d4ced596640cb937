"""Whether a gathering was held, goes on, or is to come, as of the article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.base import Candidate, Mention, Resolver
from pipeline.records.conference.when import When

Value = Literal["held", "ongoing", "scheduled", "proposed", "postponed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Status:
    """The status and the mentions of its cues; none where it follows from the dates or is the default."""

    value: Value
    mentions: tuple[Mention, ...] = ()


def status_of(candidate: Candidate, resolver: Resolver, told: When) -> Status:
    """The status: a cancellation first, then what the dates say of the article's own day, then tense and verbs."""
    cues: dict[str, list[Mention]] = {}
    for mention in candidate.slots.get("status", ()):
        cues.setdefault(mention.value, []).append(mention)
    for value in ("cancelled", "postponed"):
        if value in cues:
            return Status(value, (cues[value][0],))  # type: ignore[arg-type]
    by_date = _by_date(told, resolver.anchor, cues)
    if by_date:
        return Status(by_date, told.start_mentions or told.end_mentions)
    if "proposed" in cues and "held" not in cues:
        return Status("proposed", (cues["proposed"][0],))
    strong = [m for m in cues.get("held", ()) if m.rule.endswith("/held")]
    order: tuple[Value, ...] = (
        ("held", "scheduled", "ongoing") if strong else ("scheduled", "ongoing", "held")
    )
    value = next((v for v in order if v in cues), "held")
    return Status(value, (cues[value][0],) if value in cues else ())


def _by_date(told: When, anchor: date | None, cues: dict[str, list[Mention]]) -> Value | None:
    """What the dates alone say: over, not begun, or between first and last day."""
    first, last = told.start or told.end, told.end or told.start
    if anchor is None or first is None or last is None or first.startswith("XXXX"):
        return None
    today = anchor.isoformat()
    if last < today[: len(last)]:
        return _still_open(told, cues, anchor) or "held"
    if first > today[: len(first)]:
        return "scheduled"
    if len(first) == 10 and first != last:
        return "held" if last == today and "ongoing" not in cues and "held" in cues else "ongoing"
    return None


def _still_open(told: When, cues: dict[str, list[Mention]], anchor: date) -> Value | None:
    """An opening told without a last day, a few days ago at most, and no word of its end."""
    opened_only = told.start is not None and told.end is None and len(told.start) == 10
    if opened_only and (anchor - date.fromisoformat(told.start or "")).days <= 3 and "ongoing" in cues:
        return "ongoing"
    return None
