"""Who acts in a clause: from a verb to the countries that are its subject, however far away they stand."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.base import Document, Mention

_RELATIVE = frozenset({"which", "that", "who"})
_CONTINUES = frozenset({"conj", "xcomp", "advcl", "acl", "ccomp"})
_ACTS_FOR = frozenset(
    {
        "government",
        "administration",
        "state",
        "authority",
        "parliament",
        "cabinet",
        "leader",
        "president",
        "premier",
        "minister",
    }
)
_HIGHEST = 4  # clauses between a verb and its subject


def acting_countries(document: Document, verb: Token) -> tuple[Mention, ...]:
    """The country mentions that are the subject of a verb, in text order; () if it has none or another
    subject.
    """
    subject = subject_of(verb.head if verb.dep_ == "cop" else verb)
    if subject is None:
        return ()
    nouns = [
        subject,
        *(child for child in subject.subtree if child.dep_ == "conj" and _conjoined(child, subject)),
    ]
    return tuple(dict.fromkeys(m for noun in nouns for m in _countries(document, noun)))


def subject_of(verb: Token, depth: int = _HIGHEST) -> Token | None:
    """The subject of a verb: its own, that of the clause it continues, or the noun its clause describes."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubj:pass", "nsubjpass", "nsubj:outer"):
            relative = child.lower_ in _RELATIVE and verb.dep_.startswith(("acl", "relcl"))
            return verb.head if relative else child
    if depth == 0 or verb.head == verb:
        return None
    if verb.dep_.startswith(("acl", "relcl")):
        return verb.head if verb.tag_ in ("VBG", "VBN") else _owner(verb.head, depth - 1)
    if verb.dep_ == "xcomp" and (
        controller := next((c for c in verb.head.children if c.dep_ == "obj"), None)
    ):
        return controller
    return subject_of(verb.head, depth - 1) if verb.dep_ in _CONTINUES else None


def agent_of(verb: Token) -> Token | None:
    """Who does what a verb tells: its subject, or the noun after "by" of a passive."""
    if is_passive(verb):
        return next(iter(complements(verb, "by")), None)
    return subject_of(verb)


def patient_of(verb: Token) -> Token | None:
    """To whom it is done: the object, a passive's subject, or the noun that a relative clause describes."""
    for child in verb.children:
        if child.dep_ in ("obj", "dobj"):
            relative = child.lower_ in _RELATIVE and verb.dep_.startswith(("acl", "relcl"))
            return verb.head if relative else child
    if is_passive(verb):
        return subject_of(verb)
    own = any(c.dep_ == "nsubj" and c.lower_ not in _RELATIVE for c in verb.children)
    return verb.head if own and verb.dep_ == "acl:relcl" else None


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive: by its auxiliary, or as a participle alone ("admitted in 2009")."""
    marked = any(c.dep_ in ("aux:pass", "auxpass", "nsubj:pass", "nsubjpass") for c in verb.children)
    bare = verb.tag_ == "VBN" and not any(c.dep_.startswith(("aux", "nsubj", "obj")) for c in verb.children)
    return marked or (bare and verb.dep_ in ("acl", "advcl", "ROOT", "conj", "xcomp", "amod"))


def complements(token: Token, *prepositions: str) -> Iterator[Token]:
    """The nouns that hang on a token, or on its object, by one of the prepositions."""
    for holder in (
        token,
        *(c for c in token.children if c.dep_ in ("obj", "dobj", "advmod", "compound:prt")),
    ):
        for child in holder.children:
            if child.dep_.startswith(("obl", "nmod")) and any(
                c.dep_ == "case" and c.lower_ in prepositions for c in child.children
            ):
                yield child


def _owner(noun: Token, depth: int) -> Token | None:
    """ "Kenya" in "Kenya's decision to join" and in "Kenya revealed plans to join"; else the noun itself."""
    for child in noun.children:
        if child.dep_ in ("nmod:poss", "poss"):
            return child
    if noun.dep_ in ("obj", "dobj", "obl") and noun.head.pos_ == "VERB":
        return subject_of(noun.head, depth) or noun
    return noun


def _conjoined(token: Token, subject: Token) -> bool:
    while token.dep_ == "conj":
        token = token.head
    return token == subject


def _countries(document: Document, noun: Token) -> Iterator[Mention]:
    """The countries that a noun stands for: itself, or the country whose government, say, it is."""
    start, end = noun.idx, noun.idx + len(noun)
    for mention in document.of("country"):
        if mention.start <= start and end <= mention.end:
            yield mention
            return
    if noun.lemma_.lower() in _ACTS_FOR:
        for child in noun.children:
            if child.dep_ in ("nmod:poss", "poss", "nmod", "compound", "amod", "nmod:unmarked"):
                yield from document.within(child.left_edge.idx, child.idx + len(child), "country", "demonym")
