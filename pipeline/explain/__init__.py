"""Why a record is what it is, and why an expected one is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.base import RecordType
from pipeline.errors import SettingsError
from pipeline.run import Extractor
from pipeline.score.derive import specs_of
from pipeline.score.spec import TypeSpec
from pipeline.settings import Settings

from .expected import Expectation, explain_expected
from .record import Content, RecordExplanation, explain_record

__all__ = ["Expectation", "RecordExplanation", "explain_article", "explain_expected", "explain_record"]


def _places(content: Content, specs: Sequence[TypeSpec]) -> Iterator[tuple[str, Content]]:
    for spec in specs:
        for number, record in enumerate(content[spec.collection]):
            yield f"{spec.collection}[{number}]", record


def _specs_for(expected: Content, types: Iterable[RecordType], wanted: str | None) -> list[TypeSpec]:
    """The record types that an expected record can be of: the named one, or those with all its fields."""
    types = list(types)
    named = [t for t in types if wanted in (t.kind, t.plural)] if wanted else types
    fitting = [t for t in named if expected.keys() <= t.schema.model_fields.keys()]
    if not fitting:
        known = ", ".join(record_type.kind for record_type in types)
        raise SettingsError(
            f"no record type {wanted or ''} has the fields {', '.join(expected)}; there are {known}"
        )
    return list(specs_of(fitting))


def explain_article(
    file: Path,
    *,
    record: str | None = None,
    expect: Content | None = None,
    record_type: str | None = None,
    settings: Settings | None = None,
) -> list[RecordExplanation | Expectation]:
    """Extract an article and explain what came out of it, or did not.

    Args:
        file: the article.
        record: the place of one record ("conferences[0]", or its number over all lists); None for all.
        expect: fields of a record that should be there.
        record_type: what the expected record is; None for all types that have its fields.
        settings: what the article is extracted with.

    Raises:
        ReadError: the article cannot be read.
        SettingsError: there is no such record, or no record type has the expected fields.
    """
    extractor = Extractor(settings)
    result = extractor.read(file, file.name)
    content = extractor.content(result)
    if expect is not None:
        specs = _specs_for(expect, extractor.selected, record_type)
        return [explain_expected(result, content, spec, expect) for spec in specs]
    places = list(_places(content, specs_of(extractor.selected)))
    chosen = [(p, r) for n, (p, r) in enumerate(places) if record in (None, p, str(n))]
    if record is not None and not chosen:
        raise SettingsError(
            f"{file}: no record {record}; there are {', '.join(p for p, _ in places) or 'none'}"
        )
    return [explain_record(result.document, found, place) for place, found in chosen]
