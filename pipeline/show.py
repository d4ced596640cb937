"""What a person sees in the terminal: an article with its records and quotes, the closing table of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from pipeline.errors import ReadError

if TYPE_CHECKING:
    from pipeline.batch import Summary

STYLES = ("cyan", "green", "magenta", "yellow", "blue", "red")
QUALIFIERS = {"exact": "", "about": "about ", "at_least": "at least ", "at_most": "at most "}
NO_RECORDS = frozenset({"schema_version", "article", "warnings", "provenance"})


def show(output: Mapping[str, Any], console: Console, text: str | None = None) -> None:
    """Print the content of an output file; with `text`, the cleaned article, too, its quotes coloured."""
    console.print(_header(output["article"]))
    if text is not None:
        console.print(_coloured(text, output))
    console.print(*_panels(output), sep="\n")
    for warning in output["warnings"]:
        console.print(f"[bold yellow]warning[/] {warning['record']}: {warning['message']}")


def read_output(path: Path) -> dict[str, Any]:
    """The content of an output file.

    Raises:
        ReadError: it is none.
    """
    try:
        output = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise ReadError(f"{path}: cannot be read as JSON: {error}") from error
    if not isinstance(output, dict) or not output.keys() >= NO_RECORDS:
        raise ReadError(f"{path}: is no output file of an article")
    return output


def summary_table(summary: Summary) -> Table:
    """The figures of a run."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False)
    table.add_column("")
    table.add_column("count", justify="right")
    table.add_row("articles", f"{summary.articles}", end_section=True)
    for plural, count in summary.records.items():
        table.add_row(plural, f"{count}")
    table.add_section()
    table.add_row("warnings", f"{summary.warnings}")
    table.add_row("failures", f"{len(summary.failures)}", style="bold red" if summary.failures else "")
    return table


def _header(article: Mapping[str, Any]) -> RenderableType:
    line = article["dateline"]
    about = [
        article["source"],
        article["published"],
        line["place"],
        line["date"],
        line["agency"],
        article["id"],
    ]
    title = Text(article["title"] or "(no title)", style="bold")
    return Group(title, Text(" · ".join(part for part in about if part), style="dim"), "")


def _lists(output: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[Mapping[str, Any]], str]]:
    """The lists of records of an output file, each with its key and its colour."""
    plurals = [key for key in output if key not in NO_RECORDS]
    for index, plural in enumerate(plurals):
        yield plural, output[plural], STYLES[index % len(STYLES)]


def _coloured(text: str, output: Mapping[str, Any]) -> Text:
    coloured = Text(text)
    for _, records, style in _lists(output):
        for record in records:
            for piece in record["evidence"]:
                if piece["start"] is not None:
                    coloured.stylize(style, piece["start"], piece["end"])
    coloured.append("\n")
    return coloured


def _panels(output: Mapping[str, Any]) -> Iterator[RenderableType]:
    for plural, records, style in _lists(output):
        for index, record in enumerate(records):
            yield Panel(_fields(record), title=f"{plural}[{index}]", title_align="left", border_style=style)
    if not any(records for _, records, _ in _lists(output)):
        yield Text("no records", style="dim")


def _fields(record: Mapping[str, Any]) -> Table:
    """One row for each field that has a value: the value, the quotes that it came from, their rules."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name, column in (("field", "dim"), ("value", "bold"), ("quote", "italic"), ("rule", "dim")):
        table.add_column(name, style=column, overflow="fold")
    for field, value in record.items():
        if field == "evidence" or value in (None, [], {}):
            continue
        pieces = [piece for piece in record["evidence"] if piece["field"] == field]
        quotes = dict.fromkeys(" ".join(piece["quote"].split()) for piece in pieces)
        rules = dict.fromkeys(piece["rule"] for piece in pieces)
        table.add_row(field, Text(_plain(value)), Text(" | ".join(quotes)), Text("\n".join(rules)))
    return table


def _plain(value: Any) -> str:
    if isinstance(value, Mapping) and value.keys() == {"value", "qualifier"}:
        return f"{QUALIFIERS[value['qualifier']]}{value['value']}"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_plain(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return str(value)
