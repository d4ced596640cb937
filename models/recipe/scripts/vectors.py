"""Word vectors from co-occurrence counts: shifted positive PMI, reduced by a randomised SVD.

On a corpus of this size (38 million words) count-based vectors are as good as predicted ones, given the same
settings (Levy, Goldberg & Dagan 2015, "Improving distributional similarity"), and take minutes on one core.
Written in word2vec's text form, which `spacy init vectors en TABLE OUT` reads.
"""

from __future__ import annotations

import argparse
from array import array
from collections import Counter
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

WINDOW = 4  # words on either side
SMOOTHING = 0.75  # of the context distribution, Levy et al. section 3.2
CHUNK = 4_000_000  # words counted at once; bounds the memory at about 1 GB


def vocabulary(path: Path, size: int) -> dict[str, int]:
    """The `size` most frequent words, by falling frequency."""
    counts: Counter[str] = Counter()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            counts.update(line.split())
    return {word: number for number, (word, _) in enumerate(counts.most_common(size))}


def numbers(path: Path, words: dict[str, int]) -> NDArray[np.int32]:
    """The text as word numbers; -1 for a word outside the vocabulary and for the end of an article."""
    found = array("i")
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            found.extend(words.get(word, -1) for word in line.split())
            found.append(-1)
    return np.frombuffer(found, dtype=np.int32)


def cooccurrences(text: NDArray[np.int32], rows: int, columns: int) -> sp.csr_matrix:
    """(rows, columns) counts of context words within WINDOW, weighted by 1/distance."""
    total = sp.csr_matrix((rows, columns), dtype=np.float32)
    for start in range(0, len(text), CHUNK):
        part = text[start : start + CHUNK]
        for distance in range(1, WINDOW + 1):
            left, right = part[:-distance], part[distance:]
            for word, context in ((left, right), (right, left)):
                kept = (word >= 0) & (context >= 0) & (context < columns)
                weights = np.full(int(kept.sum()), 1 / distance, dtype=np.float32)
                total += sp.coo_matrix((weights, (word[kept], context[kept])), shape=(rows, columns)).tocsr()
    return total


def positive_pmi(counts: sp.csr_matrix) -> sp.csr_matrix:
    """max(0, log P(w, c) / (P(w) P(c)^SMOOTHING)) of every counted pair."""
    words = np.asarray(counts.sum(axis=1)).ravel()
    contexts = np.asarray(counts.sum(axis=0)).ravel() ** SMOOTHING
    pairs = counts.tocoo()
    ratio = pairs.data * contexts.sum() / (words[pairs.row] * contexts[pairs.col])
    values = np.maximum(np.log(ratio), 0).astype(np.float32)
    matrix = sp.csr_matrix((values, (pairs.row, pairs.col)), shape=counts.shape)
    matrix.eliminate_zeros()
    return matrix


def reduce(matrix: sp.csr_matrix, width: int, rounds: int = 3) -> NDArray[np.float32]:
    """(rows, width) left singular vectors, weighted and of unit length (randomised: Halko et al. 2011)."""
    rng = np.random.default_rng(0)
    basis = rng.standard_normal((matrix.shape[1], width + 16), dtype=np.float32)
    for _ in range(rounds):
        basis, _ = np.linalg.qr(matrix @ basis)
        basis, _ = np.linalg.qr(matrix.T @ basis)
    left, values, _ = np.linalg.svd(matrix @ basis, full_matrices=False)
    vectors = left[:, :width] * np.sqrt(values[:width])
    norms = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return np.asarray(vectors / norms, dtype=np.float32)


def main() -> None:
    """Command line: `vectors.py --text FILE --out FILE [--rows N] [--contexts N] [--width N]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=30_000)
    parser.add_argument("--contexts", type=int, default=8_000)
    parser.add_argument("--width", type=int, default=96)
    args = parser.parse_args()
    words = vocabulary(args.text, args.rows)
    counts = cooccurrences(numbers(args.text, words), len(words), min(args.contexts, len(words)))
    vectors = reduce(positive_pmi(counts), min(args.width, len(words)))
    with args.out.open("w", encoding="utf-8") as out:
        out.write(f"{len(words)} {vectors.shape[1]}\n")
        for word, vector in zip(words, vectors, strict=True):
            out.write(f"{word} {' '.join(f'{value:.4f}' for value in vector)}\n")


if __name__ == "__main__":
    main()
