"""The command `communique`: arguments, progress, exit codes; no logic. Heavy imports wait for a command."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.base import RecordType
    from pipeline.batch import Failure, Outcome
    from pipeline.settings import Settings

ALL_WELL, SOME_FAILED, WRONG_USAGE = 0, 1, 2
SIGNALLED = 128  # and the signal's number, as a shell has it
EVERY = 0.1  # seconds between two looks of the progress bar

app = typer.Typer(
    name="communique",
    help="Turn press articles into records of conferences, alliances, memberships and heritage site counts.",
    epilog="Exit codes: 0 all well, 1 some articles failed or a floor was missed, 2 wrong usage or no place "
    "to write, 130 and 143 interrupted (the same command goes on).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # the rich help takes three times as long to load as all the rest
)
gold_app = typer.Typer(
    help="Draft gold files from outputs, and take corrected drafts over.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(gold_app, name="gold")

ModelOption = Annotated[
    str | None,
    typer.Option("--model", help="A spaCy pipeline, by name or path, in place of the one shipped."),
]
TypesOption = Annotated[
    list[str] | None, typer.Option("--record-type", help="Only this kind of record; may be repeated.")
]
SettingsOption = Annotated[
    Path | None, typer.Option("--settings", exists=True, dir_okay=False, help="A TOML file of settings.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]
Folder = Annotated[Path, typer.Argument(exists=True, file_okay=False)]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]


def _print_version(wanted: bool) -> None:
    if wanted:
        from pipeline.provenance import program

        typer.echo(program())
        raise typer.Exit(ALL_WELL)


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command(
    epilog="Examples: communique extract corpus/articles --output outputs --record-type conference ·· "
    "communique extract news/ --output outputs --workers 8 --timeout 30 ·· "
    "communique extract news/ --output outputs --shard 3/16 ·· "
    "communique extract news/ --output outputs --retry-failed --timeout 300"
)
def extract(
    paths: Annotated[
        list[Path],
        typer.Argument(exists=True, metavar="INPUT...", help="Articles, folders, archives, JSON Lines."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", file_okay=False, help="The folder to write to.")],
    model: ModelOption = None,
    record_type: TypesOption = None,
    settings: SettingsOption = None,
    workers: Annotated[
        int | None, typer.Option("--workers", "-w", min=1, help="Processes that extract. [default: 1]")
    ] = None,
    timeout: Annotated[
        float | None, typer.Option(help="Seconds that an article may take. [default: 60]")
    ] = None,
    memory_limit: Annotated[
        int | None, typer.Option(min=0, help="MB of memory for a worker; 0: any. [default: 2000]")
    ] = None,
    shard: Annotated[
        str, typer.Option(help="Only part k of N, as k/N: the same articles each time.", metavar="K/N")
    ] = "1/1",
    force: Annotated[bool, typer.Option("--force", help="Do all articles again, changed or not.")] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Do those again that failed, changed or not.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove outputs of articles that are no longer there.")
    ] = False,
    field: Annotated[
        list[str] | None,
        typer.Option(help="Where records hold text, title, …: text=article.body; may be repeated."),
    ] = None,
    follow_links: Annotated[
        bool, typer.Option("--follow-links", help="Follow links that lead out of a folder.")
    ] = False,
    largest_article: Annotated[
        int | None, typer.Option(min=1, help="Bytes above which an article is not read. [default: 64 MiB]")
    ] = None,
    no_screen: Annotated[
        bool,
        typer.Option("--no-screen", help="All rules and the model on all of it: same records."),
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print failures only.")] = False,
) -> None:
    """Write one JSON file of records for each article, and failures.jsonl for those that cannot be read.

    What earlier runs did is not done again unless the article, the rules, the settings or the model changed.
    A run that was stopped or killed goes on when the same command is given again.
    """
    with usage_errors():
        chosen = _settings(
            settings, model, record_type,
            workers=workers, timeout=timeout, memory_limit=memory_limit, screen=False if no_screen else None,
        )  # fmt: skip
        from pipeline.batch import Plan, Shard, run
        from pipeline.read import count, input_options

        inputs = input_options(field or (), follow_links, largest_article)
        plan = Plan(Shard.parse(shard), "all" if force else "failed" if retry_failed else "changed", prune)
        total = partial(count, paths, inputs)
        with _progress(quiet, total) as on_outcome, _interruptions(output):
            summary = run(paths, output, chosen, on_outcome, plan=plan, inputs=inputs)
    if not quiet:
        from pipeline.batch.figures import summary_table

        _console().print(summary_table(summary))
    raise typer.Exit(SOME_FAILED if summary.failures else ALL_WELL)


@app.command(epilog="Example: communique show corpus/articles/baltic-ports-forum.txt")
def show(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="An article, or an output file.")],
    model: ModelOption = None,
    record_type: TypesOption = None,
    settings: SettingsOption = None,
) -> None:
    """Print an article with its records and the quotes they come from; of an output file, its records."""
    with usage_errors():
        from pipeline.show import read_output, show

        if file.suffix == ".json":
            show(read_output(file), _console())
        else:
            from pipeline.run import Extractor

            extractor = Extractor(_settings(settings, model, record_type))
            result = extractor.read(file, file.name)
            show(extractor.content(result), _console(), result.document.text)


@app.command(epilog="Example: communique schema > schema.json")
def schema(record_type: TypesOption = None, settings: SettingsOption = None) -> None:
    """Print the JSON Schema of the output files."""
    with usage_errors():
        from pipeline.records import select
        from pipeline.write import json_schema

        _print_json(json_schema(select(_types(settings), record_type or ())))


@app.command(epilog="Example: communique score corpus/gold outputs --errors --fail-under 0.8")
def score(
    gold: Folder,
    predicted: Folder,
    record_type: TypesOption = None,
    errors: Annotated[bool, typer.Option("--errors", help="List every miss, extra and wrong value.")] = False,
    by_rule: Annotated[bool, typer.Option("--by-rule", help="Tell how often each rule was right.")] = False,
    as_json: JsonOption = False,
    fail_under: Annotated[
        list[str] | None, typer.Option(help="Least slot F1: 0.8, or conference=0.9; may be repeated.")
    ] = None,
    settings: SettingsOption = None,
) -> None:
    """Score output files against gold files: precision, recall, F1 by record type, slot and field."""
    with usage_errors():
        from pipeline import score_folders
        from pipeline.score import report_errors
        from pipeline.score.floors import parse_floors, shortfalls
        from pipeline.score.render import print_errors, print_report, print_rules
        from pipeline.score.rules import score_rules

        floors = parse_floors(fail_under or ())
        report = score_folders(gold, predicted, types=record_type or (), settings=_settings(settings))
        listed = list(report_errors(report)) if errors else []
        rules = score_rules(report) if by_rule else []
        short = shortfalls(report, floors)
    if as_json:
        further = {"errors": [e.to_json() for e in listed], "rules": [r.to_json() for r in rules]}
        _print_json(report.to_json() | {name: found for name, found in further.items() if found})
    else:
        print_errors(listed, _console())
        print_report(report, _console())
        if rules:
            print_rules(rules, _console())
    _end(map(str, short))


@app.command(epilog="Example: communique diff outputs-before outputs --gold corpus/gold")
def diff(
    old: Folder,
    new: Folder,
    gold: Annotated[Path | None, typer.Option(exists=True, file_okay=False, help="Gold to judge by.")] = None,
    as_json: JsonOption = False,
    settings: SettingsOption = None,
) -> None:
    """Tell which records appeared, vanished or changed between two runs, and whether gold calls it better."""
    with usage_errors():
        from pipeline import diff_outputs
        from pipeline.diff import print_diff

        found = diff_outputs(old, new, gold=gold, settings=_settings(settings))
    if as_json:
        _print_json(found.to_json())
    else:
        print_diff(found, _console())


@app.command(epilog="""Example: communique explain a1.txt --expect '{"name": "Baltic Ports Forum"}'""")
def explain(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="An article.")],
    record: Annotated[str | None, typer.Option(help='One record: its number, or "conferences[0]".')] = None,
    expect: Annotated[
        str | None, typer.Option(help="Fields of a record that should be there, as JSON.")
    ] = None,
    record_type: Annotated[str | None, typer.Option(help="What the expected record is.")] = None,
    model: ModelOption = None,
    settings: SettingsOption = None,
) -> None:
    """Tell where each value of a record comes from, or why an expected record did not come out."""
    with usage_errors():
        from pipeline.explain import explain_article
        from pipeline.explain.render import print_explanations

        chosen, fields = _settings(settings, model), _json_object(expect) if expect else None
        found = explain_article(file, record=record, expect=fields, record_type=record_type, settings=chosen)
        print_explanations(found, _console())


@app.command(epilog="Example: communique coverage corpus/articles --limit 20")
def coverage(
    folder: Folder,
    limit: Annotated[int, typer.Option(min=1, help="How many constructions.")] = 40,
    model: ModelOption = None,
    settings: SettingsOption = None,
) -> None:
    """List the sentences that hold a trigger but gave no record, most frequent constructions first."""
    with usage_errors():
        from pipeline.coverage import measure_coverage, print_coverage

        print_coverage(measure_coverage(folder, _settings(settings, model)), _console(), limit=limit)


@gold_app.command("init", epilog="Example: communique gold init outputs/a1.json corpus/gold")
def gold_init(file: File, gold: Path, model: ModelOption = None, settings: SettingsOption = None) -> None:
    """Write a draft of a gold file from an article or its output; drafts never count as gold."""
    with usage_errors():
        from pipeline.gold import init_gold

        typer.echo(init_gold(file, gold, _types(settings), _settings(settings, model)))


@gold_app.command("check", epilog="Example: communique gold check corpus/gold")
def gold_check(gold: Folder, settings: SettingsOption = None) -> None:
    """Tell what is wrong in the gold files of a folder: file, path, reason."""
    with usage_errors():
        from pipeline.gold import check_gold_folder

        problems = check_gold_folder(gold, _types(settings))
    _end(map(str, problems))


@gold_app.command("accept", epilog="Example: communique gold accept corpus/gold/a1.draft.json")
def gold_accept(
    draft: File,
    unchanged: Annotated[
        bool, typer.Option("--unchanged", help="Accept a draft that nobody changed.")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of present gold.")] = False,
    settings: SettingsOption = None,
) -> None:
    """Make a corrected draft a gold file."""
    with usage_errors():
        from pipeline.gold import accept_gold

        typer.echo(accept_gold(draft, unchanged=unchanged, replace=replace, types=_types(settings)))


@contextmanager
def usage_errors() -> Iterator[None]:
    """What the program refuses on purpose ends in one line and exit code 2, without a traceback."""
    from pipeline.errors import CommuniqueError

    try:
        yield
    except CommuniqueError as error:
        typer.echo(f"communique: {error}", err=True)
        raise typer.Exit(WRONG_USAGE) from error


@contextmanager
def _interruptions(output: Path) -> Iterator[None]:
    """Say how to go on after a signal."""
    from pipeline.batch import Interrupted

    try:
        yield
    except Interrupted as error:
        told = f"{error}; {output} is in order: give the same command again to go on"
        typer.echo(f"communique: {told}", err=True)
        raise typer.Exit(SIGNALLED + error.number) from error


@contextmanager
def _progress(quiet: bool, count: Callable[[], int | None]) -> Iterator[Callable[[Outcome], None]]:
    """A bar on a terminal's standard error; one line for each failure in any case."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    from pipeline.batch import Failure

    console = _console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    silent = quiet or not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=silent) as progress:
        task = progress.add_task("", total=None if silent else count())
        done, shown = 0, monotonic()

        def on_outcome(outcome: Outcome) -> None:
            nonlocal done, shown
            done += 1
            if not silent and monotonic() - shown > EVERY:
                progress.update(task, completed=done)
                shown = monotonic()
            if isinstance(outcome, Failure):
                console.print(_failure_line(outcome), style="red", markup=False, soft_wrap=True)

        yield on_outcome


