"""Picture captions and credits: taken out of the running text and kept. Marks are data, in captions.jsonl."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from pydantic import field_validator

from pipeline.clean import agencies
from pipeline.clean.draft import Draft, Edit, Find, Line, Outcome, lines
from pipeline.clean.sentences import starts
from pipeline.data import Row, load_rows

Kind = Literal["credit", "inside", "label", "inner_label", "opening", "cue"]

#: The longest caption in the development articles has 52 words.
LONGEST_WORDS = 70
LONGEST_CHARACTERS = 500
#: Fewer words than these standing twice may be a refrain ("Thank you.").
FEWEST_DOUBLED = 4
#: A longer line that stands twice is as likely a quotation set in large letters.
LONGEST_PLAIN = 20


class Mark(Row):
    """A sign of a caption: the credit it ends with, its opening words, or a cue within it."""

    kind: Kind
    pattern: str
    ignore_case: bool = False

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        pattern = pattern.replace("%agency%", agencies.pattern())
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"no regular expression: {error}") from error
        return pattern


@cache
def _marks(kind: Kind) -> tuple[re.Pattern[str], ...]:
    ending = r"\s*\.?\s*\Z" if kind == "credit" else ""
    rows = (row for row in load_rows("pipeline.clean", "captions.jsonl", Mark) if row.kind == kind)
    return tuple(re.compile(f"(?:{r.pattern}){ending}", re.IGNORECASE * r.ignore_case) for r in rows)


def is_caption(text: str) -> bool:
    """Whether a paragraph is a caption: short, with a credit at its end, an opening, or a cue."""
    if len(text) > LONGEST_CHARACTERS or text.count(" ") >= LONGEST_WORDS:
        return False
    tail = text[-120:]
    if any(p.search(tail) for p in _marks("credit")):
        return len(starts(text)) <= 2
    if _is_labelled(text):
        return len(starts(text)) <= 3
    if any(p.match(text) for p in _marks("opening")):
        return len(starts(text)) == 1
    return text[-1] not in '.!?"”' and any(p.search(text) for p in _marks("cue"))


def caption_lines(draft: Draft) -> Outcome:
    """Paragraphs that are captions by credit, opening or cue; "X. /Agency X. /Agency" counts once."""
    edits, finds = [], []
    for line in lines(draft):
        once = _halved(line.text)
        if is_caption(once):
            edits.append(line.gone(draft))
            finds.append(Find("caption", line.start, line.start + len(once), once))
    return Outcome(edits, finds)


def _is_labelled(text: str) -> bool:
    """Whether a text begins with a caption's label ("Photo: ")."""
    return any(p.match(text) for p in _marks("label"))


def closing_captions(draft: Draft) -> Outcome:
    """A caption that ends a paragraph: from its label on, or a last sentence that tells of a picture."""
    edits, finds = [], []
    last = Line(0, 0, "")
    for line in lines(draft):
        last = line
        for match in _marks("inner_label")[0].finditer(line.text):
            text = line.text[match.start() :]
            if text.count(" ") < LONGEST_WORDS:
                edits.append(Edit(line.start + match.start(), line.end))
                finds.append(Find("caption", line.start + match.start(), line.end, text))
                break
    tail = max(last.start, last.end - LONGEST_CHARACTERS)
    final = tail + (starts(draft.text[tail : last.end]) or [0])[-1]
    text = draft.text[final : last.end]
    told = final > tail and text.count(" ") < LONGEST_WORDS and any(p.match(text) for p in _marks("opening"))
    if told and not (edits and edits[-1].end > final):
        edits.append(Edit(final, last.end))
        finds.append(Find("caption", final, last.end, text))
    return Outcome(edits, finds)


def _halved(text: str) -> str:
    """The first half of a text that says the same thing twice, else the text."""
    half = len(text) // 2
    first, second = text[:half].strip(), text[half:].strip()
    return first if first == second and first.count(" ") + 1 >= FEWEST_DOUBLED else text


def doubled_lines(draft: Draft) -> Outcome:
    """Lines that stand twice in a row, or say themselves twice: a picture's text and its caption.

    Taken for captions when short and without a full stop; of others, and of headings, one stays.
    """
    edits: list[Edit] = []
    finds: list[Find] = []
    title = draft.first("title")
    before = Line(0, 0, "")
    for line in lines(draft):
        once = _halved(line.text)
        twice = once is not line.text
        if twice or (before.text == line.text and line.text.count(" ") + 1 >= FEWEST_DOUBLED):
            if _is_plain_caption(once, title.value if title else ""):
                edits += [line.gone(draft)] if twice else [before.gone(draft), line.gone(draft)]
                finds.append(Find("caption", line.start, line.start + len(once), once))
                before = Line(0, 0, "")
                continue
            edits.append(Edit(line.start + len(once), line.end) if twice else line.gone(draft))
        before = line
    return Outcome(edits, finds)


def _is_plain_caption(text: str, title: str) -> bool:
    """Whether a doubled line without credit is a caption rather than a heading, a quotation, the title."""
    words = text.split()
    told = sum(1 for word in words if word in title)
    return (
        len(words) <= LONGEST_PLAIN
        and text[0] not in '"“‘'
        and text[-1] not in '.!?”"'
        and told * 2 < len(words)
    )


def captions_in_text(draft: Draft) -> Outcome:
    """Captions within a paragraph: the sentence before a credit in brackets."""
    edits: list[Edit] = []
    finds: list[Find] = []
    for line in lines(draft):
        sentence_starts: list[int] | None = None
        for credit in _credits(line.text):
            sentence_starts = sentence_starts or starts(line.text)
            limit = len(line.text[: credit.start()].rstrip(' ."”’'))
            start = max((s for s in sentence_starts if s < limit), default=0)
            begin = line.start + start
            if credit.end() - start <= LONGEST_CHARACTERS and not (edits and begin < edits[-1].end):
                caption = line.text[start : credit.end()]
                edits.append(Edit(begin, line.start + credit.end()))
                finds.append(Find("caption", begin, line.start + credit.end(), caption))
    return Outcome(edits, finds)


def _credits(text: str) -> Iterator[re.Match[str]]:
    found = [m for p in _marks("inside") for m in p.finditer(text)]
    yield from sorted(found, key=lambda m: m.span())
