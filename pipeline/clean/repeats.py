"""Passages that stand in the article twice."""

from __future__ import annotations

import itertools

from pipeline.clean.draft import Draft, Edit, Outcome
from pipeline.clean.sentences import starts
from pipeline.clean.space import PARAGRAPH_BREAK

#: A sentence shorter than this may well be said twice ("Talks will continue on Monday, he said.").
LONGEST_REFRAIN = 80


def repeats(draft: Draft) -> Outcome:
    """Takes out sentences, and the sentences between them, that stood in the same words before."""
    text = draft.text
    bounds = [*starts(text), len(text)]
    seen: set[str] = set()
    edits: list[Edit] = []
    for start, end in itertools.pairwise(bounds):
        sentence = text[start:end].strip()
        in_run = bool(edits) and edits[-1].end == start
        if sentence in seen and (in_run or len(sentence) > LONGEST_REFRAIN):
            edits.append(Edit(start, end, PARAGRAPH_BREAK if text[start:end].endswith("\n") else ""))
        seen.add(sentence)
    return Outcome(edits)
