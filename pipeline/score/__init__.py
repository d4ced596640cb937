"""Gold against predicted records: pairing, slots, precision, recall and F1."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pipeline.errors import GoldError

from .errors import SlotError, report_errors
from .files import Scored, scored_articles
from .pair import pair_records
from .report import ArticleScore, Counts, Report
from .spec import TypeSpec, read_specs, select

__all__ = ["Counts", "Report", "SlotError", "report_errors", "score_article", "score_folders"]


def score_article(article: Scored, specs: Collection[TypeSpec]) -> ArticleScore:
    """Pair and compare all records of one article; without output, every gold slot counts as missed."""
    found = article.found or {}
    pairs = tuple(pair for spec in specs for pair in pair_records(spec, article.gold, found))
    return ArticleScore(article.id, pairs, missing=article.found is None)


def score_folders(
    gold_dir: Path,
    predicted_dir: Path,
    *,
    types: Collection[str] = (),
    specs: Collection[TypeSpec] | None = None,
) -> Report:
    """Score the output files of a run against a folder of gold files.

    Articles without gold are not scored; gold without output counts as missed. `types` narrows to some record
    types ("conference", or "conferences"), `specs` replaces the record types that there are.

    Raises GoldError when a folder or file cannot be read or there is no gold, DataFileError for an unknown
    type.
    """
    chosen = select(read_specs() if specs is None else specs, types)
    articles = tuple(
        score_article(article, chosen) for article in scored_articles(gold_dir, predicted_dir, chosen)
    )
    if not articles:
        raise GoldError(f"{gold_dir}: holds no gold file (*.json that is not a draft)")
    return Report(chosen, articles)
