"""The project's own corpus: its gold keeps to the contract, and its scores stay above their floors."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pytest

from pipeline.gold import check_gold_folder
from pipeline.read import find_articles
from pipeline.regression import Suite
from pipeline.score import score_folders
from pipeline.score.files import article_stem
from pipeline.score.floors import read_floors, shortfalls

CORPUS = Path(__file__).parents[1] / "corpus"
TUNE = Path(__file__).parents[2] / "shared" / "dev" / "tune"


class CorpusRun(Protocol):
    """A run over the corpus (see conftest.py)."""

    @property
    def output(self) -> Path:
        """Where its files are."""


def test_every_gold_file_keeps_to_the_contract() -> None:
    assert [str(problem) for problem in check_gold_folder(CORPUS / "gold")] == []


def test_every_article_has_gold_and_every_gold_file_an_article() -> None:
    articles = {article_stem(path, CORPUS / "articles") for _, path in find_articles(CORPUS / "articles")}
    golds = {article_stem(path, CORPUS / "gold") for path in (CORPUS / "gold").rglob("*.json")}
    assert articles == golds


def test_no_score_is_below_its_floor(corpus_run: CorpusRun) -> None:
    floors = read_floors(CORPUS / "floors.json").slot_f1
    assert {"overall", "conference", "alliance", "membership", "site_count"} <= floors.keys()
    report = score_folders(CORPUS / "gold", corpus_run.output)
    assert [str(shortfall) for shortfall in shortfalls(report, floors)] == []


def test_the_floors_were_measured_on_this_corpus() -> None:
    suite = Suite(CORPUS / "gold", CORPUS / "articles", CORPUS / "floors.json")
    hint = "pytest --communique-gold corpus/gold --communique-articles corpus/articles --update-floors"
    assert suite.floors.corpus_digest == suite.digest, f"measure them anew: {hint}"


def test_gold_of_real_articles_keeps_to_the_contract() -> None:
    if not TUNE.is_dir():
        pytest.skip(f"{TUNE} is not there: gold of real articles is not checked")
    assert [str(problem) for problem in check_gold_folder(TUNE / "gold")] == []
