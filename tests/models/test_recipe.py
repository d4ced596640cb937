"""The recipe trains a tiny pipeline through the scripts that train the real one."""

from __future__ import annotations

import gzip
import importlib.util
import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
import srsly

RECIPE = Path(__file__).parents[2] / "models" / "recipe"
SCRIPTS = RECIPE / "scripts"
sys.path[:0] = [str(SCRIPTS), str(Path(__file__).parent)]

import assemble  # noqa: E402
import events  # noqa: E402
import names  # noqa: E402
import sentences  # noqa: E402
import tiny  # noqa: E402
import treebank  # noqa: E402

needs_tables = pytest.mark.skipif(
    importlib.util.find_spec("spacy_lookups_data") is None,
    reason="needs spacy-lookups-data (models/recipe/requirements.txt)",
)


def run(script: str, *arguments: object) -> None:
    """Run a script of the recipe as the project does; its output is shown when it fails."""
    command = [sys.executable, str(SCRIPTS / script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=RECIPE, check=False)
    assert done.returncode == 0, f"{script}:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a pipeline that the scripts trained on tiny data."""
    root = tmp_path_factory.mktemp("recipe")
    (root / "news").mkdir()
    tiny.news(root / "news" / "tiny.jsonl.gz")
    tiny.names(root / "tiny.train.jsonl.gz")
    trees = tiny.treebank(root / "tiny.conllu")
    sources = root / "names.toml"
    sources.write_text('[[source]]\nfile = "tiny.train"\n\n[[source]]\nfile = "news_events.train"\n')
    run("news_text.py", "--news", root / "news", "--out", root / "news.txt")
    run("vectors.py", "--text", root / "news.txt", "--out", root / "vectors.txt", "--width", 8)
    subprocess.run(
        [sys.executable, "-m", "spacy", "init", "vectors", "en", root / "vectors.txt", root / "vectors"],
        check=True, capture_output=True,
    )  # fmt: skip
    run("treebank.py", "--out", root / "syntax.spacy", trees)
    heads = RECIPE / "configs" / "event_heads.toml"
    run("events.py", "--news", root / "news", "--heads", heads, "--out", root / "news_events.train.jsonl.gz")
    run("names.py", "--data", root, "--sources", sources, "--out", root / "ner.spacy", "--headlines", 0)
    for part, corpus, extra in (
        ("syntax", "syntax.spacy", ["components.parser.min_action_freq=1"]),
        ("ner", "ner.spacy", []),
    ):
        paths = [f"paths.{key}={root / corpus}" for key in ("train", "dev")]
        steps = ["training.max_steps=60", "training.eval_frequency=30", f"paths.vectors={root / 'vectors'}"]
        run("train.py", RECIPE / "configs" / f"{part}.cfg", root / part, "--set", *paths, *steps, *extra)
        base = f"paths.base={root / part / 'model-last'}"
        run(
            "train.py",
            RECIPE / "configs" / f"{part}_tune.cfg",
            root / f"{part}2",
            "--set",
            *paths,
            *steps,
            base,
        )
    parts = ["--syntax", root / "syntax2" / "model-last", "--names", root / "ner2" / "model-last"]
    run("assemble.py", *parts, "--work", root / "work", "--out", root / "out" / "en_tiny")
    return root / "out" / "en_tiny"


@needs_tables
def test_trained_pipeline_knows_its_training_data(built: Path) -> None:
    doc = spacy.load(built)("Kenya joined the bloc in Lima.")
    assert [(token.text, token.dep_) for token in doc[:4]] == [
        ("Kenya", "nsubj"), ("joined", "ROOT"), ("the", "det"), ("bloc", "obj"),
    ]  # fmt: skip
    assert [token.lemma_ for token in doc[:4]] == ["Kenya", "join", "the", "bloc"]
    assert ("Kenya", "GPE") in [(span.text, span.label_) for span in doc.ents]


@needs_tables
def test_shipped_form_is_complete_and_free_of_paths(built: Path) -> None:
    manifest = json.loads((built / "manifest.json").read_text())
    assert manifest["files"] == assemble.digests(built)
    assert manifest["name"] == "en_communique_news"
    assert str(built.parents[1]) not in (built / "config.cfg").read_text()
    assert spacy.load(built).pipe_names == list(assemble.ORDER)


@needs_tables
def test_installing_replaces_the_old_pipeline(built: Path, tmp_path: Path) -> None:
    place = tmp_path / "en_model"
    place.mkdir()
    (place / "stale").write_text("old")
    assemble.install(built, place)
    assert assemble.digests(place) == assemble.digests(built)
    assert [path.name for path in tmp_path.iterdir()] == ["en_model"]


def test_project_names_scripts_that_exist() -> None:
    project = srsly.read_yaml(RECIPE / "project.yml")
    commands = {command["name"] for command in project["commands"]}
    assert set(itertools.chain(*project["workflows"].values())) <= commands
    words = " ".join(line for command in project["commands"] for line in command["script"]).split()
    scripts = {word for word in words if word.endswith((".py", ".cfg", ".toml"))}
    assert scripts and all((RECIPE / name).exists() for name in scripts)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("leaders went to the 9th Lake Forum on Fisheries today", "9th Lake Forum on Fisheries"),
        ("They met at the Delta Summit in Kisumu", "Delta Summit"),
        ("The Lake Economic Forum published a study", None),
        ("the minister held a press conference in Kisumu", None),
    ],
)
def test_event_names_by_rule(text: str, event: str | None) -> None:
    heads, words = events.Heads.load(RECIPE / "configs" / "event_heads.toml"), text.split()
    found = [span for r in events.runs(words) if (span := events.event(words, *r, heads))]
    assert [" ".join(words[start:end]) for start, end in found] == ([event] if event else [])


def test_unknown_tokens_are_missing_not_outside(tmp_path: Path) -> None:
    path = tiny.names(tmp_path / "tiny.jsonl.gz", copies=1)
    rows = [names.parse(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]
    doc = names.to_doc(spacy.blank("en").vocab, rows[4:], ["as-is"], breaks=False)
    by_word = {token.text: (token.ent_iob_, token.ent_type_) for token in doc}
    assert by_word["Delta"] == ("", "")
    assert by_word["team"] == ("O", "") and by_word["Norwegian"] == ("B", "NORP")


def test_leading_article_is_no_part_of_a_name() -> None:
    row = {"tokens": ["The", "Hague", "Court"], "spaces": [True, True, False], "ents": [[0, 3, "ORG"]]}
    assert names.parse(json.dumps(row)).entities == ((1, 3, "ORG"),)


def test_headline_case_keeps_small_words_small() -> None:
    words = ("ministers", "meet", "in", "Oslo", "for", "talks", "n't")
    assert sentences.headline(words) == ("Ministers", "Meet", "in", "Oslo", "for", "Talks", "n't")


def test_parts_of_a_contraction_are_joined(tmp_path: Path) -> None:
    path = tmp_path / "mwt.conllu"
    rows = ["1-2\tdon't", "1\tdo", "2\tn't", "3\tgo"]
    tails = ["\t_" * 8, "\tdo\tAUX\tVBP\t_\t3\taux\t_\t_", "\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_",
             "\tgo\tVERB\tVB\t_\t0\troot\t_\t_"]  # fmt: skip
    path.write_text("\n".join(row + tail for row, tail in zip(rows, tails, strict=True)) + "\n\n")
    (sentence,) = treebank.read(path)
    assert treebank.to_doc(spacy.blank("en").vocab, [sentence]).text == "don't go "
