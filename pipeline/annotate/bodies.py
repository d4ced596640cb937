"""Finds mentions of international bodies, treaties and conventions, and what each stands for.

Names come from the reference data or are grown around a head noun; acronyms and short forms that the article
itself introduces join them; definite descriptions ("the bloc") stand for the last body that fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import ClassVar, Literal

from pipeline.annotate.body_names import KnownNames, Name, PatternNames, ReferenceRow, Words
from pipeline.base import Document, Mention
from pipeline.body import Body, BodyKind
from pipeline.data import Row, load_rows

_NEAR = 700  # characters between a description and the name it stands for: about four sentences
_FAR = 2500  # ... where the description repeats the head noun of the name
_BRACKET = re.compile(r"[”\"’']?\s*[(\[]\s*([^()\[\]]{2,60})[)\]]")
_ACRONYM = re.compile(
    r"[A-Z][A-Za-z0-9&+/-]*[A-Z0-9+](?:-[A-Z]+)?|[A-Z]{1,2}-?\d+\+?|[A-Z][a-z]+(?:[A-Z][a-z]*)+"
)
_ALSO = re.compile(
    r",? (?:or|(?:which is |also |formerly |previously |better |commonly |officially |popularly )*"
    r"(?:known|called|dubbed|referred to)(?: as)?|whose official name is|that is called) (?:the )?[\"“‘']?"
)

_COUNTED = r"\w+-(?:member|nation|country|state)"  # "the 27-nation bloc"
_ADJECTIVE = (
    rf"(?!{_COUNTED}\b)(?!(?:of|from|the|in|to|on|by|with|for|and|or|at|that|which|who|an?|is|are|was|were|has|have|had|will|said|new|same|two"
    r"|other|largest|biggest|most|first|only|leading|main|world['’]s|another|entire)\b)[\w’'.-]+"
)


class DescriptionRow(Row):
    """A class of nouns that describe a body."""

    words: tuple[str, ...]
    fits: Literal["institution", "legal", "same"]
    kind: BodyKind | None


@dataclass(eq=False)
class Cluster:
    """All that names one body in one article."""

    names: list[Name]
    acronyms: set[str] = field(default_factory=set)

    @property
    def reference(self) -> ReferenceRow | None:
        """The line of the reference data, if one names it."""
        return next((n.reference for n in self.names if n.reference), None)


class BodyFinder:
    """Document -> mentions labelled "body" whose value is a `Body`; those of one body have equal values."""

    labels: ClassVar[tuple[str, ...]] = ("body",)

    def __init__(self) -> None:
        self._words = Words()
        self._known, self._pattern = KnownNames(), PatternNames(self._words)
        rows = load_rows("pipeline.data", "body_descriptions.jsonl", DescriptionRow)
        self._descriptions = {word: row for row in rows for word in row.words}
        nouns = "|".join(sorted(self._descriptions, key=len, reverse=True))
        told = "|".join(word for word, row in self._descriptions.items() if row.kind)
        self._description = re.compile(
            r"(?:,| is| was| are| -| –| —|:)? (?:an?|the|one of the) "
            rf"(?:(?!of\b|that\b|which\b)[\w’'-]+ ){{0,6}}?({told})\b"
        )
        self._definite = re.compile(
            rf"\b(?:the|this|that) (?P<counted>{_COUNTED} )?(?:{_ADJECTIVE} ){{0,3}}?(?P<noun>{nouns})\b"
            r"(?!-| of [A-Z]| for [A-Z]|[’']s [A-Z])",
            re.IGNORECASE,
        )

    def __call__(self, document: Document) -> Iterable[Mention]:
        """Names, short forms and definite descriptions, none within another."""
        names = _longest([*self._known(document), *self._pattern(document)])
        clusters = self._clusters(document.text, names)
        mentions = [m for cluster in clusters for m in self._mentions(document, cluster)]
        named = _apart(sorted(mentions, key=lambda m: m.start - m.end))
        return self._with_kinds(_apart([*named, *self._described(document, named)]))

    # --- clusters

    def _clusters(self, text: str, names: list[Name]) -> list[Cluster]:
        clusters: dict[str, Cluster] = {}
        for name in names:
            key = name.reference.id if name.reference else _key(name.text)
            clusters.setdefault(key, Cluster([])).names.append(name)
        merged = self._merge_contained(list(clusters.values()))
        by_start = {name.start: cluster for cluster in merged for name in cluster.names}
        for cluster in list(merged):
            if cluster in merged:
                self._introduce(text, cluster, by_start, merged)
        return merged

    def _merge_contained(self, clusters: list[Cluster]) -> list[Cluster]:
        """Join "Alliance for Heritage" to "Asian Alliance for Heritage": a part of a name that has its head
        noun.
        """
        kept: list[Cluster] = []
        for cluster in sorted(clusters, key=lambda c: -max(len(n.text) for n in c.names)):
            home = next((k for k in kept if self._short_form(cluster, k)), None)
            if home is None:
                kept.append(cluster)
            else:
                home.names.extend(cluster.names)
        return kept

    def _short_form(self, short: Cluster, long: Cluster) -> bool:
        if short.reference and long.reference:
            return False
        a, b = _key(short.names[0].text).split(), _key(long.names[0].text).split()
        if len(a) < 2 or all(n.acronym for n in short.names + long.names):
            return False
        places = [i for i in range(len(b) - len(a) + 1) if b[i : i + len(a)] == a]
        if short.reference:
            places = [
                i for i in places if i + len(a) == len(b)
            ]  # "X on Y" is not the X that the reference data knows
        return bool(places) and self._words.head_of(" ".join(a)) == self._words.head_of(" ".join(b))

    def _introduce(
        self, text: str, cluster: Cluster, by_start: dict[int, Cluster], all_: list[Cluster]
    ) -> None:
        """Take over the acronyms and other names that the text puts in brackets or after "known as"."""
        for name in list(cluster.names):
            bracket = _BRACKET.match(text, name.end)
            after = bracket.end() if bracket else name.end
            if bracket:
                for form in re.split(r",? or |, |; | - ", bracket.group(1)):
                    plain = re.sub(
                        r"^(?:the|or|hereinafter|also|known as|called) ", "", form.strip(" \"“”‘’'")
                    )
                    if _ACRONYM.fullmatch(plain):
                        cluster.acronyms.add(plain)
                self._take(cluster, by_start.get(_first_word(text, bracket.start(1))), all_, by_start)
            if also := _ALSO.match(text, after):
                self._take(cluster, by_start.get(also.end()), all_, by_start)
                if acronym := _ACRONYM.match(text, also.end()):
                    cluster.acronyms.add(acronym.group())

    def _take(
        self, cluster: Cluster, other: Cluster | None, all_: list[Cluster], by_start: dict[int, Cluster]
    ) -> None:
        if other is None or other is cluster or other not in all_:
            return
        if cluster.reference and other.reference and not all(n.acronym for n in other.names):
            return
        cluster.names.extend(other.names)
        cluster.acronyms |= other.acronyms
        all_.remove(other)
        by_start.update({n.start: cluster for n in other.names})

    # --- mentions

    def _mentions(self, document: Document, cluster: Cluster) -> Iterator[Mention]:
        body = self._body(document.text, cluster)
        for name in cluster.names:
            yield Mention("body", name.start, name.end, name.rule, body)
        spelled = any(not n.acronym for n in cluster.names)
        initials = set(cluster.reference.initials) if cluster.reference and spelled else set()
        for form in cluster.acronyms | initials:
            for match in re.finditer(rf"(?<![\w-]){re.escape(form)}(?![\w+])", document.text):
                yield Mention("body", match.start(), match.end(), "body/acronym", body)

    def _body(self, text: str, cluster: Cluster) -> Body:
        reference = cluster.reference
        forms = sorted(
            {" ".join(n.text.split()): n.start for n in reversed(cluster.names)}.items(), key=lambda f: f[1]
        )
        spelled = [n.text for n in cluster.names if not n.acronym] or [n.text for n in cluster.names]
        name = " ".join(max(spelled, key=len).split())
        aliases = [form for form, _ in forms if form != name]
        aliases += sorted(a for a in cluster.acronyms if a not in aliases and a != name)
        head = self._words.head_of(name)
        return Body(
            name,
            tuple(aliases),
            self._kind(text, name, cluster),
            head.legal if head else bool(reference and self._legal(reference)),
            reference.id if reference else None,
            bool(reference and reference.scope != "bilateral") or self._words.shows_countries(name),
        )

    def _legal(self, reference: ReferenceRow) -> bool:
        head = self._words.head_of(reference.name)
        return reference.kind in ("convention", "treaty", "agreement") or bool(head and head.legal)

    def _kind(self, text: str, name: str, cluster: Cluster) -> BodyKind:
        head = self._words.head_of(name)
        if head and head.kind != "other":
            return head.kind
        for occurrence in cluster.names:
            bracket = _BRACKET.match(text, occurrence.end)
            told = self._description.match(text, bracket.end() if bracket else occurrence.end)
            beside = re.match(r" ([a-z]+)\b", text[occurrence.end : occurrence.end + 20])
            row = self._descriptions.get(told.group(1) if told else beside.group(1) if beside else "")
            if row and row.kind and (told or row.fits == "institution"):
                return row.kind
        return cluster.reference.kind if cluster.reference else "other"

    # --- definite descriptions

    def _with_kinds(self, mentions: list[Mention]) -> list[Mention]:
        """Give a body whose name tells no kind the one that descriptions of it tell first ("the
        organisation").
        """
        told: dict[Body, BodyKind] = {}
        for mention in mentions:
            row = self._descriptions.get(mention.rule.removeprefix("body/description/"))
            if row and row.kind and mention.value.kind == "other" and not mention.value.legal:
                told.setdefault(mention.value, row.kind)
        kinds = {body: replace(body, kind=kind) for body, kind in told.items()}
        return [replace(m, value=kinds.get(m.value, m.value)) for m in mentions]

    def _described(self, document: Document, named: list[Mention]) -> Iterator[Mention]:
        for match in self._definite.finditer(document.text) if named else ():
            noun = match.group("noun").lower()
            start = match.start() + (4 if match.group()[:4].lower() == "the " else 0)
            if match.group("counted"):
                start = match.end("counted")
            before = [m for m in named if m.end <= match.start()]
            fitting = [
                m
                for m in before
                if self._fits(noun, m.value, match.start() - m.end, bool(match.group("counted")))
            ]
            whole = [m for m in fitting if not self._is_organ(m.value)]
            fitting = whole if whole and self._descriptions[noun].fits == "institution" else fitting
            alike = [m for m in fitting if self._alike(match.group(), m.value)]
            if fitting:
                meant = (alike or fitting)[-1].value
                yield Mention("body", start, match.end(), f"body/description/{noun}", meant)

    def _is_organ(self, body: Body) -> bool:
        """Whether a body's name is that of another one's organ ("European Council")."""
        head = self._words.head_of(body.name)
        return bool(head and head.id == "council")

    def _alike(self, description: str, body: Body) -> bool:
        """Whether a description takes up words of the body's names ("the nuclear deal")."""
        words = description.lower().split()[1:-1]
        names = " ".join((body.name, *body.aliases, *self._known.names_of(body.reference))).lower().split()
        return bool(words) and any(word in names for word in words)

    def _fits(self, noun: str, body: Body, distance: int, counted: bool) -> bool:
        words = body.name.lower().replace("organisation", "organization").split()
        if noun.replace("organisation", "organization") in words:
            return distance < _FAR
        if distance > _NEAR:
            return False
        row = self._descriptions[noun]
        if row.fits == "institution":
            return not body.legal and body.kind != "committee"
        if row.fits == "legal":
            return body.legal
        return (bool(row.kind) and row.kind == body.kind) or (
            noun == "group" and not body.legal and (counted or " " not in body.name)
        )


def _first_word(text: str, start: int) -> int:
    return start + (4 if text.startswith("the ", start) else 0)


def _key(name: str) -> str:
    return " ".join(
        re.sub(
            r"^(?:the |(?:19|20)\d\d )|[^\w ]", "", name.lower().replace("organisation", "organization")
        ).split()
    )


def _longest(names: Iterable[Name]) -> list[Name]:
    """None within another: the longer wins, of two equal ones the one that the reference data knows."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start - n.end, n.reference is None)):
        if all(name.end <= k.start or k.end <= name.start for k in kept):
            kept.append(name)
    return sorted(kept, key=lambda n: n.start)


def _apart(mentions: list[Mention]) -> list[Mention]:
    """The mentions without those within, or overlapping with, an earlier one of the list."""
    kept: list[Mention] = []
    for mention in mentions:
        if not any(mention.overlaps(k) for k in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)
