"""Text that was decoded with the wrong encoding: UTF-8 read as Western by ftfy, GBK read as Western by a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import ftfy

from pipeline.clean.draft import Draft, Edit, Outcome
from pipeline.data import Row, load_rows

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
#: Two characters beyond ASCII in a row, of which UTF-8 mojibake always has some; words are cut at 200 characters.
_SUSPECT = re.compile(r"[^ \t\r\n]{0,200}?[\x80-\u02ff\u2000-\u2fff]{2}[^ \t\r\n]{0,200}")
_RUN = re.compile(r"[^\x00-\x7f]+")


class Misread(Row):
    """Characters that a wrong decoding left, and those that were meant."""

    bad: str
    good: str


@cache
def _misread() -> tuple[dict[str, str], re.Pattern[str]]:
    rows = load_rows("pipeline.clean", "mojibake.jsonl", Misread)
    return {r.bad: r.good for r in rows}, re.compile("|".join(re.escape(r.bad) for r in rows))


def mojibake(draft: Draft) -> Outcome:
    """Puts back the characters that a wrong decoding broke."""
    if not _NOT_ASCII.search(draft.text):
        return Outcome()
    table, pattern = _misread()
    edits = [Edit(m.start(), m.end(), table[m.group()]) for m in pattern.finditer(draft.text)]
    taken = {e.start for e in edits}
    for word in _SUSPECT.finditer(draft.text):
        if not any(at in taken for at in range(word.start(), word.end())):
            edits += _word_edits(word.group(), word.start())
    return Outcome(edits)


def _word_edits(word: str, offset: int) -> Iterator[Edit]:
    """The edits that mend a word: run by run where that gives the same, else over all that differs."""
    mended = ftfy.fix_encoding(word)
    if mended == word:
        return
    runs = [(m.start(), m.end(), ftfy.fix_encoding(m.group())) for m in _RUN.finditer(word)]
    if _RUN.sub(lambda m: ftfy.fix_encoding(m.group()), word) == mended:
        yield from (Edit(offset + s, offset + e, good) for s, e, good in runs if word[s:e] != good)
        return
    start = next((i for i, (a, b) in enumerate(zip(word, mended, strict=False)) if a != b), min(len(word), len(mended)))
    yield Edit(offset + start, offset + len(word), mended[start:])
