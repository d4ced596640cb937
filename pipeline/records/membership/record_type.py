"""The record type of memberships."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from pipeline.base import Candidate, Document, Record, Rejection, Resolver
from pipeline.records.membership.build import build
from pipeline.records.membership.find import MembershipFinder
from pipeline.records.membership.schema import Membership


class MembershipType:
    """Finds and builds memberships."""

    kind: ClassVar[str] = "membership"
    plural: ClassVar[str] = "memberships"
    schema: ClassVar[type[Record]] = Membership

    def __init__(self) -> None:
        self._find = MembershipFinder()

    def find(self, document: Document) -> Iterator[Candidate]:
        """One candidate for each pair of country and body that the article relates."""
        return self._find(document)

    def build(self, candidate: Candidate, resolver: Resolver) -> Record | Rejection:
        """The membership, or why there is none."""
        return build(candidate, resolver)

    def key(self, record: Any) -> tuple[Any, ...]:
        """Body and country."""
        return (record.alliance, record.country or record.country_name)
