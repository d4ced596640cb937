"""The verbs that the package offers to callers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import pipeline
from pipeline.errors import GoldError
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


def test_runs_are_scored_compared_and_explained(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.json").write_text('{"pledges": [{"donor": "Norway", "millions": 12}]}')
    pipeline.extract_folder([tmp_path / "a.txt"], tmp_path / "out", settings)
    assert pipeline.score_folders(tmp_path / "gold", tmp_path / "out", settings=settings).slots().f1 == 1.0
    assert pipeline.diff_outputs(tmp_path / "out", tmp_path / "out", settings=settings).changes == ()
    (told,) = pipeline.explain_article(tmp_path / "a.txt", settings=settings)
    assert [field.field for field in told.fields] == ["donor", "millions"]


def test_broken_gold_is_not_scored(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.json").write_text('{"pledges": [{"donor": "Norway"}]}')
    with pytest.raises(GoldError, match=r"a\.json: pledges\[0\]\.millions: Field required"):
        pipeline.score_folders(tmp_path, tmp_path, settings=settings)


@pytest.mark.parametrize("name", pipeline.__all__)
def test_every_verb_is_there_and_stays_a_function(name: str) -> None:
    """Importing a submodule of the same name would put the module in the function's place."""
    for _ in range(2):
        assert callable(getattr(pipeline, name))


def test_nothing_else_is_made_up() -> None:
    with pytest.raises(AttributeError, match="extract_everything"):
        _ = pipeline.extract_everything
