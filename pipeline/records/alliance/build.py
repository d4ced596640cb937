"""Interprets a candidate: action, founding, number of members."""

from __future__ import annotations

from pipeline.base import Candidate, Count, Record, Rejection, Resolver
from pipeline.body import Body
from pipeline.records.alliance.schema import Action, Alliance, AllianceStatus

_FEWEST_MEMBERS, _FEWEST_PARTIES = 2, 3  # a treaty between two countries is no alliance
_SHOWN = {"states", "several"}  # slots that show it: states counted, "an international network"
_OF_STATES = (
    "alliance",
    "coalition",
    "union",
    "league",
    "partnership",
)  # an association or a network is seldom
_STATUS: dict[str, AllianceStatus] = {"proposed": "planned"}


def build(candidate: Candidate, resolver: Resolver) -> Record | Rejection:
    """The alliance, or why there is none."""
    body: Body = candidate.slots["name"][0].value
    action: Action = candidate.trigger.value
    founders = _codes(candidate, "founders")
    if not _of_several(body, candidate, founders):
        return Rejection(candidate, f"nothing shows that {body.name} is a body of several countries")
    city = _city(candidate, resolver)
    return Alliance(
        name=body.name,
        aliases=body.aliases,
        kind=body.kind,
        action=action,
        founded_date=_date(candidate, resolver),
        founded_city=city[0],
        founded_country=city[1],
        founders=founders,
        members_count=_count(candidate),
        status="dissolved" if candidate.slots.get("dissolved") else _STATUS.get(action, "existing"),
    )


def _of_several(body: Body, candidate: Candidate, founders: tuple[str, ...]) -> bool:
    """Whether the name, the reference data, founders, states counted, or countries told beside it show it."""
    if body.international or body.reference or len(founders) > 1 or candidate.slots.keys() & _SHOWN:
        return True
    fewest = _FEWEST_PARTIES if body.legal else _FEWEST_MEMBERS
    return (body.legal or body.kind in _OF_STATES) and len(candidate.slots["beside"]) >= fewest


def _codes(candidate: Candidate, slot: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.value for m in candidate.slots.get(slot, ()) if isinstance(m.value, str)))


def _count(candidate: Candidate) -> Count | None:
    mentions = candidate.slots.get("members_count", ())
    return Count(value=mentions[0].value.value, qualifier=mentions[0].value.qualifier) if mentions else None


def _date(candidate: Candidate, resolver: Resolver) -> str | None:
    for mention in candidate.slots.get("founded_date", ()):
        resolved = resolver.dates(mention, "past")
        if resolved and resolved[0] == resolved[1]:
            return resolved[0]
    return None


def _city(candidate: Candidate, resolver: Resolver) -> tuple[str | None, str | None]:
    """City and country of the founding; the country only where the text, or common knowledge of capitals,
    tells it.
    """
    for mention in candidate.slots.get("founded_city", ()):
        sure = mention.rule.startswith(("cities.capital", "cities.placed"))
        return resolver.document.quote(mention), mention.value if sure else None
    return None, None
