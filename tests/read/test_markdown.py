"""Markdown in, plain text with exact offsets out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.base import Article
from pipeline.read.markdown import read_markdown

LETTER = """---
title: "The rails letter"
date: 2024-05-06
source: Rails Letter
---
# Jordan **joins** the line

By [Ines](https://rails.example/ines) for *The Ridge*

The coalition has _twelve_ members now, and
one more ![map](map.png "A map") is to follow.

> "We are late," said the chair\\*.

- First item
- Second `item`

---
"""


def read(text: str) -> Article:
    return read_markdown("x", "0", text, "utf-8")


def test_markup_goes_and_text_stays() -> None:
    assert read(LETTER).body.text.split("\n\n") == [
        "Jordan joins the line",
        "By Ines for The Ridge",
        "The coalition has twelve members now, and one more is to follow.",
        '"We are late," said the chair*.',
        "First item",
        "Second item",
    ]


def test_front_matter_is_metadata() -> None:
    article = read(LETTER)
    assert article.title and article.title.value == "Jordan joins the line"
    assert article.published and article.published.value == "2024-05-06"
    assert article.site and article.site.value == "Rails Letter"
    assert article.source[article.site.start : article.site.end] == "Rails Letter"


def test_underscores_and_stars_within_words_stay() -> None:
    assert read("The file_name_here has 3 * 4 rows.").body.text == "The file_name_here has 3 * 4 rows."


@given(
    st.lists(
        st.sampled_from(
            [
                "# ",
                "*",
                "_",
                "[",
                "](",
                ")",
                "!",
                "`",
                "\n",
                "\n\n",
                "word",
                " ",
                "> ",
                "- ",
                "\\",
                "<b>",
                "---",
                "é.",
            ]
        )
    )
)
def test_any_markup_is_mapped(pieces: list[str]) -> None:
    article = read("".join(pieces))
    for character, start, end in zip(article.body.text, article.body.starts, article.body.ends, strict=True):
        assert article.source[start:end] == character or character.isspace()
    assert list(article.body.starts) == sorted(article.body.starts)
