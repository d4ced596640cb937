"""Turn named-entity JSONL (one sentence a line) into spaCy training documents.

A token whose label is unknown (the source does not annotate it) is stored as *missing*, not as outside:
spaCy then accepts whatever the model says there. Which sources are used, and how often, is in a TOML file.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import spacy
from sentences import PARAGRAPH, batches, recase
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

LABELS = frozenset(("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT"))


@dataclass(frozen=True, slots=True)
class Source:
    """One line of the recipe: a file, the share of its sentences to take, and how often."""

    file: str
    share: float = 1.0
    copies: int = 1
    only: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens with entity spans (start, end, label) and spans whose label is unknown (start, end)."""

    tokens: tuple[str, ...]
    spaces: tuple[bool, ...]
    entities: tuple[tuple[int, int, str], ...]
    unknown: tuple[tuple[int, int], ...]


def sources(path: Path) -> list[Source]:
    """The `[[source]]` tables of a TOML file. Raises TypeError for a key that Source does not have."""
    with path.open("rb") as file:
        tables = tomllib.load(file)["source"]
    sets = ("only", "unsure")
    return [Source(**{k: frozenset(v) if k in sets else v for k, v in table.items()}) for table in tables]


def _trim(tokens: tuple[str, ...], start: int, end: int) -> int:
    """Start of a name without its article: sources disagree on "the", most leave it out."""
    return start + 1 if tokens[start] in ("the", "The") and end - start > 1 else start


def capitalised_runs(tokens: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Maximal runs of capitalised words, with "of", "the", "for", "and", "on" allowed inside."""
    start = end = -1
    for number, token in enumerate((*tokens, "")):
        if token[:1].isupper():
            start, end = (number if start < 0 else start), number + 1
        elif start >= 0 and token not in ("of", "the", "for", "and", "on", "&", "'s", "’s"):
            yield start, end
            start = -1


def unsure_spans(tokens: tuple[str, ...], heads: frozenset[str]) -> list[tuple[int, int]]:
    """Capitalised runs that hold one of `heads` ("Summit"): perhaps a name that the source left out."""
    return [(start, end) for start, end in capitalised_runs(tokens) if heads & set(tokens[start:end])]


def parse(line: str, heads: frozenset[str] = frozenset()) -> Sentence:
    """One JSONL line. Labels outside LABELS become outside; `heads` see `unsure_spans`."""
    data = json.loads(line)
    tokens = tuple(data["tokens"])
    spans = [(_trim(tokens, start, end), end, label) for start, end, label in data["ents"] if label in LABELS]
    named = {position for start, end, _ in spans for position in range(start, end)}
    masks = [(start, end) for start, end, *_ in data.get("mask", ())] + unsure_spans(tokens, heads)
    unknown = sorted({position for start, end in masks for position in range(start, end)} - named)
    return Sentence(tokens, tuple(data["spaces"]), tuple(spans), tuple((n, n + 1) for n in unknown))


def find(folders: Iterable[Path], source: Source) -> Path:
    """The source's file in the first folder that has it. Raises FileNotFoundError naming the folders."""
    tried = [folder / f"{source.file}.jsonl.gz" for folder in folders]
    for path in tried:
        if path.exists():
            return path
    raise FileNotFoundError(f"no file for source {source.file!r}: looked for {', '.join(map(str, tried))}")


def read(path: Path, source: Source, rng: Random) -> Iterator[Sentence]:
    """Sentences of one source, `copies` times over, each time a new random `share` of them."""
    for _ in range(source.copies):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                if rng.random() < source.share:
                    sentence = parse(line, source.unsure)
                    if not source.only or any(label in source.only for _, _, label in sentence.entities):
                        yield sentence


def to_doc(vocab: Vocab, group: list[Sentence], styles: Iterable[str], breaks: bool) -> Doc:
    """One Doc of consecutive sentences; between them a space, or a paragraph break if `breaks`."""
    tokens: list[str] = []
    spaces: list[bool] = []
    entities: list[tuple[int, int, str]] = []
    unknown: list[tuple[int, int]] = []
    for sentence, style in zip(group, styles, strict=True):
        if tokens and breaks:
            spaces[-1] = False
            tokens.append(PARAGRAPH)
            spaces.append(False)
        offset = len(tokens)
        tokens += recase(sentence.tokens, style)
        spaces += [*sentence.spaces[:-1], True]
        entities += [(start + offset, end + offset, label) for start, end, label in sentence.entities]
        unknown += [(start + offset, end + offset) for start, end in sentence.unknown]
    doc = Doc(vocab, words=tokens, spaces=spaces)
    missing = [Span(doc, start, end) for start, end in unknown]
    doc.set_ents([Span(doc, *entity) for entity in entities], missing=missing, default="outside")
    return doc


def style(rng: Random, share: float) -> str:
    """A casing style: title case for `share` of the sentences, capitals or lower case for a tenth of that."""
    number = rng.random()
    if number < share:
        return "headline"
    return "upper" if number < 1.1 * share else "lower" if number < 1.2 * share else "as-is"


def training_docs(
    vocab: Vocab, found: Iterable[Sentence], rng: Random, headlines: float, longest: int
) -> Iterator[Doc]:
    """Documents of 1..longest sentences, a fifth of them with paragraph breaks, `headlines` in title case."""
    for group in batches(found, rng, longest):
        yield to_doc(vocab, group, [style(rng, headlines) for _ in group], breaks=rng.random() < 0.2)


def main() -> None:
    """Command line: `names.py --data DIR... --sources TOML --out FILE [--headlines SHARE]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="folders with the sources")
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--headlines", type=float, default=0.06)
    parser.add_argument("--longest", type=int, default=5, help="sentences in a document, at most")
    args = parser.parse_args()
    vocab, rng, docs = spacy.blank("en").vocab, Random(0), DocBin(attrs=["ENT_IOB", "ENT_TYPE", "SPACY"])
    for source in sources(args.sources):
        for doc in training_docs(
            vocab, read(find(args.data, source), source, rng), rng, args.headlines, args.longest
        ):
            docs.add(doc)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    docs.to_disk(args.out)


if __name__ == "__main__":
    main()
