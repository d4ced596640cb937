"""Gives ranks to the statements they belong to."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.base import Mention
from pipeline.patterns import Hit
from pipeline.records.site_count.holders import WORLD
from pipeline.records.site_count.sentences import HOLDERS, Sentence
from pipeline.records.site_count.statements import Statement

if TYPE_CHECKING:
    from pipeline.records.site_count.reader import Reader

_FIRST = re.compile(r"\W*(?:in|within|across|throughout|among|of all) (?:the )?$", re.IGNORECASE)
_RELATIVE = re.compile(r",? (?:which|that|who)? ?(?:now |also |currently )*", re.IGNORECASE)
_PUTS = re.compile(r", (?:which|that|this) (?:\w+ ){1,4}$", re.IGNORECASE)
_WORDS = re.compile(
    r"\b(?:world\w*|globally|globe|planet|earth|internationally|all countries"
    r"|any (?:other )?(?:country|nation))\b",
    re.I,
)


def give(hit: Hit, sentence: Sentence, reader: Reader) -> None:
    """Give the rank of a hit to the statement with its holder, in this sentence or just before it."""
    start, end = hit.spans.get("x", (hit.start, hit.end))
    value = hit.mentions["r"].value.value if "r" in hit.mentions else int(hit.row.value or 0)
    if not 1 <= value <= 60:
        return
    rule = f"site_count/{hit.row.id}"
    rank = Mention("rank", start, end, rule, value)
    scope = _scope(hit, start, end, sentence, reader)
    reader.scope = (sentence.index, scope)
    holder = _holder(hit, start, sentence, reader)
    rank_given = False
    for statement in _statements(holder, start, sentence, reader):
        _put(statement, rank, scope)
        if tie := hit.mentions.get("tie"):
            slots = {k: list(v) for k, v in statement.slots.items() if k != "breakdown"}
            reader.statements.append(replace(statement, holder=tie, slots=slots))
        rank_given = True
    if rank_given:
        return
    if holder is not None and _recent(sentence, reader) and "scope" in (scope.label,):
        last = reader.said[-1]
        if last.designation is not None and last.measure == "total":
            statement = Statement(sentence, rule, "total", rank, None, holder, last.designation)
            _put(statement, rank, scope)
            reader.statements.append(statement)


def _recent(sentence: Sentence, reader: Reader) -> bool:
    return bool(reader.said) and sentence.index - reader.said[-1].sentence.index <= 1


def _put(statement: Statement, rank: Mention, scope: Mention) -> None:
    """A world rank is kept before a regional one."""
    old = statement.slots.get("rank_scope")
    if old and (old[0].value == "world" or scope.value != "world"):
        return
    statement.slots["rank"], statement.slots["rank_scope"] = [rank], [scope]


def _scope(hit: Hit, start: int, end: int, sentence: Sentence, reader: Reader) -> Mention:
    """Where the rank holds; label "scope" when the words say so, "assumed" for the world otherwise."""
    text = sentence.between(start, end)
    for group in ("scope", "scope2"):
        if mention := hit.mentions.get(group):
            return _named(mention)
        if group in hit.spans and sentence.between(*hit.spans[group]) in reader.adjectives:
            return Mention(
                "scope",
                *hit.spans[group],
                f"site_count/{hit.row.id}",
                ("place", reader.adjectives[sentence.between(*hit.spans[group])]),
            )
        if group in hit.spans:
            meant = reader.meant(sentence.between(*hit.spans[group]), start, sentence)
            if meant is not None:
                return replace(_named(meant), rule=f"site_count/{hit.row.id}")
    near = re.search(r"\b(?:region|continent)\b", text)
    if near and (meant := reader.meant(f"the {near.group()}", start, sentence)):
        return _named(meant)
    if _WORDS.search(text) or WORLD in [m.value for m in sentence.masked.mentions if start <= m.start < end]:
        return Mention("scope", start, end, f"site_count/{hit.row.id}", "world")
    inner = [
        m
        for m in sentence.masked.mentions
        if start <= m.start < end
        and m.label in HOLDERS
        and m is not hit.mentions.get("ahead")
        and m is not hit.mentions.get("h")
    ]
    if inner and "ahead" not in hit.mentions and "tie" not in hit.mentions:
        return _named(inner[-1])
    for mention in sentence.masked.mentions:
        if (
            mention.end <= start
            and mention.label in HOLDERS
            and _FIRST.match(sentence.between(sentence.start, mention.start))
        ):
            return _named(mention)
    near = re.search(r"\b(?:region|continent)\b", sentence.between(start, end + 25))
    if near and (meant := reader.meant(f"the {near.group()}", start, sentence)):
        return _named(meant)
    if "ahead" not in hit.mentions and (earlier := _last_scope(sentence, reader)):
        return replace(earlier, start=start, end=end, label="assumed")
    return Mention("assumed", start, end, f"site_count/{hit.row.id}", "world")


def _last_scope(sentence: Sentence, reader: Reader) -> Mention | None:
    """The scope of the rank told before, or the region of which a number was told before."""
    if reader.scope and sentence.index - reader.scope[0] <= 1:
        return reader.scope[1]
    last = next((s for s in reversed(reader.said) if s.sentence.index < sentence.index), None)
    if (
        last
        and last.holder
        and last.holder.label == "place"
        and last.holder.value != WORLD
        and sentence.index - last.sentence.index <= 1
    ):
        return _named(last.holder)
    return None


def _named(mention: Mention) -> Mention:
    value = "world" if mention.value == WORLD else (mention.label, mention.value)
    return Mention("scope", mention.start, mention.end, mention.rule, value)


def _holder(hit: Hit, start: int, sentence: Sentence, reader: Reader) -> Mention | None:
    """Whose rank it is: the holder nearest before it in subject position."""
    if named := hit.mentions.get("h"):
        return named
    if "ahead" in hit.mentions:
        return None
    for mention in sentence.masked.mentions:
        if (
            mention.label in HOLDERS
            and mention.value != WORLD
            and mention.end <= start
            and _RELATIVE.fullmatch(sentence.between(mention.end, start))
        ):
            return reader.named(mention)
    if _PUTS.search(sentence.between(sentence.start, start)):
        return None
    return reader.subject(start, sentence)


def _statements(holder: Mention | None, start: int, sentence: Sentence, reader: Reader) -> list[Statement]:
    """The statement that the rank belongs to, if there is one."""
    totals = [s for s in reader.said if s.measure == "total" and sentence.index - s.sentence.index <= 3]
    here = [s for s in totals if s.sentence.index == sentence.index]
    fitting = [s for s in totals if holder and s.holder and s.holder.value == holder.value]
    chosen = [s for s in fitting if s in here] or fitting
    if not chosen and holder is None:
        chosen = here or totals
        chosen = [s for s in chosen if s.holder and s.holder.value != WORLD]
    nearest = sorted(chosen, key=lambda s: abs(s.at - start))
    if not nearest:
        return []
    same = [s for s in here if s.number is not None and s.number == nearest[0].number]
    return same or nearest[:1]
