"""The closing table of a run."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.table import Table

from pipeline.batch.outcome import Summary


def summary_table(summary: Summary) -> Table:
    """The figures of a run; the lower part has a line only for what there is."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False)
    table.add_column("")
    table.add_column("count", justify="right")
    table.add_row("articles", f"{summary.articles}", end_section=True)
    for plural, count in sorted(summary.records.items()):
        table.add_row(plural, f"{count}")
    table.add_section()
    table.add_row("warnings", f"{summary.warnings}")
    table.add_row("failures", f"{summary.failures}", style="bold red" if summary.failures else "")
    table.add_section()
    for name, count in _remarks(summary):
        table.add_row(name, f"{count}", style="dim")
    return table


def _remarks(summary: Summary) -> Iterator[tuple[str, int]]:
    told = {
        "unchanged, not done again": summary.unchanged,
        "outputs kept of articles no longer there": summary.kept,
        "outputs removed of articles no longer there": summary.pruned,
    }
    yield from ((name, count) for name, count in told.items() if count)
