"""Word and PDF files."""

from __future__ import annotations

import io
import logging
import zipfile

from kg.errors import DocumentError
from kg.text.metadata import from_record
from kg.text.readers.packed import READABLE_METHODS, overlapping
from kg.text.readers.pieces import MAX_BYTES, Found, Piece, Settings, Source, missing, too_long

_UNPACKED = 10 * MAX_BYTES
_XML = 16_000_000
_PAGES = 2_000
_TEXT = 1_000_000
_ORIGIN = "file properties"


def read_docx(source: Source, settings: Settings) -> Found:
    """The paragraphs of a Word file, its title from the file's properties."""
    try:
        from docx import Document as WordFile
        from docx.opc.exceptions import OpcError
    except ImportError:
        yield missing(source.name, "a Word file", "python-docx")
        return
    data = source.read()
    if isinstance(data, DocumentError):
        yield data
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if not _harmless(packed, len(data)):
                yield DocumentError(source.name, "unpacks to more than can be text")
                return
        word = WordFile(io.BytesIO(data))
        text = "\n\n".join(p.text for p in word.paragraphs if p.text.strip())
        title = word.core_properties.title
    except (OpcError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as error:
        yield DocumentError(source.name, f"not a Word file that can be read: {error}")
        return
    yield Piece(source.name, text, from_record({"title": title or None}).of(_ORIGIN))


def _harmless(packed: zipfile.ZipFile, size: int) -> bool:
    """Whether the parts of a Word file can be unpacked and parsed in little memory.

    A tree of XML takes many times the room of its text; pictures are not unpacked at all.
    """
    parts = packed.infolist()
    xml = (part for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    return (
        sum(part.file_size for part in parts) <= _UNPACKED
        and sum(part.file_size for part in xml) <= _XML
        and all(part.compress_type in READABLE_METHODS for part in parts)
        and not overlapping(packed, size)
    )


def read_pdf(source: Source, settings: Settings) -> Found:
    """The text layer of a PDF file; a scan has none."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        yield missing(source.name, "a PDF file", "pypdf")
        return
    # It warns of every oddity; what matters is whether there is text.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    data = source.read()
    if isinstance(data, DocumentError):
        yield data
        return
    try:
        reader = PdfReader(io.BytesIO(data))
        if len(reader.pages) > _PAGES:
            yield DocumentError(source.name, f"has more than {_PAGES:,} pages", "split it")
            return
        pages: list[str] = []
        for page in reader.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > _TEXT:
                yield too_long(source.name, "its text", f"{_TEXT:,} characters")
                return
        text = "\n".join(pages)
        title = reader.metadata.title if reader.metadata else None
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        yield DocumentError(source.name, f"not a PDF file that can be read: {error}")
        return
    if not text.strip():
        yield DocumentError(source.name, "has no text layer", "recognise its text (OCR) first")
        return
    known = from_record({"title": str(title) if title else None})
    yield Piece(source.name, text, known.of(_ORIGIN))
