"""`python -m pipeline.score GOLD PREDICTED`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from . import report_errors, score_folders
from .render import print_errors, print_report


def main(
    gold: Path,
    predicted: Path,
    errors: Annotated[bool, typer.Option(help="List every miss, extra and wrong value.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write figures as JSON.")] = False,
    types: Annotated[list[str] | None, typer.Option(help="Only these record types.")] = None,
) -> None:
    """Score output files against gold files."""
    report = score_folders(gold, predicted, types=types or ())
    found = list(report_errors(report)) if errors else []
    if as_json:
        content = report.to_json() | ({"errors": [error.to_json() for error in found]} if errors else {})
        typer.echo(json.dumps(content, ensure_ascii=False, indent=1))
        return
    console = Console()
    print_errors(found, console)
    print_report(report, console)


if __name__ == "__main__":
    typer.run(main)
