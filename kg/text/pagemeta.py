"""What a page says of itself to machines: JSON-LD, OpenGraph and other meta tags."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit

from kg.text.metadata import Metadata, parse_day

_ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report)$")
_ADDRESS = re.compile(r"https?://")
_MOST_AUTHORS = 10

# Names of meta tags, the likeliest first; "og:" and "article:" are OpenGraph.
_DATES = (
    *("article:published_time", "og:article:published_time", "datepublished", "date", "dc.date"),
    *("dcterms.date", "dcterms.created", "pubdate", "dc.date.issued", "publish-date"),
    *("parsely-pub-date", "sailthru.date", "citation_publication_date"),
)
_TITLES = ("og:title", "headline", "dc.title", "parsely-title", "twitter:title")
_AUTHORS = ("article:author", "author", "byl", "dc.creator", "parsely-author", "sailthru.author")
_PUBLISHERS = ("og:site_name", "application-name", "dc.publisher", "article:publisher")
_OPEN_GRAPH = ("og:", "article:")


def from_json_ld(scripts: Sequence[str]) -> Metadata:
    """The fields of the first article that the scripts of a page describe."""
    for node, named in _articles(scripts):
        return Metadata(
            title=one_line(node.get("headline")),
            date=first_day([node.get("datePublished"), node.get("dateCreated")]),
            source=_names(node.get("publisher"), named),
            url=one_line(node.get("url")) or _main_entity(node),
            lang=language_of(node.get("inLanguage")),
            author=_names(node.get("author"), named),
        )
    return Metadata()


def article_body(scripts: Sequence[str]) -> str:
    """The text of that article, empty where the scripts do not hold it as plain text."""
    for node, _ in _articles(scripts):
        body = node.get("articleBody")
        return body.strip() if isinstance(body, str) and "<" not in body else ""
    return ""


_Node = Mapping[str, Any]


def _articles(scripts: Sequence[str]) -> Iterator[tuple[_Node, Mapping[str, _Node]]]:
    """The articles of JSON-LD, each with the objects of its script by their id."""
    for script in scripts:
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue
        nodes = list(_nodes(data))
        named = {key: each for each in nodes if isinstance(key := each.get("@id"), str)}
        for node in nodes:
            if any(_ARTICLE_TYPES.search(kind) for kind in _kinds(node)):
                yield node, named


def from_meta(tags: Mapping[str, str]) -> Metadata:
    """The fields of meta tags by name in lower case; OpenGraph and others told apart."""
    found = Metadata()
    for name in _TITLES:
        found = found.over(Metadata(title=one_line(tags.get(name))).of(_origin(name)))
    for name in _DATES:
        found = found.over(Metadata(date=first_day([tags.get(name)])).of(_origin(name)))
    for name in _PUBLISHERS:
        found = found.over(Metadata(source=_name(tags.get(name))).of(_origin(name)))
    for name in _AUTHORS:
        found = found.over(Metadata(author=_name(tags.get(name))).of(_origin(name)))
    return found


def _origin(name: str) -> str:
    return "opengraph" if name.startswith(_OPEN_GRAPH) else "meta tag"


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD script: itself, its list, its ``@graph``."""
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            if isinstance(graph, list):
                yield from (node for node in graph if isinstance(node, dict))


def _kinds(node: Mapping[str, Any]) -> list[str]:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [kind for kind in kinds if isinstance(kind, str)]


def _names(value: Any, named: Mapping[str, Mapping[str, Any]]) -> str | None:
    """The names of people or organisations: a text, an object with a name, a list of them.

    {"@id": "#desk"} stands for the object of that id in the same script.
    """
    names: list[str] = []
    for one in (value if isinstance(value, list) else [value])[:_MOST_AUTHORS]:
        if isinstance(one, dict):
            key = one.get("@id")
            referred = named.get(key, {}) if isinstance(key, str) else {}
            one = one.get("name") or referred.get("name")
        if (name := _name(one)) and name not in names:
            names.append(name)
    return ", ".join(names) or None


def _name(value: Any) -> str | None:
    """A name; profiles of authors are often given as addresses, which are none."""
    name = one_line(value)
    if name is None or _ADDRESS.match(name):
        return None
    return re.sub(r"^[Bb]y (?=\w)", "", name)


def _main_entity(node: Mapping[str, Any]) -> str | None:
    page = node.get("mainEntityOfPage")
    return one_line(page.get("@id") if isinstance(page, dict) else page)


def own_address(found: Metadata, address: str | None) -> Metadata:
    """``found`` with its address made whole, or without it where it is not one of that host.

    "/talks?a=1" of a page fetched from https://example.org/x is https://example.org/talks?a=1.
    """
    if found.url is None:
        return found
    try:
        whole = urljoin(address, found.url) if address else found.url
        parts = urlsplit(whole)
        foreign = address is not None and parts.hostname != urlsplit(address).hostname
    except ValueError:
        return replace(found, url=None)
    if parts.scheme not in ("http", "https") or not parts.hostname or foreign:
        return replace(found, url=None)
    return replace(found, url=whole)


def first_day(texts: Iterable[Any]) -> date | None:
    """The first of the texts that is an ISO date or date-time."""
    for text in texts:
        if isinstance(text, str):
            try:
                return parse_day(text)
            except ValueError:
                continue
    return None


def one_line(value: Any) -> str | None:
    """A metadata value as one line of at most 300 characters; pages hold anything."""
    if not isinstance(value, str):
        return None
    return " ".join(value.split())[:300] or None


def language_of(tag: Any) -> str | None:
    """The language of a tag such as "en-GB"; None for what is no tag."""
    if not isinstance(tag, str):
        return None
    match = re.match(r"[a-z]{2,3}(?![a-z])", tag.strip().lower())
    return match.group() if match else None
