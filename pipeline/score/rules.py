"""How often each rule was right: found slots, counted by the rules that their evidence names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from .errors import evidence_of
from .report import Report

NO_RULE = "(no evidence)"


@dataclass(slots=True)
class RuleScore:
    """The found slots that a rule had a part in, the right ones among them, and the fields of the others."""

    rule: str
    found: int = 0
    right: int = 0
    wrong_fields: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        """The share of its slots that are right."""
        return self.right / self.found if self.found else 1.0

    def to_json(self) -> dict[str, object]:
        """The score as a plain object."""
        figures = {"found": self.found, "right": self.right, "precision": self.precision}
        return {"rule": self.rule, **figures, "wrong_fields": dict(self.wrong_fields.most_common())}


def score_rules(report: Report) -> list[RuleScore]:
    """The rules of a report, those with most wrong slots first.

    A slot that several rules had a part in (a date and the dateline that gave its year) counts for each of
    them, one without evidence for "(no evidence)". All slots of a record that gold does not have are wrong.
    """
    scores: dict[str, RuleScore] = {}
    for pair in report.pairs():
        for slot in pair.slots if pair.found is not None else ():
            if slot.verdict == "missing":
                continue
            assert pair.found is not None
            pieces = evidence_of(pair.found, slot.field, slot.found)
            for rule in {str(piece.get("rule")) for piece in pieces} or {NO_RULE}:
                score = scores.setdefault(rule, RuleScore(rule))
                score.found += 1
                score.right += slot.verdict == "right"
                if slot.verdict != "right":
                    score.wrong_fields[f"{pair.type}.{slot.field}"] += 1
    return sorted(scores.values(), key=lambda score: (score.right - score.found, score.rule))
