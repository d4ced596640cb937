"""Past and coming editions that only their places and years tell: "held in Lagos in 2014, Accra in 2016 and
Dakar".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pipeline.base import Document, Mention
from pipeline.patterns import Hit, PatternSet, mask
from pipeline.records.conference.cluster import Gathering, without_ordinal

_TAGS = {
    "gathering": "G", "gathering_reference": "G", "date": "D", "city": "CITY", "country": "C", "number": "N",
}  # fmt: skip
_TOLD = re.compile(
    r"\b(?:previous|earlier|past|other|former|first|second|third|editions?|hosted|held|met|followed"
    r"|series|since then|took place|venues?|gatherings?|conferences|summits|assemblies|congresses|sessions"
    r"|meetings|forums)\b",
    re.IGNORECASE,
)
_LEAST = 2  # pairs of place and year in one sentence; a single one rather belongs to the one named there


def told_editions(document: Document, gatherings: list[Gathering]) -> list[Gathering]:
    """Editions of a named series that a sentence lists by place and date, those excepted that bear a name
    themselves.
    """
    found: list[Gathering] = []
    for sentence in document.sentences:
        series = _series(gatherings, sentence.start_char, sentence.end_char)
        if series is None or series.names[0].start >= sentence.end_char or not _TOLD.search(sentence.text):
            continue
        masked = mask(document, sentence.start_char, sentence.end_char, _TAGS)
        hits = (hit for hit in _patterns()(masked) if hit.mentions["date"].value.first.day is None)
        pairs = [hit for hit in hits if not _named(hit, gatherings)]
        if len(pairs) >= _LEAST:
            found += [_edition(series, hit) for hit in _apart(pairs)]
    return found


@cache
def _patterns() -> PatternSet:
    return PatternSet("pipeline.records.conference", "editions.jsonl", _TAGS.values())


def _series(gatherings: list[Gathering], start: int, end: int) -> Gathering | None:
    """The gathering last spoken of before the end of a sentence."""
    spoken = [(m.start, g) for g in gatherings for m in g.mentions if m.start < end]
    if not spoken:
        return None
    last, gathering = max(spoken, key=lambda pair: pair[0])
    return gathering if last >= start - 300 else None


def _named(hit: Hit, gatherings: list[Gathering]) -> bool:
    """Whether a gathering with a name of its own stands within the pair, or is dated by it already."""
    return any(m.start < hit.end and hit.start < m.end for g in gatherings for m in g.names)


def _apart(hits: list[Hit]) -> Iterator[Hit]:
    taken: list[tuple[int, int]] = []
    for hit in hits:
        if not any(hit.start < end and start < hit.end for start, end in taken):
            taken.append((hit.start, hit.end))
            yield hit


def _edition(series: Gathering, hit: Hit) -> Gathering:
    rule = f"conference/{hit.row.id}"
    value = max(series.values, key=lambda v: len(v.words))
    name = replace(value, name=without_ordinal(value.name), edition=None, year=None, acronyms=())
    place, day = hit.mentions["place"], hit.mentions["date"]
    trigger = Mention("gathering", hit.start, hit.end, "gathering/another_edition", name)
    facts = {"place": [replace(place, rule=rule)], "date": [replace(day, rule=rule)]}
    return Gathering([trigger], facts=facts)
