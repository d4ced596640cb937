"""What a mention of an international body or treaty stands for. Imports no stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BodyKind = Literal[
    "alliance", "coalition", "union", "league", "association", "organization", "network", "partnership",
    "initiative", "committee", "convention", "treaty", "agreement", "fund", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """A named body or treaty as one article speaks of it; all of its mentions in the article bear an equal
    value.

    Attributes:
        name: the longest full form in the text, without article and bracketed acronym.
        aliases: the other forms in the text, in text order.
        kind: by the head noun of the name, else by the text's description of it, else as the reference data
        has it. legal: a treaty or agreement, which countries are parties of rather than members. reference:
        id of the line of the reference data that it is; None for one that only the text makes known.
        international: whether the reference data or the name itself shows that several countries are in it.
    """

    name: str
    aliases: tuple[str, ...] = ()
    kind: BodyKind = "other"
    legal: bool = False
    reference: str | None = None
    international: bool = False
