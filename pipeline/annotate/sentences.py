"""Sentence boundaries by rule, before the model parses.

On agency copy the punctuation is the better guide: a parser trained on web text cuts at commas and colons of
long sentences. With boundaries set, each sentence is parsed by itself, whatever stands before it.
"""

from __future__ import annotations

from spacy.pipeline import Sentencizer
from spacy.tokens import Doc

from pipeline.base import Zone

_split = Sentencizer()


def set_boundaries(doc: Doc, zones: tuple[Zone, ...]) -> Doc:
    """Mark every token of a document as beginning a sentence or not.

    A sentence ends at its final punctuation unless a lower-case word follows ("approx. ten"), and at the end
    of a zone.
    """
    doc = _split(doc)
    begins = {_token_at(doc, zone.start) for zone in zones}
    for token in doc:
        starts = bool(token.is_sent_start) and not (token.i and token.text[:1].islower())
        token.is_sent_start = starts or token.i in begins
    return doc


def _token_at(doc: Doc, offset: int) -> int:
    span = doc.char_span(offset, offset + 1, alignment_mode="expand")
    return span[0].i if span else 0
