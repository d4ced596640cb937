"""Whose sites a number counts, by the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.base import Mention
from pipeline.records.site_count.antecedents import WORLD, Antecedents
from pipeline.records.site_count.sentences import HOLDERS
from pipeline.records.site_count.statements import Found, Statement

_CLAUSE = 90  # characters: the reach of words such as "worldwide"
_ACTS = ("added", "removed", "nominated")


class Holders(Antecedents):
    """Finds the holders of an article's statements; one for each article."""

    def of(self, found: Found, said: Sequence[Statement]) -> list[Mention]:
        """The holders of a number; none when no words around it tell. `said` are the statements before it."""
        if "hs" in found.hit.spans or "hs" in found.hit.mentions:
            start, end = found.hit.spans.get("hs") or (found.hit.start, found.hit.end)
            return [m for m in self._named if start <= m.start and m.end <= end]
        last = [self._agent, self._object] if found.hit.row.field in _ACTS else [self._subject]
        if self._phrases["part_of"].match(self._document.text, found.number.end):
            last = []  # a part of what was told before: its holder, whoever else is named
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

    def _stated(self, found: Found, said: Sequence[Statement]) -> Mention | None:
        if mention := found.hit.mentions.get("h"):
            if mention.label == "place" and self._phrases["noun_after"].match(
                self._document.text, mention.end
            ):
                return self.meant("the country", mention.start, found.sentence, said)
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
        if self._phrases["noun_after"].match(self._document.text, end):
            return self.meant("the country", start, found.sentence, said)
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
                if mention.start < start or mention.label == "demonym" or self._is_whole(found, between):
                    continue
                if self._phrases["following"].fullmatch(between):
                    listed = self._begins_list(mention, found.sentence)
                    return self.world(mention.start) if listed else mention
                if mention.value == WORLD and self._phrases["world_beside"].fullmatch(between):
                    return mention
            if match := self._phrases["pronoun_following"].match(
                self._document.text[start : found.sentence.end]
            ):
                return self.meant(match["p"], start, found.sentence, said)
        return None

    def _is_whole(self, found: Found, between: str) -> bool:
        """Whether parts are told of a number ("half of the 53 sites are in Africa"): the place is theirs."""
        before = self._document.text[max(0, found.number.start - 8) : found.number.start]
        stands = self._phrases["parts_verb"].search(between)
        return before.endswith("of the ") and stands is not None

    def _world_total(self, found: Found, said: Sequence[Statement]) -> Mention | None:
        """The world, where the clause says "the world total", "the global network" or "worldwide"."""
        match = self._phrases["world_total"].search(
            self._document.text, found.sentence.start, found.sentence.end
        )
        return (
            self.world(match.start()) if match and abs(match.start() - found.number.start) < _CLAUSE else None
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
            if mention.end <= listed.start and self._phrases["list_owner"].fullmatch(between):
                return mention
        return None

    def _subject(self, found: Found, said: Sequence[Statement]) -> Mention | None:
        return self.subject(found.number.start, found.sentence, said) or self._main_clause(found)

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
                after = text[mention.end : sentence.end]
                if self._phrases["clause_end"].search(before) and self._phrases["clause_verb"].match(after):
                    return mention
        match = self._phrases["clause_pronoun"].search(text[found.number.end : sentence.end])
        return self.meant(match["p"], found.number.end + match.start(), sentence, ()) if match else None


def _noun_end(found: Found) -> int:
    noun = found.hit.mentions.get("s")
    return noun.end if noun and noun.start >= found.number.start else found.number.end


def _noun_start(found: Found) -> int:
    noun = found.hit.mentions.get("s")
    return noun.start if noun else found.number.start
