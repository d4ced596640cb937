"""The conference as a record type."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar

from pipeline.base import Built, Candidate, Document, Record, Rejection, Resolver
from pipeline.records.conference.build import build
from pipeline.records.conference.find import Finder
from pipeline.records.conference.schema import Conference


class ConferenceType:
    """Finds gatherings and builds conference records."""

    kind: ClassVar[str] = "conference"
    plural: ClassVar[str] = "conferences"
    schema: ClassVar[type[Record]] = Conference

    @cached_property
    def _finder(self) -> Finder:
        return Finder()

    def find(self, document: Document) -> Iterator[Candidate]:
        """One candidate for each gathering of the article."""
        return self._finder(document)

    def build(self, candidate: Candidate, resolver: Resolver) -> Record | Built | Rejection:
        """The conference record, or why there is none."""
        return build(candidate, resolver)

    def key(self, record: Any) -> tuple[Any, ...]:
        """Name, edition and first day."""
        return (record.name, record.edition or 0, record.start_date or "")
