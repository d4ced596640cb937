"""Communiqué turns press articles into records of conferences, alliances, memberships and site counts.

>>> import pipeline
>>> result = pipeline.extract("BEIJING, Oct. 28 (Xinhua) -- ...")      # or a Path
>>> summary = pipeline.extract_folder(["corpus/articles"], "outputs")
>>> report = pipeline.score_folders(Path("corpus/gold"), Path("outputs"))
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.batch import Summary
    from pipeline.diff import diff_outputs
    from pipeline.gold import accept_gold, check_gold_folder, init_gold
    from pipeline.run import Extractor, Result
    from pipeline.score import score_folders
    from pipeline.settings import Settings, load_settings

__all__ = [
    "accept_gold",
    "check_gold_folder",
    "diff_outputs",
    "extract",
    "extract_folder",
    "init_gold",
    "load_settings",
    "output_schema",
    "score_folders",
]

# Nothing is imported before it is needed: the language library takes a second or so to load, and a caller of
# `communique --help` should not wait for.
_MODULES = {
    "__version__": "pipeline.provenance",
    "accept_gold": "pipeline.gold",
    "check_gold_folder": "pipeline.gold",
    "diff_outputs": "pipeline.diff",
    "init_gold": "pipeline.gold",
    "load_settings": "pipeline.settings",
    "score_folders": "pipeline.score",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)


def extract(article: str | Path, settings: Settings | None = None) -> Result:
    """The records of one article: a file's (a Path), or those of plain text (a str).

    Model and rules are loaded once for the same settings.

    Raises:
        ReadError: the file cannot be read as an article.
        SettingsError, ModelError, DataFileError: nothing can be extracted at all.
    """
    from pipeline.run import article_of

    extractor = _extractor(settings)
    if isinstance(article, Path):
        return extractor.read(article, article.name)
    return extractor(article_of(article))


def extract_folder(
    paths: Iterable[str | Path], output: str | Path, settings: Settings | None = None
) -> Summary:
    """Write one JSON file for each article in files and folders; see `pipeline.batch.run`."""
    from pipeline.batch import run

    return run([Path(path) for path in paths], Path(output), settings)


def output_schema(settings: Settings | None = None) -> dict[str, Any]:
    """The JSON Schema of the output files."""
    from pipeline.records import discover
    from pipeline.settings import Settings
    from pipeline.write import json_schema

    return json_schema(discover((settings or Settings()).record_folders))


@lru_cache(maxsize=1)
def _extractor(settings: Settings | None) -> Extractor:
    from pipeline.run import Extractor

    return Extractor(settings)
