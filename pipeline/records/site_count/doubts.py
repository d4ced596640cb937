"""Why a number that a pattern caught states no count of sites after all."""

from __future__ import annotations

import re

from pipeline.base import Mention
from pipeline.records.site_count.phrases import phrases
from pipeline.records.site_count.statements import Found, Statement
from pipeline.records.site_count.told import Told, named_in

_YEAR = re.compile(r"[12]\d{3}")
# Nouns that say nothing of a designation by themselves, and the patterns that see one beside them.
_WEAK = tuple(f"designation/noun/{kind}" for kind in ("monument", "area", "city", "collection", "wetland"))
_LOOSE = (
    "total/the_n_s",
    "total/n_inscribed",
    "total/own_s",
)  # they leave open what stands before the number
_BARE = ("table/with", "table/with_direct")  # "Italy with 54": only beside other counts
_PARKS = "designation/national/parks"
_BESIDE = ("total/under_protection", "total/np_listed", "total/decreed", "total/listed_of")


def why_not(found: Found, statement: Statement, told: Told) -> str:
    """The reason, or nothing when the number is a count of sites."""
    noun, listed = found.hit.mentions.get("s"), found.hit.mentions.get("l")
    quote = told.document.quote
    if statement.designation is None or not statement.designation.value:
        return "no designation"
    if noun is None and listed is None:
        if _YEAR.fullmatch(quote(found.number)):
            return "a year"
        told_of = told.last(found.sentence) is not None or bool(found.sentence.designations)
        spoken_of = told_of or (found.hit.row.id not in _BARE and told.near(found.sentence))
        return "" if spoken_of else "no designation near"
    if found.number.label == "ordinal" and noun is not None:
        if _of_a_kind(found, noun, told):
            return "the first of a kind"
        if phrases()["plural_site"].search(quote(noun)):
            return "several at once"
    if noun is not None and noun.label == "site_noun" and listed is None and not found.hit.row.value:
        return _unnamed(found, noun, statement, told)
    if noun is not None and noun.rule == _PARKS and found.hit.row.id == "total/the_n_s":
        return "a place, no stock"
    before = told.document.text[found.sentence.start : found.number.start]
    national = found.hit.row.id in _LOOSE and statement.designation.value == "national"
    return "a place, no stock" if national and phrases()["placed"].search(before) else ""


def _unnamed(found: Found, noun: Mention, statement: Statement, told: Told) -> str:
    """The reason against a noun ("sites", "monuments") that names no designation."""
    such = "such " in told.document.text[found.number.end : found.number.end + 12]
    plain = found.hit.row.field == "total" and found.number.label == "count" and not such
    if noun.rule in _WEAK and plain and found.hit.row.id not in _BESIDE:
        return "a general noun"
    named = named_in(found.sentence) or told.near(found.sentence)
    return "" if named or statement.measure != "total" else "no designation near"


def _of_a_kind(found: Found, noun: Mention, told: Told) -> bool:
    """Whether words between "first" and the noun narrow it down: "its first marine biosphere reserve"."""
    between = told.document.text[found.number.end : noun.start]
    words = [w for w in re.findall(r"[A-Za-z]+", between) if not phrases()["no_kind"].fullmatch(w)]
    inner = [m for m in found.sentence.masked.mentions if found.number.end <= m.start < noun.start]
    return found.number.value.value == 1 and bool(words) and not inner
