"""JSON Lines as items: one record a line, with the id that it states or the number of its line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, BinaryIO

import orjson

from pipeline.read.items import Fields, InputOptions, Item, broken
from pipeline.read.members import data_item, record_id


def jsonl_items(stream: BinaryIO, path: str, archive_id: str, options: InputOptions) -> Iterator[Item]:
    """The records of a stream; an id ends in the one that the record states, or in "line-12".

    A line above `largest_article` bytes is a failure; one that is no JSON object fails when it is read.
    """
    fields = asdict(options.fields)
    for number, line in enumerate(_lines(stream, options.largest_article), start=1):
        name = f"line-{number}"
        if line is None:
            why = f"longer than {options.largest_article} bytes (--largest-article)"
            yield broken(record_id(archive_id, name), f"{path}, line {number}", why)
        elif line.strip():
            stated = _stated_id(line, options.fields)
            yield data_item(line.rstrip(b"\r\n"), record_id(archive_id, stated or name), "record", fields)


def _lines(stream: BinaryIO, longest: int) -> Iterator[bytes | None]:
    """The lines of a stream, None for one that is too long."""
    while line := stream.readline(longest + 1):
        if len(line) <= longest:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(longest)
        yield None


def _stated_id(line: bytes, fields: Fields) -> str:
    """The id that a record states, a string or a number; empty if it states none, or is no record."""
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError:
        try:
            record = json.loads(line, strict=False)  # NaN, and what else Python writes
        except (ValueError, RecursionError):
            return ""
    for name in fields.id.split("|"):
        value = _at(record, name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value)
    return ""


def _at(record: Any, name: str) -> Any:
    """The value of a field, "a.b" for the b in a."""
    if not isinstance(record, dict):
        return None
    if name in record:
        return record[name]
    first, dot, rest = name.partition(".")
    return _at(record.get(first), rest) if dot else None
