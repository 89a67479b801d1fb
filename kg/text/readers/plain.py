"""Single articles: plain text, pages, Markdown, mail."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import cast

from kg.errors import DataError, DocumentError
from kg.resources import parse_yaml
from kg.text.characters import NotText, decode
from kg.text.metadata import FIELDS, Metadata, from_record, read_sidecar, sidecar_of
from kg.text.pages import is_html
from kg.text.readers.pieces import Found, Piece, Settings, Source, missing

_PAGES = {".html", ".htm", ".xhtml"}
_PART = re.compile(rb"^content-type[ \t]*:", re.I | re.M)
_PARTS = 500
_LONGEST_HEADER = 1_000
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*\n", re.S)


class _Bounded(policy.EmailPolicy):
    """Mail headers cut to a length that their grammar is read in at once.

    Python's parser of headers takes a time that grows with the square of their length, and more.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Name and value of a header as it stands in the message."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


def read_article(source: Source, settings: Settings) -> Found:
    """The one document of a text file or page, with the metadata of its sidecar."""
    text = _decoded(source, settings)
    if isinstance(text, DocumentError):
        yield text
        return
    try:
        sidecar = sidecar_of(source.path) if source.path else None
        known = read_sidecar(sidecar) if sidecar else Metadata()
    except DataError as error:
        name = source.name.rpartition("/")[2]
        yield DocumentError(str(error), f"so {name} was left out", "mend or remove it")
        return
    page = source.suffix in _PAGES or is_html(text)
    if page and source.suffix not in _PAGES:
        settings.tell(source.name, "is HTML, read as a page")
    yield Piece(source.name, text, known, page=page)


def read_markdown(source: Source, settings: Settings) -> Found:
    """The one document of a Markdown file; front matter in YAML is its metadata."""
    try:
        from markdown_it import MarkdownIt
    except ImportError:
        yield missing(source.name, "Markdown", "markdown-it-py")
        return
    text = _decoded(source, settings)
    if isinstance(text, DocumentError):
        yield text
        return
    text = text.replace("\r\n", "\n")
    known = Metadata()
    front = _FRONT_MATTER.match(text)
    if front:
        text = text[front.end() :]
        try:
            record = parse_yaml(front.group(1), source.name)
            if isinstance(record, dict):
                # Lists are left out; a small one can hold itself so often that it fills any memory.
                plain = {k: v for k, v in record.items() if k in FIELDS and isinstance(v, str)}
                known = from_record(plain)
                known = known.of("front matter")
        except (DataError, ValueError, RecursionError) as error:
            settings.tell(source.name, f"front matter not used: {error}")
    # Raw HTML inside Markdown is dropped by the reader of pages like any other markup.
    yield Piece(source.name, MarkdownIt("commonmark").render(text), known, page=True)


def read_mail(source: Source, settings: Settings) -> Found:
    """The body of a message, with subject, sender and day; attachments are left out."""
    data = source.read()
    if isinstance(data, DocumentError):
        yield data
        return
    if len(_PART.findall(data)) > _PARTS:
        yield DocumentError(source.name, f"a mail message of more than {_PARTS:,} parts")
        return
    try:
        message = cast(EmailMessage, message_from_bytes(data, policy=_Bounded()))
        body = message.get_body(preferencelist=("plain", "html"))
        text = body.get_content() if body is not None else ""
        day = message["date"].datetime.date() if message["date"] else None
        subject, sender = str(message["subject"] or ""), str(message["from"] or "")
        attached = sum(1 for _ in message.iter_attachments())
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        yield DocumentError(source.name, f"not a mail message that can be read: {error}")
        return
    if not (message["from"] or message["subject"] or message["date"]):
        yield DocumentError(source.name, "not a mail message: it has no header")
        return
    if attached:
        settings.tell(source.name, f"attachments not read: {attached}")
    name, address = parseaddr(sender)
    known = from_record({"title": subject or None, "source": name or address or None})
    known = Metadata(date=day).over(known).of("mail header")
    page = body is not None and body.get_content_type() == "text/html"
    yield Piece(source.name, text, known, page=page or is_html(text))


def _decoded(source: Source, settings: Settings) -> str | DocumentError:
    data = source.read()
    if isinstance(data, DocumentError):
        return data
    try:
        return decode(data, lambda line: settings.tell(source.name, line))
    except NotText as error:
        return DocumentError(source.name, str(error), "save it as UTF-8 text")
