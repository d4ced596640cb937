"""Ties every value of a record to the characters it was read from, the same way for every record type."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.base import Candidate, CleanText, Evidence, Mention, Record, Sourced
from pipeline.timex import DateExpression

EMPTY: tuple[object, ...] = (None, (), [], {}, "")


def attach(
    record: Record, candidate: Candidate, anchor: Mention | None, clean: CleanText, source: str
) -> Record:
    """The record with one piece of evidence for each mention of each field that has a value.

    A field whose value was read from no mention of its own (a status that follows from the trigger's tense)
    leads back to the trigger. A date that took its year from the article's own date names that date, too.

    Args:
        anchor: the mention of the article's own date.
        clean: the cleaned text, which most mentions lie in.
        source: the decoded source, which the others lie in.
    """
    pieces = (
        cite(field, mention, clean, source)
        for field in type(record).model_fields
        if field != "evidence" and getattr(record, field) not in EMPTY
        for mention in _mentions(field, record, candidate, anchor)
    )
    return record.model_copy(update={"evidence": tuple(dict.fromkeys(pieces))})


def cite(field: str, mention: Mention, clean: CleanText, source: str) -> Evidence:
    """The evidence that a mention gives for a field."""
    if mention.in_source:
        return cite_source(field, Sourced("", mention.start, mention.end), mention.rule, source)
    source_start, source_end = clean.to_source(mention.start, mention.end)
    return Evidence(
        field=field,
        start=mention.start,
        end=mention.end,
        source_start=source_start,
        source_end=source_end,
        quote=clean.text[mention.start : mention.end],
        rule=mention.rule,
    )


def cite_source(field: str, sourced: Sourced, rule: str, source: str) -> Evidence:
    """The evidence of what stands outside of the cleaned text: metadata, dateline, captions."""
    start, end = sourced.start, sourced.end
    return Evidence(
        field=field,
        start=None,
        end=None,
        source_start=start,
        source_end=end,
        quote=source[start:end],
        rule=rule,
    )


def _mentions(field: str, record: Record, candidate: Candidate, anchor: Mention | None) -> Iterator[Mention]:
    mentions = candidate.slots.get(field) or (candidate.trigger,)
    yield from mentions
    year_known = not str(getattr(record, field)).startswith("XXXX")
    if anchor and year_known and any(_without_year(m) for m in mentions):
        yield anchor


def _without_year(mention: Mention) -> bool:
    value = mention.value
    return isinstance(value, DateExpression) and value.first.year is None and value.last.year is None
