"""The site count as a record type."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar

from pipeline.base import Candidate, Document, Record, Rejection, Resolver
from pipeline.records.site_count.build import build
from pipeline.records.site_count.find import Finder
from pipeline.records.site_count.schema import SiteCount


class SiteCountType:
    """Finds stated numbers of designated sites and builds site count records."""

    kind: ClassVar[str] = "site_count"
    plural: ClassVar[str] = "site_counts"
    schema: ClassVar[type[Record]] = SiteCount

    @cached_property
    def _finder(self) -> Finder:
        return Finder()

    def find(self, document: Document) -> Iterator[Candidate]:
        """One candidate for each stated number."""
        return self._finder(document)

    def build(self, candidate: Candidate, resolver: Resolver) -> Record | Rejection:
        """The site count, or why there is none."""
        return build(candidate, resolver)

    def key(self, record: Any) -> tuple[Any, ...]:
        """Holder, designation, measure and number."""
        count = record.count.value if record.count else 0
        return (
            record.holder.name,
            record.designation,
            record.measure,
            count,
            record.share or 0,
            record.rank or 0,
        )
