"""What several tests use: the loaded pipeline, a run over the corpus, a record type that lies in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import hypothesis
import pytest

from pipeline import run as run_module
from pipeline.annotate import Annotator
from pipeline.batch import Summary, run
from pipeline.run import Extractor
from pipeline.settings import Settings

# No test is timed: how long an example takes tells nothing on a shared machine.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")

ROOT = Path(__file__).parent.parent

# A whole record type: "Norway pledged 12 million dollars" is {"donor": "Norway", "millions": 12}. Its
# patterns are data, as in every type. A pledge of nothing is rejected; one of 13 makes its builder break.
PLEDGE = '''
"""A pledge: who promises how many million dollars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from pydantic import Field

from pipeline.base import Candidate, Document, Mention, Record, Rejection, Resolver
from pipeline.data import Row, load_rows


class Pattern(Row):
    regex: str


class Pledge(Record):
    donor: str = Field(description="Who promises.")
    millions: int = Field(description="How much, in million dollars.")
    comment: str | None = None


class PledgeType:
    kind: ClassVar[str] = "pledge"
    plural: ClassVar[str] = "pledges"
    schema: ClassVar[type[Record]] = Pledge

    def find(self, document: Document) -> Iterator[Candidate]:
        for pattern in load_rows(__name__, "patterns.jsonl", Pattern):
            for match in re.finditer(pattern.regex, document.text):
                mentions = [Mention("pledge", *match.span(group), pattern.id) for group in (0, 1, 2)]
                yield Candidate("pledge", mentions[0], {"donor": (mentions[1],), "millions": (mentions[2],)})

    def build(self, candidate: Candidate, resolver: Resolver) -> Record | Rejection:
        quote = resolver.document.quote
        donor, millions = (quote(candidate.slots[slot][0]) for slot in ("donor", "millions"))
        if millions == "0":
            return Rejection(candidate, "nothing is pledged")
        if millions == "13":
            raise ZeroDivisionError("unlucky number")
        return Pledge(donor=donor, millions=int(millions))

    def key(self, record: Any) -> tuple[Any, ...]:
        return (record.donor,)


RECORD_TYPE = PledgeType()
'''
PLEDGE_PATTERN = '{"id": "pledge/verb", "regex": "(\\\\w+) pledged (\\\\d+) million dollars"}\n'


@pytest.fixture(scope="session", autouse=True)
def _one_annotator() -> Iterator[None]:
    """Model and term lists are loaded once for all tests; they do not change."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_module, "Annotator", lru_cache(Annotator))
        yield


@pytest.fixture(scope="session")
def record_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds one record type, `pledge`."""
    folder = tmp_path_factory.mktemp("record_types")
    (folder / "pledge").mkdir()
    (folder / "pledge" / "__init__.py").write_text(PLEDGE)
    (folder / "pledge" / "patterns.jsonl").write_text(PLEDGE_PATTERN)
    return folder


@pytest.fixture(scope="session")
def settings(record_folder: Path) -> Settings:
    """Settings with the further record type `pledge`."""
    return Settings(record_folders=(record_folder,))


@pytest.fixture(scope="session")
def extractor(settings: Settings) -> Extractor:
    """The loaded pipeline, the record type `pledge` included."""
    return Extractor(settings)


@dataclass(frozen=True)
class CorpusRun:
    """The project's own articles, what became of them, and how many there have to be at least."""

    folder: Path
    output: Path
    summary: Summary
    least: int

    @property
    def articles(self) -> Path:
        """Where the articles are."""
        return self.folder / "articles"

    @property
    def gold(self) -> Path:
        """Where their gold is."""
        return self.folder / "gold"


SUITES = [("corpus", 40), ("corpus/challenge", 1)]


@pytest.fixture(scope="session", params=SUITES, ids=["corpus", "challenge"])
def corpus_run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> CorpusRun:
    """One run over the articles of the corpus, and one over those that are too hard yet."""
    folder, least = request.param
    output = tmp_path_factory.mktemp("corpus_outputs")
    return CorpusRun(ROOT / folder, output, run([ROOT / folder / "articles"], output), least)
