"""Finding article files, and the errors of those that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ReadError
from pipeline.read import find_articles, read_article


def test_folders_are_searched_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "c/d.md", "notes.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("A text.", encoding="utf-8")
    assert [article_id for article_id, _ in find_articles(tmp_path)] == ["a", "b", "c/d"]


def test_two_files_of_one_name_keep_their_endings(tmp_path: Path) -> None:
    for name in ("a.html", "a.txt", "b.txt"):
        (tmp_path / name).write_text("A text.", encoding="utf-8")
    assert [article_id for article_id, _ in find_articles(tmp_path)] == ["a.html", "a.txt", "b"]


def test_a_single_file_is_an_article(tmp_path: Path) -> None:
    path = tmp_path / "story.TXT"
    path.write_text("A text.", encoding="utf-8")
    assert list(find_articles(path)) == [("story", path)]


def test_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file or folder"):
        list(find_articles(tmp_path / "nowhere"))


@pytest.mark.parametrize(
    ("name", "content"), [("e.txt", b""), ("w.txt", b" \n\n "), ("x.docx", b"text"), ("b.md", b"\0\1\2" * 99)]
)
def test_unreadable_files_say_which_and_why(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReadError, match=name):
        read_article(path, "x")


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "dos.txt"
    path.write_bytes(b"Title\r\n\r\nBody.")
    article = read_article(path, "dos")
    assert article.source == article.body.text == "Title\r\n\r\nBody."


def test_a_page_or_markdown_saved_as_text_is_read_by_its_markup(tmp_path: Path) -> None:
    markdown = tmp_path / "speech.txt"
    markdown.write_text("---\ntitle: Rivers\ndate: 2023-03-14\n---\n\n<p>Welcome to the **River Day**.</p>\n")
    article = read_article(markdown, "speech")
    assert (article.media_type, article.title and article.title.value) == ("text/markdown", "Rivers")
    page = tmp_path / "page.txt"
    page.write_text("<div><p>One sentence here.</p><p>Another one there.</p></div>\n")
    assert read_article(page, "page").media_type == "text/html"


def test_plain_text_with_a_stray_tag_stays_plain(tmp_path: Path) -> None:
    plain = tmp_path / "plain.txt"
    plain.write_text("Write </p> to close a paragraph, and **never** forget it.\n")
    assert read_article(plain, "plain").media_type == "text/plain"
