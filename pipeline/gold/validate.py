"""What a gold file may hold, and everything that is wrong in one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pycountry
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from pipeline.base import CountryCode, EdtfDate, Model, RecordType
from pipeline.errors import GoldError
from pipeline.records import discover
from pipeline.score.files import is_draft, json_files

KOSOVO = "XKX"  # in general use, though not in ISO 3166-1
Location = tuple[str | int, ...]


class GoldDateline(Model):
    """Place, date and agency of a dateline."""

    place: str | None = None
    date: EdtfDate | None = None
    agency: str | None = None


class GoldArticle(Model):
    """What the page says of itself; not scored."""

    title: str | None = None
    source: str | None = None
    published: EdtfDate | None = None
    dateline: GoldDateline | None = None
    captions: tuple[str, ...] = ()


class Draft(Model):
    """The mark of a draft: what it was made of, so that one which nobody has touched is recognised."""

    article: str = Field(description="The id of the article.")
    digest: str = Field(description="SHA-256 of the records as they were drafted.")


class GoldFile(Model):
    """What stands in a gold file beside the lists of records."""

    id: str | None = None
    article: GoldArticle = GoldArticle()
    notes: tuple[str, ...] = ()
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a gold file, and where: a path such as "conferences[2].start_date"."""

    file: Path
    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {self.reason}"


@cache
def country_codes() -> frozenset[str]:
    """All codes that a record may bear: ISO 3166-1, and those withdrawn for states that are no more (YUG)."""
    known = (*pycountry.countries, *pycountry.historic_countries)
    return frozenset(country.alpha_3 for country in known) | {KOSOVO}


def code_problem(code: str) -> str | None:
    """Why a code is none, or None."""
    return None if code in country_codes() else f"{code} is no ISO 3166-1 alpha-3 code"


def day_problem(edtf: str) -> str | None:
    """Why a well-formed EDTF date is not in the calendar, or None; an unknown year counts as a leap year."""
    year, month, day = (*edtf.split("-"), "1", "1")[:3]
    try:
        date(2000 if year == "XXXX" else int(year), int(month), int(day))
    except ValueError:
        return f"{edtf} is no date of the calendar"
    return None


# The schemas say by their patterns which strings are codes and which are dates, in any record type.
_CHECKS = {
    TypeAdapter(CountryCode).json_schema()["pattern"]: code_problem,
    TypeAdapter(EdtfDate).json_schema()["pattern"]: day_problem,
}


def _patterned(
    schema: Mapping[str, Any], defs: Mapping[str, Any], value: Any, at: Location
) -> Iterator[tuple[Location, str, str]]:
    """Every string of a value that has a pattern in its JSON Schema: (where it stands, pattern, string)."""
    if "$ref" in schema:
        schema = defs[schema["$ref"].rpartition("/")[2]]
    for option in schema.get("anyOf", ()):
        yield from _patterned(option, defs, value, at)
    if isinstance(value, str) and "pattern" in schema:
        yield at, schema["pattern"], value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _patterned(schema.get("properties", {}).get(key, {}), defs, inner, (*at, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _patterned(schema.get("items", {}), defs, inner, (*at, number))


def _path(at: Location) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in at).lstrip(".") or "file"


def _model_problems(model: type[BaseModel], value: Any, at: Location) -> Iterator[tuple[Location, str]]:
    try:
        model.model_validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        for found in error.errors(include_url=False):
            value = "" if found["type"] == "missing" else f" (found {found['input']!r:.60})"
            yield (*at, *found["loc"]), found["msg"] + value
        return
    schema = _json_schema(model)
    for where, pattern, text in _patterned(schema, schema.get("$defs", {}), value, at):
        reason = _CHECKS[pattern](text) if pattern in _CHECKS else None
        if reason:
            yield where, reason


@cache
def _json_schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def _orphans(content: Mapping[str, Any]) -> Iterator[tuple[Location, str]]:
    names = {
        alliance.get("name") for alliance in content.get("alliances") or () if isinstance(alliance, dict)
    }
    for number, membership in enumerate(content.get("memberships") or ()):
        if isinstance(membership, dict) and (name := membership.get("alliance")) not in names:
            yield ("memberships", number, "alliance"), f"no alliance of this file has the name {name!r}"


def _problems(content: Any, types: Iterable[RecordType]) -> Iterator[tuple[Location, str]]:
    if not isinstance(content, dict):
        yield (), "an object is needed"
        return
    schemas = {record_type.plural: record_type.schema for record_type in types}
    others = {key: value for key, value in content.items() if key not in schemas}
    yield from _model_problems(GoldFile, others, ())
    for plural, schema in schemas.items():
        records = content.get(plural, [])
        if not isinstance(records, list):
            yield (plural,), "a list of records is needed"
            continue
        for number, record in enumerate(records):
            yield from _model_problems(schema, record, (plural, number))
    yield from _orphans(content)


def check_gold(path: Path, types: Iterable[RecordType] | None = None) -> list[Problem]:
    """Everything that is wrong in a gold file or draft: fields, codes, dates, memberships without alliance.

    Args:
        path: the file.
        types: the record types that it may hold; None for those that the program ships.
    """
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        return [Problem(path, "file", f"cannot be read as JSON: {error}")]
    found = _problems(content, discover() if types is None else types)
    return [Problem(path, _path(at), reason) for at, reason in found]


def check_gold_folder(folder: Path, types: Iterable[RecordType] | None = None) -> list[Problem]:
    """Everything that is wrong in the gold files of a folder, drafts included.

    Raises:
        GoldError: there is no such folder.
    """
    types = tuple(discover() if types is None else types)
    return [problem for path in json_files(folder) for problem in check_gold(path, types)]


def require_gold(folder: Path, types: Iterable[RecordType] | None = None) -> None:
    """Make sure that all gold files of a folder keep to the contract; drafts may break it.

    Raises:
        GoldError: one does not, or there is no such folder; the message has a line for each problem.
    """
    problems = check_gold_folder(folder, types)
    if problems := [problem for problem in problems if not _is_draft_file(problem.file)]:
        raise GoldError("\n".join(map(str, problems)))


def _is_draft_file(path: Path) -> bool:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return is_draft(path, {})
    return isinstance(content, dict) and is_draft(path, content)


def load_gold(path: Path, types: Iterable[RecordType] | None = None) -> dict[str, Any]:
    """The content of a gold file.

    Raises:
        GoldError: it breaks the contract; the message has a line (file, path, reason) for each problem.
    """
    if problems := check_gold(path, types):
        raise GoldError("\n".join(map(str, problems)))
    content: dict[str, Any] = json.loads(path.read_bytes())
    return content
