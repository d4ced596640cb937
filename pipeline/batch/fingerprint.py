"""One digest of all that outputs depend on besides articles: program, libraries, rules, settings, model.

Nothing is loaded for it, so that a run that has nothing to do is over at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, entry_points, requires, version
from importlib.util import find_spec
from pathlib import Path
from re import match

from pipeline.provenance import MODEL, PACKAGE, folder_digest, program
from pipeline.settings import Settings

#: What a run may take, not what comes out of it.
WITHOUT_EFFECT = {"screen", "workers", "timeout", "memory_limit"}
SHIPPED = (PACKAGE / MODEL, PACKAGE.parent / "models" / "en_communique")


def fingerprint(settings: Settings, *more: str) -> str:
    """The digest, of `more` that outputs depend on, too: 32 hexadecimal digits."""
    return sha256("\n".join([*_parts(settings), *more]).encode()).hexdigest()[:32]


def _parts(settings: Settings) -> Iterator[str]:
    yield program()
    yield settings.model_dump_json(exclude=WITHOUT_EFFECT)
    yield from _libraries()
    yield folder_digest(PACKAGE)
    for folder in (*settings.record_folders, *_installed(), *_model(settings.model)):
        yield f"{folder.name} {folder_digest(folder)}"


def _libraries() -> Iterator[str]:
    """Versions of the libraries that the program needs."""
    for requirement in _requirements():
        name = match(r"[\w.-]+", requirement)
        if name and "extra ==" not in requirement:
            yield f"{name.group()} {_version(name.group())}"


def _requirements() -> list[str]:
    try:
        return sorted(requires("communique") or ())
    except PackageNotFoundError:  # a checkout that is not installed
        return ["spacy", "thinc", "numpy"]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


def _installed() -> Iterator[Path]:
    """The folders of record types that come with other packages."""
    for entry in sorted(entry_points(group="communique.records"), key=lambda entry: entry.value):
        spec = find_spec(entry.module.partition(".")[0])
        yield from map(Path, (spec and spec.submodule_search_locations) or ())


def _model(name: str | None) -> Iterator[Path]:
    """The folder of the model; none if there is no such model, which the first worker will say."""
    if name is None:
        yield from [folder for folder in SHIPPED if folder.is_dir()][:1]
    elif Path(name).is_dir():
        yield Path(name)
    elif name.isidentifier() and (spec := find_spec(name)):
        yield from map(Path, spec.submodule_search_locations or ())
