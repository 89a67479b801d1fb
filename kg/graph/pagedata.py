"""What the page shows, as plain data: actors with their places, claims, evidence, documents."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

import networkx as nx

from kg.graph.copies import Stories, shared_stories
from kg.graph.drawing import DrawnEdge, DrawnNode, draw
from kg.graph.intensity import FULL, intensity
from kg.graph.network import actor_network, evidence_key, relation_key
from kg.statement import QUADS, Document, Mention, Span, Statement

ACTORS = 5000
"""So many actors are put into a page, the weightiest; it says how many are left out."""


def page_data(
    statements: Iterable[Statement],
    documents: Iterable[Document],
    title: str,
    more: tuple[int, int] = (0, 0),
) -> dict[str, Any]:
    """Everything the page needs as JSON values; the order of the input does not matter.

    ``more`` counts the actors and the claims of the graph that are not among the statements.
    """
    ordered = sorted(statements, key=_order)
    documents = list(documents)
    network = actor_network(ordered, documents)
    everybody = sorted(network, key=lambda node: (-network.nodes[node]["weight"], node))
    nodes = everybody[:ACTORS]
    index = {node: number for number, node in enumerate(nodes)}
    papers = _documents(ordered, documents)
    sentences = _Sentences({str(paper["id"]): number for number, paper in enumerate(papers)})
    relations: dict[str, int] = {}
    relation_list: list[dict[str, Any]] = []
    claims = []
    groups = _by_claim(ordered, shared_stories(documents))
    for group in groups:
        ends = (group[0].subject, group[0].object)
        if not all(end is None or end.actor.id in index for end in ends):
            continue
        key = relation_key(group[0].relation)
        if key not in relations:
            relations[key] = len(relation_list)
            relation_list.append(_relation(group[0], key))
        claims.append(_claim(group, index, relations[key], sentences))
    bundles = _bundles(claims)
    labels = [relation["label"] for relation in relation_list]
    shown = [_node(node, network) for node in nodes]
    edges = [
        DrawnEdge(low, high, numbers, max(len(labels[claims[n]["relation"]]) for n in numbers))
        for (low, high), numbers in bundles.items()
    ]
    return {
        "title": title,
        "nodes": shown,
        "vis": draw([DrawnNode(n["label"], n["kind"], n["weight"]) for n in shown], edges),
        "relations": relation_list,
        "claims": claims,
        "sentences": sentences.found,
        "documents": papers,
        "left_out": {
            "actors": len(everybody) - len(nodes) + more[0],
            "claims": len(groups) - len(claims) + more[1],
        },
    }


def as_script(data: dict[str, Any]) -> str:
    """JSON that may stand inside a ``<script>`` element whatever texts it holds."""
    packed = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return packed.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _order(statement: Statement) -> tuple[str, ...]:
    evidence = statement.evidence
    return (
        statement.id,
        evidence.document,
        *(f"{number:09}" for number in (evidence.sentence.start, *evidence.predicate)),
        statement.subject.actor.id,
        f"{statement.subject.span.start:09}",
        evidence.rule,
        f"{1 - statement.confidence:.6f}",
    )


def _by_claim(ordered: Sequence[Statement], stories: Stories) -> list[list[Statement]]:
    """Statements of equal id together, each piece of evidence once, of each story one telling."""
    groups: dict[str, dict[tuple[str, int, int, int, int], Statement]] = {}
    for statement in ordered:
        groups.setdefault(statement.id, {}).setdefault(evidence_key(statement), statement)
    return [_without_copies(list(group.values()), stories) for group in groups.values()]


def _without_copies(pieces: list[Statement], stories: Stories) -> list[Statement]:
    """Of the documents of a story the one with most pieces; the first to tell it where equal."""
    told = Counter(piece.evidence.document for piece in pieces)
    best: dict[str, str] = {}
    for document in sorted(told, key=lambda name: (-told[name], stories.get(name) != name, name)):
        best.setdefault(stories.get(document, document), document)
    kept = set(best.values())
    return [piece for piece in pieces if piece.evidence.document in kept]


# --- documents and sentences --------------------------------------------------------------


def _documents(
    ordered: Sequence[Statement], documents: Iterable[Document]
) -> list[dict[str, str | None]]:
    """The documents, oldest first; those only named by statements have nothing but their id."""
    known = {document.id: document for document in documents}
    for name in {statement.evidence.document for statement in ordered} - known.keys():
        known[name] = Document(name, "")

    def order(document: Document) -> tuple[str, str]:
        return (document.date.isoformat() if document.date else "9", document.id)

    return [
        {
            "id": document.id,
            "title": document.title or document.id,
            "date": document.date.isoformat() if document.date else None,
            "source": document.source,
            "url": _web_address(document.url),
        }
        for document in sorted(known.values(), key=order)
    ]


def _web_address(url: str | None) -> str | None:
    """The URL if a click on it can only open a web page."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


