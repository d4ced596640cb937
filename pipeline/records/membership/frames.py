"""Finds statements of membership by syntax: words by lemma, their arguments by their place in the tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.base import Document, Mention, Sentence
from pipeline.clauses import agent_of, complements, is_passive, patient_of, subject_of
from pipeline.data import Row, load_rows
from pipeline.records.membership.meaning import Meanings, Stance
from pipeline.records.membership.roles import ROLES, bodies_of, role_of
from pipeline.records.membership.scene import Scene, scene_of

if TYPE_CHECKING:
    from spacy.tokens import Token

Relation = Literal[
    "joined", "ratified", "signed", "elected", "applied", "invited", "suspended", "left",
    "member", "membership",
]  # fmt: skip
_REFERS = re.compile(r"\b(?:it|its|country|countries|nation|nations|kingdom|they|both)\b", re.IGNORECASE)
_LEAVING = ("left", "suspended")
_ACT = ("in", "against", "to")  # "joined the EU in slapping sanctions" tells of an act, not of membership


class FrameRow(Row):
    """A verb or noun and where its arguments stand."""

    pos: Literal["verb", "noun"]
    lemmas: tuple[str, ...]
    forms: tuple[str, ...] = ()
    relation: Relation
    country: tuple[str, ...]
    body: tuple[str, ...]
    particles: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    alone: Literal["never", "yes", "dated"] = "never"


_BEING = FrameRow(id="role", pos="noun", lemmas=(), relation="member", country=(), body=())
_BECOMING = _BEING.model_copy(update={"id": "become", "relation": "joined"})


@dataclass(frozen=True, slots=True)
class Told:
    """A statement by syntax; `bodies` is empty where the text leaves the body out."""

    frame: FrameRow
    token: Token
    countries: tuple[Mention, ...]
    bodies: tuple[Mention, ...]
    role: Token | None
    stance: Stance
    why: str


class Frames:
    """Sentence -> statements, in text order."""

    def __init__(self) -> None:
        rows = load_rows("pipeline.records.membership", "frames.jsonl", FrameRow)
        self._rows: dict[tuple[str, str], list[FrameRow]] = {}
        for row in rows:
            for lemma in row.lemmas:
                self._rows.setdefault((row.pos, lemma), []).append(row)
        self._meaning = Meanings()
        forms = [form for row in rows for form in row.forms]
        self._cue = _cue([*(lemma for row in rows for lemma in row.lemmas), *ROLES], forms)
        self._alone = _cue([lemma for row in rows if row.alone != "never" for lemma in row.lemmas], forms)

    def __call__(self, document: Document) -> Iterator[tuple[Sentence, Told]]:
        """The statements of a document, each with its sentence: the first frame that fits for each word."""
        if not document.of("body"):
            return
        wanted = [s for s in document.sentences if self._may_tell(document, s)]
        document.prepare(wanted)
        for sentence in wanted:
            scene = scene_of(document, sentence)
            for token in document.tokens(sentence):
                for told in self._of(token, scene):
                    yield sentence, told

    def _may_tell(self, document: Document, sentence: Sentence) -> bool:
        """Whether a sentence has a word of the frames, what may be a country, and a body if one is needed."""
        if not self._cue.search(sentence.text):
            return False
        start, end = sentence.start_char, sentence.end_char
        bodies = document.within(start, end, "body")
        named = document.within(start, end, "country", "demonym", "city")
        if not named and not _REFERS.search(sentence.text):
            return False
        return bool(bodies) or bool(self._alone.search(sentence.text))

    def _of(self, token: Token, scene: Scene) -> Iterator[Told]:
        if token.lemma_.lower() in ROLES and token.tag_.startswith("NN"):
            yield from self._roles(token, scene)
        rows = self._rows.get(_kind(token), ())
        if told := next((t for row in rows if (t := self._told(row, token, scene))), None):
            yield told

    def _roles(self, token: Token, scene: Scene) -> Iterator[Told]:
        for countries, bodies, verb in role_of(token, scene):
            told = verb != token or any(c.dep_ == "cop" for c in token.children)
            stance, why = self._meaning(verb, False) if told else ("fact", "")
            frame = _BECOMING if verb.lemma_ == "become" else _BEING
            yield Told(frame, token, countries, bodies, token, stance, why)

    def _told(self, row: FrameRow, token: Token, scene: Scene) -> Told | None:
        if row.particles and not _particles(token) & set(row.particles):
            return None
        kind = [c for c in token.children if c.dep_ in ("compound", "nmod", "amod") and c.lemma_ in row.of]
        if row.of and not kind:
            return None
        countries = _first(row.country, token, scene, _COUNTRY_AT, scene.countries)
        if not countries:
            return None
        bodies = _first(row.body, token, scene, _BODY_AT, scene.bodies) if row.body else ()
        roles = [*kind, *complements(token, "as")]
        role = next((r for r in roles if r.lemma_.lower() in ROLES), None)
        if not bodies and role is not None:
            bodies = bodies_of(role, scene)
        if not bodies and (row.alone == "never" or _has_object(token, scene)):
            return None
        stance, why = self._meaning(token, row.relation in _LEAVING)
        if row.relation == "joined" and bodies and _in_an_act(token):
            stance, why = "none", "act"
        if row.relation == "membership" and (turned := self._meaning.turned(token)):
            row = row.model_copy(update={"relation": turned})
        return Told(row, token, countries, bodies, role, stance, why)


def _cue(lemmas: Iterable[str], forms: Iterable[str]) -> re.Pattern[str]:
    """Any form of the lemmas: their stems, and the forms that a stem does not begin."""
    stems = {lemma[:-1] if lemma[-1] in "ey" else lemma for lemma in lemmas}
    return re.compile(rf"\b(?:{'|'.join(sorted(stems))}|{'|'.join(forms)})", re.IGNORECASE)


def _kind(token: Token) -> tuple[str, str]:
    pos = (
        "verb"
        if token.tag_.startswith("VB") or token.pos_ == "VERB"
        else "noun"
        if token.tag_.startswith("NN")
        else ""
    )
    return pos, token.lemma_.lower()


def _particles(token: Token) -> set[str]:
    return {c.lower_ for c in token.children if c.dep_ in ("compound:prt", "advmod", "obl", "xcomp")}


Place = Callable[["Token", Scene], tuple[Mention, ...]]


def _holder(noun: Token, scene: Scene) -> tuple[Mention, ...]:
    """The subject of the verb that a noun completes: "Croatia resumed its accession talks"."""
    while (
        noun.dep_ in ("compound", "nmod", "conj", "amod") and noun.head != noun and noun.head.pos_ == "NOUN"
    ):
        noun = noun.head
        if owned := scene.owners(noun):
            return owned
    if noun.dep_ not in ("obj", "obl", "dobj", "xcomp") or noun.head.pos_ != "VERB":
        return ()
    subject = subject_of(noun.head)
    return scene.countries(subject) if subject is not None else ()


def _holding_body(noun: Token, scene: Scene) -> tuple[Mention, ...]:
    subject = subject_of(noun.head) if noun.dep_ in ("obj", "dobj") else None
    return scene.bodies(subject) if subject is not None else ()


def _beside(noun: Token, scene: Scene) -> tuple[Mention, ...]:
    """The body before a noun, or before what goes with it: "EU membership talks"."""
    inner = [c for c in noun.children if c.dep_ == "compound"]
    outer = [noun.head] if noun.dep_ == "compound" and noun.head.pos_ == "NOUN" else []
    return next((found for word in (noun, *inner, *outer) if (found := scene.beside(word))), ())


def _owners(noun: Token, scene: Scene) -> tuple[Mention, ...]:
    found = scene.owners(noun)
    compound = noun.dep_ == "compound" and noun.head.pos_ == "NOUN"
    return found or (scene.owners(noun.head) if compound else ())


_COUNTRY_AT: dict[str, Place] = {"owner": _owners, "beside": _owners, "holder": _holder}
_BODY_AT: dict[str, Place] = {"beside": _beside, "holder": _holding_body}


def _first(
    places: tuple[str, ...],
    token: Token,
    scene: Scene,
    special: dict[str, Place],
    read: Callable[[Token], tuple[Mention, ...]],
) -> tuple[Mention, ...]:
    """What stands at the first of the places that holds anything."""
    words = (token, token.head) if token.dep_ == "compound" and token.head.pos_ == "NOUN" else (token,)
    for place in places:
        if place in special:
            found = special[place](token, scene)
        else:
            holds = (token.head,) if place == "with" and token.dep_ in ("obj", "nsubj:pass") else ()
            found = tuple(m for word in (*words, *holds) for noun in _nouns(place, word) for m in read(noun))
        if found:
            return found
    return ()


def _nouns(place: str, token: Token) -> Iterator[Token]:
    if place in ("agent", "patient"):
        noun = agent_of(token) if place == "agent" else patient_of(token)
        if noun is not None:
            yield noun
    else:
        yield from complements(token, place)


def _has_object(token: Token, scene: Scene) -> bool:
    """Whether a verb without a body has something else that is joined or left ("left for Rome")."""
    dated = scene.document.within(scene.sentence.start_char, scene.sentence.end_char, "date")
    for child in token.children:
        when = any(m.start <= child.idx < m.end for m in dated)
        told_as = any(c.lower_ in ("as", "after") for c in child.children)
        if child.dep_ in ("obj", "ccomp", "xcomp", "dobj") or (
            child.dep_.startswith("obl") and not when and not told_as
        ):
            return True
    return is_passive(token) and token.lemma_.lower() in ("join", "rejoin")


def _in_an_act(token: Token) -> bool:
    return any(
        c.dep_ == "advcl" and c.tag_ == "VBG" and any(m.lower_ in _ACT for m in c.children)
        for c in token.children
    )
