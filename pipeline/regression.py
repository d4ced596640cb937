"""A folder of gold files as a regression suite: articles are extracted, scored and held to floors."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.batch import Done, Worker
from pipeline.errors import CommuniqueError, GoldError
from pipeline.gold import check_gold
from pipeline.score import score_article
from pipeline.score.files import ARTICLE_SUFFIXES, Scored, article_stem, is_draft, json_files, read_records
from pipeline.score.floors import Floors, Shortfall, lowered, measure_floors, read_floors, write_floors
from pipeline.score.report import ArticleScore, Report
from pipeline.score.spec import TypeSpec, read_specs
from pipeline.settings import Settings


class ExtractionError(CommuniqueError):
    """An article of the suite gave no output."""


class Suite:
    """Gold files with their articles.

    Args:
        gold: the folder of gold files; drafts are left out.
        articles: the folder of the articles, laid out like `gold`.
        floors: the file of floors; it need not be there.
        settings: what the articles are extracted with.
        specs: the record types that are scored.

    Raises:
        GoldError: a folder is missing, there is no gold, or a gold file breaks the contract.
    """

    def __init__(
        self,
        gold: Path,
        articles: Path,
        floors: Path,
        settings: Settings | None = None,
        specs: tuple[TypeSpec, ...] | None = None,
    ) -> None:
        if not articles.is_dir():
            raise GoldError(f"{articles}: no such folder")
        self.specs = read_specs() if specs is None else specs
        self.articles, self.floors_file = articles, floors
        self.floors = read_floors(floors)
        self._settings = settings or Settings()
        self._golds = dict(_read_golds(gold, self.specs))
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
            ExtractionError: the article gave no output.
        """
        if article not in self._scores:
            found = self._extract(self.path(article))
            self._scores[article] = score_article(Scored(article, self._golds[article], found), self.specs)
        return self._scores[article]

    @cached_property
    def _output(self) -> TemporaryDirectory[str]:
        return TemporaryDirectory(prefix="communique-")

    @cached_property
    def _worker(self) -> Worker:
        return Worker(self._settings, Path(self._output.name))

    def _extract(self, path: Path) -> dict[str, Any]:
        article_id = path.relative_to(self.articles).as_posix()
        outcome = self._worker(article_id, path)
        if not isinstance(outcome, Done):
            raise ExtractionError(f"{path}: {outcome.stage}: {outcome.traceback or outcome.message}")
        return read_records(Path(self._output.name) / f"{article_id}.json", self.specs)

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

    def close(self) -> None:
        """Remove the outputs."""
        self._output.cleanup()


def _read_golds(folder: Path, specs: tuple[TypeSpec, ...]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path in json_files(folder):
        content = read_records(path, specs)
        if is_draft(path, content):
            continue
        if problems := check_gold(path):
            raise GoldError("\n".join(map(str, problems)))
        yield article_stem(path, folder), content
