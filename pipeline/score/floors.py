"""Score floors: the slot F1 that a change may not fall below, overall and by record type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
