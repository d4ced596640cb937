"""Bytes to text: byte order marks, UTF-8, declared encodings, and charset-normalizer for the rest."""

from __future__ import annotations

import codecs
import re

from bs4.dammit import EncodingDetector
from charset_normalizer import from_bytes

from pipeline.errors import ReadError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins alike
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: What press pages are saved in; anything else charset-normalizer could propose is rarer than its mistakes.
LIKELY = (
    "cp1252",
    "gb18030",
    "big5",
    "cp1250",
    "cp1251",
    "cp1254",
    "cp1256",
    "shift_jis",
    "euc_jp",
    "euc_kr",
)

_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_GBK_PAIRS = re.compile(rb"(?:[\xa1-\xf7][\xa1-\xfe]|\xa8[\x40-\x7e]|[\x00-\x7f]++)*+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def declared_encoding(data: bytes) -> str | None:
    """The encoding that an HTML page names in its head, if any."""
    return EncodingDetector.find_declared_encoding(data[:4096], is_html=True, search_entire_document=True)


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Decode a file.

    Args:
        data: the file's bytes.
        declared: the encoding that the page itself names, tried after byte order mark and UTF-8.

    Returns:
        The text without byte order mark, and the encoding's name.

    Raises:
        ReadError: the bytes are no text.
    """
    text, encoding = _decode(data, declared)
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if controls * 20 > len(
        text
    ):  # a text file with stray control characters has far fewer than one in twenty
        raise ReadError("not a text file (binary content); convert it to text or HTML first")
    return text, encoding


def _decode(data: bytes, declared: str | None) -> tuple[str, str]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").removeprefix("\ufeff"), encoding
    if (utf16 := _utf16(data)) is not None:
        return data.decode(utf16, errors="replace"), utf16
    for named in ("utf-8", declared):
        try:
            if named:
                return data.decode(named), named
        except (UnicodeDecodeError, LookupError):
            continue
    if _mostly_utf8(data):
        return data.decode("utf-8", errors="replace"), "utf-8"
    return _guess(data)


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: western text has a zero in every other byte."""
    head = data[:4096]
    pairs = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if pairs >= 2 and odd > 0.7 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    if pairs >= 2 and even > 0.7 * pairs and odd < 0.1 * pairs:
        return "utf-16-be"
    return None


def _mostly_utf8(data: bytes) -> bool:
    """Whether well-formed UTF-8 sequences outnumber the stray bytes."""
    sequences = 0
    covered = 0
    for match in _MULTIBYTE.finditer(data):
        sequences += 1
        covered += len(match.group())
    stray = sum(1 for _ in _HIGH.finditer(data)) - covered
    return sequences > stray


def _guess(data: bytes) -> tuple[str, str]:
    if _GBK_PAIRS.fullmatch(data):  # western text hardly ever has all its accented letters in pairs
        try:
            return data.decode("gb18030"), "gb18030"
        except UnicodeDecodeError:
            pass
    if len(_HIGH.findall(data)) * 10 < len(
        data
    ):  # mainly ASCII: English with accents, where detectors guess at random
        return data.decode("cp1252", errors="replace"), "cp1252"
    best = from_bytes(data, cp_isolation=list(LIKELY)).best()
    if best is not None:
        return str(best), best.encoding
    return data.decode("cp1252", errors="replace"), "cp1252"
