"""Word and PDF files."""

from __future__ import annotations

import io
import logging
import zipfile

from kg.errors import DocumentError
from kg.text.metadata import from_record
from kg.text.readers.pieces import MAX_BYTES, Found, Piece, Settings, Source, missing

_UNPACKED = 10 * MAX_BYTES
_PAGES = 2_000


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
            if sum(member.file_size for member in packed.infolist()) > _UNPACKED:
                yield DocumentError(source.name, "unpacks to more than can be text")
                return
        word = WordFile(io.BytesIO(data))
        text = "\n\n".join(p.text for p in word.paragraphs if p.text.strip())
        title = word.core_properties.title
    except (OpcError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as error:
        yield DocumentError(source.name, f"not a Word file that can be read: {error}")
        return
    yield Piece(source.name, text, from_record({"title": title or None}))


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
        text = "\n".join(page.extract_text() for page in reader.pages)
        title = reader.metadata.title if reader.metadata else None
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        yield DocumentError(source.name, f"not a PDF file that can be read: {error}")
        return
    if not text.strip():
        yield DocumentError(source.name, "has no text layer", "recognise its text (OCR) first")
        return
    yield Piece(source.name, text, from_record({"title": str(title) if title else None}))
