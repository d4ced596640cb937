"""Term lists, patterns and reference facts as data files, and the one loader that validates them."""

from __future__ import annotations

import json
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import DataFileError


class Row(BaseModel):
    """One line of a data file; every line has an id that is unique in its file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str


RowT = TypeVar("RowT", bound=Row)


def load_rows(package: str, name: str, row_type: type[RowT]) -> tuple[RowT, ...]:
    """Read a JSONL data file that lies in a package.

    Args:
        package: the package that holds the file, "pipeline.data".
        name: the file's name, "countries.jsonl". Empty lines and lines that start with // are passed over.
        row_type: the model that every line is validated with.

    Raises:
        DataFileError: a line is no JSON, breaks the model, or repeats an id; names file and line.
    """
    return parse_rows(files(package) / name, row_type)


def parse_rows(path: Traversable, row_type: type[RowT]) -> tuple[RowT, ...]:
    """`load_rows` for a file given by its path."""
    rows: dict[str, RowT] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("//"):
            continue
        row = _parse(line, row_type, f"{path.name}:{number}")
        if row.id in rows:
            raise DataFileError(
                f"{path.name}:{number}: the id {row.id!r} stands twice; give each line its own"
            )
        rows[row.id] = row
    return tuple(rows.values())


def _parse(line: str, row_type: type[RowT], where: str) -> RowT:
    try:
        return row_type.model_validate(json.loads(line))
    except json.JSONDecodeError as error:
        raise DataFileError(f"{where}: not JSON: {error}") from error
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise DataFileError(f"{where}: {problems}") from error
