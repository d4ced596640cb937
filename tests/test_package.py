"""The verbs that the package offers to callers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import pipeline
from pipeline.settings import Settings

TEXT = "Norway pledged 12 million dollars."


def donors(result: Any) -> list[str]:
    return [pledge.donor for pledge in result.records["pledges"]]


def test_extract_reads_a_text_or_a_file(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.txt").write_text(TEXT.replace("Norway", "Sweden"))
    assert donors(pipeline.extract(TEXT, settings)) == ["Norway"]
    assert donors(pipeline.extract(tmp_path / "a.txt", settings)) == ["Sweden"]


def test_extract_folder_writes_files(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT)
    assert pipeline.extract_folder([str(tmp_path / "in")], tmp_path / "out", settings).articles == 1
    assert (tmp_path / "out" / "a.json").is_file()


def test_output_schema_knows_further_record_types(settings: Settings) -> None:
    assert "pledges" in pipeline.output_schema(settings)["properties"]


@pytest.mark.parametrize("name", pipeline.__all__)
def test_every_verb_is_there_and_stays_a_function(name: str) -> None:
    """Importing a submodule of the same name would put the module in the function's place."""
    for _ in range(2):
        assert callable(getattr(pipeline, name))


def test_nothing_else_is_made_up() -> None:
    with pytest.raises(AttributeError, match="extract_everything"):
        _ = pipeline.extract_everything
