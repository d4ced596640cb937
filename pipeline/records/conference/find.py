"""Finds conferences: gatherings, and around their mentions what tells of them. Interprets nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.base import Candidate, Document, Mention
from pipeline.patterns import Hit, PatternSet, mask
from pipeline.records.conference.attached import day_of_an_act, told_elsewhere
from pipeline.records.conference.cluster import Clusterer, Gathering
from pipeline.records.conference.delegates import countries_of, organizations_of
from pipeline.records.conference.editions import told_editions
from pipeline.records.conference.status import Cue
from pipeline.records.conference.taking_part import on_the_scene, organizing, taking_part
from pipeline.records.conference.when import is_day

if TYPE_CHECKING:
    from spacy.tokens import Token

TAGS = {
    "gathering": "G", "gathering_reference": "G", "date": "D", "duration": "U",
    "country": "C", "demonym": "A", "city": "CITY", "place": "P", "number": "N",
    "body": "O", "organization": "O", "person": "T", "facility": "F",
}  # fmt: skip
#: What is told of a gathering in sentences that do not name it, and how many sentences on.
_TOLD_LATER = (
    "attending",
    "organizer",
    "attending_org",
    "countries_count",
    "organizations_count",
    "participants_count",
    "theme",
)
_REACH, _REACH_OF_TOPIC = 2, 8
_TOPIC = 3  # mentions that make a gathering the topic of its article
_WEAK = ("body", "organization", "facility", "person")  # what the model guesses gives way to what rules know
_GROUPS = ("date", "place", "who", "n", "venue", "theme", "cue")


class Finder:
    """Document -> conference candidates."""

    def __init__(self) -> None:
        self._patterns = PatternSet("pipeline.records.conference", "patterns.jsonl", TAGS.values())
        self._cluster = Clusterer()

    def __call__(self, document: Document) -> Iterator[Candidate]:
        """One candidate for each gathering that the article names."""
        gatherings = self._cluster(document)
        if not gatherings:
            return
        gatherings += told_editions(document, gatherings)
        facts = _Facts(document, gatherings, self._patterns)
        for number, gathering in enumerate(gatherings):
            found = facts.of(number)
            for field, mentions in gathering.facts.items():
                found[field] = [*mentions, *found.get(field, [])]
            slots = {field: tuple(dict.fromkeys(mentions)) for field, mentions in found.items()}
            slots["name"] = tuple(gathering.names)
            slots["mentions"] = tuple(gathering.mentions)
            yield Candidate("conference", gathering.names[0], slots)


class _Facts:
    """What the sentences of an article tell of each of its gatherings."""

    def __init__(self, document: Document, gatherings: list[Gathering], patterns: PatternSet) -> None:
        self._document = document
        self._gatherings = gatherings
        self._patterns = patterns
        labels = [m for g in gatherings for m in g.mentions]
        extra = [m for m in labels if m not in document.of("gathering", "gathering_reference")]
        self._marked = document.adding(extra)
        self._owner = {(m.start, m.end): i for i, g in enumerate(gatherings) for m in g.mentions}

    def of(self, gathering: int) -> dict[str, list[Mention]]:
        """Field -> mentions, for one gathering."""
        return self._found[gathering]

    @cached_property
    def _found(self) -> dict[int, dict[str, list[Mention]]]:
        found: dict[int, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
        last: tuple[int, int] | None = None  # the gathering told of last, and how many sentences ago
        for sentence in self._document.sentences:
            owners = self._owners(sentence.start_char, sentence.end_char)
            if owners:
                last = (owners[-1][1], 0)
            elif last is None or last[1] >= self._reach(last[0]):
                continue
            else:
                last = (last[0], last[1] + 1)
            masked = mask(self._marked, sentence.start_char, sentence.end_char, TAGS, _WEAK)
            for hit in self._patterns(masked, () if owners else _TOLD_LATER):
                owner = self._owner_of(hit, owners) if owners else last[0]
                if owner is not None and not self._told_elsewhere(hit):
                    for mention in self._caught(hit):
                        found[owner][hit.row.field].append(mention)
            if not owners and self._attendants(on_the_scene(self._document.tokens(sentence)), found[last[0]]):
                last = (last[0], 0)
        for number, gathering in enumerate(self._gatherings):
            for mention in gathering.mentions:
                self._attendants(taking_part(self._document, mention), found[number])
                if hosts := organizing(self._document, mention):
                    found[number]["organizer"].append(Mention("span", *hosts, "conference/who/subject"))
                inside = self._document.within(mention.start, mention.end, "duration")
                found[number]["duration"] += (replace(m, rule="conference/duration/in_name") for m in inside)
        return found

    def _told_elsewhere(self, hit: Hit) -> bool:
        """Whether the date or place of a hit belongs to something else that its sentence describes."""
        told = hit.mentions.get("date") or hit.mentions.get("place")
        gathering = hit.mentions.get("g")
        if told is None or gathering is None or hit.row.field == "act_day":
            return False
        by_act = told.label == "date" and is_day(told) and day_of_an_act(self._document, gathering, told)
        return by_act or told_elsewhere(self._document, gathering, told)

    def _attendants(self, nouns: Iterable[tuple[Token, bool]], found: dict[str, list[Mention]]) -> bool:
        """Add the countries and bodies of those who take part, by the syntax; whether there are any."""
        read = [
            (list(countries_of(self._document, noun, plain)), list(organizations_of(self._document, noun)))
            for noun, plain in nouns
        ]
        found["attending"] += (m for countries, _ in read for m in countries)
        found["attending_org"] += (m for _, bodies in read for m in bodies)
        return any(countries for countries, _ in read)

    def _reach(self, gathering: int) -> int:
        """For how many sentences on an article that is about a gathering goes on to tell of it."""
        return _REACH_OF_TOPIC if len(self._gatherings[gathering].mentions) >= _TOPIC else _REACH

    def _owners(self, start: int, end: int) -> list[tuple[int, int]]:
        """(offset, gathering) of the mentions of gatherings in a sentence."""
        marks = self._marked.within(start, end, "gathering", "gathering_reference")
        return [(m.start, self._owner[m.start, m.end]) for m in marks if (m.start, m.end) in self._owner]

    def _owner_of(self, hit: Hit, owners: list[tuple[int, int]]) -> int | None:
        """The gathering a hit is about: the one it names, else the one nearest to it in the sentence."""
        if mention := hit.mentions.get("g"):
            return self._owner.get((mention.start, mention.end))
        return min(owners, key=lambda pair: abs(pair[0] - hit.start))[1]

    def _caught(self, hit: Hit) -> Iterator[Mention]:
        """The mentions that a hit's groups stand for; a span of several names gives those within it."""
        rule = f"conference/{hit.row.id}"
        for group in _GROUPS:
            if group in hit.mentions:
                mention = hit.mentions[group]
                yield Mention(mention.label, mention.start, mention.end, rule, mention.value)
            elif group in hit.spans:
                yield from self._spanned(hit, group, rule)
        if hit.row.field == "duration":
            mention = hit.mentions["duration"]
            yield Mention("duration", mention.start, mention.end, rule, mention.value)

    def _spanned(self, hit: Hit, group: str, rule: str) -> Iterator[Mention]:
        start, end = hit.spans[group]
        if group != "who":
            value = Cue(hit.row.value, hit.row.weight) if hit.row.value else None
            yield Mention(hit.row.field, start, end, rule, value)
            return
        if hit.row.field == "attending":
            for mention in self._document.within(start, end, "country", "demonym"):
                yield Mention(mention.label, mention.start, mention.end, rule, mention.value)
        else:
            yield Mention("span", start, end, rule)
