"""The article in an HTML page: its paragraphs, headline, date and source.

No tree is built: tags and texts fill a list of text blocks, so that nesting of any depth
and tags that never close cost nothing extra.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.text.markup import End, Event, Start, Text, events
from kg.text.metadata import Metadata, parse_day

_SKIPPED = frozenset(
    "script style noscript template svg math iframe object nav footer aside button select "
    "option textarea figure figcaption audio video canvas head dialog".split()
)
_BLOCKS = frozenset(
    "address article blockquote body br dd div dl dt fieldset h1 h2 h3 h4 h5 h6 header hr html li "
    "main ol p pre section table tbody td th thead tr ul".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_MOSTLY_LINKS = 0.6
"""A block with a larger share of its characters inside links is a menu or a list of stories."""

_LOOKS_LIKE_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I
)
_TAG = re.compile(
    r"</(?:p|div|span|a|h[1-6]|li|ul|ol|table|td|body|article|strong|em|b|i)\s*>", re.I
)
_ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report)$")


def is_html(text: str) -> bool:
    """Whether a text is really a page: it begins as one, or begins and goes on with tags."""
    head = text[:100_000]
    if _LOOKS_LIKE_PAGE.match(head[:2000]):
        return True
    closing = sum(1 for _ in _TAG.finditer(head))
    return closing >= 2 and bool(re.match(r"\s*<[a-zA-Z!]", head))


def read_page(html: str) -> tuple[str, Metadata]:
    """Text and metadata of a page; the headline is the first line of the text.

    The text is empty when the page holds no paragraphs.
    """
    reader = _PageReader()
    for event in events(html):
        reader.take(event)
    found = reader.metadata()
    blocks = _article_blocks(reader.blocks)
    title = found.title or next((b.text for b in blocks if b.heading == "h1"), None)
    lines = [b.text for b in blocks]
    if title and lines and " ".join(lines[0].split()) != title:
        lines = [title, *(line for line in lines if line != title)]
    text = "\n\n".join(lines)
    return text, Metadata(title=title).over(found)


@dataclass(slots=True)
class _Block:
    """Text between two block tags, with the container it stands in."""

    container: int
    heading: str | None
    pieces: list[str] = field(default_factory=list)
    linked: int = 0

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())


def _article_blocks(blocks: list[_Block]) -> list[_Block]:
    """The blocks of the container (article, main or the rest of the page) with most prose."""
    prose = [b for b in blocks if b.text and b.linked <= _MOSTLY_LINKS * len(b.text)]
    sizes: dict[int, int] = {}
    for block in prose:
        if not block.heading:
            sizes[block.container] = sizes.get(block.container, 0) + len(block.text)
    if not sizes:
        return []
    inside = {number: size for number, size in sizes.items() if number}
    best = max(inside, key=lambda number: inside[number]) if inside else 0
    # A page may wrap a teaser in <article> and leave its story outside.
    if sizes.get(0, 0) > 4 * sizes[best]:
        best = 0
    return [b for b in prose if b.container == best]


class _PageReader:
    """Collects text blocks, meta tags and JSON-LD from the events of a page."""

    def __init__(self) -> None:
        self.blocks: list[_Block] = [_Block(0, None)]
        self._skip: list[str] = []
        self._containers: list[int] = []
        self._container_count = 0
        self._links = 0
        self._heading: str | None = None
        self._capture: str | None = None
        self._meta: dict[str, str] = {}
        self._json_ld: list[str] = []
        self._times: list[str] = []
        self._title = ""
        self._canonical: str | None = None
        self._lang: str | None = None

    def take(self, event: Event) -> None:
        """Add one event of the page."""
        match event:
            case Start(name, attributes):
                self._start(name, attributes)
            case End(name):
                self._end(name)
            case Text(text):
                self._text(text)

    def _start(self, tag: str, values: Mapping[str, str]) -> None:
        self._read_metadata(tag, values)
        if self._skip:
            if tag == self._skip[-1]:
                self._skip.append(tag)
            return
        if tag in _SKIPPED:
            self._skip.append(tag)
        elif tag == "a":
            self._links += 1
        if tag in ("article", "main") or "articleBody" in values.get("itemprop", ""):
            self._container_count += 1
            self._containers.append(self._container_count)
        if tag in _BLOCKS:
            self._heading = tag if tag in _HEADINGS else None
            self._new_block()

    def _end(self, tag: str) -> None:
        self._capture = None
        if self._skip:
            if tag == self._skip[-1]:
                self._skip.pop()
            elif tag in ("html", "body"):
                self._skip.clear()
            return
        if tag == "a":
            self._links = max(0, self._links - 1)
        if tag in ("article", "main") and self._containers:
            self._containers.pop()
        if tag in _BLOCKS:
            self._heading = None
            self._new_block()

    def _text(self, text: str) -> None:
        if self._capture == "title":
            self._title = self._title or " ".join(text.split())
        elif self._capture == "script":
            self._json_ld.append(text)
        elif not self._skip:
            block = self.blocks[-1]
            block.pieces.append(text)
            if self._links:
                block.linked += len(text.strip())

    def _new_block(self) -> None:
        container = self._containers[-1] if self._containers else 0
        if any(piece.strip() for piece in self.blocks[-1].pieces):
            self.blocks.append(_Block(container, self._heading))
        else:
            self.blocks[-1] = _Block(container, self._heading)

    def _read_metadata(self, tag: str, values: Mapping[str, str]) -> None:
        if tag == "body":
            # Many pages never close <head>.
            self._skip = [name for name in self._skip if name != "head"]
        elif tag == "html":
            self._lang = values.get("lang") or None
        elif tag == "meta":
            name = values.get("property") or values.get("name") or values.get("itemprop") or ""
            self._meta.setdefault(name.lower(), values.get("content", "").strip())
        elif tag == "link" and "canonical" in values.get("rel", "").lower().split():
            self._canonical = values.get("href") or None
        elif tag == "time":
            self._times.append(values.get("datetime", ""))
        elif tag == "title":
            self._capture = "title"
        elif tag == "script" and values.get("type", "").lower() == "application/ld+json":
            self._capture = "script"

    def metadata(self) -> Metadata:
        """What the page says of itself: JSON-LD first, then meta tags, then ``<time>``."""
        linked = _from_json_ld(self._json_ld)
        tags = self._meta
        described = Metadata(
            title=_line(tags.get("og:title") or tags.get("headline")),
            date=_first_day(
                tags.get(name)
                for name in (
                    *("article:published_time", "datepublished", "date", "dc.date", "pubdate"),
                    *("dc.date.issued", "publish-date", "parsely-pub-date"),
                )
            ),
            source=_line(tags.get("og:site_name")),
            url=_line(self._canonical or tags.get("og:url")),
            lang=_language(self._lang),
        )
        heading = next((b.text for b in self.blocks if b.heading == "h1" and b.text), None)
        shown = Metadata(title=_line(heading or self._title), date=_first_day(self._times))
        return linked.over(described).over(shown)


def _from_json_ld(scripts: list[str]) -> Metadata:
    for script in scripts:
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and _ARTICLE_TYPES.search(name) for name in names):
                publisher = node.get("publisher")
                return Metadata(
                    title=_line(node.get("headline")),
                    date=_first_day([node.get("datePublished")]),
                    source=_line(
                        publisher.get("name") if isinstance(publisher, dict) else publisher
                    ),
                    url=_line(node.get("url")),
                )
    return Metadata()


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD script: itself, its list, its ``@graph``."""
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            if isinstance(graph, list):
                yield from (node for node in graph if isinstance(node, dict))


def _first_day(texts: Any) -> Any:
    for text in texts:
        if isinstance(text, str):
            try:
                return parse_day(text)
            except ValueError:
                continue
    return None


def _line(value: Any) -> str | None:
    """A metadata value as one line of at most 300 characters; pages hold anything."""
    if not isinstance(value, str):
        return None
    return " ".join(value.split())[:300] or None


def _language(tag: str | None) -> str | None:
    match = re.match(r"[a-z]{2,3}(?![a-z])", (tag or "").strip().lower())
    return match.group() if match else None
