"""Who takes part in a gathering, by the syntax of the sentence that names it.

From the gathering's name the way leads up to the verb ("told the forum", "in a speech at the forum") and from
there down to those who act: its subject, or for "the forum was attended by ..." its agent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from pipeline.base import Document, Mention
from pipeline.clauses import subject_of
from pipeline.records.conference.vocabulary import words
from pipeline.syntax import agent, auxiliaries, conjuncts, is_modal, is_negated, is_passive, objects, obliques

_HIGHEST = 7  # steps from a gathering's name up to its verb; the longest of 200 sentences read took five
_THROUGH = frozenset({"conj", "appos", "compound", "nmod:poss", "poss", "flat", "nmod:unmarked", "nmod:desc"})
_SUBJECT = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "nsubjpass"})
_OBJECT = frozenset({"obj", "dobj", "iobj", "dative"})
_PHRASE = frozenset({"obl", "nmod", "obl:agent", "obl:arg"})
_AT = frozenset({"at", "in", "during"})
_TOWARDS = frozenset({"to", "for", "before"})


def taking_part(document: Document, gathering: Mention) -> Iterator[tuple[Token, bool]]:
    """The nouns for those who take part in a gathering, each with whether a mere country counts there
    ("Kenya attended", but not "Kenya was praised at the forum").
    """
    name = document.span(gathering)
    if not len(name):
        return
    found = _way_up(name.root)
    for clause in name.root.children:
        if clause.dep_ in ("acl", "acl:relcl", "relcl") and not is_negated(clause):
            yield from _attending_clause(clause)
    if found is None:
        return
    role, verb = found
    if role == "people":
        yield from ((noun, True) for noun in (verb, *conjuncts(verb)))
    elif not _denied(verb):
        yield from _actors(role, verb)


def _attending_clause(clause: Token) -> Iterator[tuple[Token, bool]]:
    """ "the forum attended by ministers of Laos", "the forum, which Nepal attended"."""
    lemma = clause.lemma_.lower()
    if lemma in words("attends") | words("gathers"):
        yield from ((noun, True) for noun in agent(clause))
        if lemma in words("gathers") and not agent(clause):
            yield from ((noun, True) for noun in _gathered(clause))


def _gathered(verb: Token) -> Iterator[Token]:
    """Whom a gathering brings together, and where they come from."""
    yield from objects(verb)
    yield from (noun for preposition, noun in obliques(verb) if preposition == "from")


def _denied(verb: Token) -> bool:
    governor = verb.head if verb.dep_ in ("xcomp", "advcl", "acl") else verb
    return (
        is_negated(verb)
        or is_modal(verb)
        or verb.lemma_ in words("absent")
        or (verb.dep_ == "xcomp" and governor.lemma_ in words("absent"))
    )


def _way_up(token: Token) -> tuple[str, Token] | None:
    """How a gathering hangs on a verb ("subject", "object", a preposition) and that verb; or "people" and the
    noun for those who are there.
    """
    preposition = ""
    for _ in range(_HIGHEST):
        head, relation = token.head, token.dep_
        if relation in _SUBJECT:
            return preposition or "subject", head
        if relation in _OBJECT:
            return preposition or "object", head
        if relation in _PHRASE:
            case = next((c.lower_ for c in token.children if c.dep_ == "case"), "")
            if _is_predicate(head):
                return _joined(preposition, case), head
            if head.lower_ in words("aside"):
                return None
            if head.lemma_.lower() in words("people") and (case != "of" or head.lemma_ in words("roles")):
                return "people", head
            if case != "of":
                preposition = _joined(preposition, "at" if head.lemma_ in words("talks") else case)
            if head.lemma_ not in words("parts") | words("talks") and case not in _AT:
                return None
        elif relation not in _THROUGH:
            return None
        token = head
    return None


def _joined(inner: str, outer: str) -> str:
    """The preposition nearest to the gathering tells; "of" and none are passed over."""
    return inner or (outer if outer != "of" else "object")


def _is_predicate(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") or any(c.dep_ == "cop" for c in token.children)


def _actors(role: str, verb: Token) -> Iterator[tuple[Token, bool]]:
    lemma, passive = verb.lemma_.lower(), is_passive(verb)
    if role == "subject":
        if passive and lemma in words("attends") | words("gathers"):
            yield from ((noun, True) for noun in agent(verb))
        elif not passive and lemma in words("gathers"):
            yield from ((noun, True) for noun in _gathered(verb))
        return
    if lemma == "represent" and role in _AT and not passive:
        yield from ((noun, True) for noun in objects(verb))
    if lemma == "hold" and role == "object" and len(sides := list(_subjects(verb))) > 1:
        yield from ((noun, True) for noun in sides)
    if lemma in words("invites") and (passive or role in _TOWARDS):
        yield from ((noun, True) for noun in (_subjects(verb) if passive else objects(verb)))
    if passive:
        yield from ((noun, False) for noun in agent(verb))
        return
    there = role in _AT or (role == "object" and lemma in words("attends"))
    comes = lemma in words("comes") or any(c.dep_ == "cop" for c in verb.children)
    if there or (role in _TOWARDS and comes and (role != "before" or lemma == "speak")):
        acts = lemma in words("acts") or comes or role == "object"
        yield from ((noun, acts) for noun in _subjects(verb))


def _subjects(verb: Token) -> Iterator[Token]:
    subject = subject_of(verb)
    if subject is not None and not _conditional(verb):
        yield subject
        yield from conjuncts(subject)


def _conditional(verb: Token) -> bool:
    """Whether a verb is put under a condition ("would attend if")."""
    return any(word.lower_ in ("would",) for word in auxiliaries(verb)) and any(
        c.dep_ == "advcl" and any(m.lower_ == "if" for m in c.children) for c in verb.children
    )


def on_the_scene(sentence: Iterable[Token]) -> Iterator[tuple[Token, bool]]:
    """The nouns for those who take part in a gathering that the sentences before told of: who "took part",
    "was present", "delivered a lecture", "addressed the plenary", and delegates wherever they stand.
    """
    for token in sentence:
        lemma = token.lemma_.lower()
        if lemma in words("roles") or (lemma in words("people") and _from_several(token)):
            yield token, False
        if _is_predicate(token) and not _denied(token):
            yield from _present(token)


def _from_several(noun: Token) -> bool:
    """Whether a subject is plural and comes from somewhere: "Curators from Oman and Fiji showed ..."."""
    acts = noun.dep_ in _SUBJECT or noun.dep_ == "obl:agent"
    return acts and noun.tag_ == "NNS" and any(preposition == "from" for preposition, _ in obliques(noun))


def _present(verb: Token) -> Iterator[tuple[Token, bool]]:
    """Those who are there by what they do ("took part"), or are ("were present", "were among the guests")."""
    lemma, around = verb.lemma_.lower(), obliques(verb)
    roles = {noun.lemma_.lower() for preposition, noun in around if preposition == "as"}
    if roles & words("visitors") and lemma not in words("admits"):
        yield from ((noun, True) for noun in _subjects(verb))
    elif any(c.dep_ == "cop" for c in verb.children):
        yield from _being(verb)
    elif is_passive(verb):
        if lemma in ("represent", "invite"):
            yield from ((noun, True) for noun in _subjects(verb))
        elif lemma in words("gives") and any(n.lemma_.lower() in words("lectures") for n in _subjects(verb)):
            yield from ((noun, True) for noun in agent(verb))
    elif _takes_part(verb):
        yield from ((noun, True) for noun in _subjects(verb))


def _takes_part(verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    things = [*objects(verb), *(c for c in verb.children if c.dep_ in _OBJECT)]
    nouns = {noun.lemma_.lower() for noun in (*things, *(noun for _, noun in obliques(verb)))}
    return bool(
        (lemma in words("present") and not things)
        or (lemma == "take" and "part" in nouns)
        or (lemma in words("gives") and nouns & words("lectures"))
        or nouns & words("places")
    )


def _being(predicate: Token) -> Iterator[tuple[Token, bool]]:
    """ "Benin was among the visitors", "ministers were there for Benin", "the speakers were from Benin"."""
    subjects = list(_subjects(predicate))
    lemma = predicate.lemma_.lower()
    if lemma in words("visitors") - words("members") or lemma == "present":
        yield from ((noun, True) for noun in subjects)
    elif lemma == "there":
        yield from ((noun, True) for preposition, noun in obliques(predicate) if preposition == "for")
        yield from ((noun, True) for noun in subjects)
    elif any(noun.lemma_.lower() in words("visitors") for noun in subjects):
        yield from ((noun, True) for noun in (predicate, *conjuncts(predicate)))


def organizing(document: Document, gathering: Mention) -> tuple[int, int] | None:
    """Offsets of the list of those whose verb has the gathering as its object: "Poland and the League hosted
    the forum"; None where nobody does.
    """
    name = document.span(gathering)
    found = _way_up(name.root) if len(name) else None
    if found is None or found[0] != "object" or found[1].lemma_.lower() not in words("hosts"):
        return None
    verb = found[1]
    nouns = [] if is_passive(verb) or _denied(verb) else list(_subjects(verb))
    if not nouns or nouns[0].pos_ != "PROPN" or nouns[0].i > verb.i:
        return None
    last = max(nouns, key=lambda noun: noun.i)
    end = max(token.idx + len(token) for token in last.subtree if token.i < verb.i)
    start = min(token.idx for token in nouns[0].subtree)
    return start, start + len(document.text[start:end].removesuffix(" co-"))
