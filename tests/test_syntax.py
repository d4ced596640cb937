"""Syntax read from hand-built trees: the same sentence in Universal Dependencies and in ClearNLP labels."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from pipeline import syntax

VOCAB: Vocab = spacy.blank("en").vocab
LEMMAS = {
    "said": "say", "joined": "join", "had": "have", "has": "have", "was": "be", "were": "be", "is": "be",
    "been": "be", "held": "hold", "founded": "found", "met": "meet", "signed": "sign", "set": "set",
}  # fmt: skip


def doc(rows: str) -> Doc:
    """One word a line: form, tag, head's number in the sentence (from 1, 0 is the root), relation."""
    table = [line.split() for line in rows.strip().splitlines()]
    words = [row[0] for row in table]
    heads = [int(row[2]) - 1 if row[2] != "0" else number for number, row in enumerate(table)]
    return Doc(
        VOCAB,
        words=words,
        tags=[row[1] for row in table],
        pos=[{"N": "NOUN", "I": "ADP", "V": "VERB", "P": "PRON"}.get(row[1][0], "X") for row in table],
        lemmas=[LEMMAS.get(word, word) for word in words],
        heads=heads,
        deps=["ROOT" if row[3] == "root" else row[3] for row in table],
    )


def texts(tokens: list[Token]) -> list[str]:
    return [token.text for token in tokens]


JOINED_UD = """
Kenya    NNP 4 nsubj
and      CC  3 cc
Ghana    NNP 1 conj
joined   VBD 0 root
the      DT  6 det
bloc     NN  4 obj
in       IN  8 case
Lima     NNP 4 obl
on       IN  10 case
Monday   NNP 4 obl
"""
JOINED_CLEAR = """
Kenya    NNP 4 nsubj
and      CC  1 cc
Ghana    NNP 1 conj
joined   VBD 0 root
the      DT  6 det
bloc     NN  4 dobj
in       IN  4 prep
Lima     NNP 7 pobj
on       IN  4 prep
Monday   NNP 9 pobj
"""


@pytest.mark.parametrize("rows", [JOINED_UD, JOINED_CLEAR], ids=["ud", "clear"])
def test_who_did_what_where(rows: str) -> None:
    joined = doc(rows)[3]
    assert texts(syntax.subjects(joined)) == ["Kenya", "Ghana"]
    assert texts(syntax.objects(joined)) == ["bloc"]
    assert [(word, noun.text) for word, noun in syntax.obliques(joined)] == [("in", "Lima"), ("on", "Monday")]
    assert syntax.passive_subjects(joined) == [] and syntax.agent(joined) == []
    assert syntax.is_past(joined) and not syntax.is_future(joined) and not syntax.is_negated(joined)


PASSIVE_UD = """
The       DT  2 det
league    NN  4 nsubj:pass
was       VBD 4 aux:pass
founded   VBN 0 root
by        IN  6 case
Peru      NNP 4 obl:agent
and       CC  8 cc
Chile     NNP 6 conj
"""
PASSIVE_CLEAR = """
The       DT  2 det
league    NN  4 nsubjpass
was       VBD 4 auxpass
founded   VBN 0 root
by        IN  4 agent
Peru      NNP 5 pobj
and       CC  6 cc
Chile     NNP 6 conj
"""


@pytest.mark.parametrize("rows", [PASSIVE_UD, PASSIVE_CLEAR], ids=["ud", "clear"])
def test_passive_has_subject_and_agents(rows: str) -> None:
    founded = doc(rows)[3]
    assert texts(syntax.passive_subjects(founded)) == ["league"]
    assert syntax.subjects(founded) == [] and syntax.objects(founded) == []
    assert texts(syntax.agent(founded)) == ["Peru", "Chile"]
    assert syntax.is_passive(founded) and syntax.is_past(founded)


def test_plain_obl_with_by_is_the_agent_of_a_passive_only() -> None:
    passive = doc(PASSIVE_UD.replace("obl:agent", "obl"))[3]
    assert texts(syntax.agent(passive)) == ["Peru", "Chile"]
    active = doc("They PRP 2 nsubj\nmet VBD 0 root\nby IN 5 case\nthe DT 5 det\nriver NN 2 obl")[1]
    assert syntax.agent(active) == []


