"""Which form an answer takes: the formats of SPARQL results and RDF, and HTTP's ``Accept``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

RESULTS: Mapping[str, str] = {
    "application/sparql-results+json": "JSON",
    "application/json": "JSON",
    "application/sparql-results+xml": "XML",
    "application/xml": "XML",
    "text/csv": "CSV",
    "text/tab-separated-values": "TSV",
}
"""Media types of the answers to SELECT and ASK, the preferred first, with pyoxigraph's names."""

ANSWERS = tuple(list(RESULTS)[:4])
"""Those of them that can also say yes or no (ASK): CSV and TSV cannot."""

TRIPLES: Mapping[str, str] = {
    "text/turtle": "TURTLE",
    "application/n-triples": "N_TRIPLES",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON_LD",
    "text/plain": "N_TRIPLES",
}
"""Media types of a graph."""

DATASETS: Mapping[str, str] = {
    "application/n-quads": "N_QUADS",
    "application/trig": "TRIG",
    "application/ld+json": "JSON_LD",
}
"""Media types of all graphs together."""

_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*((?:;[^,]*)?)\s*\Z", re.ASCII)
_WEIGHT = re.compile(r";\s*q\s*=\s*(1(?:\.0{0,3})?|0(?:\.\d{0,3})?)\s*(?:;|\Z)", re.IGNORECASE)


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """The media type of ``offered`` that an ``Accept`` header prefers, or None for none of them.

    The most exact range of the header decides for each type; among equals the first offered
    wins. An empty or unreadable header takes whatever comes first.
    """
    ranges = []
    for part in accept.split(","):
        if found := _RANGE.match(part):
            given = _WEIGHT.search(found[3])
            ranges.append((found[1].lower(), found[2].lower(), float(given[1]) if given else 1.0))
    if not ranges:
        return offered[0]
    best, chosen = 0.0, None
    for media in offered:
        weight = _quality(media, ranges)
        if weight > best:
            best, chosen = weight, media
    return chosen


def _quality(media: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    kind, _, sub = media.partition("/")
    found: tuple[int, float] = (-1, 0.0)
    for wanted_kind, wanted_sub, weight in ranges:
        if wanted_kind in (kind, "*") and wanted_sub in (sub, "*"):
            exactness = (wanted_kind != "*") + (wanted_sub != "*")
            if exactness > found[0]:
                found = (exactness, weight)
    return found[1]


def base_type(content_type: str) -> str:
    """The media type of a ``Content-Type`` header without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()
