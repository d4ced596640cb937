"""Records of JSON Lines as articles: every character leads back to its place in the line."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.base import Article
from pipeline.clean import clean
from pipeline.errors import ReadError
from pipeline.read.dates import iso_date
from pipeline.read.files import article_of_bytes
from pipeline.read.items import Fields

STORY = "Nine river states founded a league on Monday, officials said in Accra, the host of the talks."


def read(line: str | bytes, fields: Fields = Fields()) -> Article:  # noqa: B008 - frozen
    data = line if isinstance(line, bytes) else line.encode()
    return article_of_bytes(data, "record", "x", "news.jsonl, line 1", asdict(fields))


def record(**values: Any) -> str:
    return json.dumps(values)


def test_text_and_metadata() -> None:
    article = read(
        record(
            title="River league",
            text=STORY,
            date="2023-05-06T10:00:00Z",
            url="https://post.example/a",
            source="Post",
        )
    )
    assert article.body.text == f"River league\n\n{STORY}"
    known = (article.title, article.published, article.url, article.site)
    values = [found.value for found in known if found]
    assert values == ["River league", "2023-05-06", "https://post.example/a", "Post"]
    quotes = [article.source[found.start : found.end] for found in known if found]
    assert quotes == ["River league", "2023-05-06T10:00:00Z", "https://post.example/a", "Post"]


def test_the_title_comes_first_wherever_it_stands() -> None:
    cleaned = clean(
        read(record(text=f"River league\n\nACCRA, May 6 (Reuters) - {STORY}", title="River league"))
    )
    assert cleaned.text == f"River league\n\n{STORY}"
    assert cleaned.title and cleaned.title.value == "River league"
    assert cleaned.dateline.place and cleaned.dateline.place.value == "ACCRA"


def test_escapes_lead_back_to_the_line() -> None:
    article = read(r'{"text": "A \"caf\u00e9\" by the sea \ud83c\udf0a, he said.\nIt rained."}')
    text, source = article.body.text, article.source
    assert text == 'A "café" by the sea 🌊, he said.\nIt rained.'
    for quote, written in (
        ("é", r"\u00e9"),
        ("🌊", r"\ud83c\udf0a"),
        ("\n", r"\n"),
        ("It rained", "It rained"),
    ):
        at = text.index(quote)
        start, end = article.body.to_source(at, at + len(quote))
        assert source[start:end] == written


def test_a_page_in_a_record_is_read_as_a_page() -> None:
    page = f"<article><h1>River league</h1><p>{STORY}</p><p>It rained.</p></article>"
    article = read(record(content=page))
    assert article.media_type == "text/html"
    assert article.body.text == f"River league\n\n{STORY}\n\nIt rained."
    start, end = article.body.to_source(0, len("River league"))
    assert article.source[start:end] == "River league"


def test_of_keys_that_stand_twice_the_last_counts() -> None:
    assert read('{"text": "It rained.", "text": "It snowed."}').body.text == "It snowed."


def test_numbers_that_are_none_do_no_harm() -> None:
    assert read('{"score": NaN, "author": -Infinity, "text": "It rained."}').body.text == "It rained."


def test_a_lone_surrogate_is_replaced() -> None:
    assert read(r'{"text": "It \ud800rained."}').body.text == "It \ufffdrained."


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"text": "It rai', "no JSON record"),
        ('["It rained."]', "no JSON object but a list"),
        ('{"title": "Rain"}', "no text in a field text or"),
        ('{"text": " \\n "}', "no text"),
        ('{"text": null}', "no text"),
        ("{" * 3, "no JSON record"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "nested too deeply"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_line_that_is_no_article_says_why(line: str, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        read(line)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["text", "a", "title"]) | st.text(), inner)
    ),
)


@given(st.dictionaries(st.sampled_from(["text", "title", "a"]), JSON), st.booleans(), st.text())
def test_any_record_is_read_or_refused(values: dict[str, Any], ascii_only: bool, text: str) -> None:
    line = json.dumps(values | {"a": {"b": text}}, ensure_ascii=ascii_only)
    try:
        article = read(line.encode("utf-8", "surrogatepass"), Fields(text="a.b|text"))
    except ReadError:
        return
    body = article.body
    for character, start, end in zip(body.text, body.starts, body.ends, strict=True):
        piece = article.source[start:end]
        assert (
            piece in (character, "") or piece.startswith("\\") or character == "\ufffd" or character.isspace()
        )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-05-06", "2023-05-06"),
        ("2023-05-06T23:59:00+08:00", "2023-05-06"),
        ("Sat, 06 May 2023 10:00:00 GMT", "2023-05-06"),
        ("May 6, 2023", "2023-05-06"),
        ("6 May 2023, 10:34 am", "2023-05-06"),
        ("05/06/2023", None),
        ("May 2023", None),
        ("6 May", None),
        ("2023-02-31", None),
        ("0000-01-01", None),
        ("99999-01-01", None),
        ("next Monday", None),
        ("May the 5000000000000th", None),
        ("", None),
    ],
)
def test_dates_of_metadata(text: str, day: str | None) -> None:
    assert iso_date(text) == day
