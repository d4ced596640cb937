"""First and last day of a gathering."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from pipeline.base import Candidate, Mention, Resolver

_OF_THE_GATHERING = (
    "g_held_d",
    "g_will_d",
    "d_hosting_g",
    "attend_g_d",
    "opened_g_d",
    "d_g_held",
    "postponed_to",
)
Tense = Literal["past", "present", "future"]


@dataclass(frozen=True, slots=True)
class When:
    """EDTF dates of the first and last day, with the mentions they were read from."""

    start: str | None = None
    end: str | None = None
    start_mentions: tuple[Mention, ...] = ()
    end_mentions: tuple[Mention, ...] = ()


def when(candidate: Candidate, resolver: Resolver, tense: Tense | None) -> When:
    """The dates told of a gathering; a year that they leave out is the one in its name, if there is one."""
    told = _told(candidate, resolver, tense)
    named = next((m for m in candidate.slots["name"] if m.value.year), None)
    if named is None:
        return told
    year = str(named.value.year)
    start = told.start.replace("XXXX", year) if told.start else None
    end = told.end.replace("XXXX", year) if told.end else None
    return replace(told, start=start, end=end)


def _told(candidate: Candidate, resolver: Resolver, tense: Tense | None) -> When:
    """The dates: a range or a day told of the gathering, else its opening and closing days, else a year in
    its name.
    """
    slots = candidate.slots
    dated = _without_acts(slots.get("date", ()), slots.get("act_day", ()))
    openings = (*slots.get("opening", ()), *(m for m in dated if m.value.open_end))
    closings = (*slots.get("closing", ()), *(m for m in dated if m.value.open_start))
    bounds = {id_(m) for m in openings + closings}
    plain = [m for m in dated if id_(m) not in bounds]
    told = _resolved([*plain, *openings, *closings], resolver, tense)
    ranges = [(m, r) for m, r in told if r[0] != r[1]]
    if ranges:
        mention, (first, last) = max(ranges, key=lambda pair: len(pair[1][0]))
        return When(first, last, (mention,), (mention,))
    opening = _day(openings, resolver, tense)
    closing = _day(closings, resolver, "future" if _still_runs(closings, tense) else tense)
    days = _resolved(plain, resolver, tense)
    if (opening or closing) and not any(len(r[0]) == 10 for _, r in days):
        return _bounded(opening, closing, candidate)
    if days:
        mention, (first, _) = max(days, key=lambda pair: len(pair[1][0]))
        return _lasting(mention, first, candidate)
    if opening or closing:
        return _bounded(opening, closing, candidate)
    return _loose(candidate, resolver, tense)


def _still_runs(closings: tuple[Mention, ...], tense: Tense | None) -> bool:
    """Whether the closing day is to come: of what goes on, or "runs until Thursday"."""
    return tense == "present" or any(m.value.open_start for m in closings)


def _without_acts(dated: tuple[Mention, ...], acts: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The dates without the days on which somebody did something there ("told the forum on Saturday").

    A date that a verb of the gathering itself governs, too, stays; so does what is no single day.
    """
    held = {id_(m) for m in dated if m.rule.rsplit("/", 1)[-1] in _OF_THE_GATHERING}
    days = {id_(m) for m in acts if m.value.first == m.value.last and is_day(m)} - held
    return tuple(m for m in dated if id_(m) not in days)


def is_day(mention: Mention) -> bool:
    """Whether a date mention tells a day, not a month or year."""
    point = mention.value.first
    in_days = point.shift is not None and point.shift.unit == "day"
    return point.day is not None or point.weekday is not None or in_days


def id_(mention: Mention) -> tuple[int, int]:
    """Mentions of one place in the text are one, whichever rule caught them."""
    return mention.start, mention.end


def _resolved(
    mentions: list[Mention], resolver: Resolver, tense: Tense | None
) -> list[tuple[Mention, tuple[str, str]]]:
    pairs = [(m, _read(m, resolver, tense)) for m in mentions]
    return [(m, r) for m, r in pairs if r is not None]


