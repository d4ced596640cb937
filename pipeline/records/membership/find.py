"""Finds statements that tie a country to a body, and gathers them to one candidate for each pair."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from pipeline.base import Candidate, Document, Mention, Sentence
from pipeline.body import Body
from pipeline.clauses import acting_countries, subject_of
from pipeline.data import Row, load_rows
from pipeline.patterns import Hit, PatternSet
from pipeline.records.membership.frames import Frames, Told
from pipeline.records.membership.when import date_beside, date_of, date_since
from pipeline.statements import TAGS, countries_beside, members, statements

if TYPE_CHECKING:
    from spacy.tokens import Token

_PACKAGE = "pipeline.records.membership"
_BEFORE = 70  # characters before a statement that tell how it is meant
_FAR = 1500  # ... in an article that tells of memberships of that body elsewhere
_TOPIC = 3  # mentions that make a body the topic of its article
_IMPLICIT = 600  # characters between "a full member" and the body that it is one of
Relation = Literal[
    "joined",
    "ratified",
    "signed",
    "elected",
    "applied",
    "invited",
    "suspended",
    "left",
    "member",
    "membership",
]
Stance = Literal["fact", "applied", "invited", "none"]


class StanceRow(Row):
    """A way in which a statement is meant."""

    stance: Stance
    pattern: str
    relations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: the pair, the relation as it is meant, and where the text says so."""

    country: Mention
    body: Mention
    trigger: Mention
    role: Mention | None
    date: Mention | None
    rank: int


def _hits(document: Document, patterns: PatternSet) -> list[tuple[Sentence, Hit]]:
    return [
        (sentence, hit) for sentence, masked in statements(document, patterns) for hit in patterns(masked)
    ]


