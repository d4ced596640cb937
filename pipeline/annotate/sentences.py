"""Sentence boundaries by rule.

On agency copy the punctuation is the better guide: a parser trained on web text cuts at commas and colons of
long sentences. With boundaries known beforehand, each sentence is parsed by itself.
"""

from __future__ import annotations

import numpy as np
from spacy.pipeline import Sentencizer
from spacy.tokens import Doc

from pipeline.base import Zone

_split = Sentencizer()


def sentence_starts(doc: Doc, zones: tuple[Zone, ...]) -> list[int]:
    """The index of the first token of every sentence, in order.

    A sentence ends at its final punctuation unless a lower-case word follows ("approx. ten"), and at the end
    of a zone.
    """
    if not len(doc):
        return []
    guesses = _split.predict([doc])[0]
    starts = {i for i, guess in enumerate(guesses) if guess and not (i and doc[i].text[:1].islower())}
    first = np.searchsorted(doc.to_array("IDX"), [zone.start for zone in zones], side="right") - 1
    return sorted({0, *starts, *first.tolist()})
