"""Draws records from a random sample of unlabelled news, for a person to read them against their text.

    python tests/wild/sample.py NEWS.jsonl.gz [NEWS.jsonl.gz ...] --articles 2000 --records 200 --seed 7
    --output FILE

Input lines hold `id`, `title`, `date`, `source`, `text`. The output is one block a record: article, record,
and the sentences that its evidence stands in. Records are drawn evenly over the types, as far as there are
enough.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.run import Extractor, Result, article_of


def main() -> None:
    """Read the arguments, extract, draw, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("news", nargs="+", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--records", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    lines = [line for path in options.news for line in _lines(path)]
    blocks: dict[str, list[str]] = defaultdict(list)
    extract = Extractor()
    for line in rng.sample(lines, options.articles):
        for plural, block in _blocks(extract, json.loads(line)):
            blocks[plural].append(block)
    with options.output.open("w", encoding="utf-8") as out:
        counts = ", ".join(f"{len(found)} {plural}" for plural, found in sorted(blocks.items()))
        out.write(f"{options.articles} articles: {counts}\n\n")
        for plural, found in sorted(blocks.items()):
            drawn = rng.sample(found, min(len(found), options.records // len(blocks)))
            out.writelines(f"=== {plural} {n}\n{block}\n\n" for n, block in enumerate(drawn, 1))


def _lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(file)


def _blocks(extract: Extractor, row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    text = f"date {row['date'][:10]} {row['title']}\n\n{row['text']}" if row.get("date") else row["text"]
    result = extract(article_of(text, str(row["id"])))
    for plural, records in result.records.items():
        for record in records:
            yield plural, _block(row, record, result)


def _block(row: dict[str, Any], record: Any, result: Result) -> str:
    filled = record.model_dump(mode="json", exclude={"evidence"}, exclude_defaults=True)
    spans = {(e.start, e.end) for e in record.evidence if e.start is not None}
    sentences = {
        result.document.sentence_at(start).start_char: result.document.sentence_at(start).text
        for start, _ in spans
    }
    told = "\n".join(f"  | {' '.join(text.split())}" for _, text in sorted(sentences.items()))
    heading = f"[{row['id']}] {row['title']} ({(row.get('date') or '')[:10]})"
    return f"{heading}\n{json.dumps(filled, ensure_ascii=False)}\n{told}"


if __name__ == "__main__":
    main()
