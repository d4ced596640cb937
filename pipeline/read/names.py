"""Names of files: what their endings say of what they hold."""

from __future__ import annotations

from typing import Literal

#: How an article is written: by the ending of its name, or by the stream that it comes from.
Form = Literal["text", "html", "markdown", "record"]

#: The endings of article files and their forms.
FORMS: dict[str, Form] = {".txt": "text", ".html": "html", ".htm": "html", ".md": "markdown"}
#: The endings of what holds several articles.
HOLDERS = frozenset({".jsonl", ".tar", ".warc", ".zip"})
#: The endings of compressed files, which follow one of the others.
COMPRESSIONS = frozenset({".gz", ".bz2", ".xz", ".zst"})
#: Endings that stand for two, or for another.
SHORT = {
    ".tgz": (".tar", ".gz"),
    ".tbz2": (".tar", ".bz2"),
    ".txz": (".tar", ".xz"),
    ".ndjson": (".jsonl", ""),
}


def parts(name: str) -> tuple[str, str]:
    """A file's name without its ending, and the ending in small letters with its dot."""
    stem, dot, ending = name.rpartition(".")
    return (stem, dot + ending.lower()) if stem else (name, "")


def endings(name: str) -> tuple[str, str]:
    """What a file holds, and how it is compressed: ".jsonl" and ".gz", ".txt" and ""."""
    stem, ending = parts(name)
    if ending in SHORT:
        return SHORT[ending]
    return (endings(stem)[0], ending) if ending in COMPRESSIONS else (ending, "")


def is_archive(name: str) -> bool:
    """Whether a file is read as a stream: it holds several articles, or one that is compressed."""
    holds, compression = endings(name)
    return holds in HOLDERS or (bool(compression) and holds in FORMS)


def is_read(name: str) -> bool:
    """Whether a file is read at all."""
    return parts(name)[1] in FORMS or is_archive(name)
