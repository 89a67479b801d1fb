"""How the endpoint and its working processes talk: a task as a line, the answer in frames.

A frame is a letter, a length and so many bytes: ``h`` the head of the answer (JSON), ``d`` a
piece of its body, ``e`` an error (JSON), ``z`` the end; ``r`` says once that a process is there
to work. Pieces are small, so that an answer of
any size passes through little memory, and a pipe that is full makes the sender wait.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

HEAD, DATA, ERROR, END, READY = b"h", b"d", b"e", b"z", b"r"
PIECE = 65_536
"""Bytes of a piece; what is smaller is one, so that its errors still become a status."""

_FRAME = struct.Struct(">cI")
FRAME_SIZE = _FRAME.size


def unpack(header: bytes) -> tuple[bytes, int]:
    """The letter and the length of a frame."""
    kind, size = _FRAME.unpack(header)
    return kind, size


class Sender:
    """The writing end: a binary file whose content leaves in frames, after a head."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe
        self._head: dict[str, Any] = {}
        self._begun = False
        self._pending = bytearray()

    def ready(self) -> None:
        """Say that tasks can come."""
        self._send(READY, b"")

    def head(self, **fields: Any) -> None:
        """What the answer is; it leaves with the first piece."""
        self._head = fields

    def write(self, data: bytes) -> int:
        """Take bytes of the body; they leave when enough have come together."""
        self._pending += data
        if len(self._pending) >= PIECE:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Send what has come together."""
        if not self._pending:
            return
        self._begin()
        self._send(DATA, bytes(self._pending))
        self._pending.clear()

    def end(self) -> None:
        """Send the rest and the end."""
        self._begin()
        self.flush()
        self._send(END, b"")

    def error(self, status: int, message: str, **fields: Any) -> None:
        """Send an error instead of the answer, or in the middle of it."""
        self._pending.clear()
        self._send(ERROR, json.dumps({"status": status, "message": message, **fields}).encode())

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._send(HEAD, json.dumps(self._head).encode())

    def _send(self, kind: bytes, data: bytes) -> None:
        self._pipe.write(_FRAME.pack(kind, len(data)) + data)
        self._pipe.flush()
