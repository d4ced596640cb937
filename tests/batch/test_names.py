"""Ids to names of files: safe, short enough, and never the same for two ids."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch.names import LONGEST, output_name

# Pieces that are special somewhere, so that two ids of a pair often differ in nothing else.
PIECES = [
    "a",
    "A",
    "/",
    ".",
    "%",
    "%2F",
    "%~",
    ".json",
    ".JSON",
    ".jsonl",
    "\n",
    "\udce9",
    "é",
    "",
    "x" * 300,
]
IDS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join))


@pytest.mark.parametrize(
    "article_id", ["2024/june/summit", "Tea Expo, 2023", "news.jsonl!/17", "café", "a!b'c"]
)
def test_ids_that_are_safe_are_names(article_id: str) -> None:
    assert output_name(article_id) == article_id


@pytest.mark.parametrize(
    ("article_id", "name"),
    [
        ("../../etc/passwd", "%2E./%2E./etc/passwd"),
        ("/etc/passwd", "%/etc/passwd"),
        ("a//b", "a/%/b"),
        ("", "%"),
        ("100%", "100%25"),
        ("two\nlines", "two%0Alines"),
        ("<script>", "%3Cscript%3E"),
        ("caf\udce9", "caf%ED%B3%A9"),
        ("\u202egnp", "%E2%80%AEgnp"),
        (".communique/1-of-1/lock", "%2Ecommunique/1-of-1/lock"),
        ("a.json/b", "a%2Ejson/b"),  # a folder "a.json" would be in the way of the article "a"
        ("failures.jsonl/b", "failures%2Ejsonl/b"),
    ],
)
def test_what_is_unsafe_is_escaped(article_id: str, name: str) -> None:
    assert output_name(article_id) == name


@given(st.lists(IDS, unique=True, min_size=2, max_size=6), st.booleans())
def test_no_two_ids_share_a_file(ids: list[str], fold: bool) -> None:
    names = [f"{output_name(article_id, fold)}.json" for article_id in ids]
    assert len({name.lower() if fold else name for name in names}) == len(ids)
    paths = [Path(name) for name in names]
    assert not {folder for path in paths for folder in path.parents} & set(paths)


@given(IDS, st.booleans())
def test_every_part_fits_and_stays_inside(article_id: str, fold: bool) -> None:
    parts = output_name(article_id, fold).split("/")
    assert all(0 < len(part.encode()) <= LONGEST and not part.startswith(".") for part in parts)
    assert not any(ord(c) < 32 for part in parts for c in part)


def test_a_file_system_that_folds_case_gets_names_that_differ_otherwise() -> None:
    assert output_name("summit", fold=True) == "summit"
    assert output_name("Summit", fold=True).startswith("Summit%~")
