"""Bytes to text: encodings guessed with care, and characters that break programs replaced.

Whatever leaves this module can be encoded as UTF-8 and holds no control characters
except line breaks and tabs.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

Notice = Callable[[str], None]
"""Takes one line about something that was repaired or left out without being an error."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FOREIGN_SHARE = 0.2
"""English text in Windows-1252 has few bytes beyond ASCII; Cyrillic or binary data has many."""

_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff]")
_BLANKS = re.compile(r"[\u00a0\u2007\u202f]")


class NotText(ValueError):
    """The bytes are not text in an encoding that can be told; ``str()`` says why."""


def decode(data: bytes, notice: Notice) -> str:
    """The text of a file: UTF-8, UTF-16 with a byte order mark, or plausible Windows-1252.

    Raises ``NotText`` for binary data and for other encodings.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data[len(bom) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise NotText(
                    f"begins like {encoding.upper()} but is not: {error.reason}"
                ) from None
    if b"\0" in data:
        raise NotText("is a binary file")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        position = error.start
    foreign = sum(byte >= 0x80 for byte in data)
    if foreign <= _FOREIGN_SHARE * len(data) and not _has_controls(data):
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            pass
        else:
            notice("not UTF-8, read as Windows-1252")
            return text
    raise NotText(f"is not UTF-8 text (byte {position})")


def _has_controls(data: bytes) -> bool:
    return any(byte < 0x20 and byte not in b"\t\n\r\x0c\x1a" for byte in data)


def normalise(text: str, notice: Notice) -> str:
    """Text of a file made regular: ``\\n`` ends lines, blanks are blanks, nothing is invisible."""
    text = _BREAKS.sub("\n", text)
    text = _INVISIBLE.sub("", _BLANKS.sub(" ", text))
    return _replace(text, notice)


def keep_offsets(text: str, notice: Notice) -> str:
    """Text of another program made harmless one character for one, so that offsets stay its own."""
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    text = _BLANKS.sub(" ", re.sub(r"[\x0b\x0c\x85\u2028\u2029]", "\n", text))
    return _replace(text, notice)


def _replace(text: str, notice: Notice) -> str:
    text, controls = _CONTROLS.subn(" ", text)
    text, surrogates = _SURROGATES.subn("\ufffd", text)
    if controls:
        notice(f"{_count(controls, 'control character')} replaced by blanks")
    if surrogates:
        notice(f"{_count(surrogates, 'half character')} (lone surrogates) replaced")
    return text


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
