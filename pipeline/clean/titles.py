"""The title: the first line of the page that is no furniture."""

from __future__ import annotations

import re
from functools import cache

from pipeline.clean.dateline import find_dateline
from pipeline.clean.draft import Draft, Edit, Find, Line, Outcome, lines
from pipeline.clean.space import PARAGRAPH_BREAK
from pipeline.data import Row, load_rows

#: The longest title in the development articles has 24 words.
LONGEST_WORDS = 30
LONGEST_CHARACTERS = 240
FEWEST_WORDS = 4
#: Lines among which a title repeats itself: title, cut title, full title.
REPEATS_WITHIN = 3

_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)$")


def title(draft: Draft) -> Outcome:
    """Finds the title, in the page's metadata or as its first line, and takes out its repetitions."""
    known = draft.first("title")
    head = [line for line, _ in zip(lines(draft), range(REPEATS_WITHIN), strict=False)]
    if known:
        places = {line: draft.mapped.to_source(line.start, line.end)[0] for line in head}
        same = [line for line in head if places[line] != known.start and _says(line.text, known.value)]
        return Outcome([line.gone(draft) for line in same])
    if not head or not is_title(head[0].text):
        return Outcome()
    full = _full_title(head)
    same = [line for line in head if line is not full and _says(line.text, full.text)]
    return Outcome([line.gone(draft) for line in same], [Find("title", full.start, full.end, full.text)])


def is_title(text: str) -> bool:
    """Whether a first line is a title: short, no full stop at its end, no dateline at its start."""
    words = text.count(" ") + 1
    sentence = words >= 8 and text.endswith(".") and not text.endswith("...")
    return words <= LONGEST_WORDS and not sentence and text[-1] not in ",;" and find_dateline(text) is None


def _full_title(head: list[Line]) -> Line:
    """The first line, or the one below it that gives the title a page cut short ("Ministers agree to…")."""
    cut = _ELLIPSIS.sub("", head[0].text)
    longer = (
        line for line in head[1:] if cut != head[0].text and line.text.startswith(cut) and is_title(line.text)
    )
    return next(longer, head[0])


def _says(line: str, title: str) -> bool:
    """Whether a line is the title once more, whole or cut short."""
    cut = _ELLIPSIS.sub("", line)
    return line == title or (cut != line and title.startswith(cut))


def joined_title(draft: Draft) -> Outcome:
    """Parts a title from what follows it on its line: a dateline, or a sentence with a small first word."""
    first = next(lines(draft), None)
    if first is None or draft.first("title") or is_title(first.text):
        return Outcome()
    found = find_dateline(first.text, anywhere=True)
    at = found.start if found else _sentence_after_title(first.text)
    if at == 0 or not is_title(first.text[:at].strip()):
        return Outcome()
    return Outcome([Edit(first.start + at, first.start + at, PARAGRAPH_BREAK)])


def _sentence_after_title(text: str) -> int:
    """Where a sentence begins after a title in lower case without a full stop; 0 if that cannot be told."""
    for match in _starters().finditer(text[:LONGEST_CHARACTERS]):
        words = text[: match.start()].split()
        if any(word.endswith((".", "!", "?")) for word in words):
            return 0
        capitals = sum(1 for word in words if word[0].isupper())
        if len(words) >= FEWEST_WORDS and capitals * 2 <= len(words):
            return match.start()
    return 0


class Starter(Row):
    """A word that has a capital only at the beginning of a sentence, unless one of `names` follows it."""

    word: str
    names: tuple[str, ...] = ()


@cache
def _starters() -> re.Pattern[str]:
    rows = load_rows("pipeline.clean", "sentence_starters.jsonl", Starter)
    forms = (f"{row.word}(?! (?:{'|'.join(row.names)})\\b)" if row.names else row.word for row in rows)
    return re.compile(rf"(?<=[a-z0-9] )(?:{'|'.join(forms)})(?= [a-z0-9A-Z])")
