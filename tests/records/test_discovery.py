"""Record types are found by looking."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from pipeline import records
from pipeline.errors import SettingsError
from pipeline.records import discover, package_folder, select


def kinds(*folders: Path) -> list[str]:
    return [t.kind for t in discover(folders)]


def package(folder: Path, name: str, code: str) -> Path:
    (folder / name).mkdir(parents=True)
    (folder / name / "__init__.py").write_text(code)
    return folder


def test_each_package_in_the_folder_is_a_record_type() -> None:
    shipped = {p.parent.name for p in Path(records.__file__).parent.glob("*/__init__.py")}
    assert set(kinds()) == shipped
    assert kinds() == sorted(kinds())


def test_a_further_folder_adds_its_types(record_folder: Path) -> None:
    assert set(kinds(record_folder)) - set(kinds()) == {"pledge"}
    (pledge,) = select(discover([record_folder]), ["pledge"])
    assert package_folder(pledge) == record_folder / "pledge"


def test_an_installed_package_adds_its_types(record_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(record_folder)
    entry = EntryPoint(name="pledge", value="pledge:RECORD_TYPE", group=records.ENTRY_POINTS)
    monkeypatch.setattr(records, "entry_points", lambda group: [entry] if group == entry.group else [])
    assert "pledge" in kinds()


def test_types_are_selected_by_kind_or_plural(record_folder: Path) -> None:
    types = discover([record_folder])
    assert select(types, []) == types
    assert select(types, ["pledge"]) == select(types, ["pledges"]) != types


def test_an_unknown_kind_is_refused_and_the_known_ones_are_named(record_folder: Path) -> None:
    with pytest.raises(SettingsError, match=r"no record type rumour; there are: .*pledge"):
        select(discover([record_folder]), ["rumour"])


def test_two_types_of_one_kind_are_refused(record_folder: Path, tmp_path: Path) -> None:
    code = (record_folder / "pledge" / "__init__.py").read_text()
    twin = package(tmp_path / "twins", "pledge_twin", code)
    with pytest.raises(SettingsError, match="two record types bear the kind pledge"):
        discover([record_folder, twin])


def test_a_package_without_record_type_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="empty_type: a record type needs a RECORD_TYPE"):
        discover([package(tmp_path, "empty_type", "")])


def test_a_folder_may_not_take_the_name_of_another_module(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="the name json is taken by another module"):
        discover([package(tmp_path, "json", "RECORD_TYPE = None")])


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such folder of record types"):
        discover([tmp_path / "nowhere"])
