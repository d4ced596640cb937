"""Inputs to items, and items to articles: what a run reads, lazily and in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.base import Article
from pipeline.errors import ReadError
from pipeline.read.files import read_article
from pipeline.read.folders import FORMS, file_item, folder_items, parts, printable
from pipeline.read.items import Fields, InputOptions, Item

__all__ = ["Fields", "InputOptions", "Item", "items", "read_item"]


DEFAULT = InputOptions()


def items(inputs: Sequence[Path], options: InputOptions = DEFAULT) -> Iterator[Item]:
    """The articles of files and folders, in the order of the inputs, each sorted by id.

    Two inputs may yield the same id; telling them apart is left to the caller, who sees all of them.

    Raises:
        ReadError: an input is missing, or a file of a kind that is not read; at once, before the first item.
            What goes wrong later is an item with a `failure`.
    """
    for path in inputs:
        if not path.exists():
            raise ReadError(f"{path}: no such file or folder")
        if not path.is_dir() and parts(path.name)[1] not in FORMS:
            raise ReadError(f"{path}: not an article; give a file that ends in {', '.join(FORMS)}")
    return (item for path in inputs for item in _items(path, options))


def read_item(item: Item) -> Article:
    """The article of an item.

    Raises:
        ReadError: there is nothing to be read, as `item.failure` says, or it cannot be read as an article.
    """
    if item.failure:
        raise item.failure
    assert isinstance(item.payload, str)
    return read_article(Path(item.payload), item.id)


def _items(path: Path, options: InputOptions) -> Iterator[Item]:
    if path.is_dir():
        yield from folder_items(path, options)
    else:
        stem, ending = parts(path.name)
        yield file_item(str(path), printable(stem), FORMS[ending])
