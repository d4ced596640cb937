"""Measure a pipeline on raw text: entity F1, tagging, attachment and sentence boundaries, as JSON.

Names: exact spans; GPE, LOC and FAC count as one label PLACE; only labels that the test set annotates; a
predicted name that touches a token of unknown label is left out. Trees: spaCy's scorer (punctuation left
out) on text that the pipeline tokenises itself, as running text and cut into paragraphs.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import spacy
from names import Sentence, parse
from sentences import recase
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab
from thinc.api import NumpyOps, set_current_ops
from treebank import Sentence as TreeSentence
from treebank import read, to_doc

PLACES = {"GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE"}
Name = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class NameTest:
    """A named-entity test set: file, labels it annotates, genres taken (empty: all)."""

    file: str
    labels: frozenset[str]
    genres: frozenset[str] = frozenset()


PLAIN = frozenset(("PERSON", "ORG", "PLACE", "NORP"))
NAME_TESTS = {
    "uner_pud": NameTest("uner_pud.test", PLAIN),
    "gum_news_interview": NameTest(
        "gum_free.test", PLAIN | {"EVENT"}, frozenset(("gum_news", "gum_interview"))
    ),
    "gum_all": NameTest("gum_free.test", PLAIN | {"EVENT"}),
    "gmb_silver": NameTest("gmb_clean.test", PLAIN),
    "crossner_politics": NameTest("crossner_politics.test", frozenset(("PERSON", "ORG", "PLACE", "EVENT"))),
}
TREE_TESTS = {
    "ewt_test": "ewt/en_ewt-ud-test.conllu.gz",
    "gum_test": "gum/en_gum_free-test.conllu.gz",
    "pud": "pud/en_pud-ud-test.conllu.gz",
}
TREE_FIGURES = ("tag_acc", "pos_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f")
RELATIONS = ("nsubj", "nsubj:pass", "obj", "obl", "nmod", "appos", "conj", "acl:relcl", "case")


def name_sentences(folder: Path, test: NameTest) -> Iterator[Sentence]:
    """The sentences of a test set's genres."""
    with gzip.open(folder / f"{test.file}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            if not test.genres or json.loads(line)["source"] in test.genres:
                yield parse(line)


def offsets(sentence: Sentence) -> tuple[str, list[int], list[int]]:
    """Text of a sentence, and where its tokens start and end in it."""
    text, starts, ends = "", [], []
    for token, space in zip(sentence.tokens, sentence.spaces, strict=True):
        starts.append(len(text))
        text += token
        ends.append(len(text))
        text += " " if space else ""
    return text, starts, ends


def gold_names(sentence: Sentence, labels: frozenset[str]) -> tuple[str, set[Name], list[tuple[int, int]]]:
    """Text, names (character offsets), and unknown stretches of a sentence."""
    text, starts, ends = offsets(sentence)
    merged = {(starts[s], ends[e - 1], PLACES.get(label, label)) for s, e, label in sentence.entities}
    unknown = [(starts[s], ends[e - 1]) for s, e in sentence.unknown]
    return text, {name for name in merged if name[2] in labels}, unknown


def found_names(doc: Doc, labels: frozenset[str], unknown: list[tuple[int, int]]) -> set[Name]:
    """Predicted names without a leading article, but for those that touch an unknown stretch."""
    found = set()
    for span in doc.ents:
        name = span[1:] if span[0].lower_ == "the" and len(span) > 1 else span
        label = PLACES.get(span.label_, span.label_)
        touches = any(start < name.end_char and name.start_char < end for start, end in unknown)
        if label in labels and not touches:
            found.add((name.start_char, name.end_char, label))
    return found


def figures(counts: Counter[tuple[str, str]], labels: frozenset[str]) -> dict[str, dict[str, float]]:
    """Precision, recall, F1 and gold count per label, and over all ("all")."""
    total: Counter[str] = Counter()
    table = {}
    for label in (*sorted(labels), "all"):
        hit, extra, missed = (
            (counts[label, kind] for kind in ("hit", "extra", "missed"))
            if label != "all"
            else (total["hit"], total["extra"], total["missed"])
        )
        total.update(hit=hit, extra=extra, missed=missed)
        precision, recall = hit / max(hit + extra, 1), hit / max(hit + missed, 1)
        f1 = 2 * hit / max(2 * hit + extra + missed, 1)
        table[label] = {
            "p": round(precision, 4), "r": round(recall, 4), "f": round(f1, 4), "gold": hit + missed,
        }  # fmt: skip
    return table


def score_names(nlp: Language, folder: Path, test: NameTest, style: str) -> dict[str, dict[str, float]]:
    """The table of `figures` for one test set, its text in a casing style (see `sentences.recase`)."""
    counts: Counter[tuple[str, str]] = Counter()
    pairs = []
    for sentence in name_sentences(folder, test):
        cased = Sentence(recase(sentence.tokens, style), sentence.spaces, sentence.entities, sentence.unknown)
        text, gold, unknown = gold_names(cased, test.labels)
        pairs.append((text, (gold, unknown)))
    with nlp.select_pipes(enable=[name for name in nlp.pipe_names if name in ("ner", "transformer")]):
        for doc, (gold, unknown) in nlp.pipe(pairs, as_tuples=True):
            found = found_names(doc, test.labels, unknown)
            for kind, names in (("hit", found & gold), ("extra", found - gold), ("missed", gold - found)):
                counts.update((label, kind) for _, _, label in names)
    return figures(counts, test.labels)


def running_text(vocab: Vocab, path: Path) -> Iterator[Doc]:
    """Ten sentences a document, joined by spaces: no paragraph tells where a sentence ends."""
    sentences = list(read(path))
    for start in range(0, len(sentences), 10):
        yield to_doc(vocab, sentences[start : start + 10], paragraphs=False)


def paragraphs(vocab: Vocab, path: Path) -> Iterator[Doc]:
    """One paragraph of the source a document, as the program cuts articles."""
    group: list[TreeSentence] = []
    for sentence in read(path):
        if group and sentence.new_paragraph:
            yield to_doc(vocab, group)
            group = []
        group.append(sentence)
    yield to_doc(vocab, group)


def score_trees(nlp: Language, docs: Iterable[Doc]) -> dict[str, Any]:
    """TREE_FIGURES and the F1 of RELATIONS for one treebank."""
    examples = [Example(nlp.make_doc(gold.text), gold) for gold in docs]
    for example, doc in zip(
        examples, nlp.pipe((e.predicted for e in examples), disable=["ner"]), strict=True
    ):
        example.predicted = doc
    scores = Scorer(nlp).score(examples)
    per_type = scores["dep_las_per_type"] or {}
    relations = {name: round(per_type[name]["f"], 4) for name in RELATIONS if name in per_type}
    return {name: round(scores[name], 4) for name in TREE_FIGURES} | {"relations": relations}


def evaluate(nlp: Language, data: Path) -> dict[str, Any]:
    """All figures of a pipeline, for the parts that it has."""
    names, cased, trees = {}, {}, {}
    if nlp.has_pipe("ner"):
        names = {key: score_names(nlp, data / "ner", test, "as-is") for key, test in NAME_TESTS.items()}
        pud = NAME_TESTS["uner_pud"]
        cased = {"uner_pud, headline case": score_names(nlp, data / "ner", pud, "headline")}
    if nlp.has_pipe("parser"):
        trees = {
            cut.__name__: averaged(
                {k: score_trees(nlp, cut(nlp.vocab, data / "treebanks" / f)) for k, f in TREE_TESTS.items()}
            )
            for cut in (running_text, paragraphs)
        }
    return {"names": names | cased, "trees": trees}


def averaged(rows: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The rows with one more, "average": the mean of each of TREE_FIGURES."""
    mean = {name: round(sum(row[name] for row in rows.values()) / len(rows), 4) for name in TREE_FIGURES}
    return {**rows, "average": mean}


def main() -> None:
    """Command line: `evaluate.py MODEL --data DIR [--out FILE]`; prints a short table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("--data", type=Path, required=True, help="folder with ner/ and treebanks/")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    set_current_ops(NumpyOps(use_blis=False))
    spacy.util.fix_random_seed(Random(0).randint(0, 2**31))
    result = evaluate(spacy.load(args.model), args.data)
    for test, table in result["names"].items():
        print(test, {label: row["f"] for label, row in table.items()})
    for cut, rows in result["trees"].items():
        for test, row in rows.items():
            print(cut, test, row)
    if args.out:
        args.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
