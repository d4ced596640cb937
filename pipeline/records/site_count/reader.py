"""Reads an article sentence by sentence: which numbers count sites, whose, and under which designation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.base import Document, Mention, Number
from pipeline.records.site_count.facts import Facts, Part
from pipeline.records.site_count.holders import WORLD, Holders
from pipeline.records.site_count.ranks import give
from pipeline.records.site_count.sentences import Sentence
from pipeline.records.site_count.statements import Found, NumberPatterns, Statement, spanned

_OWN = ("national", "world_heritage_tentative")  # lists that every country has of its own
_CLEAR = 0.5  # share of all mentions of countries that makes an article one country's
_WORLDLY = ("total/had_been", "total/last_count")  # "there are 2,500 sites": in the world
_PLURAL = re.compile(
    r"(?:sites|properties|places|elements|monuments|reserves|geoparks|wetlands|landmarks|inscriptions)$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"[12]\d{3}")
_ALLOWED = frozenset(
    {"unesco", "world", "heritage", "such", "new", "ever", "listed", "inscribed", "registered", "the", "s"}
)
_PLACED = re.compile(r"\b(?:in|from|across|through|at|of|for|into) $", re.IGNORECASE)
_BACK = re.compile(r"\b(?:them|of these|of those|of which)\b")
_NO_COUNTRY = (
    200  # no country has so many on one list of UNESCO or Ramsar; the most is 176 (Ramsar, United Kingdom)
)
_REACH = 400  # characters: how far before a sentence (half as far behind it) a designation may be named
_NEAR = 3  # sentences: how far back the statement or the designation may lie that a bare number belongs to
_NAMED = ("designated_site", "designation_list", "designation")
_WEAK = (
    "designation/noun/monument",
    "designation/noun/area",
    "designation/noun/city",
    "designation/noun/collection",
    "designation/noun/wetland",
)


class Reader:
    """Collects the statements of one article."""

    def __init__(self, document: Document, holders: Holders, numbers: NumberPatterns, facts: Facts) -> None:
        self._document = document
        self._holders = holders
        self._numbers = numbers
        self._facts = facts
        self.statements: list[Statement] = []
        self.scope: tuple[int, Mention] | None = None

    @property
    def adjectives(self) -> dict[str, str]:
        """The regions by their adjectives."""
        return self._facts.adjectives

    @property
    def said(self) -> list[Statement]:
        """The statements so far that hold."""
        return [s for s in self.statements if not s.blocked]

    def read(self, sentence: Sentence) -> None:
        """Add the statements of a sentence and what it tells of those before it."""
        if not sentence.counts or (not sentence.designations and not self._near(sentence)):
            return
        facts = self._facts.of(sentence)
        consumed = [p.number for p in facts.parts if not p.whole] + facts.taken
        for found in self._numbers(sentence, consumed):
            for statement in self._read(found):
                self._date(statement, sentence)
                self.statements.append(statement)
        self._add_parts(sentence, facts.parts)
        self._add_countries(sentence, facts.countries)
        for rank in facts.ranks:
            give(rank, sentence, self)

    def meant(self, text: str, at: int, sentence: Sentence) -> Mention | None:
        """What a pronoun or a definite description at an offset stands for."""
        return self._holders.meant(text, at, sentence, self.said)

    def named(self, mention: Mention) -> Mention:
        """The mention of a holder with the value that tells it from others."""
        return self._holders.named(mention)

    def subject(self, at: int, sentence: Sentence) -> Mention | None:
        """The holder in subject position before an offset."""
        return self._holders.subject(at, sentence, self.said)

    # --- one number

    def _read(self, found: Found) -> Iterator[Statement]:
        field, row = found.hit.row.field, found.hit.row
        trigger = self._trigger(found)
        if field == "none":
            yield Statement(
                found.sentence, f"site_count/{row.id}", "total", trigger, found.number, blocked=row.value
            )
            return
        base = Statement(found.sentence, f"site_count/{row.id}", self._measure(found), trigger, found.number)
        if field == "share_of":
            self._share_of(found)
            return
        if field == "share":
            base.number, base.slots["share"] = None, [found.number]
        else:
            base.slots["count"] = [found.number]
        base.designation = self._designation(found)
        if (
            base.measure == "nominated"
            and base.designation
            and base.designation.value == "world_heritage_tentative"
        ):
            base.designation = replace(base.designation, value="world_heritage")
        base.blocked = self._why_not(found, base)
        holders = self._holders.of(found, self.said) or self._default_holder(found, base)
        if not holders:
            base.blocked = base.blocked or "no holder"
            yield base
        for holder in holders:
            if holder.value == WORLD and base.designation and base.designation.value in _OWN:
                holder = self._holders.topic() or holder
            yield replace(base, holder=holder, slots={k: list(v) for k, v in base.slots.items()})

    def _share_of(self, found: Found) -> None:
        """Give a share in apposition ("17, about a third of all") to the number before it."""
        here = [
            s for s in self.said if s.sentence.index == found.sentence.index and s.at < found.number.start
        ]
        if here:
            here[-1].slots.setdefault("share", [found.number])

    def _trigger(self, found: Found) -> Mention:
        hit = found.hit
        if "trigger" in hit.mentions or "trigger" in hit.spans:
            return spanned(hit, "trigger", "trigger")
        return Mention("trigger", found.number.start, found.number.end, f"site_count/{hit.row.id}")

    def _measure(self, found: Found) -> str:
        field = found.hit.row.field
        if field == "sub":
            whole = self._whole_of(found)
            return whole.measure if whole else "total"
        return field if field in ("added", "removed", "nominated") else "total"

    def _whole_of(self, found: Found) -> Statement | None:
        """The statement that a number is a part of: the one whose number the sentence repeats, else the last
        one.
        """
        recent = [s for s in self.said if self._recent(s, found.sentence)]
        text = self._document.text[found.hit.start : found.hit.end].lower()
        if "newcomer" in text or " new " in text:
            recent = [s for s in recent if s.measure == "added"] or recent
        values = {
            m.value.value for m in found.sentence.masked.mentions if m.label == "count" and m != found.number
        }
        repeated = [s for s in recent if s.value in values]
        return next(reversed(repeated or recent), None)

    def _designation(self, found: Found) -> Mention | None:
        row, mentions = found.hit.row, found.hit.mentions
        if row.value and row.field == "total":
            return spanned(found.hit, "trigger", "designation", row.value)
        if listed := mentions.get("l"):
            return listed
        noun = mentions.get("s")
        if noun and noun.label in ("designated_site", "designation_list", "designation"):
            return noun
        if row.field == "sub" and (whole := self._whole_of(found)):
            return whole.designation
        named = [m for m in found.sentence.designations if m.label in _NAMED]
        before = [m for m in named if m.end <= found.number.start]
        last = self.said[-1] if self.said and self._recent(self.said[-1], found.sentence) else None
        if noun is not None and noun.value and not before:
            return noun
        if last and (row.field == "table" or not named) and not before:
            return last.designation
        return self._named_near(found) or noun

    def _named_near(self, found: Found) -> Mention | None:
        """The designation named nearest before the number in its sentence, else after it, else before the
        sentence.
        """
        named = [m for m in found.sentence.designations if m.label in _NAMED]
        before = [m for m in named if m.end <= found.number.start]
        if before:
            return before[-1]
        if named:
            return named[0]
        if self.said and self._recent(self.said[-1], found.sentence):
            return self.said[-1].designation
        earlier = [m for m in self._document.of("designation") if m.end <= found.sentence.start and m.value]
        return earlier[-1] if earlier else None

    def _why_not(self, found: Found, statement: Statement) -> str:
        noun, listed = found.hit.mentions.get("s"), found.hit.mentions.get("l")
        if noun is None and listed is None and _YEAR.fullmatch(self._document.quote(found.number)):
            return "a year"
        if found.number.label == "ordinal" and self._of_a_kind(found):
            return "the first of a kind"
        if statement.designation is None or not statement.designation.value:
            return "no designation"
        explicit = (
            listed is not None or (noun is not None and noun.label != "site_noun") or found.hit.row.value
        )
        if noun is not None and not explicit:
            if noun.rule in _WEAK and self._plain(found) and not self._named_by(found):
                return "a general noun"
            if (
                not self._named_in(found.sentence)
                and not self._near(found.sentence)
                and statement.measure == "total"
            ):
                return "no designation near"
        if (
            found.number.label == "ordinal"
            and noun is not None
            and _PLURAL.search(self._document.quote(noun))
        ):
            return "several at once"
        before = self._document.text[found.sentence.start : found.number.start]
        if (
            found.hit.row.field == "np"
            and statement.designation.value == "national"
            and _PLACED.search(before)
        ):
            return "a place, no stock"
        if (
            noun is None
            and listed is None
            and not self._near(found.sentence)
            and not found.sentence.designations
        ):
            return "no designation near"
        return ""

    def _of_a_kind(self, found: Found) -> bool:
        """Whether words between ordinal and noun narrow it down: "its first marine biosphere reserve"."""
        noun = found.hit.mentions.get("s")
        if noun is None or noun.start < found.number.end:
            return False
        between = self._document.text[found.number.end : noun.start].lower()
        words = [w for w in re.findall(r"[a-z]+", between) if w not in _ALLOWED]
        inner = [m for m in found.sentence.masked.mentions if found.number.end <= m.start < noun.start]
        return found.number.value.value == 1 and bool(words) and not inner

    def _named_by(self, found: Found) -> bool:
        """Whether the pattern saw a designation after the noun ("20 monuments under state protection")."""
        return found.hit.row.id in (
            "total/under_protection",
            "total/np_listed",
            "total/decreed",
            "total/listed_of",
        )

    def _plain(self, found: Found) -> bool:
        """Whether a number is a plain count, said neither to be new nor the last of a row."""
        such = "such " in self._document.text[found.number.end : found.number.end + 12]
        return found.hit.row.field == "total" and found.number.label == "count" and not such

    def _named_in(self, sentence: Sentence) -> bool:
        return any(m.label in _NAMED for m in sentence.designations)

    def _near(self, sentence: Sentence) -> bool:
        """Whether a statement or a designation stands in the sentences just before."""
        if self.said and self._recent(self.said[-1], sentence):
            return True
        start, end = sentence.start - _REACH, sentence.end + _REACH // 2
        return any(start <= m.start < end for m in self._document.of("designation", "designation_topic"))

    def _recent(self, statement: Statement, sentence: Sentence) -> bool:
        return sentence.index - statement.sentence.index <= _NEAR

    def _default_holder(self, found: Found, statement: Statement) -> list[Mention]:
        """The holder when no word tells: who was spoken of, else the world for what a committee does or a
        list holds.
        """
        if found.hit.row.field == "np":
            last = self._last_holder(found)
            near = last is not None and found.sentence.index - last.sentence.index <= 1
            if near and last and last.holder and last.holder.value != WORLD:
                return [last.holder]
            if code_of(statement) not in _OWN and (statement.value or 0) > _NO_COUNTRY:
                return [Mention("world", found.number.start, found.number.end, statement.rule, WORLD)]
            world = self._holders.only_one(found.sentence)
            return [world] if world and world.value == WORLD else []
        code = code_of(statement)
        last = self._last_holder(found)
        if last and (last.sentence.index == found.sentence.index or self._refers_back(found)):
            return [last.holder] if last.holder else []
        large = code not in _OWN and (statement.value or 0) > _NO_COUNTRY
        noun = found.hit.mentions.get("l") or found.hit.mentions.get("s")
        of_list = bool(noun and noun.label == "designation_list" and noun.start < found.number.start)
        exists = found.hit.row.id.startswith(_WORLDLY) and any(
            m.label == "designation_list" for m in found.sentence.designations
        )
        if statement.measure == "nominated" and (holder := self._holders.topic(_CLEAR)):
            return [holder]
        if code in _OWN or (statement.measure == "total" and not of_list and not exists and not large):
            latest = last.holder if last and last.holder and last.holder.value != WORLD else None
            one = self._holders.only_one(found.sentence)
            if holder := latest or one or self._holders.topic(0 if code in _OWN else _CLEAR):
                return [holder]
        place = statement.designation or found.number
        return [Mention("world", place.start, place.end, statement.rule, WORLD)]

    def _last_holder(self, found: Found) -> Statement | None:
        """The last statement just before that is not told of a part."""
        recent = [
            s
            for s in self.said
            if self._recent(s, found.sentence)
            and s.number is not None
            and not s.rule.startswith("site_count/sub/")
        ]
        return recent[-1] if recent else None

    def _refers_back(self, found: Found) -> bool:
        text = self._document.text[found.hit.start : found.hit.end].lower()
        return (
            found.hit.row.field in ("sub", "table")
            or bool(_BACK.search(text))
            or (
                found.hit.row.id == "added/new"
                and self._document.text.endswith(("The ", " the "), 0, found.number.start)
            )
        )

    # --- beside the number

    def _date(self, statement: Statement, sentence: Sentence) -> None:
        if not statement.blocked and (dated := self._facts.date(statement, sentence)):
            statement.slots["as_of"] = [dated]

    def _add_countries(self, sentence: Sentence, countries: list[Mention]) -> None:
        for mention in countries:
            here = [s for s in self.said if s.sentence.index == sentence.index and s.at < mention.start]
            before = [s for s in self.said if self._recent(s, sentence)]
            for statement in reversed(here or before):
                if "countries_count" not in statement.slots and (here or _is_world(statement)):
                    statement.slots["countries_count"] = [mention]
                    break

    def _add_parts(self, sentence: Sentence, parts: list[Part]) -> None:
        """Give parts to the total they belong to; without one they make a statement themselves."""
        if not parts:
            return
        home = self._whole(sentence, parts)
        if home is None:
            home = self._sum(sentence, parts)
        if home is None:
            return
        known = {m.value[0] for m in home.slots.get("breakdown", ())}
        for part in parts:
            if part.category not in known:
                known.add(part.category)
                mention = Mention("breakdown", part.start, part.end, part.rule, (part.category, part.value))
                home.slots.setdefault("breakdown", []).append(mention)

    def _whole(self, sentence: Sentence, parts: list[Part]) -> Statement | None:
        own = [p for p in parts if p.whole]
        for statement in reversed(self.said):
            if sentence.index - statement.sentence.index > _NEAR:
                break
            if own and statement.number and statement.number.start == own[0].number.start:
                return statement
            size = statement.value or 0
            fits = sum(p.value for p in parts if p.category != "transnational") <= size
            largest = max(p.value for p in parts)
            if (
                not own
                and fits
                and largest < size + (len(parts) == 1)
                and statement.measure in ("total", "added")
            ):
                return statement
        return None

    def _sum(self, sentence: Sentence, parts: list[Part]) -> Statement | None:
        counted = [p for p in parts if p.category != "transnational" and not p.whole]
        if not counted or not self._named_in(sentence):
            return None
        found = self._facts.as_found(counted[0], sentence)
        designation = self._named_near(found)
        holders = self._holders.of(found, self.said)
        if designation is None or not holders or self._same_total(designation, holders[0], counted):
            return None
        total = Number(sum(p.value for p in counted), counted[0].number.value.qualifier)
        number = replace(counted[0].number, value=total, end=counted[-1].end)
        first = counted[0]
        trigger = Mention("trigger", first.start, first.end, first.rule)
        statement = Statement(sentence, first.rule, "total", trigger, number, holders[0], designation)
        statement.slots["count"] = [replace(p.number, value=total) for p in counted]
        self._date(statement, sentence)
        self.statements.append(statement)
        return statement

    def _same_total(self, designation: Mention, holder: Mention, parts: list[Part]) -> bool:
        """Whether an earlier total of the holder takes the parts."""
        for statement in self.said:
            same = (
                statement.holder is not None
                and statement.holder.value == holder.value
                and statement.designation is not None
                and statement.designation.value == designation.value
            )
            total = statement.value or 0 if statement.measure == "total" else 0
            if same and total and total >= sum(p.value for p in parts):
                for part in parts:
                    mention = Mention(
                        "breakdown", part.start, part.end, part.rule, (part.category, part.value)
                    )
                    statement.slots.setdefault("breakdown", []).append(mention)
                return True
        return False


def _is_world(statement: Statement) -> bool:
    return statement.holder is not None and statement.holder.value == WORLD


def code_of(statement: Statement) -> str | None:
    """The designation of a statement."""
    return statement.designation.value if statement.designation else None
