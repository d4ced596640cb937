"""Explanations as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from pipeline.show import plain

from .expected import Expectation
from .record import ANCHOR, FieldExplanation, RecordExplanation, Step


def _print_record(explained: RecordExplanation, console: Console) -> None:
    console.print(f"{explained.place}  {explained.label}", style="bold", markup=False)
    for field in explained.fields:
        console.print(_field_line(field), markup=False, soft_wrap=True)
        for step in field.steps:
            console.print(_step_line(step), markup=False, soft_wrap=True, style="dim")


def _field_line(field: FieldExplanation) -> str:
    """The field with its value; a date resolved against the article's own one with the way it took."""
    line = f"  {field.field} = {plain(field.value)}"
    anchors = [step for step in field.steps if step.rule.startswith(ANCHOR)]
    if not anchors:
        return line
    told = " | ".join(f'"{step.quote}"' for step in field.steps if step not in anchors)
    return f"{line}: {told} → {anchors[0].rule.removeprefix(ANCHOR)} {anchors[0].meaning} → {field.value}"


def _step_line(step: Step) -> str:
    quote = " ".join(step.quote.split())
    means = f"  means {step.meaning}" if step.meaning not in ("", quote) else ""
    return f'      "{quote}"{means}  [{step.rule}]'


def _print_expectation(told: Expectation, console: Console) -> None:
    if told.record:
        console.print(f"{told.type}: {told.record.place} comes nearest", style="bold", markup=False)
        for slot in told.slots:
            found = "–" if slot.found is None else slot.found
            line = f"  {slot.verdict:8} {slot.field}: expected {slot.gold}, found {found}"
            console.print(line, markup=False, soft_wrap=True)
        _print_record(told.record, console)
    for near in told.rejected:
        line = f'{told.type}: rejected: "{near.quote}" [{near.rule}]: {near.reason}'
        console.print(line, markup=False, soft_wrap=True)
    for seen in told.seen:
        console.print(f"{told.type}: no candidate; this sentence speaks of it:", style="bold", markup=False)
        console.print(f"  {seen.sentence}", markup=False, soft_wrap=True)
        for label, quote, rule in seen.mentions:
            console.print(f'    {label}: "{quote}" [{rule}]', markup=False, soft_wrap=True, style="dim")
        if not seen.mentions:
            console.print("    nothing in it was found by any rule", style="dim")
    if not (told.record or told.rejected or told.seen):
        console.print(f"{told.type}: the text does not speak of it", style="bold", markup=False)


def print_explanations(explained: Sequence[RecordExplanation | Expectation], console: Console) -> None:
    """Explanations as text for a terminal."""
    for one in explained:
        if isinstance(one, RecordExplanation):
            _print_record(one, console)
        else:
            _print_expectation(one, console)
