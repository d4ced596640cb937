"""Finds names of bodies and treaties: from the reference data, and by a head noun among capitalised words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.annotate.terms import TermSearch
from pipeline.base import Document
from pipeline.body import BodyKind
from pipeline.data import Row, load_rows
from pipeline.literals import WordIndex

_WORD = re.compile(r"[^\W\d_](?:[\w’'&/.+-]*[\w+])?(?:(?<=s)[’'](?= [A-Z]))?|&|\d+(?:st|nd|rd|th)?|[^\s\w]")
_LINE_BREAK = re.compile(r"(?<=[a-z])\n(?=\w)")  # within a sentence; a name may run over it
_MATTER = re.compile(r" (?:for|on|against|concerning|relating to|regarding) (?:the )?([a-z]+)\b")
_LONGEST_MATTER = 110  # characters
_AFTER = frozenset(
    {"in", "on", "at", "as", "by", "with", "from", "after", "before", "since", "that", "which"}
)
_LONGEST_LEFT = 7  # words; the longest left part of the names in 167 hand-annotated alliances has 6
_LONGEST_RIGHT = 24


class ReferenceRow(Row):
    """A body or treaty that is known by name."""

    name: str
    acronyms: tuple[str, ...]
    initials: tuple[str, ...]
    names: tuple[str, ...]
    kind: BodyKind
    scope: Literal["global", "regional", "bilateral"]


class HeadRow(Row):
    """A class of head nouns."""

    words: tuple[str, ...]
    kind: BodyKind
    legal: bool
    right: tuple[str, ...]


class WordsRow(Row):
    """A class of words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """An occurrence of a name: its place, the reference line or the head noun class, and the rule."""

    start: int
    end: int
    text: str
    rule: str
    reference: ReferenceRow | None = None
    head: HeadRow | None = None
    acronym: bool = False


class Words:
    """The head nouns and word classes of the data files."""

    def __init__(self) -> None:
        rows = load_rows("pipeline.data", "body_heads.jsonl", HeadRow)
        self.heads = {word: row for row in rows for word in row.words}
        classes = {r.id: frozenset(r.words) for r in load_rows("pipeline.data", "body_words.jsonl", WordsRow)}
        self.outer, self.inner = classes["outer"], classes["inner"]
        self.opener, self.stop, self.joiner = classes["opener"], classes["stop"], classes["joiner"]
        self.matter = classes["matter"]

    def head_of(self, name: str) -> HeadRow | None:
        """The class of a name's head noun: the last head noun before the first preposition."""
        found = None
        for word in name.split():
            plain = word.lower().strip(",.")
            if plain in ("of", "for", "on", "against", "to", "concerning") and found:
                break
            found = self.heads.get(plain, found)
        return found

    def shows_countries(self, name: str) -> bool:
        """Whether a word of the name shows that it is a body of several countries."""
        return any(w in self.outer for w in re.findall(r"[\w'-]+", name.lower()))


class KnownNames:
    """Occurrences of the names, and of the telling acronyms, of the reference data."""

    def __init__(self) -> None:
        rows = load_rows("pipeline.data", "bodies.jsonl", ReferenceRow)
        self._search = TermSearch(dict(_terms(rows)))
        self._names = {row.id: (row.name, *row.names) for row in rows}

    def names_of(self, reference: str | None) -> tuple[str, ...]:
        """All names that the reference data has for a body; () for None."""
        return self._names.get(reference, ()) if reference else ()

    def __call__(self, document: Document) -> Iterator[Name]:
        """In text order, none within another."""
        text = _LINE_BREAK.sub(" ", document.text)
        for start, end, (row, acronym) in self._search(text):
            if not acronym and _part_of_longer(text, start, end):
                continue
            yield Name(start, end, text[start:end], f"body/{row.id}", row, acronym=acronym)


def _terms(rows: Iterable[ReferenceRow]) -> Iterator[tuple[str, tuple[ReferenceRow, bool]]]:
    for row in rows:
        for term in (row.name, *row.names):
            yield term, (row, False)
        for term in row.acronyms:
            yield term, (row, True)


