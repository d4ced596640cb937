"""Gives ranks to the statements they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.base import Mention
from pipeline.patterns import Hit
from pipeline.records.site_count.antecedents import WORLD
from pipeline.records.site_count.holders import Holders
from pipeline.records.site_count.phrases import phrases
from pipeline.records.site_count.sentences import HOLDERS, Sentence
from pipeline.records.site_count.statements import Statement
from pipeline.records.site_count.told import Told

_LAST = 60  # what is beyond is another number: rankings are told of the first dozens of some 190 countries


@dataclass(frozen=True, slots=True)
class Rank:
    """A hit on a rank, its place and its sentence."""

    hit: Hit
    start: int
    end: int
    sentence: Sentence

    @property
    def rule(self) -> str:
        """The id of the rule."""
        return f"site_count/{self.hit.row.id}"

    @property
    def value(self) -> int:
        """The rank."""
        ranked = self.hit.mentions.get("r")
        return ranked.value.value if ranked else int(self.hit.row.value or 0)

    def names_before(self) -> list[Mention]:
        """The holders that the sentence names before the rank."""
        return [m for m in self.sentence.masked.mentions if m.label in HOLDERS and m.end <= self.start]

    def names_inside(self) -> list[Mention]:
        """The holders within the rank's words, but for the rank's owner and whoever is ahead."""
        others = (self.hit.mentions.get("ahead"), self.hit.mentions.get("h"))
        inside = (m for m in self.sentence.masked.mentions if self.start <= m.start < self.end)
        return [m for m in inside if m.label in HOLDERS and m not in others]


class Ranks:
    """The ranks of one article."""

    def __init__(self, told: Told, holders: Holders, adjectives: Mapping[str, str]) -> None:
        self._told = told
        self._holders = holders
        self._adjectives = adjectives
        self._phrases = phrases()
        self._scope: tuple[int, Mention] | None = None

    def give(self, hit: Hit, sentence: Sentence) -> None:
        """Give a rank to the statement with its holder, in its sentence or just before it."""
        start, end = hit.spans.get("x", (hit.start, hit.end))
        rank = Rank(hit, start, end, sentence)
        if not 1 <= rank.value <= _LAST:
            return
        scope = next(self._scopes(rank))
        self._scope = (sentence.index, scope)
        holder = self._holder(rank)
        statements = self._statements(rank, holder)
        for statement in statements:
            _put(statement, rank, scope)
            if tie := hit.mentions.get("tie"):
                slots = {k: list(v) for k, v in statement.slots.items() if k != "breakdown"}
                self._told.statements.append(replace(statement, holder=tie, slots=slots))
        if not statements and holder is not None and scope.label == "scope":
            self._alone(rank, scope, holder)

    def _alone(self, rank: Rank, scope: Mention, holder: Mention) -> None:
        """A rank without a count, of the designation just spoken of."""
        last = next(reversed(self._told.recent(rank.sentence, 1)), None)
        if last and last.designation is not None and last.measure == "total":
            trigger = Mention("rank", rank.start, rank.end, rank.rule, rank.value)
            statement = Statement(rank.sentence, rank.rule, "total", trigger, None, holder, last.designation)
            _put(statement, rank, scope)
            self._told.statements.append(statement)

    def _scopes(self, rank: Rank) -> Iterator[Mention]:
        """Where the rank holds, best first; labelled "scope" when the words say so, else "assumed"."""
        yield from self._stated(rank)
        words = rank.sentence.between(rank.start, rank.end)
        yield from self._region(rank, words)
        if self._phrases["world_scope"].search(words) or any(m.value == WORLD for m in rank.names_inside()):
            yield Mention("scope", rank.start, rank.end, rank.rule, "world")
        if "ahead" not in rank.hit.mentions and "tie" not in rank.hit.mentions:
            yield from (_scope(m) for m in reversed(rank.names_inside()))
        for mention in rank.names_before():
            if self._phrases["scope_before"].match(rank.sentence.between(rank.sentence.start, mention.start)):
                yield _scope(mention)
        yield from self._region(rank, rank.sentence.between(rank.start, rank.end + 25))
        if "ahead" not in rank.hit.mentions and (earlier := self._last_scope(rank.sentence)):
            yield replace(earlier, start=rank.start, end=rank.end, label="assumed")
        yield Mention("assumed", rank.start, rank.end, rank.rule, "world")

    def _stated(self, rank: Rank) -> Iterator[Mention]:
        """The scope that a group of the pattern caught: a name, an adjective, "the region"."""
        for group in ("scope", "scope2"):
            if mention := rank.hit.mentions.get(group):
                yield _scope(mention)
            if group in rank.hit.spans:
                start, end = rank.hit.spans[group]
                words = rank.sentence.between(start, end)
                if words in self._adjectives:
                    yield Mention("scope", start, end, rank.rule, ("place", self._adjectives[words]))
                if meant := self._holders.meant(words, rank.start, rank.sentence, self._told.said):
                    yield replace(_scope(meant), rule=rank.rule)

    def _region(self, rank: Rank, words: str) -> Iterator[Mention]:
        if near := self._phrases["region_near"].search(words):
            text = f"the {near.group()}"
            if meant := self._holders.meant(text, rank.start, rank.sentence, self._told.said):
                yield _scope(meant)

    def _last_scope(self, sentence: Sentence) -> Mention | None:
        """The scope of the rank told before, or the region of which a number was told before."""
        if self._scope and sentence.index - self._scope[0] <= 1:
            return self._scope[1]
        before = [s for s in self._told.recent(sentence, 1) if s.sentence.index < sentence.index]
        last = before[-1].holder if before else None
        return _scope(last) if last and last.label == "place" and last.value != WORLD else None

    def _holder(self, rank: Rank) -> Mention | None:
        """Whose rank it is: who stands right before it, else the subject."""
        if named := rank.hit.mentions.get("h"):
            return self._holders.named(named)
        if "ahead" in rank.hit.mentions:
            return None
        for mention in rank.names_before():
            between = rank.sentence.between(mention.end, rank.start)
            if mention.value != WORLD and self._phrases["relative"].fullmatch(between):
                return self._holders.named(mention)
        if self._phrases["puts_us"].search(rank.sentence.between(rank.sentence.start, rank.start)):
            return None
        return self._holders.subject(rank.start, rank.sentence, self._told.said)

    def _statements(self, rank: Rank, holder: Mention | None) -> list[Statement]:
        """The statements that the rank belongs to: several when one number is told of several holders."""
        totals = [s for s in self._told.recent(rank.sentence) if s.measure == "total"]
        here = [s for s in totals if s.sentence.index == rank.sentence.index]
        if holder is None:
            chosen = [s for s in here or totals if s.holder and s.holder.value != WORLD]
        else:
            fitting = [s for s in totals if s.holder and s.holder.value == holder.value]
            chosen = [s for s in fitting if s in here] or fitting
        if not chosen:
            return []
        nearest = min(chosen, key=lambda s: abs(s.at - rank.start))
        return [s for s in here if s.number and s.number == nearest.number] or [nearest]


def _put(statement: Statement, rank: Rank, scope: Mention) -> None:
    """A world rank is kept before a regional one."""
    old = statement.slots.get("rank_scope")
    if old and (old[0].value == "world" or scope.value != "world"):
        return
    statement.slots["rank"] = [Mention("rank", rank.start, rank.end, rank.rule, rank.value)]
    statement.slots["rank_scope"] = [scope]


def _scope(mention: Mention) -> Mention:
    value = "world" if mention.value == WORLD else (mention.label, mention.value)
    return Mention("scope", mention.start, mention.end, mention.rule, value)
