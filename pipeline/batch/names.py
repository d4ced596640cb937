"""Ids of articles to names of files: safe on any file system, and never one name for two ids."""

from __future__ import annotations

import re
from hashlib import blake2b

SUFFIX = ".json"
LONGEST = 255 - len(SUFFIX)  # bytes of a part of a path
DEEPEST = 3000  # bytes of a whole name; the path around it has to fit into 4,096

# Controls, invisible and reordering characters, lone surrogates, what some file systems forbid, the escape
# itself; a dot that begins a name (".", "..", hidden files, the run's own folder); nothing at all.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff%\\<>:\"|?*]|^\.|^$"
)
# An id that has none of these is a name as it is: nearly every one, found in a third of the time.
_TO_BE_LOOKED_AT = re.compile(_UNSAFE.pattern + r"|/\.|//|^/|/$|\.json|[^\x00-\x7f]", re.IGNORECASE)
# A folder must not bear the name of an article's file or of a list of failures.
_LIKE_A_FILE = re.compile(r"\.(?=json$|jsonl$)", re.IGNORECASE)


def output_name(article_id: str, fold: bool = False) -> str:
    """The path of an article's file in the output folder, without its suffix.

    Unsafe characters are written "%" and two hexadecimal digits for each byte; parts that are too long are
    cut and end in "%~" and a digest. No other "%" occurs, so that two ids never share a name.

    Args:
        article_id: any text; "/" separates folders.
        fold: whether the file system takes "A" for "a"; parts with capitals then get a digest, too.
    """
    if len(article_id) <= LONGEST and not fold and not _TO_BE_LOOKED_AT.search(article_id):
        return article_id
    *folders, last = article_id.split("/")
    name = "/".join([*(_LIKE_A_FILE.sub("%2E", _part(f, fold)) for f in folders), _part(last, fold)])
    return name if len(name.encode()) <= DEEPEST else f"%~{_digest(article_id)}"


def _part(part: str, fold: bool) -> str:
    safe = _UNSAFE.sub(_escaped, part)
    length = len(safe) if safe.isascii() else len(safe.encode())
    if length <= LONGEST and not (fold and safe.lower() != safe):
        return safe
    tail = f"%~{_digest(part)}"
    return safe.encode()[: LONGEST - len(tail)].decode(errors="ignore") + tail


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "surrogatepass")) or "%"


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
