"""A small extractor for workers in tests: loaded at once, and obedient to what the article says.

An article is a line of words; the output lists them. Some words are orders: see `ORDERS`. One that ends in
"-once" is obeyed once; files left beside the article tell that it was, and when.
"""

from __future__ import annotations

import ctypes
import os
import re
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.batch.worker import Enter, Extract, Extracted
from pipeline.errors import ModelError, ReadError
from pipeline.read import Item
from pipeline.write import to_json


def crash() -> None:
    ctypes.string_at(0)


def exit_hard() -> None:
    os._exit(3)


def leave() -> None:
    sys.exit(0)


def sleep() -> None:
    time.sleep(10_000)


def endless_regex() -> None:
    re.match(r"(a|a)*b", "a" * 60)


def hog() -> None:
    data = bytearray(64 * 2**30)
    data[:: 2**12] = b"\1" * len(data[:: 2**12])


def grow() -> None:
    kept = []
    while True:
        kept.append(b"\1" * 2**22)


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def defect() -> None:
    raise ZeroDivisionError("unlucky number")


ORDERS: dict[str, Callable[[], None]] = {
    "crash": crash,
    "exit": exit_hard,
    "leave": leave,
    "sleep": sleep,
    "regex": endless_regex,
    "hog": hog,
    "grow": grow,
    "killed": killed,
    "defect": defect,
}


@dataclass(frozen=True)
class Words:
    """A factory. `log` gets a line for each article that is extracted; `broken` is what it says in vain."""

    log: Path | None = None
    seconds: float = 0.0
    broken: str = ""

    def __call__(self) -> Extract:
        if self.broken:
            raise ModelError(self.broken)
        return self.extract

    def extract(self, item: Item, enter: Enter) -> Extracted:
        data = item.payload if isinstance(item.payload, bytes) else Path(item.payload).read_bytes()
        words = data.decode("utf-8", "replace").split()
        if not words:
            raise ReadError(f"{item.id}: holds no text")
        if self.log:
            with self.log.open("a") as log:
                log.write(f"{item.id}\n")
        enter("find")
        time.sleep(self.seconds)
        for word in words:
            self.obey(word, item)
        enter("write")
        output = to_json({"id": item.id, "words": words})
        return Extracted(sha256(data).hexdigest(), output, {"words": len(words)}, 0)

    def obey(self, word: str, item: Item) -> None:
        order, once, _ = word.partition("-once")
        if order not in ORDERS:
            return
        mark = Path(f"{item.payload!s}.mark")
        if not (once and mark.exists()):
            mark.touch()
            with Path(f"{item.payload!s}.times").open("a") as times:
                times.write(f"{time.time()}\n")
            ORDERS[order]()
