"""When two names agree: the contract's rule for names of gatherings, bodies, persons and places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

# The contract sets the bound: a token F1 of at least 0.8.
TOKEN_F1_BOUND = 0.8

_ARTICLES = frozenset({"the", "a", "an"})
_BRACKETED = re.compile(r"[(\[（]\s*([^()\[\]（）]*?)\s*[)\]）]")
_ACRONYM = re.compile(r"[^\W\d_][\w&./-]*(?: [\w&./-]+)?")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_APOSTROPHES = re.compile(r"['’‘ʼ]")
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name with the other forms that its article gives for it."""

    text: str
    aliases: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text


def _drop_acronym(match: re.Match[str]) -> str:
    inner = match.group(1)
    capitals = sum(char.isupper() for char in inner)
    is_acronym = bool(_ACRONYM.fullmatch(inner)) and capitals >= max(2, sum(char.islower() for char in inner))
    return " " if is_acronym else match.group(0)


@lru_cache(maxsize=65536)
def name_tokens(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, without articles, punctuation and a bracketed acronym."""
    text = _APOSTROPHES.sub("", _BRACKETED.sub(_drop_acronym, name)).casefold()
    text = _INITIALS.sub(lambda match: match.group().replace(".", ""), text)
    tokens = tuple(_TOKEN.findall(text))
    return tuple(token for token in tokens if token not in _ARTICLES) or tokens


def token_f1(left: Iterable[str], right: Iterable[str]) -> float:
    """The harmonic mean of token precision and recall, repeated tokens counted; 0.0 for none."""
    a, b = Counter(left), Counter(right)
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def same_text(left: str, right: str) -> bool:
    """Equal once case, articles, punctuation, spacing and a bracketed acronym are put aside."""
    return left == right or "".join(name_tokens(left)) == "".join(name_tokens(right)) != ""


@lru_cache(maxsize=262144)
def texts_agree(left: str, right: str) -> bool:
    """Whether two names agree, no aliases known."""
    return same_text(left, right) or token_f1(name_tokens(left), name_tokens(right)) >= TOKEN_F1_BOUND


def names_agree(left: Name, right: Name) -> bool:
    """Whether two names agree by themselves, or one equals an alias of the other."""
    return (
        texts_agree(left.text, right.text)
        or any(same_text(left.text, alias) for alias in right.aliases)
        or any(same_text(right.text, alias) for alias in left.aliases)
    )


def holders_agree(left: str, right: str, put_aside: frozenset[str]) -> bool:
    """Whether two holders' names agree once words such as "province" are put aside."""
    a, b = (
        tuple(token for token in name_tokens(name) if token not in put_aside) or name_tokens(name)
        for name in (left, right)
    )
    return "".join(a) == "".join(b) or token_f1(a, b) >= TOKEN_F1_BOUND