def _read(mention: Mention, resolver: Resolver, tense: Tense | None) -> tuple[str, str] | None:
    """First and last day; a year left out, with no tense to go by, is the one that lies nearest to the
    article's day.
    """
    if tense is not None:
        return resolver.dates(mention, tense)
    past, future = resolver.dates(mention, "past"), resolver.dates(mention, "future")
    if past is None or future is None or past == future or resolver.anchor is None:
        return past
    if mention.value.first.month is None:
        return past
    return min(past, future, key=lambda dates: _distance(dates[0], resolver.anchor))


def _distance(first: str, anchor: date | None) -> int:
    """Days between an EDTF date (its first day) and the anchor."""
    if anchor is None or first.startswith("XXXX"):
        return 0
    full = first + "-01" * ((10 - len(first)) // 3)
    return abs((date.fromisoformat(full) - anchor).days)


def _day(
    mentions: tuple[Mention, ...], resolver: Resolver, tense: Tense | None
) -> tuple[Mention, str] | None:
    resolved = _resolved(list(mentions), resolver, tense)
    if not resolved:
        return None
    mention, (first, _) = max(resolved, key=lambda pair: len(pair[1][0]))
    return mention, first


def _bounded(
    opening: tuple[Mention, str] | None, closing: tuple[Mention, str] | None, candidate: Candidate
) -> When:
    if opening and not closing:
        last = _after(opening[1], candidate)
        duration = candidate.slots.get("duration", ())[:1] if last else ()
        return When(opening[1], last, (opening[0],), (opening[0], *duration) if last else ())
    start, start_mentions = _stated(opening)
    if closing and not opening and (first := _away(closing[1], candidate, -1)):
        start, start_mentions = first, (closing[0], *candidate.slots["duration"][:1])
    end, end_mentions = _stated(closing)
    return When(start, end, start_mentions, end_mentions)


def _stated(day: tuple[Mention, str] | None) -> tuple[str | None, tuple[Mention, ...]]:
    return (day[1], (day[0],)) if day else (None, ())


def _lasting(mention: Mention, first: str, candidate: Candidate) -> When:
    """A single date is first and last day; with a stated duration of several days it is left to that."""
    last = _after(first, candidate)
    if last and last != first:
        return When(first, last, (mention,), (mention, *candidate.slots["duration"][:1]))
    return When(first, first, (mention,), (mention,))


def _after(first: str, candidate: Candidate) -> str | None:
    """The last day by a stated duration ("a three-day forum opening on 8 September")."""
    return _away(first, candidate, 1)


def _away(day: str, candidate: Candidate, direction: int) -> str | None:
    """The day at the other end of a stated duration."""
    durations = [m.value for m in candidate.slots.get("duration", ()) if isinstance(m.value, int)]
    if not durations or len(day) != 10 or durations[0] > 60:
        return None
    span = direction * timedelta(days=durations[0] - 1)
    if day.startswith("XXXX"):
        shifted = date(2001, int(day[5:7]), int(day[8:10])) + span
        return f"XXXX-{shifted:%m-%d}"
    return (date.fromisoformat(day) + span).isoformat()


def _loose(candidate: Candidate, resolver: Resolver, tense: Tense | None) -> When:
    """What dates a gathering when nothing else does: a year or month beside it, or the year in its name."""
    rough = [
        (m, r)
        for m, r in _resolved(list(candidate.slots.get("date_loose", ())), resolver, tense)
        if len(r[0]) <= 7
    ]
    if rough:
        mention, (first, last) = rough[0]
        return When(first, last, (mention,), (mention,))
    if (alone := _alone(candidate, resolver, tense)).start:
        return alone
    named = [m for m in candidate.slots["name"] if m.value.year]
    if named and "postponed" not in [m.value.status for m in candidate.slots.get("status", ())]:
        year = str(named[0].value.year)
        return When(year, year, (named[0],), (named[0],))
    return When()


def _alone(candidate: Candidate, resolver: Resolver, tense: Tense | None) -> When:
    """The only date of the sentences that name the gathering, if it is no day of an act."""
    acts = candidate.slots.get("act_day", ())
    told = (m for m in candidate.slots.get("date_sentence", ()) if m.value.first.month or m.value.first.year)
    mentions = _without_acts(tuple(told), acts)
    resolved = {id_(m): (m, r) for m, r in _resolved(list(mentions), resolver, tense)}
    if len(resolved) != 1:
        return When()
    mention, (first, last) = next(iter(resolved.values()))
    return When(first, last, (mention,), (mention,))
