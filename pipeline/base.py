"""Core types and protocols of the pipeline; imports no stage.

    read -> clean -> annotate -> find -> build -> link -> write

Offsets are character offsets, end exclusive. "Source" is the decoded text of the file, "cleaned" the text
that the language model reads; `CleanText.to_source` leads from the second to the first.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Protocol, runtime_checkable

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

Offsets = tuple[int, int]
Qualifier = Literal["exact", "about", "at_least", "at_most"]


# --- read ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sourced:
    """A value of the article's metadata with the place in the source that states it."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MappedText:
    """A text of which every character knows the source characters it stands for.

    `starts[i]` and `ends[i]` are the source offsets of character i; both arrays are as long as the text.
    """

    text: str
    starts: array[int]
    ends: array[int]

    @classmethod
    def identity(cls, text: str) -> MappedText:
        """The mapping of a text to itself."""
        return cls(text, array("q", range(len(text))), array("q", range(1, len(text) + 1)))

    def to_source(self, start: int, end: int) -> Offsets:
        """Source offsets of the span [start, end); an empty span leads to an empty span."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]


@dataclass(frozen=True, slots=True)
class Article:
    """A file as it was read: decoded source text, main text, and what the page's own metadata states."""

    id: str
    digest: str
    source: str
    body: MappedText
    media_type: Literal["text/plain", "text/html", "text/markdown"]
    encoding: str
    title: Sourced | None = None
    site: Sourced | None = None
    published: Sourced | None = None
    url: Sourced | None = None
    captions: tuple[Sourced, ...] = ()


# --- clean --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the cleaned text: its title, or one paragraph of the body."""

    kind: Literal["title", "body"]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dateline:
    """Place, date (EDTF, its year possibly "XXXX") and agency of a dateline, each with its source offsets."""

    place: Sourced | None = None
    date: Sourced | None = None
    agency: Sourced | None = None


@dataclass(frozen=True, slots=True)
class CleanText:
    """The running text of an article (title first, then the body) and what was taken out of it but kept."""

    mapped: MappedText
    zones: tuple[Zone, ...]
    title: Sourced | None = None
    source: Sourced | None = None
    published: Sourced | None = None
    dateline: Dateline = Dateline()
    captions: tuple[Sourced, ...] = ()
    removed: tuple[tuple[str, int, int], ...] = ()  # what a step took out or rewrote: (step, source offsets)

    @property
    def text(self) -> str:
        """The cleaned text."""
        return self.mapped.text

    def to_source(self, start: int, end: int) -> Offsets:
        """Source offsets of a span of the cleaned text."""
        return self.mapped.to_source(start, end)

    def in_title(self, offset: int) -> bool:
        """Whether a cleaned offset lies in the title."""
        return any(z.kind == "title" and z.start <= offset < z.end for z in self.zones)


# --- annotate -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Number:
    """A counted quantity; `ordinal` for "24th", `share` for "half of" (then `value` is 0)."""

    value: int
    qualifier: Qualifier = "exact"
    ordinal: bool = False
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A labelled span of the cleaned text (or of the source, with `in_source`) and the rule that found it.

    `value` is the normal form that the mention has by itself: an ISO code, a `Number`, a
    `timex.DateExpression`, a canonical name. What depends on the rest of the article is left to the resolver.
    """

    label: str
    start: int
    end: int
    rule: str
    value: Any = None
    in_source: bool = False

    def covers(self, other: Mention) -> bool:
        """Whether the other mention lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Mention) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the cleaned text."""

    start_char: int
    end_char: int
    text: str


class Parse(Protocol):
    """The tokens of a cleaned text with their syntax; a spaCy `Doc` is one."""

    @property
    def sents(self) -> Iterable[Any]:
        """The sentences, in text order: what has `start_char`, `end_char` and `text`."""

    def char_span(
        self, start: int, end: int, *, alignment_mode: Literal["strict", "contract", "expand"] = "strict"
    ) -> Span | None:
        """The tokens at the offsets; None where no tokens fit."""

    def has_annotation(self, attribute: str) -> bool:
        """Whether the tokens bear an attribute ("TAG", "DEP")."""


@runtime_checkable
class LazyParse(Parse, Protocol):
    """A parse that reads sentences when it is asked for them."""

    def parse(self, places: Iterable[Offsets]) -> None:
        """Read the sentences at these offsets at once, which is cheaper than one by one."""


class MentionSource(Protocol):
    """Mentions that are found when they are asked for."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that it has mentions of."""

    def of(self, label: str) -> tuple[Mention, ...]:
        """All mentions that bear a label, in text order."""

    def near(self, label: str, start: int, end: int) -> tuple[Mention, ...]:
        """At least those of a label that lie in [start, end), in text order."""


