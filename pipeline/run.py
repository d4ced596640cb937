"""The order of the stages: one article in, one result out. No other module knows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.annotate import Annotator
from pipeline.base import (
    Article,
    Built,
    Candidate,
    Document,
    MappedText,
    Record,
    Rejection,
    Resolver,
)
from pipeline.checks import Discrepancy, check
from pipeline.clean import clean
from pipeline.evidence import attach
from pipeline.link import link
from pipeline.literals import SCREEN
from pipeline.provenance import program, rules_digest
from pipeline.read import read_article
from pipeline.records import discover, package_folder, select
from pipeline.resolve import ArticleResolver
from pipeline.settings import Settings
from pipeline.write import ModelVersion, Provenance, article_info, content

#: Told the name of each stage as it begins, so that a failure can be laid at its door.
Enter = Callable[[str], None]


def unwatched(stage: str) -> None:
    """Nobody wants to know which stage begins."""


@dataclass(frozen=True, slots=True)
class Result:
    """All that came out of one article: its records by the plural of their type, each list in text order."""

    article: Article
    document: Document
    records: dict[str, tuple[Record, ...]]
    rejections: tuple[Rejection, ...]
    discrepancies: tuple[Discrepancy, ...]


class Extractor:
    """Loads model, rules and record types once; then each call takes one article through all stages."""

    def __init__(self, settings: Settings | None = None) -> None:
        settings = settings or Settings()
        self.types = discover(settings.record_folders)
        self.selected = select(self.types, settings.record_types)
        self.annotate = Annotator(settings.model)
        self._screen = settings.screen
        self.provenance = self._provenance()

    def read(self, path: Path, article_id: str, enter: Enter = unwatched) -> Result:
        """The result of a file.

        Raises:
            ReadError: the file cannot be read as an article.
        """
        enter("read")
        return self(read_article(path, article_id), enter)

    def __call__(self, article: Article, enter: Enter = unwatched) -> Result:
        """The result of an article; without the screen, all rules and the model go over all of it."""
        set_by = SCREEN.set(self._screen)
        try:
            return self._result(article, enter)
        finally:
            SCREEN.reset(set_by)

    def _result(self, article: Article, enter: Enter) -> Result:
        enter("clean")
        cleaned = clean(article)
        enter("annotate")
        document = self.annotate(cleaned)
        resolver = ArticleResolver(document)
        enter("find")
        candidates = [(t, c) for t in self.types for c in t.find(document)]
        enter("build")
        built = [_narrowed(c, t.build(c, resolver)) for t, c in candidates]
        enter("link")
        linked = link(document, [(c, r) for c, r in built if isinstance(r, Record)])
        enter("check")
        records = dict(self._in_order(linked, article, resolver))
        rejections = tuple(r for _, r in built if isinstance(r, Rejection))
        return Result(article, document, records, rejections, check(records))

    def content(self, result: Result) -> dict[str, Any]:
        """What is written of a result: all of it, but for the record types that the settings leave out."""
        records = {t.plural: result.records[t.plural] for t in self.selected}
        info = article_info(result.article, result.document.clean)
        return content(info, records, result.discrepancies, self.provenance)

    def _provenance(self) -> Provenance:
        folders = {package_folder(t) for t in self.types}
        model = ModelVersion(**asdict(self.annotate.model))
        return Provenance(program=program(), rules=rules_digest(folders), model=model)

    def _in_order(
        self, linked: list[tuple[Candidate, Record]], article: Article, resolver: Resolver
    ) -> Iterator[tuple[str, tuple[Record, ...]]]:
        """Every type's records with their evidence, sorted by their place in the text, then by their key."""
        anchor, cleaned = resolver.anchor_mention, resolver.document.clean
        for record_type in self.types:
            own = [(c, r) for c, r in linked if c.kind == record_type.kind]
            own.sort(key=lambda pair: (pair[0].trigger.start, repr(record_type.key(pair[1]))))
            yield record_type.plural, tuple(attach(r, c, anchor, cleaned, article.source) for c, r in own)


def _narrowed(
    candidate: Candidate, outcome: Record | Built | Rejection
) -> tuple[Candidate, Record | Rejection]:
    """The outcome with the candidate narrowed to the mentions that were used, where the type says so."""
    if isinstance(outcome, Built):
        return outcome.candidate, outcome.record
    return candidate, outcome


def article_of(text: str, article_id: str = "text") -> Article:
    """An article of plain text that comes from no file."""
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(article_id, digest, text, MappedText.identity(text), "text/plain", "utf-8")
