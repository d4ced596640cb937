"""Inputs to items, and items to articles: what a run reads, lazily and in bounded memory."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.base import Article
from pipeline.errors import ReadError, SettingsError, printable
from pipeline.read.archives import archive_items
from pipeline.read.files import article_of_bytes, read_file
from pipeline.read.folders import Found, walk
from pipeline.read.items import Fields, InputOptions, Item, broken
from pipeline.read.names import FORMS, HOLDERS, Form, is_archive, is_read, parts

DEFAULT = InputOptions()


def input_options(
    fields: Iterable[str] = (), follow_links: bool = False, largest_article: int | None = None
) -> InputOptions:
    """Options as a command line gives them; a field as "text=article.body".

    Raises:
        SettingsError: there is no such field.
    """
    given = dict(text.partition("=")[::2] for text in fields)
    if unknown := [name for name in given if name not in Fields.__slots__ or not given[name]]:
        known = ", ".join(Fields.__slots__)
        raise SettingsError(f"field {', '.join(unknown)}: needed is one of {known}, as in text=article.body")
    options = InputOptions(Fields(**given), follow_links)
    return options if largest_article is None else replace(options, largest_article=largest_article)


def items(inputs: Sequence[Path], options: InputOptions = DEFAULT) -> Iterator[Item]:
    """The articles of files, folders and archives in the order of the inputs, a folder's files sorted by id.

    Two inputs may yield the same id; telling them apart is left to the caller, who sees all of them.

    Raises:
        ReadError: an input is missing, or a file of a kind that is not read; at once, before the first item.
            What goes wrong later is an item with a `failure`.
    """
    for path in inputs:
        if not path.exists():
            raise ReadError(printable(f"{path}: no such file or folder"))
        if not path.is_dir() and not is_read(path.name):
            known = ", ".join((*FORMS, *sorted(HOLDERS)))
            raise ReadError(printable(f"{path}: not an article; give a file that ends in {known}"))
    return (item for path in inputs for item in _items(path, options))


def count(inputs: Sequence[Path], options: InputOptions = DEFAULT) -> int | None:
    """How many articles there are; None where telling takes more than listing, as with archives."""
    counted = 0
    for path in inputs:
        found = walk(path, options) if path.is_dir() else (Found(str(path), path.name),)
        for file, _, why in found:
            if is_archive(file) and not why:
                return None
            counted += 1
    return counted


def read_item(item: Item) -> Article:
    """The article of an item.

    Raises:
        ReadError: there is nothing to be read, as `item.failure` says, or it cannot be read as an article.
    """
    if item.failure:
        raise item.failure
    if isinstance(item.payload, str):
        return article_of_bytes(read_file(item.payload), item.form, item.id, item.payload)
    return article_of_bytes(item.payload, item.form, item.id, item.id, item.metadata)


def _items(path: Path, options: InputOptions) -> Iterator[Item]:
    if path.is_dir():
        files = walk(path, options)
    else:
        name = path.name if is_archive(path.name) else parts(path.name)[0]
        files = iter([Found(str(path), printable(name))])
    for file, article_id, why in files:
        form = FORMS.get(parts(file)[1])
        item = broken(article_id, file, why) if why else _item(file, article_id, form, options)
        if form or item.failure:
            yield item
        else:
            yield from archive_items(file, article_id, options)


def _item(path: str, article_id: str, form: Form | None, options: InputOptions) -> Item:
    """The item of a file, a failure if it is no regular one or too large to be an article."""
    try:
        status = os.stat(path)  # noqa: PTH116 - a `Path` for each of a million names costs as much as the rest
    except OSError as error:
        return broken(article_id, path, f"cannot be opened: {error.strerror or error}")
    if not stat.S_ISREG(status.st_mode):
        return broken(article_id, path, "not a regular file (a pipe, a socket, a device)")
    if form and status.st_size > options.largest_article:
        return broken(article_id, path, f"larger than {options.largest_article} bytes (--largest-article)")
    stamp = f"{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}"
    return Item(article_id, stamp, path, form or "text")
