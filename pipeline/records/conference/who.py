"""Who organizes and who attends."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.base import Candidate, Mention, Resolver
from pipeline.records.conference.officials import country_of
from pipeline.records.conference.parties import parties

_LISTED = ("attend/list", "attend/from", "attend/including", "attend/attended_by", "attend/at_countries",
           "attend/g_host", "attend/will_participate", "attend/country_plain")  # fmt: skip
_OF_TWO_SIDES = ("dialogue", "session", "consultations", "meeting", "summit", "forum")
_OFFICE = re.compile(r"(?:Vice |Prime |Foreign )?(?:President|Minister|Speaker|Chairman|King|Mayor)\b.*")
_NEVER = re.compile(
    r"\b(?:Ministry|Department of|Parliament|Government|President|Ministers?|Affairs|General|Officer)\b"
    r"|\b(?:Assembly|Committee|Council of|Conference|Agreement|Convention|Summit|Party)\b|^[A-Z]?[a-z-]+$"
)  # offices, organs that meet, what is no name of its own


def attending(
    candidate: Candidate, resolver: Resolver, host: str | None
) -> tuple[tuple[str, ...], tuple[Mention, ...]]:
    """Codes of those named as attending, and their mentions; the host counts only when named in a list of
    attendants.
    """
    kept = {m.value: m for m in _two_sides(candidate, resolver)}
    persons = [m for m in candidate.slots.get("attending_person", ()) if m.label == "person"]
    through = [c for m in persons if (c := country_of(m, resolver.document))]
    by_person = [replace(c, rule=persons[0].rule) for c in through]
    for mention in [*candidate.slots.get("attending", ()), *by_person]:
        listed = any(part in mention.rule for part in _LISTED)
        if isinstance(mention.value, str) and (listed or mention.value != host):
            kept.setdefault(mention.value, mention)
    return tuple(sorted(kept)), tuple(kept[code] for code in sorted(kept))


def _two_sides(candidate: Candidate, resolver: Resolver) -> list[Mention]:
    """The countries whose dialogue or session a name tells ("7th China-US Strategic Dialogue")."""
    for name in candidate.slots["name"]:
        if name.value.kind in _OF_TWO_SIDES:
            sides = resolver.document.within(name.start, name.end, "country", "demonym")
            text = resolver.document.text
            if len(sides) == 2 and re.fullmatch(
                r"\s?[-–—]\s?| and (?:the )?", text[sides[0].end : sides[1].start]
            ):
                return list(sides)
    return []


def organizers(candidate: Candidate, resolver: Resolver) -> tuple[tuple[str, ...], tuple[Mention, ...]]:
    """Who organizes or hosts: organisations as in the text, countries by their English short name."""
    kept: dict[str, Mention] = {}
    own = " / ".join(name.value.name for name in candidate.slots["name"])
    for span in candidate.slots.get("organizer", ()):
        for mention, name in parties(span, resolver):
            if name not in own and not _OFFICE.fullmatch(name):
                kept.setdefault(name, mention)
    return tuple(kept), tuple(kept.values())


def attending_organizations(
    candidate: Candidate, resolver: Resolver, hosts: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[Mention, ...]]:
    """Names of organisations named as attending; ministries and the organizers themselves are none."""
    kept: dict[str, Mention] = {}
    own = " / ".join(name.value.name for name in candidate.slots["name"]).lower()
    for span in candidate.slots.get("attending_org", ()):
        for mention, name in parties(span, resolver):
            told = resolver.document.quote(mention).lower()
            if mention.label == "country" or name in hosts or _NEVER.search(name):
                continue
            if name.lower() not in own and told not in own:
                kept.setdefault(name, mention)
    return tuple(kept), tuple(kept.values())
