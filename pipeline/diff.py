"""What changed between two runs, by record and rule, and whether gold calls it better or worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.table import Table

from pipeline.score import score_article
from pipeline.score.compare import Record
from pipeline.score.errors import evidence_of, record_label
from pipeline.score.files import Scored, article_stem, is_draft, json_files, read_records
from pipeline.score.pair import Pair, SlotScore, pair_records
from pipeline.score.report import ArticleScore, Report
from pipeline.score.spec import TypeSpec, read_specs

What = Literal["appeared", "vanished", "changed"]
Judgement = Literal["better", "worse", "even", ""]
_Specs = tuple[TypeSpec, ...]
_Scores = tuple[ArticleScore, ArticleScore] | None
COLOURS = {"better": "green", "worse": "red", "even": "", "": ""}


@dataclass(frozen=True, slots=True)
class SlotChange:
    """A slot, or an element of a list, before and after; None where it is empty."""

    field: str
    old: Any
    new: Any

    def __str__(self) -> str:
        old, new = ("–" if value is None else str(value) for value in (self.old, self.new))
        return f"{self.field}: {old} → {new}"


@dataclass(frozen=True, slots=True)
class Change:
    """One record that differs. `judgement` is empty where there is no gold for the article."""

    article: str
    type: str
    what: What
    record: str
    slots: tuple[SlotChange, ...]
    rules: tuple[str, ...]
    judgement: Judgement = ""

    def to_json(self) -> dict[str, Any]:
        """The change as a plain object."""
        slots = [{"field": s.field, "old": _plain(s.old), "new": _plain(s.new)} for s in self.slots]
        named = {"article": self.article, "type": self.type, "what": self.what, "record": self.record}
        return {**named, "slots": slots, "rules": list(self.rules), "judgement": self.judgement or None}


@dataclass(frozen=True, slots=True)
class Diff:
    """All changes between two runs, and the scores of both where there is gold."""

    changes: tuple[Change, ...]
    old: Report | None = None
    new: Report | None = None

    def by_rule(self) -> dict[str, Counter[str]]:
        """For each rule, how many records of it appeared, vanished, changed, got better, worse."""
        rules: dict[str, Counter[str]] = {}
        for change in self.changes:
            for rule in change.rules:
                rules.setdefault(rule, Counter()).update(filter(None, (change.what, change.judgement)))
        return dict(sorted(rules.items(), key=lambda item: (-item[1].total(), item[0])))

    def to_json(self) -> dict[str, Any]:
        """The diff as plain objects."""
        reports = {"old": self.old, "new": self.new}
        scores = {side: report.to_json() for side, report in reports.items() if report}
        changes = [change.to_json() for change in self.changes]
        return {"changes": changes, "by_rule": {r: dict(c) for r, c in self.by_rule().items()}, **scores}


def _worths(score: ArticleScore) -> dict[int, int]:
    """What each found record is worth by gold, by its identity: its right slots less its wrong ones."""
    return {id(pair.found): _worth(pair) for pair in score.pairs if pair.found is not None}


def _worth(pair: Pair) -> int:
    right = sum(slot.verdict == "right" for slot in pair.slots)
    return right - sum(slot.verdict in ("wrong", "extra") for slot in pair.slots)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | float | str) else str(value)


def _slot_changes(slots: Collection[SlotScore]) -> Iterator[SlotChange]:
    """Slots whose text differs: names that merely agree are a change, too."""
    for slot in slots:
        if str(slot.gold) != str(slot.found):
            yield SlotChange(slot.field, slot.gold, slot.found)


def _rules(pair: Pair, changes: Collection[SlotChange]) -> tuple[str, ...]:
    """The rules behind a change: those of the slots that changed, or of the whole record's first field."""
    sides = [record for record in (pair.gold, pair.found) if record is not None]
    fields = [change.field for change in changes] if len(sides) == 2 else ["*"]
    pieces = (piece for record in sides for name in fields for piece in evidence_of(record, name))
    return tuple(dict.fromkeys(str(piece.get("rule")) for piece in pieces))


