"""Communiqué turns press articles into records of conferences, alliances, memberships and site counts.

>>> import pipeline
>>> result = pipeline.extract("BEIJING, Oct. 28 (Xinhua) -- ...")      # or a Path
>>> summary = pipeline.extract_folder(["corpus/articles"], "outputs")
>>> report = pipeline.score("corpus/gold", "outputs")
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.batch import Summary
    from pipeline.run import Extractor, Result
    from pipeline.score import Report
    from pipeline.settings import Settings

__all__ = ["extract", "extract_folder", "schema", "score"]

# Nothing is imported before it is needed: the language library takes a second that `communique --help` does not have.


def extract(article: str | Path, settings: Settings | None = None) -> Result:
    """The records of one article: a file's (a Path), or those of plain text (a str).

    Model and rules are loaded once for the same settings.

    Raises:
        ReadError: the file cannot be read as an article.
        SettingsError, ModelError, DataFileError: nothing can be extracted at all.
    """
    from pipeline.run import article_of

    extractor = _extractor(settings)
    return (
        extractor.read(article, article.name) if isinstance(article, Path) else extractor(article_of(article))
    )


def extract_folder(
    paths: Iterable[str | Path], output: str | Path, settings: Settings | None = None
) -> Summary:
    """Write one JSON file for each article in files and folders; see `pipeline.batch.run`."""
    from pipeline.batch import run

    return run([Path(path) for path in paths], Path(output), settings)


def schema(settings: Settings | None = None) -> dict[str, Any]:
    """The JSON Schema of the output files."""
    from pipeline.records import discover
    from pipeline.settings import Settings
    from pipeline.write import json_schema

    return json_schema(discover((settings or Settings()).record_folders))


def score(gold: str | Path, predicted: str | Path) -> Report:
    """Score a folder of output files against a folder of gold files; see `pipeline.score.score_folders`."""
    from pipeline.score import score_folders

    return score_folders(Path(gold), Path(predicted))


@lru_cache(maxsize=1)
def _extractor(settings: Settings | None) -> Extractor:
    from pipeline.run import Extractor

    return Extractor(settings)
