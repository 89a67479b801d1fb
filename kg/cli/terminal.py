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
import time
from collections import deque
from collections.abc import Callable
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
        self.shown = sys.stderr.isatty()

    def show(self, text: str) -> None:
        """Put ``text`` in the place of what was shown before."""
        if self.shown:
            sys.stderr.write(f"\r\x1b[K{one_line(text)}")
            sys.stderr.flush()

    def end(self) -> None:
        """Take the line away."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


class Pace:
    """How fast something is done of late, and how long the rest will take.

    ``before`` of the ``total`` were done before it began; the total may be unknown.
    """

    _WINDOW = 60.0  # seconds that "of late" means

    def __init__(
        self, total: int | None, before: int = 0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._total = total
        self._before = before
        self._clock = clock
        self._seen = deque([(clock(), before)])

    def at(self, done: int) -> str:
        """What is known of the pace when so much is done; empty at first."""
        now = self._clock()
        if done <= self._before:
            return ""
        self._seen.append((now, done))
        while len(self._seen) > 2 and self._seen[1][0] < now - self._WINDOW:
            self._seen.popleft()
        since, before = self._seen[0]
        if now - since < 1:
            return ""
        rate = (done - before) / (now - since)
        text = f", {rate:.1f} a second"
        if self._total is not None and self._total > done:
            text += f", {_duration((self._total - done) / rate)} left"
        return text


def _duration(seconds: float) -> str:
    """A length of time in its two largest units."""
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 1:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{minutes} min {rest} s" if hours < 1 else f"{hours} h {minutes} min"


def _say(line: str) -> None:
    clear = "\r\x1b[K" if sys.stderr.isatty() else ""
    # Python's standard error writes what its encoding lacks as codes.
    sys.stderr.write(f"{clear}{line}\n")
    sys.stderr.flush()
