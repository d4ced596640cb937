"""Train floret word vectors (hashed sub-word vectors) on tokenised text and save the floret table.

`spacy init vectors en TABLE OUT --mode floret` then turns the table into a spaCy vocabulary.
Method: Joulin et al. 2017 (fastText CBOW) with Bloom-embedded n-grams (explosion/floret).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import floret


def main() -> None:
    """Command line: `vectors.py --text FILE --out FILE [--rows N] [--width N] [--epochs N]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=30_000)
    parser.add_argument("--width", type=int, default=96)
    parser.add_argument("--epochs", type=int, default=3)
    args = parser.parse_args()
    model = floret.train_unsupervised(
        str(args.text), model="cbow", mode="floret", hashCount=2, bucket=args.rows, minn=4, maxn=5,
        dim=args.width, epoch=args.epochs, minCount=5, neg=10, lr=0.05, thread=1,
    )  # fmt: skip
    model.save_floret_vectors(str(args.out))


if __name__ == "__main__":
    main()