class MembershipFinder:
    """Document -> candidates; the slots are country, alliance, event, role and date."""

    def __init__(self) -> None:
        self._frames = Frames()
        patterns = PatternSet(_PACKAGE, "patterns.jsonl", TAGS)
        self._patterns = patterns.where(lambda row: row.value != "gapped")
        self._gapped = patterns.where(lambda row: row.value == "gapped")
        rows = load_rows(_PACKAGE, "stances.jsonl", StanceRow)
        self._stances = [(row, re.compile(row.pattern, re.IGNORECASE)) for row in rows]

    def __call__(self, document: Document) -> Iterator[Candidate]:
        """In text order of the statement that is told most specifically."""
        pairs: dict[tuple[object, Body], list[Statement]] = {}
        for statement in self._statements(document):
            key = (_identity(document, statement.country), statement.body.value)
            pairs.setdefault(key, []).append(statement)
        for (identity, body), told in pairs.items():
            others = tuple(s[0].country for (i, b), s in pairs.items() if b == body and i != identity)
            best_first = sorted(told, key=lambda s: (-s.rank, s.date is None, s.trigger.start))
            yield _candidate(best_first, others, countries_beside(document, body))

    def _statements(self, document: Document) -> list[Statement]:
        """All statements; those that name no body only where the article tells of one in full elsewhere."""
        hits = _hits(document, self._patterns)
        frames = list(self._frames(document))
        parsed = [t.token.idx for _, t in frames if t.bodies and t.frame.id != "role"]
        hits = [(s, h) for s, h in hits if not any(_reads(h, at) for at in parsed)]
        full = [(s, h) for s, h in hits if h.row.value not in ("syntax", "loose")]
        verbs = {(h.row.field, h.spans.get("verb")) for _, h in full}
        full += [
            (s, h) for s, h in hits if h.row.value == "syntax" and (h.row.field, h.spans["verb"]) not in verbs
        ]
        told = [statement for s, h in full for statement in self._read(document, s, h)]
        told += [st for s, t in frames if t.bodies for st in self._told(document, s, t, ())]
        known = _known(document, told)
        taken = {h.spans["verb"][1] for _, h in full if "verb" in h.spans}
        taken |= {t.token.idx + len(t.token) for _, t in frames}
        for sentence, hit in hits:
            if hit.row.value == "loose" and ("verb" not in hit.spans or hit.spans["verb"][1] not in taken):
                told += self._read(document, sentence, hit, known)
        told += [st for s, t in frames if not t.bodies for st in self._told(document, s, t, known)]
        gapped = _hits(document, self._gapped) if told else []
        follow = [hit for _, hit in gapped if not any(_reads(hit, at) for at in parsed)]
        return [*told, *_continued(document, told, follow)]

    def _told(
        self, document: Document, sentence: Sentence, told: Told, known: Collection[Body]
    ) -> Iterator[Statement]:
        relation, token = told.frame.relation, told.token
        outcome = _outcome(relation, told.stance)
        if relation == "member" and told.stance in ("applied", "invited"):
            outcome = told.stance
        if outcome is None or sentence.text.rstrip().endswith("?"):
            return
        rule = f"membership/frame/{told.frame.id}"
        trigger = Mention("statement", token.idx, token.idx + len(token), rule, outcome)
        role = _role_mention(told.role, rule) if told.role is not None else None
        if role and (
            _mere_partner(document, role)
            or (told.role and told.role.lemma_ == "ally" and outcome != "member")
        ):
            return
        if outcome == "signed":
            role = _unratified(document, trigger.end, sentence.end_char)
        bodies = told.bodies or _topic(document, token.idx, known)
        for country in told.countries:
            date = date_of(document, sentence, token, country) if told.why not in _AHEAD else None
            if not told.bodies and told.frame.alone == "dated" and date is None:
                continue
            for body in bodies:
                if isinstance(body.value, Body) and country.value != body.value:
                    yield Statement(
                        country, body, trigger, role, date, _FRAME_RANKS.get(told.frame.id, _RANKS[outcome])
                    )

    def _read(
        self, document: Document, sentence: Sentence, hit: Hit, known: Collection[Body] = ()
    ) -> Iterator[Statement]:
        countries = self._countries(document, hit)
        role = (
            Mention("role", *hit.spans["role"], f"membership/{hit.row.id}") if "role" in hit.spans else None
        )
        if (hit.row.value == "list" and len(countries) < _SHORTEST_LIST) or (
            role and _mere_partner(document, role)
        ):
            return
        if role and len(countries) == 1 and _of_others(document, hit, role):
            return
        bodies = members(hit.mentions["B"]) if "B" in hit.mentions else _implicit(document, hit, known)
        relation, stance = self._meant(hit, _context(document, hit, countries, sentence.start_char))
        if relation is None or (relation != "member" and sentence.text.rstrip().endswith("?")):
            return
        if (
            "vg" in hit.spans
            and relation not in ("member", "membership")
            and _contradicted(document, hit, countries)
        ):
            return
        if relation == "signed":
            role = _unratified(document, hit.end, sentence.end_char)
        date = None
        if relation not in ("member", "membership"):
            date = date_beside(document, hit.start, hit.end, sentence.start_char, sentence.end_char)
        if relation == "member" and (since := date_since(document, hit.end, sentence.end_char)):
            relation, date = "joined", since
        trigger = Mention("statement", hit.start, hit.end, f"membership/{hit.row.id}", relation)
        rank = _rank(document, relation, stance, hit, role)
        for country in countries:
            for body in bodies:
                if isinstance(body.value, Body) and country.value != body.value:
                    yield Statement(country, body, trigger, role, date, rank)

    def _countries(self, document: Document, hit: Hit) -> tuple[Mention, ...]:
        """The countries of a hit; those that act as the verb's subject where the pattern names none."""
        if hit.row.value != "syntax":
            return members(hit.mentions["C"])
        verb = document.doc.char_span(*hit.spans["verb"], alignment_mode="expand")
        return acting_countries(document, verb[0]) if verb else ()

    def _meant(self, hit: Hit, context: str) -> tuple[str | None, str]:
        """The relation that is really stated (None if it is denied, demanded or only imagined) and the
        stance's id.
        """
        relation = hit.row.field
        kind = "joined-noun" if relation == "joined" and "accession" in hit.row.id else relation
        for row, pattern in self._stances:
            if (row.relations and kind not in row.relations) or (
                relation == "member" and row.id != "negated" and not row.relations
            ):
                continue
            if pattern.search(context):
                return _outcome(relation, row.stance), row.id
        return relation, ""


def _reads(hit: Hit, at: int) -> bool:
    """Whether a pattern's verb is the word at an offset; syntax then reads it instead."""
    start, end = hit.spans.get("verb", (0, 0))
    return start <= at < end


def _unratified(document: Document, start: int, end: int) -> Mention | None:
    """The words that tell of a signature that no ratification has followed yet."""
    found = _NOT_RATIFIED.search(document.text, start, end)
    return Mention("role", found.start(), found.end(), "membership/not-ratified") if found else None


