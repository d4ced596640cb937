"""Control characters, hard-wrapped lines, white space, and the space missing between sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile

from pipeline.clean.draft import Draft, Edit, Outcome

_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+"
)
#: 4,000 "(" took the tokeniser a second, 20,000 twenty; the longest run in the development articles has 49.
_ENDLESS = re.compile(
    "[^\\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]{500,}"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s{2,}|[^\S ]")
_PROSE_LINE = re.compile(r"[a-z\d(\"“‘']")
_BULLET = re.compile(r"[-•*–>▸+·]")
_JOINED = re.compile(r"(?<=[a-z]{2}|\d\d)[.!?][)”’]?(?=[A-Z“‘][a-z]|[AI] [a-z])")
_ADDRESS = re.compile(r"www\.|://|@")

_GOES_ON = re.compile(r"[\w,’')\-–]$")
_CUT_WORD = re.compile(r"[a-z]-$")
_SENTENCE_END = re.compile(r"[.!?][”\"’)]?$")
# a blank line within a sentence, as page breaks and advertisements leave them
_CUT_PARAGRAPH = re.compile(
    r"(?<=[a-z ][a-z ][a-z ][a-z][a-z,])[ \t]*\n[ \t]*\n\s*(?!date )(?=[a-z]{2,}[ ,][a-z])"
)
_COLUMN = 0.3  # of a narrow column's line breaks more than a third go on in small letters; of a list's none
_LEAST_CUT = 4  # line breaks within sentences before a whole text counts as wrapped
_SHORT_OF = 0.7  # a sentence that ends this far before the margin ends its paragraph

_LOOSE = re.compile(r"(?<=\w) [,.](?= |$)", re.MULTILINE)
_TIGHT = re.compile(r"(?<=\w)[,.](?= |$)", re.MULTILINE)
_LEAST_LOOSE = 3
_LOOSE_SPACE = re.compile(
    r"(?<=[\w)”'\"]) (?=[,.;:!?)](?:\s|$))|(?<=[(]) (?=\w)|(?<=\w) (?='s\b|’s\b|n't\b)", re.MULTILINE
)
_QUOTES = re.compile(r"`` ?| ?''")

#: A run of lines with their offsets; a line break: the line before, the offset and text of the next.
Block = list[tuple[int, str]]
Break = tuple[str, int, str]

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


def endless_runs(draft: Draft) -> Outcome:
    """Takes out what goes on without a space for longer than any word or address: pictures as text, dots.

    It says nothing to a reader, and the tokeniser's time grows with the square of its length. Scripts that
    have no spaces between words are left alone.
    """
    return Outcome([Edit(m.start(), m.end()) for m in _ENDLESS.finditer(draft.text)])


def wrapped_lines(draft: Draft) -> Outcome:
    """Joins the lines of paragraphs that were wrapped at a fixed width; an indented line begins a new one."""
    blocks = list(_blocks(draft.text))
    margin = _margin(blocks)
    edits = [edit for block in blocks for edit in _joins(block, margin)]
    edits += [Edit(m.start(), m.end(), " ") for m in _CUT_PARAGRAPH.finditer(draft.text)]
    return Outcome(sorted(edits, key=lambda e: e.start))


def _blocks(text: str) -> Iterator[Block]:
    """The runs of lines that no blank line parts."""
    block: Block = []
    at = 0
    for line in [*text.split("\n"), ""]:
        if line.strip():
            block.append((at, line))
        elif block:
            yield block
            block = []
        at += len(line) + 1


def _breaks(block: Block) -> list[Break]:
    """The line breaks of a block that a wrap may have made: no bullet and no indented line follows."""
    pairs = [(one.rstrip(), at, other) for (_, one), (at, other) in pairwise(block)]
    return [
        (one, at, other) for one, at, other in pairs if not other[0].isspace() and not _BULLET.match(other)
    ]


def _margin(blocks: Iterable[Block]) -> int:
    """The length from which on a line is full, in a text that is wrapped throughout; else 0.

    One paragraph alone may have too few breaks to tell; the text as a whole has many that cut sentences.
    """
    breaks = [found for block in blocks for found in _breaks(block)]
    cut = [len(one) for one, _, other in breaks if _cuts_sentence(one, other)]
    if len(cut) < max(_LEAST_CUT, len(breaks) * _COLUMN):
        return 0
    return round(_SHORT_OF * max(cut))


def _joins(block: Block, margin: int) -> list[Edit]:
    """The newlines within a block of lines, as edits, where they cut a sentence."""
    breaks = _breaks(block)
    if not (_fixed_width([line for _, line in block]) and _mostly_prose(breaks)):
        cut = [_cuts_sentence(one, other) for one, _, other in breaks]
        column = sum(cut) >= max(2, len(breaks) * _COLUMN)
        short = _SHORT_OF * max((len(one) for one, *_ in breaks), default=0)
        breaks = [
            (one, at, other)
            for (one, at, other), within in zip(breaks, cut, strict=True)
            if (within and (_CUT_WORD.search(one) or _by_itself(one, at, other)))
            or (
                column
                and not (_SENTENCE_END.search(one) and len(one) < short)
                and not other.startswith("date ")
            )
            or _full(one, other, margin)
        ]
    return [_join(one, at, other) for one, at, other in breaks]


def _full(one: str, other: str, margin: int) -> bool:
    """Whether a line of a text that is wrapped throughout reaches its margin and no farther."""
    return bool(margin) and margin <= len(one) <= margin / _SHORT_OF and not other.startswith("date ")


def _fixed_width(block: list[str]) -> bool:
    lengths = sorted(len(line.rstrip()) for line in block[:-1])
    return len(lengths) >= 2 and lengths[len(lengths) // 4] in WRAPPED and lengths[-1] in WRAPPED


def _mostly_prose(breaks: list[tuple[str, int, str]]) -> bool:
    return sum(1 for *_, other in breaks if _PROSE_LINE.match(other)) * 2 > len(breaks)


def _cuts_sentence(one: str, other: str) -> bool:
    """Whether a line break lies within a sentence: nothing ends before it, small letters follow."""
    return bool(_GOES_ON.search(one)) and (other[0].islower() or (other[0].isdigit() and one[-1].islower()))


def _by_itself(one: str, at: int, other: str) -> bool:
    """Whether a cut is sure without a column around it: a long line of the running text, not the title."""
    return len(one) >= WRAPPED.start and at > len(one) + 1 and not other.startswith("date ")


def _join(one: str, at: int, other: str) -> Edit:
    """A line break as a space; as nothing, with its hyphen, where it cuts a word ("Nai-/robi")."""
    if _CUT_WORD.search(one) and other[0].islower():
        return Edit(at - 2, at)
    return Edit(at - 1, at, " ")


def tokenised(draft: Draft) -> Outcome:
    """Takes back the spaces of a text split into tokens ("in 1998 . The minister 's team ( of 3 )")."""
    loose, tight = len(_LOOSE.findall(draft.text)), len(_TIGHT.findall(draft.text))
    if loose < _LEAST_LOOSE or loose <= tight:
        return Outcome([])
    edits = [Edit(m.start(), m.end()) for m in _LOOSE_SPACE.finditer(draft.text)]
    edits += [
        Edit(m.start(), m.end(), "“" if m.group().startswith("`") else "”")
        for m in _QUOTES.finditer(draft.text)
    ]
    return Outcome(sorted(edits, key=lambda e: e.start))


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
