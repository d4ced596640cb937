"""Many articles: a file for each, a line in `failures.jsonl` for each that broke; none stops the others."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

import orjson

from pipeline.errors import CommuniqueError
from pipeline.read import find_articles
from pipeline.run import Extractor
from pipeline.settings import Settings
from pipeline.write import to_json, write_atomic

FAILURES = "failures.jsonl"


@dataclass(frozen=True, slots=True)
class Done:
    """An article whose file is written."""

    article: str
    records: dict[str, int]
    warnings: int


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that gave no file. `traceback` is set where the program, not the article, is at fault."""

    article: str
    kind: str
    stage: str
    message: str
    traceback: str | None = None

    @property
    def defect(self) -> bool:
        """Whether the program is at fault."""
        return self.traceback is not None


Outcome = Done | Failure


@dataclass(slots=True)
class Summary:
    """The figures of a run."""

    articles: int = 0
    records: Counter[str] = field(default_factory=Counter)
    warnings: int = 0
    failures: list[Failure] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count one article."""
        self.articles += 1
        if isinstance(outcome, Failure):
            self.failures.append(outcome)
        else:
            self.records.update(outcome.records)
            self.warnings += outcome.warnings


class Worker:
    """Takes one article from file to file."""

    def __init__(self, settings: Settings, output: Path) -> None:
        self.extractor = Extractor(settings)
        self.output = output

    def __call__(self, article_id: str, path: Path) -> Outcome:
        """Extract and write. This is the one place where an article's error is caught, whatever it is."""
        stages = ["read"]
        target = self.output / f"{article_id}.json"
        try:
            return self._process(article_id, path, target, stages.append)
        except Exception as error:
            _forget(target)
            return _failure(article_id, stages[-1], error)

    def _process(self, article_id: str, path: Path, target: Path, enter: Callable[[str], None]) -> Done:
        result = self.extractor.read(path, article_id, enter)
        enter("write")
        content = self.extractor.content(result)
        write_atomic(target, to_json(content))
        counts = {t.plural: len(content[t.plural]) for t in self.extractor.selected}
        return Done(article_id, counts, len(content["warnings"]))


def run(
    paths: Iterable[Path],
    output: Path,
    settings: Settings | None = None,
    on_outcome: Callable[[Outcome, int], None] = lambda outcome, total: None,
) -> Summary:
    """Extract the records of all articles in files and folders.

    Args:
        paths: articles, or folders that are searched for them.
        output: the folder that gets `<article id>.json` for each article, and `failures.jsonl` if any failed.
        on_outcome: called after each article, with the number of all articles.

    Raises:
        ReadError: a path is missing, or a file of a kind that is not read; before the first article.
        SettingsError, ModelError, DataFileError: nothing can be extracted at all.
        WriteError: `failures.jsonl` cannot be written.
    """
    articles = [(_unicode(i), path) for root in paths for i, path in find_articles(root)]
    worker = Worker(settings or Settings(), output)
    summary = Summary()
    for outcome in _outcomes(articles, worker):
        summary.add(outcome)
        on_outcome(outcome, len(articles))
    _write_failures(output / FAILURES, summary.failures)
    return summary


def _outcomes(articles: Iterable[tuple[str, Path]], worker: Worker) -> Iterator[Outcome]:
    seen: dict[str, Path] = {}
    for article_id, path in articles:
        if (first := seen.setdefault(article_id, path)) is path:
            yield worker(article_id, path)
        else:
            message = f"{path} and {first} have the same name; extract them into folders of their own"
            yield Failure(article_id, "ReadError", "read", _unicode(message))


def _failure(article_id: str, stage: str, error: Exception) -> Failure:
    expected = isinstance(error, CommuniqueError)
    trace = None if expected else _unicode("".join(traceback.format_exception(error)))
    return Failure(article_id, type(error).__name__, stage, _unicode(str(error)), trace)


def _unicode(text: str) -> str:
    """A text that can be written as UTF-8: names of files may hold bytes that are none."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _forget(target: Path) -> None:
    """Remove what an earlier run made of an article; where that is refused, so was writing, which is told."""
    with suppress(OSError):
        target.unlink(missing_ok=True)


def _write_failures(path: Path, failures: Iterable[Failure]) -> None:
    ordered = sorted(failures, key=lambda failure: failure.article)
    lines = [orjson.dumps(asdict(failure), option=orjson.OPT_APPEND_NEWLINE) for failure in ordered]
    if lines:
        write_atomic(path, b"".join(lines))
    else:
        path.unlink(missing_ok=True)
