"""How a record came about: its fields with quotes, rules, and what each quote means by itself."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from pipeline.base import Document, Mention
from pipeline.resolve import ArticleResolver
from pipeline.score.errors import record_label

ANCHOR = "anchor."  # rules of the article's own date, which other dates are resolved against
Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """A quote that a value was read from, its rule, and what it means by itself ("": just its text)."""

    quote: str
    rule: str
    meaning: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FieldExplanation:
    """A field of a record, and the steps to its value in text order."""

    field: str
    value: Any
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class RecordExplanation:
    """A record, under the place that it has in the output ("conferences[0]")."""

    place: str
    label: str
    fields: tuple[FieldExplanation, ...]


def _part(name: str, value: Any) -> str:
    if name == "weekday":
        return str(calendar.day_name[value])
    return meaning(value) if is_dataclass(value) else f"{name} {meaning(value)}"


def meaning(value: Any) -> str:
    """The normal form of a mention in words: a name, or the filled parts; a range of one day is told once."""
    if is_dataclass(value):
        if name := getattr(value, "name", None):
            return str(name)
        parts = ((part, getattr(value, part.name)) for part in fields(value))
        filled = [(part.name, inner) for part, inner in parts if inner not in (part.default, None, ())]
        return ", ".join(dict.fromkeys(_part(name, inner) for name, inner in filled))
    if isinstance(value, tuple | list | set | frozenset):
        return ", ".join(sorted(meaning(item) for item in value))
    return "" if value is None else str(value)


def _mention_at(document: Document, piece: Content) -> Mention | None:
    """The mention that a piece of evidence cites; of several at one place that of the same rule."""
    at = (piece["start"], piece["end"])
    found = [m for m in document.of(*document.labels) if (m.start, m.end) == at and not m.in_source]
    found.sort(key=lambda mention: (mention.rule != piece["rule"], mention.value is None))
    return found[0] if found else None


def _step(document: Document, piece: Content) -> Step:
    if piece["start"] is None:
        day = ArticleResolver(document).anchor if piece["rule"].startswith(ANCHOR) else None
        return Step(piece["quote"], piece["rule"], meaning(day), "(outside of the running text)")
    mention = _mention_at(document, piece)
    sentence = " ".join(document.sentence_at(piece["start"]).text.split())
    return Step(piece["quote"], piece["rule"], meaning(mention.value) if mention else "", sentence)


def explain_record(document: Document, record: Content, place: str) -> RecordExplanation:
    """Each filled field of a record, as it stands in an output file, with the steps to its value."""
    explained = []
    for field, value in record.items():
        if field != "evidence" and value not in (None, [], {}, ""):
            steps = tuple(_step(document, piece) for piece in record["evidence"] if piece["field"] == field)
            explained.append(FieldExplanation(field, value, steps))
    return RecordExplanation(place, record_label(record), tuple(explained))
