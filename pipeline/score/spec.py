"""Which record types are scored, by which slots and keys: `types.toml` and files of the same form."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import DataFileError

from .compare import COMPARISONS, Slot

TYPES_FILE = Path(__file__).with_name("types.toml")


@dataclass(frozen=True, slots=True)
class TypeSpec:
    """How one record type is scored.

    `collection` is its key in a gold file ("conferences"), `title` its singular. A pair agrees on all slots
    of `key`, and on at least one of `key_any` unless that is empty.
    """

    collection: str
    title: str
    slots: tuple[Slot, ...]
    key: tuple[Slot, ...]
    key_any: tuple[Slot, ...]


def _slot(where: str, field: str, value: Any, put_aside: frozenset[str]) -> Slot:
    options = {"compare": value} if isinstance(value, str) else dict(value)
    compare = options.pop("compare", None)
    if compare not in COMPARISONS:
        raise DataFileError(
            f"{where}, slot {field}: unknown comparison {compare!r}; one of {', '.join(COMPARISONS)}"
        )
    of = options.pop("of", "")
    if options:
        raise DataFileError(f"{where}, slot {field}: unknown option {', '.join(options)}")
    return Slot(field, compare, of, put_aside)


def _type_spec(path: Path, collection: str, table: Mapping[str, Any], put_aside: frozenset[str]) -> TypeSpec:
    where = f"{path}: [{collection}]"
    slots = {field: _slot(where, field, value, put_aside) for field, value in table.get("slots", {}).items()}
    unknown = [name for name in (*table.get("key", ()), *table.get("key_any", ())) if name not in slots]
    if unknown or not table.get("key"):
        raise DataFileError(
            f"{where}: the key must name slots of the type; not a slot: {', '.join(unknown) or 'none given'}"
        )
    key, key_any = (tuple(slots[name] for name in table.get(part, ())) for part in ("key", "key_any"))
    return TypeSpec(collection, table.get("title", collection), tuple(slots.values()), key, key_any)


@cache
def read_specs(path: Path = TYPES_FILE) -> tuple[TypeSpec, ...]:
    """The record types of one scoring file, in the file's order.

    Raises DataFileError when the file is no TOML, or names an unknown comparison or a key that is no slot.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(f"{path}: {error}") from error
    put_aside = frozenset(tables.pop("holder_words", ()))
    return tuple(_type_spec(path, name, table, put_aside) for name, table in tables.items())


def select(specs: Iterable[TypeSpec], wanted: Iterable[str]) -> tuple[TypeSpec, ...]:
    """Those of `specs` named in `wanted`, by title or collection; all when nothing is wanted.

    Raises DataFileError for a name that no type bears.
    """
    specs, names = tuple(specs), set(wanted)
    known = {name for spec in specs for name in (spec.title, spec.collection)}
    if unknown := sorted(names - known):
        raise DataFileError(
            f"no record type {', '.join(unknown)}; there are {', '.join(s.title for s in specs)}"
        )
    return tuple(spec for spec in specs if not names or {spec.title, spec.collection} & names)
