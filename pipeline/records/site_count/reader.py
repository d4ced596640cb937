"""Reads an article sentence by sentence: which numbers count sites, whose, and under which designation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.base import Document, Mention
from pipeline.records.site_count.antecedents import WORLD
from pipeline.records.site_count.defaults import OWN, default_holder
from pipeline.records.site_count.doubts import why_not
from pipeline.records.site_count.facts import Facts
from pipeline.records.site_count.holders import Holders
from pipeline.records.site_count.parts import add_parts
from pipeline.records.site_count.ranks import Ranks
from pipeline.records.site_count.sentences import Sentence
from pipeline.records.site_count.statements import Found, NumberPatterns, Statement, spanned
from pipeline.records.site_count.told import Told


class Reader:
    """Collects the statements of one article."""

    def __init__(self, document: Document, holders: Holders, numbers: NumberPatterns, facts: Facts) -> None:
        self._told = Told(document)
        self._holders = holders
        self._numbers = numbers
        self._facts = facts
        self._ranks = Ranks(self._told, holders, facts.adjectives)

    @property
    def statements(self) -> list[Statement]:
        """All statements so far, those that do not hold among them."""
        return self._told.statements

    def read(self, sentence: Sentence) -> None:
        """Add the statements of a sentence and what it tells of those before it."""
        if not sentence.counts or not (sentence.designations or self._told.near(sentence)):
            return
        facts = self._facts.of(sentence)
        consumed = [p.number for p in facts.parts if not p.whole] + facts.taken
        for found in self._numbers(sentence, consumed):
            for statement in self._read(found):
                self._add(statement)
        if total := add_parts(facts.parts, sentence, self._told, self._holders):
            self._add(total)
        for mention in facts.countries:
            self._add_countries(mention, sentence)
        for hit in facts.ranks:
            self._ranks.give(hit, sentence)

    def _add(self, statement: Statement) -> None:
        if not statement.blocked and (dated := self._facts.date(statement)):
            statement.slots["as_of"] = [dated]
        self.statements.append(statement)

    def _read(self, found: Found) -> Iterator[Statement]:
        """The statements that a number makes, one for each holder; blocked where a reason is against it."""
        row = found.hit.row
        base = Statement(found.sentence, f"site_count/{row.id}", "total", _trigger(found), found.number)
        if row.field == "none":
            yield replace(base, blocked=row.value)
        elif row.field == "share_of":
            self._share_of(found)
        else:
            yield from self._with_holders(found, self._counted(found, base))

    def _counted(self, found: Found, base: Statement) -> Statement:
        """The statement with measure, number and designation."""
        base.measure = self._measure(found)
        if found.hit.row.field == "share":
            base.number, base.slots["share"] = None, [found.number]
        else:
            base.slots["count"] = [found.number]
        base.designation = self._designation(found, base.measure)
        base.blocked = why_not(found, base, self._told)
        return base

    def _with_holders(self, found: Found, base: Statement) -> Iterator[Statement]:
        holders = self._holders.of(found, self._told.said)
        if not holders and (holder := default_holder(found, base, self._told, self._holders)):
            holders = [holder]
        if not holders:
            yield replace(base, blocked=base.blocked or "no holder")
        for holder in holders:
            if holder.value == WORLD and base.code in OWN:
                holder = self._holders.topic() or holder
            yield replace(base, holder=holder, slots={k: list(v) for k, v in base.slots.items()})

    def _measure(self, found: Found) -> str:
        field = found.hit.row.field
        if field == "sub":
            whole = self._told.whole_of(found)
            return whole.measure if whole else "total"
        return field if field in ("added", "removed", "nominated") else "total"

    def _designation(self, found: Found, measure: str) -> Mention | None:
        row = found.hit.row
        if row.value and row.field == "total":
            return spanned(found.hit, "trigger", "designation", row.value)
        designation = self._told.designation(found)
        if designation and measure == "nominated" and designation.value == "world_heritage_tentative":
            return replace(designation, value="world_heritage")  # from that list to the other
        return designation

    def _share_of(self, found: Found) -> None:
        """Give a share in apposition ("17, about a third of all") to the number before it."""
        here = [s for s in self._told.recent(found.sentence, 0) if s.at < found.number.start]
        if here:
            here[-1].slots.setdefault("share", [found.number])

    def _add_countries(self, mention: Mention, sentence: Sentence) -> None:
        """Give a number of countries to the number of sites before it, in its sentence or of the world."""
        here = [s for s in self._told.recent(sentence, 0) if s.at < mention.start]
        world = [s for s in self._told.recent(sentence) if s.holder and s.holder.value == WORLD]
        free = [s for s in here or world if "countries_count" not in s.slots]
        if free:
            free[-1].slots["countries_count"] = [mention]


def _trigger(found: Found) -> Mention:
    if "trigger" in found.hit.mentions or "trigger" in found.hit.spans:
        return spanned(found.hit, "trigger", "trigger")
    return Mention("trigger", found.number.start, found.number.end, f"site_count/{found.hit.row.id}")