def _failure_line(failure: Failure) -> str:
    defect = f"defect of the program ({failure.kind}): " if failure.defect else ""
    return " ".join(f"{failure.article}: {failure.stage}: {defect}{failure.message}".split())


def _settings(
    file: Path | None, model: str | None = None, types: list[str] | None = None, **flags: float | None
) -> Settings:
    from pipeline.settings import load_settings

    return load_settings(file, model=model, record_types=types, **flags)


def _json_object(text: str) -> dict[str, Any]:
    import orjson

    from pipeline.errors import SettingsError

    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise SettingsError(f"{text}: is no JSON: {error}") from error
    if not isinstance(value, dict):
        raise SettingsError(f"{text}: an object is needed")
    return value


def _types(settings: Path | None) -> tuple[RecordType, ...]:
    from pipeline.records import discover

    return discover(_settings(settings).record_folders)


def _console(stderr: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=stderr, highlight=False)


def _print_json(content: Any) -> None:
    import orjson

    typer.echo(orjson.dumps(content, option=orjson.OPT_INDENT_2).decode())


def _end(complaints: Iterator[str]) -> NoReturn:
    """Say what fell short and end with the exit code for it."""
    lines = list(complaints)
    for line in lines:
        typer.echo(f"communique: {line}", err=True)
    raise typer.Exit(SOME_FAILED if lines else ALL_WELL)


def main() -> None:
    """Run the command."""
    app()


if __name__ == "__main__":
    main()
