"""How the slots of two records are compared: one comparison for each kind of value.

Every comparison takes a record apart into the elements of one slot: none when it is empty, one for a single
value, several for a list or a mapping. Matching, counting and reporting are the same for all of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .names import Name, holders_agree, names_agree, same_text, texts_agree

Record = Mapping[str, Any]
Article = Mapping[str, Any]

# Shares are given as fractions of round numbers ("a third"): 0.33 and 0.333 are one share.
SHARE_TOLERANCE = 0.005


@dataclass(frozen=True, slots=True)
class Count:
    """A number as the text gives it."""

    value: float
    qualifier: str

    def __str__(self) -> str:
        return f"{self.value} ({self.qualifier})"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a mapping, for example of a breakdown by category."""

    key: str
    value: Any

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose sites are counted."""

    name: str
    code: str | None

    def __str__(self) -> str:
        return f"{self.name} [{self.code}]" if self.code else self.name


@dataclass(frozen=True, slots=True)
class Member:
    """A country, by code or by name where it has none, and its alliance."""

    code: str | None
    name: str | None
    alliance: Name

    def __str__(self) -> str:
        return f"{self.code or self.name} in {self.alliance}"


@dataclass(frozen=True, slots=True)
class Slot:
    """What is compared of a record: the field, how, the type it links to, and words put aside."""

    field: str
    compare: str
    of: str = ""
    put_aside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one kind of slot is read from a record and when two of its elements are the same."""

    elements: Callable[[Slot, Record, Article], list[Any]]
    same: Callable[[Slot, Any, Any], bool]
    same_key: Callable[[Slot, Any, Any], bool]
    is_list: bool


def _filled(value: Any) -> bool:
    return value is not None and value != "" and value != [] and value != {}


def _single(slot: Slot, record: Record, _: Article) -> list[Any]:
    value = record.get(slot.field)
    return [value] if _filled(value) else []


def _list(slot: Slot, record: Record, _: Article) -> list[Any]:
    return [value for value in record.get(slot.field) or () if _filled(value)]


def _entries(slot: Slot, record: Record, _: Article) -> list[Entry]:
    return [Entry(key, value) for key, value in (record.get(slot.field) or {}).items() if _filled(value)]


def _count(slot: Slot, record: Record, _: Article) -> list[Count]:
    value = record.get(slot.field) or {}
    number = value.get("value")
    return [] if number is None else [Count(number, value.get("qualifier") or "exact")]


def _holder(slot: Slot, record: Record, _: Article) -> list[Holder]:
    value = record.get(slot.field) or {}
    name, code = value.get("name") or "", value.get("code")
    return [Holder(name, code)] if name or code else []


def _own_name(slot: Slot, record: Record, _: Article) -> list[Name]:
    name = record.get(slot.field)
    return [Name(name, tuple(record.get("aliases") or ()))] if name else []


def linked_name(name: str, records: Sequence[Record]) -> Name:
    """A name that points at another record of its article, with all other forms that record has.

    The record is the one that bears the name, else one that has it as an alias; else the name stands alone.
    """
    by_name = [other for other in records if same_text(name, other.get("name") or "")]
    by_alias = [other for other in records if any(same_text(name, a) for a in other.get("aliases") or ())]
    for other in by_name or by_alias:
        return Name(name, (other["name"], *(other.get("aliases") or ())))
    return Name(name)


def _link(slot: Slot, record: Record, article: Article) -> list[Name]:
    name = record.get(slot.field)
    return [linked_name(name, article.get(slot.of) or ())] if name else []


def _pair(slot: Slot, record: Record, article: Article) -> list[Member]:
    alliance = linked_name(record.get("alliance") or "", article.get(slot.of) or ())
    code, name = record.get("country"), record.get("country_name")
    return [Member(code, name, alliance)] if alliance.text and (code or name) else []


def _same_holder(slot: Slot, left: Holder, right: Holder) -> bool:
    if left.code and right.code:
        return left.code == right.code
    return holders_agree(left.name, right.name, slot.put_aside)


def _same_member(_: Slot, left: Member, right: Member) -> bool:
    if left.code and right.code:
        same_country = left.code == right.code
    else:
        same_country = bool(left.name and right.name) and texts_agree(left.name or "", right.name or "")
    return same_country and names_agree(left.alliance, right.alliance)


def _equal(_: Slot, left: Any, right: Any) -> bool:
    return bool(left == right)


def _same_value(_: Slot, left: Count, right: Count) -> bool:
    return left.value == right.value


def _same_share(_: Slot, left: float, right: float) -> bool:
    return math.isclose(left, right, abs_tol=SHARE_TOLERANCE)


def _same_text(_: Slot, left: str, right: str) -> bool:
    return texts_agree(left, right)


def _same_name(_: Slot, left: Name, right: Name) -> bool:
    return names_agree(left, right)


COMPARISONS: Mapping[str, Comparison] = {
    "exact": Comparison(_single, _equal, _equal, False),
    "name": Comparison(_single, _same_text, _same_text, False),
    "own_name": Comparison(_own_name, _same_name, _same_name, False),
    "link": Comparison(_link, _same_name, _same_name, False),
    "codes": Comparison(_list, _equal, _equal, True),
    "names": Comparison(_list, _same_text, _same_text, True),
    "entries": Comparison(_entries, _equal, _equal, True),
    "count": Comparison(_count, _equal, _same_value, False),
    "share": Comparison(_single, _same_share, _same_share, False),
    "holder": Comparison(_holder, _same_holder, _same_holder, False),
    "pair": Comparison(_pair, _same_member, _same_member, False),
}
