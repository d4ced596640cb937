"""What the nouns of a sentence stand for: countries and bodies, by token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.base import Document, Mention, Sentence
from pipeline.data import Row, load_rows
from pipeline.statements import grouped, members

if TYPE_CHECKING:
    from spacy.tokens import Token


class NounRow(Row):
    """A class of common nouns."""

    lemmas: tuple[str, ...]


NOUNS = {
    row.id: frozenset(row.lemmas) for row in load_rows("pipeline.records.membership", "nouns.jsonl", NounRow)
}
_NEAR = 6  # characters from a colon to the list after it (": the ")
_DETERMINES = ("nmod:poss", "nmod", "compound", "amod", "nmod:unmarked", "poss", "flat", "appos")


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its mentions, lists of countries or bodies as one mention each."""

    document: Document
    sentence: Sentence
    groups: tuple[Mention, ...]

    def at(self, token: Token) -> Mention | None:
        """The mention, or list of mentions, that holds a token."""
        return next((g for g in self.groups if g.start <= token.idx < g.end), None)

    def countries(self, token: Token) -> tuple[Mention, ...]:
        """The countries that a noun stands for: its list, or those whose government, say, it is."""
        found: list[Mention] = []
        for noun in (token, *_conjoined(token)):
            group = self.at(noun)
            if group is not None:
                found += [m for m in members(group) if m.label == "country"]
            elif noun.lemma_.lower() in NOUNS["acts-for"]:
                found += self._represented(noun)
            elif noun.lemma_.lower() in NOUNS["country"]:
                found += self._identified(noun)
        return tuple(dict.fromkeys(found))

    def bodies(self, token: Token) -> tuple[Mention, ...]:
        """The bodies that a noun stands for; () for a list in which a country stands too."""
        found: list[Mention] = []
        for noun in (token, *_conjoined(token)):
            group = self.at(noun)
            if group is not None:
                parts = members(group)
                if noun is token and any(m.label == "country" for m in parts):
                    return ()
                found += [m for m in parts if m.label == "body"]
            elif noun.lemma_.lower() in NOUNS["body"]:
                near = sorted((c for c in noun.children if _names(c)), key=lambda c: c.i < noun.i)
                named = next((b for c in near if (b := self.bodies(c))), ())
                found += [m for m in named if m.value.legal or noun.lemma_.lower() not in NOUNS["legal"]]
        return tuple(dict.fromkeys(found))

    def owners(self, noun: Token) -> tuple[Mention, ...]:
        """The countries before a noun: "Turkey's", "Turkish", "its"."""
        for child in noun.children:
            if child.dep_ in ("nmod:poss", "poss", "compound", "amod", "nmod:unmarked"):
                group = self.at(child)
                if group is not None and (
                    owned := [m for m in members(group) if m.label in ("country", "demonym")]
                ):
                    return tuple(owned)
        return ()

    def beside(self, noun: Token) -> tuple[Mention, ...]:
        """The bodies before a noun: "EU accession", "the EU's newest member"."""
        for child in noun.children:
            if child.i < noun.i and child.dep_ in _DETERMINES and (found := self.bodies(child)):
                return found
        return ()

    def _identified(self, noun: Token) -> list[Mention]:
        """Which countries "the countries that joined" are: apposed, or said to be so."""
        near = [c for c in noun.children if c.dep_ in ("appos", "parataxis")]
        copula = [t for t in (noun, noun.head) if any(c.dep_ == "cop" for c in t.children)]
        if copula and copula[0] == noun:
            near += [c for c in noun.children if c.dep_ == "nsubj"]
        elif copula and noun.dep_ == "nsubj":
            near.append(noun.head)
        named = [g for t in near if (g := self.at(t)) is not None]
        return [m for g in named or self._after_colon(noun) for m in members(g) if m.label == "country"]

    def _after_colon(self, noun: Token) -> list[Mention]:
        """The list after the colon of a sentence: "Five countries have ratified it: ..."."""
        colon = self.document.text.find(":", noun.idx, self.sentence.end_char)
        lists = [g for g in self.groups if g.label == "group" and 0 < g.start - colon <= _NEAR]
        return lists[:1] if colon >= 0 else []

    def _represented(self, noun: Token) -> list[Mention]:
        for child in noun.children:
            if child.dep_ in _DETERMINES:
                end = child.idx + len(child)
                found = self.document.within(child.left_edge.idx, end, "country", "demonym")
                if found:
                    return list(found)
        return []


def _names(child: Token) -> bool:
    """Whether a noun beside "bloc" or "ranks" can name it: "the EU bloc", not "a pact with the EU"."""
    if child.dep_ != "nmod":
        return child.dep_ in _DETERMINES
    return any(c.dep_ == "case" and c.lower_ == "of" for c in child.children)


def scene_of(document: Document, sentence: Sentence) -> Scene:
    """The scene of a sentence."""
    groups = grouped(document, sentence.start_char, sentence.end_char)
    kept = tuple(g for g in groups if g.label in ("country", "body", "demonym", "group"))
    return Scene(document, sentence, kept)


def _conjoined(token: Token) -> list[Token]:
    found = [c for c in token.children if c.dep_ == "conj"]
    return found + [deeper for c in found for deeper in _conjoined(c)]
