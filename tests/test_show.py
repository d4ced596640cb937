"""What a person sees in the terminal."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from pipeline.show import plain, show

TEXT = "Lynx talks\n\nTwenty-six reserves, about 50 wardens and a lynx met in Vaduz."
PLACES = ("Austria", "Chad", "Fiji", "Peru")


def piece(field: str, quote: str, rule: str) -> dict[str, Any]:
    start = TEXT.find(quote)
    return {"field": field, "start": start, "end": start + len(quote), "quote": quote, "rule": rule}


OUTPUT = {
    "article": {
        "id": "lynx",
        "title": "Lynx talks",
        "source": "Rhine Wire",
        "published": None,
        "dateline": {"place": "VADUZ", "date": None, "agency": "Rhine Wire"},
    },
    "conferences": [
        {
            "name": "Lynx talks",
            "city": "Vaduz",
            "theme": None,
            "attending_countries": list(PLACES),
            "evidence": [
                piece("name", "Lynx talks", "gathering/head/talks"),
                piece("city", "Vaduz", "cities.known"),
                *(piece("attending_countries", "lynx", f"countries.{place}") for place in PLACES),
            ],
        }
    ],
    "warnings": [{"record": "conferences[0]", "message": "a lynx is no warden"}],
}


def printed(text: str | None) -> list[str]:
    out = StringIO()
    show(OUTPUT, Console(file=out, width=100), text)
    return [" ".join(line.split()) for line in out.getvalue().splitlines()]


def test_an_article_with_a_record_looks_like_this() -> None:
    assert printed(TEXT) == [
        "lynx · Rhine Wire · VADUZ",
        "",
        "Lynx talks",
        "",
        "Twenty-six reserves, about 50 wardens and a lynx met in Vaduz.",
        "",
        "conferences[0] Lynx talks",
        "name Lynx talks Lynx talks gathering/head/talks",
        "city Vaduz Vaduz cities.known",
        "attending_countries Austria, Chad, Fiji, Peru lynx countries.Austria countries.Chad",
        "countries.Fiji …",
        "",
        "warning conferences[0]: a lynx is no warden",
    ]


def test_without_its_text_the_title_comes_first() -> None:
    assert printed(None)[:2] == ["Lynx talks", "lynx · Rhine Wire · VADUZ"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("Bled", "Bled"),
        ({"value": 50, "qualifier": "about"}, "about 50"),
        ({"value": 36, "qualifier": "exact"}, "36"),
        ({"name": "Cape Verde", "code": None}, "name Cape Verde"),
        (["AUT", "CHE"], "AUT, CHE"),
        ([{"category": "natural", "value": 3}], "category natural, value 3"),
    ],
)
def test_values_in_words(value: Any, words: str) -> None:
    assert plain(value) == words
