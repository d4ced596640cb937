"""Builds conference records: reads the mentions of a candidate in the light of the article."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.base import Built, Candidate, Count, Mention, Number, Rejection, Resolver
from pipeline.records.conference.schema import Conference
from pipeline.records.conference.status import Status, by_cues, with_dates
from pipeline.records.conference.vocabulary import words
from pipeline.records.conference.when import Tense, When, when
from pipeline.records.conference.where import Where, where
from pipeline.records.conference.who import attending, attending_organizations, organizers

_COUNTS = ("countries_count", "organizations_count", "participants_count")
_TENSES: dict[str, Tense] = {"scheduled": "future", "proposed": "future", "ongoing": "present"}
_SMALL = ("of", "the", "and", "de", "du", "la", "des", "for", "al")
_NO_VENUE = ("city", "country", "place", "person", "gathering", "date")
#: Rules of names that want a date or a place beside them.
_TOO_LITTLE = ("another_edition", "numbered", "on_a_topic", "titled", "implied")
_SURE = 4  # weight of a verb of the gathering itself
_QUOTES = "\"“”'‘’ .,"
_TALKS = ("meeting", "summit", "dialogue", "session", "consultations")


def build(candidate: Candidate, resolver: Resolver) -> Built | Rejection:
    """The conference, its candidate narrowed to the mentions that its values were read from; or why there is
    none.
    """
    names = candidate.slots["name"]
    best = _best(names)
    edition = next((m for m in names if m.value.edition), None)
    reason = _no_conference(candidate, resolver, best)
    if reason:
        return Rejection(candidate, reason)
    cued = by_cues(candidate)
    told = when(candidate, resolver, _tense(cued))
    place = where(candidate, resolver, told)
    placed = told.start or told.end or place.city or place.country
    if not placed and _needs_date_or_place(candidate, best, edition):
        return Rejection(candidate, "neither date nor place, for a session without number or another edition")
    state = with_dates(cued, candidate, resolver, told)
    return _assemble(candidate, resolver, best, edition, told, place, state)


def _assemble(
    candidate: Candidate,
    resolver: Resolver,
    best: Mention,
    edition: Mention | None,
    told: When,
    place: Where,
    state: Status,
) -> Built:
    hosts, hosts_mentions = organizers(candidate, resolver)
    countries, countries_mentions = attending(candidate, resolver, place.country)
    bodies, bodies_mentions = attending_organizations(candidate, resolver, hosts)
    counts = {field: _count(candidate.slots.get(field, ())) for field in _COUNTS}
    theme, venue = _text(candidate, resolver, "theme"), _venue(candidate, resolver)
    name = best.value.name
    record = Conference(
        name=name,
        aliases=_aliases(candidate.slots["name"], name, resolver),
        kind=best.value.kind,
        edition=edition.value.edition if edition else None,
        start_date=told.start,
        end_date=told.end,
        city=place.city,
        country=place.country,
        venue=venue[0] if venue else None,
        theme=theme[0] if theme else None,
        organizers=hosts,
        attending_countries=countries,
        attending_organizations=bodies,
        status=state.value,
        **{field: count[0] for field, count in counts.items() if count},
    )
    used: dict[str, tuple[Mention, ...]] = {
        "name": (best,), "aliases": candidate.slots["name"], "kind": (best,),
        "edition": (edition,) if edition else (),
        "start_date": told.start_mentions, "end_date": told.end_mentions,
        "city": place.city_mentions, "country": place.country_mentions, "organizers": hosts_mentions,
        "attending_countries": countries_mentions, "attending_organizations": bodies_mentions,
        "status": state.mentions,
        "theme": (theme[1],) if theme else (), "venue": (venue[1],) if venue else (),
    }  # fmt: skip
    used["mentions"] = candidate.slots["mentions"]
    used |= {field: (count[1],) for field, count in counts.items() if count}
    return Built(Candidate(candidate.kind, candidate.trigger, used), record)


def _best(names: Iterable[Mention]) -> Mention:
    """The fullest form; of equally full ones the first."""
    return max(
        names,
        key=lambda m: (len(m.value.words) + (m.value.edition is not None), _cased(m.value.name), -m.start),
    )


def _cased(name: str) -> bool:
    return not name.isupper()


def _needs_date_or_place(candidate: Candidate, best: Mention, edition: Mention | None) -> bool:
    """Whether the name alone is too little: an unnumbered session or meeting, an edition told of only by
    another's.
    """
    if all(m.rule.split("/")[1] in _TOO_LITTLE for m in candidate.slots["name"]):
        return True
    return best.value.kind in ("session", "meeting") and edition is None and not best.value.year


def _tense(cued: Status) -> Tense | None:
    """The tense that dates without a year are read in, if a cue tells it surely."""
    sure = any(m.value.weight >= _SURE for m in cued.mentions)
    return _TENSES.get(cued.value, "past") if sure else None


def _no_conference(candidate: Candidate, resolver: Resolver, best: Mention) -> str:
    """Why the names of a candidate tell of no conference; empty if they do."""
    name = best.value
    document = resolver.document
    countries = document.within(best.start, best.end, "country", "demonym")
    if name.edition is None and name.kind in _TALKS and len(countries) >= 2 and len(name.words) <= 5:
        return "talks between two sides"
    known = document.within(best.start, best.end, "place", "body", "city")
    if (
        name.edition is None
        and name.kind in ("meeting", "summit")
        and not known
        and re.fullmatch(r"[A-Z]\w+[-–][A-Z]\w+ \w+", name.name)
    ):
        return "talks between two sides"
    cities = document.within(best.start, best.end, "city", "country", "demonym")
    covered = sum(m.end - m.start for m in cities)
    letters = len(
        re.sub(r"\b(?:the|meeting|meetings|talks)\b|\W", "", document.quote(best), flags=re.IGNORECASE)
    )
    if name.kind == "meeting" and cities and covered >= letters:
        return "a meeting known by its place only"
    return ""


def _aliases(names: Iterable[Mention], name: str, resolver: Resolver) -> tuple[str, ...]:
    """Other forms of the name and its acronyms, in text order; of a completed name the words of the text."""
    known = {name.lower(): ""}
    shown = [(m, resolver.document.quote(m)) for m in names]
    forms = [form for m, text in shown for form in (m.value.name, *_as_told(m, text), *m.value.acronyms)]
    return tuple(f for f in forms if f.lower() not in known and not known.update({f.lower(): ""}))


def _as_told(mention: Mention, text: str) -> tuple[str, ...]:
    """The text of a mention whose name was completed from elsewhere."""
    return (text,) if mention.rule.split("/")[1] in ("numbered", "another_edition", "implied") else ()


def _count(mentions: tuple[Mention, ...]) -> tuple[Count, Mention] | None:
    """The first number that counts (no ordinal, no share)."""
    for mention in mentions:
        number = mention.value
        if isinstance(number, Number) and not number.ordinal and number.share is None and number.value > 1:
            return Count(value=number.value, qualifier=number.qualifier), mention
    return None


def _venue(candidate: Candidate, resolver: Resolver) -> tuple[str, Mention] | None:
    """The first venue told that is a name: two capitalised words or more, no place, person or gathering."""
    document = resolver.document
    for mention in candidate.slots.get("venue", ()):
        text = re.sub(r"^.*?['’]s |^the ", "", document.quote(mention)).strip(_QUOTES)
        parts = [w for w in re.findall(r"[^\W\d_][\w'’-]*", text) if w.lower() not in _SMALL]
        while len(parts) > 1 and parts[-1] in words("buildings"):
            parts.pop()
        several = len(parts) > 1 or text.rpartition(" ")[2] in words("buildings")
        if not several or not all(w[0].isupper() for w in parts) or mention.label in _NO_VENUE:
            continue
        within = document.within(mention.start, mention.end, *_NO_VENUE)
        named = document.within(mention.start, mention.end, "body")
        house = text.lower().rpartition(" ")[2] in words("buildings")
        if any(m.end - m.start >= len(text) - 4 for m in named) and not house:
            continue  # "at the United Nations": no building
        if not any(m.end - m.start >= len(text) - 4 or m.label == "gathering" for m in within):
            return text, mention
    return None


def _text(candidate: Candidate, resolver: Resolver, field: str) -> tuple[str, Mention] | None:
    for mention in candidate.slots.get(field, ()):
        text = resolver.document.quote(mention).strip(_QUOTES)
        if text:
            return text, mention
    return None
