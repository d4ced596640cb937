"""Why an expected record is not there: the nearest record, else rejected candidates, else what was seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pycountry
from spacy.lang.en.stop_words import STOP_WORDS

from pipeline.base import Document, Rejection
from pipeline.run import Result
from pipeline.score.names import name_tokens, token_f1
from pipeline.score.pair import SlotScore, compare_records
from pipeline.score.spec import TypeSpec

from .record import Content, RecordExplanation, explain_record

# A rejected candidate or a sentence is near an expected value when they share two words of five.
NEAR = 0.4


@dataclass(frozen=True, slots=True)
class Near:
    """A rejected candidate that is near an expected value."""

    quote: str
    rule: str
    reason: str
    nearness: float


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence that speaks of an expected value, and the mentions in it as (label, quote, rule)."""

    sentence: str
    mentions: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Expectation:
    """What became of an expected record.

    Just one of these is filled: `record` (with `slots` that say where it differs), `rejected`, `seen`; or
    none, when the text does not speak of it.
    """

    type: str
    expected: Content
    record: RecordExplanation | None = None
    slots: tuple[SlotScore, ...] = ()
    rejected: tuple[Near, ...] = ()
    seen: tuple[Seen, ...] = ()


def _texts(value: Any) -> Iterator[str]:
    """The strings by which a value would be found in a text: names, numbers, countries for codes."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str) and len(value) == 3 and (country := pycountry.countries.get(alpha_3=value)):
        yield getattr(country, "common_name", country.name)
    elif value is not None:
        yield str(value)


def _nearness(texts: Sequence[str], quote: str) -> float:
    return max((token_f1(name_tokens(text), name_tokens(quote)) for text in texts), default=0.0)


def _near_rejections(result: Result, kind: str, texts: Sequence[str]) -> Iterator[Near]:
    for rejection in result.rejections:
        if rejection.candidate.kind != kind:
            continue
        quotes = _quotes(result.document, rejection)
        nearness = max((_nearness(texts, quote) for quote in quotes), default=0.0)
        if nearness >= NEAR:
            yield Near(quotes[0], rejection.candidate.rule, rejection.reason, nearness)


def _quotes(document: Document, rejection: Rejection) -> list[str]:
    candidate = rejection.candidate
    mentions = (candidate.trigger, *(m for found in candidate.slots.values() for m in found))
    return [document.quote(mention) for mention in mentions if not mention.in_source]


def _coverage(texts: Sequence[str], sentence: str) -> float:
    """The part of an expected value's words that a sentence has; of several values the best."""
    words = set(name_tokens(sentence))
    wanted = [set(name_tokens(text)) - STOP_WORDS for text in texts]
    return max((len(words & tokens) / len(tokens) for tokens in wanted if tokens), default=0.0)


def _seen(document: Document, texts: Sequence[str]) -> tuple[Seen, ...]:
    """The sentences that have most of an expected value's words, with what was found in them."""
    shares = [(_coverage(texts, sentence.text), sentence) for sentence in document.sentences]
    best = max((share for share, _ in shares), default=0.0)
    seen = []
    for share, sentence in shares:
        if share == best and share >= NEAR:
            labels = document.labels
            mentions = document.within(sentence.start_char, sentence.end_char, *labels)
            listed = tuple((m.label, document.quote(m), m.rule) for m in mentions if not m.in_source)
            seen.append(Seen(" ".join(sentence.text.split()), listed))
    return tuple(seen)


def _nearest_record(
    spec: TypeSpec, expected: Content, content: Content
) -> tuple[int, tuple[SlotScore, ...]] | None:
    """The record that agrees in the key, as far as that is given, and in most other slots."""
    best: tuple[int, int, tuple[SlotScore, ...]] | None = None
    key = {slot.field for slot in spec.key}
    for number, record in enumerate(content[spec.collection]):
        scores = compare_records(spec, expected, record, content)
        wanted = tuple(score for score in scores if score.verdict != "extra")
        worth = sum(score.verdict == "right" for score in wanted)
        agrees = all(score.verdict == "right" for score in wanted if score.field in key)
        if agrees and worth and (best is None or worth > best[0]):
            best = worth, number, wanted
    return best and (best[1], best[2])


def explain_expected(result: Result, content: Content, spec: TypeSpec, expected: Content) -> Expectation:
    """What became of an expected record, of which any fields may be given.

    Args:
        result: the article as it was extracted.
        content: what is written of the result.
        spec: the record type.
        expected: fields as in a gold file.
    """
    nearest = _nearest_record(spec, expected, content)
    if nearest:
        number, slots = nearest
        record = content[spec.collection][number]
        explained = explain_record(result.document, record, f"{spec.collection}[{number}]")
        return Expectation(spec.title, expected, record=explained, slots=slots)
    texts = list(_texts(dict(expected)))
    near = sorted(_near_rejections(result, spec.title, texts), key=lambda n: -n.nearness)
    if near:
        return Expectation(spec.title, expected, rejected=tuple(near))
    return Expectation(spec.title, expected, seen=_seen(result.document, texts))
