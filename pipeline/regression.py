"""A folder of gold files as a regression suite: articles are extracted, scored and held to floors."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.base import RecordType
from pipeline.errors import GoldError
from pipeline.gold import load_gold
from pipeline.run import Extractor
from pipeline.score import score_article
from pipeline.score.derive import specs_of
from pipeline.score.files import ARTICLE_SUFFIXES, Scored, article_stem, is_draft, json_files, read_records
from pipeline.score.floors import Floors, Shortfall, lowered, measure_floors, read_floors, write_floors
from pipeline.score.report import ArticleScore, Report
from pipeline.score.spec import TypeSpec
from pipeline.settings import Settings


class Suite:
    """Gold files with their articles.

    Args:
        gold: the folder of gold files; drafts are left out.
        articles: the folder of the articles, laid out like `gold`.
        floors: the file of floors; it need not be there.
        settings: what the articles are extracted with.

    Raises:
        GoldError: a folder is missing, there is no gold, or a gold file breaks the contract.
    """

    def __init__(self, gold: Path, articles: Path, floors: Path, settings: Settings | None = None) -> None:
        if not articles.is_dir():
            raise GoldError(f"{articles}: no such folder")
        self._extractor = Extractor(settings)
        self.specs = specs_of(self._extractor.selected)
        self.articles, self.floors_file = articles, floors
        self.floors = read_floors(floors)
        self._golds = dict(_read_golds(gold, self._extractor.types, self.specs))
        if not self._golds:
            raise GoldError(f"{gold}: holds no gold file (*.json that is not a draft)")
        self._scores: dict[str, ArticleScore] = {}

    @property
    def ids(self) -> tuple[str, ...]:
        """The articles that have gold, by path without suffix."""
        return tuple(self._golds)

    def path(self, article: str) -> Path:
        """The file of an article. Raises GoldError when there is none, or several with different suffixes."""
        candidates = [self.articles / f"{article}{suffix}" for suffix in ("", *ARTICLE_SUFFIXES)]
        found = [path for path in candidates if path.is_file()]
        if len(found) != 1:
            raise GoldError(
                f"{self.articles / article}: {len(found)} articles for one gold file; there must be one"
            )
        return found[0]

    def score(self, article: str) -> ArticleScore:
        """The score of one article, extracted when it is first asked for.

        Raises:
            GoldError: there is no such article.
            ReadError: the article cannot be read.
        """
        if article not in self._scores:
            path = self.path(article)
            article_id = path.relative_to(self.articles).as_posix()
            found = self._extractor.content(self._extractor.read(path, article_id))
            self._scores[article] = score_article(Scored(article, self._golds[article], found), self.specs)
        return self._scores[article]

    @property
    def report(self) -> Report:
        """The scores of all articles."""
        return Report(self.specs, tuple(self.score(article) for article in self.ids))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all gold and articles: the same when what is measured is the same."""
        digest = sha256()
        for article, gold in self._golds.items():
            text = json.dumps(gold, sort_keys=True, ensure_ascii=False)
            digest.update(f"{article}\0{text}\0".encode())
            digest.update(sha256(self.path(article).read_bytes()).digest())
        return digest.hexdigest()

    def update_floors(self, *, lower: bool = False) -> tuple[Floors, list[Shortfall]]:
        """Measure all floors anew and write their file; without `lower`, only if none of them gets lower.

        Returns:
            The measured floors, and those that were lowered (or would have been: then nothing is written).
        """
        measured = measure_floors(self.report, self.digest)
        if not (fallen := lowered(self.floors, measured)) or lower:
            write_floors(self.floors_file, measured)
        return measured, fallen


def _read_golds(
    folder: Path, types: Sequence[RecordType], specs: tuple[TypeSpec, ...]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path in json_files(folder):
        content = read_records(path, specs)
        if is_draft(path, content):
            continue
        yield article_stem(path, folder), load_gold(path, types)
