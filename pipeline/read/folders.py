"""Folders: the files in and below them as items, in the order of their ids, without reading them."""

# ruff: noqa: PTH116
# A `Path` for each of a million names would make listing them twice as dear (6 of 12 microseconds a name).

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.read.items import Form, InputOptions, Item

#: The endings of article files and their forms.
FORMS: dict[str, Form] = {".txt": "text", ".html": "html", ".htm": "html", ".md": "markdown"}

#: A name in a folder that matters: the last part of its id, the name, what speaks against reading it. The "/"
#: after the id of a folder makes the order of the names that of whole ids.
_Entry = tuple[str, str, str]


def parts(name: str) -> tuple[str, str]:
    """A file's name without its ending, and the ending in small letters with its dot."""
    stem, dot, ending = name.rpartition(".")
    return (stem, dot + ending.lower()) if stem else (name, "")


def printable(name: str) -> str:
    """A name that can be written as UTF-8: names of files may hold bytes that are none."""
    return name if name.isascii() else name.encode("utf-8", "backslashreplace").decode("utf-8")


def file_item(path: str, article_id: str, form: Form) -> Item:
    """The item of one file; one that is no regular file is a failure."""
    try:
        status = os.stat(path)
    except OSError as error:
        return broken(article_id, path, f"cannot be opened: {error.strerror or error}")
    if not stat.S_ISREG(status.st_mode):
        return broken(article_id, path, "not a regular file (a pipe, a socket, a device)")
    stamp = f"{status.st_size}-{status.st_mtime_ns}-{status.st_ino}"
    return Item(article_id, stamp, path, form)


def broken(article_id: str, path: str, why: str) -> Item:
    """The item of something that cannot be read."""
    return Item(article_id, "", path, "text", failure=ReadError(printable(f"{path}: {why}")))


def folder_items(root: Path, options: InputOptions) -> Iterator[Item]:
    """The articles in a folder and below it, sorted by id. Memory: the names of one folder at a time.

    An id is the path from `root` without its ending, "2024/june/summit"; two that share one keep theirs.
    A link that leads out of `root` is a failure unless `follow_links` is set; so is then one that leads in a
    circle. Without it, a link to a folder below `root` is passed over, as that folder is read in its place.
    """
    yield from _Walk(os.path.realpath(root), options).folder(str(root), "", ())


@dataclass(frozen=True, slots=True)
class _Walk:
    root: str
    options: InputOptions

    def folder(self, path: str, prefix: str, above: tuple[str, ...]) -> Iterator[Item]:
        """The items of a folder of which the ids begin with `prefix`; `above` are the folders around it."""
        real = os.path.realpath(path) if self.options.follow_links else path
        if real in above:
            yield broken(printable(prefix.rstrip("/")), path, "a link in a circle")
            return
        try:
            with os.scandir(path) as found:
                entries = sorted(self._entries(list(found)))
        except OSError as error:
            yield broken(printable(prefix.rstrip("/")), path, f"cannot be opened: {error.strerror or error}")
            return
        for key, name, why in entries:
            below = f"{path}/{name}"
            if why:
                yield broken(printable(prefix + key.rstrip("/")), below, why)
            elif key.endswith("/"):
                yield from self.folder(below, prefix + key, (*above, real))
            else:
                yield file_item(below, printable(prefix + key), FORMS[parts(name)[1]])

    def _entries(self, found: Iterable[os.DirEntry[str]]) -> Iterator[_Entry]:
        files: list[tuple[str, str, str]] = []
        for entry in found:
            name, (stem, ending) = entry.name, parts(entry.name)
            why = self._against(entry) if entry.is_symlink() else ""
            if why is None:
                continue
            if _is_folder(entry):
                yield f"{name}/", name, why
            elif ending in FORMS:
                files.append((stem, name, why))
        stems = Counter(stem for stem, _, _ in files)
        yield from ((name if stems[stem] > 1 else stem, name, why) for stem, name, why in files)

    def _against(self, link: os.DirEntry[str]) -> str | None:
        """What speaks against a link; empty: nothing, None: there is no need to speak of it."""
        if self.options.follow_links:
            return ""
        if f"{os.path.realpath(link.path)}/".startswith(f"{self.root}/"):
            return None if _is_folder(link) else ""
        return "a link that leads out of the folder; --follow-links follows it"


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False
