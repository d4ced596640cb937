"""Archives and streams: ids, order, the same article as from a file, and what is broken."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.read import Fields, InputOptions, Item, items, read_item
from pipeline.read.streams import zstd

STORY = "Nine river states founded a league on Monday, officials said in Accra."
PAGE = f"<html><body><article><h1>River league</h1><p>{STORY}</p></article></body></html>"
SMALL = InputOptions(largest_article=1000)

PACK: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstd.compress,
}


def found(path: Path, options: InputOptions = SMALL) -> list[Item]:
    return list(items([path], options))


def told(path: Path, options: InputOptions = SMALL) -> dict[str, str]:
    """What becomes of a file: id -> its text, or after "! " the reason why there is none."""
    return {i.id: f"! {i.failure}" if i.failure else read_item(i).body.text for i in found(path, options)}


def jsonl(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def tar(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def warc_record(
    name: str, body: bytes, headers: bytes = b"Content-Type: text/html; charset=utf-8\r\n", length: int = -1
) -> bytes:
    block = b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n" + body
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\n"
        + f"WARC-Record-ID: <urn:uuid:{name}>\r\nWARC-Target-URI: https://post.example/{name}\r\n".encode()
        + b"Content-Type: application/http; msgtype=response\r\n"
        + f"Content-Length: {len(block) if length < 0 else length}\r\n\r\n".encode()
        + block
        + b"\r\n\r\n"
    )


@pytest.mark.parametrize("ending", PACK)
def test_records_of_a_stream(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"news.jsonl{ending}"
    path.write_bytes(
        PACK[ending](jsonl({"id": "a/1", "text": STORY}, {"text": "It rained."}, {"id": 7, "text": "No."}))
    )
    name = path.name
    assert told(path) == {f"{name}!/a%2F1": STORY, f"{name}!/line-2": "It rained.", f"{name}!/7": "No."}


@pytest.mark.parametrize("ending", PACK)
def test_members_of_a_tar(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"news.tar{ending}"
    path.write_bytes(
        PACK[ending](tar({"b/one.txt": STORY.encode(), "a.html": PAGE.encode(), "c.pdf": b"%PDF"}))
    )
    assert told(path) == {
        f"{path.name}!/b/one.txt": STORY,
        f"{path.name}!/a.html": f"River league\n\n{STORY}",
    }


def test_members_of_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    path.write_bytes(
        zipped({"b/one.txt": STORY.encode(), "x/": b"", "two.jsonl": jsonl({"text": "It rained."})})
    )
    assert told(path) == {"news.zip!/b/one.txt": STORY, "news.zip!/two.jsonl!/line-1": "It rained."}


def test_pages_of_a_web_archive(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    records = [
        warc_record("a", PAGE.encode()),
        warc_record("picture", b"\x89PNG", b"Content-Type: image/png\r\n"),
        warc_record(
            "b", gzip.compress(PAGE.encode()), b"Content-Type: text/html\r\nContent-Encoding: gzip\r\n"
        ),
    ]
    path.write_bytes(b"".join(map(gzip.compress, records)))
    text = f"River league\n\n{STORY}"
    assert told(path) == {"crawl.warc.gz!/a": text, "crawl.warc.gz!/b": text}
    url = read_item(found(path)[0]).url
    assert url and url.value == "https://post.example/a"


def test_one_compressed_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(STORY.encode()))
    assert told(tmp_path) == {"a.txt.gz": STORY}


def test_archives_lie_among_the_files_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(zipped({"x.txt": b"It rained."}))
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "c.txt").write_text(STORY)
    assert list(told(tmp_path)) == ["a", "b.zip!/x.txt", "c"]


def test_the_stamp_of_a_record_is_that_of_its_content(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(jsonl({"id": 1, "text": STORY}, {"id": 2, "text": "It rained."}))
    before = {item.id: item.stamp for item in found(path)}
    path.write_bytes(jsonl({"id": 2, "text": "It snowed."}, {"id": 1, "text": STORY}))
    after = {item.id: item.stamp for item in found(path)}
    assert before["news.jsonl!/1"] == after["news.jsonl!/1"]
    assert before["news.jsonl!/2"] != after["news.jsonl!/2"]


def test_fields_are_found_by_their_names(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(jsonl({"meta": {"key": 3, "head": "A title"}, "body": {"parts": ["One.", "Two."]}}))
    fields = Fields(text="body.parts", title="meta.head", id="meta.key")
    assert told(path, InputOptions(fields=fields)) == {"news.jsonl!/3": "A title\n\nOne.\n\nTwo."}


@pytest.mark.parametrize(
    "name", ["../../a.txt", "/etc/a.txt", "..\\..\\a.txt", "./.././a.txt", "a/" * 3 + "x" * 300 + ".txt"]
)
def test_no_name_leads_out_of_its_archive(tmp_path: Path, name: str) -> None:
    for path, data in (("n.zip", zipped({name: b"It rained."})), ("n.tar", tar({name: b"It rained."}))):
        (tmp_path / path).write_bytes(data)
        (article_id,) = told(tmp_path / path)
        inner = article_id.removeprefix(f"{path}!/").split("/")
        assert not {"", ".", ".."} & set(inner)
        assert all(len(part.encode()) <= 200 for part in inner)


@pytest.mark.parametrize(
    "stated", ["..", "../../etc/passwd", "/a", "a\0b\nc", "é" * 300, "https://a.example/b?c=d"]
)
def test_no_id_leads_out_of_its_stream(tmp_path: Path, stated: str) -> None:
    path = tmp_path / "n.jsonl"
    path.write_bytes(jsonl({"id": stated, "text": "It rained."}))
    (article_id,) = told(path)
    name = article_id.removeprefix("n.jsonl!/")
    assert name not in ("", ".", "..") and not set("/\0\n") & set(name) and len(name.encode()) <= 200


def test_members_larger_than_the_limit_are_told(tmp_path: Path) -> None:
    large = b"It rained. " * 100
    for path, data in (
        ("n.zip", zipped({"a.txt": b"It rained.", "b.txt": large, "c.txt": b"It snowed."})),
        ("n.tar", tar({"a.txt": b"It rained.", "b.txt": large, "c.txt": b"It snowed."})),
        ("n.jsonl", b'{"text": "It rained."}\n' + large + b'\n{"text": "It snowed."}\n'),
        (
            "n.warc",
            b"".join(
                warc_record(n, b) for n, b in (("a", b"It rained."), ("b", large), ("c", b"It snowed."))
            ),
        ),
    ):
        (tmp_path / path).write_bytes(data)
        first, second, third = told(tmp_path / path).values()
        assert (first, third) == ("It rained.", "It snowed.")
        assert "than 1000 bytes" in second


@pytest.mark.parametrize("ending", [".gz", ".bz2", ".xz", ".zst"])
def test_what_unpacks_out_of_proportion_is_given_up(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"bomb.jsonl{ending}"
    path.write_bytes(PACK[ending](bytes(2**26)))
    (why,) = told(path, InputOptions()).values()
    assert "times its size" in why


def test_a_member_that_is_a_bomb_costs_itself_only(tmp_path: Path) -> None:
    path = tmp_path / "n.zip"
    path.write_bytes(zipped({"a.txt": b"It rained.", "b.txt": bytes(2**26), "c.txt": b"It snowed."}))
    first, second, third = told(path, InputOptions()).values()
    assert (first, third) == ("It rained.", "It snowed.") and "times its size" in second


def test_archives_within_archives_are_read_to_a_depth(tmp_path: Path) -> None:
    inner = gzip.compress(jsonl({"text": "It rained."}))
    (tmp_path / "a.tar").write_bytes(tar({"b.jsonl.gz": inner}))
    (tmp_path / "c.tar").write_bytes(tar({"d.tar": tar({"b.jsonl.gz": inner})}))
    shallow, deep = told(tmp_path / "a.tar"), told(tmp_path / "c.tar")
    assert shallow == {"a.tar!/b.jsonl.gz!/line-1": "It rained."}
    assert "unpack it first" in deep["c.tar!/d.tar!/b.jsonl.gz"]


@pytest.mark.parametrize("ending", [".gz", ".bz2", ".xz", ".zst"])
def test_of_a_stream_cut_short_the_records_before_are_read(tmp_path: Path, ending: str) -> None:
    lines = jsonl(*({"text": f"{n} {n * n} {n**3} It rained {STORY}"} for n in range(4000)))
    path = tmp_path / f"cut.jsonl{ending}"
    path.write_bytes(PACK[ending](lines)[:-8])
    result = told(path)
    failure = result.pop(path.name)
    assert "cannot be read on from here" in failure
    assert all(text.endswith(STORY) for text in list(result.values())[:-1])


def test_of_a_broken_zip_the_sound_members_are_read(tmp_path: Path) -> None:
    path = tmp_path / "n.zip"
    data = zipped({"a.txt": b"It rained in Accra.", "b.txt": b"It snowed in Oslo."})
    at = data.index(b"a.txt") + 10
    path.write_bytes(data[:at] + b"\xff\xff" + data[at + 2 :])
    result = told(path)
    assert "cannot be unpacked" in result["n.zip!/a.txt"] and result["n.zip!/b.txt"] == "It snowed in Oslo."
    path.write_bytes(data[:-30])
    assert "cannot be read on from here" in told(path)["n.zip"]


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    path = tmp_path / "n.zip"
    data = bytearray(zipped({"a.txt": b"It rained."}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "is encrypted" in told(path)["n.zip!/a.txt"]


def test_a_link_in_a_tar_is_told(tmp_path: Path) -> None:
    path = tmp_path / "n.tar"
    with tarfile.open(path, "w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    assert "not a regular file" in told(path)["n.tar!/a.txt"]


SOUND = warc_record("a", b"<p>It rained.</p>")


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (SOUND[:-20].replace(b"uuid:a", b"uuid:b"), "cut short"),
        (SOUND[:60], "ends within a record"),
        (SOUND.replace(b"Record-ID", b"Record"), "WARC-Record-ID"),
        (warc_record("b", b"<p>It rained.</p>", length=5), "cannot be read on from here"),
        (warc_record("b", b"<p>It rained.</p>", length=700), "cut short"),
        (warc_record("b", b"<p>It rained.</p>", length=10**12), "larger than"),
        (warc_record("b", b"no gzip", b"Content-Type: text/html\r\nContent-Encoding: gzip\r\n"), "decoded"),
        (b"junk" * 100, "cannot be read on from here"),
    ],
)
def test_of_a_broken_web_archive_the_pages_before_are_read(tmp_path: Path, broken: bytes, why: str) -> None:
    path = tmp_path / "n.warc"
    path.write_bytes(SOUND + broken)
    result = told(path)
    assert result.pop("n.warc!/a") == "It rained."
    assert why in " ".join(result.values())


def test_a_page_that_cannot_be_decoded_costs_itself_only(tmp_path: Path) -> None:
    path = tmp_path / "n.warc"
    bad = warc_record("b", b"no gzip", b"Content-Type: text/html\r\nContent-Encoding: gzip\r\n")
    path.write_bytes(SOUND + bad + SOUND.replace(b"uuid:a", b"uuid:c"))
    result = told(path)
    assert result["n.warc!/a"] == result["n.warc!/c"] == "It rained."
    assert "cannot be decoded" in result["n.warc!/b"]
