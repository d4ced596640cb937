"""Grows a name around its head noun, word by word: "[46th session of the Heritage Committee] opened"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.data import Row, load_rows
from pipeline.ordinals import edition_of

ACRONYM = re.compile(r"[A-Z][A-Z&\-]*[A-Z]\d{0,3}$|[A-Z]+\d{1,2}$|[A-Z][A-Za-z]*[A-Z]+s?\d{0,3}$")
_WORD = re.compile(
    r"(?:[A-Z]\.){2,}|St\.|Int['’]l\.?|[^\W_]+(?:(?:[-–'’&/+]|\.(?!(?<=[a-z]\.)[A-Z]))[^\W_]+)*\+?(?:['’](?!\w))?|[^\s\w]|_"
)
_PARTICIPLE = re.compile(r"[A-Z][\w.&]*-(?:[a-z]+ed|led|run|held|built)$")  # "UN-sponsored"
_YEAR = re.compile(r"(?:19|20)\d\d$")
_LONGEST_LEFT = 14  # words; the longest modifier in 292 hand-annotated names has 12
_LONGEST_TOPIC = 9  # words
_LONGEST_RIGHT = 26  # words; the longest continuation there has 21


class WordsRow(Row):
    """A class of words."""

    words: tuple[str, ...]


class HeadRow(Row):
    """A head noun. `bare`: a capitalised name with it is a gathering without further cues."""

    words: tuple[str, ...]
    plurals: tuple[str, ...] = ()
    kind: str
    bare: bool
    reference: bool


class Word:
    """A word or a mark of the text with its offsets."""

    __slots__ = ("end", "lower", "start", "text")

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.lower = text.lower()
        self.start = start
        self.end = start + len(text)

    @property
    def capital(self) -> bool:
        """Whether the word holds a capital letter."""
        return any(c.isupper() for c in self.text)

    @property
    def year(self) -> bool:
        """Whether the word is a year."""
        return bool(_YEAR.match(self.text))

    @property
    def edition(self) -> int | None:
        """The number, if the word is an ordinal."""
        return edition_of(self.text)


class Grown(NamedTuple):
    """A name in a sequence of words: first and last word, head noun between them, whether "of ..." follows
    it.
    """

    words: Sequence[Word]
    left: int
    head: int
    right: int

    @property
    def before(self) -> list[Word]:
        """The words left of the head noun, without marks."""
        return [w for w in self.words[self.left : self.head] if w.text[0].isalnum()]

    @property
    def after(self) -> list[Word]:
        """The capitalised words right of the head noun."""
        return [w for w in self.words[self.head + 1 : self.right + 1] if w.capital]

    @property
    def next_to_head(self) -> str:
        """The lower-case word right behind the head noun, if it belongs to the name."""
        return self.words[self.head + 1].lower if self.head + 1 <= self.right else ""

    @property
    def next(self) -> str:
        """The lower-case word that follows the name."""
        return self.words[self.right + 1].lower if self.right + 1 < len(self.words) else ""


def words_of(text: str, offset: int) -> list[Word]:
    """The words and marks of a stretch of text that begins at an offset."""
    return [Word(m.group(), m.start() + offset) for m in _WORD.finditer(text)]


class NameGrower:
    """Grows names by classes of words: what may stand in a name, what joins its parts, what is none of it."""

    def __init__(self) -> None:
        rows = load_rows("pipeline.data", "gathering_words.jsonl", WordsRow)
        self.classes = {row.id: frozenset(row.words) for row in rows}
        self._modifier, self._stop = self.classes["modifier"], self.classes["stop"]
        self._connect_left, self._connect_right = (
            self.classes["connector_left"],
            self.classes["connector_right"],
        )
        self._heads, self._bodies = self.classes["head"], self.classes["body"]

    def __call__(self, words: Sequence[Word], head: int, title: bool) -> Grown:
        """The name around the head noun at an index; in a headline nothing bridges lower-case words to the
        left.
        """
        left, right = self._leftmost(words, head, title), self.rightmost(words, head)
        if right == head and left < head and not title:
            right = self.topic(words, head)
        return Grown(words, left, head, right)

    # --- left of the head noun

    def _leftmost(self, words: Sequence[Word], head: int, title: bool) -> int:
        left = head
        for cursor in range(head - 1, max(0, head - _LONGEST_LEFT) - 1, -1):
            word = words[cursor]
            if self._belongs(words, cursor):
                left = cursor
            elif word.lower in self._connect_left or word.lower == "the":
                if (title and word.lower not in ("and", "&")) or not self._bridges(words, cursor):
                    break
            elif word.text in "-–—/()":
                if not self._mark_bridges(words, cursor):
                    break
            elif word.lower not in self._modifier:
                break
        return left

    def _belongs(self, words: Sequence[Word], cursor: int) -> bool:
        """Whether a word is part of a name by itself: capitalised, a year, an ordinal."""
        word, following = words[cursor], words[cursor + 1]
        if word.edition is not None or word.year:
            return True
        if not word.capital or _plain(word) in self._stop or _PARTICIPLE.match(word.text):
            return False
        return following.start - word.end <= 1

    def _bridges(self, words: Sequence[Word], cursor: int) -> bool:
        """Whether "of", "and" ... joins two parts of one name ("Business and Investment Summit")."""
        if cursor == 0:
            return False
        before, after = words[cursor - 1], words[cursor + 1]
        if words[cursor].lower == "the":
            return before.lower == "of" and after.capital and self._bridges(words, cursor - 1)
        if not (after.capital or after.lower in ("the", "related")):
            return False
        if words[cursor].lower in ("of", "on", "for"):
            return before.capital and before.lower in self._bodies
        return before.capital and before.lower not in self._stop | self._heads

    def _mark_bridges(self, words: Sequence[Word], cursor: int) -> bool:
        """Whether a mark stands within a name ("China – UK Dialogue", "... (SCO) summit")."""
        if cursor == 0:
            return False
        before, after = words[cursor - 1], words[cursor + 1]
        if words[cursor].text in "-–—/":
            return before.capital and after.capital and words[cursor].start - before.end <= 1
        if words[cursor].text == ")":
            return cursor >= 3 and words[cursor - 2].text == "(" and bool(ACRONYM.match(before.text))
        return cursor + 2 < len(words) and words[cursor + 2].text == ")" and before.capital

    # --- right of the head noun

    def rightmost(self, words: Sequence[Word], head: int) -> int:
        """The index of the last word of the name whose head noun stands at an index."""
        right, opened = head, False
        for cursor in range(head + 1, min(len(words), head + _LONGEST_RIGHT)):
            word = words[cursor]
            if word.start - words[cursor - 1].end > 1:
                break
            if word.year and self._closes(words, cursor, right):
                return cursor
            if word.capital and not self._breaks(words, cursor, opened):
                right = cursor
                if word.text.endswith(("'s", "’s")) and not self._owns(words, cursor):
                    break
            elif word.lower in self.classes["opener"] and cursor == right + 1 and not opened:
                opened = True
            elif not (opened and self._leads_on(words, cursor, right)):
                break
        right = _without_open_bracket(words, head, right)
        return self._to_people(words, right) if opened else right

    def _closes(self, words: Sequence[Word], cursor: int, right: int) -> bool:
        """Whether a year ends the name: "... Forum 2025", "... Summit – 2025"."""
        if cursor + 1 < len(words) and words[cursor + 1].capital:
            return False
        return cursor == right + 1 or (words[cursor - 1].text in "-–—" and cursor == right + 2)

    def _breaks(self, words: Sequence[Word], cursor: int, opened: bool) -> bool:
        """Whether a capitalised word begins something else ("... in Paris", "... On Monday")."""
        before, lower = words[cursor - 1].lower, words[cursor].lower
        if lower in self._stop and before not in ("of", "for"):
            return True
        if before in ("in", "to", "with", "from", "by", "its", "through"):
            return lower not in self.classes["region"]
        return not opened and before in self.classes["opener"]

    def _owns(self, words: Sequence[Word], cursor: int) -> bool:
        """Whether a possessive leads on to a name: "... of Britain's [ruling] Labour Party"."""
        ahead = [w for w in words[cursor + 1 : cursor + 3] if w.lower not in self.classes["owned"]]
        return bool(ahead) and ahead[0].capital

    def _leads_on(self, words: Sequence[Word], cursor: int, right: int) -> bool:
        """Whether a lower-case word or a mark may stand in the continuation behind "of"."""
        word = words[cursor]
        if word.capital:
            return False
        if word.lower in self.classes["owned"] and words[right].text.endswith(("'s", "’s")):
            return True
        if word.lower in ("a", "an") and words[cursor - 1].lower in ("of", "for"):
            return False
        if word.text in "(),-–/":
            return self._mark_inside(words, cursor)
        return word.lower in self._connect_right or word.lower in self._modifier or word.edition is not None

    def _mark_inside(self, words: Sequence[Word], cursor: int) -> bool:
        word, ahead = words[cursor].text, words[cursor + 1 : cursor + 6]
        if word == "(":
            return len(ahead) >= 2 and ahead[1].text == ")" and ahead[0].capital
        if word == ")":
            return words[cursor - 2].text == "("
        if word == ",":
            return bool(ahead) and ahead[0].capital and any(w.lower == "and" for w in ahead)
        return bool(ahead) and ahead[0].capital

    def topic(self, words: Sequence[Word], head: int) -> int:
        """The last word of the topic behind a head noun ("conference [on global warming]"), or the head."""
        if head + 2 >= len(words) or words[head + 1].lower not in ("on", "about"):
            return head
        last = head + 1
        for cursor in range(head + 2, min(head + 2 + _LONGEST_TOPIC, len(words))):
            word = words[cursor]
            following = words[cursor + 1].lower if cursor + 1 < len(words) else ""
            verb = word.lower.endswith("ed") and following in self._connect_right
            if not word.text[0].isalpha() or word.year or verb or word.lower in self.classes["topic_stop"]:
                break
            last = cursor
        while words[last].lower in self._connect_right and last > head + 1:
            last -= 1
        return last if last > head + 1 else head

    def shared_tail(self, text: str, words: Sequence[Word], right: int) -> str:
        """What a second gathering says for both: "Second Assembly and Third Meeting [of the Alliance]"."""
        if right + 2 >= len(words) or words[right + 1].lower != "and" or words[right + 2].edition is None:
            return ""
        for at in range(right + 3, min(right + 8, len(words) - 1)):
            if words[at].lower in self._heads and words[at + 1].lower == "of":
                end = self.rightmost(words, at)
                return text[words[at + 1].start : words[end].end] if end > at else ""
        return ""

    def _to_people(self, words: Sequence[Word], right: int) -> int:
        """ "meeting of the BRICS [foreign ministers]": the people that a capitalised word only modifies."""
        for cursor in range(right + 1, min(len(words), right + 4)):
            if words[cursor].start - words[cursor - 1].end > 1 or words[cursor].text in ".,;:":
                return right
            if words[cursor].lower in self.classes["people"]:
                return cursor
            if words[cursor].lower not in self._modifier:
                return right
        return right


def _plain(word: Word) -> str:
    return word.lower.rstrip(".").removesuffix("'s").removesuffix("’s")


def _without_open_bracket(words: Sequence[Word], head: int, right: int) -> int:
    """The last word before a bracket that the name does not close."""
    marks = [w.text for w in words[head : right + 1]]
    if marks.count("(") <= marks.count(")"):
        return right
    return head + len(marks) - 1 - marks[::-1].index("(") - 1
