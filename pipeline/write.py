"""Result -> JSON: one stable form, its JSON Schema, and files that are whole or not there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import GenericAlias
from typing import Any

import orjson
from pydantic import Field, create_model

from pipeline.base import Article, CleanText, Evidence, Model, Record, RecordType, Sourced
from pipeline.checks import Discrepancy
from pipeline.errors import CommuniqueError, printable
from pipeline.evidence import cite_source

SCHEMA_VERSION = "1.0"


class WriteError(CommuniqueError):
    """A file cannot be written; names it and the system's reason."""


class DatelineInfo(Model):
    """Where, when and by whom a story says it was filed."""

    place: str | None = Field(description="As the text gives it.")
    date: str | None = Field(
        description="EDTF date, its year XXXX where neither dateline nor page states it."
    )
    agency: str | None = Field(description="As the text gives it.")


class ArticleInfo(Model):
    """What an article says about itself."""

    id: str = Field(description="Its path below the folder that was read.")
    digest: str = Field(description="SHA-256 of its bytes.")
    title: str | None
    source: str | None = Field(description="Agency or outlet.")
    published: str | None = Field(description="The date that the page states, EDTF.")
    dateline: DatelineInfo
    captions: tuple[str, ...] = Field(description="Picture captions and credits, taken out of the text.")
    url: str | None
    evidence: tuple[Evidence, ...] = Field(description="Where the page states them.")


class ModelVersion(Model):
    """The language model that read the article."""

    name: str
    version: str
    digest: str


class Provenance(Model):
    """What made a file; with the same provenance, the same article gives the same bytes."""

    program: str = Field(description="Name and version.")
    rules: str = Field(description="SHA-256 over all patterns, term lists and facts.")
    model: ModelVersion


def article_info(article: Article, clean: CleanText) -> ArticleInfo:
    """An article's metadata, each value with its place in the source."""
    line = clean.dateline
    named = {
        "title": clean.title,
        "source": clean.source,
        "published": clean.published,
        "dateline.place": line.place,
        "dateline.date": line.date,
        "dateline.agency": line.agency,
        "url": article.url,
    }
    stated = [*named.items(), *(("captions", caption) for caption in clean.captions)]
    return ArticleInfo(
        id=article.id,
        digest=article.digest,
        title=_value(clean.title),
        source=_value(clean.source),
        published=_value(clean.published),
        dateline=DatelineInfo(place=_value(line.place), date=_value(line.date), agency=_value(line.agency)),
        captions=tuple(caption.value for caption in clean.captions),
        url=_value(article.url),
        evidence=tuple(
            cite_source(field, sourced, f"article.{field}", article.source)
            for field, sourced in stated
            if sourced and sourced.end  # the address of a page in a web archive stands nowhere on it
        ),
    )


def _value(sourced: Sourced | None) -> str | None:
    return sourced.value if sourced else None


def content(
    article: ArticleInfo,
    records: Mapping[str, Sequence[Record]],
    warnings: Iterable[Discrepancy],
    provenance: Provenance,
) -> dict[str, Any]:
    """The content of one output file as plain objects, keys in one fixed order."""
    return {
        "schema_version": SCHEMA_VERSION,
        "article": article.model_dump(mode="json"),
        **{plural: [_evidence_last(record) for record in found] for plural, found in records.items()},
        "warnings": [warning.model_dump(mode="json") for warning in warnings],
        "provenance": provenance.model_dump(mode="json"),
    }


def to_json(content: Mapping[str, Any]) -> bytes:
    """UTF-8, indented by two spaces, with a newline at the end."""
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _evidence_last(record: Record) -> dict[str, Any]:
    dumped = record.model_dump(mode="json")
    return dumped | {"evidence": dumped.pop("evidence")}


def json_schema(types: Iterable[RecordType]) -> dict[str, Any]:
    """The JSON Schema of an output file; its lists of records are optional, as a run may leave types out."""
    types = tuple(types)
    lists: dict[str, Any] = {t.plural: (GenericAlias(tuple, (t.schema, ...)), Field()) for t in types}
    output = create_model(
        "Output",
        __base__=Model,
        schema_version=(str, Field(json_schema_extra={"const": SCHEMA_VERSION})),
        article=(ArticleInfo, Field()),
        **lists,
        warnings=(tuple[Discrepancy, ...], Field()),
        provenance=(Provenance, Field()),
    )
    schema = output.model_json_schema(mode="serialization")
    for definition in (schema, *schema["$defs"].values()):
        if "properties" in definition:  # written files state every field, null or not
            definition["required"] = list(definition["properties"])
    schema["required"] = [name for name in schema["required"] if name not in lists]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file that is there whole or not at all, whatever happens: temporary file, fsync, rename.

    Raises:
        WriteError: the file system refuses; nothing is left behind.
    """
    with refused(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_and_rename(path, data)


@contextmanager
def refused(path: Path) -> Iterator[None]:
    """Turn what the system says against writing `path` into a `WriteError`."""
    try:
        yield
    except OSError as error:
        where = printable(str(path))
        raise WriteError(f"{where}: cannot be written: {error.strerror or error}") from error


def write_synced(path: Path, data: bytes | Iterable[bytes], append: bool = False) -> None:
    """Write a file, or on to its end, and wait until it is on the disk; a torn file may stay behind.

    Raises:
        OSError: the file system refuses.
    """
    flags = os.O_APPEND if append else os.O_TRUNC
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | flags, 0o666)
    try:
        for chunk in (data,) if isinstance(data, bytes) else data:
            _write_all(descriptor, chunk)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Wait until the names in a folder are on the disk.

    Raises:
        OSError: the file system refuses.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:  # the system may take a part only
        rest = rest[os.write(descriptor, rest) :]


def _write_and_rename(path: Path, data: bytes) -> None:
    with NamedTemporaryFile(dir=path.parent, prefix=".writing-", delete=False) as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(0o666 & ~_umask())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


@cache
def _umask() -> int:
    """The process's umask; there is no way to read it but to set it."""
    umask = os.umask(0o077)
    os.umask(umask)
    return umask
