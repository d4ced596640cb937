"""The command `communique`: arguments, progress, exit codes; no logic. Heavy imports wait until a command runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.batch import Summary

ALL_WELL, SOME_FAILED, WRONG_USAGE = 0, 1, 2

app = typer.Typer(
    name="communique",
    help="Turn press articles into records of conferences, alliances, memberships and heritage site counts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

Articles = Annotated[list[Path], typer.Argument(exists=True, help="Articles, or folders of them.")]
Model = Annotated[str | None, typer.Option(help="A spaCy pipeline, by name or path, in place of the one shipped.")]
RecordTypes = Annotated[
    list[str] | None, typer.Option("--record-type", help="Write only this kind of record; may be repeated.")
]
SettingsFile = Annotated[
    Path | None, typer.Option("--settings", exists=True, dir_okay=False, help="A TOML file of settings.")
]


@app.command(
    epilog="Example: communique extract corpus/articles --output outputs --record-type conference"
)
def extract(
    paths: Articles,
    output: Annotated[Path, typer.Option(file_okay=False, help="The folder to write to.")],
    model: Model = None,
    record_type: RecordTypes = None,
    settings: SettingsFile = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress, no closing table.")] = False,
) -> None:
    """Extract records: one JSON file for each article, and failures.jsonl for those that cannot be read."""
    with _usage_errors():
        from pipeline import batch
        from pipeline.settings import load_settings

        chosen = load_settings(settings, model=model, record_types=record_type)
        with _progress(quiet) as on_outcome:
            summary = batch.run(paths, output, chosen, on_outcome)
    for failure in summary.failures:
        typer.echo(f"{failure.article}: {failure.stage}: {failure.message}", err=True)
    if not quiet:
        _closing_table(summary)
    raise typer.Exit(SOME_FAILED if summary.failures else ALL_WELL)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the output files."""


@contextmanager
def _usage_errors() -> Iterator[None]:
    """What the program refuses on purpose ends in one line and exit code 2, without a traceback."""
    from pipeline.errors import CommuniqueError

    try:
        yield
    except CommuniqueError as error:
        typer.echo(f"communique: {error}", err=True)
        raise typer.Exit(WRONG_USAGE) from error


@contextmanager
def _progress(quiet):
    yield lambda outcome: None


def _closing_table(summary: Summary) -> None:
    print(summary.articles, summary.records, summary.warnings, len(summary.failures))


def main() -> None:
    """Run the command."""
    app()


if __name__ == "__main__":
    main()
