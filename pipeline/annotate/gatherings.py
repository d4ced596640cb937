"""Finds names of gatherings: by head noun ("46th session of the World Heritage Committee") and by series
("COP28").

Where the head noun may also name a body ("World Economic Forum"), a cue beside the name has to tell that a
gathering is meant. Definite descriptions ("the three-day summit") are found, too, as "gathering_reference".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import ClassVar, Literal

from pipeline.annotate.described import Describer
from pipeline.annotate.name_growth import ACRONYM, Grown, HeadRow, NameGrower, Word, words_of
from pipeline.base import Document, Mention, Zone
from pipeline.data import Row, load_rows
from pipeline.entities import GatheringName
from pipeline.literals import WordIndex, required

_BRACKET = re.compile(r"\s*\(([^()]{2,40})\)")
_DETERMINER = r"(?:(?:the|a|an|this|its|their|his|another|this year's|last year's) )?(?:[\"“‘'])?"
_BESIDE = 60  # characters on either side of a name in which a cue is looked for
_OF_A_BODY = re.compile(r"(?:[\w-]+ ){0,2}(?:[Mm]eeting|[Ss]ession) of (?:the )?[A-Z]")


class SeriesRow(Row):
    """A series that is named without a head noun."""

    pattern: str
    kind: str


class CueRow(Row):
    """What stands beside a gathering's name; `strong` cues also tell a gathering from a treaty
    ("convention").

    What stands before a name on the side "body" tells of a body (of these heads only, if any are listed).
    """

    side: Literal["before", "after", "body"]
    pattern: str
    strong: bool = False
    heads: tuple[str, ...] = ()


class BlockRow(Row):
    """What is no gathering: a word before some head nouns, or the end of a name."""

    word: str = ""
    heads: tuple[str, ...] = ()
    name: str = ""


class GatheringFinder:
    """Document -> mentions "gathering" and "gathering_reference" whose value is a `GatheringName`."""

    labels: ClassVar[tuple[str, ...]] = ("gathering", "gathering_reference")

    def __init__(self) -> None:
        heads = load_rows("pipeline.data", "gathering_heads.jsonl", HeadRow)
        self._heads = {word: row for row in heads for word in row.words + row.plurals}
        self._plurals = {word for row in heads for word in row.plurals}
        series = load_rows("pipeline.data", "gathering_series.jsonl", SeriesRow)
        self._series = [(row, re.compile(row.pattern)) for row in series]
        self._named = WordIndex(required(row.pattern) for row in series)
        self._headed = WordIndex.of_words(self._heads)
        cues = load_rows("pipeline.data", "gathering_cues.jsonl", CueRow)
        self._cues = [
            (row, re.compile(row.pattern.replace("T$", _DETERMINER + "$"), re.IGNORECASE)) for row in cues
        ]
        blocks = load_rows("pipeline.data", "gathering_blocks.jsonl", BlockRow)
        kinds = {row.kind for row in heads}
        self._blocked_words = {(b.word, h) for b in blocks if b.word for h in (b.heads or kinds)}
        self._blocked_names = tuple(b.name for b in blocks if b.name)
        self._grow = NameGrower()
        self._describe = Describer(self._heads, self._grow)
        self._classes = self._grow.classes

    def __call__(self, document: Document) -> Iterable[Mention]:
        """All names and definite descriptions of gatherings; of overlapping ones the longest."""
        taken: list[Mention] = []
        for mention in sorted(self._all(document), key=lambda m: (m.start - m.end, m.start)):
            if not any(mention.overlaps(other) for other in taken):
                taken.append(mention)
        return sorted(taken, key=lambda m: m.start)

    def _all(self, document: Document) -> Iterator[Mention]:
        headed = bool(self._headed(document.text))
        for zone in document.clean.zones if headed else ():
            yield from self._in_zone(document, zone)
        yield from self._of_series(document.text)
        if headed:
            yield from self._describe.titled(document.text)

    def _in_zone(self, document: Document, zone: Zone) -> Iterator[Mention]:
        text = document.text[zone.start : zone.end]
        if text.isupper() or not self._headed(text):
            return  # capitals tell nothing there
        words = words_of(text, zone.start)
        for at, word in enumerate(words):
            head = self._heads.get(word.lower)
            if head is not None:
                yield from self._around(document.text, words, at, head, zone.kind == "title")

    def _of_series(self, text: str) -> Iterator[Mention]:
        for row, pattern in (self._series[at] for at in self._named(text)):
            for match in pattern.finditer(text):
                found = match.groupdict()
                edition, year = (int(found[g]) if found.get(g) else None for g in ("edition", "year"))
                name = GatheringName(match.group(), row.kind, edition, year, acronyms=(match.group(),))
                yield Mention("gathering", match.start(), match.end(), f"gathering/{row.id}", name)

    def _around(
        self, text: str, words: Sequence[Word], at: int, head: HeadRow, title: bool
    ) -> Iterator[Mention]:
        """The name, the numbered or the definite description whose head noun stands at an index."""
        if (words[at - 1].lower if at else "", head.kind) in self._blocked_words:
            return
        grown = self._grow(words, at, title)
        if not self._is_name(grown, head):
            yield from self._describe(text, words, at, head)
            return
        start, end = words[grown.left].start, words[grown.right].end
        name = self._read(text, grown, head)
        blocked = name.edition is None and self._is_blocked(text, start, end, words[at])
        if not blocked and self._told(text, start, end, name, head):
            yield Mention("gathering", start, end, f"gathering/{head.id}", name)
            yield from self._coordinated(words, grown, name)

    def _is_blocked(self, text: str, start: int, end: int, head: Word) -> bool:
        """Whether a name ends with one that is none and that holds its head noun."""
        name = text[start:end].lower()
        return any(name.endswith(b) and end - len(b) <= head.start for b in self._blocked_names)

    # --- is it a name?

    def _is_name(self, grown: Grown, head: HeadRow) -> bool:
        """Whether the grown words make a name: something proper besides the head noun, or a number and a
        capital.
        """
        noun, after = grown.words[grown.head], grown.after
        buildings = self._classes["building"]
        if (after and after[-1].lower in buildings) or grown.next in buildings or self._is_hall(grown):
            return False
        if self._modifies(grown):
            return False
        if _is_treaty(grown, head) or _is_talks(grown):
            return False
        telling = [w for w in grown.before if w.capital and not w.year and w.edition is None]
        proper = [w for w in telling if w.lower.rstrip("'’") not in self._classes["generic"]]
        after = [w for w in after if w.lower not in self._heads and w.lower not in self._classes["generic"]]
        if noun.lower in self._plurals and not (noun.capital and after):
            return any(w.text.isupper() for w in proper)
        if not grown.before and not noun.capital and grown.next_to_head != "of":
            return False
        if not noun.capital and len(telling) == 1 and not after and _begins_sentence(grown):
            return telling[0].text.isupper()
        dated = noun.capital and bool(telling) and any(w.year for w in grown.before)
        return bool(proper or after or dated)

    def _is_hall(self, grown: Grown) -> bool:
        """ "Exhibition and Convention Center": a second head noun that names a building."""
        words, at = grown.words, grown.head + 1
        if at + 2 >= len(words) or words[at].lower not in ("and", "&"):
            return False
        return words[at + 1].lower in self._heads and words[at + 2].lower in self._classes["building"]

    def _modifies(self, grown: Grown) -> bool:
        """Whether the head noun only modifies who follows: "Congress Leader", "Conference Committee"."""
        run = takewhile(lambda w: w.capital and w.text[0].isalpha(), grown.words[grown.head + 1 :])
        return any(word.lower in self._classes["officer"] for word in run)

    def _told(self, text: str, start: int, end: int, name: GatheringName, head: HeadRow) -> bool:
        """Whether the name or a cue beside it tells of a gathering and no body, treaty or building."""
        if head.kind == "convention":
            return name.edition is not None or self._cued(text, start, end, strong=True)
        if name.edition is not None or name.year is not None:
            return True
        if self._denied(text, start, head):
            return False
        if head.bare:
            return True
        if name.kind in ("meeting", "session") and _OF_A_BODY.match(name.name):
            return True  # the builder asks for a date or a place
        return self._cued(text, start, end, strong=False)

    def _denied(self, text: str, start: int, head: HeadRow) -> bool:
        """Whether the words before a name tell of a body: "chairman of the ...", "Centre for ..."."""
        before = text[max(0, start - _BESIDE) : start]
        rows = [(row, cue) for row, cue in self._cues if row.side == "body"]
        return any(head.kind in (row.heads or (head.kind,)) and cue.search(before) for row, cue in rows)

    def _cued(self, text: str, start: int, end: int, strong: bool) -> bool:
        if bracket := _BRACKET.match(text, end):
            end = bracket.end()
        beside = {"before": text[max(0, start - _BESIDE) : start], "after": text[end : end + _BESIDE]}
        return any(
            cue.search(beside[row.side])
            for row, cue in self._cues
            if row.side != "body" and (row.strong or not strong)
        )

    # --- reading a name

    def _read(self, text: str, grown: Grown, head: HeadRow) -> GatheringName:
        words, inner = grown.words, grown.words[grown.left : grown.right + 1]
        start, end = inner[0].start, inner[-1].end
        marks = self._classes["connector_left"] | self._classes["connector_right"]
        content = {
            w.lower.removesuffix("'s").removesuffix("’s")
            for w in inner
            if w.text[0].isalnum() and w.lower not in marks and not w.year and w.edition is None
        }
        bracket = _BRACKET.match(text, end)
        acronym = bracket.group(1).strip() if bracket else ""
        shown = text[start:end].removesuffix("'s").removesuffix("’s").strip(" .,")
        tail = self._grow.shared_tail(text, words, grown.right)
        return GatheringName(
            name=self._of_one(f"{shown} {tail}".strip(), grown),
            kind=self._kind(grown, head),
            edition=self._edition(grown),
            year=next((int(w.text) for w in inner if w.year), None),
            acronyms=(acronym,) if ACRONYM.match(acronym) else (),
            words=frozenset(content - {grown.words[grown.head].lower}),
        )

    def _of_one(self, shown: str, grown: Grown) -> str:
        """A name of several told as one's: "41st ASEAN and related summits" is the 41st ASEAN summit."""
        noun = grown.words[grown.head]
        if self._edition(grown) is None or noun.lower not in self._plurals:
            return shown
        single = self._heads[noun.lower].words[0]
        shown = shown.replace(" and related", "")
        return shown.replace(noun.text, single.title() if noun.capital else single)

    def _edition(self, grown: Grown) -> int | None:
        """The ordinal left of the head noun that counts the gathering ("150th Anniversary" and "Region II"
        count something else).
        """
        words = grown.words
        for at in range(grown.left, grown.head):
            beside = {words[at - 1].lower if at and words[at].text.isupper() else "", words[at + 1].lower}
            if words[at].edition is not None and not beside & self._classes["counted_else"]:
                return words[at].edition
        return None

    def _kind(self, grown: Grown, head: HeadRow) -> str:
        """The kind of the last head noun before "of ..."; a name with the word "ministerial" is a
        ministerial.

        Behind "for" and "on" a head noun at the very end counts, too ("Forum for Asia Annual Conference").
        """
        row = head
        for word in grown.words[grown.head : grown.right + 1]:
            if word.lower in self._classes["opener"]:
                break
            row = self._heads.get(word.lower, row)
        *_, before, last = (w for w in grown.words[grown.left : grown.right + 1] if not w.year)
        if grown.next_to_head != "of" and before.lower not in ("of", "the"):
            row = self._heads.get(last.lower, row)
        names = grown.words[grown.left : grown.right + 1]
        return "ministerial" if any(w.lower == "ministerial" for w in names) else row.kind

    def _coordinated(self, words: Sequence[Word], grown: Grown, name: GatheringName) -> Iterator[Mention]:
        """The other edition in "the [40th] and 41st ASEAN summits"."""
        at = grown.left - 2
        if at < 0 or words[grown.left].edition is None or words[at + 1].lower != "and":
            return
        if words[at].edition is not None:
            rest = name.name.split(" ", 1)[1]
            other = replace(name, name=f"{words[at].text} {rest}", edition=words[at].edition)
            yield Mention("gathering", words[at].start, words[at].end, "gathering/coordinated", other)


def _begins_sentence(grown: Grown) -> bool:
    return grown.left == 0 or grown.words[grown.left - 1].text in '.!?"“”'


def _is_treaty(grown: Grown, head: HeadRow) -> bool:
    """A convention on, for, against something, or one with a year, is a treaty."""
    if head.kind != "convention":
        return False
    before = grown.words[grown.head - 1] if grown.head else None
    return grown.next_to_head in ("on", "for", "against", "of", "concerning", "to", "between") or bool(
        before and before.year
    )


def _is_talks(grown: Grown) -> bool:
    """A meeting between two sides, unless it is numbered, a session or a dialogue."""
    noun = grown.words[grown.head].lower
    numbered = any(w.edition is not None for w in grown.before)
    return grown.next_to_head in ("between", "with") and noun not in ("session", "dialogue") and not numbered
