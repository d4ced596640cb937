"""The alliance record."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pipeline.base import Count, CountryCode, EdtfDate, Record
from pipeline.body import BodyKind

Action = Literal["founded", "proposed", "enlarged", "reduced", "dissolved", "described"]
AllianceStatus = Literal["existing", "planned", "dissolved"]


class Alliance(Record):
    """A named body or treaty that countries join, of which the article says something as a body."""

    name: str = Field(description="The longest full form in the text, without article.")
    aliases: tuple[str, ...] = Field(
        default=(), description="Other forms in the text, the acronym among them."
    )
    kind: BodyKind = Field(description="By the word in the name, else by the text's description, else other.")
    action: Action = Field(description="The most specific thing reported.")
    founded_date: EdtfDate | None = Field(default=None, description="Founding, launch, adoption or signing.")
    founded_city: str | None = Field(default=None, description="Where it was founded.")
    founded_country: CountryCode | None = Field(default=None, description="Where it was founded.")
    founded_at: str | None = Field(
        default=None, description="Name of the conference at which it was founded."
    )
    founders: tuple[CountryCode, ...] = Field(default=(), description="Countries that founded it.")
    members_count: Count | None = Field(default=None, description="Members after what the article reports.")
    status: AllianceStatus = Field(description="As of the article.")