FUTURE_UD = """
The     DT  2 det
summit  NN  6 nsubj:pass
will    MD  6 aux
not     RB  6 advmod
be      VB  6 aux:pass
held    VBN 0 root
"""
FUTURE_CLEAR = """
The     DT  2 det
summit  NN  6 nsubjpass
will    MD  6 aux
not     RB  6 neg
be      VB  6 auxpass
held    VBN 0 root
"""


@pytest.mark.parametrize("rows", [FUTURE_UD, FUTURE_CLEAR], ids=["ud", "clear"])
def test_planned_and_negated_is_not_past(rows: str) -> None:
    held = doc(rows)[5]
    assert syntax.is_future(held) and syntax.is_negated(held)
    assert not syntax.is_past(held) and not syntax.is_modal(held)


@pytest.mark.parametrize(
    ("rows", "verb", "future", "modal", "past"),
    [
        ("Oman NNP 3 nsubj\nmay MD 3 aux\njoin VB 0 root", 2, False, True, False),
        ("Oman NNP 3 nsubj\nhas VBZ 3 aux\njoined VBN 0 root", 2, False, False, True),
        ("Oman NNP 2 nsubj\njoins VBZ 0 root", 1, False, False, False),
        ("it PRP 3 nsubj\nis VBZ 3 cop\nset JJ 0 root\nto TO 5 mark\njoin VB 3 xcomp", 4, True, False, False),
        ("it PRP 5 nsubj\nis VBZ 5 aux\nto TO 5 mark\nbe VB 5 aux\nheld VBN 0 root", 4, True, False, False),
        ("Oman NNP 2 nsubj\nrefused VBD 0 root\nto TO 4 mark\njoin VB 2 xcomp", 3, False, False, False),
        ("talks NNS 0 root\nheld VBN 1 acl\nhere RB 2 advmod", 1, False, False, True),
    ],
    ids=["may", "has joined", "joins", "is set to", "are to be held", "refused to", "participle"],
)  # fmt: skip
def test_tense_and_modality(rows: str, verb: int, future: bool, modal: bool, past: bool) -> None:
    token = doc(rows)[verb]
    assert (syntax.is_future(token), syntax.is_modal(token), syntax.is_past(token)) == (future, modal, past)


def test_coordinated_verb_shares_subject_and_auxiliary() -> None:
    found = doc("They PRP 3 nsubj\nwill MD 3 aux\nmeet VB 0 root\nand CC 5 cc\nsign VB 3 conj\nit PRP 5 obj")
    assert texts(syntax.subjects(found[4])) == ["They"]
    assert syntax.is_future(found[4])


REPORTED = {
    "ud": "Ali NNP 2 nsubj\nsaid VBD 0 root\nthat IN 5 mark\nOman NNP 5 nsubj\njoined VBD 2 ccomp",
    "ud after": "Oman NNP 2 nsubj\njoined VBD 0 root\n, , 5 punct\nAli NNP 5 nsubj\nsaid VBD 2 parataxis",
    "clear after": "Oman NNP 2 nsubj\njoined VBD 5 ccomp\n, , 5 punct\nAli NNP 5 nsubj\nsaid VBD 0 root",
}


@pytest.mark.parametrize("rows", REPORTED.values(), ids=REPORTED)
def test_report_names_verb_and_speaker(rows: str) -> None:
    found = doc(rows)
    joined = next(token for token in found if token.text == "joined")
    report = syntax.report(joined, {"say"})
    assert report is not None and report.verb.text == "said"
    assert report.speaker is not None and report.speaker.text == "Ali"
    assert syntax.report(joined, {"deny"}) is None


def test_the_reporting_verb_itself_is_not_reported() -> None:
    said = doc(REPORTED["ud"])[1]
    assert syntax.report(said, {"say"}) is None


@pytest.mark.parametrize(
    "rows",
    [
        "According VBG 3 case\nto IN 1 fixed\nAli NNP 5 obl\nOman NNP 5 nsubj\njoined VBD 0 root",
        "According VBG 5 prep\nto IN 1 prep\nAli NNP 2 pobj\nOman NNP 5 nsubj\njoined VBD 0 root",
    ],
    ids=["ud", "clear"],
)
def test_according_to_is_a_report(rows: str) -> None:
    report = syntax.report(doc(rows)[4], {"say"})
    assert report is not None and report.speaker is not None and report.speaker.text == "Ali"


