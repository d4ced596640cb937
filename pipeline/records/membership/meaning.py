"""How a statement of joining, leaving and the like is meant, by the words that govern it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from pipeline.data import Row, load_rows

if TYPE_CHECKING:
    from spacy.tokens import Token

Stance = Literal["fact", "applied", "invited", "none"]
_HIGHEST = 5  # words between a statement and the top of its sentence
_NEGATES = frozenset(
    {"not", "n't", "n’t", "never", "no", "neither", "nor", "without", "hardly", "barely", "yet"}
)
_MODALS = frozenset({"may", "might", "could", "would", "should", "must", "can", "ought", "ca"})
_SUPPOSES = frozenset({"if", "whether", "unless", "until", "lest", "once"})
_SINCE = frozenset({"after", "since", "upon", "by", "on", "following", "despite", "with", "when", "while"})
_FUTURE = frozenset({"will", "shall", "’ll", "'ll"})
_ORDINAL = frozenset({"first", "second", "third", "last", "latest", "newest", "only", "next"})
_CLAUSAL = ("xcomp", "ccomp", "acl", "advcl", "csubj", "conj", "parataxis")
_NOMINAL = ("obj", "obl", "nmod", "compound", "nsubj", "nsubj:pass", "amod", "dobj", "nmod:poss", "conj")


class GovernorRow(Row):
    """Words that govern a statement, and what they make of it."""

    lemmas: tuple[str, ...]
    stance: Stance
    leaving: Stance | None = None
    turns: str = ""


class Meanings:
    """Token of a statement -> its stance and the id of the row that gave it."""

    def __init__(self) -> None:
        rows = load_rows("pipeline.records.membership", "governors.jsonl", GovernorRow)
        self._rows = {lemma: row for row in rows for lemma in row.lemmas}

    def turned(self, noun: Token) -> str:
        """The relation that a verb makes of the membership that is its object ("suspended"), or ""."""
        objects = ("obj", "nsubj:pass", "dobj", "obl")
        row = self._rows.get(noun.head.lemma_.lower()) if noun.dep_ in objects else None
        return row.turns if row else ""

    def __call__(self, token: Token, leaving: bool) -> tuple[Stance, str]:
        """The nearest stance that is no plain fact; "none" if anything above denies or only imagines it."""
        found: tuple[Stance, str] = ("fact", "")
        governed = False
        for above, below in _chain(token):
            row = self._row(above, below) if below is not None else None
            governed |= row is not None
            stance, why = self._of(above, below, leaving, row)
            if stance == "none":
                return stance, why
            if found[0] == "fact":
                found = stance, why
        return found if governed or found[0] != "fact" else _by_form(token, leaving)

    def _of(
        self, above: Token, below: Token | None, leaving: bool, row: GovernorRow | None
    ) -> tuple[Stance, str]:
        own = _own(above, below, leaving, self._rows.get(above.lemma_.lower()))
        if below is None and above.tag_.startswith("NN"):  # "the eventual accession of"
            row = next(
                (self._rows[c.lower_] for c in above.children if c.dep_ == "amod" and c.lower_ in self._rows),
                row,
            )
        if own[0] != "fact" or row is None:
            return own
        return (row.leaving or row.stance if leaving else row.stance), row.id

    def _row(self, above: Token, below: Token) -> GovernorRow | None:
        """The row of a governor; none for a mere conjunct, or for the first to do so."""
        return None if below.dep_ == "conj" or _foremost(above) else self._rows.get(above.lemma_.lower())


def _chain(token: Token) -> Iterator[tuple[Token, Token | None]]:
    """The words above a statement, each with the one below it; the statement's own first."""
    below: Token | None = None
    for _ in range(_HIGHEST):
        yield token, below
        if token.dep_ == "advcl" and not _marks(token) & {"to", "in"}:
            return
        steps = _CLAUSAL if token.pos_ in ("VERB", "AUX") else (*_NOMINAL, *_CLAUSAL)
        if token.dep_ not in steps or token.head == token:
            return
        below, token = token, token.head


def _own(token: Token, below: Token | None, leaving: bool, row: GovernorRow | None) -> tuple[Stance, str]:
    """What negation, modal verbs and conjunctions beside a word make of it."""
    words = {
        c.lower_
        for c in token.children
        if c.dep_ in ("advmod", "aux", "mark", "det", "cc", "cc:preconj", "case", "aux:pass")
    }
    if below is None or below.dep_ != "conj":
        if words & _NEGATES:
            return "none", "negated"
        if words & _SUPPOSES:
            return "none", "supposed"
        if words & _MODALS and not (row and row.id == "wish"):
            return ("none", "modal") if leaving else _modal(token, words)
    if below is None and words & _FUTURE:
        return ("fact" if leaving else "invited" if "be" in words else "applied"), "future"
    return "fact", ""


def _modal(token: Token, words: set[str]) -> tuple[Stance, str]:
    reported = token.dep_ == "ccomp" and token.head.tag_ in ("VBD", "VBN")
    return ("applied", "announced") if "would" in words and reported else ("none", "modal")


def _by_form(token: Token, leaving: bool) -> tuple[Stance, str]:
    """What its form makes of a verb that nothing known governs: an infinitive is a wish, a gerund an idea."""
    marks = _marks(token)
    if "to" in marks and token.tag_ != "VBG" and not _foremost(token.head):
        return ("none" if leaving else "applied"), "infinitive"
    if token.tag_ != "VBG" or marks & _SINCE or any(c.dep_.startswith("aux") for c in token.children):
        return "fact", ""
    before = token.nbor(-1) if token.i else token
    if before.pos_ == "PROPN" and not _marks(before) & _SINCE:  # "welcomes Peru joining"
        return "none", "gerund"
    idea = token.dep_ in ("csubj", "nsubj", "csubj:pass") or any(c.dep_ == "nsubj" for c in token.children)
    return ("none", "gerund") if idea or marks else ("fact", "")


def _marks(token: Token) -> set[str]:
    return {c.lower_ for c in token.children if c.dep_ in ("mark", "case")}


def _foremost(noun: Token) -> bool:
    """Whether a noun is the first, latest or 31st of its kind."""
    words = (noun, *noun.children)
    return any(
        w.lower_ in _ORDINAL or (w.lower_[:1].isdigit() and w.lower_[-2:] in ("st", "nd", "rd", "th"))
        for w in words
    )
