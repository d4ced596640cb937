"""Whether a date or place in a gathering's sentence is told of the gathering, or within a clause about
something else ("the forum praised the treaty, signed in Oslo in 1994").
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.base import Document, Mention
from pipeline.records.conference.vocabulary import words

_OF_A_NOUN = frozenset({"acl", "acl:relcl", "relcl"})
_SAME_THING = frozenset({"appos", "conj", "nmod:desc", "flat", "nmod:unmarked"})


def told_elsewhere(document: Document, gathering: Mention, mention: Mention) -> bool:
    """Whether a mention stands in a clause that describes another noun than the gathering."""
    name, told = document.span(gathering), document.span(mention)
    if not len(name) or not len(told):
        return False
    for token in (told.root, *told.root.ancestors):
        if token.i in range(name.start, name.end) or name.root in token.subtree:
            return False
        if token.dep_ in _OF_A_NOUN:
            noun = token.head
            if noun.i in range(name.start, name.end) or _same(noun, name.root):
                return False
            return token.lemma_ not in words("held") or noun.lemma_.lower() in words("gatherings")
    return False


def day_of_an_act(document: Document, gathering: Mention, day: Mention) -> bool:
    """Whether a day tells when somebody spoke at the gathering ("told the forum on Monday")."""
    name, told = document.span(gathering), document.span(day)
    if not len(name) or not len(told):
        return False
    verb = told.root.head
    speaks = verb.pos_ == "VERB" and verb.lemma_.lower() in words("speaks")
    return (
        speaks
        and verb in name.root.ancestors
        and not any(child.dep_.startswith("nsubj") and name.root in child.subtree for child in verb.children)
    )


def _same(noun: Token, name: Token) -> bool:
    """Whether a noun is the gathering's, or stands beside it as another word for it."""
    while noun != name and noun.dep_ in _SAME_THING:
        noun = noun.head
    while name != noun and name.dep_ in _SAME_THING:
        name = name.head
    return noun == name
