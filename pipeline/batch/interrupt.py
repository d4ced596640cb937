"""Signals that end a run, so that it stops at once and leaves all it did in order."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(KeyboardInterrupt):
    """Somebody wants the run to stop; the next one goes on where it did."""

    def __init__(self, number: int) -> None:
        super().__init__(f"stopped by {signal.Signals(number).name}")
        self.number = number


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise `Interrupted` at the first signal; a second one has the effect that it had before.

    Signals that are ignored stay so (`nohup`); in any thread but the main one, nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {n: signal.getsignal(n) for n in SIGNALS if signal.getsignal(n) is not signal.SIG_IGN}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        restore()
        raise Interrupted(number)

    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        restore()