@dataclass(frozen=True)
class Document:
    """A cleaned article, its syntax, and its mentions by label in text order.

    `mentions` are those at hand; for labels that are not among them, `source` is asked.
    """

    clean: CleanText
    doc: Parse
    mentions: Mapping[str, tuple[Mention, ...]] = field(default_factory=dict)
    source: MentionSource | None = None

    @property
    def text(self) -> str:
        """The cleaned text."""
        return self.clean.text

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels that mentions may bear."""
        return tuple(dict.fromkeys((*self.mentions, *(self.source.labels if self.source else ()))))

    def of(self, *labels: str) -> tuple[Mention, ...]:
        """All mentions that bear one of the labels, in text order."""
        if len(labels) == 1:
            return self._near(labels[0])
        found = [m for label in labels for m in self._near(label)]
        return tuple(sorted(found, key=lambda m: (m.start, -m.end)))

    def within(self, start: int, end: int, *labels: str) -> tuple[Mention, ...]:
        """The mentions of the labels that lie wholly in [start, end), in text order."""
        found: list[Mention] = []
        for label in labels:
            mentions = self._near(label, start, end)
            at = bisect_left(mentions, start, key=lambda m: m.start)
            while at < len(mentions) and mentions[at].start < end:
                if mentions[at].end <= end:
                    found.append(mentions[at])
                at += 1
        return tuple(sorted(found, key=lambda m: (m.start, -m.end)))

    def _near(self, label: str, start: int = 0, end: int | None = None) -> tuple[Mention, ...]:
        """At least those mentions of a label that lie in [start, end)."""
        if self.source is None or label in self.mentions:
            return self.mentions.get(label, ())
        return self.source.of(label) if end is None else self.source.near(label, start, end)

    @cached_property
    def memo(self) -> dict[Any, Any]:
        """What was worked out of this document, for those who need it again."""
        return {}

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences, in text order; a sentence never crosses a zone."""
        return tuple(Sentence(s.start_char, s.end_char, s.text) for s in self.doc.sents)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start_char for s in self.sentences]

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds a cleaned offset."""
        at = bisect_left(self._sentence_starts, offset + 1) - 1
        return self.sentences[max(at, 0)]

    def span(self, mention: Mention) -> Span:
        """The tokens that a mention covers, at least in part."""
        span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        assert span is not None, f"mention outside of the text: {mention}"
        return span

    def tokens(self, sentence: Sentence) -> Sequence[Token]:
        """The tokens of a sentence."""
        return tuple(
            self.doc.char_span(sentence.start_char, sentence.end_char, alignment_mode="expand") or ()
        )

    def prepare(self, sentences: Iterable[Sentence]) -> None:
        """Tell beforehand which sentences' syntax will be asked for."""
        if isinstance(self.doc, LazyParse):
            self.doc.parse((s.start_char, s.end_char) for s in sentences)

    def quote(self, mention: Mention) -> str:
        """The characters of a mention of the cleaned text."""
        return self.text[mention.start : mention.end]

    def adding(self, found: Iterable[Mention]) -> Document:
        """A document that has these mentions, too."""
        new: dict[str, list[Mention]] = {}
        for mention in found:
            new.setdefault(mention.label, []).append(mention)
        added = {label: in_order({*mentions, *self.of(label)}) for label, mentions in new.items()}
        return replace(self, mentions={**self.mentions, **added})


