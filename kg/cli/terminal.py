"""What goes to a person: messages, progress, and text that cannot play tricks on a terminal.

Articles come from strangers. An escape sequence in one could recolour, overwrite or even
type into the terminal it is printed on, and a bidirectional mark can make a line read
backwards; both are shown as codes instead.
"""

from __future__ import annotations

import io
import json
import re
import sys
from typing import Any

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
_LONE = re.compile("[\ud800-\udfff]")


def use_utf8() -> None:
    """Read and write UTF-8 whatever the locale; a terminal keeps its encoding."""
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors=errors)


def visible(text: str) -> str:
    """The text with control characters, bidi marks and lone surrogates written as codes."""
    text = _UNSAFE.sub(lambda match: f"\\x{ord(match.group()):02x}", text)
    return _LONE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """``visible`` text on a single line."""
    return visible(text).replace("\n", "\\n").replace("\t", " ")


def json_line(value: Any) -> str:
    """The value as one line of JSON; characters that a terminal acts upon are JSON escapes."""
    packed = json.dumps(value, ensure_ascii=False)
    return re.sub(
        f"{_UNSAFE.pattern}|{_LONE.pattern}",
        lambda match: f"\\u{ord(match.group()):04x}",
        packed,
    )


def error(text: str) -> None:
    """One line on standard error about what stopped the command."""
    _say(f"kg: error: {one_line(text)}")


def skipped(text: str) -> None:
    """One line on standard error about a document that was left out."""
    _say(f"kg: skipped: {one_line(text)}")


def note(text: str) -> None:
    """One line on standard error that is good to know and harmless."""
    _say(f"kg: note: {one_line(text)}")


def say(text: str) -> None:
    """One line on standard error, such as a summary."""
    _say(visible(text))


class Progress:
    """A line that counts on a terminal and does nothing anywhere else."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def show(self, text: str) -> None:
        """Put ``text`` in the place of what was shown before."""
        if self._shown:
            sys.stderr.write(f"\r\x1b[K{one_line(text)}")
            sys.stderr.flush()

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _say(line: str) -> None:
    clear = "\r\x1b[K" if sys.stderr.isatty() else ""
    # Python's standard error writes what its encoding lacks as codes.
    sys.stderr.write(f"{clear}{line}\n")
    sys.stderr.flush()
