"""What the screen passes over would have given no record: with and without it, articles come out the same."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.base import Article
from pipeline.literals import SCREEN, WordIndex
from pipeline.read import read_article
from pipeline.run import Extractor, article_of
from pipeline.settings import Settings

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
NEWS = 3000


@pytest.fixture(scope="module")
def screened() -> Extractor:
    return Extractor(Settings())


@pytest.fixture(scope="module")
def unscreened() -> Extractor:
    return Extractor(Settings(screen=False))


def outcome(extractor: Extractor, article: Article) -> Any:
    """Records with their evidence and warnings, and what was rejected and why."""
    with extractor.annotate.nlp.memory_zone():
        result = extractor(article)
        rejected = [(r.candidate.trigger.start, r.candidate.rule, r.reason) for r in result.rejections]
        return extractor.content(result), rejected


def assert_same(screened: Extractor, unscreened: Extractor, articles: Iterator[Article]) -> None:
    for article in articles:
        assert outcome(screened, article) == outcome(unscreened, article), article.id


def in_folder(folder: Path) -> Iterator[Article]:
    return (read_article(path, path.name) for path in sorted(folder.iterdir()))


def in_the_news() -> Iterator[Article]:
    """Every k-th article of each paper, so many of all papers together."""
    papers = sorted((SHARED / "news").glob("*.jsonl.gz"))
    for paper in papers:
        with gzip.open(paper, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        for row in random.Random(3).sample(rows, NEWS // len(papers)):
            yield article_of(row["text"], row["id"])


def test_the_articles_of_the_corpus(screened: Extractor, unscreened: Extractor) -> None:
    assert_same(screened, unscreened, in_folder(ROOT / "corpus" / "articles"))


@pytest.mark.slow
@pytest.mark.skipif(not (SHARED / "dev").is_dir(), reason="needs ../shared/dev")
def test_the_articles_for_development(screened: Extractor, unscreened: Extractor) -> None:
    assert_same(screened, unscreened, in_folder(SHARED / "dev" / "tune" / "articles"))


@pytest.mark.slow
@pytest.mark.skipif(not (SHARED / "news").is_dir(), reason="needs ../shared/news")
def test_the_news(screened: Extractor, unscreened: Extractor) -> None:
    assert_same(screened, unscreened, in_the_news())


def test_without_the_screen_every_rule_is_tried() -> None:
    index = WordIndex.of_words(["summit"])
    assert index("The port reopened.") == []
    token = SCREEN.set(False)
    try:
        assert index("The port reopened.") == [0]
    finally:
        SCREEN.reset(token)


def test_an_article_without_a_trigger_is_not_even_cut_into_sentences(screened: Extractor) -> None:
    document = screened(article_of("The ferry was late again.\n\nHeavy rain fell.")).document
    assert "_doc" not in vars(document.doc)
