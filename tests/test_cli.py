"""The command line: exit codes, what is printed, and that help comes at once."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.provenance import program


@pytest.fixture
def settings_file(tmp_path: Path, record_folder: Path) -> Path:
    file = tmp_path / "settings.toml"
    file.write_text(f'record_folders = ["{record_folder}"]\nrecord_types = ["pledge"]\n')
    return file


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("Norway pledged 12 million dollars.")
    return folder


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_extract_writes_and_ends_with_a_table(articles: Path, tmp_path: Path, settings_file: Path) -> None:
    result = call("extract", articles, "--output", tmp_path / "out", "--settings", settings_file)
    assert result.exit_code == 0
    (pledge,) = json.loads((tmp_path / "out" / "a.json").read_bytes())["pledges"]
    assert (pledge["donor"], pledge["millions"]) == ("Norway", 12)
    assert [line.split() for line in result.stdout.splitlines() if "pledges" in line] == [["pledges", "1"]]


def test_quiet_says_nothing_when_all_is_well(articles: Path, tmp_path: Path, settings_file: Path) -> None:
    result = call("extract", articles, "--output", tmp_path / "out", "--settings", settings_file, "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_a_failed_article_is_one_line_and_exit_code_1(
    articles: Path, tmp_path: Path, settings_file: Path
) -> None:
    (articles / "b.txt").write_text("Iceland pledged 13 million dollars.")
    result = call("extract", articles, "--output", tmp_path / "out", "--settings", settings_file, "-q")
    assert result.exit_code == 1
    assert result.stderr == "b: build: defect of the program (ZeroDivisionError): unlucky number\n"
    assert (tmp_path / "out" / "a.json").exists()


def test_a_rerun_does_nothing_and_says_so(articles: Path, tmp_path: Path, settings_file: Path) -> None:
    command = ("extract", articles, "--output", tmp_path / "out", "--settings", settings_file)
    first, second = call(*command), call(*command, "--workers", "8", "--timeout", "5")
    assert second.exit_code == 0
    told = [line.split() for line in second.stdout.splitlines() if line.strip()]
    assert ["pledges", "1"] in told and ["unchanged,", "not", "done", "again", "1"] in told
    assert "unchanged" not in first.stdout


def test_interrupted_it_says_how_to_go_on(tmp_path: Path) -> None:
    articles = Path(__file__).parents[1] / "corpus" / "articles"
    command = [sys.executable, "-m", "pipeline.cli", "extract", str(articles), "--output", str(tmp_path)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while not list(tmp_path.rglob("lock")) and process.poll() is None:
        time.sleep(0.01)
    process.terminate()
    _, stderr = process.communicate()
    assert process.returncode == 143
    assert stderr.startswith("communique: stopped by SIGTERM") and "the same command" in stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", "no-such-folder", "--output", "{tmp}"],
        ["extract", "{articles}"],
        ["extract", "{articles}", "--output", "{tmp}", "--record-type", "rumour"],
        ["extract", "{articles}", "--output", "{tmp}", "--model", "no_such_model"],
        ["extract", "{articles}", "--output", "{tmp}", "--settings", "{articles}/a.txt"],
        ["extract", "{articles}", "--output", "{tmp}", "--shard", "5/4"],
        ["extract", "{articles}", "--output", "{tmp}", "--field", "colour=red"],
        ["extract", "{articles}", "--output", "{tmp}", "--timeout", "0"],
        ["extract", "{articles}", "--output", "{tmp}", "--workers", "0"],
        ["score", "{articles}", "{tmp}"],
        ["score", "{articles}", "{tmp}", "--fail-under", "eighty"],
        ["show", "{settings}"],
        ["schema", "--record-type", "rumour"],
        ["explain", "{articles}/a.txt", "--expect", "Norway"],
        ["no-such-command"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_code_2_and_no_traceback(
    arguments: list[str], articles: Path, tmp_path: Path, settings_file: Path
) -> None:
    known = {"articles": articles, "tmp": tmp_path, "settings": settings_file}
    result = call(*(argument.format(**known) for argument in arguments))
    assert result.exit_code == 2
    assert result.stderr and "Traceback" not in result.stderr


def test_schema_prints_json(settings_file: Path) -> None:
    result = call("schema", "--settings", settings_file, "--record-type", "pledge")
    assert result.exit_code == 0
    properties = json.loads(result.stdout)["properties"]
    assert list(properties) == ["schema_version", "article", "pledges", "warnings", "provenance"]


def test_show_prints_text_values_quotes_and_rules(articles: Path, settings_file: Path) -> None:
    result = call("show", articles / "a.txt", "--settings", settings_file)
    assert result.exit_code == 0
    assert "Norway pledged 12 million dollars." in result.stdout
    assert ["donor", "Norway", "Norway", "pledge/verb"] in [
        line.strip("│ ").split() for line in result.stdout.splitlines()
    ]


def test_show_prints_the_records_of_an_output_file(
    articles: Path, tmp_path: Path, settings_file: Path
) -> None:
    call("extract", articles, "--output", tmp_path / "out", "--settings", settings_file)
    result = call("show", tmp_path / "out" / "a.json")
    assert result.exit_code == 0
    assert "pledges[0]" in result.stdout and "Norway" in result.stdout


def test_a_further_record_type_is_extracted_written_and_scored(
    articles: Path, tmp_path: Path, settings_file: Path
) -> None:
    """One folder is all that a record type needs."""
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "a.json").write_text(json.dumps({"pledges": [{"donor": "Norway", "millions": 12}]}))
    call("extract", articles, "--output", tmp_path / "out", "--settings", settings_file)
    scored = call("score", gold, tmp_path / "out", "--settings", settings_file, "--json")
    assert scored.exit_code == 0
    (pledge,) = [counts for name, counts in json.loads(scored.stdout)["types"].items() if name == "pledge"]
    assert pledge["slots"]["f1"] == 1.0


def test_a_score_below_its_floor_is_exit_code_1(articles: Path, tmp_path: Path, settings_file: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "a.json").write_text(json.dumps({"pledges": [{"donor": "Denmark", "millions": 12}]}))
    call("extract", articles, "--output", tmp_path / "out", "--settings", settings_file)
    scored = call("score", gold, tmp_path / "out", "--settings", settings_file, "--fail-under", "0.8")
    assert scored.exit_code == 1
    assert "0.8" in scored.stderr


def test_gold_that_breaks_the_contract_is_refused(
    articles: Path, tmp_path: Path, settings_file: Path
) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "a.json").write_text(json.dumps({"pledges": [{"donor": "Norway", "millions": "twelve"}]}))
    call("extract", articles, "--output", tmp_path / "out", "--settings", settings_file)
    for command in (
        ("score", gold, tmp_path / "out"),
        ("diff", tmp_path / "out", tmp_path / "out", "--gold", gold),
    ):
        result = call(*command, "--settings", settings_file)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(f"communique: {gold / 'a.json'}: pledges[0].millions: ")


@pytest.mark.parametrize(
    "command", ["extract", "show", "schema", "score", "diff", "explain", "coverage", "gold"]
)
def test_every_command_has_help(command: str) -> None:
    result = call(command, "--help")
    assert result.exit_code == 0 and "Usage" in result.stdout


def test_version() -> None:
    assert call("--version").stdout == f"{program()}\n"


def test_help_does_not_wait_for_the_language_library() -> None:
    code = "import sys, pipeline.cli; print(sorted({'spacy', 'pydantic', 'rich'} & sys.modules.keys()))"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert printed.stdout == "[]\n"
