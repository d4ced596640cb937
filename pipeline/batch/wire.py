"""Messages between a run and its workers, over a socket that is never waited for without end."""

from __future__ import annotations

import pickle
import socket
from time import monotonic
from typing import Any

_LENGTH = 8  # bytes


def send(channel: socket.socket, message: Any, timeout: float | None = None) -> None:
    """Send an object.

    Raises:
        TimeoutError: the other side does not take it within `timeout` seconds.
        OSError: there is no other side.
    """
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    channel.settimeout(timeout)
    channel.sendall(len(data).to_bytes(_LENGTH) + data)


def receive(channel: socket.socket, timeout: float | None = None) -> Any:
    """The object that the other side sends.

    Raises:
        TimeoutError: it did not come whole within `timeout` seconds.
        EOFError, OSError: there is no other side any more.
    """
    end = None if timeout is None else monotonic() + timeout
    length = int.from_bytes(_read(channel, _LENGTH, end))
    return pickle.loads(_read(channel, length, end))


def _read(channel: socket.socket, length: int, end: float | None) -> bytearray:
    data = bytearray(length)
    rest = memoryview(data)
    while rest:
        channel.settimeout(None if end is None else max(end - monotonic(), 0.001))
        if not (read := channel.recv_into(rest)):
            raise EOFError("the other side is gone")
        rest = rest[read:]
    return data