def _change(article: str, pair: Pair, gain: int | None) -> Change | None:
    """The change that a pair of an old (`gold`) and a new record makes; None when they are the same."""
    slots = tuple(_slot_changes(pair.slots))
    what: What = "appeared" if pair.gold is None else "vanished" if pair.found is None else "changed"
    if what == "changed" and not slots:
        return None
    judgement: Judgement = "" if gain is None else "better" if gain > 0 else "worse" if gain < 0 else "even"
    label = record_label(pair.found or pair.gold or {})
    return Change(article, pair.type, what, label, slots, _rules(pair, slots), judgement)


def _changes(article: str, before: Record, after: Record, scores: _Scores, specs: _Specs) -> Iterator[Change]:
    worths = [_worths(score) for score in scores] if scores else None
    for spec in specs:
        for pair in pair_records(spec, before, after):
            gain = worths[1].get(id(pair.found), 0) - worths[0].get(id(pair.gold), 0) if worths else None
            if change := _change(article, pair, gain):
                yield change


def _outputs(folder: Path, specs: _Specs) -> dict[str, dict[str, Any]]:
    return {
        path.relative_to(folder).as_posix().removesuffix(".json"): read_records(path, specs)
        for path in json_files(folder)
    }


def _golds(folder: Path | None, specs: _Specs) -> dict[str, dict[str, Any]]:
    """Accepted gold by the article's id, with its suffix and without."""
    golds: dict[str, dict[str, Any]] = {}
    for path in json_files(folder) if folder else ():
        gold = read_records(path, specs)
        if folder and not is_draft(path, gold):
            golds[path.relative_to(folder).as_posix().removesuffix(".json")] = gold
            golds.setdefault(article_stem(path, folder), gold)
    return golds


def diff_outputs(old: Path, new: Path, *, gold: Path | None = None, specs: _Specs | None = None) -> Diff:
    """Compare the output folders of two runs, article by article and record by record.

    Records are paired as for scoring, so a record whose key changed vanishes and appears anew. With `gold`, a
    change is better when the record's right slots less its wrong ones are more than before.

    Raises:
        GoldError: a folder or a file in it cannot be read.
    """
    chosen = read_specs() if specs is None else specs
    olds, news, golds = _outputs(old, chosen), _outputs(new, chosen), _golds(gold, chosen)
    changes: list[Change] = []
    scored: list[tuple[ArticleScore, ArticleScore]] = []
    for article in sorted(olds.keys() | news.keys()):
        before, after = olds.get(article), news.get(article)
        wanted = golds.get(article) or golds.get(article_stem(Path(f"{article}.json"), Path()))
        scores: _Scores = None
        if wanted is not None:
            scores = (
                score_article(Scored(article, wanted, before), chosen),
                score_article(Scored(article, wanted, after), chosen),
            )
            scored.append(scores)
        changes += _changes(article, before or {}, after or {}, scores, chosen)
    reports = [Report(chosen, tuple(both[side] for both in scored)) for side in (0, 1)] if scored else []
    return Diff(tuple(changes), *reports)


def _change_lines(change: Change) -> Iterator[str]:
    rules = f"  [{', '.join(change.rules)}]" if change.rules else ""
    judgement = f"  {change.judgement}" if change.judgement else ""
    yield f"{change.article}  {change.type}  {change.what}{judgement}  {change.record}{rules}"
    yield from (f"    {slot}" for slot in change.slots if change.what == "changed")


def _rule_table(diff: Diff) -> Table:
    columns = ("appeared", "vanished", "changed", "better", "worse")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("rule")
    for column in columns:
        table.add_column(column, justify="right")
    for rule, counts in diff.by_rule().items():
        table.add_row(rule, *(str(counts[column] or "") for column in columns))
    return table


def print_diff(diff: Diff, console: Console) -> None:
    """Every change with its slots, the changes by rule, and slot F1 before and after."""
    for change in diff.changes:
        for line in _change_lines(change):
            colour = COLOURS[change.judgement]
            console.print(line, style=colour, markup=False, highlight=False, soft_wrap=True)
    if diff.changes:
        console.print(_rule_table(diff))
    tally = Counter(what for change in diff.changes for what in (change.what, change.judgement) if what)
    console.print(", ".join(f"{count} {what}" for what, count in tally.items()) or "no record differs")
    if diff.old and diff.new:
        for name in (*diff.new.types, None):
            old, new = diff.old.slots(name).f1, diff.new.slots(name).f1
            console.print(
                f"slot F1 {name or 'overall'}: {old:.4f} → {new:.4f} ({new - old:+.4f})", highlight=False
            )
