"""Page furniture: what a page shows around its article. The patterns are data, in furniture.jsonl."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal

from pydantic import field_validator

from pipeline.clean import agencies
from pipeline.clean.dates import DATE, DAY, TIME, to_edtf
from pipeline.clean.draft import Draft, Edit, Find, Line, Outcome, lines
from pipeline.data import Row, load_rows

Scope = Literal["head", "kicker", "line", "start", "anywhere", "end", "cut"]

#: A line longer than this is running text, whatever it begins with.
LONGEST_LINE = 240
#: The lines of a page's head that stand above its first paragraph: at most 9 in the pages looked at.
LONGEST_HEAD = 14
#: The end of a text in which sign-offs are sought.
TAIL = 320

#: Kinds of finds of which the value is a date.
DATES = ("published", "updated", "print_date")

#: Kinds of finds that a pattern may have as a group; "published_us" has the month first.
KINDS = {*DATES, "published_us", "masthead", "source", "licensor", "agency", "print_place"}

_MACROS = {"%agency%": agencies.pattern(), "%date%": DATE, "%day%": DAY, "%time%": TIME}
_SENTENCE_END = re.compile(r"[.!?:;][\"”’')\]]*$")


class Furniture(Row):
    """A pattern for furniture; its named groups are finds (source, published, ...) that are kept.

    Scope: "head" a whole line above the first paragraph, "kicker" the same with a title to follow, "line" a
    whole line anywhere, "start" the first words of the text, "end" the last, "anywhere" words within a line,
    "cut" a heading that goes together with the headlines below it.
    """

    scope: Scope
    pattern: str
    ignore_case: bool = False

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        for macro, regex in _MACROS.items():
            pattern = pattern.replace(macro, regex)
        try:
            groups = re.compile(pattern).groupindex
        except re.error as error:
            raise ValueError(f"no regular expression: {error}") from error
        if unknown := set(groups) - KINDS:
            raise ValueError(f"groups that nobody reads: {', '.join(sorted(unknown))}")
        return pattern


@cache
def _patterns(scope: Scope) -> tuple[re.Pattern[str], ...]:
    rows = load_rows("pipeline.clean", "furniture.jsonl", Furniture)
    return tuple(re.compile(r.pattern, re.IGNORECASE * r.ignore_case) for r in rows if r.scope == scope)


def is_running_text(line: str) -> bool:
    """Whether a line reads like a paragraph of the article: long, or a sentence with its full stop."""
    words = line.count(" ") + 1
    return words > 30 or (words >= 10 and bool(_SENTENCE_END.search(line)))


def head_lines(draft: Draft) -> list[Line]:
    """The lines above the first paragraph of running text."""
    head: list[Line] = []
    for line in lines(draft):
        if is_running_text(line.text) or len(head) == LONGEST_HEAD:
            break
        head.append(line)
    return head


def page_head(draft: Draft) -> Outcome:
    """Mastheads, breadcrumbs, bylines, dates of publication: lines above the article."""
    return _whole_lines(draft, head_lines(draft), "head")


def kickers(draft: Draft) -> Outcome:
    """Names of desks and sections above the title."""
    return _whole_lines(draft, head_lines(draft)[:1], "kicker") if len(head_lines(draft)) > 1 else Outcome()


def furniture_lines(draft: Draft) -> Outcome:
    """Share bars, licence notes, page numbers, and headings with the foreign headlines below them."""
    whole = _whole_lines(draft, lines(draft), "line")
    return Outcome([*whole.edits, *_cuts(draft, {e.start for e in whole.edits})], whole.finds)


def _whole_lines(draft: Draft, candidates: Iterable[Line], scope: Scope) -> Outcome:
    edits: list[Edit] = []
    finds: list[Find] = []
    for line in candidates:
        if len(line.text) > LONGEST_LINE:
            continue
        match = next((m for p in _patterns(scope) if (m := p.fullmatch(line.text))), None)
        if match:
            edits.append(line.gone(draft))
            finds += _finds(match, line.start)
    return Outcome(edits, finds)


def _cuts(draft: Draft, gone: set[int]) -> Iterator[Edit]:
    cutting = False
    for line in lines(draft):
        if len(line.text) <= LONGEST_LINE and any(p.fullmatch(line.text) for p in _patterns("cut")):
            cutting = True
        elif is_running_text(line.text):
            cutting = False
        if cutting and line.start not in gone:
            yield line.gone(draft)


def furniture_in_text(draft: Draft) -> Outcome:
    """Scripts, notes in brackets and other furniture within or after a paragraph."""
    matches = [m for pattern in _patterns("anywhere") for m in pattern.finditer(draft.text)]
    matches += [m for pattern in _patterns("start") if (m := pattern.match(draft.text))]
    edits: list[Edit] = []
    finds: list[Find] = []
    for match in sorted(matches, key=lambda m: m.span()):
        if not edits or match.start() >= edits[-1].end:
            edits.append(Edit(match.start(), match.end(), " "))
            finds += _finds(match, 0)
    return Outcome(edits, finds)


def sign_offs(draft: Draft) -> Outcome:
    """The words after the last sentence: licence, initials of the desk, source, date of print."""
    end = len(draft.text)
    tail_start = max(0, end - TAIL)
    finds: list[Find] = []
    while match := _last(draft.text[tail_start:end]):
        finds += _finds(match, tail_start)
        end = tail_start + match.start()
    return Outcome([Edit(end, len(draft.text))] if end < len(draft.text) else [], finds)


def _last(tail: str) -> re.Match[str] | None:
    matches = (m for p in _patterns("end") for m in p.finditer(tail) if not tail[m.end() :].strip())
    return next((m for m in matches if m.group().strip()), None)


def _finds(match: re.Match[str], offset: int) -> Iterator[Find]:
    for kind, value in match.groupdict().items():
        if value:
            start, end = match.span(kind)
            normal = value if not kind.startswith(DATES) else _date(kind, value)
            if normal:
                yield Find(kind.removesuffix("_us"), offset + start, offset + end, normal)


def _date(kind: str, value: str) -> str | None:
    return to_edtf(value, month_first=kind.endswith("_us"))
