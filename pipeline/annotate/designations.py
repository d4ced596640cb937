"""Finds heritage and conservation designations, and nouns for what bears them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from pipeline.base import Document, Mention
from pipeline.data import Row, load_rows
from pipeline.errors import DataFileError
from pipeline.literals import WordIndex, required

Form = Literal["macro", "sites", "list", "status", "topic", "never", "noun", "candidate", "short"]
_MACRO = re.compile(r"\{([a-z]+)\}")
_LABELS: dict[str, tuple[str, ...]] = {
    "sites": ("designation", "designated_site"),
    "list": ("designation", "designation_list"),
    "status": ("designation",),
    "topic": ("designation_topic",),
    "never": ("designation_topic",),
    "noun": ("site_noun",),
    "candidate": ("site_candidate",),
    "short": ("designation", "designation_list"),
}
_GENERAL = ("noun", "candidate", "short")
_SPOKEN_OF = 700  # characters for which a list or its sites stay what the article speaks of
_NEARBY = 250  # characters after a short form in which the name that explains it may stand


class DesignationRow(Row):
    """A class of names; see the head of the data file."""

    form: Form
    pattern: str
    codes: tuple[str, ...] = ()
    rarely: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Name:
    row: DesignationRow
    start: int
    end: int


class DesignationFinder:
    """Mentions of designations; the value of each is the designation's code.

    Labels: "designation" for every name; beside it "designated_site" for names of countable things ("Ramsar
    sites") and "designation_list" for lists; "site_noun" for general nouns ("sites", "elements"). General
    nouns and short forms ("the list") have the code of the designation that the article speaks of there;
    without one they are no mentions. "site_candidate" is a noun for what may become one ("nominations"),
    "designation_topic" a name that only shows what an article speaks of.
    """

    labels: ClassVar[tuple[str, ...]] = tuple(
        {label: None for labels in _LABELS.values() for label in labels}
    )

    def __init__(self) -> None:
        rows = load_rows("pipeline.data", "designations.jsonl", DesignationRow)
        macros = {row.id.removeprefix("macro/"): row.pattern for row in rows if row.form == "macro"}
        compiled = [(row, _compile(row, macros)) for row in rows if row.form != "macro"]
        self._names = [(row, pattern) for row, pattern in compiled if row.form not in _GENERAL]
        self._named = WordIndex(required(pattern.pattern) for _, pattern in self._names)
        self._general = [(row, pattern) for row, pattern in compiled if row.form in _GENERAL]

    def __call__(self, document: Document) -> Iterator[Mention]:
        """All mentions of a document."""
        text = document.text
        names = _longest(_search([self._names[at] for at in self._named(text)], text))
        if all(name.row.form == "never" for name in names):
            return
        for name in names:
            yield from _mentions(name, name.row.codes[0] if name.row.codes else "")
        known = [name for name in names if name.row.codes and not _proper(text, name)]
        for name in _longest(_search(self._general, text)):
            if not any(name.start < other.end and other.start < name.end for other in names):
                code = _meant(name, known)
                if code:
                    yield from _mentions(name, code)


def _compile(row: DesignationRow, macros: dict[str, str]) -> re.Pattern[str]:
    pattern = row.pattern
    while match := _MACRO.search(pattern):
        if match.group(1) not in macros:
            raise DataFileError(f"designations.jsonl: {row.id}: there is no macro {match.group()}")
        pattern = pattern.replace(match.group(), macros[match.group(1)])
    try:
        return re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE)
    except re.error as error:
        raise DataFileError(f"designations.jsonl: {row.id}: no regular expression: {error}") from error


def _search(patterns: Iterable[tuple[DesignationRow, re.Pattern[str]]], text: str) -> Iterator[_Name]:
    """The names in a text, line by line; a row is tried only on lines with one of its cues."""
    start = 0
    for written in text.split("\n"):
        line, end = written.lower(), start + len(written)
        for row, pattern in patterns:
            if not row.cues or any(cue in line for cue in row.cues):
                for match in pattern.finditer(text, start, end):
                    yield _Name(row, match.start(), match.end())
        start = end + 1


def _longest(found: Iterable[_Name]) -> list[_Name]:
    """Of overlapping names the longest, of equal ones the one whose row comes first; in text order."""
    chosen: list[_Name] = []
    for name in sorted(found, key=lambda n: n.start - n.end):
        if not any(name.start < other.end and other.start < name.end for other in chosen):
            chosen.append(name)
    return sorted(chosen, key=lambda n: n.start)


def _mentions(name: _Name, code: str) -> Iterator[Mention]:
    for label in _LABELS.get(name.row.form, ()):
        yield Mention(label, name.start, name.end, f"designation/{name.row.id}", code)


def _meant(name: _Name, known: list[_Name]) -> str | None:
    """The code that a general word stands for: of the last fitting name before it, else of the first one
    after it.
    """
    for codes in (name.row.codes, name.row.rarely):
        fitting = [k for k in known if k.row.codes[0] in codes]
        before = [k for k in fitting if k.start < name.start]
        named = [k for k in before if k.row.form != "topic" and name.start - k.start <= _SPOKEN_OF]
        if before:
            return (named or before)[-1].row.codes[0]
        after = [k for k in fitting if name.end <= k.start]
        if after and (after[0].start - name.end <= _NEARBY or len({k.row.codes[0] for k in after}) == 1):
            return after[0].row.codes[0]
    return None


def _proper(text: str, name: _Name) -> bool:
    """Whether a name is the end of one site's own name ("Golestan National Park")."""
    single = name.row.form == "sites" and text[name.end - 1].lower() != "s" and text[name.start].isupper()
    return single and bool(re.search(r"[A-Z][\w-]* $", text[max(0, name.start - 24) : name.start]))
