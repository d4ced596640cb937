"""Which sentences wait for a rule, and how they are put together to constructions."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import spacy

from pipeline.base import CleanText, Document, MappedText, Mention, Zone
from pipeline.coverage import Coverage, construction
from pipeline.run import Result, article_of

LABELS = {"Lakes Forum": "gathering", "Ports Pact": "body", "Latvia": "country", "Riga": "city"}
TAGS = {
    "guests": "NNS",
    "was": "VBD",
    "held": "VBN",
    "in": "IN",
    "praised": "VBD",
    "joined": "VBD",
    "the": "DT",
    "warmly": "RB",
}


def document(text: str, tagged: bool = True) -> Document:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    doc = nlp(text)
    if tagged:
        for token in doc:
            token.tag_ = TAGS.get(token.text, "DT")
    clean = CleanText(MappedText.identity(text), (Zone("body", 0, len(text)),))
    found = [
        Mention(label, text.index(quote), text.index(quote) + len(quote), "r")
        for quote, label in LABELS.items()
        if quote in text
    ]
    return Document(clean, doc).adding(found)


def gather(text: str, *cited: str) -> Coverage:
    evidence = [SimpleNamespace(start=text.index(quote)) for quote in cited]
    records: Any = {"conferences": (SimpleNamespace(evidence=evidence),)}
    found = Coverage()
    found.add(Result(article_of(text, "a1"), document(text), records, (), ()))
    return found


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("Lakes Forum was held in Riga.", "{gathering} was"),
        ("Guests warmly praised the new Lakes Forum.", "praised {gathering}"),
        ("Latvia joined Ports Pact.", "{country} joined {body}"),
        ("Ports Pact praised the guests of Latvia.", "{body} praised guests {country}"),
        ("Latvia praised guests who joined ports praised in Ports Pact.", "in {body}"),
    ],
)
def test_a_construction_is_verbs_prepositions_nouns_and_labels(text: str, frame: str) -> None:
    found = document(text)
    trigger = (found.of("gathering") or found.of("body"))[0]
    beside = next(iter(found.of("country")), None)
    assert construction(found, found.sentences[0], trigger, beside) == frame


def test_without_tags_the_common_words_make_it() -> None:
    found = document("Guests then praised Lakes Forum in Riga.", tagged=False)
    assert construction(found, found.sentences[0], found.of("gathering")[0]) == "then {gathering} in"


def test_a_sentence_that_gave_a_record_does_not_wait() -> None:
    found = gather("Lakes Forum was held in Riga. Guests left.", "Riga")
    assert (found.sentences, found.triggered, found.covered) == (2, 1, 1)
    assert found.constructions == []


def test_a_sentence_with_a_trigger_and_no_record_waits() -> None:
    found = gather("Lakes Forum was held in Riga. Guests left.", "Guests")
    (waiting,) = found.constructions
    assert (waiting.count, waiting.examples[0].sentence) == (1, "Lakes Forum was held in Riga.")


def test_a_body_waits_only_beside_a_country() -> None:
    assert gather("Ports Pact was praised.").triggered == 0
    assert gather("Latvia joined Ports Pact.").triggered == 1


def test_the_most_frequent_construction_comes_first() -> None:
    found = gather("Lakes Forum was held in Riga.")
    for text in ("Guests praised Lakes Forum.", "Hosts praised Lakes Forum."):
        found.add(Result(article_of(text, "a2"), document(text), {}, (), ()))
    assert [(one.count, one.pattern) for one in found.constructions] == [
        (2, "praised {gathering}"),
        (1, "{gathering} was"),
    ]
    assert found.to_json()["constructions"][0]["examples"][0]["article"] == "a2"
