"""Sentences that hold a trigger but gave no record, by construction: the queue for the next rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from pipeline.base import Document, Mention, Sentence
from pipeline.errors import ReadError
from pipeline.read import find_articles
from pipeline.run import Extractor, Result
from pipeline.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Token

# A sentence is looked at when it holds a mention of such a label and, where one is named, of the other: a
# body alone states nothing, a body beside a country may.
TRIGGERS: Mapping[str, str | None] = {"gathering": None, "body": "country", "designation": "number"}

# Penn Treebank tags of the words that make a construction: verbs, modals, prepositions, particles, nouns.
_FRAME = ("VB", "MD", "IN", "TO", "RP")
_NOUNS = ("NN", "NNS")
# One word on either side of a lone trigger, four between two mentions: so 39% of 489 waiting sentences of 263
# press articles share their construction with another; with two words 27%, with eight between mentions 31%.
_AROUND = 1
_LONGEST = 4
_EXAMPLES = 3


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
                self._miss(construction(document, sentence, *trigger), sentence, result.article.id)

    def _miss(self, pattern: str, sentence: Sentence, article: str) -> None:
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


def _trigger(
    document: Document, sentence: Sentence, triggers: Mapping[str, str | None]
) -> tuple[Mention, Mention | None] | None:
    """The first mention of a sentence that makes it worth a look, with the nearest of the other label."""
    start, end = sentence.start_char, sentence.end_char
    for label, other in triggers.items():
        for found in document.within(start, end, label):
            beside = [m for m in document.within(start, end, other or "") if not m.overlaps(found)]
            if other is None or beside:
                return found, min(beside, key=lambda m: abs(m.start - found.start), default=None)
    return None


def _outermost(mentions: Iterable[Mention], trigger: Mention) -> list[Mention]:
    """Mentions that do not overlap: the trigger, then the longest."""
    chosen = [trigger]
    for mention in sorted(mentions, key=lambda m: m.start - m.end):
        if not any(mention.overlaps(other) for other in chosen):
            chosen.append(mention)
    return chosen


def _words(document: Document, sentence: Sentence, trigger: Mention) -> Iterator[tuple[str, Mention | None]]:
    """The words that make a construction, in lower case; a mention is one word, given with it."""
    found = document.within(sentence.start_char, sentence.end_char, *document.labels)
    covering = {
        token.i: mention
        for mention in _outermost((m for m in found if not m.in_source), trigger)
        for token in document.span(mention)
    }
    last: Mention | None = None
    for token in document.tokens(sentence):
        mention = covering.get(token.i)
        if mention is None and _makes_construction(document, token):
            yield token.lower_, None
        elif mention is not None and mention is not last:
            yield f"{{{mention.label}}}", mention
        last = mention


def _makes_construction(document: Document, token: Token) -> bool:
    if document.doc.has_annotation("TAG"):
        return token.tag_ in _NOUNS or token.tag_.startswith(_FRAME)
    return bool(token.is_stop)


def construction(
    document: Document, sentence: Sentence, trigger: Mention, beside: Mention | None = None
) -> str:
    """The words around a trigger, or from the mention that it stands beside to the trigger.

    Verbs, prepositions and common nouns are kept, and labels of mentions in place of names.
    """
    words = list(_words(document, sentence, trigger))
    marks = [number for number, (_, mention) in enumerate(words) if mention and mention in (trigger, beside)]
    first, last = min(marks, default=0), max(marks, default=0)
    if beside is None or last - first > _LONGEST:
        at = next((number for number, (_, mention) in enumerate(words) if mention is trigger), 0)
        first, last = max(0, at - _AROUND), at + _AROUND
    return " ".join(word for word, _ in words[first : last + 1])


def measure_coverage(folder: Path, settings: Settings | None = None) -> Coverage:
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
