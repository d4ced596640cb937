"""Finds site counts: numbers bound to designations, and what is told beside them. Interprets nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.base import Candidate, Document, Mention
from pipeline.records.site_count.facts import Facts
from pipeline.records.site_count.holders import Holders
from pipeline.records.site_count.merge import merged
from pipeline.records.site_count.reader import Reader
from pipeline.records.site_count.sentences import Sentences
from pipeline.records.site_count.speakers import Speakers
from pipeline.records.site_count.statements import NumberPatterns, Statement
from pipeline.timex import DateExpression, Point


class Finder:
    """Document -> site count candidates."""

    def __init__(self) -> None:
        self._sentences = Sentences()
        self._numbers = NumberPatterns()
        self._facts = Facts()
        self._speakers = Speakers()

    def __call__(self, document: Document) -> Iterator[Candidate]:
        """One candidate for each number of sites; numbers that count something else come with the reason."""
        if not any(m.value for m in document.of("designation", "designation_topic")):
            return
        sentences = self._sentences(document)
        holders = Holders(document, sentences)
        reader = Reader(document, holders, self._numbers, self._facts)
        for sentence in sentences:
            reader.read(sentence)
        speakers = self._speakers.of(document, sentences)
        for statement in reader.statements:
            if speaker := speakers.at(statement.at):
                statement.slots["said_by"] = [speaker]
        yield from map(candidate, merged(reader.statements))


def candidate(statement: Statement) -> Candidate:
    """A statement as a candidate."""
    slots: dict[str, tuple[Mention, ...]] = {name: tuple(found) for name, found in statement.slots.items()}
    slots["measure"] = (
        Mention(statement.measure, statement.trigger.start, statement.trigger.end, statement.rule),
    )
    for name, mention in (("holder", statement.holder), ("designation", statement.designation)):
        if mention is not None:
            slots[name] = (mention,)
    if statement.number is not None and "count" not in slots:
        slots["count"] = (statement.number,)
    if "as_of" not in slots:  # the article's own date: a date without any part of its own
        own = DateExpression(Point(), Point())
        slots["as_of"] = (replace(statement.trigger, label="own_date", rule=statement.rule, value=own),)
    if statement.blocked:
        slots["blocked"] = (
            Mention("blocked", statement.trigger.start, statement.trigger.end, statement.blocked),
        )
    trigger = Mention("site_count", statement.trigger.start, statement.trigger.end, statement.rule)
    return Candidate("site_count", trigger, slots)
