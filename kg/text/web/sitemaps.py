"""Sitemaps: the addresses of a site's pages, or of further sitemaps."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from kg.text.metadata import Metadata
from kg.text.pagemeta import first_day, one_line

_MOST = 50_000
"""So many addresses a sitemap may have by the protocol."""


class NotASitemap(ValueError):
    """The bytes are no sitemap that can be read; ``str()`` says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address in a sitemap with what the sitemap says of the page."""

    address: str
    known: Metadata


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The pages and the further sitemaps that are named."""

    pages: tuple[Place, ...]
    sitemaps: tuple[str, ...]


def read_sitemap(content: bytes) -> Sitemap:
    """What a sitemap names; raises ``NotASitemap``, and ``ImportError`` without defusedxml."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise NotASitemap(f"not a sitemap that can be read: {error}"[:200]) from None
    pages: list[Place] = []
    sitemaps: list[str] = []
    for entry in list(root)[:_MOST]:
        values = {_local(node.tag): (node.text or "").strip() for node in entry.iter()}
        address = values.get("loc", "")
        if not address:
            continue
        if _local(entry.tag) == "sitemap":
            sitemaps.append(address)
        else:
            # <news:news> has them; <lastmod> is no day of publication
            known = Metadata(
                title=one_line(values.get("title")),
                date=first_day([values.get("publication_date")]),
                source=one_line(values.get("name")),
                lang=one_line(values.get("language")),
            )
            pages.append(Place(address, known.of("sitemap")))
    return Sitemap(tuple(pages), tuple(sitemaps))


def _local(tag: object) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
