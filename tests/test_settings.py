"""Where settings come from, and which source wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.settings import Settings, load_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text('model = "from_file"\nrecord_types = ["alliance"]\n')
    return path


def test_defaults() -> None:
    assert load_settings() == Settings(model=None, record_types=(), record_folders=())


def test_a_file_beats_the_defaults(file: Path) -> None:
    assert load_settings(file).model == "from_file"
    assert load_settings(file).record_types == ("alliance",)


def test_the_environment_beats_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_MODEL", "from_environment")
    assert load_settings(file).model == "from_environment"
    assert load_settings(file).record_types == ("alliance",)


def test_flags_beat_all(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_MODEL", "from_environment")
    assert load_settings(file, model="from_flag", record_types=None).model == "from_flag"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('modle = "typo"', "modle: Extra inputs are not permitted"),
        ("record_types = 3", "record_types: Input should be a valid tuple"),
        ("model = ", "cannot be read as TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_the_field(
    text: str, complaint: str, tmp_path: Path
) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=complaint) as error:
        load_settings(file)
    assert "wrong.toml" in str(error.value)


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().model = "other"  # type: ignore[misc]
