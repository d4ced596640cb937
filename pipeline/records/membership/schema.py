"""The membership record."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pipeline.base import CountryCode, EdtfDate, Record

Role = Literal["founding_member", "member", "observer", "partner", "party", "candidate"]
Event = Literal[
    "founded",
    "joined",
    "ratified",
    "signed",
    "elected",
    "applied",
    "invited",
    "suspended",
    "left",
    "is_member",
]


class Membership(Record):
    """A country and a body that it is told to belong to, to join, or to leave."""

    country: CountryCode | None = Field(default=None, description="The country; null where it has no code.")
    country_name: str | None = Field(default=None, description="By name, what has no country code.")
    alliance: str = Field(description="The body: the same string as its alliance record's name.")
    role: Role = Field(description='"party" of a convention or treaty; "candidate" before it has joined.')
    event: Event = Field(description="The last step told.")
    date: EdtfDate | None = Field(default=None, description="Day of the event; null for a plain member.")
