"""Finds by syntax who is told to be a member, observer, partner or party of what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from pipeline.base import Mention
from pipeline.clauses import complements, subject_of
from pipeline.records.membership.scene import NOUNS, Scene
from pipeline.statements import members

if TYPE_CHECKING:
    from spacy.tokens import Token

    Found = tuple[tuple[Mention, ...], Token] | None

ROLES = NOUNS["role"]
_LISTING = frozenset({"include", "comprise", "number"})
_OPENS = frozenset({":", "-", "–", "—", "--", "("})
_LEADS = frozenset({"the", "both", "namely", "among", "them", "including"})
_FEWEST = 2  # countries after "the newest members,"
_SUBJECTS = ("nsubj", "nsubj:pass")


def role_of(token: Token, scene: Scene) -> Iterator[tuple[tuple[Mention, ...], tuple[Mention, ...], Token]]:
    """The countries and bodies that a role noun ties, and the word that tells how it is meant."""
    bodies = bodies_of(token, scene)
    if not bodies or any(c.lower_ in ("no", "non") for c in token.children):
        return
    for place in _PLACES:
        if found := place(token, scene):
            yield found[0], bodies, found[1]
            return


def bodies_of(token: Token, scene: Scene) -> tuple[Mention, ...]:
    """The bodies of a role noun: "EU member", "member of the EU", "candidate for membership of the EU"."""
    places = ("of", "in", "to", "within", *(("for",) if token.lemma_ in ("candidate", "applicant") else ()))
    found = scene.beside(token) or tuple(
        m for noun in complements(token, *places) for m in scene.bodies(noun)
    )
    if found or token.dep_ != "obj" or token.head.lemma_ != "have":
        return found
    owner = subject_of(token.head)  # "the bloc has nine members, among them"
    return scene.bodies(owner) if owner is not None else ()


def _named(countries: tuple[Mention, ...], token: Token) -> Found:
    return (countries, token) if countries else None


def _predicate(token: Token, scene: Scene) -> Found:
    """ "Malta is a member", "which became a member"; the verb is asked for its meaning."""
    copula = any(c.dep_ == "cop" for c in token.children)
    verb = (
        token
        if copula
        else token.head
        if token.dep_ == "xcomp" and token.head.lemma_ in ("become", "remain")
        else None
    )
    subject = subject_of(verb) if verb is not None else None
    return (
        (found, verb)
        if verb is not None and subject is not None and (found := scene.countries(subject))
        else None
    )


def _apposed(token: Token, scene: Scene) -> Found:
    """ "Malta, a member of the EU" and "the newest members, Malta and Cyprus"."""
    for child in token.children:
        if child.dep_ in ("appos", "parataxis", "flat") and (found := scene.countries(child)):
            return found, token
    if token.dep_ == "appos":
        found = scene.countries(token.head)
        plural = token.tag_ == "NNS" and len(found) == 1
        return _named(() if plural else found, token)
    return None


def _before_name(token: Token, scene: Scene) -> Found:
    """ "EU member Cyprus", and a list after a colon, dash or bracket."""
    at = token.i + 1
    doc = token.doc
    if at < len(doc) and doc[at].lemma_ in ("state", "country", "nation"):
        at += 1
    listed = at < len(doc) and doc[at].text == "," and token.tag_ == "NNS"
    if listed or (at < len(doc) and doc[at].text in _OPENS):
        at += 1
    while at < len(doc) and doc[at].lower_ in _LEADS:
        listed &= doc[at].lower_ == "the"
        at += 1
    group = scene.at(doc[at]) if at < len(doc) else None
    parts = members(group) if group is not None and group.start >= doc[at].idx else ()
    if listed and (len(parts) < _FEWEST or scene.document.text[parts[-1].end :][:1] not in (",", ".")):
        return None
    return _named(tuple(m for m in parts if m.label == "country"), token)


def _examples(token: Token, scene: Scene) -> Found:
    """ "members such as Malta", "members include Malta", "the members are Malta and Cyprus"."""
    for noun in complements(token, "like", "including", "such", "as"):
        if found := scene.countries(noun):
            return found, token
    if token.dep_ not in _SUBJECTS:
        return None
    if token.head.lemma_ in _LISTING:
        return next(
            ((f, token) for c in token.head.children if c.dep_ == "obj" and (f := scene.countries(c))), None
        )
    copula = any(c.dep_ == "cop" for c in token.head.children)
    return _named(scene.countries(token.head), token) if copula else None


def _among(token: Token, scene: Scene) -> Found:
    """ "Malta and other EU members", "Malta urged its fellow EU members"."""
    words = {c.lower_ for c in token.children}
    if words & {"other", "fellow"} and token.dep_ == "conj":
        return _named(scene.countries(token.head), token)
    if "fellow" in words and token.head.pos_ == "VERB" and token.dep_ not in _SUBJECTS:
        subject = subject_of(token.head)
        return _named(scene.countries(subject), token) if subject is not None else None
    return None


def _as_one(token: Token, scene: Scene) -> Found:
    """ "As a member of the EU, Malta has a vote"."""
    if not any(c.dep_ == "case" and c.lower_ == "as" for c in token.children) or token.head.pos_ != "VERB":
        return None
    subject = subject_of(token.head)
    return _named(scene.countries(subject), token) if subject is not None else None


_PLACES: tuple[Callable[[Token, Scene], Found], ...] = (
    _predicate, _apposed, _before_name, _examples, _among, _as_one
)  # fmt: skip
