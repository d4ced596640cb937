"""Sentences that hold a trigger but gave no record, by construction: the queue for the next rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from pipeline.base import Document, Mention
from pipeline.errors import ReadError
from pipeline.read import find_articles
from pipeline.run import Extractor, Result
from pipeline.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# A sentence is looked at when it holds a mention of such a label and, where one is named, of the other: a
# body alone states nothing, a body beside a country may.
TRIGGERS: Mapping[str, str | None] = {"gathering": None, "body": "country", "designation": "number"}

# Penn Treebank tags of the words that make a construction: verbs, modals, prepositions, particles.
_FRAME_TAGS = ("VB", "MD", "IN", "TO", "RP")
_BEFORE, _AFTER = 4, 5  # tokens on either side of the trigger; the verb of a clause is rarely farther away
_EXAMPLES = 3
_GAP = "…"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of an article, its white space collapsed."""

    article: str
    sentence: str


@dataclass(slots=True)
class Construction:
    """The words around a trigger, mentions by label ("held {gathering} in {city}"), and their frequency."""

    pattern: str
    count: int = 0
    examples: list[Example] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The construction as a plain object."""
        examples = [{"article": e.article, "sentence": e.sentence} for e in self.examples]
        return {"pattern": self.pattern, "count": self.count, "examples": examples}


@dataclass(slots=True)
class Coverage:
    """What was read, and the constructions that gave no record."""

    articles: int = 0
    unread: list[str] = field(default_factory=list)
    sentences: int = 0
    triggered: int = 0
    covered: int = 0
    _by_pattern: dict[str, Construction] = field(default_factory=dict)

    @property
    def constructions(self) -> list[Construction]:
        """Most frequent first."""
        return sorted(self._by_pattern.values(), key=lambda c: (-c.count, c.pattern))

    def add(self, result: Result, triggers: Mapping[str, str | None] = TRIGGERS) -> None:
        """Count the sentences of one article."""
        document, cited = result.document, _cited(result)
        self.articles += 1
        for sentence in document.sentences:
            self.sentences += 1
            trigger = _trigger(document, sentence, triggers)
            if trigger is None:
                continue
            self.triggered += 1
            if any(sentence.start_char <= offset < sentence.end_char for offset in cited):
                self.covered += 1
            else:
                self._miss(document, sentence, trigger, result.article.id)

    def _miss(self, document: Document, sentence: Span, trigger: Mention, article: str) -> None:
        pattern = construction(document, sentence, trigger)
        found = self._by_pattern.setdefault(pattern, Construction(pattern))
        found.count += 1
        if len(found.examples) < _EXAMPLES:
            found.examples.append(Example(article, " ".join(sentence.text.split())))

    def to_json(self) -> dict[str, Any]:
        """All of it as plain objects."""
        figures = {"articles": self.articles, "unread": self.unread, "sentences": self.sentences}
        figures |= {"triggered": self.triggered, "covered": self.covered}
        return {**figures, "constructions": [c.to_json() for c in self.constructions]}


def _cited(result: Result) -> list[int]:
    """Where the evidence of all records begins."""
    records = (record for found in result.records.values() for record in found)
    return [piece.start for record in records for piece in record.evidence if piece.start is not None]


def _trigger(document: Document, sentence: Span, triggers: Mapping[str, str | None]) -> Mention | None:
    """The first mention of a sentence that makes it worth a look."""
    start, end = sentence.start_char, sentence.end_char
    for label, beside in triggers.items():
        found = document.within(start, end, label)
        if found and (beside is None or document.within(start, end, beside)):
            return found[0]
    return None


def _outermost(mentions: Iterable[Mention], trigger: Mention) -> list[Mention]:
    """Mentions that do not overlap: the trigger, then the longest."""
    chosen = [trigger]
    for mention in sorted(mentions, key=lambda m: m.start - m.end):
        if not any(mention.overlaps(other) for other in chosen):
            chosen.append(mention)
    return chosen


def _words(document: Document, sentence: Span, trigger: Mention) -> Iterator[tuple[str, bool]]:
    """The sentence's words, mentions as one word each: (word, whether it is part of the trigger)."""
    found = document.within(sentence.start_char, sentence.end_char, *document.mentions)
    covering = {
        token.i: mention
        for mention in _outermost((m for m in found if not m.in_source), trigger)
        for token in document.span(mention)
    }
    last: Mention | None = None
    for token in sentence:
        mention = covering.get(token.i)
        if mention is None:
            yield _frame_word(document, token), False
        elif mention is not last:
            yield f"{{{mention.label}}}", mention is trigger
        last = mention


def _frame_word(document: Document, token: Token) -> str:
    """A word that makes the construction in lower case, a gap for any other."""
    tagged = document.doc.has_annotation("TAG")
    frame = token.tag_.startswith(_FRAME_TAGS) if tagged else token.is_alpha and token.is_stop
    return token.lower_ if frame else _GAP


def construction(document: Document, sentence: Span, trigger: Mention) -> str:
    """The frame around a trigger: verbs, prepositions, labels of mentions; a gap for what stands between."""
    words = list(_words(document, sentence, trigger))
    at = next((number for number, (_, is_trigger) in enumerate(words) if is_trigger), 0)
    window = [word for word, _ in words[max(0, at - _BEFORE) : at + _AFTER + 1]]
    kept = [
        word for number, word in enumerate(window) if word != _GAP or window[number - 1 : number] != [_GAP]
    ]
    return " ".join(kept).strip(f"{_GAP} ")


def coverage(folder: Path, settings: Settings | None = None) -> Coverage:
    """Extract the articles of a folder and gather the sentences with a trigger that gave no record.

    An article that cannot be read is named in `unread`.
    """
    extractor, found = Extractor(settings), Coverage()
    for article_id, path in find_articles(folder):
        try:
            found.add(extractor.read(path, article_id))
        except ReadError as error:
            found.unread.append(f"{article_id}: {error}")
    return found


def print_coverage(found: Coverage, console: Console, *, limit: int = 40) -> None:
    """The most frequent constructions with examples."""
    for one in found.constructions[:limit]:
        console.print(f"{one.count:5}  {one.pattern}", style="bold", markup=False, soft_wrap=True)
        for example in one.examples:
            line = f"         {example.article}: {example.sentence}"
            console.print(line, style="dim", markup=False, highlight=False, soft_wrap=True)
    for line in found.unread:
        console.print(line, style="red", markup=False, soft_wrap=True)
    share = f"{found.covered} of {found.triggered} sentences with a trigger gave a record"
    console.print(f"{found.articles} articles, {found.sentences} sentences; {share}", highlight=False)