def _part_of_longer(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word beside the name makes it another's ("Supreme Security Council")."""
    before = re.search(r"([A-Z][\w-]*) $", text[max(0, start - 30) : start])
    single = " " not in text[start:end]
    if before and before.group(1).lower() in (
        "national",
        "supreme",
        "state",
        "provincial",
        "australian",
        "municipal",
    ):
        return True
    return single and bool(re.match(r" (?:Games|Bank of|Avenue|Edison|Treaty)\b", text[end : end + 12]))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text and its place."""

    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it is written as a part of a name."""
        return self.text[0].isupper() or (self.text[0].isdigit() and self.text[-1].isalpha())


class PatternNames:
    """Capitalised phrases around a head noun: "High Ambition Coalition to End Plastic Pollution"."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._headed = WordIndex.of_words(words.heads)

    def __call__(self, document: Document) -> Iterator[Name]:
        """In text order; they may overlap."""
        for zone in document.clean.zones:
            text = document.text[zone.start : zone.end]
            if text.isupper() or not self._headed(text):
                continue
            words = [
                Word(m.group(), m.start() + zone.start, m.end() + zone.start) for m in _WORD.finditer(text)
            ]
            for at, word in enumerate(words):
                head = self._words.heads.get(word.text.lower())
                if head is not None and word.text[0].isupper():
                    yield from self._around(document, words, at, head)

    def _around(self, document: Document, words: list[Word], at: int, head: HeadRow) -> Iterator[Name]:
        left, right = self._left(document, words, at), self._right(document, words, at, head)
        if left == right or (right == at and all(w.text[0].isdigit() for w in words[left:at])):
            return
        if right < len(words) - 1 and right == at and words[right + 1].text.lower() in self._words.heads:
            return  # the next word is the head
        if right < len(words) - 1 and words[right + 1].text == "Party":
            return
        start, end = words[left].start, words[right].end
        if right == at and head.legal:
            end = self._matter(document, end)
        text = document.text[start:end]
        if not self._one_country(document, words, left, at, right):
            yield Name(start, end, text, f"body/head/{head.id}", head=head)

    def _left(self, document: Document, words: list[Word], at: int) -> int:
        left = at
        while left > 0 and at - left < _LONGEST_LEFT:
            word = words[left - 1]
            plain = word.text.lower()
            beside = document.text[word.end : words[left].start] in (" ", "")
            if (
                not word.capital
                or not beside
                or plain in self._words.stop
                or word.text.endswith(("’s", "'s"))
            ):
                break
            if plain in self._words.opener:
                break
            left -= 1
        return left

    def _right(self, document: Document, words: list[Word], at: int, head: HeadRow) -> int:
        right = cursor = at
        while cursor + 1 < len(words) and cursor - at < _LONGEST_RIGHT:
            word = words[cursor + 1]
            plain = word.text.lower()
            if document.text[words[cursor].end : word.start] not in (" ", "") or "\n" in word.text:
                break
            if cursor == at and plain not in head.right:
                break
            if word.text in "-–—" or (plain in self._words.stop and word.text[0].isupper()):
                break
            if word.text[0].isupper() and (plain not in self._words.heads or cursor > at + 1):
                right = cursor + 1
            elif (word.text == "," and not self._list_goes_on(words, cursor + 1)) or (
                word.text not in ",-–" and plain not in self._words.joiner and not word.capital
            ):
                break
            cursor += 1
            if cursor - right > 3 or (plain == "and" and self._other_name(words, cursor)):
                break
        return right

    def _matter(self, document: Document, end: int) -> int:
        """Where a treaty's name ends that goes on in lower case ("Convention on the control of mud")."""
        span = document.doc.char_span(
            end, min(end + _LONGEST_MATTER, len(document.text)), alignment_mode="contract"
        )
        opening = _MATTER.match(document.text, end)
        if span is None or opening is None or opening.group(1) not in self._words.matter:
            return end
        for token in span:
            if token.tag_.startswith("NN"):
                end = token.idx + len(token)
            elif token.tag_ not in ("IN", "DT", "JJ", "CC") or (
                token.idx > opening.end() and token.lower_ in _AFTER
            ):
                break
        return end

    def _list_goes_on(self, words: list[Word], comma: int) -> bool:
        """Whether "X, Y and Z" goes on after the comma within a name."""
        ahead = words[comma + 1 : comma + 8]
        for i, word in enumerate(ahead):
            if word.text.lower() == "and":
                return i > 0 and i + 1 < len(ahead) and ahead[i + 1].capital
            if not word.capital and word.text != ",":
                return False
        return False

    def _other_name(self, words: list[Word], conjunction: int) -> bool:
        """Whether another name of a body follows a conjunction."""
        for word in words[conjunction + 1 : conjunction + 6]:
            if word.text.lower() in self._words.heads or (word.text.isupper() and len(word.text) > 1):
                return True
            if not word.capital:
                return word.text.lower() == "the"
        return False

    def _one_country(self, document: Document, words: list[Word], left: int, at: int, right: int) -> bool:
        """Whether the words before the head noun make it one country's own, a company's, a party's."""
        inner = [w.text.lower() for w in words[left:at]]
        if any(w in self._words.inner for w in inner) and not any(w in self._words.outer for w in inner):
            return True
        if left and words[left - 1].text.lower() in (
            "ministry",
            "university",
            "department",
            "bureau",
            "faculty",
        ):
            return True
        if "Central Bank" in document.text[words[left].start : words[right].end]:
            return True
        if any(
            w.text.lower() in ("parliament", "congress", "ministry", "cabinet") for w in words[at : right + 1]
        ):
            return True
        whole = document.within(words[left].start, words[right].end, "country")
        if any(
            document.text[m.start - 1 : m.start] == " " and document.text[m.end : m.end + 1] != "-"
            for m in whole
        ):
            return True
        first = document.within(words[left].start, words[at].start, "demonym", "country")
        return (
            bool(first)
            and first[0].start == words[left].start
            and not self._words.shows_countries(document.text[first[0].end : words[at].start])
            and "-" not in document.text[first[0].end : first[0].end + 1]
        )
