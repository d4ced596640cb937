"""Which words a regular expression cannot match without: read off the expression itself.

`required` gives clauses; a text that lacks all the words of one clause holds no match. The method is that of
the prefilters of RE2 (re2/prefilter.cc): where a part of the expression stands for a few strings, their
combinations are followed; where it does not, the strings so far become a clause.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from ahocorasick_rs import AhoCorasick

Clause = frozenset[str]

_MOST = 64  # strings that are followed at once; with 16, one pattern in twenty loses its best clause
_SHORTEST = 2  # characters of a word that is worth a search
# Characters beyond ASCII that `re.IGNORECASE` takes for an ASCII letter.
_ALIKE = {"İ": "i", "ı": "i", "ſ": "s", "K": "k"}
_UNLIKE = re.compile(f"[{''.join(_ALIKE)}]")


def fold(text: str) -> str:
    """The text in lower case, so that whatever matches an ASCII word regardless of case is that word."""
    return _UNLIKE.sub(lambda match: _ALIKE[match.group()], text).lower()


def required(pattern: str) -> tuple[Clause, ...]:
    """The clauses of a pattern: a (folded) text that it matches has a word of each of them.

    Raises:
        re.error: it is no regular expression.
    """
    return read(pattern).all_clauses


def read(pattern: str, known: Mapping[str, Part] | None = None) -> Part:
    """A pattern as a part of larger ones; each character in `known` stands for a part that was read before.

    Raises:
        re.error: it is no regular expression.
    """
    return _Reader(known or {}).sequence(parser.parse(pattern))


#: Off, every index lets everything pass: what comes out must be the same, only later.
SCREEN: ContextVar[bool] = ContextVar("screen", default=True)


class WordIndex:
    """Many patterns' clauses in one index: which of the patterns a text may hold a match of.

    This is the one screen of the program. Whatever is skipped, is skipped because an index, made of the rules
    themselves, found no word in a text that the rule needs.

    A pattern waits at the words of its best clause, so that patterns whose words do not stand in a text cost
    nothing.
    """

    def __init__(self, patterns: Iterable[Sequence[Clause]]) -> None:
        """The patterns are known by their place in `patterns`; one without clauses is always among them."""
        self._clauses = list(patterns)
        words = sorted({word for clauses in self._clauses for clause in clauses for word in clause})
        self._words = AhoCorasick(words)
        numbers = {word: number for number, word in enumerate(words)}
        self._rest = [
            [frozenset(numbers[word] for word in clause) for clause in clauses] for clauses in self._clauses
        ]
        self._always = [at for at, clauses in enumerate(self._clauses) if not clauses]
        self._waiting: dict[int, list[int]] = defaultdict(list)
        for at, clauses in enumerate(self._clauses):
            for word in max(clauses, key=_rarity, default=()):
                self._waiting[numbers[word]].append(at)

    @classmethod
    def of_words(cls, words: Iterable[str]) -> WordIndex:
        """The index of one rule that needs any of some words."""
        return cls([(frozenset(map(fold, words)),)])

    def __call__(self, text: str) -> list[int]:
        """The patterns that may match somewhere in a text, in their order."""
        if not SCREEN.get():
            return list(range(len(self._clauses)))
        found = self._words.find_matches_as_indexes(fold(text), overlapping=True)
        present = {word for word, _, _ in found}
        near = {at for word in present for at in self._waiting.get(word, ())}
        fitting = (at for at in near if not any(present.isdisjoint(clause) for clause in self._rest[at]))
        return sorted((*fitting, *self._always))


def _rarity(clause: Clause) -> tuple[int, int]:
    """How rarely a clause's words stand in a text: by the letters of the shortest, then by their number."""
    return min(sum(c.isalpha() and c.isascii() for c in word) for word in clause), -len(clause)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an expression: the only strings that it matches, if they are few, and its clauses."""

    exact: frozenset[str] | None
    clauses: tuple[Clause, ...] = ()

    @property
    def all_clauses(self) -> tuple[Clause, ...]:
        """Its clauses, and the strings that it stands for as one more."""
        return (*self.clauses, *_clause(self.exact or ()))


_NOTHING = Part(frozenset({""}))
_ANYTHING = Part(None)


def _clause(strings: Iterable[str]) -> tuple[Clause, ...]:
    """The strings as a clause, without those that hold another; none if one is too short to search for."""
    distinct = set(strings)
    if not distinct or min(map(len, distinct)) < _SHORTEST:
        return ()
    return (frozenset(s for s in distinct if not any(o != s and o in s for o in distinct)),)


class _Reader:
    """Reads the parse tree of a pattern in which some characters stand for parts."""

    def __init__(self, known: Mapping[str, Part]) -> None:
        self._known = known
        self._readers: dict[Any, Callable[[Any], Part]] = {
            op.LITERAL: self._character,
            op.IN: self._set,
            op.BRANCH: lambda argument: _either([self.sequence(branch) for branch in argument[1]]),
            op.SUBPATTERN: lambda argument: self.sequence(argument[3]),
            op.ATOMIC_GROUP: self.sequence,
            op.MAX_REPEAT: self._repeat,
            op.MIN_REPEAT: self._repeat,
            op.POSSESSIVE_REPEAT: self._repeat,
            op.ASSERT: self._beside,
            op.ASSERT_NOT: lambda argument: _NOTHING,
            op.AT: lambda argument: _NOTHING,
        }

    def sequence(self, items: Iterable[tuple[Any, Any]]) -> Part:
        """One part after the other."""
        clauses: list[Clause] = []
        run, exact = frozenset({""}), True
        for code, argument in items:
            part = self._readers[code](argument) if code in self._readers else _ANYTHING
            clauses += part.clauses
            if part.exact is not None and len(part.exact) * len(run) <= _MOST:
                run = frozenset(before + after for before in run for after in part.exact)
                continue
            clauses += _clause(run)
            run, exact = part.exact or frozenset({""}), False
        if exact:
            return Part(run, tuple(clauses))
        return Part(None, (*clauses, *_clause(run)))

    def _character(self, code: int) -> Part:
        character = chr(code)
        if character in self._known:
            return self._known[character]
        folded = fold(character)
        # Letters beyond ASCII are not searched for: their cases differ in more ways than `fold` knows.
        return _ANYTHING if folded.isalpha() and not folded.isascii() else Part(frozenset({folded}))

    def _set(self, items: Sequence[tuple[Any, Any]]) -> Part:
        if any(code is not op.LITERAL for code, _ in items):
            return _ANYTHING
        return _either([self._character(argument) for _, argument in items])

    def _repeat(self, argument: tuple[int, int, Any]) -> Part:
        least, most, items = argument
        part = self.sequence(items)
        if (least, most) == (1, 1):
            return part
        if (least, most) == (0, 1) and part.exact is not None:
            return Part(part.exact | {""})
        return Part(None, part.all_clauses) if least else _ANYTHING

    def _beside(self, argument: tuple[int, Any]) -> Part:
        """What stands before or after is a part of the text, too, though not of the match."""
        return Part(frozenset({""}), self.sequence(argument[1]).all_clauses)


def _either(parts: Sequence[Part]) -> Part:
    """One of several parts: their strings together, or one clause with the best one of each."""
    strings = [part.exact for part in parts]
    together = frozenset(s for exact in strings if exact is not None for s in exact)
    own = [part.all_clauses for part in parts]
    shared = _clause(word for clauses in own for word in max(clauses, key=_shortest)) if all(own) else ()
    if None in strings or len(together) > _MOST:
        return Part(None, shared)
    return Part(together, shared if any(part.clauses for part in parts) else ())


def _shortest(clause: Clause) -> int:
    return min(map(len, clause))
