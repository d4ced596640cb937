"""Files that hold many articles as streams of bytes: decompression by ending, with a guard against bombs."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Callable
from typing import IO, Any, BinaryIO, cast

from pipeline.errors import ReadError
from pipeline.read.items import InputOptions

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

#: Decompressors by ending; all read concatenated streams and tell when one is cut short.
OPENERS: dict[str, Callable[[Any], Any]] = {
    ".gz": lambda stream: gzip.GzipFile(fileobj=stream),
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
    ".zst": zstd.ZstdFile,
}
#: What decompressing broken data raises.
BROKEN = (EOFError, OSError, zlib.error, lzma.LZMAError, zstd.ZstdError)

#: Bytes below which a ratio tells nothing: a mebibyte of zeros packs to one kilobyte.
_SMALL = 2**24


def unpacked(stream: BinaryIO, compression: str, options: InputOptions) -> BinaryIO:
    """A stream without its compression (an ending of `OPENERS`, or none).

    Reading from it raises what `BROKEN` names where the data is broken, and ReadError where it unpacks to
    more than `largest_ratio` times its size.
    """
    if not compression:
        return stream
    counter = _Counter(stream)
    return guarded(OPENERS[compression](counter), lambda: counter.count, options)


def guarded(stream: IO[bytes], packed: Callable[[], int], options: InputOptions) -> BinaryIO:
    """A decompressed stream that raises ReadError when it grows out of proportion to its `packed` size."""
    return cast(BinaryIO, _Guard(stream, packed, options.largest_ratio))


class _Counter(io.RawIOBase):
    """A stream that knows how many bytes were read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


class _Guard(io.RawIOBase):
    def __init__(self, stream: IO[bytes], packed: Callable[[], int], largest_ratio: int) -> None:
        # what can be read before an error is read; `read` would go on, and raise it first
        self._read = stream.read1 if hasattr(stream, "read1") else stream.read
        self._packed, self._largest_ratio = packed, largest_ratio
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        self._count += len(data)
        if self._count > max(_SMALL, self._packed() * self._largest_ratio):
            raise ReadError(f"unpacks to more than {self._largest_ratio} times its size")
        return len(data)
