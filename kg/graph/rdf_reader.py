"""RDF back to statements: the inverse of ``kg.graph.rdf`` on every file that kg writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from kg.errors import DataError
from kg.graph import terms
from kg.graph.rdf import LABEL, TYPE, relation_id
from kg.graph.terms import CODE, KG, PREFIXES, Triple, name, text_of
from kg.statement import (
    Actor,
    ActorType,
    Attribution,
    Evidence,
    Mention,
    Modality,
    Polarity,
    Relation,
    Span,
    Stance,
    Statement,
    TimeInterval,
)

_SYMMETRIC = name(PREFIXES["owl"], "SymmetricProperty")
_SOURCE = name(PREFIXES["prov"], "hadPrimarySource")
_IDENTIFIER = name(PREFIXES["schema"], "identifier")
_ACTOR_TYPES = {f"<{KG}{kind}>": kind for kind in ActorType}


def statements_of(triples: Iterable[Triple], path: str = "graph") -> list[Statement]:
    """The statements of triples written by kg, one for each piece of evidence, in a fixed order.

    Triples of the union of several documents do as well as those of one. Raises ``DataError``
    naming ``path`` and the statement when something that kg always writes is missing.
    """
    graph = _Graph(triples)
    found: list[Statement] = []
    for statement in sorted(graph.nodes_with(_kg("evidence"))):
        for evidence in sorted(graph.all(statement, _kg("evidence"))):
            try:
                found.append(graph.statement(statement, evidence))
            except (KeyError, ValueError) as error:
                raise DataError(
                    path,
                    None,
                    f"{terms.curie(statement[1:-1])} is incomplete or malformed: {error}",
                    "check the file with `kg validate`",
                ) from error
    return found


def _kg(local: str) -> str:
    return f"<{KG}{local}>"


class _Graph:
    """Triples indexed by subject and property, read back type by type."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._index: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in triples:
            self._index[subject][predicate].append(value)
        self._actors: dict[str, Actor] = {}
        self._relations: dict[str, Relation] = {}

    def nodes_with(self, predicate: str) -> list[str]:
        return [node for node, properties in self._index.items() if predicate in properties]

    def all(self, node: str, predicate: str) -> list[str]:
        return self._index[node][predicate] if predicate in self._index.get(node, {}) else []

    def first(self, node: str, predicate: str) -> str | None:
        # Where merged files disagree, any fixed choice will do: the smallest term.
        values = self.all(node, predicate)
        return min(values) if values else None

    def one(self, node: str, predicate: str) -> str:
        value = self.first(node, predicate)
        if value is None:
            raise ValueError(
                f"{terms.curie(predicate[1:-1])} of {terms.curie(node[1:-1])} is missing"
            )
        return value

    def text(self, node: str, predicate: str) -> str | None:
        value = self.first(node, predicate)
        return None if value is None else text_of(value)

    def statement(self, node: str, evidence: str) -> Statement:
        subject = self.one(node, _kg("subject"))
        target = self.first(node, _kg("object"))
        if self.first(evidence, _kg("endsSwapped")) is not None and target is not None:
            subject, target = target, subject
        place = self.first(node, _kg("place"))
        sentence, predicate = (self.span(evidence, p) for p in ("sentence", "predicate"))
        confidences = self.all(evidence, _kg("confidence"))
        return Statement(
            subject=Mention(self.actor(subject), self.span(evidence, "subjectSpan")),
            relation=self.relation(node, evidence),
            object=Mention(self.actor(target), self.span(evidence, "objectSpan"))
            if target
            else None,
            evidence=Evidence(
                self.document(self.one(evidence, _SOURCE)),
                sentence,
                (predicate.start, predicate.end),
                text_of(self.one(evidence, _kg("rule"))),
            ),
            polarity=Polarity(_local(self.one(node, _kg("polarity")))),
            modality=Modality(_local(self.one(node, _kg("modality")))),
            attribution=self.attribution(node, evidence),
            time=self.time(node, evidence),
            place=Mention(self.actor(place), self.span(evidence, "placeSpan")) if place else None,
            condition=self.text(evidence, _kg("conditionText")),
            confidence=max((float(text_of(c)) for c in confidences), default=1.0),
            factuality=self.factuality(evidence),
        )

    def document(self, node: str) -> str:
        return self.text(node, _IDENTIFIER) or terms.decode(
            node[1:-1].removeprefix(PREFIXES["doc"])
        )

    def actor(self, node: str) -> Actor:
        if node not in self._actors:
            kinds = sorted(t for t in self.all(node, TYPE) if t in _ACTOR_TYPES)
            if not kinds:
                raise ValueError(f"the type of {terms.curie(node[1:-1])} is missing")
            sector = self.first(node, _kg("sector"))
            self._actors[node] = Actor(
                terms.actor_id(node),
                text_of(self.one(node, LABEL)),
                _ACTOR_TYPES[kinds[0]],
                self.text(node, _kg("country")),
                _code(sector, "sector-"),
            )
        return self._actors[node]

    def relation(self, node: str, evidence: str) -> Relation:
        term = self.first(node, _kg("relation"))
        coding = term or node
        event, cameo, quad = (
            _code(self.first(coding, _kg(prop)), prefix)
            for prop, prefix in (("eventType", ""), ("cameoCode", "cameo-"), ("quadClass", ""))
        )
        if term is None:
            label = text_of(self.one(evidence, _kg("relationText")))
            symmetric = self.first(evidence, _kg("symmetric")) is not None
            return Relation(None, label, event, cameo, quad, symmetric)
        if term not in self._relations:
            label = text_of(self.one(term, LABEL))
            symmetric = _SYMMETRIC in self.all(term, TYPE)
            self._relations[term] = Relation(
                relation_id(term), label, event, cameo, quad, symmetric
            )
        return self._relations[term]

    def time(self, node: str, evidence: str) -> TimeInterval | None:
        text = self.text(evidence, _kg("timeText"))
        if text is None:
            return None
        start, end = (self.text(node, _kg(prop)) for prop in ("startDate", "endDate"))
        return TimeInterval(
            text,
            date.fromisoformat(start) if start else None,
            date.fromisoformat(end) if end else None,
        )

    def attribution(self, node: str, evidence: str) -> tuple[Attribution, ...]:
        quotes = {self.one(quote, _kg("link")): quote for quote in self.all(evidence, _kg("quote"))}
        links = []
        for link in self.all(node, _kg("attribution")):
            quote = quotes.get(link)
            if quote is None:
                raise ValueError(f"{terms.curie(link[1:-1])} has no words in {evidence}")
            source = self.first(link, _kg("source"))
            content = self.span(quote, "content")
            attribution = Attribution(
                self.actor(source) if source else None,
                self.span(quote, "sourceSpan") if self.all(quote, _kg("sourceSpan")) else None,
                Stance(_local(self.one(link, _kg("stance")))),
                self.span(quote, "cue"),
                (content.start, content.end),
                self.factuality(quote),
            )
            links.append((int(text_of(self.one(link, _kg("position")))), attribution))
        return tuple(link for _, link in sorted(links, key=lambda pair: pair[0]))

    def factuality(self, node: str) -> float | None:
        value = self.text(node, _kg("factuality"))
        return None if value is None else float(value)

    def span(self, node: str, prop: str) -> Span:
        target = self.one(node, _kg(prop))
        start, end = (int(text_of(self.one(target, _kg(p)))) for p in ("start", "end"))
        return Span(start, end, self.text(target, _kg("text")) or "")


def _local(term: str) -> str:
    return term[1:-1].removeprefix(KG)


def _code(term: str | None, prefix: str) -> str | None:
    return (
        None if term is None else terms.decode(term[1:-1].removeprefix(CODE)).removeprefix(prefix)
    )
