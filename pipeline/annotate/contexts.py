"""Rules that read a name in the light of the words around it, kept as data."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.data import Row

NEAR = 300  # characters on each side: about two sentences of agency copy


class ContextRow(Row):
    """What names mean beside other words.

    It applies when the text right before the name ends with one of `before`, or the text right after it
    starts with one of `after`, or one of `near` stands within 300 characters, or one of `article` anywhere in
    the text; and never when one of `unless` stands anywhere. Then the name's code is `code`, or it has none.
    """

    terms: tuple[str, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    code: str | None

    def applies(self, text: str, start: int, end: int) -> bool:
        """Whether the words around text[start:end] are those of this line."""
        found = (
            text.endswith(self.before, 0, start)
            or text.startswith(self.after, end)
            or any(cue in text[max(0, start - NEAR) : end + NEAR] for cue in self.near)
            or any(cue in text for cue in self.article)
        )
        return found and not any(cue in text for cue in self.unless)


class Contexts:
    """The lines that are about a name, those about all names last."""

    def __init__(self, rows: Iterable[ContextRow]) -> None:
        self._general: list[ContextRow] = []
        self._special: dict[str, list[ContextRow]] = {}
        for row in rows:
            if not row.terms:
                self._general.append(row)
            for term in row.terms:
                self._special.setdefault(term, []).append(row)

    def code(self, term: str, default: str | None, text: str, start: int, end: int) -> str | None:
        """The code of the first line that applies to the name at text[start:end], else the default."""
        for row in [*self._special.get(term, []), *self._general]:
            if row.applies(text, start, end):
                return row.code
        return default
