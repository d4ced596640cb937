"""Whether two names mean one gathering."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.entities import GatheringName

#: From here on two names are one gathering's. Half of the words shared is too little ("Asia Forum", "Asia
#: Energy Forum"); a short form whose words all stand in the full name reaches 0.8 and more.
SAME = 0.6
_CAPITAL = re.compile(r"[A-Z]")
_ACRONYM = re.compile(r"\b(?:[A-Z]\.){2,}|\b[A-Z]{2,}\b")
_SCOPES = {"international", "global", "world", "regional", "national", "european", "asian", "african", "arab"}
_GROUP_OF = re.compile(r"\bGroup of (Five|Seven|Eight|Ten|Twenty|\d+)\b", re.IGNORECASE)
_COUNTED = {"five": "5", "seven": "7", "eight": "8", "ten": "10", "twenty": "20"}
_MEETINGS = {"meeting", "session", "conference", "summit", "ministerial", "assembly"}


def likeness(known: Iterable[GatheringName], name: GatheringName) -> float:
    """How far a name shares its words with one of the known names, 0 to 1; acronyms count for what they
    abbreviate.
    """
    return max((_overlap(other, name) for other in known), default=0.0)


def abbreviates(acronym: str, name: str) -> bool:
    """Whether the letters of an acronym are initials of the name, in a row."""
    letters = "".join(_CAPITAL.findall(acronym))
    all_words = "".join(w[0].upper() for w in re.findall(r"[^\W\d_]+", name) if w != "the")
    return len(letters) >= 2 and (letters in initials(name) or letters in all_words)


def initials(name: str) -> str:
    """The capitals that begin the name's words, those after a hyphen, too."""
    return "".join(re.findall(r"(?<![^\W\d_])[A-Z]", name))


def fits(kind: str, name: GatheringName) -> bool:
    """Whether a definite description of a kind ("the summit") may stand for the name."""
    words = name.name.lower().split()
    return kind in (name.kind, *words) or (kind == "meeting" and name.kind in _MEETINGS)


def _overlap(one: GatheringName, other: GatheringName) -> float:
    if one.edition is not None and one.edition == other.edition and not (one.words and other.words):
        return 0.8 if one.edition > 2 or (one.kind == other.kind and not (one.words or other.words)) else 0.0
    if _initials_match(one, other) or _initials_match(other, one):
        return 0.9
    if not one.words or not other.words:
        full, short = (one, other) if one.words else (other, one)
        told = short.edition is not None or short.year is not None
        return 0.7 if full.words and told and full.kind == short.kind else 0.0
    return _shared_words(one, other)


def _initials_match(short: GatheringName, full: GatheringName) -> bool:
    """A name that is an acronym of the other ("UNGA", "CIIE")."""
    letters = "".join(_CAPITAL.findall(short.name))
    plain = re.fullmatch(r"[A-Z&-]+[ -]?\d*", short.name) is not None
    return plain and len(letters) >= 3 and initials(full.name).endswith(letters)


def _shared_words(one: GatheringName, other: GatheringName) -> float:
    a, b = _expanded(one, other), _expanded(other, one)
    if (a - b) & _SCOPES and (b - a) & _SCOPES:
        return 0.0  # the "Global Conference" is not the "International Conference"
    shared = len(a & b)
    if one.kind != other.kind:
        same_edition = one.edition is not None and one.edition == other.edition
        if {one.kind, other.kind} <= _MEETINGS and (a - _MEETINGS == b - _MEETINGS or same_edition):
            return 0.9 * shared / min(len(a), len(b))
        return 0.0
    return shared / min(len(a), len(b)) - 0.02 * abs(len(a) - len(b))


def _expanded(name: GatheringName, other: GatheringName) -> frozenset[str]:
    """The words of a name, an acronym replaced by the words of the other name that it abbreviates."""
    words = set(name.words)
    if group := _GROUP_OF.search(name.name):
        words = (words - {"group", group[1].lower()}) | {f"g{_COUNTED.get(group[1].lower(), group[1])}"}
    for token in _ACRONYM.findall(name.name):
        letters = token.replace(".", "")
        shown = {token.lower(), token.lower().rstrip("."), letters.lower()} & words
        if shown and not shown & other.words and abbreviates(letters, other.name):
            words -= shown
            words |= _behind(letters, other)
    return frozenset(re.sub(r"^g-(?=\d+$)", "g", word) for word in words)


def _behind(acronym: str, name: GatheringName) -> set[str]:
    """The words of a name whose initials make the acronym, those of "of" and "on" counted or not."""
    words = [w for w in re.findall(r"[^\W\d_]+", name.name) if w != "the"]
    for chosen in ([w for w in words if w[0].isupper()], words):
        at = "".join(w[0].upper() for w in chosen).find(acronym)
        if at >= 0:
            return {w.lower() for w in chosen[at : at + len(acronym)]} & name.words
    return set()
