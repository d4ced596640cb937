"""How fast articles are read, against the language model over the whole texts: `python
tests/benchmarks/speed.py`.

Everything runs in one process on one core, in turns, and each figure is the median of some turns, so that
only ratios are compared. Needs ../shared; nothing here is run by pytest.

    python tests/benchmarks/speed.py ratios            the table of the README
    python tests/benchmarks/speed.py rules             ten times the rules of one type
    python tests/benchmarks/speed.py growth 1000 10000 time and memory as the work grows
    python tests/benchmarks/speed.py startup           seconds to --help, --version and the first article
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(ROOT))

import spacy  # noqa: E402
from thinc.api import NumpyOps, set_current_ops  # noqa: E402

from pipeline.annotate.model import SHIPPED  # noqa: E402
from pipeline.base import Article  # noqa: E402
from pipeline.read import read_article  # noqa: E402
from pipeline.run import Extractor, article_of  # noqa: E402

#: The components that the same work would need over whole texts: NER and parser, and what the parser listens
#: to.
BASELINE = ["tok2vec", "parser", "ner"]


def seconds(work: Callable[[], Any]) -> float:
    """The processor time of a call."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def in_turns(jobs: dict[str, Callable[[], Any]], turns: int) -> dict[str, float]:
    """The median time of each job, all done once in each turn."""
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(turns):
        for name, job in jobs.items():
            taken[name].append(seconds(job))
    return {name: median(times) for name, times in taken.items()}


def news(count: int | None = None) -> list[Article]:
    """So many articles of the news, drawn the same way every time."""
    rows: list[dict[str, str]] = []
    for paper in sorted((SHARED / "news").glob("*.jsonl.gz")):
        with gzip.open(paper, "rt", encoding="utf-8") as lines:
            rows += map(json.loads, lines)
    random.Random(7).shuffle(rows)
    return [article_of(row["text"], row["id"]) for row in islice(rows, count)]


def development(count: int | None = None) -> list[Article]:
    """The articles for development that may be read."""
    folder = SHARED / "dev" / "tune" / "articles"
    return [read_article(path, path.name) for path in islice(sorted(folder.iterdir()), count)]


def model(blis: bool) -> spacy.language.Language:
    """The shipped model as a baseline, with the matrix product that spaCy chooses or with numpy's."""
    set_current_ops(NumpyOps(use_blis=blis))
    path = next(folder for folder in SHIPPED if folder.is_dir())
    return spacy.load(path, exclude=[n for n in spacy.load(path).pipe_names if n not in BASELINE])


def consume(items: Iterable[Any]) -> None:
    for _ in items:
        pass


def extracting(extractor: Extractor, articles: Sequence[Article]) -> None:
    """Each article's records in the form that is written."""
    for article in articles:
        with extractor.annotate.nlp.memory_zone():
            extractor.content(extractor(article))


def ratios(turns: int, count: int) -> Iterator[tuple[str, float]]:
    """(what, ratio): how many times faster than the baselines."""
    default, tuned = model(blis=True), model(blis=False)
    extractor = Extractor()
    for name, articles in (("news", news(count)), ("development", development(count))):
        texts = [article.body.text for article in articles]
        extracting(extractor, articles)  # whatever is made on first use
        found = in_turns(
            {
                "default": lambda texts=texts: consume(default.pipe(texts, batch_size=256)),
                "tuned": lambda texts=texts: consume(tuned.pipe(texts, batch_size=16)),
                "ours": lambda articles=articles: extracting(extractor, articles),
            },
            turns,
        )
        yield f"{name}: model over whole texts, default settings", found["default"] / found["ours"]
        yield f"{name}: model over whole texts, tuned", found["tuned"] / found["ours"]
        yield f"{name}: articles a second", len(articles) / found["ours"]
    yield from _untriggered(extractor, news(10 * count), turns)


def _untriggered(extractor: Extractor, articles: list[Article], turns: int) -> Iterator[tuple[str, float]]:
    """Articles in which no label that a record begins with is found, against cutting them into tokens."""
    documents = [extractor(article).document for article in articles]
    plain = [d.clean for d in documents if not d.of("gathering", "body", "designation", "designation_topic")]
    nlp = extractor.annotate.nlp

    def find() -> None:
        for clean in plain:
            document = extractor.annotate(clean)
            for record_type in extractor.types:
                consume(record_type.find(document))

    found = in_turns({"tokens": lambda: [nlp.make_doc(c.text) for c in plain], "ours": find}, turns)
    yield "articles without a trigger: tokenising", found["tokens"] / found["ours"]


def rules(turns: int, count: int) -> Iterator[tuple[str, float]]:
    """Ten times the patterns of one type, against as many as there are."""
    from pipeline.patterns import PatternSet

    articles = news(count)
    extractor = Extractor()
    extracting(extractor, articles)
    once = in_turns({"once": lambda: extracting(extractor, articles)}, turns)["once"]
    kind = next(t for t in extractor.types if t.kind == "membership")
    patterns: PatternSet = kind._finder._patterns  # type: ignore[attr-defined]
    _multiply(patterns, 10)
    more = in_turns({"more": lambda: extracting(extractor, articles)}, turns)["more"]
    yield f"{len(patterns._rules)} patterns in place of {len(patterns._rules) // 10}", more / once


def _multiply(patterns: Any, times: int) -> None:
    """Add patterns with words of their own: those that are there, each with its longest word respelled."""
    for index in (patterns._index, patterns._unmasked):
        more = [
            [frozenset(_respelled(word, copy) for word in clause) for clause in clauses]
            for copy in range(1, times)
            for clauses in index._clauses
        ]
        index.__init__([*index._clauses, *more])
    patterns._rules = patterns._rules * times


def _respelled(word: str, copy: int) -> str:
    letters = [c for c in word if c.isascii() and c.isalpha()]
    return word.replace("e", "eaiou"[copy % 5]).replace("t", "tpkdb"[copy // 5]) if len(letters) > 3 else word


def growth(sizes: Sequence[int]) -> Iterator[tuple[str, float]]:
    """Milliseconds an article and the process's megabytes after so many articles of one stream."""
    articles, extractor = news(max(sizes)), Extractor()
    done, begun = 0, time.process_time()
    for size in sorted(sizes):
        extracting(extractor, articles[done:size])
        done = size
        yield f"{size} articles: ms an article", (time.process_time() - begun) * 1000 / size
        yield f"{size} articles: MB", _megabytes()


def _megabytes() -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def startup(turns: int) -> Iterator[tuple[str, float]]:
    """Seconds of processor time that commands take."""
    article = next((ROOT / "corpus" / "articles").iterdir())
    for arguments in (["--help"], ["--version"], ["show", str(article)]):
        command = [sys.executable, "-m", "pipeline.cli", *arguments]
        yield " ".join(["communique", *arguments[:1]]), median(_children(command) for _ in range(turns))


def _children(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["ratios", "rules", "growth", "startup"])
    parser.add_argument("sizes", type=int, nargs="*", default=[1000, 10000])
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--articles", type=int, default=250)
    chosen = parser.parse_args()
    figures = {
        "ratios": lambda: ratios(chosen.turns, chosen.articles),
        "rules": lambda: rules(chosen.turns, chosen.articles),
        "growth": lambda: growth(chosen.sizes),
        "startup": lambda: startup(chosen.turns),
    }[chosen.what]()
    print("| what | figure |\n| --- | ---: |")
    for name, figure in figures:
        print(f"| {name} | {figure:.2f} |", flush=True)


if __name__ == "__main__":
    main()