def _role_mention(noun: Token, rule: str) -> Mention:
    """A role noun with the words before it that tell which role it is ("dialogue partner")."""
    first = noun
    while (
        first.i > 0
        and noun.doc[first.i - 1].head == noun
        and noun.doc[first.i - 1].dep_ in ("amod", "compound")
    ):
        first = noun.doc[first.i - 1]
    return Mention("role", first.idx, noun.idx + len(noun), rule)


def _known(document: Document, told: list[Statement]) -> set[Body]:
    """The bodies that statements without one may tell of: those told of elsewhere, and the topics."""
    bodies = Counter(statement.body.value for statement in told)
    known = {b for b, times in bodies.items() if b.international or b.reference or times > 1}
    named = Counter(m.value for m in document.of("body"))
    return known | {b for b, times in named.items() if times >= _TOPIC and (b.international or b.reference)}


def _topic(document: Document, before: int, known: Collection[Body]) -> tuple[Mention, ...]:
    """The body that a statement without one tells of: of those known, the one named last."""
    return tuple(m for m in document.within(max(0, before - _FAR), before, "body") if m.value in known)[-1:]


def _contradicted(document: Document, hit: Hit, countries: tuple[Mention, ...]) -> bool:
    """Whether syntax gives the verb other countries as its subject than the pattern."""
    verb = (
        document.doc.char_span(*hit.spans["verb"], alignment_mode="expand") if "verb" in hit.spans else None
    )
    if not verb or not verb[0].tag_.startswith("VB"):
        return False
    subject = subject_of(verb[0])
    beside = hit.spans["vg"][1] - hit.spans["vg"][0] <= _BESIDE and hit.spans["verb"][0] > countries[0].start
    if subject is None or beside or subject.pos_ == "PRON" or verb[0].dep_.startswith(("acl", "relcl")):
        return False
    if hit.spans["verb"][0] < countries[0].start:
        return "body-" in hit.row.id and not any(
            m.start <= subject.idx < m.end for m in members(hit.mentions["B"])
        )
    acting = acting_countries(document, verb[0])
    if acting:
        return {m.value for m in acting}.isdisjoint(m.value for m in countries)
    first, last = subject.left_edge.idx, subject.right_edge.idx + len(subject.right_edge)
    return not any(first <= m.start < last for m in countries)


def _outcome(relation: str, stance: Stance) -> str | None:
    if stance == "none" or (stance != "fact" and relation == "signed"):
        return None
    if stance == "fact":
        return relation
    return "invited" if relation == "invited" else stance


def _context(document: Document, hit: Hit, countries: tuple[Mention, ...], begin: int) -> str:
    """The words before the statement, those between subject and verb in brackets, and the verb."""
    text, start = document.text, hit.start
    between = text[slice(*hit.spans["vg"])] if "vg" in hit.spans else ""
    if hit.row.field == "member":
        between = text[hit.start : hit.end]
    elif hit.row.value == "syntax" and countries and countries[-1].end <= hit.start:
        start = max(begin, countries[0].start)
        between = text[countries[-1].end : hit.start]
    verb = text[slice(*hit.spans["verb"])] if "verb" in hit.spans else ""
    if _FINITE.match(verb):
        between = _NEXT_CLAUSE.split(between)[-1]
    elif verb.endswith("ing") and hit.row.field != "member":
        between = between.rsplit(", ", 1)[-1]
    return f"{text[max(begin, start - _BEFORE) : start]}[{between}]{verb}"


def _implicit(document: Document, hit: Hit, known: Collection[Body]) -> tuple[Mention, ...]:
    """The body named last before a statement that names none: of those known, or of all if it is near."""
    reach = _FAR if hit.row.value == "loose" else _IMPLICIT
    before = document.within(max(0, hit.start - reach), hit.end, "body")
    if hit.row.value == "loose":
        before = tuple(m for m in before if m.value in known)
    return before[-1:]


