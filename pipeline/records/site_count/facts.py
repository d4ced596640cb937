"""What sentences tell beside the numbers of sites: parts by category, ranks, numbers of countries, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.base import Mention, Number
from pipeline.data import Row, load_rows
from pipeline.patterns import Hit, PatternSet
from pipeline.records.site_count.phrases import PACKAGE, phrases
from pipeline.records.site_count.sentences import TAGS, Sentence
from pipeline.records.site_count.statements import Statement

_DATE_REACH = 70  # characters between a number and the date that its clause names


class CategoryRow(Row):
    """The words for a category; the id is the record's key."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A number of sites of one category; `whole` if the number is itself a statement ("14 natural sites")."""

    number: Mention
    category: str
    start: int
    end: int
    rule: str
    whole: bool = False

    @property
    def value(self) -> int:
        """The number."""
        count: Number = self.number.value
        return count.value


@dataclass(slots=True)
class SentenceFacts:
    """The facts of one sentence; `taken` are numbers that are ranks or numbers of countries."""

    parts: list[Part] = field(default_factory=list)
    ranks: list[Hit] = field(default_factory=list)
    countries: list[Mention] = field(default_factory=list)
    taken: list[Mention] = field(default_factory=list)


class Facts:
    """Sentence -> facts."""

    def __init__(self) -> None:
        self._patterns = PatternSet(PACKAGE, "facts.jsonl", TAGS.values())
        rows = load_rows(PACKAGE, "categories.jsonl", CategoryRow)
        self._categories = {word: row.id for row in rows for word in row.words}
        self.adjectives = {
            w: row.id for row in load_rows(PACKAGE, "adjectives.jsonl", CategoryRow) for w in row.words
        }

    def of(self, sentence: Sentence) -> SentenceFacts:
        """The facts of a sentence."""
        facts = SentenceFacts()
        seen: set[int] = set()
        for hit in self._patterns(sentence.masked, ("part",)):
            self._part(hit, sentence, facts, seen)
        for hit in self._patterns(sentence.masked, ("countries",)):
            mention = hit.mentions["n"]
            if mention.start not in seen and mention.value.value > 1:
                seen.add(mention.start)
                facts.countries.append(mention)
                facts.taken.append(mention)
        facts.parts.sort(key=lambda p: p.start)
        facts.ranks = self._ranks(sentence, facts)
        return facts

    def _part(self, hit: Hit, sentence: Sentence, facts: SentenceFacts, seen: set[int]) -> None:
        number = hit.mentions.get("n")
        if number is None or number.start in seen:
            return
        if "c" in hit.spans:
            start, end = hit.spans["c"]
        else:
            noun = hit.mentions["s"]
            start, end = noun.start, noun.end
            if not str(noun.value).startswith("world_heritage"):
                return
        category = self._category(hit, sentence.between(start, end))
        if category:
            seen.add(number.start)
            whole = "s" in hit.mentions
            low, high = min(start, number.start), max(end, number.end)
            facts.parts.append(Part(number, category, low, high, f"site_count/{hit.row.id}", whole))

    def _category(self, hit: Hit, text: str) -> str | None:
        if hit.row.value:
            return hit.row.value
        plain = text.lower()
        if plain in self._categories:
            return self._categories[plain]
        for word in re.findall(r"cultural and natural|natural and cultural|natural|mixed|cultural", plain):
            return (
                None if word in ("cultural and natural", "natural and cultural") else self._categories[word]
            )
        return None

    def _ranks(self, sentence: Sentence, facts: SentenceFacts) -> list[Hit]:
        spans: list[tuple[int, int]] = []
        ranks: list[Hit] = []
        for hit in self._patterns(sentence.masked, ("rank_none", "rank")):
            start, end = hit.spans.get("x", (hit.start, hit.end))
            if any(start < e and s < end for s, e in spans):
                continue
            spans.append((start, end))
            if hit.row.field == "rank":
                ranks.append(hit)
            if rank := hit.mentions.get("r"):
                facts.taken.append(rank)
        return sorted(ranks, key=lambda h: h.start)

    # --- dates

    def date(self, statement: Statement) -> Mention | None:
        """The date for which a statement is made, where its clause names one."""
        sentence = statement.sentence
        clause = sentence.between(statement.trigger.start - 12, statement.trigger.end), _clause(statement)
        past = statement.measure in ("added", "removed") or any(phrases()["past"].search(c) for c in clause)
        ordinal = statement.number is not None and statement.number.label == "ordinal"
        for hit in self._patterns(sentence.masked, ("as_of",)):
            dated = hit.mentions["d"]
            past = past or (
                ordinal and bool(phrases()["past"].search(sentence.between(statement.at, dated.start)))
            )
            if (past or hit.row.value != "past") and _belongs(hit, dated, statement):
                return Mention("date", dated.start, dated.end, f"site_count/{hit.row.id}", dated.value)
        return None


def _belongs(hit: Hit, dated: Mention, statement: Statement) -> bool:
    """Whether a date belongs to a statement of its sentence by what stands between the two."""
    sentence = statement.sentence
    low, high = sorted((statement.at, dated.start))
    if any(m.label == "gathering" and low < m.start < high for m in sentence.masked.mentions):
        return False
    if dated.end <= statement.at:
        between = sentence.between(dated.end, statement.at)
        near = len(between) <= _DATE_REACH and "," not in between
        near = near or hit.row.id in ("asof/start", "asof/comma")
    else:
        between = sentence.between(statement.at, dated.start)
        near = len(between) <= 2 * _DATE_REACH
    if hit.row.id in ("asof/in", "asof/bare") and statement.measure == "total":
        near = near and not re.search(r"[,;]", between) and len(between) <= _DATE_REACH * 0.75
    return near and not phrases()["other_date"].search(between)


def _clause(statement: Statement) -> str:
    """The words between the last comma and the number."""
    before = statement.sentence.between(statement.sentence.start, statement.at)
    return re.split(r"[,;:]", before)[-1]
