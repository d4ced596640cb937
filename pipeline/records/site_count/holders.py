"""Whose sites a number counts: by the words around it, by pronoun, by what the article is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.base import Document, Mention
from pipeline.data import Row, load_rows
from pipeline.records.site_count.sentences import HOLDERS, PACKAGE, Sentence
from pipeline.records.site_count.statements import Found, Statement

WORLD = "World"
_COUNTRY = ("country", "demonym")
_PROVINCE = re.compile(r"places\.(?:[A-Z]{3}|area|other)")  # rules of places within one country
_LEAD = 3  # the weight of a country named in the first two sentences
_LIST = 2  # countries after the first one that make a list of them
_CLAUSE = 90  # characters: the reach of words such as "worldwide"
_TOPIC = 0.4  # share of all mentions of countries that makes one the country "the country" stands for


class PhraseRow(Row):
    """A regular expression."""

    pattern: str


class Phrases:
    """The regular expressions of phrases.jsonl, by id."""

    def __init__(self) -> None:
        rows = load_rows(PACKAGE, "phrases.jsonl", PhraseRow)
        self._patterns = {row.id: re.compile(row.pattern, re.IGNORECASE) for row in rows}

    def __getitem__(self, name: str) -> re.Pattern[str]:
        return self._patterns[name]


class Holders:
    """Finds the holders of an article's statements; one for each article."""

    def __init__(self, document: Document, phrases: Phrases, sentences: Sequence[Sentence]) -> None:
        self._document = document
        self._phrases = phrases
        self._sentences = sentences
        self._countries = document.of(*_COUNTRY)
        within = document.of("designation")
        self._weights = Counter(self._weighted())
        self._named = tuple(self.named(m) for m in document.of(*HOLDERS) if self._may_hold(m, within))

    def of(self, found: Found, said: Sequence[Statement]) -> list[Mention]:
        """The holders of a number; none when no words around it tell. `said` are the statements before it."""
        if "hs" in found.hit.spans or "hs" in found.hit.mentions:
            start, end = found.hit.spans.get("hs") or (found.hit.start, found.hit.end)
            return [m for m in self._named if start <= m.start and m.end <= end]
        acts = found.hit.row.field in ("added", "removed", "nominated")
        last = (self._agent, self._object) if acts else (self._subject,)
        near = (
            self._stated,
            self._following,
            self._inside,
            self._before,
            self._list_owner,
            self._world_total,
        )
        for strategy in (*near, *last):
            if holder := strategy(found, said):
                return [holder]
        return []

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
            return self._world(at)
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

    # --- strategies

    def _stated(self, found: Found, said: Sequence[Statement]) -> Mention | None:
        if mention := found.hit.mentions.get("h"):
            if (
                found.hit.row.field == "table"
                and mention.value == WORLD
                and " them" not in self._after(found)
            ):
                return self.subject(mention.start, found.sentence, said)
            quote = self._document.quote(mention)
            return (
                self.meant(quote, mention.start, found.sentence, said)
                if self._is_pronoun(quote)
                else self.named(mention)
            )
        if "h" not in found.hit.spans:
            return None
        start, end = found.hit.spans["h"]
        inner = [m for m in self._named if start <= m.start and m.end <= end]
        if inner:
            return inner[-1]
        text = self._document.text[start:end]
        if self._is_pronoun(f"the {text}"):
            return self.meant(f"the {text}", start, found.sentence, said)
        if text[:1].isupper() and not self._is_pronoun(text):
            if found.hit.row.field not in ("sub", "share") and self._phrases["preposition"].search(
                self._document.text[found.sentence.start : start]
            ):
                return None
            start = next((m.start for m in self._named if m.end == start - 1), start)
            return Mention(
                "name", start, end, f"site_count/{found.hit.row.id}", self._document.text[start:end]
            )
        if self._is_list(text, found):
            return None
        return self.meant(re.sub(r"['’]s?$", "", text), start, found.sentence, said)

    def _is_list(self, text: str, found: Found) -> bool:
        """Whether "it" is a list that "contains" the number rather than a country."""
        verb = found.hit.spans.get("trigger")
        return bool(
            self._phrases["listing_it"].fullmatch(text)
            and verb
            and self._phrases["list_verb"].fullmatch(self._document.text[slice(*verb)])
            and found.sentence.index > 0
            and any(
                m.label in ("designation_list", "designation")
                for m in self._sentences[found.sentence.index - 1].designations
            )
        )

    def _after(self, found: Found) -> str:
        return self._document.text[found.number.end : found.number.end + 12]

    def _is_pronoun(self, text: str) -> bool:
        match = self._phrases["subject"].match(text)
        return bool(match and match.end() >= len(text) - 2)

    def _inside(self, found: Found, said: Sequence[Statement]) -> Mention | None:
        start, end = found.number.start, _noun_end(found)
        if (listed := found.hit.mentions.get("l")) and "s" not in found.hit.mentions:
            end = max(end, listed.start)
        inner = [m for m in self._holders_in(found.sentence) if start < m.start and m.end <= end]
        return next(iter(inner or self._document.within(start, end, "demonym")), None)

    def _before(self, found: Found, said: Sequence[Statement]) -> Mention | None:
        for start in {found.number.start, _noun_start(found)}:
            for mention in self._holders_in(found.sentence):
                name = "demonym_owner" if mention.label == "demonym" else "owner"
                between = self._document.text[mention.end : start]
                owns = mention.end <= start and between and self._phrases[name].fullmatch(between)
                if owns and (mention.label == "demonym" or between[0] in "'’"):
                    return mention
        return None

    def _following(self, found: Found, said: Sequence[Statement]) -> Mention | None:
        for start in self._ends(found):
            for mention in self._holders_in(found.sentence):
                between = self._document.text[start : mention.start]
                if mention.start < start or mention.label == "demonym":
                    continue
                if self._is_whole(found, between):
                    continue
                if self._phrases["following"].fullmatch(between) and self._begins_list(
                    mention, found.sentence
                ):
                    return self._world(mention.start)
                if self._phrases["following"].fullmatch(between) or (
                    mention.value == WORLD
                    and between.strip() in ("", "in", "of", "across", "around", "all over")
                ):
                    return mention
            if match := self._phrases["pronoun_following"].match(
                self._document.text[start : found.sentence.end]
            ):
                return self.meant(match["p"], start, found.sentence, said)
        return None

    def only_one(self, sentence: Sentence) -> Mention | None:
        """The one holder that a sentence names; the world for a list of countries."""
        named = [
            m for m in self._holders_in(sentence) if m.label in ("country", "place") and m.value != WORLD
        ]
        countries = [m for m in named if m.label == "country"]
        if countries and self._begins_list(countries[0], sentence):
            return self._world(sentence.start)
        return named[0] if len({m.value for m in named}) == 1 else None

    def _begins_list(self, mention: Mention, sentence: Sentence) -> bool:
        """Whether several more countries follow a country, separated by commas."""
        countries = [
            m for m in self._holders_in(sentence) if m.label == "country" and m.start >= mention.start
        ]
        close = [n for m, n in pairwise(countries) if n.start - m.end <= len(", and ")]
        return len(close) >= _LIST

    def _is_whole(self, found: Found, between: str) -> bool:
        """Whether parts are told of a number ("half of the 53 sites are in Africa"): the place is theirs."""
        before = self._document.text[max(0, found.number.start - 8) : found.number.start]
        stands = re.search(r"\b(?:are|is|lie|lies|went|come|were)\b", between)
        return before.endswith("of the ") and stands is not None

    def _world_total(self, found: Found, said: Sequence[Statement]) -> Mention | None:
        """The world, where the clause says "the world total", "the global network" or "worldwide"."""
        match = self._phrases["world_total"].search(
            self._document.text, found.sentence.start, found.sentence.end
        )
        return (
            self._world(match.start())
            if match and abs(match.start() - found.number.start) < _CLAUSE
            else None
        )

    def _object(self, found: Found, said: Sequence[Statement]) -> Mention | None:
        """The holder as whom an act is told of: "three more take Iran to ...", "For China it was ..."."""
        text, sentence = self._document.text, found.sentence
        for mention in self._holders_in(sentence):
            if mention.label in HOLDERS and self._phrases["object"].search(
                text[sentence.start : mention.start]
            ):
                return mention
        return None

    def _ends(self, found: Found) -> Iterator[int]:
        """Where a phrase that names the holder may begin: after the noun, after the number, after a list."""
        ends = [_noun_end(found), found.number.end]
        yield from ends
        for named in found.sentence.designations:
            if found.hit.start <= named.start and named.end <= found.number.start:
                yield named.end
        for listed in found.sentence.designations:
            between = self._document.text[ends[0] : listed.start]
            if listed.start >= ends[0] and self._phrases["list_between"].fullmatch(between):
                yield listed.end

    def _list_owner(self, found: Found, said: Sequence[Statement]) -> Mention | None:
        """The owner of a list ("Iran's tentative list"), else the world for a list as such."""
        listed = found.hit.mentions.get("l")
        if listed is None:
            return None
        for mention in self._holders_in(found.sentence):
            between = self._document.text[mention.end : listed.start]
            if mention.end <= listed.start and re.fullmatch(r"['’]s? |(?<!\w) ?", between):
                return mention
        return None

    def _subject(self, found: Found, said: Sequence[Statement]) -> Mention | None:
        return self.subject(found.number.start, found.sentence, said) or self._main_clause(found)

    def subject(self, at: int, sentence: Sentence, said: Sequence[Statement]) -> Mention | None:
        """The holder or pronoun in subject position that stands last before an offset of a sentence."""
        text, start = self._document.text, sentence.start
        best: tuple[int, Mention] | None = None
        for mention in self._holders_in(sentence):
            if mention.label == "demonym" or mention.start >= at or mention.value == WORLD:
                continue
            if self._leads_clause(mention, sentence):
                best = (mention.start, mention)
        for match in self._phrases["subject"].finditer(text, start, at):
            nearer = best is None or match.start() > best[0]
            if nearer and (holder := self.meant(match["p"], match.start(), sentence, said)):
                best = (match.start(), holder)
        return best[1] if best else None

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

    def _agent(self, found: Found, said: Sequence[Statement]) -> Mention | None:
        """The holder as the one who acts: its name right before the verb."""
        trigger = min(found.hit.spans.get("trigger", (found.number.start, 0))[0], found.number.start)
        for mention in self._holders_in(found.sentence):
            between = self._document.text[mention.end : trigger]
            if (
                mention.end <= trigger <= found.number.start
                and self._phrases["agent"].fullmatch(between)
                and mention.label != "demonym"
                and self._leads_clause(mention, found.sentence)
            ):
                return mention
        return None

    def _main_clause(self, found: Found) -> Mention | None:
        """The subject after an opening phrase: "With 24 sites, Iran has ...", "Home to 24 sites, the country
        ...".
        """
        text, sentence = self._document.text, found.sentence
        for mention in self._holders_in(sentence):
            if mention.start > found.number.end and mention.label != "demonym" and mention.value != WORLD:
                before = text[found.number.end : mention.start]
                if re.search(r",(?: the)? $", before) and re.match(
                    r"(?:['’]s)? (?!and|or|with|in|to|as|for)[a-z]", text[mention.end :]
                ):
                    return mention
        match = re.search(
            r", (?P<p>the (?:country|kingdom|nation|province|island|region|city|Islamic Republic))\b",
            text[found.number.end : sentence.end],
            re.IGNORECASE,
        )
        return self.meant(match["p"], found.number.end + match.start(), sentence, ()) if match else None

    # --- antecedents

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

    def _world(self, at: int) -> Mention:
        for mention in self._document.of("place"):
            if mention.value == WORLD and abs(mention.start - at) < 80:
                return mention
        match = re.compile(r"\w+").search(self._document.text, at)
        start, end = match.span() if match else (at, at + 1)
        return Mention("world", start, end, "site_count/world", WORLD)


def _noun_end(found: Found) -> int:
    noun = found.hit.mentions.get("s")
    return noun.end if noun and noun.start >= found.number.start else found.number.end


def _noun_start(found: Found) -> int:
    noun = found.hit.mentions.get("s")
    return noun.start if noun else found.number.start


def _is_region(mention: Mention) -> bool:
    """Whether a place is a part of the world rather than of a country."""
    return mention.label == "place" and not _PROVINCE.match(mention.rule)


def _within_any(mention: Mention, others: Iterable[Mention]) -> bool:
    return any(other.covers(mention) for other in others)
