"""Finds names of gatherings: by head noun ("46th session of the World Heritage Committee") and by series ("COP28").

A name is grown around its head noun, word by word, to the left and to the right; where the head noun alone may also
name a body ("World Economic Forum"), a cue beside the name has to tell that a gathering is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Literal

from pipeline.annotate.ordinals import edition_of
from pipeline.base import Document, Mention
from pipeline.data import Row, load_rows
from pipeline.entities import GatheringName

_WORD = re.compile(
    r"(?:[A-Z]\.){2,}|St\.|Int['’]l\.?|[^\W_]+(?:[-–'’.&/+][^\W_]+)*\+?(?:['’](?!\w))?|[^\s\w]|_"
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_ACRONYM = re.compile(r"[A-Z][A-Z&\-]*[A-Z]\d{0,3}$|[A-Z]+\d{1,2}$|[A-Z][A-Za-z]*[A-Z]+s?\d{0,3}$")
_BRACKET = re.compile(r"\s*\(([^()]{2,40})\)")
_DETERMINER = r"(?:(?:the|a|an|this|its|their|his|another|this year's|last year's) )?(?:[\"“‘'])?"
_PLURALS = frozenset(
    {
        "conferences",
        "summits",
        "forums",
        "fora",
        "congresses",
        "conventions",
        "symposia",
        "seminars",
        "workshops",
        "dialogues",
        "assemblies",
        "sessions",
        "expos",
        "meetings",
    }
)
_NUMBERED_IN_WORDS = ("session", "assembly", "congress")  # "their third meeting" rarely is an edition
_LONGEST_LEFT = 14  # words; the longest modifier of a name in 292 hand-annotated gatherings has 12
_LONGEST_RIGHT = 16


class HeadRow(Row):
    """A head noun."""

    words: tuple[str, ...]
    kind: str
    bare: bool
    reference: bool


class SeriesRow(Row):
    """A series that is named without a head noun."""

    pattern: str
    kind: str


class CueRow(Row):
    """What stands beside a gathering's name."""

    side: Literal["before", "after"]
    pattern: str


class BlockRow(Row):
    """What is no gathering."""

    word: str = ""
    heads: tuple[str, ...] = ()
    name: str = ""


class WordsRow(Row):
    """A class of words."""

    words: tuple[str, ...]


class Word:
    """A word of the text with its offsets."""

    __slots__ = ("end", "lower", "start", "text")

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.lower = text.lower()
        self.start = start
        self.end = start + len(text)

    @property
    def capital(self) -> bool:
        """Whether the word begins with, or holds, a capital letter."""
        return self.text[0].isupper() or any(c.isupper() for c in self.text[1:])

    @property
    def year(self) -> bool:
        """Whether the word is a year."""
        return bool(_YEAR.match(self.text))


