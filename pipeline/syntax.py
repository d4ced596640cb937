"""Through this module rules read syntax. It understands Universal Dependencies and ClearNLP labels alike.

The two schemes differ in what heads what: in UD a preposition hangs on its noun (`case`) and a predicate
noun heads its copula (`cop`); in ClearNLP (spaCy's own English pipelines) the preposition heads the noun
(`pobj`) and the verb "be" heads the predicate (`attr`). The functions hide that, and are total: an odd tree
gives an empty answer, never an error. Labels and closed word classes are in `syntax.json`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Span, Token

_SETS: dict[str, frozenset[str]] = {
    name: frozenset(values)
    for name, values in json.loads(Path(__file__).with_name("syntax.json").read_bytes()).items()
}


@dataclass(frozen=True, slots=True)
class Report:
    """Who says what: the reporting verb (or "according") and its speaker, if one is named."""

    verb: Token
    speaker: Token | None


def subjects(verb: Token) -> list[Token]:
    """Active subjects of a verb or predicate, conjuncts included; shared ones too ("X met and signed")."""
    return _subjects(verb, "subject")


def passive_subjects(verb: Token) -> list[Token]:
    """Subjects of a passive verb; for a participle behind a noun ("a body founded in Oslo") that noun."""
    if _is(verb, "reduced_clause") and verb.tag_ == "VBN" and not _children(verb, "subject"):
        return [verb.head]
    return _subjects(verb, "passive_subject")


def objects(verb: Token) -> list[Token]:
    """Direct objects, conjuncts included."""
    return [noun for child in _children(verb, "object") for noun in (child, *conjuncts(child))]


def agent(verb: Token) -> list[Token]:
    """The doers in the by-phrase of a passive verb, conjuncts included."""
    passive = is_passive(verb) or verb.tag_ == "VBN" or _children(verb, "agent")
    return [noun for word, noun in obliques(verb) if word == "by"] if passive else []


def obliques(head: Token) -> list[tuple[str, Token]]:
    """(preposition, noun) of every prepositional phrase that hangs on a verb or noun, in text order."""
    found = [pair for child in head.children for pair in _phrase(child)]
    return sorted(found, key=lambda pair: pair[1].i)


def head_noun(span: Span) -> Token:
    """The noun that a name or noun phrase is about: "Conference" in "the Oslo Conference on Water"."""
    root = span.root
    if root.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        return root
    before: list[Token] = []
    for token in span:
        if before and token.pos_ == "ADP":
            break
        if token.pos_ in ("NOUN", "PROPN"):
            before.append(token)
    return before[-1] if before else root


def conjuncts(token: Token) -> list[Token]:
    """The words coordinated with `token` that come after it, whether chained or side by side."""
    found: list[Token] = []
    waiting = [token]
    while waiting:
        children = _children(waiting.pop(0), "conjunct")
        found += children
        waiting += children
    return sorted(found, key=lambda word: word.i)


def appositions(noun: Token) -> list[Token]:
    """Heads of the appositions to a noun: "capital" in "Oslo, the capital of Norway"."""
    return _children(noun, "apposition")


def relative_clauses(noun: Token) -> list[Token]:
    """Verbs of the relative clauses to a noun."""
    return _children(noun, "relative_clause")


def predicates(noun: Token) -> list[Token]:
    """What a subject is said to be: "member" for "Kenya" in "Kenya is a member of the bloc"."""
    head = noun.head
    if noun.dep_ not in _SETS["subject"]:
        return []
    if _children(head, "copula"):
        return [head, *conjuncts(head)]
    return [word for child in _children(head, "attribute") for word in (child, *conjuncts(child))]


def noun_phrase(noun: Token) -> tuple[int, int]:
    """Token offsets (start, end) of the noun and what belongs to it, without clauses and conjuncts."""
    inside = {noun.i, *_inside(noun, top=True)}
    start = end = noun.i
    while start - 1 in inside:
        start -= 1
    while end + 1 in inside:
        end += 1
    return start, end + 1


def auxiliaries(verb: Token) -> list[Token]:
    """Auxiliaries and copulas of a verb, in text order; a coordinated form without any shares its head's."""
    own = _children(verb, "auxiliary")
    shared = _is(verb, "conjunct") and verb.tag_ in ("VB", "VBN", "VBG") and verb.head.tag_ == verb.tag_
    return auxiliaries(verb.head) if shared and not own and verb.head != verb else own


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive voice."""
    return bool(_children(verb, "passive_subject") or _children(verb, "passive_auxiliary")) or (
        verb.tag_ == "VBN" and any(_is(word, "passive_auxiliary") for word in auxiliaries(verb))
    )


def is_negated(verb: Token) -> bool:
    """Whether "not" or "never" stands with the verb or its auxiliary, or "no" with its subject or object."""
    words = [*verb.children, *(child for word in auxiliaries(verb) for child in word.children)]
    if any(_is(word, "negation") or _lemma(word) in _SETS["negators"] for word in words):
        return True
    nouns = [*subjects(verb), *passive_subjects(verb), *objects(verb)]
    return any(_lemma(child) == "no" for noun in nouns for child in noun.children)


def is_future(verb: Token) -> bool:
    """Whether the verb speaks of what is to come: "will meet", "is to meet", "is set to meet"."""
    if any(_lemma(word) in _SETS["future"] for word in auxiliaries(verb)):
        return True
    return _infinitive(verb) and _prospective(verb)


def is_modal(verb: Token) -> bool:
    """Whether the verb stands under a modal other than the future: "may join", "should be held"."""
    return any(_lemma(word) in _SETS["modal"] for word in auxiliaries(verb))


def is_past(verb: Token) -> bool:
    """Whether the verb tells what has happened: past tense, perfect, or a participle behind a noun."""
    helpers = auxiliaries(verb)
    if is_future(verb) or is_modal(verb) or _infinitive(verb):
        return False
    if any(word.tag_ == "VBD" or _lemma(word) == "have" for word in helpers):
        return True
    return verb.tag_ == "VBD" or (verb.tag_ == "VBN" and not helpers)


def report(token: Token, verbs: Collection[str]) -> Report | None:
    """The reporting clause that `token` stands under: the nearest verb with a lemma of `verbs`, its speaker.

    Understands "X said that ...", '"...", X said' and "according to X, ...".
    """
    word = token
    for above in (token, *token.ancestors):
        if _lemma(above) in verbs and above is not token and _is(word, "reported"):
            return Report(above, next(iter(subjects(above)), None))
        for child in _children(above, "reported"):
            if _lemma(child) in verbs and child not in (word, token) and subjects(child):
                return Report(child, subjects(child)[0])
        for preposition, noun in obliques(above):
            if preposition.startswith("according"):
                return Report(noun, noun)
        word = above
    return None


def _is(token: Token, kind: str) -> bool:
    return token.dep_ in _SETS[kind]


def _children(token: Token, kind: str) -> list[Token]:
    return [child for child in token.children if child.dep_ in _SETS[kind]]


def _lemma(token: Token) -> str:
    return (token.lemma_ or token.text).lower()


def _subjects(verb: Token, kind: str, depth: int = 4) -> list[Token]:
    """Own subjects of a kind, or those of the clause that the verb continues (at most `depth` clauses up)."""
    own = [_antecedent(child, verb) for child in _children(verb, kind)]
    if own:
        return [noun for child in own for noun in (child, *conjuncts(child))]
    has_other = any(_children(verb, other) for other in ("subject", "passive_subject"))
    if has_other or not depth or verb.head == verb:
        return []
    if _is(verb, "conjunct"):
        return _subjects(verb.head, kind, depth - 1)
    if _is(verb, "open_complement") and kind == "subject":
        return _subjects(verb.head, kind, depth - 1) or _subjects(verb.head, "passive_subject", depth - 1)
    return []


def _antecedent(subject: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    if subject.lower_ in _SETS["relative_pronouns"] and _is(verb, "relative_clause"):
        return verb.head
    return subject


def _phrase(child: Token) -> Iterator[tuple[str, Token]]:
    """The (preposition, noun) pairs of one child of a head."""
    if _is(child, "oblique"):
        words = [word for word in _children(child, "case") if word.i < child.i]
        if words:
            name = " ".join(_multiword(word) for word in words)
            yield from ((name, noun) for noun in (child, *conjuncts(child)))
    elif _is(child, "preposition"):
        for noun in _children(child, "object_of_preposition"):
            yield from ((child.lower_, each) for each in (noun, *conjuncts(noun)))
        for inner in child.children:
            if _is(inner, "preposition"):
                yield from ((f"{child.lower_} {name}", noun) for name, noun in _phrase(inner))


def _multiword(preposition: Token) -> str:
    fixed = [child.lower_ for child in preposition.children if child.dep_ == "fixed"]
    return " ".join((preposition.lower_, *fixed))


def _inside(noun: Token, top: bool) -> Iterator[int]:
    """Token positions below a noun that belong to its phrase."""
    for child in noun.children:
        left_out = _is(child, "clause") or (top and _is(child, "beside_noun_phrase") and not _joins(child))
        if not left_out:
            yield child.i
            yield from _inside(child, top=False)


def _joins(child: Token) -> bool:
    """A hyphen between two words of a name stays in it."""
    return child.text in ("-", "–") and child.dep_ == "punct"


def _infinitive(verb: Token) -> bool:
    return verb.tag_ in ("VB", "VBN", "VBG") and any(w.lower_ == "to" and w.i < verb.i for w in verb.children)


def _prospective(verb: Token) -> bool:
    """Whether an infinitive stands under "is to", "is set to", "plans to" and the like."""
    if any(
        word.tag_ in ("VBZ", "VBP", "VBD") and _lemma(word) == "be" for word in _children(verb, "auxiliary")
    ):
        return True
    return verb.head != verb and _lemma(verb.head) in _SETS["prospective"]
