"""Which countries and organisations a noun for those taking part stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from pipeline.base import Document, Mention
from pipeline.records.conference.officials import country_of
from pipeline.records.conference.vocabulary import words
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
        possessor = document.text.startswith(("'s ", "’s "), own.end)
        if possessor and document.text[own.end + 3 : own.end + 4].isupper():  # "Peru's [Ana Quispe]" misread
            yield replace(own, rule=DELEGATE)
        elif plain and not possessor:
            yield from (replace(m, rule=PARTY) for m in (own, *_listed_behind(document, own)))
        return
    if noun.lemma_.lower() in words("states"):
        yield from (replace(m, rule=PARTY) for m in _named_behind(document, noun))
        return
    person = _covering(document, noun, "person")
    start, end = _phrase(document, noun)
    if person is None and not _people(document, noun):
        return
    found = list(_within(document, noun, start, end))
    yield from (replace(m, rule=PARTY if len(found) > 2 else DELEGATE) for m in found)
    if not found and person is not None and (home := country_of(person, document)):
        yield replace(home, rule=DELEGATE)


def _covering(document: Document, noun: Token, *labels: str) -> Mention | None:
    at = noun.idx
    found = (m for m in document.within(max(0, at - 60), at + 60, *labels) if m.start <= at < m.end)
    return next(found, None)


def _phrase(document: Document, noun: Token) -> tuple[int, int]:
    """Character offsets of the noun, what belongs to it, and its appositions."""
    spans = [noun_phrase(noun), *(noun_phrase(other) for other in appositions(noun))]
    doc = noun.doc
    start, last = min(s for s, _ in spans), max(e for _, e in spans) - 1
    return doc[start].idx, doc[last].idx + len(doc[last])


def _people(document: Document, noun: Token) -> bool:
    start, end = noun_phrase(noun)
    nouns = (noun, *appositions(noun), *noun.doc[start:end])
    if any(t.lemma_.lower() in words("people") for t in nouns):
        return True
    owner = next((c for c in noun.children if c.dep_ in ("nmod:poss", "poss")), None)
    named = noun.pos_ == "PROPN" and owner is not None  # "Peru's Quispe", whom the model knows no person
    return named and not _covering(document, noun, "body", "gathering")


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
    opened = _NAMELY.match(document.text, noun.idx + len(noun))
    if opened is not None:
        yield from _chain(document, opened.end())


def _listed_behind(document: Document, country: Mention) -> list[Mention]:
    """The rest of a list that begins with a country; empty where the list goes on with something else."""
    rest = list(_chain(document, country.end))
    return rest if len(rest) > 1 else []


def _chain(document: Document, last: int) -> Iterator[Mention]:
    """The countries that follow one another from an offset on, with nothing but commas and "and" between."""
    for mention in document.within(last, document.sentence_at(last).end_char, "country"):
        if not _LISTED.fullmatch(document.text, last, mention.start):
            return
        if document.text.startswith(("'s", "’s"), mention.end):
            return
        last = mention.end
        yield mention
