"""pytest plugin: gold files as test items, one for each article and record type.

    pytest --communique-gold corpus/gold --communique-articles corpus/articles

Only what pytest needs is imported here; the pipeline is loaded when the options are given.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pipeline.regression import Suite
    from pipeline.score import SlotError

COLUMNS = ("", "field", "gold", "found", "quote", "rule")
CELL_WIDTH = 48  # six columns of a table that is still read at a glance; longer values are cut


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("communique", "communique gold files")
    group.addoption(
        "--communique-gold", type=Path, metavar="DIR", help="folder of gold files to test against"
    )
    group.addoption("--communique-articles", type=Path, metavar="DIR", help="folder of their articles")
    help_floors = "file of score floors (default: floors.json beside the gold folder)"
    group.addoption("--communique-floors", type=Path, metavar="FILE", help=help_floors)
    group.addoption("--update-floors", action="store_true", help="raise the floors to what is reached now")
    group.addoption("--lower-floors", action="store_true", help="let --update-floors lower floors, too")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add the gold items to what else was collected."""
    gold, articles = config.getoption("communique_gold"), config.getoption("communique_articles")
    if gold is None and articles is None:
        return
    if gold is None or articles is None:
        raise pytest.UsageError("--communique-gold and --communique-articles go together")
    collector = GoldCollector.from_parent(
        session, name="gold", nodeid="gold", suite=_suite(config, gold, articles)
    )
    items.extend(session.genitems(collector))


def _suite(config: pytest.Config, gold: Path, articles: Path) -> Suite:
    from pipeline.errors import CommuniqueError
    from pipeline.regression import Suite

    floors = config.getoption("communique_floors") or gold.resolve().parent / "floors.json"
    try:
        return Suite(gold, articles, floors)
    except CommuniqueError as error:
        raise pytest.UsageError(str(error)) from error


class GoldCollector(pytest.Collector):
    """All items of a suite."""

    def __init__(self, *, suite: Suite, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.suite = suite

    def collect(self) -> Iterable[pytest.Item]:
        """One item for each article and record type, then the floors of the whole suite."""
        titles = [spec.title for spec in self.suite.specs]
        for article in self.suite.ids:
            for title in titles:
                name = f"{article}::{title}"
                yield ArticleItem.from_parent(self, name=name, suite=self.suite, article=article, title=title)
        if self.config.getoption("update_floors"):
            yield UpdateItem.from_parent(self, name="update-floors", suite=self.suite)
        elif self.suite.floors_file.exists():
            yield FloorsItem.from_parent(self, name="floors", suite=self.suite)


class SuiteItem(pytest.Item):
    """An item of a suite whose failures are told without a traceback."""

    def __init__(self, *, suite: Suite, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.suite = suite

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The message alone for what the program says on purpose, a traceback for a defect."""
        from pipeline.errors import CommuniqueError

        return str(excinfo.value) if excinfo.errisinstance(CommuniqueError) else super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where the item is said to stand."""
        return self.path, None, self.name


class ArticleItem(SuiteItem):
    """The records of one type in one article."""

    def __init__(self, *, article: str, title: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.article, self.title = article, title

    def runtest(self) -> None:
        """Fail when the article's score is below its floor, or, where it has none, when it is not perfect."""
        from pipeline.score.errors import article_errors
        from pipeline.score.floors import item_name

        score = self.suite.score(self.article)
        updating, lowering = self.config.getoption("update_floors"), self.config.getoption("lower_floors")
        unknown = 0.0 if updating else 1.0  # what has no floor yet gets one now, or has to be perfect
        floor = self.suite.floors.items.get(item_name(self.article, self.title), unknown)
        f1 = score.slots(self.title).f1
        if f1 < floor and not (updating and lowering):
            table = error_table(error for error in article_errors(score) if error.type == self.title)
            pytest.fail(f"slot F1 {f1:.4f} is below {floor:.4f}\n{table}", pytrace=False)


class FloorsItem(SuiteItem):
    """The floors of all articles together, by record type and overall."""

    def runtest(self) -> None:
        """Fail when a score is below its floor, or the floors were measured on another corpus."""
        from pipeline.score.floors import shortfalls

        problems = [str(shortfall) for shortfall in shortfalls(self.suite.report, self.suite.floors.slot_f1)]
        if self.suite.floors.corpus_digest != self.suite.digest:
            problems.append(f"{self.suite.floors_file}: measured on another corpus; run with --update-floors")
        if problems:
            pytest.fail("\n".join(problems), pytrace=False)


class UpdateItem(SuiteItem):
    """Writes the floors anew."""

    def runtest(self) -> None:
        """Fail when a floor would get lower and that was not asked for."""
        lower = self.config.getoption("lower_floors")
        _, fallen = self.suite.update_floors(lower=lower)
        if fallen and not lower:
            lines = "\n".join(f"  {shortfall}" for shortfall in fallen)
            message = f"floors would get lower (--lower-floors allows it); nothing is written:\n{lines}"
            pytest.fail(message, pytrace=False)


def _cell(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= CELL_WIDTH else text[: CELL_WIDTH - 1] + "…"


def error_table(errors: Iterable[SlotError]) -> str:
    """Errors as a small table in plain text, each record's name above its rows."""
    rows: list[tuple[str, ...]] = [COLUMNS]
    heads: dict[int, str] = {}
    record = ""
    for error in errors:
        if error.record != record:
            heads[len(rows)] = record = error.record
        quotes, rules = " … ".join(error.quotes), ", ".join(error.rules)
        rows.append(tuple(map(_cell, (error.kind, error.field, error.gold, error.found, quotes, rules))))
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    lines = []
    for number, row in enumerate(rows):
        lines += [heads[number]] if number in heads else []
        lines.append(
            "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )
    return "\n".join(lines)
