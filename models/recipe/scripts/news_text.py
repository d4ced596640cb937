"""Write the tokenised news, one article a line, that word vectors are trained on.

The text is split with spaCy's English tokeniser (the one the pipeline runs with), paragraphs that an
article repeats are kept once, and nothing else is changed: case and digits carry information for names.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import spacy


def articles(path: Path) -> Iterator[str]:
    """Text of each article of a gzipped JSONL file (`text` field), repeated lines dropped."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            paragraphs = (part.strip() for part in json.loads(line)["text"].splitlines())
            yield "\n".join(dict.fromkeys(part for part in paragraphs if part))


def main() -> None:
    """Command line: `news_text.py --news DIR --out FILE [--limit N]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="articles taken from each file (default: all)")
    args = parser.parse_args()
    tokenizer = spacy.blank("en").tokenizer
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with args.out.open("w", encoding="utf-8") as out:
        for path in sorted(args.news.glob("*.jsonl.gz")):
            for number, text in enumerate(articles(path)):
                if args.limit is not None and number >= args.limit:
                    break
                words = (token.text for token in tokenizer(text) if not token.is_space)
                out.write(" ".join(words) + "\n")


if __name__ == "__main__":
    main()
