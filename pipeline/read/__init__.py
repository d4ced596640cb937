"""Files and folders to articles: finding them, decoding them, telling main text from page.

Public: `items` and `read_item` with `Item` and `InputOptions`; `find_articles`, `read_article` of mere files.
"""

from __future__ import annotations

from pipeline.read.files import find_articles, read_article
from pipeline.read.items import Fields, InputOptions, Item
from pipeline.read.sources import count, input_options, items, read_item

__all__ = [
    "Fields",
    "InputOptions",
    "Item",
    "count",
    "find_articles",
    "input_options",
    "items",
    "read_article",
    "read_item",
]
