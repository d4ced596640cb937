"""Interprets a candidate's mentions: a site count, or why there is none."""

from __future__ import annotations

from pipeline.base import Candidate, Count, Mention, Number, Rejection, Resolver
from pipeline.records.site_count.schema import Holder, SiteCount

_COUNTRY = ("country", "demonym")


def build(candidate: Candidate, resolver: Resolver) -> SiteCount | Rejection:
    """The record that a candidate's mentions state, or the reason why they state none."""
    slots = candidate.slots
    if blocked := slots.get("blocked"):
        return Rejection(candidate, blocked[0].rule)
    if not slots.get("holder") or not slots.get("designation"):
        return Rejection(candidate, "no holder or no designation")
    count = _count(slots.get("count", ()))
    rank, share = _value(slots.get("rank", ())), _share(slots.get("share", ()))
    if count is None and rank is None and share is None:
        return Rejection(candidate, "neither a number nor a share nor a rank")
    if count is not None and count.value == 0:
        return Rejection(candidate, "a count of none")
    return SiteCount(
        holder=_holder(slots["holder"][0], resolver),
        designation=slots["designation"][0].value,
        measure=slots["measure"][0].label,
        count=count,
        share=share,
        breakdown=dict(m.value for m in slots.get("breakdown", ())) if count else {},
        rank=rank,
        rank_scope=_scope(slots.get("rank_scope", ()), resolver) if rank else None,
        countries_count=_count(slots.get("countries_count", ())),
        as_of=_as_of(candidate, resolver),
        said_by=_value(slots.get("said_by", ())),
    )


def _value(mentions: tuple[Mention, ...]) -> object:
    return mentions[0].value if mentions else None


def _count(mentions: tuple[Mention, ...]) -> Count | None:
    number = _value(mentions)
    return Count(value=number.value, qualifier=number.qualifier) if isinstance(number, Number) else None


def _share(mentions: tuple[Mention, ...]) -> float | None:
    number = _value(mentions)
    return round(number.share, 3) if isinstance(number, Number) and number.share else None


def _holder(mention: Mention, resolver: Resolver) -> Holder:
    if mention.label in _COUNTRY:
        return Holder(name=resolver.country_name(mention.value), code=mention.value)
    return Holder(name=mention.value)


def _scope(mentions: tuple[Mention, ...], resolver: Resolver) -> str | None:
    value = _value(mentions)
    if isinstance(value, tuple):
        label, name = value
        return resolver.country_name(name) if label in _COUNTRY else name
    return str(value) if value else None


def _as_of(candidate: Candidate, resolver: Resolver) -> str | None:
    """The date the statement names, at its end for a period, else the article's own."""
    for mention in candidate.slots.get("as_of", ()):
        resolved = resolver.dates(mention) if mention.label == "date" else None
        if resolved and resolved[1]:
            return resolved[1]
    return resolver.own_date