def in_order(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Mentions in text order; where several begin, the longest first."""
    return tuple(sorted(mentions, key=lambda m: (m.start, -m.end, m.rule)))


class Finder(Protocol):
    """Reads a document (with the mentions of the finders before it) and adds mentions of its labels."""

    labels: ClassVar[tuple[str, ...]]

    def __call__(self, document: Document) -> Iterable[Mention]:
        """The mentions."""


# --- find and build -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record to be: what was found for which field, nothing interpreted.

    `slots` maps a field of the record to the mentions it is to be read from. `rule` names the rule of the
    trigger.
    """

    kind: str
    trigger: Mention
    slots: Mapping[str, tuple[Mention, ...]]

    @property
    def rule(self) -> str:
        """The id of the rule that found the candidate."""
        return self.trigger.rule


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a candidate became no record."""

    candidate: Candidate
    reason: str


@dataclass(frozen=True, slots=True)
class Built:
    """A record with its candidate narrowed to the mentions that its values were read from."""

    candidate: Candidate
    record: Record


class Resolver(Protocol):
    """Reads mentions in the light of their article; one for each article.

    `anchor` is the article's own date (dateline, else publication), the mention that states it in
    `anchor_mention`; `own_date` is that date as EDTF, coarser where the page states no day.
    """

    document: Document
    anchor: date | None
    anchor_mention: Mention | None
    own_date: str | None

    def dates(
        self, mention: Mention, tense: Literal["past", "present", "future"] = "past"
    ) -> tuple[str, str] | None:
        """First and last day of a date mention as EDTF (equal for a single date); None if it cannot be
        resolved.
        """

    def country_name(self, code: str) -> str:
        """The English short name of an ISO 3166-1 alpha-3 code."""


# --- records ------------------------------------------------------------------------------------------------

CountryCode = Annotated[
    str, Field(pattern=r"^[A-Z]{3}$", description="ISO 3166-1 alpha-3 code; Kosovo is XKX.")
]
EdtfDate = Annotated[
    str,
    Field(
        pattern=r"^(\d{4}|XXXX)(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
        description="EDTF date: 2021-10-27, 2021-10, 2021; XXXX-10-27 with an unknown year.",
    ),
]


class Model(BaseModel):
    """A frozen pydantic model that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Count(Model):
    """A stated number and how the text gives it."""

    value: int = Field(ge=0, description="The number.")
    qualifier: Qualifier = Field(default="exact", description='How it is given: "about", "at least", ...')


class Evidence(Model):
    """Where a field's value stands in the article, and which rule found it."""

    field: str = Field(description="The field of the record that the value belongs to.")
    start: int | None = Field(
        description="Start in the cleaned text; null for what stands outside of it (metadata)."
    )
    end: int | None = Field(description="End (exclusive) in the cleaned text.")
    source_start: int = Field(description="Start in the decoded source text.")
    source_end: int = Field(description="End (exclusive) in the decoded source text.")
    quote: str = Field(description="The characters of the cleaned text (of the source, where start is null).")
    rule: str = Field(description="Id of the rule that found it.")


class Record(Model):
    """What all records have."""

    evidence: tuple[Evidence, ...] = Field(default=(), description="The spans that the values came from.")


class RecordType(Protocol):
    """A kind of record: a package in `pipeline/records` whose `RECORD_TYPE` is one of these."""

    kind: ClassVar[str]  # "conference"
    plural: ClassVar[str]  # "conferences", the key in the output
    schema: ClassVar[type[Record]]

    def find(self, document: Document) -> Iterator[Candidate]:
        """Candidates of an article; one real-world thing is one candidate."""

    def build(self, candidate: Candidate, resolver: Resolver) -> Record | Built | Rejection:
        """Interpret a candidate's mentions."""

    def key(self, record: Any) -> tuple[Any, ...]:
        """What tells two records of one article apart; sorts them in the output."""
