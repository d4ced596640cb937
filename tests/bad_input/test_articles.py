"""Bad articles: each gives a file of records, or a failure that says why, and costs no neighbour anything."""

from __future__ import annotations

import gzip
import json
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pipeline import output_schema
from pipeline.batch import FAILURES, run
from pipeline.settings import Settings

STORY = "The 4th Congress on River Deltas opened in Accra on 3 May 2023. It has 12 member states."


@dataclass(frozen=True, slots=True)
class Case:
    """A bad article. `fails` is part of the message of its failure; without, it gives a file of records."""

    id: str
    make: Callable[[], bytes]
    ending: str = ".txt"
    fails: str = ""
    #: The conference that is found nevertheless, None if the story is not in it.
    name: str | None = "4th Congress on River Deltas"


def _page(body: str) -> bytes:
    return f"<html><head><title>Deltas</title></head><body>{body}</body></html>".encode()


def _entity_bomb() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><html><p>{STORY}</p><p>&a9;</p></html>'.encode()


def _png() -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 9, 9) + bytes(range(256)) * 40


CASES = (
    Case("empty", lambda: b"", fails="holds no text"),
    Case("white-space-only", lambda: b" \n\t\r\n \xc2\xa0\n", fails="holds no text"),
    Case("500k-newlines", lambda: STORY.encode() + b"\n" * 500_000 + b"The end."),
    Case("nul-bytes", lambda: STORY.replace(" ", " \0", 3).encode()),
    Case("only-nul-bytes", lambda: bytes(100_000), fails="binary"),
    Case("utf-16-without-bom", lambda: STORY.encode("utf-16-le")),
    Case(
        "mixed-encodings", lambda: STORY.encode() + " Zürich – Curaçao. ".encode("cp1252") + "Łódź.".encode()
    ),
    Case("truncated-multibyte", lambda: (STORY + " Café é").encode()[:-1]),
    Case("lone-surrogates", lambda: STORY.encode() + b" A \xed\xa0\x80 and \xed\xb0\x80 B."),
    Case("100k-combining-marks", lambda: (STORY + " e" + "\u0301" * 100_000 + " it ends.").encode()),
    Case("zero-width-and-bidi-controls", lambda: "\u202e\u200b\u2066".join(STORY).encode()),
    Case(
        "case-folding-changes-length",
        lambda: (STORY + " İİİİ ß ŉ ǰ ΐ ﬃ ﬓ İSTANBUL ẞ opened in İzmir.").encode(),
    ),
    Case("binary-as-text", lambda: b"\x7fELF\x02\x01\x01\0" + bytes(range(256)) * 400, fails="binary"),
    Case(
        "pdf-as-text",
        lambda: b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Length 9>>stream\n" + bytes(range(256)) * 99,
        fails="binary",
    ),
    Case("image-as-text", _png, fails="binary"),
    Case("cr-only-lines", lambda: f"Deltas\r\r{STORY}\r\rIt ended.".encode()),
    Case("over-a-million-characters", lambda: (f"{STORY}\n\n" * 13_000).encode()),
    Case(
        "over-a-million-different-characters",
        lambda: "\n\n".join(f"{n}. {STORY}" for n in range(12_000)).encode(),
        fails="cut it into articles",
    ),
    Case("one-token-of-1-mb", lambda: (f"{STORY} " + "x" * 1_000_000 + " It ended.").encode()),
    Case("digits-of-1-mb", lambda: (f"{STORY} " + "7" * 1_000_000 + " It ended.").encode()),
    Case("20k-opening-brackets", lambda: (f"{STORY} " + "(" * 20_000 + " It ended.").encode()),
    Case("20k-mixed-punctuation", lambda: (f"{STORY} " + "(.\"'-!?)" * 2_500 + " It ended.").encode()),
    Case("20k-hyphens-between-letters", lambda: (f"{STORY} " + "a-" * 10_000 + " It ended.").encode()),
    Case(
        "200k-character-address",
        lambda: (f"{STORY} See https://a.example/" + "a/b?c=d&" * 25_000 + " .").encode(),
    ),
    Case(
        "sentence-of-100k-tokens",
        lambda: (f"{STORY} It has " + "many and very " * 33_333 + "states.").encode(),
    ),
    Case(
        "sentence-of-4k-names",
        lambda: (f"{STORY} " + "Ghana, Mali, Togo and the African Union, " * 600).encode(),
    ),
    Case("capitals-only", lambda: ("The Member States Of The River Union And " * 1_000).encode(), name=None),
    Case("commas-of-numbers", lambda: (f"{STORY} " + "1,234,567, " * 4_000).encode()),
    Case("dots-and-spaces", lambda: (f"{STORY} " + ". " * 10_000).encode()),
    Case("quotes-only", lambda: (f"{STORY} " + "“ ” ‘ ’ \" ' " * 1_500).encode()),
    Case("spaces-within-lines", lambda: (f"{STORY}" + (" " * 5_000 + "a\n") * 40).encode()),
    Case("unclosed-brackets", lambda: (f"{STORY} " + "[Photo by (Xinhua/ " * 2_000).encode()),
    Case("many-short-lines", lambda: ("A short line\n" * 20_000).encode(), name=None),
    Case("many-datelines", lambda: ("ACCRA, May 3 (Reuters) -- It rained. " * 1_000).encode(), name=None),
    Case("many-initials", lambda: ("A. B. C. D. and U.S.A. " * 1_500).encode(), name=None),
    Case("number-of-5000-digits", lambda: f"The union has {'9' * 5_000} member states. {STORY}".encode()),
    Case(
        "days-that-do-not-exist",
        lambda: (
            "date 31 February 2023\n\nIt opened on 31 February 2023, on 30/02/2023, in the year 0, "
            f"on May 3, 0000 and on May 3, 99999. {STORY}"
        ).encode(),
    ),
    Case(
        "page-with-days-that-do-not-exist",
        lambda: (
            b'<html><head><meta property="article:published_time" content="0000-02-31"></head>'
            + f"<p>{STORY}</p></html>".encode()
        ),
        ".html",
    ),
    Case("html-nested-100k-deep", lambda: _page("<div>" * 100_000 + STORY + "</div>" * 100_000), ".html"),
    Case("html-inline-nested-100k-deep", lambda: _page("<p>" + "<b>" * 100_000 + STORY), ".html"),
    Case(
        "300k-paragraphs",
        lambda: _page(f"<p>{STORY}</p>" + "<p>a</p>" * 300_000),
        ".html",
        fails="cut it into articles",
    ),
    Case("300k-open-paragraphs", lambda: _page(STORY + "<p>" * 300_000), ".html"),
    Case("entity-bomb", _entity_bomb, ".html"),
    Case("6k-entities", lambda: _page(f"<p>{STORY}" + "&amp;&nbsp;&#x110000;&bogus;" * 1_500), ".html"),
    Case(
        "script-of-20-mb",
        lambda: _page(f"<p>{STORY}</p><script>" + "var a = '<p>';" * 1_430_000 + "</script>"),
        ".html",
    ),
    Case("attribute-of-5-mb", lambda: _page(f'<p class="{"x " * 2_500_000}">{STORY}</p>'), ".html"),
    Case("unclosed-tags", lambda: _page(f"<p>{STORY}</p>" + "<a href=" * 50_000), ".html"),
    Case("unclosed-comments", lambda: _page(f"<p>{STORY}</p>" + "<!-- " * 10_000), ".html"),
    Case(
        "100k-markdown-brackets",
        lambda: ("# Deltas\n\n" + "[" * 50_000 + "](" * 50_000 + STORY).encode(),
        ".md",
    ),
    Case("100k-markdown-stars", lambda: ("# Deltas\n\n" + "*_" * 50_000 + STORY).encode(), ".md"),
    Case("gzip-as-text", lambda: gzip.compress(STORY.encode() * 50), fails="binary"),
)

