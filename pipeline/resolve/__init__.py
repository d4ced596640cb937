"""Mentions -> values, in the light of their article."""

from __future__ import annotations

from pipeline.resolve.article import ArticleResolver

__all__ = ["ArticleResolver"]
