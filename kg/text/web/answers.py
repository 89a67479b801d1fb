"""What an address gave."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave: the last address of its redirects, the kind and the bytes."""

    url: str
    kind: str
    charset: str | None
    content: bytes
