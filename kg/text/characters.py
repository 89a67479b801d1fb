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

_HEAD = 4096
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.I)
# Those in which English news is found beside UTF-8. Windows-1252 is what Latin-1 means on the web.
_ENCODINGS = {
    *("windows-1252", "cp1252", "windows-1250", "windows-1251", "windows-1254", "windows-1257"),
    *("iso-8859-2", "iso-8859-5", "iso-8859-9", "iso-8859-15", "koi8-r", "koi8-u", "macintosh"),
    *("gb2312", "gbk", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr", "windows-1255"),
    *("windows-1256", "iso-8859-6", "iso-8859-7", "iso-8859-8", "windows-1253"),
}
# UTF-8 read as Windows-1252: "â€™" for "’", "Ã©" for "é", "Â£" for "£".
_GARBLED = re.compile("â€|[ÃÂÄÅ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff]")
_BLANKS = re.compile(r"[\u00a0\u2007\u202f]")


class NotText(ValueError):
    """The bytes are not text in an encoding that can be told; ``str()`` says why."""


def decode(data: bytes, notice: Notice, declared: str | None = None) -> str:
    """The text of a file: UTF-8, UTF-16 with a byte order mark, or plausible Windows-1252.

    What is none of the first two is read as ``declared`` or as a page says itself. Raises
    ``NotText`` for binary data and for other encodings.
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
    if (text := _as_declared(data, declared)) is not None:
        return text
    if (text := _as_damaged_utf8(data, notice)) is not None:
        return text
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


def _as_declared(data: bytes, declared: str | None) -> str | None:
    """The text in the encoding that a server or the page names, if it is one and fits."""
    if declared is None:
        found = _CHARSET.search(data, 0, _HEAD)
        declared = found.group(1).decode("ascii") if found else None
    if declared is None or declared.lower() not in _ENCODINGS:
        return None
    try:
        return data.decode(declared)
    except UnicodeDecodeError:
        return None


def _as_damaged_utf8(data: bytes, notice: Notice) -> str | None:
    """The text where nearly all that is beyond ASCII is UTF-8, as after a cut in the middle."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if 4 * broken > sum(character > "\x7f" for character in text) - broken:
        return None
    notice(f"{_count(broken, 'place')} not in UTF-8 replaced")
    return text


def mend(text: str, notice: Notice) -> str:
    """The text with letters restored that a wrong encoding garbled ("Ukraineâ€™s").

    Only where that is certain; nothing but a notice where ftfy is not installed.
    """
    if not _GARBLED.search(text):
        return text
    try:
        from ftfy import fix_encoding
    except ImportError:
        notice('looks garbled by a wrong encoding (pip install "geokg[ingest]" to have it mended)')
        return text
    mended: str = fix_encoding(text)
    if mended != text:
        notice("letters garbled by a wrong encoding mended")
    return mended


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
