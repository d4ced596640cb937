"""Two real articles whose gold is settled to the last slot; they lie beside the project, not in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.read import find_articles
from pipeline.regression import Suite
from pipeline.score.errors import article_errors

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
ARTICLES = [path.stem for _, path in find_articles(SEEDS / "articles")] if SEEDS.is_dir() else []


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    floors = tmp_path_factory.mktemp("seeds") / "floors.json"
    return Suite(SEEDS / "gold", SEEDS / "articles", floors)


@pytest.mark.skipif(not ARTICLES, reason=f"NOT TESTED: there are no articles in {SEEDS} beside the project")
def test_there_are_two() -> None:
    assert len(ARTICLES) == 2


@pytest.mark.parametrize("article", ARTICLES)
def test_an_article_gives_its_gold_and_nothing_else(suite: Suite, article: str) -> None:
    found = [
        f"{error.type} {error.record}: {error.kind} {error.field}: gold {error.gold}, found {error.found}"
        for error in article_errors(suite.score(article))
    ]
    assert found == []