#: Sound articles before, among and after the bad ones.
NEIGHBOURS = ("a-neighbour", "lone-neighbour", "z-neighbour")


@dataclass(frozen=True)
class Ran:
    """What became of all cases in one run, and of their neighbours without them."""

    output: Path
    alone: Path
    failures: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """One run over all cases. The time limit only keeps the tests from waiting without end."""
    folder = tmp_path_factory.mktemp("bad_input")
    for name in NEIGHBOURS:
        for where in ("alone", "all"):
            (folder / where).mkdir(exist_ok=True)
            (folder / where / f"{name}.txt").write_text(STORY)
    for case in CASES:
        (folder / "all" / f"{case.id}{case.ending}").write_bytes(case.make())
    for where in ("alone", "all"):
        run([folder / where], folder / f"out-{where}", Settings(timeout=600))
    lines = (folder / "out-all" / FAILURES).read_text().splitlines()
    told = {failure["article"]: failure for failure in map(json.loads, lines)}
    return Ran(folder / "out-all", folder / "out-alone", told)


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    """Checks an output file against its schema."""
    return jsonschema.Draft202012Validator(output_schema())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_bad_article(case: Case, ran: Ran, validator: jsonschema.Draft202012Validator) -> None:
    output = ran.output / f"{case.id}.json"
    if case.fails:
        failure = ran.failures[case.id]
        assert (failure["kind"], failure["traceback"]) == ("ReadError", None)
        assert case.fails in failure["message"] and not output.exists()
        return
    assert case.id not in ran.failures
    content = json.loads(output.read_bytes())
    validator.validate(content)
    stated = {record["name"] for record in content["conferences"]}
    assert stated == ({case.name} if case.name else set())


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_its_neighbours(name: str, ran: Ran) -> None:
    assert (ran.output / f"{name}.json").read_bytes() == (ran.alone / f"{name}.json").read_bytes()


def test_nothing_else_is_told(ran: Ran) -> None:
    assert set(ran.failures) == {case.id for case in CASES if case.fails}
