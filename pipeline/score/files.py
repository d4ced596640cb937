"""Gold and predicted files of two folders, matched by the article they speak of."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import GoldError

from .spec import TypeSpec

# An output file is named after its article ("a1.txt.json"), a gold file often without the article's suffix.
ARTICLE_SUFFIXES = (".txt", ".html", ".htm", ".md")
DRAFT_SUFFIX = ".draft.json"


@dataclass(frozen=True, slots=True)
class Scored:
    """One article with gold: its id (the gold path without suffixes), gold, and the output or None."""

    id: str
    gold: Mapping[str, Any]
    found: Mapping[str, Any] | None


def article_stem(path: Path, folder: Path) -> str:
    """The path of a gold or output file in its folder, without ".json" and the article's own suffix."""
    name = path.relative_to(folder).as_posix().removesuffix(".json")
    for suffix in ARTICLE_SUFFIXES:
        if name.lower().endswith(suffix):
            return name[: -len(suffix)]
    return name


def read_records(path: Path, specs: tuple[TypeSpec, ...]) -> dict[str, Any]:
    """The content of a gold or output file.

    Raises GoldError when it cannot be read as JSON, or a record type is not a list of objects.
    """
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise GoldError(f"{path}: cannot be read as JSON: {error}") from error
    if not isinstance(content, dict):
        raise GoldError(
            f"{path}: an object with the lists {', '.join(s.collection for s in specs)} is needed"
        )
    for spec in specs:
        records = content.get(spec.collection)
        if records is None:
            continue
        if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
            raise GoldError(f"{path}: {spec.collection}: a list of objects is needed")
    return content


def is_draft(path: Path, content: Mapping[str, Any]) -> bool:
    """Whether a gold file is a draft not accepted yet: by its name, or by its mark `"draft": true`."""
    return path.name.endswith(DRAFT_SUFFIX) or bool(content.get("draft"))


def json_files(folder: Path) -> list[Path]:
    """All JSON files of a folder and those below it, sorted. Raises GoldError for an absent folder."""
    if not folder.is_dir():
        raise GoldError(f"{folder}: no such folder")
    return sorted(folder.rglob("*.json"))


def _find_prediction(
    gold: Path, gold_dir: Path, predicted_dir: Path, by_stem: Mapping[str, list[Path]]
) -> Path | None:
    same_name = predicted_dir / gold.relative_to(gold_dir)
    if same_name.is_file():
        return same_name
    found = by_stem.get(article_stem(gold, gold_dir), [])
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise GoldError(f"{gold}: stands for several outputs ({names}); name the gold file after one of them")
    return found[0] if found else None


def scored_articles(gold_dir: Path, predicted_dir: Path, specs: tuple[TypeSpec, ...]) -> Iterator[Scored]:
    """Every article that has accepted gold, in the order of the gold paths; drafts are passed over.

    Raises GoldError when a folder is missing, a file cannot be read, or one gold file stands for two outputs.
    """
    by_stem: dict[str, list[Path]] = defaultdict(list)
    for path in json_files(predicted_dir):
        by_stem[article_stem(path, predicted_dir)].append(path)
    for path in json_files(gold_dir):
        gold = read_records(path, specs)
        if is_draft(path, gold):
            continue
        prediction = _find_prediction(path, gold_dir, predicted_dir, by_stem)
        found = read_records(prediction, specs) if prediction else None
        yield Scored(article_stem(path, gold_dir), gold, found)
