"""The project's own corpus: its gold keeps to the contract, and its scores stay above their floors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal, Protocol, get_args, get_origin

import pytest

from pipeline.gold import check_gold_folder
from pipeline.read import find_articles
from pipeline.records import discover
from pipeline.regression import Suite
from pipeline.score import score_folders
from pipeline.score.files import article_stem
from pipeline.score.floors import read_floors, shortfalls

CORPUS = Path(__file__).parents[1] / "corpus"
SUITES = [CORPUS, CORPUS / "challenge"]
TUNE = Path(__file__).parents[2] / "shared" / "dev" / "tune"
TYPES = ("conference", "alliance", "membership", "site_count")
LEAST = 0.95  # slot F1 that the corpus has to keep over all; the challenge holds what is not reached yet

each_suite = pytest.mark.parametrize("suite", SUITES, ids=lambda folder: folder.name)


class CorpusRun(Protocol):
    """A run over the corpus (see conftest.py)."""

    @property
    def folder(self) -> Path:
        """Where articles, gold and floors are."""

    @property
    def gold(self) -> Path:
        """Where its gold is."""

    @property
    def output(self) -> Path:
        """Where its files are."""


@each_suite
def test_every_gold_file_keeps_to_the_contract(suite: Path) -> None:
    assert [str(problem) for problem in check_gold_folder(suite / "gold")] == []


@each_suite
def test_every_article_has_gold_and_every_gold_file_an_article(suite: Path) -> None:
    articles = {article_stem(path, suite / "articles") for _, path in find_articles(suite / "articles")}
    golds = {article_stem(path, suite / "gold") for path in (suite / "gold").rglob("*.json")}
    assert articles == golds


def test_the_gold_has_every_field_and_every_value_of_a_choice() -> None:
    files = [path for suite in SUITES for path in (suite / "gold").glob("*.json")]
    golds = [json.loads(path.read_bytes()) for path in files]
    for record_type in discover():
        records = [record for gold in golds for record in gold[record_type.plural]]
        for name, field in record_type.schema.model_fields.items():
            if name == "evidence":
                continue
            values = [record.get(name) for record in records]
            assert any(values), f"{record_type.kind}.{name} is nowhere in the gold"
            missing = choices(field.annotation) - {v for v in values if isinstance(v, str)}
            assert not missing, f"{record_type.kind}.{name}: {missing} nowhere in the gold"


def choices(annotation: object) -> set[str]:
    """The strings that a `Literal` allows; empty for any other type."""
    if get_origin(annotation) is Literal:
        return {value for value in get_args(annotation) if isinstance(value, str)}
    return {value for part in get_args(annotation) for value in choices(part)}


def test_no_score_is_below_its_floor(corpus_run: CorpusRun) -> None:
    floors = read_floors(corpus_run.folder / "floors.json").slot_f1
    assert {"overall", *TYPES} <= floors.keys()
    report = score_folders(corpus_run.gold, corpus_run.output)
    assert [str(shortfall) for shortfall in shortfalls(report, floors)] == []


def test_the_corpus_keeps_its_mark() -> None:
    assert read_floors(CORPUS / "floors.json").slot_f1["overall"] >= LEAST


@each_suite
def test_the_floors_were_measured_on_this_corpus(suite: Path) -> None:
    measured = Suite(suite / "gold", suite / "articles", suite / "floors.json")
    hint = f"pytest --communique-gold {suite}/gold --communique-articles {suite}/articles --update-floors"
    assert measured.floors.corpus_digest == measured.digest, f"measure them anew: {hint}"


def test_gold_of_real_articles_keeps_to_the_contract() -> None:
    if not TUNE.is_dir():
        pytest.skip(f"{TUNE} is not there: gold of real articles is not checked")
    assert [str(problem) for problem in check_gold_folder(TUNE / "gold")] == []
