"""The best dependency tree of a sentence from arc scores (Chu & Liu 1965, Edmonds 1967)."""

from __future__ import annotations

from collections.abc import Sequence

Scores = Sequence[Sequence[float]]


def tree(scores: Scores) -> list[int]:
    """Head of every word, one root. `scores[d][h]` scores head h for word d, `scores[d][d]` d as root.

    The word that is best as root relative to its best other head is made the root; arcs are then a maximum
    spanning arborescence from it. Returns [] for an empty sentence.
    """
    size = len(scores)
    if size < 2:
        return [0] * size
    gain = [row[n] - max(value for h, value in enumerate(row) if h != n) for n, row in enumerate(scores)]
    root = max(range(size), key=gain.__getitem__)
    weights = {(d, h): scores[d][h] for d in range(size) for h in range(size) if d not in (root, h)}
    heads = _arborescence(set(range(size)), root, weights)
    return [heads.get(word, word) for word in range(size)]


def _cycle(heads: dict[int, int], root: int) -> list[int]:
    """The words of one cycle in `heads`, or []."""
    seen = {root}
    for start in heads:
        path: list[int] = []
        word = start
        while word not in seen:
            seen.add(word)
            path.append(word)
            word = heads[word]
        if word in path:
            return path[path.index(word) :]
    return []


def _arborescence(nodes: set[int], root: int, weights: dict[tuple[int, int], float]) -> dict[int, int]:
    best: dict[int, int] = {}
    for (d, h), weight in weights.items():
        if d not in best or weight > weights[d, best[d]]:
            best[d] = h
    cycle = _cycle(best, root)
    if not cycle:
        return best
    inside, new = set(cycle), max(nodes) + 1
    smaller: dict[tuple[int, int], float] = {}
    origin: dict[tuple[int, int], tuple[int, int]] = {}
    for (d, h), weight in weights.items():
        if d in inside and h in inside:
            continue
        if d in inside:
            arc, weight = (new, h), weight - weights[d, best[d]]
        else:
            arc = (d, new) if h in inside else (d, h)
        if arc not in smaller or weight > smaller[arc]:
            smaller[arc], origin[arc] = weight, (d, h)
    found = _arborescence((nodes - inside) | {new}, root, smaller)
    heads = {word: best[word] for word in cycle}
    for d, h in found.items():
        real_d, real_h = origin[d, h]
        heads[real_d] = real_h
    return heads
