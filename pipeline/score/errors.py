"""Misses, extras and wrong values of a report, each with the quote and the rule of what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pycountry

from .compare import Record
from .names import texts_agree
from .pair import Pair, SlotScore
from .report import ArticleScore, Report

WHOLE_RECORD = "*"
_STEM = 4  # letters that nearly all countries share with their demonyms: "Chin-", "Braz-", "Viet-"
_LABELS = {"missing": "MISS", "extra": "EXTRA", "wrong": "WRONG"}


@dataclass(frozen=True, slots=True)
class SlotError:
    """One error: `kind` is MISS, EXTRA or WRONG; `field` is "*" when a whole record is missed or too much."""

    article: str
    type: str
    kind: str
    record: str
    field: str
    gold: str
    found: str
    rules: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The error as a plain object."""
        return asdict(self)


def evidence_of(record: Record, field: str = WHOLE_RECORD, value: Any = None) -> list[Mapping[str, Any]]:
    """The evidence of one slot of a record ("country+alliance" takes that of both fields).

    Of several pieces for one value, those whose quote agrees with the value come alone, if there are any.
    With the field "*" it is the evidence of the field that comes first.
    """
    evidence: list[Mapping[str, Any]] = list(record.get("evidence") or ())
    if field == WHOLE_RECORD:
        return [piece for piece in evidence if piece.get("field") == evidence[0].get("field")]
    fields = {*field.split("+"), *(["country_name"] if field == "country+alliance" else [])}
    own = [
        piece for piece in evidence if str(piece.get("field")).partition(".")[0].partition("[")[0] in fields
    ]
    close = [piece for piece in own if isinstance(value, str) and _says(str(piece.get("quote")), value)]
    return close or own


def _says(quote: str, value: str) -> bool:
    """Whether a quote gives a name, or a country's name or demonym for its code ("Chinese" for CHN)."""
    country = pycountry.countries.get(alpha_3=value) if len(value) == 3 else None
    if country is None:
        return texts_agree(quote, value)
    forms = [getattr(country, part, "") for part in ("name", "common_name", "official_name")]
    stems = tuple(form[:_STEM].casefold() for form in forms if form)
    starts = any(word.startswith(stems) for word in quote.casefold().split())
    return starts or any(texts_agree(quote, form) for form in forms)


def record_label(record: Record) -> str:
    """A short name for a record of any type: its name, or what else tells it apart."""
    if name := record.get("name"):
        return str(name)
    if "alliance" in record:
        return f"{record.get('country') or record.get('country_name')} in {record['alliance']}"
    if holder := record.get("holder"):
        what = " ".join(str(record[part]) for part in ("designation", "measure") if record.get(part))
        return f"{holder.get('name') or holder.get('code')} {what}"
    return ", ".join(str(value) for key, value in record.items() if key != "evidence" and value)[:60]


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _unique(pieces: list[Mapping[str, Any]], part: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(piece[part]) for piece in pieces if piece.get(part)))


def _slot_error(article: str, pair: Pair, slot: SlotScore) -> SlotError:
    shown = pair.gold or pair.found or {}
    pieces = (
        evidence_of(pair.found, slot.field, slot.found) if pair.found and slot.verdict != "missing" else []
    )
    rules, quotes = _unique(pieces, "rule"), _unique(pieces, "quote")
    kind = _LABELS[slot.verdict]
    gold, found = _text(slot.gold), _text(slot.found)
    return SlotError(article, pair.type, kind, record_label(shown), slot.field, gold, found, rules, quotes)


def _record_error(article: str, pair: Pair) -> SlotError:
    shown, kind = (pair.gold, "MISS") if pair.gold else (pair.found or {}, "EXTRA")
    assert shown is not None
    side = "gold" if pair.gold else "found"
    by_field: dict[str, list[str]] = {}
    for slot in pair.slots:
        by_field.setdefault(slot.field, []).append(_text(getattr(slot, side)))
    values = "; ".join(f"{field}={', '.join(texts)}" for field, texts in by_field.items())
    gold, found = (values, "") if pair.gold else ("", values)
    pieces = [] if pair.gold else evidence_of(shown)
    rules, quotes = _unique(pieces, "rule"), _unique(pieces, "quote")
    return SlotError(article, pair.type, kind, record_label(shown), WHOLE_RECORD, gold, found, rules, quotes)


def article_errors(article: ArticleScore) -> Iterator[SlotError]:
    """All errors of an article, by type: slots of pairs, then whole records."""
    for pair in article.pairs:
        if pair.gold is None or pair.found is None:
            yield _record_error(article.id, pair)
        else:
            yield from (_slot_error(article.id, pair, slot) for slot in pair.slots if slot.verdict != "right")


def report_errors(report: Report) -> Iterator[SlotError]:
    """All errors of a report, article by article."""
    for article in report.articles:
        yield from article_errors(article)
