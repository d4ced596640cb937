"""Join the trained parts into one pipeline, name it, and write a manifest with the digest of every file.

The lemmatiser is spaCy's rule lemmatiser; its tables come from the package `spacy-lookups-data` (WordNet
licence) and are saved inside the pipeline. The new directory replaces the old one in one step.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.util import load_meta

VERSION = "0.1.0"
MANIFEST = "manifest.json"
CONTRACTED = {
    form: [lemma]
    for lemma, forms in {
        "be": ("'s", "’s", "'re", "’re", "'m", "’m", "s"),
        "have": ("'ve", "’ve"),
        "will": ("'ll", "’ll", "wo"),
        "would": ("'d", "’d"),
        "can": ("ca",),
    }.items()
    for form in forms
}
ORDER = ("tok2vec", "tagger", "morphologizer", "parser", "lemmatizer", "ner")
META = {
    "name": "communique_news",
    "version": VERSION,
    "description": "English news: tags, morphology, UD trees, sentences, lemmas, names.",
    "author": "Communiqué",
    "license": "CC BY-SA 4.0",
}


def assemble(syntax: Path, names: Path) -> Language:
    """The pipeline of both parts, in ORDER, with the lemmatiser and without paths of the training machine."""
    nlp, other = spacy.load(syntax), spacy.load(names)
    add_auxiliaries(nlp.add_pipe("lemmatizer", config={"mode": "rule"}))
    nlp.add_pipe("ner", source=other)
    if tuple(nlp.pipe_names) != ORDER:
        raise ValueError(f"components are {nlp.pipe_names}, expected {list(ORDER)}")
    nlp.meta.update(META)
    nlp.meta["spacy_version"] = ">=3.8.0,<3.9.0"
    nlp.meta["performance"] = {}
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
    nlp.config["nlp"]["batch_size"] = 16
    return nlp


def add_auxiliaries(lemmatizer: Lemmatizer) -> None:
    """Load the tables and let auxiliaries ("had", "'ve"), for which they have none, be looked up as verbs."""
    lemmatizer.initialize()
    for table in ("lemma_rules", "lemma_exc", "lemma_index"):
        entries = lemmatizer.lookups.get_table(table)
        entries["aux"] = entries["verb"]
    exceptions = lemmatizer.lookups.get_table("lemma_exc")
    exceptions["aux"] = {**exceptions["verb"], **CONTRACTED}


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below `folder` but the manifest, by its path relative to it."""
    files = sorted((p.relative_to(folder).as_posix(), p) for p in folder.rglob("*") if p.is_file())
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files if name != MANIFEST}


def manifest(folder: Path) -> dict[str, object]:
    """Name, version, one digest over all, and the digest of every file."""
    files = digests(folder)
    lines = "".join(f"{digest}  {name}\n" for name, digest in files.items())
    meta = load_meta(folder / "meta.json")
    name = f"{meta['lang']}_{meta['name']}"
    whole = hashlib.sha256(lines.encode()).hexdigest()
    return {"name": name, "version": meta["version"], "digest": whole, "files": files}


def install(new: Path, folder: Path) -> None:
    """Put `new` in the place of `folder`; a reader sees the old one or the new one."""
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    staged = folder.with_name(folder.name + ".new")
    shutil.copytree(new, staged)
    if folder.exists():
        folder.rename(old)
    staged.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def main() -> None:
    """Command line: `assemble.py --syntax DIR --names DIR --work DIR --out DIR`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--syntax", type=Path, required=True)
    parser.add_argument("--names", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="where the pipeline is saved first")
    parser.add_argument("--out", type=Path, required=True, help="where it goes")
    args = parser.parse_args()
    shutil.rmtree(args.work, ignore_errors=True)
    assemble(args.syntax, args.names).to_disk(args.work)
    written = manifest(args.work)
    (args.work / MANIFEST).write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    install(args.work, args.out)
    print(f"{written['name']} {written['version']} {str(written['digest'])[:12]}: {args.out}")


if __name__ == "__main__":
    main()
