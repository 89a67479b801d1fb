"""The article in an HTML page: its paragraphs, headline, date and source.

No tree is built: tags and texts fill a list of text blocks, so that nesting of any depth
and tags that never close cost nothing extra.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.text.boilerplate import is_beside
from kg.text.markup import End, Event, Start, Text, events
from kg.text.metadata import Metadata
from kg.text.pagemeta import (
    article_body,
    first_day,
    from_json_ld,
    from_meta,
    language_of,
    one_line,
    own_address,
)

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

_PARTS = frozenset("div section ul ol dl table p header form li span".split())
_NAMING = ("class", "id", "role", "data-component", "data-testid")
_ENOUGH = 400
"""Characters of prose that are an article for sure."""

_LOOKS_LIKE_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I
)
_TAG = re.compile(
    r"</(?:p|div|span|a|h[1-6]|li|ul|ol|table|td|body|article|strong|em|b|i)\s*>", re.I
)


_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def is_html(text: str) -> bool:
    """Whether a text is really a page: it begins as one, or begins and goes on with tags."""
    head = text[:100_000]
    if _LOOKS_LIKE_PAGE.match(head[:2000]):
        return True
    closing = sum(1 for _ in _TAG.finditer(head))
    return closing >= 2 and bool(re.match(r"\s*<[a-zA-Z!]", head))


def read_page(html: str, address: str | None = None) -> tuple[str, Metadata]:
    """Text and metadata of a page; the headline is the first line of the text.

    ``address`` is where the page was fetched: what it calls its own address is believed only
    on the same host. The text is empty when the page holds no paragraphs.
    """
    reader = _PageReader()
    for event in events(html):
        reader.take(event)
    found = own_address(reader.metadata(), address)
    blocks = _article_blocks([block for block in reader.blocks if not block.beside])
    if _size(blocks) < _ENOUGH:
        # The parts that call themselves a sidebar may hold the story in an odd design.
        everything = _article_blocks(reader.blocks)
        blocks = everything if _size(everything) > 4 * _size(blocks) else blocks
    body = reader.body()
    if len(body) > 2 * _size(blocks):
        # The page is filled in by a script; its text is in the data for machines only.
        blocks = [_Block(0, None, pieces=[part]) for part in re.split(r"\n\s*", body)]
        blocks = [block for block in blocks if block.text]
    title = found.title or _headline(blocks)
    lines = [b.text for b in blocks]
    if title and lines and " ".join(lines[0].split()) != title:
        lines = [title, *(line for line in lines if line != title)]
    text = "\n\n".join(lines)
    return text, found.over(Metadata(title=title).of("h1"))


@dataclass(slots=True)
class _Block:
    """Text between two block tags, with the container it stands in.

    ``outer`` is the container around that one, ``beside`` says that it stands in a part that
    calls itself comments, sidebar and the like.
    """

    container: int
    heading: str | None
    beside: bool = False
    outer: int = 0
    pieces: list[str] = field(default_factory=list)
    linked: int = 0

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())


def _headline(blocks: list[_Block]) -> str | None:
    found = (b.text for b in blocks if b.heading == "h1" and b.text and not b.beside)
    return next(found, None)


def _size(blocks: list[_Block]) -> int:
    return sum(len(block.text) for block in blocks if not block.heading)


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
    chosen = [b for b in prose if b.container == best]
    # A live blog is many articles in one: none of them has most of what they are in.
    outer = next((b.outer for b in chosen if b.outer), 0)
    around = [b for b in prose if outer and outer in (b.container, b.outer)]
    return around if _size(around) > 3 * sizes[best] else chosen


def _stands_beside(values: Mapping[str, str]) -> bool:
    """Whether a part is hidden, or by its role, class or id none of the story.

    Not: class "story has-comments" or "layout-with-sidebar", which only tell of such parts.
    """
    if "hidden" in values or values.get("aria-hidden") == "true":
        return True
    if _UNSEEN.search(values.get("style", "")):
        return True
    names = " ".join(values.get(key, "") for key in _NAMING)
    return any(is_beside(name) for name in names.lower().split()[:20])


class _PageReader:
    """Collects text blocks, meta tags and JSON-LD from the events of a page."""

    def __init__(self) -> None:
        self.blocks: list[_Block] = [_Block(0, None)]
        self._skip: list[str] = []
        self._beside: list[str] = []
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
        self._step_aside(tag, values)
        if tag in ("article", "main") or "articleBody" in values.get("itemprop", ""):
            self._container_count += 1
            self._containers.append(self._container_count)
        if tag in _BLOCKS:
            self._heading = tag if tag in _HEADINGS else None
            self._new_block()

    def _step_aside(self, tag: str, values: Mapping[str, str]) -> None:
        """Keep in mind which parts that stand beside the story are open."""
        if self._beside[-1:] == ["p"] and tag in _BLOCKS:
            # A paragraph ends where the next block begins, whether it is closed or not.
            self._beside.pop()
        if tag in _PARTS and (self._beside[-1:] == [tag] or _stands_beside(values)):
            self._beside.append(tag)

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
        if self._beside[-1:] == [tag]:
            self._beside.pop()
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
        outer = self._containers[-2] if len(self._containers) > 1 else 0
        block = _Block(container, self._heading, bool(self._beside), outer)
        if any(piece.strip() for piece in self.blocks[-1].pieces):
            self.blocks.append(block)
        else:
            self.blocks[-1] = block

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

    def body(self) -> str:
        """The text of the article as JSON-LD gives it, empty where it does not."""
        return article_body(self._json_ld)

    def metadata(self) -> Metadata:
        """What the page says of itself: JSON-LD first, then meta tags, then what it shows."""
        heading = _headline(self.blocks)
        found = from_json_ld(self._json_ld).of("json-ld").over(from_meta(self._meta))
        for origin, shown in (
            ("canonical link", Metadata(url=one_line(self._canonical))),
            ("opengraph", Metadata(url=one_line(self._meta.get("og:url")))),
            ("html lang", Metadata(lang=language_of(self._lang))),
            ("h1", Metadata(title=one_line(heading))),
            ("title element", Metadata(title=one_line(self._title))),
            ("time element", Metadata(date=first_day(self._times))),
        ):
            found = found.over(shown.of(origin))
        return found
