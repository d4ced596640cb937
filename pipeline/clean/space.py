"""Control characters, hard-wrapped lines, white space, and the space missing between sentences."""

from __future__ import annotations

import re
from itertools import takewhile

from pipeline.clean.draft import Draft, Edit, Outcome

_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s{2,}|[^\S ]")
_PROSE_LINE = re.compile(r"[a-z\d(\"“‘']")
_BULLET = re.compile(r"[-•*–>▸+·]")
_JOINED = re.compile(r"(?<=[a-z]{2}|\d\d)[.!?][)”’]?(?=[A-Z“‘][a-z]|[AI] [a-z])")
_ADDRESS = re.compile(r"www\.|://|@")

#: Stands between two paragraphs of a cleaned text.
PARAGRAPH_BREAK = "\n\n"

#: Wrapped lines of agency wires are 60 to 72 characters long; headings are shorter, paragraphs longer.
WRAPPED = range(40, 91)


def control_characters(draft: Draft) -> Outcome:
    """Line breaks of every kind become newlines; what cannot be seen goes; lone surrogates become U+FFFD."""
    edits = [Edit(m.start(), m.end(), "\n") for m in _LINE_BREAKS.finditer(draft.text)]
    edits += [Edit(m.start(), m.end()) for m in _INVISIBLE.finditer(draft.text)]
    edits += [Edit(m.start(), m.end(), "\ufffd") for m in _SURROGATES.finditer(draft.text)]
    return Outcome(edits)


def wrapped_lines(draft: Draft) -> Outcome:
    """Joins the lines of paragraphs that were wrapped at a fixed width; an indented line begins a new one."""
    edits: list[Edit] = []
    block: list[tuple[int, str]] = []
    at = 0
    for line in [*draft.text.split("\n"), ""]:
        if line.strip():
            block.append((at, line))
        else:
            edits += _joins(block)
            block = []
        at += len(line) + 1
    return Outcome(edits)


def _joins(block: list[tuple[int, str]]) -> list[Edit]:
    """The newlines within a block of lines, as edits, if it is wrapped prose."""
    lengths = sorted(len(line.rstrip()) for _, line in block[:-1])
    if len(lengths) < 2 or lengths[len(lengths) // 4] not in WRAPPED or lengths[-1] not in WRAPPED:
        return []
    following = [(at, line) for at, line in block[1:] if not line[0].isspace() and not _BULLET.match(line)]
    prose = sum(1 for _, line in following if _PROSE_LINE.match(line))
    return [Edit(at - 1, at, " ") for at, _ in following] if prose * 2 > len(following) else []


def white_space(draft: Draft) -> Outcome:
    """One blank line between paragraphs, one space between words, none at the ends."""
    text = draft.text
    first = len(text) - len(text.lstrip())
    last = max(len(text.rstrip()), first)
    edits = [Edit(0, first)] if first else []
    for run in _SPACES.finditer(text, first, last):
        wanted = PARAGRAPH_BREAK if "\n" in run.group() else " "
        if run.group() != wanted:
            same = takewhile(lambda pair: pair[0] == pair[1], zip(run.group(), wanted, strict=False))
            kept = sum(1 for _ in same)
            edits.append(Edit(run.start() + kept, run.end(), wanted[kept:]))
    return Outcome([*edits, Edit(last, len(text))] if last < len(text) else edits)


def sentence_spacing(draft: Draft) -> Outcome:
    """Puts a space between a full stop and a sentence that begins right after it; leaves addresses alone."""
    gaps = (m.end() for m in _JOINED.finditer(draft.text))
    return Outcome([Edit(g, g, " ") for g in gaps if not _in_address(draft.text, g)])


def _in_address(text: str, at: int) -> bool:
    """Whether a place in the text lies within a web or mail address."""
    left, right = text[max(0, at - 80) : at].split()[-1:], text[at : at + 80].split()[:1]
    return bool(_ADDRESS.search("".join(left + right)))
