"""Turn CoNLL-U treebanks into spaCy training documents with tags, morphology, lemmas and UD trees.

Sentences of one source document are joined into documents of a few sentences, so that the parser learns
where a sentence ends; paragraph breaks are kept in half of them only, because press text often comes without.
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import spacy
from sentences import PARAGRAPH, batches, recase
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

# Morphological features that rules or the lemmatiser read; the others only multiply the labels.
FEATURES = frozenset(
    (
        "Number",
        "Tense",
        "VerbForm",
        "Mood",
        "Person",
        "Voice",
        "Degree",
        "PronType",
        "Case",
        "Poss",
        "Polarity",
    )
)


@dataclass(frozen=True, slots=True)
class Row:
    """One CoNLL-U word; `head` counts words of the sentence from 0, the root is its own head."""

    form: str
    lemma: str
    upos: str
    xpos: str
    morph: str
    head: int
    relation: str
    space: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence and where it stands in its source."""

    rows: tuple[Row, ...]
    new_document: bool
    new_paragraph: bool


def _open(path: Path) -> Iterator[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from lines


def _row(fields: list[str], number: int) -> Row:
    kept = [feature for feature in fields[5].split("|") if feature.split("=")[0] in FEATURES]
    head = int(fields[6]) - 1
    return Row(
        form=fields[1],
        lemma=fields[2],
        upos=fields[3],
        xpos=fields[4],
        morph="|".join(kept),
        head=number if head < 0 else head,
        relation="ROOT" if head < 0 else fields[7],
        space="SpaceAfter=No" not in fields[9],
    )


def _rows(lines: Iterable[str]) -> Iterator[Row]:
    """Words of one sentence; the parts of a multi-word token ("don't") are joined without a space."""
    joined_until, space_after = 0, True
    for line in lines:
        fields = line.rstrip("\n").split("\t")
        if "-" in fields[0]:
            joined_until, space_after = int(fields[0].split("-")[1]), "SpaceAfter=No" not in fields[9]
        elif "." not in fields[0]:
            number = int(fields[0])
            row = _row(fields, number - 1)
            if number <= joined_until:
                row = replace(row, space=space_after and number == joined_until)
            yield row


def read(path: Path) -> Iterator[Sentence]:
    """Sentences of a CoNLL-U file (plain or gzipped). ValueError names the file of a malformed row."""
    comments: list[str] = []
    words: list[str] = []
    for line in (*_open(path), "\n"):
        if line.startswith("#"):
            comments.append(line)
        elif line.strip():
            words.append(line)
        elif words:
            try:
                rows = tuple(_rows(words))
            except (IndexError, ValueError) as error:
                raise ValueError(f"{path}: sentence starting with {words[0]!r}: {error}") from error
            starts = {comment.split()[1] for comment in comments if len(comment.split()) > 1}
            yield Sentence(rows, "newdoc" in starts, bool({"newdoc", "newpar"} & starts))
            comments, words = [], []


def documents(sentences: Iterable[Sentence], rng: Random, longest: int) -> Iterator[list[Sentence]]:
    """Groups of 1..longest consecutive sentences that never cross a source document."""
    source: list[Sentence] = []
    for sentence in sentences:
        if sentence.new_document and source:
            yield from batches(source, rng, longest)
            source = []
        source.append(sentence)
    yield from batches(source, rng, longest)


def to_doc(vocab: Vocab, group: list[Sentence], style: str = "as-is", paragraphs: bool = True) -> Doc:
    """One spaCy Doc. A paragraph break is a whitespace token that hangs on the word before it."""
    rows: list[Row] = []
    for number, sentence in enumerate(group):
        offset = len(rows)
        forms = recase(tuple(row.form for row in sentence.rows), style)
        last = len(forms) - 1
        breaks = paragraphs and number + 1 < len(group) and group[number + 1].new_paragraph
        for position, (row, form) in enumerate(zip(sentence.rows, forms, strict=True)):
            space = (row.space or position == last) and not (breaks and position == last)
            rows.append(replace(row, form=form, head=row.head + offset, space=space))
        if breaks:
            rows.append(Row(PARAGRAPH, PARAGRAPH, "SPACE", "_SP", "", len(rows) - 1, "dep", False))
    return Doc(
        vocab,
        words=[row.form for row in rows],
        spaces=[row.space for row in rows],
        lemmas=[row.lemma for row in rows],
        pos=[row.upos if row.upos != "_" else "X" for row in rows],
        tags=[row.xpos for row in rows],
        morphs=[row.morph for row in rows],
        heads=[row.head for row in rows],
        deps=[row.relation for row in rows],
    )


def training_docs(
    vocab: Vocab, sentences: list[Sentence], rng: Random, headlines: float, longest: int
) -> Iterator[Doc]:
    """Documents with and without paragraph breaks; a share of `headlines` sentences again in title case."""
    for group in documents(sentences, rng, longest):
        yield to_doc(vocab, group, paragraphs=rng.random() < 0.5)
        if rng.random() < headlines:
            yield to_doc(vocab, [rng.choice(group)], style="headline")


def main() -> None:
    """Command line: `treebank.py --out FILE [--headlines SHARE] [--longest N] TREEBANK...`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebanks", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--headlines", type=float, default=0.15)
    parser.add_argument("--longest", type=int, default=8, help="sentences in a document, at most")
    parser.add_argument("--test", action="store_true", help="whole documents of 10 sentences, no variants")
    args = parser.parse_args()
    vocab, rng, docs = spacy.blank("en").vocab, Random(0), DocBin(store_user_data=False)
    for path in args.treebanks:
        sentences = list(read(path))
        if args.test:
            for start in range(0, len(sentences), 10):
                docs.add(to_doc(vocab, sentences[start : start + 10], paragraphs=False))
        else:
            for doc in training_docs(vocab, sentences, rng, args.headlines, args.longest):
                docs.add(doc)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    docs.to_disk(args.out)


if __name__ == "__main__":
    main()
