"""Archives and streams: the articles in ZIP, tar, WARC and JSONL files as items, one in memory at a time."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, BinaryIO, cast

from pipeline.errors import ReadError
from pipeline.read.items import InputOptions, Item, broken
from pipeline.read.jsonl import jsonl_items
from pipeline.read.members import member_id, member_item
from pipeline.read.names import FORMS, endings, is_archive, is_read
from pipeline.read.streams import BROKEN, guarded, unpacked
from pipeline.read.warc import warc_items

_BROKEN = (*BROKEN, tarfile.TarError, zipfile.BadZipFile, NotImplementedError, ReadError)
_ENCRYPTED = 1  # bit of a ZIP member's flags


def archive_items(path: str, article_id: str, options: InputOptions) -> Iterator[Item]:
    """The articles in an archive or stream, in its order.

    Ids are "<id of the archive>!/<name within>". Where the archive is broken, an item with the archive's own
    id and a `failure` says so; what was read before stays.
    """
    try:
        with Path(path).open("rb") as stream:
            yield from _Archive(path, article_id, options).items(stream)
    except OSError as error:
        yield broken(article_id, path, f"cannot be opened: {error.strerror or error}")


@dataclass(frozen=True, slots=True)
class _Archive:
    path: str
    id: str
    options: InputOptions
    depth: int = 0

    def items(self, stream: BinaryIO) -> Iterator[Item]:
        """The items of this archive, the last of them a failure where it is broken."""
        holds, compression = endings(self.path)
        try:
            if self.depth > self.options.nesting:
                raise ReadError(f"an archive within {self.depth} others; unpack it first")
            yield from self._read(holds, unpacked(stream, compression, self.options))
        except _BROKEN as error:
            yield broken(self.id, self.path, f"cannot be read on from here: {error or 'it ends too soon'}")

    def _read(self, holds: str, stream: BinaryIO) -> Iterator[Item]:
        if holds == ".zip":
            yield from self._zip(stream)
        elif holds == ".tar":
            yield from self._tar(stream)
        elif holds == ".warc":
            yield from warc_items(stream, self.path, self.id, self.options)
        elif holds == ".jsonl":
            lines = io.BufferedReader(cast(io.RawIOBase, stream))
            yield from jsonl_items(lines, self.path, self.id, self.options)
        else:
            yield member_item(stream, self.path, self.id, FORMS[holds], self.options)

    def _zip(self, stream: BinaryIO) -> Iterator[Item]:
        if self.depth:
            raise ReadError("a ZIP archive within another archive; unpack it first")
        with zipfile.ZipFile(stream) as archive:
            for info in archive.infolist():
                if info.is_dir() or not is_read(info.filename):
                    continue
                inner = self._inner(info.filename)
                if info.flag_bits & _ENCRYPTED:
                    yield broken(inner.id, inner.path, "is encrypted")
                    continue
                try:
                    with archive.open(info) as packed:
                        yield from inner.member(guarded(packed, partial(_size, info), self.options))
                except _BROKEN as error:
                    yield broken(inner.id, inner.path, f"cannot be unpacked: {error}")

    def _tar(self, stream: BinaryIO) -> Iterator[Item]:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for info in archive:
                if info.isdir() or not is_read(info.name):
                    continue
                inner = self._inner(info.name)
                member = archive.extractfile(info) if info.isreg() else None
                if member:
                    yield from inner.member(member)
                else:
                    yield broken(inner.id, inner.path, "not a regular file (a link, a pipe, a device)")

    def _inner(self, name: str) -> _Archive:
        return _Archive(f"{self.path}!/{name}", member_id(self.id, name), self.options, self.depth + 1)

    def member(self, stream: IO[bytes]) -> Iterator[Item]:
        """The items of a member: those of an archive, or one article."""
        if is_archive(self.path):
            yield from self.items(cast(BinaryIO, stream))
        else:
            form = FORMS[endings(self.path)[0]]
            yield member_item(stream, self.path, self.id, form, self.options)


def _size(info: zipfile.ZipInfo) -> int:
    return info.compress_size
