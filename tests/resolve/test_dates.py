"""Date expressions and the article's own date -> EDTF."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate.dates import DateFinder
from pipeline.base import CleanText, Dateline, Document, MappedText, Sourced
from pipeline.resolve import ArticleResolver
from pipeline.resolve.dates import DateReader
from pipeline.timex import DateExpression, Point

FINDER = DateFinder()
CASES = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("dates.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@lru_cache(maxsize=1)
def tokens() -> spacy.language.Language:
    return spacy.blank("en")


def resolver(text: str, published: str | None = None, dateline: str | None = None) -> ArticleResolver:
    clean = CleanText(
        MappedText.identity(text),
        (),
        published=Sourced(published, 3, 9) if published else None,
        dateline=Dateline(date=Sourced(dateline, 1, 2)) if dateline else Dateline(),
    )
    document = Document(clean, tokens()(text))
    return ArticleResolver(document.adding(FINDER(document)))


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= 150


@pytest.mark.parametrize(("anchor", "tense", "text", "expected"), CASES)
def test_expression(
    anchor: str, tense: Literal["past", "present", "future"], text: str, expected: str
) -> None:
    article = resolver(text, None if anchor == "-" else anchor)
    mentions = article.document.of("date")
    values = [article.dates(mention, tense) for mention in mentions]
    shown = ["-" if v is None else v[0] if v[0] == v[1] else "/".join(v) for v in values]
    assert (";".join(shown) or "none") == expected


def test_a_full_dateline_comes_before_the_date_of_publication() -> None:
    article = resolver("They met.", published="2024-06-13", dateline="2024-06-12")
    assert article.anchor == date(2024, 6, 12)
    assert article.anchor_mention is not None
    assert (article.anchor_mention.rule, article.anchor_mention.in_source) == ("anchor.dateline", True)


@pytest.mark.parametrize("dateline", ["XXXX-06-12", "2024", "2024-02-31"])
def test_without_a_full_dateline_the_date_of_publication_is_the_anchor(dateline: str) -> None:
    article = resolver("They met.", published="2024-06-13T08:00", dateline=dateline)
    assert article.anchor == date(2024, 6, 13)


def test_no_date_no_anchor() -> None:
    article = resolver("They met.", dateline="XXXX-06-12")
    assert (article.anchor, article.anchor_mention) == (None, None)


def test_names_of_countries() -> None:
    article = resolver("They met.")
    assert [article.country_name(code) for code in ("KOR", "HKG", "XKX")] == [
        "South Korea",
        "Hong Kong",
        "Kosovo",
    ]
    with pytest.raises(KeyError):
        article.country_name("ZZZ")


ANCHORS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(ANCHORS, st.integers(1, 12), st.integers(1, 31))
def test_a_year_left_out_comes_from_the_anchor(anchor: date, month: int, day: int) -> None:
    expression = DateExpression(Point(month=month, day=day), Point(month=month, day=day))
    reader = DateReader(anchor, lambda: None)
    past, future = reader.read(expression, "past"), reader.read(expression, "future")
    if past is None or future is None:
        assert (month, day) in {(2, 29), (2, 30), (2, 31), (4, 31), (6, 31), (9, 31), (11, 31)}
    else:
        assert past[0].bounds()[0] <= anchor <= future[0].bounds()[0]


@given(ANCHORS, st.integers(0, 6))
def test_a_weekday_lies_within_a_week_of_the_anchor(anchor: date, weekday: int) -> None:
    expression = DateExpression(Point(weekday=weekday), Point(weekday=weekday))
    reader = DateReader(anchor, lambda: None)
    past, future = reader.read(expression, "past"), reader.read(expression, "future")
    assert past is not None and future is not None
    assert 0 <= (anchor - past[0].bounds()[0]).days < 7
    assert 0 <= (future[0].bounds()[0] - anchor).days < 7


@given(st.text(alphabet="0123456789 -–/.,JunefMay to andthlsw"), st.none() | ANCHORS.map(str))
def test_any_text_can_be_read(text: str, anchor: str | None) -> None:
    article = resolver(text, anchor)
    for mention in article.document.of("date"):
        found = article.dates(mention, "past")
        assert found is None or "XXXX" in found[0] or "XXXX" in found[1] or found[0][:4] <= found[1][:4]
