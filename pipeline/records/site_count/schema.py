"""The site count record."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pipeline.base import Count, CountryCode, EdtfDate, Model, Record

Designation = Literal[
    "world_heritage", "world_heritage_in_danger", "world_heritage_tentative", "intangible_heritage", "ramsar",
    "biosphere_reserve", "global_geopark", "memory_of_the_world", "creative_city", "national", "other",
]  # fmt: skip
Measure = Literal["total", "added", "removed", "nominated"]


class Holder(Model):
    """Whose sites are counted."""

    name: str = Field(description='A country, a province, a region ("Asia"), or "World".')
    code: CountryCode | None = Field(default=None, description="Its code when it is a country.")


class SiteCount(Record):
    """A stated number of sites that bear one designation."""

    holder: Holder = Field(description="Whose sites.")
    designation: Designation = Field(description="What they bear; national: a country's own list.")
    measure: Measure = Field(description="How many there are, or were newly listed, removed or nominated.")
    count: Count | None = Field(
        default=None, description="The number; null when only a rank or share is stated."
    )
    share: float | None = Field(default=None, gt=0, le=1, description='"about half of the sites" is 0.5.')
    breakdown: dict[str, int] = Field(default_factory=dict, description='{"cultural": 38, "natural": 14}.')
    rank: int | None = Field(
        default=None, ge=1, description='2 for "second in the world", "second only to Italy".'
    )
    rank_scope: str | None = Field(default=None, description='Where it has that rank: "world", "Asia".')
    countries_count: Count | None = Field(default=None, description='"754 sites in 129 countries": 129.')
    as_of: EdtfDate | None = Field(default=None, description="The date for which the count is stated.")
    said_by: str | None = Field(default=None, description="The person or body to whom it is attributed.")
