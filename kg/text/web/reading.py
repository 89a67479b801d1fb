"""What lies at an address, as pieces of text: a page, a file, the pages of a feed or sitemap."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace
from pathlib import PurePosixPath
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from kg.errors import DocumentError
from kg.text.characters import NotText, decode
from kg.text.metadata import Metadata
from kg.text.pages import is_html
from kg.text.readers import ARTICLES, MAX_BYTES, Found, Piece, Settings, Source, reader_of
from kg.text.readers.feeds import Item, NotAFeed, kind_of_xml, own_text, read_feed
from kg.text.readers.pieces import guarded, missing
from kg.text.web.access import Access
from kg.text.web.answers import Answer
from kg.text.web.cache import Cache
from kg.text.web.fetching import Fetcher, FetchError
from kg.text.web.sitemaps import NotASitemap, read_sitemap

_DEEPEST = 2
"""A sitemap may name sitemaps that name sitemaps, and no more."""
_SINGLE = (".docx", ".eml", ".markdown", ".md", ".pdf")
"""Files that are one document, whose address is theirs."""
_HTML = ("text/html", "application/xhtml+xml")
_EXTRA = "web"


class Web:
    """Reads addresses one after another; a context manager that closes its connections."""

    def __init__(self, access: Access, fetcher: Fetcher | None = None) -> None:
        cache = Cache(access.cache) if access.cache else None
        self._fetcher = fetcher or Fetcher(access.allow_private, cache)
        self._most = self._left = access.most
        self._seen: set[str] = set()

    def __enter__(self) -> Self:
        self._fetcher.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._fetcher.__exit__(kind, error, trace)

    def read(self, address: str, settings: Settings) -> Found:
        """What an address gives: one page or file, or all that a feed or sitemap names."""
        self._left = self._most
        answer = self._answer(address)
        if isinstance(answer, DocumentError):
            yield answer
        elif kind := _xml_kind(answer):
            yield from self._linked(answer, kind, settings, depth=0)
        else:
            yield from _contents(answer, Metadata(), settings)

    def _answer(self, address: str) -> Answer | DocumentError:
        try:
            answer = self._fetcher.get(address)
            return replace(answer, content=_unpacked(answer.content))
        except ImportError as error:
            return missing(address, "an address", error.name or "httpx", _EXTRA)
        except FetchError as error:
            return DocumentError(address, str(error))

    def _linked(self, answer: Answer, kind: str, settings: Settings, depth: int) -> Found:
        further: tuple[str, ...] = ()
        try:
            if kind == "feed":
                items = list(read_feed(answer.content, answer.url))
            else:
                sitemap = read_sitemap(answer.content)
                items = [Item(page.address, page.known, "") for page in sitemap.pages]
                further = sitemap.sitemaps
        except ImportError as error:
            yield missing(answer.url, f"a {kind}", error.name or "feedparser", _EXTRA)
            return
        except (NotAFeed, NotASitemap) as error:
            yield DocumentError(answer.url, str(error))
            return
        if not items and not further:
            yield DocumentError(answer.url, f"a {kind} without entries")
        for number, item in enumerate(items):
            if self._left == 0:
                more = f"{len(items) - number} more pages of this {kind}"
                settings.tell(answer.url, f"{more} not read (--most-pages)")
                return
            self._left -= 1
            yield from self._item(item, settings)
        if further and depth == _DEEPEST:
            yield DocumentError(answer.url, "sitemaps in sitemaps in sitemaps")
            return
        for address in further:
            yield from self._further(address, settings, depth + 1)

    def _further(self, address: str, settings: Settings, depth: int) -> Found:
        if address in self._seen or self._left == 0:
            return
        self._seen.add(address)
        answer = self._answer(address)
        if isinstance(answer, DocumentError):
            yield answer
        elif _xml_kind(answer) == "sitemap":
            yield from self._linked(answer, "sitemap", settings, depth)
        else:
            yield DocumentError(address, "is not a sitemap")

    def _item(self, item: Item, settings: Settings) -> Found:
        """The page of an item, or the item's own text where the page cannot be had."""
        if item.address is None:
            yield own_text(item, "an item without an address")
            return
        if item.address in self._seen:
            return
        self._seen.add(item.address)
        answer = self._answer(item.address)
        if isinstance(answer, Answer):
            yield from _contents(answer, replace(item.known, url=None), settings)
            return
        piece = own_text(item, answer.problem)
        if isinstance(piece, Piece):
            settings.tell(item.address, f"{answer.problem}; the text in the feed is read instead")
            yield piece
        else:
            yield answer


def _contents(answer: Answer, hints: Metadata, settings: Settings) -> Found:
    """The page or file that came."""
    suffix = PurePosixPath(urlsplit(answer.url).path).suffix.lower()
    reader = reader_of(suffix)
    if reader is not None and suffix not in ARTICLES and answer.kind not in _HTML:
        data = answer.content
        source = Source(answer.url, suffix, lambda: io.BytesIO(data), len(data))
        for found in guarded(reader, source, settings):
            if suffix in _SINGLE and isinstance(found, Piece):
                yield replace(found, hints=hints, address=answer.url)
            else:
                yield found
        return
    if answer.kind not in (*_HTML, "text/plain", ""):
        yield DocumentError(answer.url, f"of a kind that is not read ({answer.kind[:60]})")
        return
    try:
        text = decode(answer.content, lambda line: settings.tell(answer.url, line), answer.charset)
    except NotText as error:
        yield DocumentError(answer.url, str(error))
        return
    page = answer.kind in _HTML or is_html(text)
    yield Piece(answer.url, text, page=page, hints=hints, address=answer.url)


def _xml_kind(answer: Answer) -> str | None:
    return None if answer.kind in _HTML else kind_of_xml(answer.content)


def _unpacked(content: bytes) -> bytes:
    """A sitemap is often a .gz file; anything else stays as it is."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    unpacking = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        inside = unpacking.decompress(content, MAX_BYTES + 1)
    except zlib.error:
        return content
    return inside if kind_of_xml(inside) and len(inside) <= MAX_BYTES else content
