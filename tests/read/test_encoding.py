"""Bytes in, text and encoding out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.read.encoding import declared_encoding, decode

STORY = "The “Café Accord” was signed in Zürich – after a day’s talks – by 12 states."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_common_encodings_are_told_apart(encoding: str) -> None:
    assert decode(STORY.encode(encoding))[0] == STORY


def test_gb18030_page_with_chinese_quotation_marks() -> None:
    story = "The province’s tea expo – the “largest yet” – opened on Friday. （完）"
    assert decode(story.encode("gb18030")) == (story, "gb18030")


def test_accents_in_western_text_are_not_taken_for_chinese() -> None:
    text, encoding = decode("Delegates from Cote d'Ivoire and Curaçao met in São Tomé.".encode("cp1252"))
    assert (text, encoding) == ("Delegates from Cote d'Ivoire and Curaçao met in São Tomé.", "cp1252")


def test_a_stray_byte_does_not_make_utf8_something_else() -> None:
    text, encoding = decode("Sürgün Köyü".encode() + b"\x96 and \xc4\xb0zmir")
    assert encoding == "utf-8"
    assert text == "Sürgün Köyü\ufffd and İzmir"


def test_a_short_file_is_read() -> None:
    assert decode(b"Hi.") == ("Hi.", "utf-8")


def test_a_page_names_its_encoding() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body>Минск</body></html>'.encode("cp1251")
    assert declared_encoding(page) == "windows-1251"
    assert "Минск" in decode(page, "windows-1251")[0]


def test_a_wrong_declaration_is_passed_over() -> None:
    assert decode("Zürich".encode("cp1252"), "no-such-encoding")[0] == "Zürich"


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 8, b"PK\x03\x04" + b"\x00\x01\x02" * 40]
)
def test_binary_content_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="binary"):
        decode(data)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except ReadError:
        return
    assert len(text) <= len(data)
    text.encode("utf-8")  # no lone surrogates come out of a file


@given(st.text())
def test_utf8_always_comes_back(text: str) -> None:
    try:
        decoded, encoding = decode(("Communiqué: " + text).encode("utf-8", errors="ignore"))
    except ReadError:
        return
    assert encoding == "utf-8"
    assert decoded == "Communiqué: " + text.encode("utf-8", errors="ignore").decode()
