"""The resolver of one article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.base import Document, Mention, Sourced
from pipeline.data.countries import countries
from pipeline.resolve.dates import DateReader, Partial, Tense
from pipeline.timex import DateExpression

_FULL_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_FULL_MONTH = re.compile(r"(\d{4})-(\d{2})")
_TOLD_REACH = 600  # characters: a date told more than about four sentences before is no point of reference


class ArticleResolver:
    """Reads mentions in the light of their article.

    The anchor is the date of the dateline if it has a year, else the date of publication; `anchor_mention`
    (in the source) states it. Both are None when the article gives no full date. `own_date` is the anchor as
    EDTF, or the month or year of publication where the page states no day.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.anchor: date | None = None
        self.anchor_mention: Mention | None = None
        for name, stated in (
            ("dateline", document.clean.dateline.date),
            ("published", document.clean.published),
        ):
            day = _full_date(stated)
            if stated is not None and day is not None:
                self.anchor = day
                self.anchor_mention = Mention(
                    "anchor", stated.start, stated.end, f"anchor.{name}", day, in_source=True
                )
                break
        self._issue = None if self.anchor else _month(document.clean.published)
        stated = document.clean.published
        self.own_date = self.anchor.isoformat() if self.anchor else stated.value if stated else None

    def dates(self, mention: Mention, tense: Tense = "past") -> tuple[str, str] | None:
        """First and last day of a date mention as EDTF (equal for a single date), or None if unresolved.

        Of an open range ("from 28 June", "until 7 July") both are the end that is told.
        """
        found = self._read(mention, tense)
        return None if found is None else (found[0].edtf(), found[1].edtf())

    def country_name(self, code: str) -> str:
        """The English short name of an ISO 3166-1 alpha-3 code.

        Raises:
            KeyError: there is no such code.
        """
        return countries()[code].name

    def _read(self, mention: Mention, tense: Tense) -> tuple[Partial, Partial] | None:
        if not isinstance(mention.value, DateExpression):
            return None
        reader = DateReader(self.anchor, lambda: self._told_before(mention, tense), self._issue)
        return reader.read(mention.value, tense)

    def _told_before(self, mention: Mention, tense: Tense) -> Partial | None:
        """The nearest date before a mention that can be resolved."""
        for earlier in self._earlier(mention):
            found = self._read(earlier, tense)
            if found is not None:
                return found[1]
        return None

    def _earlier(self, mention: Mention) -> Iterator[Mention]:
        start = max(0, mention.start - _TOLD_REACH)
        yield from reversed(self.document.within(start, mention.start, "date"))


def _month(stated: Sourced | None) -> Partial | None:
    """The month of publication, when the page states that much."""
    match = _FULL_MONTH.fullmatch(stated.value) if stated else None
    return Partial(int(match[1]), int(match[2])) if match else None


def _full_date(stated: Sourced | None) -> date | None:
    match = _FULL_DATE.match(stated.value) if stated else None
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None
