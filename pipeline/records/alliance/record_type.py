"""The record type of alliances."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from pipeline.base import Candidate, Document, Record, Rejection, Resolver
from pipeline.records.alliance.build import build
from pipeline.records.alliance.find import AllianceFinder
from pipeline.records.alliance.schema import Alliance


class AllianceType:
    """Finds and builds alliances."""

    kind: ClassVar[str] = "alliance"
    plural: ClassVar[str] = "alliances"
    schema: ClassVar[type[Record]] = Alliance

    def __init__(self) -> None:
        self._find = AllianceFinder()

    def find(self, document: Document) -> Iterator[Candidate]:
        """One candidate for each body of which the article tells something."""
        return self._find(document)

    def build(self, candidate: Candidate, resolver: Resolver) -> Record | Rejection:
        """The alliance, or why there is none."""
        return build(candidate, resolver)

    def key(self, record: Any) -> tuple[Any, ...]:
        """Its name."""
        return (record.name,)
