"""How a record type that `types.toml` does not name is scored: slots and key follow from its schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.base import RecordType

from .compare import Slot
from .spec import TypeSpec, read_specs

# A name is what agrees by alias, these are never scored.
_NOT_SCORED = frozenset({"aliases", "evidence"})


def _resolve(schema: Mapping[str, Any], defs: Mapping[str, Any]) -> Mapping[str, Any]:
    """A field's schema without null and without indirection."""
    options = [option for option in schema.get("anyOf", ()) if option.get("type") != "null"]
    schema = options[0] if options else schema
    return defs[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _is_free_text(schema: Mapping[str, Any]) -> bool:
    return schema.get("type") == "string" and not {"enum", "const", "pattern"} & schema.keys()


def _compare(field: str, schema: Mapping[str, Any], defs: Mapping[str, Any]) -> str:
    schema = _resolve(schema, defs)
    if schema.get("type") == "array":
        return "names" if _is_free_text(_resolve(schema.get("items", {}), defs)) else "codes"
    if "additionalProperties" in schema and "properties" not in schema:
        return "entries"
    if {"value", "qualifier"} <= schema.get("properties", {}).keys():
        return "count"
    if schema.get("type") == "number":
        return "share"
    if _is_free_text(schema):
        return "own_name" if field == "name" else "name"
    return "exact"


def derive_spec(record_type: RecordType) -> TypeSpec:
    """The slots of a record type's schema: free text compares as names, lists by element, the rest exactly.

    The key is the field `name`, or, where there is none, all fields that a record must have.
    """
    schema = record_type.schema.model_json_schema()
    defs, fields = schema.get("$defs", {}), schema["properties"]
    slots = {f: Slot(f, _compare(f, s, defs)) for f, s in fields.items() if f not in _NOT_SCORED}
    key = ["name"] if "name" in slots else [field for field in schema.get("required", ()) if field in slots]
    picked = tuple(slots[field] for field in key) or tuple(slots.values())
    return TypeSpec(record_type.plural, record_type.kind, tuple(slots.values()), picked, ())


def specs_of(types: Iterable[RecordType]) -> tuple[TypeSpec, ...]:
    """How each of the record types is scored: by `types.toml`, or as its schema has it."""
    written = {spec.collection: spec for spec in read_specs()}
    by_plural = {record_type.plural: record_type for record_type in types}
    known = [spec for plural, spec in written.items() if plural in by_plural]
    return (*known, *(derive_spec(t) for plural, t in by_plural.items() if plural not in written))
