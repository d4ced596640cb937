"""What names, pronouns and definite descriptions in an article stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.base import Document, Mention
from pipeline.records.site_count.phrases import phrases
from pipeline.records.site_count.sentences import HOLDERS, Sentence
from pipeline.records.site_count.statements import Statement

WORLD = "World"
_COUNTRY = ("country", "demonym")
_PROVINCE = re.compile(r"places\.(?:[A-Z]{3}|area|other)")  # rules of places within one country
_LEAD = 3  # the weight of a country named in the first two sentences
_LIST = 2  # countries after the first one that make a list of them
_TOPIC = 0.4  # share of all mentions of countries that makes one the country "the country" stands for


class Antecedents:
    """Reads the names of countries, places and cities of one article, and the words that stand for them."""

    def __init__(self, document: Document, sentences: Sequence[Sentence]) -> None:
        self._document = document
        self._phrases = phrases()
        self._sentences = sentences
        self._countries = document.of(*_COUNTRY)
        within = document.of("designation")
        self._weights = Counter(self._weighted())
        self._named = tuple(self.named(m) for m in document.of(*HOLDERS) if self._may_hold(m, within))

    def _weighted(self) -> Iterator[str]:
        """The countries as often as they are named; in the first lines a name counts thrice."""
        lead = self._sentences[min(1, len(self._sentences) - 1)].end if self._sentences else 0
        for mention in self._countries:
            yield from [mention.value] * (_LEAD if mention.end <= lead else 1)

    def _may_hold(self, mention: Mention, names: Sequence[Mention]) -> bool:
        return not _within_any(mention, names) and not self._is_pronoun(self._document.quote(mention))

    def named(self, mention: Mention) -> Mention:
        """The mention of a holder with the value that tells it from others: for a city its name."""
        quote = self._document.quote(mention)
        as_written = mention.label == "city" or (mention.label == "place" and mention.value != WORLD)
        name = as_written and quote[0].isupper() and not quote.isupper()
        return replace(mention, value=quote) if name else mention

    def topic(self, share: float = 0) -> Mention | None:
        """The country that the article speaks of most, if at least this share of its mentions of countries is
        its.
        """
        if not self._countries:
            return None
        code, count = self._weights.most_common(1)[0]
        if count < share * self._weights.total():
            return None
        return next(m for m in self._countries if m.value == code)

    def meant(self, text: str, at: int, sentence: Sentence, said: Sequence[Statement]) -> Mention | None:
        """What "it", "the country", "the region" at an offset stand for."""
        text = text.strip()
        if self._phrases["world"].fullmatch(text):
            return self.world(at)
        if self._phrases["we"].fullmatch(text):
            told = [
                s.holder for s in said if s.at < at and s.holder and sentence.index - s.sentence.index <= 1
            ]
            return next((h for h in reversed(told) if h.value != WORLD), None) or self.topic()
        if self._phrases["it"].fullmatch(text):
            return self._it(at, sentence, said)
        if self._phrases["area"].fullmatch(text) and (
            place := self._last(("place", "city"), at, regional=False)
        ):
            return place
        if self._phrases["region"].fullmatch(text):
            return self._last(("place",), at, regional=True)
        return self._country(at, sentence)

    def subject(self, at: int, sentence: Sentence, said: Sequence[Statement]) -> Mention | None:
        """The holder or pronoun in subject position that stands last before an offset of a sentence."""
        text, start = self._document.text, sentence.start
        best: tuple[int, Mention] | None = None
        pronouns = list(self._phrases["subject"].finditer(text, start, at))
        for mention in self._holders_in(sentence):
            if mention.label == "demonym" or mention.start >= at or mention.value == WORLD:
                continue
            inside = _is_region(mention) and any(m.start() <= mention.start < m.end() for m in pronouns)
            if not inside and self._leads_clause(mention, sentence):
                best = (mention.start, mention)
        for match in pronouns:
            nearer = best is None or match.start() > best[0]
            if nearer and (holder := self.meant(match["p"], match.start(), sentence, said)):
                best = (match.start(), holder)
        return best[1] if best else None

    def only_one(self, sentence: Sentence, *, cities: bool = False) -> Mention | None:
        """The one holder that a sentence names; the world for a list of countries."""
        labels = ("country", "place", "city") if cities else ("country", "place")
        named = [m for m in self._holders_in(sentence) if m.label in labels and m.value != WORLD]
        countries = [m for m in named if m.label == "country"]
        if countries and self._begins_list(countries[0], sentence):
            return self.world(sentence.start)
        return named[0] if len({m.value for m in named}) == 1 else None

    def _begins_list(self, mention: Mention, sentence: Sentence) -> bool:
        """Whether several more countries follow a country, separated by commas."""
        countries = [
            m for m in self._holders_in(sentence) if m.label == "country" and m.start >= mention.start
        ]
        close = [n for m, n in pairwise(countries) if n.start - m.end <= len(", and ")]
        return len(close) >= _LIST

    def _is_pronoun(self, text: str) -> bool:
        match = self._phrases["subject"].match(text)
        return bool(match and match.end() >= len(text) - 2)

    def _leads_clause(self, mention: Mention, sentence: Sentence) -> bool:
        """Whether a name may be a subject: no preposition before it, no official of it after it."""
        text = self._document.text
        before = text[sentence.start : mention.start]
        for other in self._holders_in(sentence):
            if other.end <= mention.start and self._phrases["coordinated"].match(
                text[other.end : mention.start]
            ):
                return self._leads_clause(other, sentence)
        if self._phrases["preposition"].search(before) and not self._phrases["opening"].match(before):
            return False
        return not self._phrases["official"].match(text[mention.end : sentence.end])

    def _holders_in(self, sentence: Sentence) -> list[Mention]:
        found = (m for m in sentence.masked.mentions if m.label in (*HOLDERS, "demonym"))
        return [self.named(m) for m in found if not self._is_pronoun(self._document.quote(m))]

    def _it(self, at: int, sentence: Sentence, said: Sequence[Statement]) -> Mention | None:
        near = [m for m in self._named if sentence.start <= m.start and m.end <= at and m.value != WORLD]
        if near:
            return near[0]
        for match in self._phrases["subject"].finditer(self._document.text, sentence.start, at):
            if " " in match["p"]:
                return self.meant(match["p"], match.start(), sentence, said)
        if subject := self._subject_before(sentence):
            return subject
        told = [s for s in said if s.at < at and s.holder and sentence.index - s.sentence.index <= 2]
        return told[-1].holder if told else self._country(at, sentence)

    def _subject_before(self, sentence: Sentence) -> Mention | None:
        """The first name in subject position in the sentence before."""
        if sentence.index == 0:
            return None
        before = self._sentences[sentence.index - 1]
        names = (m for m in self._holders_in(before) if m.label != "demonym" and m.value != WORLD)
        return next((m for m in names if self._leads_clause(m, before)), None)

    def _country(self, at: int, sentence: Sentence) -> Mention | None:
        """The country that "the country" is: the subject just before, else what the article is about."""
        here = [m for m in self._holders_in(sentence) if m.label == "country" and m.end <= at]
        for mention in here:
            if self._leads_clause(mention, sentence):
                return mention
        subject, topic = self._subject_before(sentence), self.topic()
        if (
            subject
            and subject.label == "country"
            and topic
            and self._weights[subject.value] * 2 >= self._weights[topic.value]
        ):
            return subject
        if topic and self._weights[topic.value] >= _TOPIC * self._weights.total():
            return topic
        before = [m for m in self._countries if m.end <= at]
        return subject or topic or (before[-1] if before else None)

    def _last(self, labels: Iterable[str], at: int, *, regional: bool) -> Mention | None:
        """The last place before an offset: with `regional` a part of the world, else a province or city."""
        before = [m for m in self._named if m.label in labels and m.end <= at and m.value != WORLD]
        fitting = [m for m in before if _is_region(m) == regional]
        return fitting[-1] if fitting else (before[-1] if before and regional else None)

    def world(self, at: int) -> Mention:
        """The world, by a name of it near an offset, else by the word there."""
        for mention in self._document.of("place"):
            if mention.value == WORLD and abs(mention.start - at) < 80:
                return mention
        match = re.compile(r"\w+").search(self._document.text, at)
        start, end = match.span() if match else (at, at + 1)
        return Mention("world", start, end, "site_count/world", WORLD)


def _is_region(mention: Mention) -> bool:
    """Whether a place is a part of the world rather than of a country."""
    return mention.label == "place" and not _PROVINCE.match(mention.rule)


def _within_any(mention: Mention, others: Iterable[Mention]) -> bool:
    return any(other.covers(mention) for other in others)
