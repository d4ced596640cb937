"""A text under cleaning: edits, what was found while editing, and the one function that applies edits."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.base import MappedText, Sourced


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace text[start:end]; with no replacement it is taken out, with start == end something is put in."""

    start: int
    end: int
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class Find:
    """A piece of metadata at text[start:end]: a caption, a date of publication, an agency."""

    kind: str
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step wants: edits that do not overlap, and finds; offsets of the text the step was given."""

    edits: Sequence[Edit] = ()
    finds: Sequence[Find] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """The text as the steps so far left it, their finds, and the source spans they took out or rewrote."""

    mapped: MappedText
    finds: tuple[tuple[str, Sourced], ...] = ()
    removed: tuple[tuple[str, int, int], ...] = ()

    @property
    def text(self) -> str:
        """The text at this stage."""
        return self.mapped.text

    def first(self, *kinds: str) -> Sourced | None:
        """The first find of the first kind that has any."""
        for kind in kinds:
            for found, sourced in self.finds:
                if found == kind:
                    return sourced
        return None

    def after(self, name: str, outcome: Outcome) -> Draft:
        """The draft with the outcome of the step of that name applied."""
        if not outcome.edits and not outcome.finds:
            return self
        located = ((f, self.mapped.to_source(f.start, f.end)) for f in outcome.finds)
        finds = tuple((f.kind, Sourced(f.value, *source)) for f, source in located)
        edits = sorted(outcome.edits, key=lambda e: (e.start, e.end))
        removed = tuple((name, *self.mapped.to_source(e.start, e.end)) for e in edits)
        return replace(
            self,
            mapped=apply(self.mapped, edits),
            finds=self.finds + finds,
            removed=self.removed + removed,
        )


#: A step reads the draft and says what to change.
Step = Callable[[Draft], Outcome]


def apply(mapped: MappedText, edits: Sequence[Edit]) -> MappedText:
    """The text with edits applied; characters of a replacement stand for all the source its edit covered.

    Args:
        mapped: the text.
        edits: in text order.

    Raises:
        ValueError: two edits overlap.
    """
    if not edits:
        return mapped
    text, starts, ends, at = [], array("q"), array("q"), 0
    for edit in edits:
        if edit.start < at:
            raise ValueError(f"edits overlap at {edit.start}")
        text += [mapped.text[at : edit.start], edit.replacement]
        source_start, source_end = mapped.to_source(edit.start, edit.end)
        starts += mapped.starts[at : edit.start] + array("q", [source_start]) * len(edit.replacement)
        ends += mapped.ends[at : edit.start] + array("q", [source_end]) * len(edit.replacement)
        at = edit.end
    text.append(mapped.text[at:])
    return MappedText("".join(text), starts + mapped.starts[at:], ends + mapped.ends[at:])


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the draft, without the break after it."""

    start: int
    end: int
    text: str

    def gone(self, draft: Draft) -> Edit:
        """The edit that takes the line out together with its break."""
        after = self.end
        while after < len(draft.text) and draft.text[after] == "\n":
            after += 1
        return Edit(self.start, after)


def lines(draft: Draft) -> Iterator[Line]:
    """The paragraphs of a text, in order, blank ones left out."""
    at = 0
    for piece in draft.text.split("\n"):
        if piece.strip():
            yield Line(at, at + len(piece), piece)
        at += len(piece) + 1
