"""Sentences masked for patterns about bodies and countries (see `pipeline.patterns`).

On top of plain masking, lists of countries or of bodies become one tag, a name and its bracketed acronym
become one tag, and what only modifies a noun ("SCO officials", "Iran deal") gets a tag of its own, so that a
pattern says "{C} joined {B}" and catches "China, India and the Republic of Korea joined the World Trade
Organization (WTO)" but not "officials of China joined WTO talks". Articles and quotation marks are left out.

    {C} countries   {CM} country before a noun   {CA} demonym    {B} bodies   {BM} body before a noun
    {D} date        {N} number                   {G} gathering   {P} city or place
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.base import Document, Mention, Sentence
from pipeline.body import Body
from pipeline.patterns import CLOSE, OPEN, Masked, PatternSet

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

TAGS = ("C", "CM", "CA", "B", "BM", "D", "N", "G", "P")
_LABELS = {
    "body": "B", "gathering": "G", "country": "C", "demonym": "CA", "date": "D", "number": "N",
    "city": "P", "place": "P",
}  # fmt: skip
_AND = re.compile(
    r"\s*(?:\(\d{4}\))?\s*[,;]?\s*(?:(?:and|or|&|as well as|along with|alongside|together with|plus|and then"
    r"|followed by|and also|and later|and finally)\s+)?(?:both\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_AND_OTHERS = re.compile(  # "China [and nine other Asian countries, namely] Armenia, ..."
    r",? (?:and|as well as|along with|plus) (?:[\w-]+ ){1,6}(?:countries|nations|states|members),? "
    r"(?:namely|including|among them|i\.e\.|such as)[,:]? (?:the )?"
)
_APPOSED = re.compile(r"\s*[,(\[]?\s*(?:or|also known as|known as|called|the)?\s*[“\"‘']?", re.IGNORECASE)
_GENERIC = re.compile(
    r"[”\"]?\s+(?:(?:military|trade|trading|economic|security|regional|political) )?"
    r"(?:bloc|grouping|group|alliance|organi[sz]ation|pact|mechanism|framework|family|club|platform)\b"
    r"(?!['’]?s? (?:of|member))"
)
_DROPPED = re.compile(
    r"\b[Tt]he\s+|[“”\"„«»]|(?<=\s)[‘'](?=\w|$)|(?<=\s)\[|(?<=\d)\]|\bofficially\s+|\s+(?=\s)"
)
_OWNS = re.compile(r"['’]s? [“\"‘']?")
_LOCATES = re.compile(
    r"\b(?:in|at|to|from|near|of|via|outside|visited|on|,) (?:the )?$|[,(] ?$|[A-Z][\w-]+ $"
)
_PRONOUN = re.compile(
    r"\b[Ii]t\b(?!['’])"
    r"|\b(?P<body>[Ii]ts)(?= (?:[\w-]+ ){0,3}?(?:members?|member states|founding|establishment|inception"
    r"|creation|formation|membership (?:to|includes?|of \d)|signatories|parties|founders|observers)\b)"
    r"|\b(?P<country>[Ii]ts)(?= (?:[\w-]+ ){0,3}?(?:withdrawal|exit|pull-?out|departure|abrogation"
    r"|accession|membership|application|bid|entry|admission|ratification|candidacy|request|intention|interest|desire|wish|plan)\b)"
)
_DESCRIBED = re.compile(
    r"\b(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Mm]y) "
    r"(?:(?:[A-Z][\w-]+|island|landlocked|neighbou?ring|tiny|archipelagic) ){0,2}"
    r"(?:country|nation|kingdom)\b(?! of| member|-)"
)
_NOUNS = re.compile(
    r"\s+(?:(?:\w+al|\w+ic|\w+ive|\w+ary|full|permanent|observer|dialogue|key|fellow|current|existing|new|more|military)\s+){0,2}"
    r"(?:members?|membership|states?|countries|nations|leaders?|officials?|summits?|meetings?|talks|secretary|chief|president|"
    r"minister|ministers|ministry|government|parliament|ambassador|envoy|allies|ally|partners?|observers?|accession|bid|entry|"
    r"candidates?|applicants?|signator(?:y|ies)|part(?:y|ies)|headquarters|charter|forces|troops|deal|economy|expansion|"
    r"enlargement|treaty|rules|system|standards?|support|decision|draft|foreign|prime|embassy|pm|fm|exit|withdrawal|application)\b"
)  # stands in for the tagger where the text is not tagged
_LISTING = re.compile(r" (?:groups|links|numbers|counts|unites|lists)\b")  # verbs that taggers take for nouns
_TIMES = re.compile(r" (?:[\w-]+ ){1,2}times\b")  # "elected to the council three times"
_MODIFIERS = ("JJ", "JJR", "JJS", "HYPH", "CD", "VBN", "VBG")
_COUNTRY_NEAR = 500  # characters between "the country" and the name it stands for


def statements(
    document: Document, patterns: PatternSet, implied: re.Pattern[str] | None = None
) -> Iterator[tuple[Sentence, Masked]]:
    """Every sentence that a pattern may match, with its masked form, of a text that names a body.

    Sentences that name neither body nor country are left out, but for those in which `implied` is found.
    """
    if not (patterns.may_match(document.text, TAGS) and document.of("body")):
        return
    telling = [
        sentence
        for sentence in document.sentences
        if (tags := tuple(_possible(document, sentence, implied))) and patterns.may_match(sentence.text, tags)
    ]
    document.prepare(telling)
    for sentence in telling:
        yield sentence, _mask_once(document, sentence)


def _mask_once(document: Document, sentence: Sentence) -> Masked:
    """The masked form of a sentence, which several record types ask for."""
    known: dict[Sentence, Masked] = document.memo.setdefault("statements", {})
    if sentence not in known:
        known[sentence] = mask_statement(document, sentence.start_char, sentence.end_char)
    return known[sentence]


def _possible(document: Document, sentence: Sentence, implied: re.Pattern[str] | None) -> Iterator[str]:
    """The tags that a sentence may have when it is masked; none if it is left out."""
    start, end = sentence.start_char, sentence.end_char
    country = bool(document.within(start, end, "country", "demonym"))
    body = bool(document.within(start, end, "body"))
    if not (country or body or (implied and implied.search(sentence.text))):
        return
    stands_for = _PRONOUN.search(sentence.text) or _DESCRIBED.search(sentence.text)
    yield from ("D", "N", "G", "P")
    if body or stands_for:
        yield from ("B", "BM")
    if country or stands_for or document.within(start, end, "city"):
        yield from ("C", "CM", "CA")


def members(group: Mention) -> tuple[Mention, ...]:
    """The mentions that a tag stands for: those of a list, or the mention itself."""
    return group.value if group.label == "group" else (group,)


def countries_beside(document: Document, body: Body) -> tuple[Mention, ...]:
    """One mention of every country in the sentences that name a body, in text order."""
    named = {document.sentence_at(m.start).start_char: m for m in document.of("body") if m.value == body}
    found: dict[object, Mention] = {}
    for start in sorted(named):
        for country in document.within(start, document.sentence_at(start).end_char, "country"):
            found.setdefault(country.value, country)
    return tuple(found.values())


def grouped(document: Document, start: int, end: int) -> list[Mention]:
    """The mentions of text[start:end]: lists joined, "the country" as what it stands for."""
    return _groups(document, _chosen(document, start, end))


def mask_statement(document: Document, start: int, end: int) -> Masked:
    """The masked form of text[start:end]."""
    chosen = grouped(document, start, end)
    tagged = [(mention, tag, stop) for mention, tag, stop in (_tag(document, m, end) for m in chosen)]
    pieces, masked_starts, clean_starts, length, cursor = [], [0], [start], 0, start

    def add(text: str, resume: int) -> None:
        nonlocal length
        pieces.append(text)
        length += len(text)
        masked_starts.append(length)
        clean_starts.append(resume)

    for number, (mention, tag, stop) in enumerate([*tagged, (None, "", end)]):
        limit = mention.start if mention else end
        for dropped in _DROPPED.finditer(document.text, cursor, limit):
            add(document.text[cursor : dropped.start()], dropped.end())
            cursor = dropped.end()
        add(document.text[cursor:limit], limit)
        if mention:
            add(f"{OPEN}{tag}{number}{CLOSE}" if tag else "", stop)
        cursor = stop
    return Masked("".join(pieces), tuple(m for m, _, _ in tagged), tuple(masked_starts), tuple(clean_starts))


def _chosen(document: Document, start: int, end: int) -> list[Mention]:
    """The mentions of a sentence, none overlapping; the longest wins, of equal ones the first label."""
    order = list(_LABELS)
    found = [*document.within(start, end, *_LABELS), *_references(document, start, end)]
    chosen: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start - m.end, order.index(m.label), m.start)):
        if not any(mention.overlaps(other) for other in chosen):
            chosen.append(mention)
    chosen.sort(key=lambda m: m.start)
    return list(_merged(document.text, chosen))


def _merged(text: str, chosen: list[Mention]) -> Iterator[Mention]:
    """Without the country that places a city, without a body that only owns another; a capital that acts is
    its country.
    """
    for at, mention in enumerate(chosen):
        last = chosen[at - 1] if at else None
        after = chosen[at + 1] if at + 1 < len(chosen) else None
        if (
            mention.label == "country"
            and last
            and last.label == "city"
            and text[last.end : mention.start] == ", "
        ):
            yield Mention("dropped", last.end, mention.end, "statements/placed")
            continue
        if (
            mention.label == "body"
            and after
            and after.label == "body"
            and _OWNS.fullmatch(text, mention.end, after.start)
        ):
            yield Mention("dropped", mention.start, after.start, "statements/owner")
            continue
        if mention.rule == "cities.capital" and not _LOCATES.search(
            text, max(0, mention.start - 12), mention.start
        ):
            yield replace(mention, label="country", rule="country/capital")
        else:
            yield mention


def _references(document: Document, start: int, end: int) -> Iterator[Mention]:
    """Descriptions ("the country") and pronouns ("it", "its") as mentions of what they stand for."""
    for match in _DESCRIBED.finditer(document.text, start, end):
        if (country := _country_meant(document, start, match.start())) is not None:
            yield replace(country, start=match.start(), end=match.end(), rule="country/description")
    for match in _PRONOUN.finditer(document.text, start, end):
        label = match.lastgroup or ("body" if _is_object(document, match.start(), match.end()) else None)
        meant = _subject(document, start, match.start(), label)
        if meant is not None:
            yield replace(meant, start=match.start(), end=match.start() + 2, rule=f"{meant.label}/pronoun")


def _is_object(document: Document, start: int, end: int) -> bool:
    span = document.doc.char_span(start, end)
    return span is not None and span.root.dep_ in ("obj", "dobj")


def _country_meant(document: Document, start: int, before: int) -> Mention | None:
    """The country named last in the sentence, else the one that the text up to here names most often."""
    here = document.within(start, before, "country") or document.within(start, before, "demonym")
    if here:
        return replace(here[-1], label="country")
    earlier = document.within(max(0, before - _COUNTRY_NEAR), before, "country")
    if not earlier:
        return None
    often = Counter(m.value for m in document.within(0, before, "country", "demonym"))
    return max(earlier, key=lambda m: (often[m.value], m.start))


def _subject(document: Document, start: int, before: int, label: str | None) -> Mention | None:
    """What the sentence speaks of up to here: its first body or country; at its beginning, that of the one
    before.
    """
    labels = (label,) if label else ("body", "country")
    here = document.within(start, before, *labels) if before - start > 3 else ()
    if here:
        return here[-1] if label == "body" else here[0]
    if start == 0 or (before - start > 3 and label is None):
        return None
    last = document.sentence_at(start - 1)
    told = document.within(last.start_char, last.end_char, *labels)
    subjects = [m for m in told if document.span(m).root.dep_.startswith("nsubj")]
    return next(iter(subjects or told), None)


def _groups(document: Document, mentions: list[Mention]) -> list[Mention]:
    """Join lists of countries and lists of bodies to one mention each (label "group")."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        if len(groups) > 1 and groups[-1][-1].label == "number":
            counted = groups[-2][-1]
            if counted.label == mention.label == "country" and _AND_OTHERS.fullmatch(
                document.text, counted.end, mention.start
            ):
                groups.pop()
                groups[-1].append(mention)
                continue
        if groups and _joins(document.text, groups[-1][-1], mention):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return [_group(part) for g in groups for part in _lists(document.text, g)]


