"""What made an output: versions of program and model, and a digest of everything the rules consist of."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

__version__ = "0.1.0"

DATA_SUFFIXES = {".json", ".jsonl", ".toml", ".tsv"}
MODEL = "_model"  # the language model has a digest of its own
PACKAGE = Path(__file__).parent


def program() -> str:
    """Name and version of the program."""
    return f"communique {__version__}"


def rules_digest(folders: Iterable[Path] = ()) -> str:
    """SHA-256 over names and contents of the data files of this package and of folders outside of it."""
    digest = sha256()
    for folder in (PACKAGE, *sorted(f for f in folders if not f.is_relative_to(PACKAGE))):
        for path in sorted(
            p for p in folder.rglob("*") if p.suffix in DATA_SUFFIXES and MODEL not in p.parts
        ):
            data = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode())
            digest.update(data)
    return digest.hexdigest()


def folder_digest(folder: Path) -> str:
    """SHA-256 over names and contents of all files in a folder, code and data, but for compiled code."""
    digest = sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder)
        if "__pycache__" not in name.parts and MODEL not in name.parts:
            data = path.read_bytes()
            digest.update(f"{name.as_posix()}\0{len(data)}\0".encode())
            digest.update(data)
    return digest.hexdigest()
