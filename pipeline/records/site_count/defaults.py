"""Whose sites a number counts when no word beside it tells."""

from __future__ import annotations

from pipeline.base import Mention
from pipeline.records.site_count.antecedents import WORLD
from pipeline.records.site_count.holders import Holders
from pipeline.records.site_count.phrases import phrases
from pipeline.records.site_count.statements import Found, Statement
from pipeline.records.site_count.told import Told

OWN = ("national", "world_heritage_tentative")  # lists that every country has of its own
_CLEAR = 0.5  # share of all mentions of countries that makes an article one country's
_EXISTS = ("total/had_been", "total/last_count")  # "there are 2,500 sites on the list": in the world
# No country has so many on one list of UNESCO or of Ramsar; the most is 176 (Ramsar, United Kingdom).
_NO_COUNTRY = 200


def default_holder(found: Found, statement: Statement, told: Told, holders: Holders) -> Mention | None:
    """Who was spoken of before, else the world for what a committee does or a list holds."""
    last = told.last_whole(found.sentence)
    if found.hit.row.field == "np":
        return _of_phrase(found, statement, last, holders)
    if last and (last.sentence.index == found.sentence.index or _refers_back(found, told)):
        return last.holder
    if statement.measure == "nominated" and (topic := holders.topic(_CLEAR)):
        return topic
    if statement.code in OWN or (statement.measure == "total" and not _of_the_world(found, statement)):
        spoken_of = last.holder if last and last.holder and last.holder.value != WORLD else None
        share = 0 if statement.code in OWN else _CLEAR
        if (
            holder := spoken_of
            or holders.only_one(found.sentence, cities=statement.code == "national")
            or (holders.topic(share))
        ):
            return holder
    return _world(statement.designation or found.number, statement)


def _of_phrase(
    found: Found, statement: Statement, last: Statement | None, holders: Holders
) -> Mention | None:
    """The holder of a number and its noun that stand without a verb."""
    near = last is not None and found.sentence.index - last.sentence.index <= 1
    if near and last and last.holder and last.holder.value != WORLD:
        return last.holder
    if statement.code not in OWN and (statement.value or 0) > _NO_COUNTRY:
        return _world(found.number, statement)
    only = holders.only_one(found.sentence)
    return only if only and only.value == WORLD else None


def _of_the_world(found: Found, statement: Statement) -> bool:
    """Whether a total is that of a list as such, or too large for one country."""
    noun = found.hit.mentions.get("l") or found.hit.mentions.get("s")
    of_list = noun is not None and noun.label == "designation_list" and noun.start < found.number.start
    lists = any(m.label == "designation_list" for m in found.sentence.designations)
    exists = found.hit.row.id in _EXISTS and lists
    return of_list or exists or (statement.value or 0) > _NO_COUNTRY


def _refers_back(found: Found, told: Told) -> bool:
    """Whether a number is said of what was told before ("of these, 13", "the two new elements")."""
    text = told.document.text
    definite = text.endswith(("The ", " the "), 0, found.number.start)
    return (
        found.hit.row.field in ("sub", "table")
        or phrases()["refers_back"].search(text, found.hit.start, found.hit.end) is not None
        or (found.hit.row.id == "added/new" and definite)
    )


def _world(place: Mention, statement: Statement) -> Mention:
    return Mention("world", place.start, place.end, statement.rule, WORLD)
