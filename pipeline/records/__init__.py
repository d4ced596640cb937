"""The record types, one package each, found by looking: there is no list of them to edit.

A record type is a package that has a `RECORD_TYPE` (see `pipeline.base.RecordType`). Those in this folder
ship with the program. Others come from installed packages (entry points of the group `communique.records`,
each naming a `RECORD_TYPE`) or from folders that the settings name.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.metadata import entry_points
from importlib.util import module_from_spec
from inspect import getfile
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from pipeline.base import RecordType
from pipeline.errors import SettingsError

ENTRY_POINTS = "communique.records"


def discover(folders: Iterable[Path] = ()) -> tuple[RecordType, ...]:
    """All record types there are, by kind: the program's, those of installed packages, those in `folders`.

    Raises:
        SettingsError: a package has no `RECORD_TYPE`, a folder is missing, or two bear one kind or plural.
    """
    types = [*_shipped(), *_installed(), *(t for folder in folders for t in _in_folder(folder))]
    for name in ("kind", "plural"):
        values = [getattr(t, name) for t in types]
        if doubled := sorted({v for v in values if values.count(v) > 1}):
            raise SettingsError(f"two record types bear the {name} {', '.join(doubled)}; rename one of them")
    return tuple(sorted(types, key=lambda t: t.kind))


def select(types: Iterable[RecordType], wanted: Iterable[str]) -> tuple[RecordType, ...]:
    """Those of `types` named in `wanted`, by kind or plural; all when nothing is wanted.

    Raises:
        SettingsError: a name that no type bears.
    """
    types, names = tuple(types), set(wanted)
    if unknown := sorted(names - {name for t in types for name in (t.kind, t.plural)}):
        known = ", ".join(t.kind for t in types)
        raise SettingsError(f"no record type {', '.join(unknown)}; there are: {known}")
    return tuple(t for t in types if not names or {t.kind, t.plural} & names)


def package_folder(record_type: RecordType) -> Path:
    """The folder of the module that a record type is defined in, with its data files."""
    return Path(getfile(type(record_type))).parent


def _shipped() -> Iterator[RecordType]:
    for info in iter_modules(__path__):
        if info.ispkg:
            yield _record_type(import_module(f"{__name__}.{info.name}"))


def _installed() -> Iterator[RecordType]:
    for entry in entry_points(group=ENTRY_POINTS):
        record_type: RecordType = entry.load()
        yield record_type


def _in_folder(folder: Path) -> Iterator[RecordType]:
    if not folder.is_dir():
        raise SettingsError(f"{folder}: no such folder of record types")
    for info in iter_modules([str(folder)]):
        if info.ispkg:
            yield _record_type(_import_from(folder, info.name))


def _import_from(folder: Path, name: str) -> ModuleType:
    """Import a package from a folder outside of the module search path, under its own top-level name."""
    spec = PathFinder.find_spec(name, [str(folder)])
    assert spec is not None and spec.loader is not None, f"{folder / name} was seen as a package a moment ago"
    loaded = sys.modules.get(name)
    if loaded is not None:
        if getattr(loaded, "__file__", None) != spec.origin:
            raise SettingsError(
                f"{folder / name}: the name {name} is taken by another module; rename the folder"
            )
        return loaded
    module = sys.modules[name] = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _record_type(module: ModuleType) -> RecordType:
    record_type: RecordType | None = getattr(module, "RECORD_TYPE", None)
    if record_type is None:
        raise SettingsError(f"{module.__name__}: a record type needs a RECORD_TYPE in its __init__.py")
    return record_type
