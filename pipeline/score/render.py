"""Reports as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from .errors import WHOLE_RECORD, SlotError
from .report import Counts, Report
from .rules import RuleScore

_COLOURS = {"MISS": "yellow", "EXTRA": "magenta", "WRONG": "red"}


def _figures(counts: Counts) -> tuple[str, ...]:
    if not counts.found and not counts.gold:
        return "–", "–", "–"
    return f"{counts.precision:.3f}", f"{counts.recall:.3f}", f"{counts.f1:.3f}"


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=True)
    return table


def summary_tables(report: Report) -> list[Table]:
    """Record and slot figures by type and overall."""
    missing = f" ({len(report.missing)} without output)" if report.missing else ""
    records = _table(f"{len(report.articles)} articles{missing}", "records", "gold", "found", "P", "R", "F1")
    slots = _table("", "slots", "gold", "found", "P", "R", "F1", "95% interval")
    for name in (*report.types, None):
        style = "" if name else "bold"
        counts = report.records(name)
        records.add_row(
            name or "overall", str(counts.gold), str(counts.found), *_figures(counts), style=style
        )
        counts = report.slots(name)
        row = [str(counts.gold), str(counts.found), *_figures(counts)]
        low, high = report.interval(name)
        spread = f"{low:.3f}–{high:.3f}" if counts.found or counts.gold else "–"
        slots.add_row(name or "overall", *row, spread, style=style)
    return [records, slots]


def field_table(report: Report, title: str) -> Table:
    """Slot figures of one type by field."""
    table = _table(title, "field", "gold", "found", "right", "P", "R", "F1")
    for field, counts in report.fields(title).items():
        table.add_row(field, str(counts.gold), str(counts.found), str(counts.right), *_figures(counts))
    return table


def error_line(error: SlotError) -> str:
    """One error as one line, without colour."""
    parts = [f"gold {error.gold}"] if error.gold else []
    parts += [f"found {error.found}"] if error.found else []
    parts += [", ".join(error.rules)] if error.rules else []
    parts += (
        [" … ".join(f'"{" ".join(quote.split())}"' for quote in error.quotes[:3])] if error.quotes else []
    )
    parts += [f"in {error.record}"] if error.field != WHOLE_RECORD else []
    field = "record" if error.field == WHOLE_RECORD else error.field
    return f"{error.article}  {error.type}  {error.kind:5} {field}: " + " | ".join(parts)


def print_report(report: Report, console: Console, *, fields: bool = True) -> None:
    """The summary and, with `fields`, a table of the fields of every type that has any slot."""
    for table in summary_tables(report):
        console.print(table)
    for title in report.types if fields else ():
        if report.fields(title):
            console.print()
            console.print(field_table(report, title))


def print_errors(errors: Iterable[SlotError], console: Console) -> None:
    """Every error on a line of its own, however wide the terminal."""
    for error in errors:
        console.print(
            error_line(error), style=_COLOURS[error.kind], markup=False, highlight=False, soft_wrap=True
        )


def print_rules(scores: Iterable[RuleScore], console: Console) -> None:
    """How often each rule was right, and the fields in which it was wrong most often."""
    table = _table("", "rule", "slots", "right", "P")
    table.add_column("wrong in")
    for score in scores:
        wrong = ", ".join(f"{field} {count}" for field, count in score.wrong_fields.most_common(3))
        table.add_row(score.rule, str(score.found), str(score.right), f"{score.precision:.3f}", wrong)
    console.print(table)
