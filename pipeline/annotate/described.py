"""Descriptions that stand for a gathering's name: numbered ("its 42nd session"), definite ("the summit")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.annotate.name_growth import HeadRow, NameGrower, Word
from pipeline.base import Mention
from pipeline.entities import GatheringName

_NO_MODIFIER = frozenset(
    {"as", "of", "in", "for", "to", "and", "or", "with", "at", "on", "by", "from", "a", "an", "is", "was"}
)
_COUNTED_ANYWAY = ("meeting", "dialogue", "ministerial")  # "their third meeting" rarely is an edition
_SERIES_FROM = 4  # from the fourth on, a number rather tells a series
_TITLE, _LONG, _CASED = 2, 4, 0.7  # a title has two words of four letters; most of them bear a capital
_NOT_REFERRED_TO = ("of", "between", "room", "hall", "table")
_JOINED = 5  # words up to the second head noun of "48th annual conference and [general] meeting of X"


class Describer:
    """Words around a head noun -> the mention of a gathering that they describe, if they do."""

    def __init__(self, heads: Mapping[str, HeadRow], grow: NameGrower) -> None:
        self._heads = heads
        self._plurals = frozenset(word for row in heads.values() for word in row.plurals)
        self._grow = grow
        self._common = grow.classes["common_body"]
        entitled = (w for row in heads.values() if row.kind != "expo" for w in row.words)  # no museum's shows
        nouns = "|".join(sorted(entitled, key=len, reverse=True))
        self._titled = re.compile(
            rf"\b(?P<head>{nouns})(?:,? (?:entitled|titled|called|named|dubbed)|,)? "
            r"[\"“‘](?P<title>[^\"“”]{8,150})[\"”’]"
        )

    def __call__(self, text: str, words: Sequence[Word], at: int, head: HeadRow) -> Iterator[Mention]:
        """The numbered description whose head noun stands at an index, else the definite one."""
        if words[at].lower in self._plurals:
            return
        mention = (
            _dated(text, words, at, head)
            or self._on_a_topic(text, words, at, head)
            or self._numbered(text, words, at, head)
            or _reference(words, at, head)
        )
        if mention is not None:
            yield mention

    def titled(self, text: str) -> Iterator[Mention]:
        """A title in quotation marks behind a head noun: a webinar titled "Ports and Power"."""
        for match in self._titled.finditer(text):
            start, end = match.span("title")
            words = [w for w in re.findall(r"[^\W\d_][\w'’-]*", match["title"]) if len(w) >= _LONG]
            if len(words) >= _TITLE and sum(w[0].isupper() for w in words) >= _CASED * len(words):
                kind = self._heads[match["head"].lower()].kind
                name = match["title"].strip(" ,.")
                value = GatheringName(name, kind, words=frozenset(w.lower() for w in words))
                yield Mention("gathering", start, end, "gathering/titled", value)

    def _on_a_topic(self, text: str, words: Sequence[Word], at: int, head: HeadRow) -> Mention | None:
        """ "A symposium [on salt water] was held in Tehran": a name in small letters, by its topic."""
        if not head.bare:
            return None
        last = self._grow.topic(words, at)
        if last == at or words[at].capital:
            return None
        start, end = words[at].start, words[last].end
        content = frozenset(w.lower for w in words[at + 2 : last + 1]) - self._grow.classes["connector_right"]
        name = GatheringName(text[start:end], head.kind, words=content)
        return Mention("gathering", start, end, "gathering/on_a_topic", name)

    def _numbered(self, text: str, words: Sequence[Word], at: int, head: HeadRow) -> Mention | None:
        """A number and a head noun ("its 42nd ordinary session"), which a body named nearby completes."""
        first = next((i for i in range(at - 1, max(-1, at - 4), -1) if words[i].edition is not None), None)
        if first is None or any(not w.text[0].isalpha() for w in words[first + 1 : at]):
            return None
        number = words[first].edition or 0
        counted = words[first].text[0].isdigit() or words[at].capital or number >= _SERIES_FROM
        if not counted and head.kind in _COUNTED_ANYWAY:
            return None
        last = self._last(words, at)
        start, end = words[first].start, words[last].end
        tail = self._grow.shared_tail(text, words, last)
        name = GatheringName(f"{text[start:end]} {tail}".strip(), head.kind, edition=number)
        rule = head.id if tail else "numbered"  # with its tail it is a name of its own
        return Mention("gathering", start, end, f"gathering/{rule}", name)

    def _last(self, words: Sequence[Word], at: int) -> int:
        """The last word of a numbered description: "... session [of the regional bloc]",
        "... conference [and general meeting of the Association of X]".
        """
        following = [w.lower for w in words[at + 1 : at + 2 + _JOINED]]
        if following[:2] in (["of", "the"], ["of", "its"]):
            nouns = [i for i, word in enumerate(following[2:5], start=at + 3) if word in self._common]
            return nouns[0] if nouns else at
        if following[:1] == ["and"]:
            for i, word in enumerate(following[1:], start=at + 2):
                if words[i].edition is not None:
                    return at
                if word in self._heads and i + 1 < len(words) and words[i + 1].lower == "of":
                    return self._grow.rightmost(words, i)
        return at


def _dated(text: str, words: Sequence[Word], at: int, head: HeadRow) -> Mention | None:
    """ "At the [2008 summit in Bucharest]": by year and city, for want of another name."""
    if not head.bare or at == 0 or not words[at - 1].year or at + 2 >= len(words):
        return None
    if words[at + 1].lower != "in" or not words[at + 2].capital:
        return None
    start, end = words[at - 1].start, words[at + 2].end
    place = frozenset({words[at + 2].lower})
    name = GatheringName(text[start:end], head.kind, year=int(words[at - 1].text), words=place)
    return Mention("gathering", start, end, "gathering/dated", name)


def _reference(words: Sequence[Word], at: int, head: HeadRow) -> Mention | None:
    """A definite description: "the summit", "this two-day regional conference"."""
    following = words[at + 1].lower if at + 1 < len(words) else ""
    if not head.reference or following in _NOT_REFERRED_TO:
        return None
    edition = None
    for back in range(at - 1, max(-1, at - 5), -1):
        word = words[back]
        edition = edition or word.edition
        if word.lower in ("the", "this", "that"):
            name = GatheringName(words[at].lower, head.kind, edition, reference=True)
            return Mention("gathering_reference", word.start, words[at].end, "gathering/reference", name)
        if word.text[0].isupper() or not word.text[0].isalnum() or word.lower in _NO_MODIFIER:
            return None
    return None
