"""Gatherings that only a body and its verb tell of.

"NATO leaders met ... the summit", "the committee, which is meeting in Rabat", "the union will hold a summit".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.base import Document, Mention
from pipeline.data import Row, load_rows
from pipeline.entities import GatheringName
from pipeline.literals import WordIndex, required

_BEFORE = 30  # characters left of a body's name in which "leaders of the" may stand


class ImpliedRow(Row):
    """What tells of a gathering right behind a body's name, or behind what stands for it.

    `pattern` follows the body, `before` ends where it begins, `body` is searched in its name. The groups
    "head" (the head noun) and "kind_of" (adjectives, of which `keep` are kept) make the name. `stand_in`: the
    body may be told by a common noun ("the union"), and then only a gathering without another name is meant.
    """

    pattern: str
    before: str = ""
    body: str = ""
    kind: str
    head: str = ""
    keep: tuple[str, ...] = ()
    stand_in: bool = False


class StandInRow(Row):
    """What stands for a body named before."""

    pattern: str


def implied(document: Document) -> Iterator[Mention]:
    """The mentions of gatherings told by their bodies, none where a named one stands."""
    for row, pattern in (_rows()[at] for at in _index()(document.text)):
        for start, end, body in _subjects(document, row):
            match = pattern.match(document.text, end)
            if match is not None and (mention := _mention(document, row, match, start, body)):
                yield mention


def _subjects(document: Document, row: ImpliedRow) -> Iterator[tuple[int, int, str]]:
    """Start and end of what tells a body, with the body's name."""
    bodies = [b for b in document.of("body") if not document.quote(b).islower()]
    for body in bodies:
        name = document.quote(body)
        before = document.text[max(0, body.start - _BEFORE) : body.start]
        if re.search(row.body, name) and re.search(rf"(?:{row.before})$", before):
            yield body.start, body.end, name
    if row.stand_in and bodies and not any(m.value.kind == row.kind for m in document.of("gathering")):
        for match in _stand_in().finditer(document.text):
            told = [b for b in bodies if b.end <= match.start()]
            if told:
                yield match.start(), match.end(), document.quote(told[-1])


def _mention(
    document: Document, row: ImpliedRow, match: re.Match[str], start: int, body: str
) -> Mention | None:
    found = match.groupdict()
    adjectives = (found.get("kind_of") or "").lower().split()
    head = (found.get("head") or row.head).lower()
    begin = match.start("kind_of") if found.get("kind_of") else start
    end = match.end("until") if found.get("until") else match.end()
    if document.within(begin, end, "gathering") or {"press", "news", "video"} & set(adjectives):
        return None
    kept = [word for word in adjectives if word in row.keep]
    shown = f"{body} {head}" if head == "summit" and not kept else f"{' '.join([*kept, head])} of the {body}"
    words = frozenset(w.lower() for w in re.findall(r"\w+", body))
    name = GatheringName(shown, row.kind, words=words)
    return Mention("gathering", begin, end, f"gathering/{row.id}", name)


@cache
def _rows() -> tuple[tuple[ImpliedRow, re.Pattern[str]], ...]:
    rows = load_rows("pipeline.records.conference", "implied.jsonl", ImpliedRow)
    return tuple((row, re.compile(row.pattern)) for row in rows)


@cache
def _index() -> WordIndex:
    return WordIndex(required(pattern.pattern) for _, pattern in _rows())


@cache
def _stand_in() -> re.Pattern[str]:
    rows = load_rows("pipeline.records.conference", "stand_ins.jsonl", StandInRow)
    return re.compile("|".join(row.pattern for row in rows))
