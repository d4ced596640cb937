"""Which language models are accepted, and what is said of the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy

from pipeline.annotate import model
from pipeline.errors import ModelError


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A folder as the recipe leaves it: two files and the manifest over them."""
    folder = tmp_path / "en_model"
    (folder / "ner").mkdir(parents=True)
    (folder / "meta.json").write_text("{}")
    (folder / "ner" / "model").write_bytes(b"weights")
    (folder / model.MANIFEST).write_text(json.dumps({"files": model.digests(folder)}))
    return folder


def test_files_as_in_the_manifest_are_accepted(shipped: Path) -> None:
    model.verify(shipped)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("ner/model", b"other weights", "ner/model: is not the file"),
        ("ner/extra", b"", "ner/extra: is not the file"),
        ("ner/model", None, "ner/model: is missing"),
        (model.MANIFEST, b"{}", "manifest.json: unreadable"),
        (model.MANIFEST, None, "manifest.json: unreadable"),
    ],
    ids=["changed", "added", "deleted", "empty manifest", "no manifest"],
)
def test_a_damaged_model_is_refused(shipped: Path, name: str, content: bytes | None, said: str) -> None:
    if content is None:
        (shipped / name).unlink()
    else:
        (shipped / name).write_bytes(content)
    with pytest.raises(ModelError, match=said):
        model.verify(shipped)


@pytest.mark.parametrize(
    ("components", "missing"),
    [
        ((), "no tagger, no parser, no lemmatizer, no ner"),
        (("tagger", "parser", "ner"), "no lemmatizer"),
        (("tagger", "parser", "lemmatizer"), "no ner"),
    ],
)
def test_missing_components_are_named(tmp_path: Path, components: tuple[str, ...], missing: str) -> None:
    nlp = spacy.blank("en")
    for name in components:
        nlp.add_pipe(name)
    with pytest.raises(ModelError) as error:
        model.require(nlp)
    assert missing in str(error.value)


def test_any_component_that_writes_the_annotation_will_do() -> None:
    nlp = spacy.blank("en")
    for name, given in (("tagger", "words"), ("parser", "trees"), ("trainable_lemmatizer", "lemmas")):
        nlp.add_pipe(name, name=given)
    nlp.add_pipe("entity_ruler", name="names")
    model.require(nlp)


def test_a_name_that_is_no_pipeline_is_told_so() -> None:
    with pytest.raises(ModelError, match="'no_such_model' cannot be loaded"):
        model.load("no_such_model")


def test_info_changes_with_the_files(tmp_path: Path) -> None:
    spacy.blank("en", meta={"name": "own", "version": "2.1"}).to_disk(tmp_path / "own")
    first = model.info(spacy.load(tmp_path / "own"))
    assert (first.name, first.version, len(first.digest)) == ("en_own", "2.1", 64)
    (tmp_path / "own" / "vocab" / "note").write_text("changed")
    assert model.info(spacy.load(tmp_path / "own")).digest != first.digest
    assert model.info(spacy.blank("en")).digest == ""
