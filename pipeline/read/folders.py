"""Folders: the files in and below them as items, in the order of their ids, without reading them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import printable
from pipeline.read.items import InputOptions
from pipeline.read.names import FORMS, is_archive, parts


class Found(NamedTuple):
    """A file in a folder: its path, its id, and what speaks against reading it."""

    path: str
    id: str
    why: str = ""


#: A name in a folder that matters: the last part of its id, the name, what speaks against reading it. The "/"
#: after the id of a folder makes the order of the names that of whole ids.
_Entry = tuple[str, str, str]


def walk(root: Path, options: InputOptions) -> Iterator[Found]:
    """The files to be read in a folder and below it, sorted by id. Memory: the names of one folder at a time.

    An id is the path from `root` without its ending, "2024/june/summit"; two that share one keep theirs, and
    so do archives. A link that leads out of `root` is a failure unless `follow_links` is set; so is then one
    that leads in a circle. Without it, a link to a folder below `root` is passed over, as that folder is read
    in its place.
    """
    real = os.path.realpath(root)
    without = frozenset(f"{root}/{os.path.relpath(path, real)}" for path in options.without)
    yield from _Walk(real, options.follow_links, without).folder(str(root), "", ())


@dataclass(frozen=True, slots=True)
class _Walk:
    root: str
    follow_links: bool
    without: frozenset[str]

    def folder(self, path: str, prefix: str, above: tuple[str, ...]) -> Iterator[Found]:
        """The items of a folder of which the ids begin with `prefix`; `above` are the folders around it."""
        real = os.path.realpath(path) if self.follow_links else path
        if real in above:
            yield Found(path, printable(prefix.rstrip("/")), "a link in a circle")
            return
        try:
            with os.scandir(path) as found:
                entries = sorted(self._entries(list(found)))
        except OSError as error:
            why = f"cannot be opened: {error.strerror or error}"
            yield Found(path, printable(prefix.rstrip("/")), why)
            return
        for key, name, why in entries:
            below, found_id = f"{path}/{name}", prefix + key
            if key.endswith("/") and not why:
                yield from self.folder(below, found_id, (*above, real))
            else:
                yield Found(below, printable(found_id.rstrip("/")), why)

    def _entries(self, found: Iterable[os.DirEntry[str]]) -> Iterator[_Entry]:
        files: list[tuple[str, str, str]] = []
        for entry in found:
            name, (stem, ending) = entry.name, parts(entry.name)
            why = self._against(entry) if entry.is_symlink() else ""
            if why is None or entry.path in self.without:
                continue
            if _is_folder(entry):
                yield f"{name}/", name, why
            elif ending in FORMS:
                files.append((stem, name, why))
            elif is_archive(name):
                yield name, name, why
        stems = Counter(stem for stem, _, _ in files)
        yield from ((name if stems[stem] > 1 else stem, name, why) for stem, name, why in files)

    def _against(self, link: os.DirEntry[str]) -> str | None:
        """What speaks against a link; empty: nothing, None: there is no need to speak of it."""
        if self.follow_links:
            return ""
        if f"{os.path.realpath(link.path)}/".startswith(f"{self.root}/"):
            return None if _is_folder(link) else ""
        return "a link that leads out of the folder; --follow-links follows it"


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False
