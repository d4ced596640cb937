"""A text as the language model reads it: one sentence at a time, and only those that a rule asks about.

A sentence's analysis depends on nothing but its own words, so it does not matter which others are read. On
news, rules ask for the syntax of one sentence in twelve and for the names of one in nine.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import Literal, cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from thinc.types import Ints2d

from pipeline.annotate.sentences import sentence_starts
from pipeline.base import CleanText, Offsets, Sentence

_SYNTAX: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD"]
# Sentences that are read at once; alone, a sentence costs three times as much as among 64.
_BATCH = 64


class Model:
    """The two halves of a spaCy pipeline: what reads syntax, and what reads names."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        names = {name for name in nlp.pipe_names if "doc.ents" in nlp.get_pipe_meta(name).assigns}
        listened_to = {
            name
            for name, component in nlp.pipeline
            if names.intersection(getattr(component, "listening_components", ()))
        }
        self._no_names = sorted(names)
        self._no_syntax = sorted(set(nlp.pipe_names) - names - listened_to)

    def syntax(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        """The docs with tags, trees and lemmas."""
        return self.nlp.pipe(docs, disable=self._no_names, batch_size=_BATCH)

    def names(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        """The docs with named entities."""
        return self.nlp.pipe(docs, disable=self._no_syntax, batch_size=_BATCH)


class Reading:
    """A cleaned text's tokens and sentences, and what the model says of them, read when it is asked for."""

    def __init__(self, model: Model, clean: CleanText) -> None:
        self._model = model
        self._clean = clean
        self._parsed: set[int] = set()
        self._named: dict[int, tuple[tuple[int, int, str], ...]] = {}

    @cached_property
    def sents(self) -> tuple[Sentence, ...]:
        """The sentences, in text order; a sentence never crosses a zone."""
        spans = (self._doc[start:end] for start, end in self._bounds)
        return tuple(Sentence(span.start_char, span.end_char, span.text) for span in spans)

    def char_span(
        self, start: int, end: int, alignment_mode: Literal["strict", "contract", "expand"] = "strict"
    ) -> Span | None:
        """The tokens at the offsets, with their syntax; None where no tokens fit."""
        span = self._doc.char_span(start, end, alignment_mode=alignment_mode)
        if span is not None:
            self.parse([(start, end)])
        return span

    def has_annotation(self, attribute: str) -> bool:
        """Always true: what is not annotated yet will be, when it is asked for."""
        return True

    def parse(self, places: Iterable[Offsets]) -> None:
        """Read the syntax of the sentences at these offsets, all at once, as far as it is not read yet."""
        new = sorted({i for place in places for i in self._at(*place)} - self._parsed)
        if not new:
            return
        for index, doc in zip(new, self._model.syntax(map(self._alone, new)), strict=True):
            self._analysis[slice(*self._bounds[index])] = doc.to_array(_SYNTAX)
        self._parsed.update(new)
        self._doc.from_array(_SYNTAX, cast("Ints2d", self._analysis))

    def entities(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Offsets and label of the entities in the sentences that overlap [start, end)."""
        wanted = self._at(start, end)
        new = [i for i in wanted if i not in self._named]
        for index, doc in zip(new, self._model.names(map(self._alone, new)), strict=True):
            shift = self.sents[index].start_char
            self._named[index] = tuple((e.start_char + shift, e.end_char + shift, e.label_) for e in doc.ents)
        return (entity for i in wanted for entity in self._named[i])

    @cached_property
    def _doc(self) -> Doc:
        return self._model.nlp.make_doc(self._clean.text)

    @cached_property
    def _bounds(self) -> list[tuple[int, int]]:
        starts = sentence_starts(self._doc, self._clean.zones)
        return list(pairwise((*starts, len(self._doc)))) if starts else []

    @cached_property
    def _analysis(self) -> np.ndarray[tuple[int, int], np.dtype[np.uint64]]:
        return np.zeros((len(self._doc), len(_SYNTAX)), dtype="uint64")

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start_char for sentence in self.sents]

    def _at(self, start: int, end: int) -> range:
        """The sentences that overlap [start, end)."""
        first = max(0, bisect_right(self._starts, start) - 1)
        return range(first, max(first + 1, bisect_right(self._starts, end - 1)) if self._starts else first)

    def _alone(self, index: int) -> Doc:
        """A sentence as a document of its own, not yet analysed."""
        tokens = self._doc[slice(*self._bounds[index])]
        words, spaces = [t.text for t in tokens], [bool(t.whitespace_) for t in tokens]
        return Doc(self._model.nlp.vocab, words=words, spaces=spaces)
