"""Ties the records of one article: a membership to its alliance, founders to memberships, a founding to its
conference.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from pipeline.base import Candidate, Count, Document, Mention, Record
from pipeline.body import Body
from pipeline.records.alliance.schema import Alliance
from pipeline.records.membership.schema import Membership

Found = list[tuple[Candidate, Record]]
RecordT = TypeVar("RecordT", bound=Record)

_FULL_LIST = 3  # founders named; fewer may be the initiators only
_ENTERED, _QUIT = ("joined", "ratified"), ("left",)


def link(document: Document, found: Found) -> Found:
    """The records of an article, tied.

    Args:
        document: the article.
        found: every record with the candidate that it was built from, in any order.

    Returns:
        The same records, those of alliances and memberships changed or added to where one tells of the other;
        the records of other types as they were.
    """
    others = [(c, r) for c, r in found if not isinstance(r, Alliance | Membership)]
    memberships = _of(Membership, found)
    alliances = _with_own(memberships, _of(Alliance, found))
    memberships = _with_founders(alliances, memberships)
    alliances = [(c, _held_at(document, c, _told_by(r, memberships), others)) for c, r in alliances]
    return [*others, *alliances, *memberships]


def _of(kind: type[RecordT], found: Found) -> list[tuple[Candidate, RecordT]]:
    return [(c, r) for c, r in found if isinstance(r, kind)]


def _with_own(
    memberships: Iterable[tuple[Candidate, Membership]], alliances: list[tuple[Candidate, Alliance]]
) -> list[tuple[Candidate, Alliance]]:
    """The alliances, and one for every membership that has none yet."""
    known = {record.name: (candidate, record) for candidate, record in alliances}
    for candidate, membership in memberships:
        if membership.alliance not in known:
            known[membership.alliance] = _alliance_of(candidate)
    return list(known.values())


def _alliance_of(membership: Candidate) -> tuple[Candidate, Alliance]:
    mention = membership.slots["alliance"][0]
    body: Body = mention.value
    slots = {"name": (mention,), "kind": (mention,), "action": (membership.trigger,)}
    record = Alliance(
        name=body.name, aliases=body.aliases, kind=body.kind, action="described", status="existing"
    )
    return Candidate("alliance", membership.trigger, slots), record


def _with_founders(
    alliances: Iterable[tuple[Candidate, Alliance]], memberships: Iterable[tuple[Candidate, Membership]]
) -> list[tuple[Candidate, Membership]]:
    """The memberships, and those of the founders of an alliance."""
    pairs = {(m.alliance, m.country): (c, m) for c, m in memberships if m.country}
    for candidate, alliance in alliances:
        if alliance.action != "founded":
            continue
        for mention in candidate.slots.get("founders", ()):
            key = (alliance.name, mention.value)
            pairs[key] = _founder(candidate, alliance, mention, pairs.get(key))
    return [*pairs.values(), *((c, m) for c, m in memberships if not m.country)]


def _founder(
    candidate: Candidate, alliance: Alliance, country: Mention, known: tuple[Candidate, Membership] | None
) -> tuple[Candidate, Membership]:
    if known and known[1].event in ("left", "suspended"):
        return known[0], known[1].model_copy(update={"role": "founding_member"})
    trigger = candidate.slots["action"][0]
    slots = {
        "country": (country,),
        "alliance": candidate.slots["name"],
        "role": (trigger,),
        "event": (trigger,),
    }
    if alliance.founded_date:
        slots["date"] = candidate.slots["founded_date"]
    record = Membership(
        country=country.value,
        alliance=alliance.name,
        role="founding_member",
        event="founded",
        date=alliance.founded_date,
    )
    return Candidate("membership", replace(trigger, rule=f"link/founder/{trigger.rule}"), slots), record


def _told_by(alliance: Alliance, memberships: Iterable[tuple[Candidate, Membership]]) -> Alliance:
    """The alliance with the action, founders and number of members that its memberships tell, where it has
    none.
    """
    own = [m for _, m in memberships if m.alliance == alliance.name]
    changes: dict[str, object] = {}
    entered, gone = sum(m.event in _ENTERED for m in own), sum(m.event in _QUIT for m in own)
    if alliance.action in ("described", "enlarged") and (entered or gone):
        changes["action"] = "enlarged" if entered >= gone else "reduced"
    founders = [m.country for m in own if m.role == "founding_member" and m.country]
    if not alliance.founders and founders:
        changes["founders"] = tuple(founders)
    belonging = [m for m in own if m.role != "candidate" and m.role not in ("observer", "partner")]
    full_list = len(founders) >= _FULL_LIST and len(belonging) == len(founders)
    if alliance.members_count is None and alliance.action == "founded" and full_list:
        changes["members_count"] = Count(value=len(founders))
    return alliance.model_copy(update=changes)


def _held_at(document: Document, candidate: Candidate, alliance: Alliance, others: Found) -> Alliance:
    """The alliance with the name of the conference at which it was founded."""
    if alliance.action != "founded" or "founded_at" not in candidate.slots:
        return alliance
    mention = candidate.slots["founded_at"][0]
    for other, record in others:
        names = other.slots.get("mentions", other.slots.get("name", ()))
        if other.kind == "conference" and any(m.overlaps(mention) or m.value == mention.value for m in names):
            return alliance.model_copy(update={"founded_at": getattr(record, "name")})  # noqa: B009
    if mention.label == "gathering_reference":  # "at the meeting", of which no name is told
        return alliance.model_copy(update={"founded_at": None})
    return alliance.model_copy(update={"founded_at": " ".join(document.quote(mention).split())})
