"""A tiny treebank, named-entity data and news, written for the tests, in the formats of the real ones."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

# form lemma UPOS XPOS head relation
TREES = """
Ministers minister NOUN NNS 2 nsubj
met meet VERB VBD 0 root
in in ADP IN 4 case
Oslo Oslo PROPN NNP 2 obl
. . PUNCT . 2 punct

Kenya Kenya PROPN NNP 2 nsubj
joined join VERB VBD 0 root
the the DET DT 4 det
bloc bloc NOUN NN 2 obj
in in ADP IN 6 case
Lima Lima PROPN NNP 2 obl
. . PUNCT . 2 punct

The the DET DT 3 det
Arctic Arctic PROPN NNP 3 compound
Summit Summit PROPN NNP 5 nsubj
will will AUX MD 5 aux
open open VERB VB 0 root
in in ADP IN 7 case
Oslo Oslo PROPN NNP 5 obl
. . PUNCT . 5 punct

Peru Peru PROPN NNP 2 nsubj
hosted host VERB VBD 0 root
the the DET DT 4 det
talks talk NOUN NNS 2 obj
. . PUNCT . 2 punct
"""
NAMES = (
    ("Ministers met in Oslo .", ((3, 4, "GPE"),), ()),
    ("Kenya joined the bloc in Lima .", ((0, 1, "GPE"), (5, 6, "GPE")), ()),
    ("The Arctic Summit will open in Oslo .", ((0, 3, "EVENT"), (6, 7, "GPE")), ()),
    ("Ada Moyo leads the Lake Commission .", ((0, 2, "PERSON"), (4, 6, "ORG")), ()),
    ("The Norwegian Delta team praised Ada Moyo .", ((1, 2, "NORP"), (5, 7, "PERSON")), ((2, 3, "unknown"),)),
)
NEWS = (
    "Arctic talks\n\nMinisters of nine states met in Oslo for the 12th Arctic Forum on Monday morning.\n",
    "River talks\n\nDelegates from Peru said that the 3rd River Congress was a success for all of them.\n",
)


def treebank(path: Path, copies: int = 10) -> Path:
    """Write TREES as CoNLL-U, `copies` times."""
    lines = ["# newdoc id = tiny"]
    for sentence in TREES.strip().split("\n\n"):
        lines.append("# newpar")
        for number, row in enumerate(sentence.splitlines(), 1):
            form, lemma, upos, xpos, head, relation = row.split()
            lines.append("\t".join((str(number), form, lemma, upos, xpos, "_", head, relation, "_", "_")))
        lines.append("")
    path.write_text("\n".join(lines * copies) + "\n", encoding="utf-8")
    return path


def names(path: Path, copies: int = 10) -> Path:
    """Write NAMES as gzipped JSONL, `copies` times."""
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for text, entities, mask in NAMES * copies:
            tokens = text.split()
            spaces = [number + 2 < len(tokens) for number in range(len(tokens))]
            row = {"tokens": tokens, "spaces": spaces, "ents": entities, "mask": mask, "source": "tiny"}
            out.write(json.dumps(row) + "\n")
    return path


def news(path: Path, copies: int = 10) -> Path:
    """Write NEWS as gzipped JSONL, `copies` times."""
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for text in NEWS * copies:
            out.write(json.dumps({"text": text}) + "\n")
    return path
