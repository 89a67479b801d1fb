"""Documents as RDF: the graph that a document names, its metadata, the story it tells."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from kg.graph import terms
from kg.graph.terms import KG, PREFIXES, TYPE, Triple, encode, literal, name
from kg.statement import Document

_SCHEMA = PREFIXES["schema"]
_STORY = f"<{KG}story>", f"<{KG}versionOf>"


def document_graph(document_id: str) -> str:
    """The IRI of a document, which also names the graph of all that was read in it."""
    return name(PREFIXES["doc"], encode(document_id))


def bare_document_triples(document_id: str) -> Iterator[Triple]:
    """What is said of a document of which nothing but the id is known."""
    node = document_graph(document_id)
    yield node, TYPE, f"<{KG}Document>"
    yield node, TYPE, name(_SCHEMA, "NewsArticle")
    yield node, name(_SCHEMA, "identifier"), literal(document_id)


def document_triples(document: Document) -> Iterator[Triple]:
    """What is said of a document: its metadata, a hash of its text, its story."""
    node = document_graph(document.id)
    yield from bare_document_triples(document.id)
    digest = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    yield node, f"<{KG}textDigest>", literal(digest)
    yield node, name(_SCHEMA, "inLanguage"), literal(document.lang)
    if document.title is not None:
        yield node, name(_SCHEMA, "headline"), literal(document.title, document.lang)
    if document.date is not None:
        yield node, name(_SCHEMA, "datePublished"), terms.day(document.date)
    if document.source is not None:
        yield node, name(_SCHEMA, "publisher"), literal(document.source)
    if document.url is not None:
        # Text, not a link: what an article calls its address need not be an IRI.
        yield node, name(_SCHEMA, "url"), literal(document.url)
    if document.author is not None:
        yield node, name(_SCHEMA, "author"), literal(document.author)
    yield from _story_triples(document)


def _story_triples(document: Document) -> Iterator[Triple]:
    node = document_graph(document.id)
    for prop, other in zip(_STORY, (document.story, document.version_of), strict=True):
        if other is not None:
            yield node, prop, document_graph(other)


def retold(triples: Iterable[Triple], document: Document) -> list[Triple]:
    """The graph of a document with the story and the version that the document names now."""
    kept = (triple for triple in triples if triple[1] not in _STORY)
    return sorted((*kept, *_story_triples(document)))