def _continued(document: Document, told: list[Statement], gapped: list[Hit]) -> Iterator[Statement]:
    """Statements that leave out what the one before them said: "Peru joined in 1971, Chile in 1983"."""
    for hit in gapped:
        reach = _FAR // 10
        before = [s for s in told if _last(s).start <= hit.start and hit.start - _last(s).end < reach]
        dates = document.within(hit.end, hit.end + 40, "date")
        if hit.row.id in _UNDATED:
            begin = document.sentence_at(hit.start).start_char
            before, dates = [s for s in before if s.trigger.start >= begin], dates[:0]
        else:
            before = [s for s in before if s.date and dates]
        if not before:
            continue
        last = max(before, key=lambda s: _last(s).start)
        trigger = Mention("statement", hit.start, hit.end, f"membership/{hit.row.id}", last.trigger.value)
        date = dates[0] if dates else None
        for country in members(hit.mentions["C"]) if "C" in hit.mentions else (last.country,):
            for body in members(hit.mentions["B"]) if "B" in hit.mentions else (last.body,):
                told.append(replace(last, country=country, body=body, trigger=trigger, date=date))
                yield told[-1]


def _last(statement: Statement) -> Mention:
    return statement.date or statement.trigger


def _identity(document: Document, country: Mention) -> object:
    return country.value if isinstance(country.value, str) else document.quote(country)


_BESIDE = 8  # characters between subject and verb (" has ", " to ") that leave no doubt
_FINITE = re.compile(r"(?:became|left|withdrew|quit|\w+ed)\b")
_NEXT_CLAUSE = re.compile(r"\b(?:but|and|then)\b")  # "asked in 2013 but became a member in 2017"
_AGAIN = re.compile(
    r"\b(?:re-?join|re-?admit|readmitted|taken back|back in|return)"
)  # outdoes that it had left
_SHORTEST_LIST = 3  # countries; "X includes A and B" tells of some members only, or of something else
_AHEAD = ("future", "infinitive", "announced")  # meanings of a step whose date is not that of a decision
_NOT_RATIFIED = re.compile(r"\b(?:not|n['’]t|yet|still|without|never)\b[^.;]{0,30}?\bratif\w+")
_UNDATED = ("gapped/likewise",)
_LESSER = re.compile(r"observer|partner|candidate|applicant", re.IGNORECASE)
_PARTNERS = re.compile(
    r"\b(?:trad\w+|economic|business|largest|biggest|major|close|important|reliable|export|natural|comprehensive|key|good|main"
    r"|valued|trusted|cooperat\w+|investment|social|private|media)\b[\w -]{0,25}partners?$",
    re.IGNORECASE,
)
_FRAME_RANKS = {"accession": 55}
_RANKS = {
    "left": 100, "suspended": 95, "joined": 90, "ratified": 91, "elected": 90, "signed": 70, "invited": 65,
    "applied": 60, "member": 80, "membership": 20,
}  # fmt: skip


def _rank(document: Document, relation: str, stance: str, hit: Hit, role: Mention | None) -> int:
    """How much a statement weighs against others of its pair: a plain noun least, a decided step most."""
    if relation == "joined" and "accession" in hit.row.id:
        return 55
    if relation in ("joined", "applied") and _AGAIN.search(document.text, hit.start, hit.end):
        return _RANKS["left"] + 5
    if relation == "applied" and stance in ("supported", "eventual"):
        return 30
    if relation == "member" and role and _LESSER.search(document.quote(role)):
        return 40
    return _RANKS[relation]


def _of_others(document: Document, hit: Hit, role: Mention) -> bool:
    """Whether an apposition in the plural goes on with others: "Iran, the five permanent members of ..."."""
    plural = document.quote(role).rstrip().endswith("s") and "status" not in document.quote(role)
    told = document.text[hit.start : hit.end]
    return "apposed" in hit.row.id and plural and not re.search(r"\b(?:one|among|some) ", told)


def _mere_partner(document: Document, role: Mention) -> bool:
    """Whether "partner" means trade and friendship, not a status that the body grants."""
    words = document.text[max(0, role.start - 30) : role.end]
    return "artner" in document.quote(role) and bool(_PARTNERS.search(words))


def _candidate(told: list[Statement], others: tuple[Mention, ...], beside: tuple[Mention, ...]) -> Candidate:
    best = told[0]
    slots: dict[str, tuple[Mention, ...]] = {
        "country": (best.country,), "alliance": (best.body,), "event": (best.trigger,)
    }  # fmt: skip
    slots["others"] = (*others, *beside)
    if best.role:
        slots["role"] = (best.role,)
    date = next((s.date for s in told if s.date and s.trigger.value == best.trigger.value), None)
    if date:
        slots["date"] = (date,)
    return Candidate("membership", best.trigger, slots)
