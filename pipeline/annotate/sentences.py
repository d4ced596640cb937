"""Sentence boundaries by rule.

On agency copy the punctuation is the better guide: a parser trained on web text cuts at commas and colons of
long sentences. With boundaries known beforehand, each sentence is parsed by itself.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from spacy.pipeline import Sentencizer
from spacy.tokens import Doc

from pipeline.base import Zone

#: Tokens after which a sentence is cut, whatever follows: a list without an end has no grammar, and what the
#: rules do with a sentence grows with the square of what is named in it (3,000 names took a minute).
LONGEST = 500

_split = Sentencizer()


def sentence_starts(doc: Doc, zones: tuple[Zone, ...]) -> list[int]:
    """The index of the first token of every sentence, in order.

    A sentence ends at its final punctuation unless a lower-case word follows ("approx. ten"), and at the end
    of a zone, and after `LONGEST` tokens.
    """
    if not len(doc):
        return []
    guesses = _split.predict([doc])[0]
    starts = {i for i, guess in enumerate(guesses) if guess and not (i and doc[i].text[:1].islower())}
    first = np.searchsorted(doc.to_array("IDX"), [zone.start for zone in zones], side="right") - 1
    return _cut(sorted({0, *starts, *first.tolist()}), len(doc))


def _cut(starts: list[int], end: int) -> list[int]:
    """The starts, and those that part what would be too long."""
    return [at for one, other in pairwise([*starts, end]) for at in range(one, other, LONGEST)]
