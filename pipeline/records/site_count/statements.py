"""Statements: numbers of sites, each with what the sentence says it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.base import Mention, Number
from pipeline.patterns import Hit, PatternSet
from pipeline.records.site_count.phrases import PACKAGE
from pipeline.records.site_count.sentences import TAGS, Sentence

MEASURES = ("total", "added", "removed", "nominated")


@dataclass(slots=True)
class Statement:
    """A number of sites, or a rank or a share without one.

    `slots` maps fields of the record to mentions. `blocked` says why it is no statement after all.
    """

    sentence: Sentence
    rule: str
    measure: str
    trigger: Mention
    number: Mention | None = None
    holder: Mention | None = None
    designation: Mention | None = None
    slots: dict[str, list[Mention]] = field(default_factory=dict)
    blocked: str = ""

    @property
    def at(self) -> int:
        """Where it stands in the text."""
        return (self.number or self.trigger).start

    @property
    def code(self) -> str | None:
        """The designation's code."""
        return self.designation.value if self.designation else None

    @property
    def value(self) -> int | None:
        """The number."""
        return self.number.value.value if self.number else None


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern's hit on one number of a sentence."""

    hit: Hit
    number: Mention
    sentence: Sentence


class NumberPatterns:
    """Sentence -> for each number the first pattern that catches it."""

    def __init__(self) -> None:
        self._patterns = PatternSet(PACKAGE, "patterns.jsonl", TAGS.values())

    def __call__(self, sentence: Sentence, taken: Iterable[Mention]) -> Iterator[Found]:
        """The hits, in text order; numbers in `taken` are passed over."""
        found: dict[tuple[int, int], Found] = {}
        used = {(m.start, m.end) for m in taken}
        for hit in self._patterns(sentence.masked):
            for number in _numbers(hit):
                place = (number.start, number.end)
                if place not in used and place not in found:
                    found[place] = Found(hit, number, sentence)
        yield from (found[place] for place in sorted(found))


def _numbers(hit: Hit) -> Iterator[Mention]:
    for group in ("n", "n2", "q"):
        if group in hit.mentions:
            yield hit.mentions[group]
        elif group in hit.spans:
            yield spanned(hit, group, "count", Number(1))


def spanned(hit: Hit, group: str, label: str, value: object = None) -> Mention:
    """What a group caught as a mention of its own."""
    start, end = (
        hit.spans[group] if group in hit.spans else _offsets(hit.mentions, group, (hit.start, hit.end))
    )
    return Mention(label, start, end, f"site_count/{hit.row.id}", value)


def _offsets(mentions: Mapping[str, Mention], group: str, otherwise: tuple[int, int]) -> tuple[int, int]:
    mention = mentions.get(group)
    return (mention.start, mention.end) if mention else otherwise