def _lists(text: str, parts: list[Mention]) -> Iterator[list[Mention]]:
    """The parts of a group; two with a mere comma between them are no list."""
    if len(parts) == 2 and text[parts[0].end : parts[1].start].strip() in (",", ", the"):
        yield from ([p] for p in parts)
    else:
        yield parts


def _joins(text: str, last: Mention, mention: Mention) -> bool:
    between = text[last.end : mention.start]
    if "pronoun" in mention.rule + last.rule:
        return False
    if last.label == mention.label == "body" and last.value == mention.value:
        return bool(_APPOSED.fullmatch(between))
    listed = last.label == mention.label and last.label in ("body", "country")
    mixed = {last.label, mention.label} <= {"country", "body", "place"} and "country" in (
        last.label,
        mention.label,
    )
    return (listed or (mixed and "," in between)) and bool(between.strip()) and bool(_AND.fullmatch(between))


def _group(parts: list[Mention]) -> Mention:
    if len(parts) == 1:
        return parts[0]
    return Mention("group", parts[0].start, parts[-1].end, parts[0].rule, tuple(parts))


def _tag(document: Document, mention: Mention, limit: int) -> tuple[Mention, str, int]:
    """A mention, its tag, and where the text goes on after it."""
    parts = members(mention)
    if mention.label == "dropped":
        return mention, "", mention.end
    label = "country" if any(m.label == "country" for m in parts) else parts[0].label
    tag, stop = _LABELS[label], mention.end
    if tag == "B":
        stop = _after_body(document.text, mention, limit)
    if tag in ("B", "C") and _modifies(document, stop, limit):
        tag = "P" if mention.rule == "country/capital" else tag + "M"
    return mention, tag, stop


