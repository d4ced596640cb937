"""Gold files: validated when loaded, drafted from the program's output, accepted once corrected."""

from __future__ import annotations

from .drafts import accept_gold, init_gold
from .validate import Problem, check_gold, check_gold_folder, load_gold, require_gold

__all__ = [
    "Problem",
    "accept_gold",
    "check_gold",
    "check_gold_folder",
    "init_gold",
    "load_gold",
    "require_gold",
]
