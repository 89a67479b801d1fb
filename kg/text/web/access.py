"""Addresses among the inputs of a command, and how they may be fetched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MOST = 500
"""So many pages of one feed or sitemap are read unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Access:
    """How addresses are fetched.

    ``allow_private`` lets this machine and its network be asked, ``cache`` is a folder that
    keeps answers for the next run, ``most`` bounds the pages of one feed or sitemap.
    """

    allow_private: bool = False
    cache: Path | None = None
    most: int = MOST


class Address(str):
    """An address that is to be fetched in its own way; a plain ``str`` is fetched as usual."""

    access: Access

    def __new__(cls, url: str, access: Access) -> Address:
        made = super().__new__(cls, url)
        made.access = access
        return made

    def __getnewargs__(self) -> tuple[str, Access]:  # type: ignore[override]
        return str(self), self.access


def is_address(given: object) -> bool:
    """Whether an input is an address: it begins with http:// or https://."""
    return isinstance(given, str) and given[:8].lower().startswith(("http://", "https://"))
