"""Label event names in unlabelled news by rule, as one more source for the entity recogniser.

The annotated sources hold battles, elections and sports, hardly any conference. News is full of them, and a
capitalised run headed by "Summit" or an ordinal with "Congress" names one. Every other capitalised word of
the sentence is marked unknown, so that it teaches events only. Written in the JSONL form of the other
sources.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import spacy
from news_text import articles
from spacy.language import Language
from spacy.tokens import Doc, Span

JOINERS = frozenset(("of", "the", "for", "and", "on", "&", "-", "–", "in"))
NUMBERED = re.compile(r"\d+(st|nd|rd|th)|(19|20)\d\d|First|Second|Third|[IVX]{2,}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Heads:
    """Head nouns that make a capitalised run an event: always, or when it is numbered."""

    sure: frozenset[str]
    numbered: frozenset[str]

    @classmethod
    def load(cls, path: Path) -> Heads:
        """Read the two lists of a TOML file; KeyError names a list that is absent."""
        with path.open("rb") as file:
            data = tomllib.load(file)
        return cls(frozenset(data["sure"]), frozenset(data["numbered"]))


def _in_name(word: str) -> bool:
    return word[:1].isupper() or NUMBERED.fullmatch(word) is not None


def runs(words: list[str]) -> Iterator[tuple[int, int]]:
    """Maximal runs of capitalised words, ordinals and years, with joining words inside."""
    start = end = -1
    for number, word in enumerate((*words, "")):
        if _in_name(word):
            start, end = (number if start < 0 else start), number + 1
        elif start >= 0 and (not word or word not in JOINERS):
            yield start, end
            start = -1


def event(words: list[str], start: int, end: int, heads: Heads) -> tuple[int, int] | None:
    """The event name in the run `words[start:end]`: up to its head noun, and "on/for/of X" behind it."""
    while end - start > 1 and (words[start] == "The" or words[start + 1] == "the"):
        start += 1
    positions = [n for n in range(start + 1, end) if words[n] in heads.sure | heads.numbered]
    if not positions or "in" in words[start : positions[0]]:
        return None
    head = positions[0]
    numbered = any(NUMBERED.fullmatch(word) for word in words[start:end])
    if words[head] not in heads.sure and not numbered:
        return None
    tail = words[head + 1 : end]
    if tail and tail[0] not in ("on", "for", "of") and not NUMBERED.fullmatch(tail[0]):
        return start, head + 1
    cut = next((n for n, word in enumerate(tail) if word in ("in", "-", "–") or word == "and"), len(tail))
    return start, head + 1 + cut


def label(sentence: Span, heads: Heads) -> dict[str, object] | None:
    """One JSONL record, or None if the sentence names no event or looks like a headline."""
    words = [token.text for token in sentence]
    capital = sum(word[:1].isupper() for word in words)
    if not 6 <= len(words) <= 60 or capital > len(words) / 2:
        return None
    found = [span for run in runs(words) if (span := event(words, *run, heads))]
    if not found:
        return None
    inside = {n for start, end in found for n in range(start, end)}
    unknown = [n for n, word in enumerate(words) if _in_name(word) and n not in inside]
    return {
        "tokens": words,
        "spaces": [bool(token.whitespace_) for token in sentence],
        "ents": [[start, end, "EVENT"] for start, end in found],
        "mask": [[n, n + 1, "unlabelled"] for n in unknown],
        "source": "news_events",
    }


def sentences(nlp: Language, text: str, heads: Heads) -> Iterator[Span]:
    """Sentences, by punctuation, of the paragraphs in which a head noun stands."""
    for paragraph in text.splitlines():
        if not (heads.sure | heads.numbered).isdisjoint(paragraph.split()):
            doc: Doc = nlp(paragraph)
            yield from doc.sents


def main() -> None:
    """Command line: `events.py --news DIR --heads TOML --out FILE.jsonl.gz [--limit N] [--share S]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--heads", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=6_000, help="sentences taken from each news file")
    parser.add_argument("--share", type=float, default=1.0, help="share of the articles that are looked at")
    args = parser.parse_args()
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    heads, rng = Heads.load(args.heads), Random(0)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(args.out, "wt", encoding="utf-8") as out:
        for path in sorted(args.news.glob("*.jsonl.gz")):
            left = args.limit
            for text in articles(path):
                if left <= 0 or rng.random() > args.share:
                    continue
                records = filter(None, (label(sentence, heads) for sentence in sentences(nlp, text, heads)))
                for record in records:
                    out.write(json.dumps(record, ensure_ascii=False) + "\n")
                    left -= 1


if __name__ == "__main__":
    main()
