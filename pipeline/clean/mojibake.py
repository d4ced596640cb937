"""Text that was decoded wrongly: UTF-8 read as Western is mended by ftfy, GBK read as Western by a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import ftfy

from pipeline.clean.draft import Draft, Edit, Outcome
from pipeline.data import Row, load_rows

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
#: Two characters beyond ASCII in a row, of which UTF-8 mojibake always has some.
_SUSPECT = re.compile(r"[\x80-\u02ff\u2000-\u2fff]{2,}")
#: As much of a word on either side as ftfy may need to judge by.
AROUND = 60
_SPACES = re.compile(r"[ \t\r\n]")
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
    for start, end in _suspect_words(draft.text):
        if not any(at in taken for at in range(start, end)):
            edits += _word_edits(draft.text[start:end], start)
    return Outcome(edits)


def _suspect_words(text: str) -> Iterator[tuple[int, int]]:
    """Spans of words, cut where they are long, that may be UTF-8 read as Western."""
    done = 0
    for match in _SUSPECT.finditer(text):
        if match.start() < done:
            continue
        before = text[max(done, match.start() - AROUND) : match.start()]
        after = _SPACES.search(text, match.end(), match.end() + AROUND)
        start = match.start() - len(_SPACES.split(before)[-1])
        done = after.start() if after else min(match.end() + AROUND, len(text))
        yield start, done


def _word_edits(word: str, offset: int) -> Iterator[Edit]:
    """The edits that mend a word: run by run where that gives the same, else over all that differs."""
    mended = ftfy.fix_encoding(word)
    if mended == word:
        return
    runs = [(m.start(), m.end(), ftfy.fix_encoding(m.group())) for m in _RUN.finditer(word)]
    if _RUN.sub(lambda m: ftfy.fix_encoding(m.group()), word) == mended:
        yield from (Edit(offset + s, offset + e, good) for s, e, good in runs if word[s:e] != good)
        return
    start = next(
        (i for i, (a, b) in enumerate(zip(word, mended, strict=False)) if a != b), min(len(word), len(mended))
    )
    yield Edit(offset + start, offset + len(word), mended[start:])
