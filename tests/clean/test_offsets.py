"""Every character of a cleaned text leads back to the source, whatever the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.base import Article, CleanText
from pipeline.clean import STEPS, clean
from pipeline.clean.draft import Draft, Edit, apply
from pipeline.read import find_articles, read_article
from pipeline.read.files import Reader
from pipeline.read.html import read_html
from pipeline.read.markdown import read_markdown
from pipeline.read.text import read_text

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
OUTSIDE = [SHARED / "seeds" / "articles", SHARED / "dev" / "tune" / "articles"]

#: Pieces of pages, so that arbitrary sequences of them reach every step.
PIECES = [
    "date 2024-06-12 ",
    "BEIJING, June 11 (Xinhua) -- ",
    "Talks end",
    "\n",
    "\n\n",
    " ",
    "¨C",
    "â\x80\x9c",
    "Ã©",
    "/Xinhua ",
    "[Photo by A/AP]",
    "Related stories",
    "02:21",
    "The talks were held in May, and nobody knows what came of them. ",
    "end.The ",
    "\u200b",
    "\x00",
    "\ud800",
    "\r\n",
    "PHOTO: ",
    "(left)",
    "AFM/MG",
    "Source: ISNA",
    "Share on X",
    "…",
    "TEHRAN – ",
    "    ",
]


def assert_exact(source: Article, result: CleanText) -> None:
    """Each character is its source or lies in a recorded edit; offsets never go back; zones cover all."""
    mapped = result.mapped
    assert len(mapped.text) == len(mapped.starts) == len(mapped.ends)
    assert list(mapped.starts) == sorted(mapped.starts) and list(mapped.ends) == sorted(mapped.ends)
    recorded = {(start, end) for _, start, end in result.removed}
    body = {(s, e): c for c, s, e in zip(source.body.text, source.body.starts, source.body.ends, strict=True)}
    for character, span in zip(mapped.text, zip(mapped.starts, mapped.ends, strict=True), strict=True):
        assert body.get(span) == character or span in recorded
    covered = sum(zone.end - zone.start for zone in result.zones)
    assert covered + 2 * max(len(result.zones) - 1, 0) == len(mapped.text)
    for found in filter(
        None, (result.title, result.source, result.published, *result.captions, result.dateline.place)
    ):
        assert 0 <= found.start <= found.end <= len(source.source)


@given(st.one_of(st.text(st.characters()), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_arbitrary_text(text: str) -> None:
    source = read_text("x", "0", text, "utf-8")
    assert_exact(source, clean(source))


@given(st.text(max_size=30), st.data())
def test_edits_compose(text: str, data: st.DataObject) -> None:
    draft = Draft(read_text("x", "0", text, "utf-8").body)
    for _ in range(3):
        size = len(draft.text)
        cuts = sorted(data.draw(st.lists(st.integers(0, size), max_size=6, unique=True)))
        edits = [
            Edit(a, b, data.draw(st.text(max_size=2))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)
        ]
        mapped = apply(draft.mapped, edits)
        assert list(mapped.starts) == sorted(mapped.starts) and list(mapped.ends) == sorted(mapped.ends)
        draft = Draft(mapped)


HOSTILE = {
    "NUL": "\0" * 50_000 + "x",
    "newlines": "a\n" + "\n" * 100_000 + "b",
    "token": "X" * 100_000,
    "spaces": "a" + " " * 100_000 + "b",
    "combining marks": "e" + "\u0301" * 50_000,
    "lone surrogates": "a\ud800" * 5_000,
    "brackets": "[Photo by (" * 5_000,
    "lines": "A short line\n" * 5_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("reader", [read_text, read_html, read_markdown])
def test_hostile_text(reader: Reader, text: str) -> None:
    source = reader("x", "0", text, "utf-8")
    assert_exact(source, clean(source))


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply(read_text("x", "0", "abcd", "utf-8").body, [Edit(0, 3), Edit(2, 4)])


def test_steps_have_names_of_their_own() -> None:
    assert len({step.__name__ for step in STEPS}) == len(STEPS) - 2  # white space is evened out three times


@pytest.mark.parametrize(
    "path", [p for _, p in find_articles(ROOT / "corpus" / "articles")], ids=lambda p: p.name
)
def test_articles_of_the_corpus(path: Path) -> None:
    source = read_article(path, path.stem)
    assert_exact(source, clean(source))


@pytest.mark.parametrize("folder", OUTSIDE, ids=lambda p: p.parent.name)
def test_articles_from_outside(folder: Path) -> None:
    if not folder.is_dir():
        pytest.skip(
            f"NOT TESTED: there is no folder {folder.name} of {folder.parent.name} beside the project"
        )
    for article_id, path in find_articles(folder):
        source = read_article(path, article_id)
        assert_exact(source, clean(source))
