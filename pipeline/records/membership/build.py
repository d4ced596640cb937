"""Interprets a candidate: which role and event the words state."""

from __future__ import annotations

import re

from pipeline.base import Candidate, Record, Rejection, Resolver
from pipeline.body import Body
from pipeline.records.membership.schema import Event, Membership, Role

_FEWEST_PARTIES = 3
_MULTILATERAL = re.compile(r"\b(?:Convention|Protocols?|Treaty|Covenant|Statute)\b")
_FOUNDING = re.compile(r"\bfound|\boriginal", re.IGNORECASE)
_OBSERVER = re.compile(r"\bobserver", re.IGNORECASE)
_PARTNER = re.compile(r"\bpartner|\bassociates?\b(?! (?:member|status))", re.IGNORECASE)
_UNRATIFIED = re.compile(r"\bratif", re.IGNORECASE)
_CANDIDATE = re.compile(r"\bcandidate|\bapplicant|\bprospective|\bhopeful|\baspir", re.IGNORECASE)


def build(candidate: Candidate, resolver: Resolver) -> Record | Rejection:
    """The membership, or why there is none."""
    (country,), (alliance,) = candidate.slots["country"], candidate.slots["alliance"]
    body: Body = alliance.value
    relation: str = candidate.trigger.value
    if not _of_several(body, candidate):
        return Rejection(candidate, f"nothing shows that {body.name} is a body of several countries")
    role, event = _read(relation, _role_words(candidate, resolver), body)
    code = country.value if country.label in ("country", "demonym") else None
    return Membership(
        country=code,
        country_name=None if code else resolver.document.quote(country),
        alliance=body.name,
        role=role,
        event=event,
        date=_date(candidate, resolver) if event != "is_member" else None,
    )


def _of_several(body: Body, candidate: Candidate) -> bool:
    """Whether reference data, the name, or the countries told show it; two countries that sign a treaty do
    not.
    """
    told = len({m.value for m in (*candidate.slots["country"], *candidate.slots.get("others", ()))})
    if candidate.trigger.value in ("joined", "ratified", "left") and _MULTILATERAL.search(body.name):
        return True
    return body.international or body.reference is not None or told >= (_FEWEST_PARTIES if body.legal else 2)


def _role_words(candidate: Candidate, resolver: Resolver) -> str:
    return " ".join(resolver.document.quote(m) for m in candidate.slots.get("role", ()))


def _read(relation: str, words: str, body: Body) -> tuple[Role, Event]:
    full: Role = "party" if body.legal else "member"
    if relation in ("applied", "invited"):
        return "candidate", "applied" if relation == "applied" else "invited"
    if relation == "signed" and _UNRATIFIED.search(words):
        return "candidate", "signed"
    if relation == "signed":
        return ("party" if body.legal else "member"), "signed"
    if relation == "joined" and _CANDIDATE.search(words):  # the status of a candidate is granted
        return "candidate", "invited"
    if relation in ("joined", "ratified", "elected", "left", "suspended"):
        return _kind_of_role(words, full), relation  # type: ignore[return-value]
    role = _kind_of_role(words, full)
    if role == "candidate":
        return role, "applied"
    return role, "founded" if role == "founding_member" else "is_member"


def _kind_of_role(words: str, full: Role) -> Role:
    if _OBSERVER.search(words):
        return "observer"
    if _PARTNER.search(words):
        return "partner"
    if _CANDIDATE.search(words):
        return "candidate"
    return "founding_member" if _FOUNDING.search(words) else full


def _date(candidate: Candidate, resolver: Resolver) -> str | None:
    for mention in candidate.slots.get("date", ()):
        resolved = resolver.dates(mention, "past")
        if resolved and resolved[0] == resolved[1]:
            return resolved[0]
    return None