class GatheringFinder:
    """Document -> mentions labelled "gathering" whose value is a `GatheringName`."""

    def __init__(self) -> None:
        heads = load_rows("pipeline.data", "gathering_heads.jsonl", HeadRow)
        self._heads = {word: row for row in heads for word in row.words}
        self._series = [
            (row, re.compile(row.pattern))
            for row in load_rows("pipeline.data", "gathering_series.jsonl", SeriesRow)
        ]
        cues = load_rows("pipeline.data", "gathering_cues.jsonl", CueRow)
        self._cues = [
            (row.side, re.compile(row.pattern.replace("T$", _DETERMINER + "$"), re.IGNORECASE))
            for row in cues
        ]
        blocks = load_rows("pipeline.data", "gathering_blocks.jsonl", BlockRow)
        self._blocked_words = {(b.word, h) for b in blocks if b.word for h in (b.heads or self._heads)}
        self._blocked_names = {b.name for b in blocks if b.name}
        classes = {
            row.id: frozenset(row.words)
            for row in load_rows("pipeline.data", "gathering_words.jsonl", WordsRow)
        }
        self._modifier, self._edition = classes["modifier"], classes["edition"]
        self._connect_left, self._connect_right = classes["connector_left"], classes["connector_right"]
        self._opener, self._stop = classes["opener"], classes["stop"]
        self._generic = classes["generic"]
        self._bodies, self._buildings = classes["body"], classes["building"]

    def __call__(self, document: Document) -> Iterable[Mention]:
        """All names of gatherings and definite descriptions of gatherings, none within another."""
        taken: list[Mention] = []
        for mention in sorted(self._all(document), key=lambda m: (m.start - m.end, m.start)):
            if not any(mention.overlaps(other) for other in taken):
                taken.append(mention)
        return sorted(taken, key=lambda m: m.start)

    def _all(self, document: Document) -> Iterator[Mention]:
        for zone in document.clean.zones:
            text = document.text[zone.start : zone.end]
            if text.isupper():
                continue  # capitals tell nothing there
            words = [Word(m.group(), m.start() + zone.start) for m in _WORD.finditer(text)]
            for at, word in enumerate(words):
                head = self._heads.get(word.lower)
                if head is not None:
                    yield from self._around(document, words, at, head, zone.kind == "title")
        yield from self._of_series(document)

    # --- by series

    def _of_series(self, document: Document) -> Iterator[Mention]:
        for row, pattern in self._series:
            for match in pattern.finditer(document.text):
                groups = match.groupdict()
                name = GatheringName(
                    name=match.group(),
                    kind=row.kind,
                    edition=int(groups["edition"]) if groups.get("edition") else None,
                    year=int(groups["year"]) if groups.get("year") else None,
                    acronyms=(match.group(),),
                    words=frozenset(),
                )
                yield Mention("gathering", match.start(), match.end(), f"gathering/{row.id}", name)

    # --- by head noun

    def _around(
        self, document: Document, words: list[Word], at: int, head: HeadRow, title: bool
    ) -> Iterator[Mention]:
        if (words[at - 1].lower if at else "", head.kind) in self._blocked_words:
            return
        left, right = self._grow_left(document, words, at, title), self._grow_right(words, at)
        start, end = words[left].start, words[right].end
        inner = words[left : right + 1]
        if not self._is_name(words, left, at, right, head):
            yield from self._numbered(words, at, head)
            if head.reference:
                yield from self._reference(words, at, head)
            return
        name = self._read(document.text, inner, words[at], head, start, end)
        if tail := self._shared_tail(document.text, words, right):
            name = replace(name, name=f"{name.name} {tail}")
        if name.name.lower() in self._blocked_names:
            return
        if self._told(document.text, start, end, name, head, words[at]):
            yield Mention("gathering", start, end, f"gathering/{head.id}", name)

    def _shared_tail(self, text: str, words: list[Word], right: int) -> str:
        """What a second gathering says for both: "Second Assembly and Third Meeting [of the Alliance]"."""
        if (
            right + 2 >= len(words)
            or words[right + 1].lower != "and"
            or self._edition_of(words[right + 2]) is None
        ):
            return ""
        for at in range(right + 3, min(right + 8, len(words) - 1)):
            if words[at].lower in self._heads and words[at + 1].lower == "of":
                end = self._grow_right(words, at)
                return text[words[at + 1].start : words[end].end] if end > at else ""
        return ""

    def _grow_left(self, document: Document, words: list[Word], at: int, title: bool) -> int:
        left = at
        cursor = at - 1
        lowest = max(0, at - _LONGEST_LEFT)
        while cursor >= lowest:
            word = words[cursor]
            if self._continues_left(words, cursor, left):
                left = cursor
            elif word.lower in self._connect_left or word.lower == "the":
                if not self._bridges(document, words, cursor):
                    break
            elif word.text in "-–—/(),":
                if not self._punctuation_bridges(words, cursor):
                    break
            elif word.lower not in self._modifier:
                break
            cursor -= 1
        return left

    def _continues_left(self, words: list[Word], cursor: int, left: int) -> bool:
        """Whether a word belongs to the name on its own: capitalised, a year, an ordinal."""
        word = words[cursor]
        if word.lower in self._edition or edition_of(word.text) is not None or word.year:
            return True
        if not word.capital or word.lower.rstrip(".") in self._stop:
            return False
        if word.text.endswith(("'s", "’s")) and cursor + 1 < len(words):
            return words[cursor + 1].start - word.end <= 1
        gap = words[cursor + 1].start - word.end if cursor + 1 < len(words) else 0
        return gap <= 2 and not (word.text.endswith(".") and len(word.text) > 4)

    def _bridges(self, document: Document, words: list[Word], cursor: int) -> bool:
        """Whether "of", "and" ... joins two capitalised parts of one name ("Business and Investment Summit")."""
        if cursor == 0 or cursor + 1 >= len(words):
            return False
        before, after = words[cursor - 1], words[cursor + 1]
        if words[cursor].lower == "the":
            return before.lower == "of" and after.capital and self._bridges(document, words, cursor - 1)
        if not (after.capital or after.lower == "the"):
            return False
        if words[cursor].lower == "of":
            return before.capital and before.lower in self._bodies
        return before.capital and before.lower not in self._stop and before.lower not in self._heads

    def _punctuation_bridges(self, words: list[Word], cursor: int) -> bool:
        if cursor == 0 or cursor + 1 >= len(words):
            return False
        before, after = words[cursor - 1], words[cursor + 1]
        if words[cursor].text in "-–—/":
            return before.capital and after.capital and words[cursor].start - before.end <= 1
        if words[cursor].text == ")":
            return bool(
                cursor >= 3 and words[cursor - 2].text == "(" and _ACRONYM.match(words[cursor - 1].text)
            )
        if words[cursor].text == "(":
            return cursor + 2 < len(words) and words[cursor + 2].text == ")" and before.capital
        return False

    def _grow_right(self, words: list[Word], at: int) -> int:
        right = at
        cursor = at + 1
        opened = False
        while cursor < min(len(words), at + _LONGEST_RIGHT):
            word = words[cursor]
            if word.start - words[cursor - 1].end > 1:
                break
            if word.year and (
                cursor == right + 1 or (words[cursor - 1].text in "-–—" and cursor == right + 2)
            ):
                return cursor
            if word.capital and word.lower not in ("the",) and not self._breaks(words, cursor, opened):
                right = cursor
                if word.text.endswith((".", "'s", "’s")) and len(word.text) > 3 and word.text[-2] != ".":
                    break
            elif word.lower in self._opener and cursor == right + 1 and not opened:
                opened = True
            elif (
                opened and not word.capital and (word.lower in self._connect_right or word.text in "(),-–&/")
            ):
                if word.text in "(),-–/" and not self._inside(words, cursor):
                    break
            elif opened and not word.capital and word.lower in self._modifier:
                pass
            else:
                break
            cursor += 1
        return right

    def _breaks(self, words: list[Word], cursor: int, opened: bool) -> bool:
        """Whether a capitalised word right of the head begins something else ("... in Paris", "... On Monday")."""
        before = words[cursor - 1].lower
        if words[cursor].lower in self._stop and before not in ("of", "for"):
            return True
        if before in ("in", "to", "with", "from", "by", "its", "through"):
            return words[cursor].lower not in REGIONS()
        return not opened and before in self._opener

    def _inside(self, words: list[Word], cursor: int) -> bool:
        word = words[cursor].text
        if word == "(":
            return cursor + 2 < len(words) and words[cursor + 2].text == ")" and words[cursor + 1].capital
        if word == ")":
            return words[cursor - 2].text == "("
        following = words[cursor + 1] if cursor + 1 < len(words) else None
        if word == ",":
            ahead = [w.lower for w in words[cursor + 1 : cursor + 5]]
            return following is not None and following.capital and "and" in ahead
        return following is not None and following.capital

    def _is_name(self, words: list[Word], left: int, at: int, right: int, head: HeadRow) -> bool:
        """Whether the grown words make a name: an ordinal or year, or a capitalised word besides the head noun."""
        before = [w for w in words[left:at] if w.text[0].isalnum()]
        after = [w for w in words[at + 1 : right + 1] if w.capital]
        following = words[right + 1].lower if right + 1 < len(words) else ""
        if (after and after[-1].lower in self._buildings) or following in self._buildings:
            return False
        if self._is_treaty(words, at, right, head) or self._is_talks(words, at, right):
            return False
        numbered = any(w.year or edition_of(w.text) is not None for w in before)
        telling = [w for w in before if w.capital and not w.year and edition_of(w.text) is None]
        proper = [w for w in telling if w.lower not in self._generic]
        if words[at].lower in _PLURALS and not (words[at].capital and (numbered or after)):
            return bool(proper and any(w.text.isupper() for w in proper))
        if not words[at].capital and len(telling) == 1 and not after and self._begins_sentence(words, left):
            return telling[0].text.isupper()
        return bool(proper or after or (numbered and (telling or words[at].capital)))

    def _begins_sentence(self, words: list[Word], at: int) -> bool:
        return at == 0 or words[at - 1].text in '.!?"“”'

    def _is_treaty(self, words: list[Word], at: int, right: int, head: HeadRow) -> bool:
        """A convention on, for, against something, or one with a year, is a treaty."""
        if head.kind != "convention":
            return False
        opens = at + 1 <= right and words[at + 1].lower in self._opener
        return opens or (at > 0 and (words[at - 1].year or words[at - 1].lower in ("heritage", "ramsar")))

    def _is_talks(self, words: list[Word], at: int, right: int) -> bool:
        """A meeting between two sides, unless it is numbered or a session."""
        return (
            at + 1 <= right
            and words[at + 1].lower in ("between", "with")
            and words[at].lower not in ("session", "dialogue")
            and not (at > 0 and edition_of(words[at - 1].text))
        )

    def _numbered(self, words: list[Word], at: int, head: HeadRow) -> Iterator[Mention]:
        """A number and a head noun ("its 42nd session"), which a body named nearby completes to a name."""
        number = edition_of(words[at - 1].text) if at else None
        if number is None or words[at].lower in _PLURALS:
            return
        if words[at - 1].text[0].isdigit() or head.kind in _NUMBERED_IN_WORDS or number > 3:
            name = GatheringName(f"{words[at - 1].text} {words[at].text}", head.kind, edition=number)
            yield Mention("gathering", words[at - 1].start, words[at].end, "gathering/numbered", name)

    def _reference(self, words: list[Word], at: int, head: HeadRow) -> Iterator[Mention]:
        for back in range(1, 5):
            if at - back < 0:
                return
            word = words[at - back]
            if word.lower in ("the", "this", "that") and not words[at].lower.endswith("s"):
                after = words[at + 1].lower if at + 1 < len(words) else ""
                if after in ("of", "between", "room", "hall", "table") or words[at].lower == "head":
                    return
                name = GatheringName(words[at].lower, head.kind, reference=True)
                yield Mention("gathering_reference", word.start, words[at].end, "gathering/reference", name)
                return
            if word.text[0].isupper() or not word.text[0].isalnum():
                return

    # --- reading a name

    def _read(
        self, text: str, inner: list[Word], at: Word, head: HeadRow, start: int, end: int
    ) -> GatheringName:
        edition = next(
            (e for w in inner if w.start < at.start and (e := self._edition_of(w)) is not None), None
        )
        year = next((int(w.text) for w in inner if w.year), None)
        skip = self._connect_left | self._connect_right | {"the", "'s", "’s"}
        content = {
            w.lower.removesuffix("'s").removesuffix("’s")
            for w in inner
            if w.text[0].isalnum() and w.lower not in skip and not w.year and self._edition_of(w) is None
        }
        acronym = _BRACKET.match(text, end)
        acronyms = (acronym.group(1).strip(),) if acronym and _ACRONYM.match(acronym.group(1).strip()) else ()
        kind = self._kind(inner, at, head)
        return GatheringName(
            name=text[start:end].strip(" .,"),
            kind=kind,
            edition=edition,
            year=year,
            acronyms=acronyms,
            words=frozenset(content - {at.lower}),
        )

    def _kind(self, inner: list[Word], at: Word, head: HeadRow) -> str:
        """The kind of the name's last head noun before any "of ..."; "ministerial" wins."""
        lowers = [w.lower for w in inner]
        if "ministerial" in lowers:
            return "ministerial"
        return head.kind

    def _edition_of(self, word: Word) -> int | None:
        return edition_of(word.text)

    def _told(self, text: str, start: int, end: int, name: GatheringName, head: HeadRow, at: Word) -> bool:
        """Whether the name or its surroundings tell that this is a gathering."""
        if name.edition is not None or name.year is not None:
            return True
        if head.bare and at.capital:
            return True
        before, after = text[max(0, start - 60) : start], text[end : end + 60]
        if name.acronyms:
            bracket = _BRACKET.match(text, end)
            after = text[bracket.end() : bracket.end() + 60] if bracket else after
        return any(cue.search(before if side == "before" else after) for side, cue in self._cues) or head.bare


@cache
def REGIONS() -> frozenset[str]:  # noqa: N802
    """Words that a name may hold behind "in": parts of the world, not the place of the gathering."""
    rows = load_rows("pipeline.data", "gathering_regions.jsonl", WordsRow)
    return frozenset(word for row in rows for word in row.words)
