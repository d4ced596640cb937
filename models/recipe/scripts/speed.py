"""Words per second of a pipeline, side by side with the same components over spaCy's small default network.

The rival has the same components, labels and hidden widths, but every tok2vec is HashEmbedCNN (width 96,
depth 4, 2,000 rows, no static vectors). Both run over the same articles in turns; the median of the rounds
counts.
"""

from __future__ import annotations

import argparse
import json
import time
from itertools import islice
from pathlib import Path
from statistics import median

import spacy
from news_text import articles
from spacy.language import Language
from spacy.training import Example
from spacy.util import load_config, load_model_from_config
from thinc.api import NumpyOps, set_current_ops

SMALL = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "pretrained_vectors": None,
    "width": 96,
    "depth": 4,
    "embed_size": 2000,
    "window_size": 1,
    "maxout_pieces": 3,
    "subword_features": True,
}


def small_network(value: object) -> object:
    """A component's config with every tok2vec network replaced by SMALL; listeners stay."""
    if not isinstance(value, dict):
        return value
    if value.get("@architectures") == "spacy.Tok2Vec.v2":
        return SMALL
    return {key: small_network(item) for key, item in value.items()}


def rival(path: Path, texts: list[str]) -> Language:
    """An untrained pipeline with SMALL networks; its labels are those that the one at `path` gives to
    `texts`.
    """
    model, config = spacy.load(path), load_config(path / "config.cfg", interpolate=True)
    parts = config["components"].items()
    config["components"] = {name: small_network(part) for name, part in parts}
    config["components"]["parser"]["min_action_freq"] = 1
    config["initialize"]["vectors"] = None
    nlp = load_model_from_config(config)
    nlp.initialize(lambda: [Example(nlp.make_doc(doc.text), doc) for doc in model.pipe(texts)])
    return nlp


def words_per_second(nlp: Language, texts: list[str], batch: int) -> float:
    """Tokens that are no whitespace, per second of processor time (one thread; other jobs matter less)."""
    began = time.process_time()
    words = sum(sum(not token.is_space for token in doc) for doc in nlp.pipe(texts, batch_size=batch))
    return words / (time.process_time() - began)


def measure(path: Path, texts: list[str], rounds: int) -> dict[str, float]:
    """Median words per second of every variant; the variants take turns in each round."""
    runs: dict[str, tuple[Language, int]] = {}
    for kernel, blis in (("numpy", False), ("blis", True)):
        set_current_ops(NumpyOps(use_blis=blis))
        shipped = spacy.load(path)
        runs |= {f"shipped, {kernel}, batch {size}": (shipped, size) for size in (16, 256)}
        if not blis:
            runs["HashEmbedCNN, numpy, batch 16"] = rival(path, texts[:20]), 16
    for nlp, _ in runs.values():
        words_per_second(nlp, texts[:5], 16)
    speeds = [
        {key: words_per_second(nlp, texts, size) for key, (nlp, size) in runs.items()} for _ in range(rounds)
    ]
    return {key: round(median(row[key] for row in speeds)) for key in runs}


def main() -> None:
    """Command line: `speed.py MODEL --news DIR [--out FILE] [--articles N] [--rounds N]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=20, help="taken from each news file")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    texts = [t for f in sorted(args.news.glob("*.jsonl.gz")) for t in islice(articles(f), args.articles)]
    result = measure(args.model, texts, args.rounds)
    for key, value in result.items():
        print(f"{key}: {value} words/s")
    if args.out:
        args.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
