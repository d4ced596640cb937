"""All outputs of all articles there are: valid by the schema, and every value leads back to its source."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pipeline.clean import clean
from pipeline.read import find_articles, read_article
from pipeline.records import discover
from pipeline.write import json_schema, to_json

PROVENANCE_KEYS = ["program", "rules", "model"]


@pytest.fixture(scope="session")
def outputs(corpus_run: Any) -> dict[str, dict[str, Any]]:
    """The content of every output file of the corpus, by the id of its article."""
    return {
        article_id: json.loads((corpus_run.output / f"{article_id}.json").read_bytes())
        for article_id, _ in find_articles(corpus_run.articles)
    }


def records(output: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for record_type in discover():
        for index, record in enumerate(output[record_type.plural]):
            yield f"{output['article']['id']}: {record_type.plural}[{index}]", record


def test_every_article_of_the_corpus_has_an_output(corpus_run: Any) -> None:
    assert corpus_run.summary.failures == 0
    assert corpus_run.summary.articles == len(list(find_articles(corpus_run.articles))) >= corpus_run.least


def test_outputs_validate_against_the_schema(outputs: dict[str, dict[str, Any]]) -> None:
    validator = Draft202012Validator(json_schema(discover()))
    problems = [
        f"{name}: {e.json_path}: {e.message}" for name, o in outputs.items() for e in validator.iter_errors(o)
    ]
    assert problems == []


def test_the_schema_is_not_satisfied_by_just_anything(outputs: dict[str, dict[str, Any]]) -> None:
    validator = Draft202012Validator(json_schema(discover()))
    output = next(o for o in outputs.values() if o["conferences"])
    assert not validator.is_valid(output | {"more": 1})
    assert not validator.is_valid(output | {"conferences": [output["conferences"][0] | {"edition": "ninth"}]})


def test_keys_stand_in_one_order(outputs: dict[str, dict[str, Any]]) -> None:
    plurals = [t.plural for t in discover()]
    for output in outputs.values():
        assert list(output) == ["schema_version", "article", *plurals, "warnings", "provenance"]
        assert list(output["provenance"]) == PROVENANCE_KEYS


def test_every_value_leads_back_to_the_source(corpus_run: Any, outputs: dict[str, dict[str, Any]]) -> None:
    """Cleaned offsets give the quote, source offsets where its characters came from; a rule is named."""
    for article_id, path in find_articles(corpus_run.articles):
        article = read_article(path, article_id)
        cleaned = clean(article)
        for where, record in records(outputs[article_id]):
            for piece in record["evidence"]:
                source = (piece["source_start"], piece["source_end"])
                assert piece["rule"] and piece["quote"], where
                if piece["start"] is None:
                    assert article.source[slice(*source)] == piece["quote"], where
                else:
                    span = (piece["start"], piece["end"])
                    assert cleaned.text[slice(*span)] == piece["quote"], where
                    assert cleaned.to_source(*span) == source, where


def test_every_field_that_has_a_value_has_evidence(outputs: dict[str, dict[str, Any]]) -> None:
    without = [
        f"{where}: {field}"
        for output in outputs.values()
        for where, record in records(output)
        for field in record.keys() - {piece["field"] for piece in record["evidence"]} - {"evidence"}
        if record[field] not in (None, [], {})
    ]
    assert without == []


def test_the_article_says_where_its_metadata_stands(
    corpus_run: Any, outputs: dict[str, dict[str, Any]]
) -> None:
    for article_id, path in find_articles(corpus_run.articles):
        source, article = read_article(path, article_id).source, outputs[article_id]["article"]
        stated = {piece["field"] for piece in article["evidence"]}
        assert {field for field in ("title", "source", "published", "url") if article[field]} <= stated
        for piece in article["evidence"]:
            assert source[piece["source_start"] : piece["source_end"]] == piece["quote"]


def test_written_twice_is_written_the_same(corpus_run: Any, outputs: dict[str, dict[str, Any]]) -> None:
    for article_id, output in outputs.items():
        assert to_json(output) == Path(corpus_run.output, f"{article_id}.json").read_bytes()