def _after_body(text: str, mention: Mention, limit: int) -> int:
    stop = mention.end
    opened = text.count("(", mention.start, stop) - text.count(")", mention.start, stop)
    if opened > 0 and (closing := re.compile(r"[”\"]?\)").match(text, stop, limit)):
        stop = closing.end()
    generic = _GENERIC.match(text, stop, limit)
    return generic.end() if generic else stop


def _modifies(document: Document, at: int, limit: int) -> bool:
    """Whether what ends at `at` stands before a noun that it belongs to."""
    if re.match(r"-[A-Za-z]", document.text[at : at + 2]):
        return True
    dated = any(m.start == at + 1 for m in document.within(at, limit, "date"))
    if dated or _LISTING.match(document.text, at, limit) or _TIMES.match(document.text, at, limit):
        return False
    if not document.doc.has_annotation("TAG"):
        return bool(_NOUNS.match(document.text, at, limit))
    if at >= limit or document.text[at] != " " or document.text[at + 1 : at + 3] in ("- ", "– ", "— "):
        return False
    span = document.doc.char_span(at + 1, limit, alignment_mode="contract")
    return span is not None and _begins_noun_phrase(span)


def _begins_noun_phrase(span: Span) -> bool:
    for token in span[:4]:
        if _noun(token):
            return True
        if token.tag_ not in _MODIFIERS or (token.tag_[0] == "V" and token.i == span[0].i):
            return False
    return False


def _noun(token: Token) -> bool:
    return token.tag_ in ("NN", "NNS", "NNP", "NNPS")
