"""Countries and nationalities -> ISO 3166-1 alpha-3 codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from pipeline.annotate.contexts import ContextRow, Contexts
from pipeline.annotate.terms import TermSearch, fold
from pipeline.base import Document, Mention
from pipeline.data import Row, load_rows
from pipeline.data.countries import countries


class PhraseRow(Row):
    """Phrases around or instead of a country's name."""

    kind: Literal["form", "none"]
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """What a name stands for: a label and a code, or no country at all."""

    term: str
    label: Literal["country", "demonym", "none"]
    code: str


class CountryFinder:
    """Mentions "country" and "demonym", each with its ISO code.

    The span of a name takes in its form of government ("Kingdom of Bahrain"), but no article and no "'s".
    """

    labels: ClassVar[tuple[str, ...]] = ("country", "demonym")

    def __init__(self) -> None:
        phrases = load_rows("pipeline.data", "country_phrases.jsonl", PhraseRow)
        forms = sorted(
            (f for row in phrases if row.kind == "form" for f in row.phrases), key=len, reverse=True
        )
        self._forms = tuple(form + between for form in forms for between in (" the ", " "))
        self._search = TermSearch({name.term: name for name in _names(phrases)}, uppercase=True)
        self._contexts = Contexts(load_rows("pipeline.data", "country_contexts.jsonl", ContextRow))

    def __call__(self, document: Document) -> Iterator[Mention]:
        """The countries and nationalities of a document, in text order."""
        text = fold(document.text)
        for start, end, name in self._search(text):
            code = self._code(text, start, end, name)
            if code is None:
                continue
            if name.label == "country":
                start = self._with_form(text, start)
            yield Mention(name.label, start, end, f"countries.{name.label}.{code}", code)

    def _code(self, text: str, start: int, end: int, name: Name) -> str | None:
        if name.label == "none" or _in_address(text, start, end) or _shouted(text, start, end, name.term):
            return None
        return self._contexts.code(name.term, name.code, text, start, end)

    def _with_form(self, text: str, start: int) -> int:
        if text.endswith((" of ", " the "), 0, start):
            for form in self._forms:
                if text.endswith(form, 0, start):
                    return start - len(form)
        return start


def _names(phrases: Iterable[PhraseRow]) -> Iterator[Name]:
    for row in countries().values():
        for term in (row.name, *row.names):
            yield Name(term, "country", row.id)
        for term in row.demonyms:
            yield Name(term, "demonym", row.id)
    for phrase_row in phrases:
        if phrase_row.kind == "none":
            for term in phrase_row.phrases:
                yield Name(term, "none", "")


def _in_address(text: str, start: int, end: int) -> bool:
    """Whether the name is a part of a web or mail address, or of a handle."""
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    return before in ("@", "_", "/", "\\") or (after[:1] in (".", "@", "_") and after[1:].islower())


def _shouted(text: str, start: int, end: int, term: str) -> bool:
    """Whether "US" stands in a line of capitals, where it may be the pronoun."""
    if term != "US":
        return False
    line = text[text.rfind("\n", 0, start) + 1 : start] + text[end : (text.find("\n", end) + 1) or len(text)]
    return line.isupper()
