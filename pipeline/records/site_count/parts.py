"""Gives numbers by category ("38 cultural, 14 natural") to the totals that they are parts of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.base import Mention, Number
from pipeline.patterns import Hit, PatternRow
from pipeline.records.site_count.facts import Part
from pipeline.records.site_count.holders import Holders
from pipeline.records.site_count.sentences import Sentence
from pipeline.records.site_count.statements import Found, Statement
from pipeline.records.site_count.told import Told, named_in

_BESIDES = "transnational"  # a category that sites of the others have, too: it adds nothing to a sum


def add_parts(parts: list[Part], sentence: Sentence, told: Told, holders: Holders) -> Statement | None:
    """Give the parts of a sentence to the total before them; else return the total that they make."""
    if not parts:
        return None
    if whole := _whole(parts, sentence, told):
        _give(parts, whole)
        return None
    counted = [p for p in parts if p.category != _BESIDES and not p.whole]
    if not counted or not named_in(sentence):
        return None
    found = _as_found(counted[0], sentence)
    designation, holder = told.named_near(found), next(iter(holders.of(found, told.said)), None)
    if designation is None or holder is None:
        return None
    if earlier := _same(designation, holder, counted, told):
        _give(counted, earlier)
        return None
    statement = _sum(counted, sentence, designation, holder)
    _give(parts, statement)
    return statement


def _whole(parts: list[Part], sentence: Sentence, told: Told) -> Statement | None:
    """The statement just before that the parts fit into; for "14 natural sites" the number's own."""
    own = [p.number.start for p in parts if p.whole]
    size, largest = _total(parts), max(p.value for p in parts)
    for statement in reversed(told.recent(sentence)):
        if own and statement.number and statement.number.start == own[0]:
            return statement
        value = statement.value or 0
        smaller = largest < value or (len(parts) == 1 and largest == value)
        if not own and size <= value and smaller and statement.measure in ("total", "added"):
            return statement
    return None


def _same(designation: Mention, holder: Mention, parts: list[Part], told: Told) -> Statement | None:
    """An earlier total of the holder under the designation that is large enough for the parts."""
    for statement in told.said:
        same = (
            statement.holder
            and statement.holder.value == holder.value
            and statement.code == designation.value
        )
        if same and statement.measure == "total" and (statement.value or 0) >= _total(parts):
            return statement
    return None


def _sum(parts: list[Part], sentence: Sentence, designation: Mention, holder: Mention) -> Statement:
    first = parts[0]
    number: Number = first.number.value
    total = replace(number, value=_total(parts))
    spoken = replace(first.number, value=total, end=parts[-1].end)
    trigger = Mention("trigger", first.start, first.end, first.rule)
    statement = Statement(sentence, first.rule, "total", trigger, spoken, holder, designation)
    statement.slots["count"] = [replace(p.number, value=total) for p in parts]
    return statement


def _give(parts: Iterable[Part], statement: Statement) -> None:
    found = statement.slots.setdefault("breakdown", [])
    for part in parts:
        if all(part.category != mention.value[0] for mention in found):
            found.append(Mention("breakdown", part.start, part.end, part.rule, (part.category, part.value)))


def _total(parts: Iterable[Part]) -> int:
    return sum(p.value for p in parts if p.category != _BESIDES)


def _as_found(part: Part, sentence: Sentence) -> Found:
    """A part as a hit on its number, for the search of its holder."""
    row = PatternRow(id=part.rule, pattern="", field="part")
    return Found(Hit(row, {"n": part.number}, {}, part.start, part.end), part.number, sentence)