class _Sentences:
    """Each sentence once, however many claims quote it."""

    def __init__(self, documents: dict[str, int]) -> None:
        self.found: list[dict[str, Any]] = []
        self._documents = documents
        self._numbers: dict[tuple[str, int, int], int] = {}

    def number(self, statement: Statement) -> int:
        evidence = statement.evidence
        key = (evidence.document, evidence.sentence.start, evidence.sentence.end)
        if key not in self._numbers:
            self._numbers[key] = len(self.found)
            document = self._documents[evidence.document]
            self.found.append({"document": document, "text": evidence.sentence.text})
        return self._numbers[key]


# --- claims -------------------------------------------------------------------------------


def _relation(statement: Statement, key: str) -> dict[str, Any]:
    relation = statement.relation
    level = intensity(relation)
    return {
        "id": key,
        "label": relation.label,
        "event": relation.event,
        "cameo": relation.cameo,
        "quad": relation.quad if relation.quad in QUADS else None,
        # from −1 (attacks) to 1 (unites); null where it is unknown
        "level": None if level is None else level / FULL,
        "symmetric": relation.symmetric,
    }


def _claim(
    group: Sequence[Statement], index: dict[str, int], relation: int, sentences: _Sentences
) -> dict[str, Any]:
    first = group[0]
    time, place = first.time, first.place
    return {
        "id": first.id,
        "subject": index[first.subject.actor.id],
        "object": index[first.object.actor.id] if first.object else None,
        "relation": relation,
        "polarity": str(first.polarity),
        "modality": str(first.modality),
        "said": [
            {
                "label": link.source.label if link.source else None,
                "text": link.span.text if link.span else None,
                "node": index.get(link.source.id) if link.source else None,
                "stance": str(link.stance),
                "cue": link.cue.text,
            }
            for link in first.attribution
        ],
        "time": {
            "text": time.text,
            "start": time.start.isoformat() if time.start else None,
            "end": time.end.isoformat() if time.end else None,
        }
        if time
        else None,
        "place": {"label": place.actor.label, "node": index.get(place.actor.id)} if place else None,
        "condition": first.condition,
        "evidence": [
            {
                "sentence": sentences.number(statement),
                "marks": _marks(statement),
                "confidence": round(statement.confidence, 3),
                "sure": _certainty(statement),
                "rule": statement.evidence.rule,
            }
            for statement in group
        ],
    }


def _certainty(statement: Statement) -> list[float | None] | None:
    """Factuality for the author, then for each source as in ``said``; None where unweighed."""
    weighed = [statement.factuality, *(link.factuality for link in statement.attribution)]
    return weighed if any(value is not None for value in weighed) else None


def _marks(statement: Statement) -> list[list[int | str]]:
    """``[start, end, role]`` in the sentence, counted as JavaScript counts (UTF-16 units)."""
    sentence = statement.evidence.sentence
    found: list[tuple[int, int, str]] = []

    def mark(start: int, end: int, role: str) -> None:
        inside = sentence.start <= start < end <= sentence.end
        if inside and all(end <= a or start >= b for a, b, _ in found):
            found.append((start, end, role))

    def mention(one: Mention | None, role: str) -> None:
        if one is not None:
            span: Span = one.span
            mark(span.start, span.end, role)

    mark(*statement.evidence.predicate, "predicate")
    mention(statement.subject, "subject")
    mention(statement.object, "object")
    for link in statement.attribution:
        if link.span is not None:
            mark(link.span.start, link.span.end, "source")
        mark(link.cue.start, link.cue.end, "source")
    text, offset = sentence.text, sentence.start
    return [
        [_utf16(text[: start - offset]), _utf16(text[: end - offset]), role]
        for start, end, role in sorted(found)
    ]


def _utf16(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


# --- actors and the edges between them ----------------------------------------------------


def _node(node: str, network: nx.MultiDiGraph) -> dict[str, Any]:
    values = network.nodes[node]
    return {
        "id": node,
        "label": _name(node, network),
        **{name: values[name] for name in ("type", "kind", "country", "sector", "weight")},
    }


def _name(node: str, network: nx.MultiDiGraph) -> str:
    """The label, or the id where the label would leave nothing to click on."""
    label: str = network.nodes[node]["label"]
    return label if label.strip() else node


def _bundles(claims: Sequence[dict[str, Any]]) -> dict[tuple[int, int], list[int]]:
    """The numbers of the claims between each two nodes, in whichever direction."""
    bundles: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, claim in enumerate(claims):
        if claim["object"] is not None:
            low, high = sorted((claim["subject"], claim["object"]))
            bundles[low, high].append(number)
    return dict(sorted(bundles.items()))
