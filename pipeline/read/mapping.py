"""Building a text piece by piece, each character with the source characters that it stands for."""

from __future__ import annotations

from array import array

from pipeline.base import MappedText


class Builder:
    """Collects pieces of text in source order and joins them into a `MappedText`."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._starts = array("q")
        self._ends = array("q")

    def __bool__(self) -> bool:
        """Whether anything was added."""
        return bool(self._pieces)

    def copy(self, text: str, start: int) -> None:
        """Add text that stands letter for letter at a place in the source."""
        self._pieces.append(text)
        self._starts.extend(range(start, start + len(text)))
        self._ends.extend(range(start + 1, start + len(text) + 1))

    def stand_for(self, text: str, start: int, end: int) -> None:
        """Add text of which every character stands for the same span of the source (an entity, a break)."""
        self._pieces.append(text)
        self._starts.extend([start] * len(text))
        self._ends.extend([end] * len(text))

    def append(self, mapped: MappedText) -> None:
        """Add a text that is mapped already."""
        self._pieces.append(mapped.text)
        self._starts.extend(mapped.starts)
        self._ends.extend(mapped.ends)

    def build(self) -> MappedText:
        """The text so far."""
        return MappedText("".join(self._pieces), self._starts[:], self._ends[:])


def stripped(mapped: MappedText) -> MappedText:
    """The text without white space at its ends."""
    start = len(mapped.text) - len(mapped.text.lstrip())
    end = max(start, len(mapped.text.rstrip()))
    return MappedText(mapped.text[start:end], mapped.starts[start:end], mapped.ends[start:end])


def joined(parts: list[MappedText]) -> MappedText:
    """Parts as paragraphs of one text; a break stands for nothing, at the end of the part before it."""
    builder = Builder()
    for number, part in enumerate(parts):
        if number:
            at = parts[number - 1].ends[-1]
            builder.stand_for("\n\n", at, at)
        builder.append(part)
    return builder.build()
