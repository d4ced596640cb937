"""Communiqué turns press articles into records of conferences, alliances, memberships and site counts.

>>> import pipeline
>>> result = pipeline.extract("BEIJING, Oct. 28 (Xinhua) -- ...")      # or a Path
>>> summary = pipeline.extract_folder(["corpus/articles"], "outputs")
>>> report = pipeline.score_folders("corpus/gold", "outputs")
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.base import RecordType
    from pipeline.batch import Summary
    from pipeline.coverage import measure_coverage
    from pipeline.diff import Diff
    from pipeline.explain import explain_article
    from pipeline.gold import accept_gold, check_gold_folder, init_gold
    from pipeline.run import Extractor, Result
    from pipeline.score import Report
    from pipeline.settings import Settings, load_settings

__all__ = [
    "accept_gold",
    "check_gold_folder",
    "diff_outputs",
    "explain_article",
    "extract",
    "extract_folder",
    "init_gold",
    "load_settings",
    "measure_coverage",
    "output_schema",
    "score_folders",
]

# Nothing is imported before it is needed: the language library takes a second or so to load, and a caller of
# `communique --help` should not wait for.
_MODULES = {
    "__version__": "pipeline.provenance",
    "accept_gold": "pipeline.gold",
    "check_gold_folder": "pipeline.gold",
    "explain_article": "pipeline.explain",
    "init_gold": "pipeline.gold",
    "load_settings": "pipeline.settings",
    "measure_coverage": "pipeline.coverage",
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


def score_folders(
    gold: str | Path, predicted: str | Path, *, types: Iterable[str] = (), settings: Settings | None = None
) -> Report:
    """Score output files against gold files, which are validated first; see `pipeline.score`.

    Raises:
        GoldError: a gold file breaks the contract (file, path, reason), or a folder cannot be read.
        DataFileError: a record type in `types` is not known.
    """
    from pipeline.gold import require_gold
    from pipeline.score import score_folders
    from pipeline.score.derive import specs_of

    known = _record_types(settings)
    require_gold(Path(gold), known)
    return score_folders(Path(gold), Path(predicted), types=tuple(types), specs=specs_of(known))


def diff_outputs(
    old: str | Path, new: str | Path, *, gold: str | Path | None = None, settings: Settings | None = None
) -> Diff:
    """Compare the outputs of two runs, judged by gold files where there are some; see `pipeline.diff`.

    Raises:
        GoldError: a gold file breaks the contract (file, path, reason), or a folder cannot be read.
    """
    from pipeline.diff import diff_outputs
    from pipeline.gold import require_gold
    from pipeline.score.derive import specs_of

    known = _record_types(settings)
    if gold is not None:
        require_gold(Path(gold), known)
    return diff_outputs(
        Path(old), Path(new), gold=None if gold is None else Path(gold), specs=specs_of(known)
    )


def output_schema(settings: Settings | None = None) -> dict[str, Any]:
    """The JSON Schema of the output files."""
    from pipeline.write import json_schema

    return json_schema(_record_types(settings))


def _record_types(settings: Settings | None) -> tuple[RecordType, ...]:
    from pipeline.records import discover
    from pipeline.settings import Settings

    return discover((settings or Settings()).record_folders)


@lru_cache(maxsize=1)
def _extractor(settings: Settings | None) -> Extractor:
    from pipeline.run import Extractor

    return Extractor(settings)
