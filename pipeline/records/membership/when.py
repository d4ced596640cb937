"""When a statement is told to hold: the date that belongs to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.base import Document, Mention, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPENING = 30  # characters at the beginning of a sentence in which a date holds for all of it ("In 1985 ...")
_DATE_AFTER = re.compile(r"[^.;]{0,30}?\b(?:(?:in|on|since|from|by|as of|back in|late|early) )?|,? ?")
_DATE_BEFORE = re.compile(r",?\s+(?:when )?(?:the )?(?:it was )?")
_RELATIVE = re.compile(r"\b(?:after|before|since|until)\b")  # "on May 8, a year after the country left"
_BRACKETED = re.compile(r" ?\([^()]*\)")
_TELLS_WHEN = re.compile(r"\b(?:[Ii]n|[Oo]n) $")
_NO_DATE = re.compile(
    r"\b(?:until|before|after|between|than|by the end of|, [a-z]+ (?:said|told)"
    r"|said|told|and|but|while|which|where)\b"
)
_MODIFIES = ("obl", "nmod", "advmod", "dep")
_STEPS = 6  # words between a date and the verb it belongs to


def date_beside(document: Document, start: int, stop: int, begin: int, end: int) -> Mention | None:
    """The date of the statement text[start:stop] in its sentence: after it, before it, or within it."""
    text = document.text
    named = document.within(begin, end, "body")

    def dates(first: int, last: int) -> list[Mention]:
        return [m for m in document.within(first, last, "date") if not any(b.covers(m) for b in named)]

    for mention in dates(stop, end)[:2]:
        between = _BRACKETED.sub("", text[stop : mention.start])
        if _DATE_AFTER.fullmatch(between) and not _NO_DATE.search(between):
            return mention
    for mention in reversed(dates(begin, start)):
        if _DATE_BEFORE.fullmatch(text[mention.end : start]):
            return mention
    inside = dates(start, stop)
    opening = dates(begin, min(begin + _OPENING, start))
    if opening and _RELATIVE.search(text, opening[-1].end, start):
        opening = []
    only = [m for m in dates(begin, start) if _TELLS_WHEN.search(text, begin, m.start)]
    return next(iter((*inside, *opening, *(only if len(only) == 1 else ()))), None)


def date_since(document: Document, stop: int, end: int) -> Mention | None:
    """The date from which on a country is told to be a member ("has been a member since 1985")."""
    for mention in document.within(stop, end, "date")[:1]:
        if document.text[stop : mention.start].strip(" ,") == "since" or document.quote(mention).startswith(
            "since "
        ):
            return mention
    return None


def date_of(document: Document, sentence: Sentence, token: Token, country: Mention) -> Mention | None:
    """The date that syntax gives a word in its sentence; one beside the country itself comes first."""
    found: Mention | None = None
    for mention in document.within(sentence.start_char, sentence.end_char, "date"):
        above = _above(document.span(mention).root, token, country)
        if above == "country":
            return mention
        if above == "token" and found is None:
            found = mention
    return found


def _above(word: Token, token: Token, country: Mention) -> str:
    """What a date's word hangs on: "country", "token" (or the verb that this completes), or ""."""
    for _ in range(_STEPS):
        if country.start <= word.idx < country.end:
            return "country"
        if word == token or (
            word == token.head and token.dep_ in ("xcomp", "obj", "obl") and word.pos_ == "VERB"
        ):
            return "token"
        if (
            not word.dep_.startswith(_MODIFIES)
            or word.pos_ == "VERB"
            or any(c.lower_ in ("until", "till", "before") for c in word.children)
        ):
            return ""
        word = word.head
    return ""
