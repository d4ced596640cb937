"""What the model brings to the records: slot F1 with all of it, without entity recogniser, without parser.

The program refuses a pipeline that lacks a component, so each is replaced by one that knows nothing: no
names, or trees in which every word hangs on the first of its sentence. Everything else stays equal.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.annotate.model import load
from pipeline.read import find_articles
from pipeline.run import Extractor
from pipeline.score import Report, score_folders
from pipeline.settings import Settings
from pipeline.write import to_json

# Row of the table -> component that is replaced, and what takes its place.
VARIANTS: Mapping[str, tuple[str, str] | None] = {
    "whole model": None,
    "without entity recogniser": ("ner", "no_names"),
    "without parser": ("parser", "flat_trees"),
}


@Language.component("no_names", assigns=["doc.ents"])
def no_names(doc: Doc) -> Doc:
    """Leave the document without names."""
    doc.set_ents([], default="outside")
    return doc


@Language.component("flat_trees", assigns=["token.dep", "token.head"])
def flat_trees(doc: Doc) -> Doc:
    """Hang every word on the first of its sentence, as "dep"; boundaries that are set already stay."""
    root, rows = 0, []
    for token in doc:
        root = token.i if token.is_sent_start or not token.i else root
        rows.append((root - token.i, doc.vocab.strings.add("ROOT" if root == token.i else "dep")))
    values = np.array([(offset % 2**64, label) for offset, label in rows], dtype=np.uint64).reshape(-1, 2)
    return doc.from_array([HEAD, DEP], values)


def variant(nlp: Language, swap: tuple[str, str] | None) -> Language:
    """The pipeline with one component replaced."""
    if swap:
        nlp.replace_pipe(*swap)
    return nlp


def extract(articles: Path, model: Path, out: Path) -> None:
    """Write the records of every article, in this process: the stand-ins are known to no other."""
    extractor = Extractor(Settings(model=str(model)))
    for article_id, path in find_articles(articles):
        target = out / f"{article_id}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(to_json(extractor.content(extractor.read(path, article_id))))


def measure(articles: Path, gold: Path, work: Path, model: str | None) -> dict[str, Report]:
    """Scores of every variant of a pipeline on a folder of articles with gold, outputs below `work`."""
    reports = {}
    for name, swap in VARIANTS.items():
        folder = work / name.replace(" ", "_")
        folder.mkdir(parents=True)
        variant(load(model), swap).to_disk(folder / "model")
        extract(articles, folder / "model", folder / "out")
        reports[name] = score_folders(gold, folder / "out")
    return reports


def table(reports: Mapping[str, Report]) -> str:
    """Slot F1 by record type and overall, as Markdown."""
    types = next(iter(reports.values())).types
    lines = ["| | " + " | ".join((*types, "overall")) + " |", "| --- |" + " ---: |" * (len(types) + 1)]
    for name, report in reports.items():
        figures = [report.slots(title).f1 for title in (*types, None)]
        lines.append(f"| {name} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |")
    return "\n".join(lines)


def main() -> None:
    """Command line: `records.py ARTICLES GOLD [--model NAME_OR_PATH]`; prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--model", help="name or path of a spaCy pipeline (default: the one shipped)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        print(table(measure(args.articles, args.gold, Path(work), args.model)))


if __name__ == "__main__":
    main()
