"""Puts statements of one thing together: a count in title and text, a rank apart from its count."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.records.site_count.phrases import phrases
from pipeline.records.site_count.statements import Statement

Key = tuple[object, ...]


def merged(statements: Iterable[Statement]) -> list[Statement]:
    """One statement for each thing; those that hold are merged, blocked ones come as they are."""
    statements = list(statements)
    whole: dict[Key, Statement] = {}
    for statement in (s for s in statements if not s.blocked):
        key = (*_subject(statement), _size(statement))
        if key in whole:
            _add(whole[key], statement)
        else:
            whole[key] = statement
    kept = [s for s in whole.values() if not _joined(s, whole.values()) and not _told(s, whole.values())]
    return sorted([*kept, *(s for s in statements if s.blocked)], key=lambda s: s.at)


def _subject(statement: Statement) -> Key:
    holder = statement.holder.value if statement.holder else None
    if isinstance(holder, str):
        holder = phrases()["area_words"].sub("", holder).strip().casefold() or holder
    designation = statement.designation.value if statement.designation else None
    return (holder, designation, statement.measure)


def _size(statement: Statement) -> object:
    if statement.number is not None:
        return statement.value
    share = statement.slots.get("share")
    return ("share", share[0].value.share) if share else "rank"


def _add(statement: Statement, other: Statement) -> None:
    """Give a statement what only another one of the same thing tells."""
    for name, mentions in other.slots.items():
        if name == "breakdown":
            known = {m.value[0] for m in statement.slots.get(name, ())}
            statement.slots.setdefault(name, []).extend(m for m in mentions if m.value[0] not in known)
        else:
            statement.slots.setdefault(name, mentions)


def _joined(statement: Statement, others: Iterable[Statement]) -> bool:
    """Whether a rank without a count was given to the count of the same holder."""
    if _size(statement) != "rank":
        return False
    for other in others:
        if other is not statement and _subject(other) == _subject(statement) and other.number is not None:
            _add(other, statement)
            return True
    return False


def _told(statement: Statement, others: Iterable[Statement]) -> bool:
    """Whether a number taken for the world's is told of a named holder elsewhere."""
    if statement.holder is None or statement.holder.label != "world" or statement.number is None:
        return False
    for other in others:
        same = _subject(other)[1:] == _subject(statement)[1:] and _size(other) == _size(statement)
        if other is not statement and same and other.holder and other.holder.label != "world":
            _add(other, statement)
            return True
    return False
