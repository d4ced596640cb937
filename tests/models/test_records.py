"""The table of what the model brings: components are replaced by ones that know nothing."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Span

sys.path.insert(0, str(Path(__file__).parents[2] / "models" / "recipe" / "scripts"))

import records

ARTICLE = "LIMA, May 2 (Agency) -- The 4th River Congress opened in Lima on Monday, an official said.\n"


def test_flat_trees_hang_every_word_on_the_first_of_its_sentence() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("flat_trees")
    doc = nlp("Peru joined. Kenya did not join.")
    assert [token.head.text for token in doc] == ["Peru"] * 3 + ["Kenya"] * 5
    assert [token.dep_ for token in doc] == ["ROOT", "dep", "dep", "ROOT", "dep", "dep", "dep", "dep"]
    assert [sentence.text for sentence in doc.sents] == ["Peru joined.", "Kenya did not join."]


@pytest.mark.parametrize("text", ["", " ", "Peru"])
def test_flat_trees_of_almost_nothing(text: str) -> None:
    doc = records.flat_trees(spacy.blank("en")(text))
    assert all(token.head == doc[0] for token in doc)


def test_no_names_takes_names_away() -> None:
    doc = spacy.blank("en")("Ada Moyo spoke in Lima.")
    doc.set_ents([Span(doc, 0, 2, "PERSON")])
    assert records.no_names(doc).ents == () and doc.has_annotation("ENT_IOB")


def test_table_has_a_row_for_every_variant(tmp_path: Path) -> None:
    articles, gold = tmp_path / "articles", tmp_path / "gold"
    articles.mkdir()
    gold.mkdir()
    (articles / "a.txt").write_text(ARTICLE)
    (gold / "a.json").write_text(json.dumps({"memberships": []}))
    lines = records.table(records.measure(articles, gold, tmp_path / "work", None)).splitlines()
    assert [line.split(" | ")[0].strip("| ") for line in lines[2:]] == list(records.VARIANTS)
