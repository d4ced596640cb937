"""Normal forms of named things: what a mention of a gathering or a body stands for. Imports no stage."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GatheringName:
    """A name of a gathering, read.

    `name` is the text without article and bracketed acronym, `kind` the contract's kind, `edition` and `year`
    what the name itself says, `words` its lower-case content words without ordinal, year and head noun.
    `reference` marks a definite description ("the three-day summit") that stands for a name told elsewhere.
    """

    name: str
    kind: str
    edition: int | None = None
    year: int | None = None
    acronyms: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    reference: bool = False
