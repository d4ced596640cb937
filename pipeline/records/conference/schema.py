"""The conference record."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pipeline.base import Count, CountryCode, EdtfDate, Record

ConferenceKind = Literal[
    "conference", "summit", "forum", "congress", "convention", "symposium", "seminar", "workshop", "dialogue",
    "assembly", "session", "ministerial", "expo", "meeting",
]  # fmt: skip
ConferenceStatus = Literal["held", "ongoing", "scheduled", "proposed", "postponed", "cancelled"]


class Conference(Record):
    """A gathering with a name of its own, or a session of a named body."""

    name: str = Field(description="As in the text, without article; a session keeps its ordinal.")
    aliases: tuple[str, ...] = Field(
        default=(), description="Other forms in the text, the acronym among them."
    )
    kind: ConferenceKind = Field(description="By the head noun of the name.")
    edition: int | None = Field(default=None, ge=1, description='46 for "46th", 1 for "inaugural".')
    start_date: EdtfDate | None = Field(default=None, description="First day.")
    end_date: EdtfDate | None = Field(default=None, description="Last day.")
    city: str | None = Field(default=None, description="City where it takes place.")
    country: CountryCode | None = Field(default=None, description="Country where it takes place.")
    venue: str | None = Field(default=None, description="Named building or campus.")
    theme: str | None = Field(default=None, description="Stated theme or motto, without quotation marks.")
    organizers: tuple[str, ...] = Field(default=(), description="Who hosts or organizes it.")
    countries_count: Count | None = Field(default=None, description="How many countries attend.")
    organizations_count: Count | None = Field(default=None, description="How many organisations attend.")
    participants_count: Count | None = Field(default=None, description="How many people attend.")
    attending_countries: tuple[CountryCode, ...] = Field(
        default=(), description="Countries named as attending."
    )
    attending_organizations: tuple[str, ...] = Field(
        default=(), description="Organisations named as attending."
    )
    status: ConferenceStatus = Field(description="As of the article.")
