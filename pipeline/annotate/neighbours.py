"""Which country the text puts beside a city."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from pipeline.base import Mention

NAME = r"\b[A-ZÀ-Ž][\w'-]{1,30}(?: (?:de |del |la |el |al-|do |di )?[A-ZÀ-Ž][\w'-]{1,30}){0,2}"
PROVINCE = (
    r"(?:[Pp]rovince|[Pp]refecture|[Gg]overnorate|[Oo]blast|[Mm]unicipality"
    r"|(?:[Ss]pecial )?[Aa]utonomous [Rr]egion)"
)
_SIDE = r"(?:the )?(?:(?:(?:north|south)(?:-?east|-?west)?(?:ern)?|(?:east|west)(?:ern)?|central|coastal) )?"
# Between city and country: ", ", " (", " in northwestern ", ", Jiangsu Province, ", ", a port city in ".
_BETWEEN = re.compile(
    rf", (?:{_SIDE}{NAME}(?: {PROVINCE})?, )?{_SIDE}| \(|,? in {_SIDE}"
    rf"|, (?:a|an|the) (?:[a-z-]{{2,20}} ){{0,3}}(?:city|town|resort|capital|port) (?:in|of|on) {_SIDE}"
)
_CITY_BEFORE = re.compile(r" (?:city|town|capital|port|resort|island)(?: of)? $")
_REACH = 60  # characters in which a city's country is looked for


class Neighbours:
    """The countries and nationalities of a text, to be looked up beside a place."""

    def __init__(self, text: str, mentions: Iterable[Mention]) -> None:
        self._text = text
        self._mentions = list(mentions)
        self._starts = [m.start for m in self._mentions]

    def country(self, start: int, end: int, own: str | None) -> str | None:
        """The country named right after a city: "Busan, South Korea".

        For a city known to lie in the country `own`, another country must end its phrase to be taken.
        """
        index = bisect_left(self._starts, end)
        for mention in self._mentions[index : index + 2]:
            if mention.label == "country" and mention.start - end <= _REACH:
                close = _BETWEEN.fullmatch(self._text, end, mention.start)
                if close and (mention.value == own or self._closes(mention.end)):
                    return str(mention.value)
        return None

    def placing(self, start: int, end: int, own: str) -> str | None:
        """The country by which the text places a city known to lie in `own`; none for a city-state."""
        beside = self.country(start, end, own) if self.free(start, end) else None
        return beside or self.owner(start, own)

    def owner(self, start: int, own: str) -> str | None:
        """The country before its city: "China's Xi'an", "the Iranian city of Isfahan"."""
        index = bisect_left(self._starts, start) - 1
        if index < 0 or self._mentions[index].value != own:
            return None
        between = self._text[self._mentions[index].end : start]
        return (
            own if between in ("'s ", "' ") or (_CITY_BEFORE.search(between) and _clause(between)) else None
        )

    def _closes(self, end: int) -> bool:
        """Whether a country's name ends its phrase: no owner, no subject."""
        return not self._text.startswith(
            ("'s ", "' ", " said", " has", " have", " is ", " was ", " will "), end
        )

    def before(self, start: int) -> str | None:
        """The country or nationality in the same phrase before "city of"."""
        index = bisect_left(self._starts, start)
        for mention in reversed(self._mentions[max(0, index - 1) : index]):
            between = self._text[mention.end : start]
            if len(between) <= _REACH // 2 and _clause(between):
                return str(mention.value)
        return None

    def free(self, start: int, end: int) -> bool:
        """Whether no country stands within the span."""
        index = bisect_left(self._starts, start)
        return index == len(self._starts) or self._starts[index] >= end


def _clause(text: str) -> bool:
    """Whether a text has no mark that ends a phrase."""
    return not any(mark in text for mark in ",.;:()\n")
