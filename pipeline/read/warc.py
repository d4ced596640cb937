"""WARC files, the form of web archives: the pages in their response records, read by FastWARC."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from pipeline.read.items import InputOptions, Item, broken
from pipeline.read.members import member_item, record_id

#: Media types of pages.
PAGES = ("text/html", "application/xhtml+xml")
_OK = 200


def warc_items(stream: BinaryIO, path: str, archive_id: str, options: InputOptions) -> Iterator[Item]:
    """The HTML pages that were delivered in full, each with its address; an id ends in the record's own.

    Raises:
        OSError: the file is broken so that no further record can be found.
    """
    forward = _Forward(stream)
    records = ArchiveIterator(
        cast(BinaryIO, forward),
        record_types=WarcRecordType.response,
        parse_http=False,
        stream_detect=False,
    )
    for number, record in enumerate(records, start=1):
        name = (record.record_id or f"response-{number}").removeprefix("<urn:uuid:").removesuffix(">")
        where, item_id = f"{path}!/{name}", record_id(archive_id, name)
        block = _block(record, options)
        if isinstance(block, str):
            yield broken(item_id, where, block)
        elif record.is_http and (item := _page(record, block, where, item_id, options)):
            yield item
    if forward.last != b"\n":  # as records end, and a header cut short does not
        raise EOFError("it ends within a record")


class _Forward:
    """A stream that is read from its beginning to its end: FastWARC panics when one refuses to seek."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._at, self.last = stream, 0, b"\n"

    def read(self, size: int = -1, /) -> bytes:
        data = self._stream.read(size)
        self._at += len(data)
        self.last = data[-1:] or self.last
        return data

    def tell(self) -> int:
        return self._at


def _block(record: WarcRecord, options: InputOptions) -> bytes | str:
    """All of a record, or why it cannot be had; FastWARC says nothing when one is cut short."""
    size = record.content_length
    if not record.record_id:
        return "a record without WARC-Record-ID; the file is cut short or broken"
    if size > options.largest_article:
        return f"larger than {options.largest_article} bytes (--largest-article)"
    block = bytes(record.reader.read(size))
    return block if len(block) == size else f"cut short: {len(block)} bytes of {size}"


def _page(record: WarcRecord, block: bytes, where: str, item_id: str, options: InputOptions) -> Item | None:
    """The page of a response, None if it is none."""
    page = WarcRecord()  # one of its own: the iterator goes on from where the other's reader stands
    page.set_bytes_content(block)
    page.is_http = True
    try:
        page.parse_http(auto_decode="all")
        if page.http_headers is None:
            return broken(item_id, where, "no HTTP header; the record's length is wrong")
        if page.http_content_type not in PAGES or page.http_headers.status_code != _OK:
            return None
        address = record.headers.get("WARC-Target-URI")
        metadata = {"url": address or "", "charset": page.http_charset or ""}
        return member_item(page.reader, where, item_id, "html", options, metadata)
    except OSError as error:
        return broken(item_id, where, f"cannot be decoded: {error}")