@pytest.mark.parametrize(
    "rows",
    [
        "It PRP 4 nsubj\nis VBZ 4 cop\nan DT 4 det\nally NN 0 root\nof IN 7 case\na DT 7 det\nbloc NN 4 nmod",
        "I PRP 2 nsubj\nis VBZ 0 root\nan DT 4 det\nally NN 2 attr\nof IN 4 prep\na DT 7 det\nbloc NN 5 pobj",
    ],
    ids=["ud", "clear"],
)
def test_predicate_noun_and_its_phrase(rows: str) -> None:
    found = doc(rows)
    assert texts(syntax.predicates(found[0])) == ["ally"]
    assert [(word, noun.text) for word, noun in syntax.obliques(found[3])] == [("of", "bloc")]
    assert syntax.noun_phrase(found[3]) == (2, 7)


def test_noun_phrase_stops_at_clause_apposition_and_conjunct() -> None:
    found = doc("""
        the      DT  3 det
        Arctic   NNP 3 compound
        Council  NNP 0 root
        of       IN  5 case
        elders   NNS 3 nmod
        ,        ,   8 punct
        a        DT  8 det
        body     NN  3 appos
        that     WDT 10 nsubj
        met      VBD 8 acl:relcl
    """)
    assert syntax.noun_phrase(found[2]) == (0, 5)
    assert texts(syntax.appositions(found[2])) == ["body"]
    assert texts(syntax.relative_clauses(found[7])) == ["met"]
    assert texts(syntax.subjects(found[9])) == ["body"]
    assert syntax.head_noun(found[0:5]).text == "Council"


def test_participle_behind_a_noun_has_it_as_passive_subject() -> None:
    found = doc("body NN 0 root\nfounded VBN 1 acl\nby IN 4 case\nPeru NNP 2 obl")
    assert texts(syntax.passive_subjects(found[1])) == ["body"]
    assert texts(syntax.agent(found[1])) == ["Peru"]


def test_conjuncts_in_a_chain_and_side_by_side() -> None:
    chain = doc("A NNP 0 root\nB NNP 1 conj\nC NNP 2 conj")
    flat = doc("A NNP 0 root\nB NNP 1 conj\nC NNP 1 conj")
    assert texts(syntax.conjuncts(chain[0])) == texts(syntax.conjuncts(flat[0])) == ["B", "C"]


READERS: list[Callable[[Token], object]] = [
    syntax.subjects, syntax.passive_subjects, syntax.objects, syntax.agent, syntax.obliques, syntax.conjuncts,
    syntax.appositions, syntax.relative_clauses, syntax.predicates, syntax.noun_phrase, syntax.auxiliaries,
    syntax.is_passive, syntax.is_negated, syntax.is_future, syntax.is_modal, syntax.is_past,
]  # fmt: skip
LABELS = sorted({"punct", "fixed"}.union(*syntax._SETS.values()))


@st.composite
def any_tree(draw: st.DrawFn) -> Doc:
    """A document with any tree at all: heads that lead to the root, labels and tags at random."""
    size = draw(st.integers(1, 9))
    order = draw(st.permutations(range(size)))
    heads = [0] * size
    for place, word in enumerate(order):
        heads[word] = order[draw(st.integers(0, max(place - 1, 0)))]
    deps = draw(st.lists(st.sampled_from(LABELS), min_size=size, max_size=size))
    tags = draw(st.lists(st.sampled_from(["NN", "VBD", "VBN", "VB", "IN"]), min_size=size, max_size=size))
    words = draw(
        st.lists(st.sampled_from(["to", "will", "that", "by", "said"]), min_size=size, max_size=size)
    )
    return Doc(VOCAB, words=words, tags=tags, lemmas=words, heads=heads, deps=deps, pos=["NOUN"] * size)


@given(any_tree())
def test_no_tree_is_too_odd(found: Doc) -> None:
    for token in found:
        for read in READERS:
            read(token)
        syntax.report(token, {"said"})
        start, end = syntax.noun_phrase(token)
        assert 0 <= start <= token.i < end <= len(found)
        assert syntax.head_noun(found[start:end]).i in range(start, end)
