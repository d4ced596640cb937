"""JSON Schema, and files that are whole or not there."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pipeline.records import discover
from pipeline.settings import Settings
from pipeline.write import WriteError, json_schema, write_atomic


def test_the_schema_is_a_schema_and_knows_every_record_type(settings: Settings) -> None:
    types = discover(settings.record_folders)
    schema = json_schema(types)
    Draft202012Validator.check_schema(schema)
    assert {t.plural for t in types} < schema["properties"].keys()
    assert schema["$defs"]["Pledge"]["required"] == ["evidence", "donor", "millions", "comment"]


def test_the_schema_refuses_what_is_not_written(settings: Settings) -> None:
    validator = Draft202012Validator(json_schema(discover(settings.record_folders)))
    problems = {error.validator for error in validator.iter_errors({"schema_version": "0.9", "extra": 1})}
    assert problems == {"const", "required", "additionalProperties"}


@given(old=st.binary(), new=st.binary())
def test_a_file_is_replaced_by_its_new_content(
    tmp_path_factory: pytest.TempPathFactory, old: bytes, new: bytes
) -> None:
    target = tmp_path_factory.mktemp("files") / "deep" / "a.json"
    write_atomic(target, old)
    write_atomic(target, new)
    assert target.read_bytes() == new
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.json"
    write_atomic(target, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(WriteError, match=r"a\.json: cannot be written: No space left on device"):
        write_atomic(target, b"new")
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_files_get_the_rights_that_the_umask_leaves(tmp_path: Path) -> None:
    write_atomic(tmp_path / "a.json", b"")
    (tmp_path / "plain").touch()
    rights = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("a.json", "plain")]
    assert rights[0] == rights[1]
