"""What a person sees in the terminal: an article with its records and quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import shorten
from typing import Any

import orjson
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.errors import ReadError
from pipeline.score.errors import record_label

STYLES = ("cyan", "green", "magenta", "yellow", "blue", "red")
QUALIFIERS = {"exact": "", "about": "about ", "at_least": "at least ", "at_most": "at most "}
EMPTY: tuple[Any, ...] = (None, [], {})
LONGEST_QUOTE = 60  # characters; a list of members would fill the screen
MOST_RULES = 3  # of one field; each country of a list has its own
NO_RECORDS = frozenset({"schema_version", "article", "warnings", "provenance"})


def show(output: Mapping[str, Any], console: Console, text: str | None = None) -> None:
    """Print the content of an output file; with `text`, the cleaned article, too, its quotes coloured."""
    if text is None:
        console.print(Text(output["article"]["title"] or "(no title)", style="bold"))
    console.print(_about(output["article"]))
    if text is not None:
        console.print(_coloured(text, output))
    for part in _records(output):
        console.print(part)
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


def _about(article: Mapping[str, Any]) -> Text:
    """One line of what the article says of itself."""
    line = article["dateline"]
    told = (
        article["id"],
        article["source"],
        article["published"],
        line["place"],
        line["date"],
        line["agency"],
    )
    return Text(" · ".join(dict.fromkeys(part for part in told if part)) + "\n", style="dim")


def _lists(output: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[Mapping[str, Any]], str]]:
    """The lists of records of an output file, each with its key and its colour."""
    plurals = [key for key in output if key not in NO_RECORDS]
    for index, plural in enumerate(plurals):
        yield plural, output[plural], STYLES[index % len(STYLES)]


def _coloured(text: str, output: Mapping[str, Any]) -> Text:
    coloured = Text(text)
    title = output["article"]["title"] or ""
    if text.startswith(title):
        coloured.stylize("bold", 0, len(title))
    for _, records, style in _lists(output):
        for record in records:
            for piece in record["evidence"]:
                if piece["start"] is not None:
                    coloured.stylize(style, piece["start"], piece["end"])
    coloured.append("\n")
    return coloured


def _records(output: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Each record under its place in the output and its name; the fields of all stand in one line."""
    lists = [(plural, record, style) for plural, found, style in _lists(output) for record in found]
    width = max((len(field) for _, record, _ in lists for field in _filled(record)), default=0)
    numbers: Counter[str] = Counter()
    for plural, record, style in lists:
        place = f"{plural}[{numbers[plural]}]"
        numbers[plural] += 1
        yield Text.assemble((place, f"bold {style}"), "  ", (record_label(record), "bold"))
        yield Padding(_fields(record, width), (0, 0, 1, 2))
    if not lists:
        yield Text("no records", style="dim")


def _filled(record: Mapping[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in record.items() if field != "evidence" and value not in EMPTY}


def _fields(record: Mapping[str, Any], width: int) -> Table:
    """One row for each field that has a value: the value, the quotes that it came from and their rules."""
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(style="dim", no_wrap=True, min_width=width)
    table.add_column(ratio=2, overflow="fold")
    table.add_column(ratio=3, overflow="fold")
    for field, value in _filled(record).items():
        pieces = [piece for piece in record["evidence"] if piece["field"] == field]
        quotes = dict.fromkeys(shorten(piece["quote"], LONGEST_QUOTE, placeholder=" …") for piece in pieces)
        rules = list(dict.fromkeys(piece["rule"] for piece in pieces))
        named = [*rules[:MOST_RULES], *(["…"] if len(rules) > MOST_RULES else [])]
        told = Text.assemble((" | ".join(quotes), "italic"), "  ", (" ".join(named), "dim"))
        table.add_row(field, Text(plain(value)), told)
    return table


def plain(value: Any) -> str:
    """A field's value in words: "about 50", "Spain, code ESP" under its keys, the items of a list."""
    if isinstance(value, Mapping) and value.keys() == {"value", "qualifier"}:
        return f"{QUALIFIERS[value['qualifier']]}{value['value']}"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {plain(part)}" for key, part in value.items() if part not in EMPTY)
    if isinstance(value, list):
        return ", ".join(map(plain, value))
    return str(value)
