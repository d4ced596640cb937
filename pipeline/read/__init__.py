"""Files to articles: finding them, decoding them, telling main text from page.

Public: `find_articles`, `read_article`.
"""

from __future__ import annotations

from pipeline.read.files import find_articles, read_article

__all__ = ["find_articles", "read_article"]
