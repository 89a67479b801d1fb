"""RSS and Atom feeds: the items with their addresses, days, titles and texts."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urljoin

from kg.errors import DocumentError
from kg.text.metadata import Metadata
from kg.text.pagemeta import one_line
from kg.text.readers.pieces import Found, Piece, Settings, Source, missing

_ROOT = re.compile(rb"<(?:[a-z]{1,10}:)?(rss|feed|rdf|urlset|sitemapindex)[\s>]", re.I)
_ENTITY = re.compile(rb"<!ENTITY", re.I)
_HEAD = 4_000
_SHORTEST = 40
"""Characters of an item's own text below which it says nothing."""


class NotAFeed(ValueError):
    """The bytes are no feed that can be read; ``str()`` says why."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: where its page is, what the feed says of it, and the text it gives itself."""

    address: str | None
    known: Metadata
    text: str


def read_feed_file(source: Source, settings: Settings) -> Found:
    """The items of a feed that lies in a file, with the texts that it holds; nothing is fetched."""
    data = source.read()
    if isinstance(data, DocumentError):
        yield data
        return
    if kind_of_xml(data) != "feed":
        hint = "give the address of a sitemap, not the file" if kind_of_xml(data) else ""
        yield DocumentError(source.name, "not an RSS or Atom feed", hint)
        return
    try:
        items = list(read_feed(data, None))
    except ImportError:
        yield missing(source.name, "a feed", "feedparser", "web")
        return
    except NotAFeed as error:
        yield DocumentError(source.name, str(error))
        return
    if not items:
        yield DocumentError(source.name, "a feed without entries")
    for item in items:
        problem = f"{source.name} has no text of it; give the feed's address to have it fetched"
        yield own_text(item, problem)


def own_text(item: Item, problem: str) -> Piece | DocumentError:
    """The text that a feed gives an item itself, or ``problem`` where it says next to nothing."""
    name = item.address or item.known.title or "an item"
    if len(item.text) < _SHORTEST:
        return DocumentError(name, problem)
    head = f"<h1>{html.escape(item.known.title)}</h1>" if item.known.title else ""
    return Piece(name, f"{head}<div>{item.text}</div>", item.known, page=True)


def kind_of_xml(content: bytes) -> str | None:
    """ "feed" or "sitemap" by the first element of an XML file, None for anything else."""
    head = content[:_HEAD].replace(b"\0", b"")
    root = _ROOT.search(head)
    if root is None or re.search(rb"<html[\s>]", head[: root.start()], re.I):
        return None
    return "sitemap" if root.group(1).lower() in (b"urlset", b"sitemapindex") else "feed"


def read_feed(content: bytes, address: str | None) -> Iterator[Item]:
    """The items in their order; raises ``NotAFeed``, ``ImportError`` without feedparser.

    ``address`` is where the feed lies: links may be relative to it.
    """
    import feedparser

    if _ENTITY.search(content.replace(b"\0", b"")):  # in UTF-16 every second byte is none
        raise NotAFeed("defines entities of its own, which no feed needs")
    # As a stream: feedparser would take bytes that look like a path or address for one.
    # The markup is left as it is: the reader of pages takes it out.
    stream = io.BytesIO(content)
    feed = feedparser.parse(stream, sanitize_html=False, resolve_relative_uris=False)
    if feed.bozo and not feed.entries:
        raise NotAFeed(f"not a feed that can be read: {feed.bozo_exception}"[:200])
    channel = one_line(feed.feed.get("title"))
    lang = one_line(feed.feed.get("language") or feed.get("language"))
    for entry in feed.entries:
        yield _item(entry, address, channel, lang)


def _item(entry: Mapping[str, Any], base: str | None, channel: str | None, lang: Any) -> Item:
    link = one_line(entry.get("link"))
    if link and base:
        link = urljoin(base, link)
    publisher = entry.get("source") or {}
    known = Metadata(
        title=one_line(_plain(entry.get("title"))),
        date=_day(entry),
        source=one_line(publisher.get("title")) or channel,
        url=link,
        lang=lang.lower() if lang else None,
        author=one_line(entry.get("author")),
    )
    contents = [part.get("value") or "" for part in entry.get("content") or ()]
    text = max([*contents, entry.get("summary") or ""], key=len)
    return Item(link, known.of("feed"), text)


def _day(entry: Mapping[str, Any]) -> date | None:
    """The day on which an item came out, in UTC as feeds are compared."""
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return date(*moment[:3]) if moment else None
    except (TypeError, ValueError):
        return None


def _plain(title: Any) -> Any:
    """Titles hold markup now and then: "Talks &lt;b&gt;fail&lt;/b&gt;"."""
    return re.sub(r"<[^<>]{1,200}>", "", title) if isinstance(title, str) else None
