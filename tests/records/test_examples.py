"""Every record type's examples: a text goes in, these records come out, and nothing else of that type."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest

from pipeline.records import discover
from pipeline.run import Extractor, article_of


def _examples() -> list[Any]:
    cases = []
    for record_type in discover():
        path = files(type(record_type).__module__.rsplit(".", 1)[0]) / "examples.jsonl"
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        assert rows, f"{path} has no examples"
        cases += [pytest.param(record_type.plural, row, id=f"{record_type.kind}-{row['id']}") for row in rows]
    return cases


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize(("plural", "row"), _examples())
def test_example(extractor: Extractor, plural: str, row: dict[str, Any]) -> None:
    result = extractor(article_of(row["text"]))
    found = [record.model_dump(mode="json", exclude={"evidence"}) for record in result.records[plural]]
    expected = row["expect"]
    assert len(found) == len(expected), f"expected {len(expected)} records, found {found}"
    for wanted in expected:
        assert _nearest(wanted, found) == {}


def _nearest(wanted: dict[str, Any], found: list[dict[str, Any]]) -> dict[str, Any]:
    """What differs from the record that comes nearest: field -> (expected, found)."""
    differences = [{k: (v, r.get(k)) for k, v in wanted.items() if r.get(k) != v} for r in found]
    return min(differences, key=len)
