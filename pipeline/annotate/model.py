"""Load the language model: the one shipped, or any spaCy pipeline that has the needed components."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import spacy
from spacy.language import Language
from thinc.api import NumpyOps, set_current_ops

from pipeline.errors import ModelError

PACKAGE = Path(__file__).resolve().parent.parent
# In the wheel the model lies inside the package; in a checkout beside it.
SHIPPED = (PACKAGE / "_model", PACKAGE.parent / "models" / "en_communique")
MANIFEST = "manifest.json"
# What the rules read, and the component that writes it.
NEEDED = {"token.tag": "tagger", "token.dep": "parser", "token.lemma": "lemmatizer", "doc.ents": "ner"}


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """Which model read an article. `digest` is the SHA-256 over the names and digests of its files."""

    name: str
    version: str
    digest: str


def load(name_or_path: str | None = None) -> Language:
    """The spaCy pipeline `name_or_path`, or the shipped one.

    Matrices are multiplied with numpy's BLAS: the blis wheel can fall back to its generic kernel, 37 against
    110 GFLOP/s on one core, and the entities were the same.

    Raises:
        ModelError: no such pipeline, a shipped file that differs from the manifest, or a missing component.
    """
    set_current_ops(NumpyOps(use_blis=False))
    nlp = _shipped() if name_or_path is None else _other(name_or_path)
    require(nlp)
    return nlp


def info(nlp: Language) -> ModelInfo:
    """Name, version and digest of a loaded pipeline; the digest is "" for one that was never on disk."""
    name = f"{nlp.meta['lang']}_{nlp.meta['name']}"
    path = nlp.path
    return ModelInfo(name, str(nlp.meta["version"]), digest(digests(path)) if path else "")


def require(nlp: Language) -> None:
    """Check that every annotation the rules read is written by some component.

    Raises:
        ModelError: naming the components that are missing.
    """
    written = {attribute for name in nlp.pipe_names for attribute in nlp.get_pipe_meta(name).assigns}
    missing = [component for attribute, component in NEEDED.items() if attribute not in written]
    if missing:
        raise ModelError(
            f"model {nlp.meta['lang']}_{nlp.meta['name']} has no {', no '.join(missing)} "
            f"(it has: {', '.join(nlp.pipe_names) or 'nothing'}); choose a pipeline with these components"
        )


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a pipeline, but for the manifest, by its path in the folder."""
    files = sorted((p.relative_to(folder).as_posix(), p) for p in folder.rglob("*") if p.is_file())
    return {name: sha256(path.read_bytes()).hexdigest() for name, path in files if name != MANIFEST}


def digest(files: dict[str, str]) -> str:
    """One SHA-256 over the names and digests of a pipeline's files."""
    return sha256("".join(f"{value}  {name}\n" for name, value in files.items()).encode()).hexdigest()


def verify(folder: Path) -> None:
    """Compare the files of the shipped pipeline with its manifest.

    Raises:
        ModelError: naming the first file that differs, is missing, or does not belong there.
    """
    try:
        expected: dict[str, str] = json.loads((folder / MANIFEST).read_bytes())["files"]
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{folder / MANIFEST}: unreadable ({error}); install the program again") from error
    found = digests(folder)
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            kind = "is missing" if name not in found else "is not the file that the manifest names"
            raise ModelError(f"{folder / name}: {kind}; install the program again")


def _shipped() -> Language:
    for folder in SHIPPED:
        if folder.is_dir():
            verify(folder)
            return spacy.load(folder)
    looked = " and ".join(str(folder) for folder in SHIPPED)
    raise ModelError(f"the language model is missing: looked in {looked}; install the program again")


def _other(name_or_path: str) -> Language:
    try:
        return spacy.load(name_or_path)
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(
            f"model {name_or_path!r} cannot be loaded: {error}. Give the name of an installed spaCy pipeline "
            "or the path of its folder"
        ) from error
