"""What pages in one file have in common: parts, hashes for their policy, and filling in."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Mapping
from pathlib import Path

from kg.resources import resource_path

_SLOT = re.compile(r"\{\{(\w+)\}\}")


def part(path: Path) -> str:
    """A packaged part of a page."""
    # A browser turns CRLF into LF before it hashes: so do we, wherever git put CRs.
    return path.read_text(encoding="utf-8").replace("\r\n", "\n")


def source_hash(code: str) -> str:
    """The source expression by which a Content-Security-Policy allows a script or style."""
    digest = hashlib.sha256(code.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def writable(text: str) -> str:
    """The text without lone surrogates, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def head(policy: str, title: str, style: str) -> str:
    """The beginning of a page up to its body."""
    slots = {"policy": policy, "title": html.escape(writable(title)), "style": style}
    return fill(part(resource_path("graph/page/head.html")), slots)


def fill(template: str, slots: Mapping[str, str]) -> str:
    """The template with each ``{{name}}`` replaced; what is filled in is not looked at again."""
    return _SLOT.sub(lambda slot: slots[slot[1]], template)
