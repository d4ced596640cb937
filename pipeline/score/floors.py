"""Score floors: the slot F1 that a change may not fall below, overall and by record type."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from pipeline.base import Model
from pipeline.errors import SettingsError

from .report import Report

OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A figure that lies below its floor."""

    name: str
    floor: float
    f1: float

    def __str__(self) -> str:
        return f"{self.name}: slot F1 {self.f1:.4f} is below its floor of {self.floor:.4f}"


def parse_floors(texts: Iterable[str]) -> dict[str, float]:
    """Floors as they stand on a command line: "0.8" is overall, "conference=0.9" one record type's.

    Raises SettingsError when a figure is no number from 0 to 1.
    """
    floors = {}
    for text in texts:
        name, _, figure = text.rpartition("=")
        try:
            value = float(figure)
        except ValueError:
            value = -1.0
        if not 0 <= value <= 1:
            raise SettingsError(f"floor {text!r}: give a number from 0 to 1, or TYPE=NUMBER")
        floors[name or OVERALL] = value
    return floors


def shortfalls(report: Report, floors: Mapping[str, float]) -> list[Shortfall]:
    """The figures below their floors. Raises SettingsError for a floor of a type that was not scored."""
    by_name = {OVERALL: None} | {
        name: spec.title for spec in report.specs for name in (spec.collection, spec.title)
    }
    if unknown := sorted(set(floors) - set(by_name)):
        raise SettingsError(f"no floor can be set for {', '.join(unknown)}; there are {', '.join(by_name)}")
    figures = [Shortfall(name, floor, report.slots(by_name[name]).f1) for name, floor in floors.items()]
    return [figure for figure in figures if figure.f1 < figure.floor]


# --- floors kept in a file ----------------------------------------------------------------------------------


class Floors(Model):
    """Floors with the digest of the corpus that they were measured on.

    `items` holds the floor of each article and record type ("a1/conference") that has any slot; one that has
    no floor yet has to be perfect.
    """

    corpus_digest: str = ""
    slot_f1: Mapping[str, float] = Field(default_factory=dict)
    items: Mapping[str, float] = Field(default_factory=dict)


def read_floors(path: Path) -> Floors:
    """The floors of a file; none when it is not there. Raises SettingsError when it is broken."""
    if not path.exists():
        return Floors()
    try:
        return Floors.model_validate_json(path.read_bytes())
    except ValueError as error:
        raise SettingsError(f"{path}: is no file of floors: {error}") from error


def item_name(article: str, title: str) -> str:
    """What the floor of one article and record type is called."""
    return f"{article}/{title}"


def _down(f1: float) -> float:
    return math.floor(f1 * 10_000) / 10_000


def measure_floors(report: Report, digest: str) -> Floors:
    """The floors that a report just reaches, rounded down to four decimals."""
    named = {OVERALL: report.slots().f1} | {title: report.slots(title).f1 for title in report.types}
    by_item = {
        item_name(article.id, title): article.slots(title)
        for article in report.articles
        for title in report.types
    }
    items = {name: _down(counts.f1) for name, counts in by_item.items() if counts.found or counts.gold}
    return Floors(corpus_digest=digest, slot_f1={name: _down(f1) for name, f1 in named.items()}, items=items)


def lowered(old: Floors, new: Floors) -> list[Shortfall]:
    """The floors that the new ones would lower; what had no floor may get any."""
    named = [(name, floor, new.slot_f1.get(name, floor)) for name, floor in old.slot_f1.items()]
    items = [(name, old.items.get(name, 0.0), f1) for name, f1 in new.items.items()]
    return [Shortfall(name, floor, f1) for name, floor, f1 in named + items if f1 < floor]


def write_floors(path: Path, floors: Floors) -> None:
    """Write a file of floors, its names sorted."""
    content = floors.model_dump() | {"items": dict(sorted(floors.items.items()))}
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
