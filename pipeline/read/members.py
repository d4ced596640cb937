"""What lies in an archive or stream: ids that are safe as paths, and articles of limited size."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Protocol
from urllib.parse import quote

from pipeline.errors import printable
from pipeline.read.items import InputOptions, Item, broken
from pipeline.read.names import Form

#: Bytes of a part of an id above which it is cut: a file system takes 255, of which the ending needs some.
LONGEST_PART = 200
_PIECE = 2**20


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes, none at the end."""


def member_id(archive_id: str, name: str) -> str:
    """The id of a member by its name: a path below the archive's, which no name leads out of."""
    parts = [_safe(part) for part in name.replace("\\", "/").split("/") if part]
    return f"{archive_id}!/{'/'.join(parts) or '%2F'}"


def record_id(archive_id: str, name: str) -> str:
    """The id of a record by the id that it states; slashes, colons and the like become %2F, %3A."""
    return f"{archive_id}!/{_safe(quote(name, safe=' ', errors='backslashreplace'))}"


def _safe(part: str) -> str:
    """One part of a path, without "." and "..", and cut where it is too long, its digest put after it."""
    if not part.strip("."):
        return part.replace(".", "%2E")
    part = printable(part).replace("\0", "%00")
    data = part.encode()
    if len(data) <= LONGEST_PART:
        return part
    return f"{data[: LONGEST_PART - 34].decode(errors='ignore')}~{blake2b(data, digest_size=16).hexdigest()}"


def member_item(
    stream: Readable,
    path: str,
    article_id: str,
    form: Form,
    options: InputOptions,
    metadata: Mapping[str, str] | None = None,
) -> Item:
    """The item of an article that a stream holds, up to its end."""
    pieces, left = [], options.largest_article + 1
    while left > 0 and (piece := stream.read(min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    if left == 0:
        return broken(article_id, path, f"larger than {options.largest_article} bytes (--largest-article)")
    return data_item(b"".join(pieces), article_id, form, metadata)


def data_item(data: bytes, article_id: str, form: Form, metadata: Mapping[str, str] | None = None) -> Item:
    """The item of an article that is there as bytes."""
    return Item(article_id, blake2b(data, digest_size=16).hexdigest(), data, form, metadata or {})
