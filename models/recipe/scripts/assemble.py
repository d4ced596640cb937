"""Join the trained parts into one pipeline, name it, and write a manifest with the digest of every file.

The lemmatiser is spaCy's rule lemmatiser; its tables come from the package `spacy-lookups-data` (WordNet licence)
and are saved inside the pipeline. The new directory replaces the old one in one step.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.util import load_meta

VERSION = "0.1.0"
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
    nlp.add_pipe("lemmatizer", config={"mode": "rule"}).initialize()
    nlp.add_pipe("ner", source=other)
    if tuple(nlp.pipe_names) != ORDER:
        raise ValueError(f"components are {nlp.pipe_names}, expected {list(ORDER)}")
    nlp.meta.update(META)
    nlp.meta["performance"] = {}
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
    nlp.config["nlp"]["batch_size"] = 16
    return nlp


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below `folder`, by its path relative to it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


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
    parser.add_argument("--out", type=Path, required=True, help="where it goes; the manifest is put beside it")
    args = parser.parse_args()
    shutil.rmtree(args.work, ignore_errors=True)
    assemble(args.syntax, args.names).to_disk(args.work)
    written = manifest(args.work)
    install(args.work, args.out)
    path = args.out.with_name("manifest.json")
    path.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    print(f"{written['name']} {written['version']} {str(written['digest'])[:12]}: {args.out}")


if __name__ == "__main__":
    main()
