"""Files and folders as items: ids, order, stamps, links, and what cannot be read."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from pipeline.errors import ReadError
from pipeline.read import InputOptions, Item, items, read_item

PLAIN = InputOptions()
FOLLOW = InputOptions(follow_links=True)


def write(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"The text of {name}.", encoding="utf-8")
    return folder


def told(folder: Path, options: InputOptions = PLAIN) -> dict[str, str]:
    """What becomes of a folder: id -> "" or the reason why it cannot be read."""
    return {item.id: str(item.failure or "") for item in items([folder], options)}


def test_items_come_in_the_order_of_their_ids(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/z.txt", "a-b.txt", "a.md", "A.html", "a/c/d.htm", "notes.pdf", "a0.txt")
    ids = [item.id for item in items([tmp_path])]
    assert ids == sorted(ids) == ["A", "a", "a-b", "a/c/d", "a/z", "a0", "b"]


def test_an_item_is_read_as_its_article(tmp_path: Path) -> None:
    (item,) = items([write(tmp_path, "a/b.txt")])
    assert (item.id, item.form) == ("a/b", "text")
    assert read_item(item).source == "The text of a/b.txt."


def test_an_item_can_be_sent_to_a_worker(tmp_path: Path) -> None:
    for item in items([write(tmp_path, "a.txt")]):
        assert pickle.loads(pickle.dumps(item)) == item
    os.mkfifo(tmp_path / "b.txt")
    broken = list(items([tmp_path]))[1]
    with pytest.raises(ReadError, match="not a regular file"):
        read_item(pickle.loads(pickle.dumps(broken)))


def test_the_stamp_changes_with_the_file(tmp_path: Path) -> None:
    def stamp() -> str:
        return next(items([tmp_path])).stamp

    write(tmp_path, "a.txt")
    first = stamp()
    assert stamp() == first
    (tmp_path / "a.txt").write_text("Another text, longer than the first.", encoding="utf-8")
    assert stamp() != first


def test_a_missing_input_is_told_before_the_first_item(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.pdf")
    with pytest.raises(ReadError, match="no such file or folder"):
        items([tmp_path, tmp_path / "nowhere"])
    with pytest.raises(ReadError, match=r"b\.pdf: not an article"):
        items([tmp_path / "b.pdf"])


def test_links_within_the_folder(tmp_path: Path) -> None:
    """A link to a file is an article like another; a folder is read once, in its own place."""
    write(tmp_path, "a.txt", "north/b.txt")
    (tmp_path / "c.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "south").symlink_to(tmp_path / "north")
    assert told(tmp_path) == {"a": "", "c": "", "north/b": ""}
    assert told(tmp_path, FOLLOW) == {"a": "", "c": "", "north/b": "", "south/b": ""}


def test_links_out_of_the_folder_are_told_and_followed_on_demand(tmp_path: Path) -> None:
    inside, outside = write(tmp_path / "in", "a.txt"), write(tmp_path / "in-other", "b.txt")
    (inside / "b.txt").symlink_to(outside / "b.txt")
    (inside / "c").symlink_to(outside)
    found = told(inside)
    assert list(found) == ["a", "b", "c"]
    assert all("leads out of the folder" in found[name] for name in ("b", "c"))
    assert told(inside, FOLLOW) == {"a": "", "b": "", "c/b": ""}


def test_links_in_a_circle(tmp_path: Path) -> None:
    write(tmp_path, "a/b.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    found = told(tmp_path)
    assert found["a/b"] == "" and set(found) == {"a/b", "self"} and "self.txt" in found["self"]
    found = told(tmp_path, FOLLOW)
    assert found["a/b"] == "" and "in a circle" in found["a/up"]


def test_a_link_to_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert "cannot be opened" in told(tmp_path)["a"]


@pytest.mark.skipif(os.geteuid() == 0, reason="NOT TESTED: root may open every folder")
def test_a_folder_that_may_not_be_opened_is_told(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b/c.txt")
    (tmp_path / "b").chmod(0)
    found = told(tmp_path)
    (tmp_path / "b").chmod(0o700)
    assert found["a"] == "" and "cannot be opened" in found["b"]


def test_names_are_utf8_whatever_the_file_system_says(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("A text.", encoding="utf-8")
    (item,) = items([tmp_path])
    assert item.id == "caf\\udce9"
    assert read_item(item).source == "A text."


def test_items_are_found_lazily(tmp_path: Path) -> None:
    write(tmp_path, "a/a.txt", "b/b.txt")
    found = items([tmp_path])
    first: Item = next(found)
    (tmp_path / "b" / "b.txt").unlink()
    assert first.id == "a/a" and list(found) == []
