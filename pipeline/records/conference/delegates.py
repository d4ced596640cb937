"""Which countries and organisations a noun for those taking part stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from pipeline.base import Document, Mention
from pipeline.records.conference.officials import country_of
from pipeline.records.conference.taking_part import words
from pipeline.syntax import appositions, noun_phrase

PARTY, DELEGATE = "conference/attend/party", "conference/attend/delegate"  # a party itself, its people
# What may stand between a noun and the country it is of; "ambassador to France" is none of France's.
_OF = re.compile(r"\b(?:of|from|for|representing)(?: both)? (?:the )?(?:\w+ of )?$")
_ELSEWHERE = re.compile(
    r"\b(?:to|with|on|against|in|near|over|about|at|by|between|as|than|after|before) (?:the )?$"
)
_NAMELY = re.compile(r"(?: and regions)?(?: \(|,? (?:including|namely|such as|among them)[:,]? |: )(?:the )?")
_LISTED = re.compile(r"[\s,]*(?:and|as well as|&|along with)?[\s,]*(?:the )?")


def countries_of(document: Document, noun: Token, plain: bool) -> Iterator[Mention]:
    """The countries that a noun stands for: itself if `plain` counts, or those its people are of."""
    own = _covering(document, noun, "country")
    if own is not None:
        if plain and not _possessor(document, own):
            yield replace(own, rule=PARTY)
        return
    if noun.lemma_.lower() in words("states"):
        yield from (replace(m, rule=PARTY) for m in _named_behind(document, noun))
        return
    person = _covering(document, noun, "person")
    start, end = _phrase(document, noun)
    if person is None and not _people(document, noun):
        return
    found = [replace(m, rule=DELEGATE) for m in _within(document, noun, start, end)]
    yield from found
    if not found and person is not None and (home := country_of(person, document)):
        yield replace(home, rule=DELEGATE)


def _covering(document: Document, noun: Token, *labels: str) -> Mention | None:
    at = noun.idx
    found = (m for m in document.within(max(0, at - 60), at + 60, *labels) if m.start <= at < m.end)
    return next(found, None)


def _possessor(document: Document, country: Mention) -> bool:
    return document.text.startswith(("'s", "’s"), country.end)


def _phrase(document: Document, noun: Token) -> tuple[int, int]:
    """Character offsets of the noun, what belongs to it, and its appositions."""
    spans = [noun_phrase(noun), *(noun_phrase(other) for other in appositions(noun))]
    doc = document.doc
    start, last = min(s for s, _ in spans), max(e for _, e in spans) - 1
    return doc[start].idx, doc[last].idx + len(doc[last])


def _people(document: Document, noun: Token) -> bool:
    start, end = noun_phrase(noun)
    nouns = (noun, *appositions(noun), *document.doc[start:end])
    return any(t.lemma_.lower() in words("people") for t in nouns)


def _within(document: Document, noun: Token, start: int, end: int) -> Iterator[Mention]:
    """The country or nationality before the head noun, else those behind "of" or "from", with their list."""
    last: Mention | None = None
    for mention in document.within(start, end, "country", "demonym"):
        before = document.text[max(start, mention.start - 24) : mention.start]
        if last is not None and _LISTED.fullmatch(document.text, last.end, mention.start):
            last = mention
        elif mention.start < noun.idx:
            if last is not None or _ELSEWHERE.search(before):
                continue
            last = mention
        elif _OF.search(before):
            last = mention
        else:
            continue
        yield mention


def organizations_of(document: Document, noun: Token) -> Iterator[Mention]:
    """The organisation that a noun stands for, or whose head or delegates it is."""
    own = _covering(document, noun, "body", "organization")
    if own is not None:
        yield replace(own, rule=PARTY)
        return
    if not _people(document, noun):
        return
    start, end = _phrase(document, noun)
    for mention in document.within(start, end, "body", "organization"):
        before = document.text[max(start, mention.start - 24) : mention.start]
        if mention.start < noun.idx or _OF.search(before):
            yield replace(mention, rule=DELEGATE)
            return


def _named_behind(document: Document, noun: Token) -> Iterator[Mention]:
    """The countries that a bracket or "including" names behind "eleven countries"."""
    end = noun.idx + len(noun)
    opened = _NAMELY.match(document.text, end)
    last = opened.end() if opened else end
    for mention in (
        document.within(last, document.sentence_at(noun.idx).end_char, "country") if opened else ()
    ):
        if not _LISTED.fullmatch(document.text, last, mention.start):
            return
        last = mention.end
        yield mention
