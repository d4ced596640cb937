"""Who organizes and who attends."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.base import Candidate, Mention, Resolver
from pipeline.records.conference.officials import country_of

_LISTED = ("attend/list", "attend/from", "attend/including", "attend/attended_by", "attend/at_countries",
           "attend/g_host", "attend/will_participate", "attend/country_plain")  # fmt: skip
_OF_TWO_SIDES = ("dialogue", "session", "consultations", "meeting", "summit", "forum")
_CAPITALISED = re.compile(
    r"[A-Z][\w'’.&-]*(?: (?:of|the|for|and|on|de|du|&|in) (?=(?:the )?[A-Z])(?:the )?[A-Z][\w'’.&-]*| [A-Z][\w'’.&-]*)*"
)
_NEVER = re.compile(r"\b(?:Ministry|Department of|Parliament|Government|President|Minister)\b")


def attending(
    candidate: Candidate, resolver: Resolver, host: str | None
) -> tuple[tuple[str, ...], tuple[Mention, ...]]:
    """Codes of those named as attending, and their mentions; the host counts only when named in a list of attendants."""
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
            if len(sides) == 2 and re.fullmatch(r"\s?[-–—]\s?| and (?:the )?", text[sides[0].end : sides[1].start]):
                return list(sides)
    return []


def organizers(candidate: Candidate, resolver: Resolver) -> tuple[tuple[str, ...], tuple[Mention, ...]]:
    """Names of who organizes or hosts: organisations as in the text, countries by their English short name."""
    kept: dict[str, Mention] = {}
    for span in candidate.slots.get("organizer", ()):
        for mention, name in _parties(span, resolver):
            kept.setdefault(name, mention)
    return tuple(kept), tuple(kept.values())


def attending_organizations(
    candidate: Candidate, resolver: Resolver, hosts: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[Mention, ...]]:
    """Names of organisations named as attending; ministries and the organizers themselves are none."""
    kept: dict[str, Mention] = {}
    for span in candidate.slots.get("attending_org", ()):
        for mention, name in _parties(span, resolver):
            if mention.label != "country" and name not in hosts and not _NEVER.search(name):
                kept.setdefault(name, mention)
    return tuple(kept), tuple(kept.values())


def _parties(span: Mention, resolver: Resolver) -> list[tuple[Mention, str]]:
    """The organisations and countries within a span, by the names found there, else by capitals."""
    document = resolver.document
    if span.label == "country":
        return [(span, resolver.country_name(span.value))]
    if span.label in ("organization", "body"):
        return [(span, document.quote(span))]
    text = document.quote(span)
    found: list[tuple[Mention, str]] = []
    for match in _CAPITALISED.finditer(text):
        start, end = span.start + match.start(), span.start + match.end()
        if match.start() > 0 and text[: match.start()].rstrip().endswith(
            (" in", " at", " on", " from", " under")
        ):
            break
        countries = [m for m in document.within(start, end, "country") if (m.start, m.end) == (start, end)]
        if countries:
            found.append(
                (Mention("country", start, end, span.rule), resolver.country_name(countries[0].value))
            )
        elif len(match.group()) > 2 and not document.within(start, end, "date"):
            found.append((Mention("organization", start, end, span.rule), match.group().rstrip(".")))
    return found
