"""Statements as RDF 1.1 triples: what a document says, in a graph named by the document.

A claim (``kg:Statement``) has the properties that its id is made of, and nothing else, so that
the same claim from two documents is the same triples. What differs from place to place — spans,
words, rule, confidence — belongs to its evidence. Every node has an IRI.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.graph import terms
from kg.graph.documents import bare_document_triples, document_graph, document_triples
from kg.graph.terms import CODE, ID, KG, PREFIXES, Triple, encode, literal, name
from kg.statement import (
    Actor,
    Attribution,
    Document,
    Mention,
    Relation,
    Span,
    Statement,
    folded,
)

TYPE = terms.TYPE
LABEL = name(terms.RDFS, "label")
SUB_PROPERTY = name(terms.RDFS, "subPropertyOf")
_OWL, _PROV, _SEM = (PREFIXES[p] for p in ("owl", "prov", "sem"))
_GEONAMES = re.compile(r"kg:geonames-([1-9][0-9]*)")
_GEONAMES_IRI = "https://sws.geonames.org/"

VOCABULARY_GRAPH = name(PREFIXES["graph"], "vocabulary")
"""The graph of the relations that the statements use, with their labels and codes."""
ASSERTED_GRAPH = name(PREFIXES["graph"], "asserted")
"""The graph of the plain edges that a belief query derives."""

Graphs = dict[str, list[Triple]]
"""Sorted triples without repetition by the IRI of their graph."""


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What read the documents: the versions of kg, of the language model and of the vocabulary.

    No clock, no host: reading again with the same versions is the same run.
    """

    version: str = ""
    model: str = ""
    lexicon: str = ""


def statement_iri(statement_id: str) -> str:
    """The IRI of a statement's id."""
    return name(PREFIXES["st"], encode(statement_id))


def evidence_iri(statement: Statement) -> str:
    """The IRI of a statement's evidence: a hash of the claim, the document, the offsets, the rule.

    The confidence is left out, so that recalibrating a rule does not rename its evidence.
    """
    return _evidence_iri(statement, statement.id)


def _evidence_iri(statement: Statement, claim: str) -> str:
    place, time, evidence = statement.place, statement.time, statement.evidence
    packed = json.dumps(
        [
            claim,
            evidence.document,
            [evidence.sentence.start, evidence.sentence.end, *evidence.predicate],
            [_offsets(m.span) if m else None for m in (statement.subject, statement.object, place)],
            statement.subject.actor.id,
            [time.text if time else None, statement.condition, statement.relation.label],
            [
                [_offsets(link.span), _offsets(link.cue), *link.content]
                for link in statement.attribution
            ],
            evidence.rule,
        ],
        separators=(",", ":"),
    )
    return name(PREFIXES["ev"], hashlib.sha256(packed.encode("ascii")).hexdigest()[:20])


def _offsets(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def relation_iri(relation_id: str) -> str:
    """The IRI of a relation's id: a term of the ontology for ``kg:…``, else below ``…/kg/id/``."""
    prefix, _, rest = relation_id.partition(":")
    if prefix == "kg" and rest:
        return name(KG, encode(rest))
    return name(ID + "relation/", encode(relation_id))


def relation_id(term: str) -> str:
    """The id that ``relation_iri`` was given."""
    value = term[1:-1]
    if value.startswith(KG):
        return "kg:" + terms.decode(value.removeprefix(KG))
    return terms.decode(value.removeprefix(ID + "relation/"))


@lru_cache(maxsize=64)
def run_iri(run: RunInfo) -> str:
    """The IRI of an extraction run: a hash of the versions."""
    packed = json.dumps([run.version, run.model, run.lexicon]).encode("ascii")
    return name(PREFIXES["run"], hashlib.sha256(packed).hexdigest()[:12])


def build_graphs(
    statements: Iterable[Statement], documents: Iterable[Document] = (), run: RunInfo | None = None
) -> Graphs:
    """The graph of every document and of the relations used, the same in whatever order they come.

    A document without statements has a graph of its metadata; a statement whose document is
    not given has a document node without metadata.
    """
    run = run or RunInfo()
    known = {document.id: document for document in documents}
    collected: dict[str, set[Triple]] = {}
    for document in known.values():
        collected[document_graph(document.id)] = set(document_triples(document))
    # Of one evidence node read twice with different confidence, the higher one is kept.
    best: dict[str, tuple[str, Statement]] = {}
    for statement in statements:
        claim = statement.id  # a hash, made once
        key = _evidence_iri(statement, claim)
        if key not in best or best[key][1].confidence < statement.confidence:
            best[key] = claim, statement
    relations: set[Relation] = set()
    for evidence, (claim, statement) in best.items():
        document_id = statement.evidence.document
        graph = document_graph(document_id)
        if graph not in collected:
            collected[graph] = set(bare_document_triples(document_id))
        lang = known[document_id].lang if document_id in known else "en"
        triples = collected[graph]
        triples.update(_claim_triples(statement, claim))
        triples.update(_evidence_triples(statement, claim, evidence, lang, run))
        triples.update(_run_triples(run))
        relations.add(statement.relation)
    if vocabulary := vocabulary_triples(relations):
        collected[VOCABULARY_GRAPH] = set(vocabulary)
    return {graph: sorted(collected[graph]) for graph in sorted(collected)}


def vocabulary_triples(relations: Iterable[Relation]) -> list[Triple]:
    """The sorted triples of ``VOCABULARY_GRAPH`` for the relations of statements."""
    known = {one for one in relations if one.id is not None}
    return sorted({triple for relation in known for triple in _relation_triples(relation)})


def _kg(local: str) -> str:
    return f"<{KG}{local}>"


def _code(local: str) -> str:
    return name(CODE, encode(local))


# --- Runs, actors, relations -----------------------------------------------------


@lru_cache(maxsize=64)
def _run_triples(run: RunInfo) -> tuple[Triple, ...]:
    return tuple(_told_of_run(run))


def _told_of_run(run: RunInfo) -> Iterator[Triple]:
    node = run_iri(run)
    yield node, TYPE, _kg("ExtractionRun")
    yield node, TYPE, name(_PROV, "Activity")
    if run.version:
        yield node, _kg("softwareVersion"), literal(run.version)
    if run.model:
        yield node, _kg("modelVersion"), literal(run.model)
    if run.lexicon:
        yield node, _kg("lexiconVersion"), literal(run.lexicon)


@lru_cache(maxsize=8192)
def actor_triples(actor: Actor) -> tuple[Triple, ...]:
    """What is said of an actor wherever it is named: type, label, country, sector."""
    return tuple(_told_of_actor(actor))


def _told_of_actor(actor: Actor) -> Iterator[Triple]:
    node = terms.actor_iri(actor.id)
    yield node, TYPE, _kg(actor.type)
    yield node, LABEL, literal(actor.label, "en")
    if actor.country is not None:
        yield node, _kg("country"), literal(actor.country)
    if actor.sector is not None:
        yield node, _kg("sector"), _code("sector-" + actor.sector)
    if found := _GEONAMES.fullmatch(actor.id):
        yield node, name(_OWL, "sameAs"), name(_GEONAMES_IRI, found.group(1) + "/")


def _relation_triples(relation: Relation) -> Iterator[Triple]:
    node = relation_iri(relation.id or "")
    kind = "lastingRelation" if relation.event is None else "eventRelation"
    yield node, TYPE, name(_OWL, "ObjectProperty")
    yield node, LABEL, literal(relation.label, "en")
    yield node, SUB_PROPERTY, _kg(kind)
    if relation.symmetric:
        yield node, TYPE, name(_OWL, "SymmetricProperty")
    yield from _coding_triples(node, relation)


def _coding_triples(node: str, relation: Relation) -> Iterator[Triple]:
    if relation.event is not None:
        yield node, _kg("eventType"), _code(relation.event)
    if relation.cameo is not None:
        yield node, _kg("cameoCode"), _code("cameo-" + relation.cameo)
    if relation.quad is not None:
        yield node, _kg("quadClass"), _code(relation.quad)


# --- Claims ----------------------------------------------------------------------------------


def swapped(statement: Statement) -> bool:
    """Whether the graph stores the ends of this statement in the other order than it has them.

    The two ends of a symmetric relation are stored in the order of their ids, because "A met B"
    and "B met A" are one claim with one id.
    """
    other = statement.object
    return (
        statement.relation.symmetric
        and other is not None
        and other.actor.id < statement.subject.actor.id
    )


def _claim_triples(statement: Statement, claim: str) -> Iterator[Triple]:
    node, relation, time = statement_iri(claim), statement.relation, statement.time
    first: Mention = statement.subject
    second: Mention | None = statement.object
    if second is not None and swapped(statement):
        first, second = second, first
    yield node, TYPE, _kg("Statement")
    yield node, _kg("subject"), terms.actor_iri(first.actor.id)
    yield from actor_triples(first.actor)
    if second is not None:
        yield node, _kg("object"), terms.actor_iri(second.actor.id)
        yield from actor_triples(second.actor)
    if relation.id is None:
        yield node, TYPE, _kg("OpenStatement")
        yield node, _kg("relationText"), literal(relation.label.casefold(), "en")
    else:
        yield node, _kg("relation"), relation_iri(relation.id)
        yield node, TYPE, _kg("LastingStatement" if relation.event is None else "EventStatement")
    yield from _coding_triples(node, relation)
    yield node, _kg("polarity"), _kg(statement.polarity)
    yield node, _kg("modality"), _kg(statement.modality)
    if time is not None and time.start is not None:
        yield node, _kg("startDate"), terms.day(time.start)
    if time is not None and time.end is not None:
        yield node, _kg("endDate"), terms.day(time.end)
    if statement.place is not None:
        yield node, _kg("place"), terms.actor_iri(statement.place.actor.id)
        yield from actor_triples(statement.place.actor)
    if statement.condition:
        yield node, _kg("condition"), literal(folded(statement.condition), "en")
    if relation.id is not None and relation.event is not None:
        yield node, TYPE, name(_SEM, "Event")
        for mention in (first, second):
            if mention is not None:
                yield node, name(_SEM, "hasActor"), terms.actor_iri(mention.actor.id)
        if statement.place is not None:
            yield node, name(_SEM, "hasPlace"), terms.actor_iri(statement.place.actor.id)
    for position, link in enumerate(statement.attribution, 1):
        yield from _link_triples(claim, position, link)


def link_iri(statement_id: str, position: int) -> str:
    """The IRI of the link at a position (from 1) of a statement's attribution chain."""
    return name(PREFIXES["at"], f"{encode(statement_id)}-{position}")


def _link_triples(statement_id: str, position: int, link: Attribution) -> Iterator[Triple]:
    node = link_iri(statement_id, position)
    yield statement_iri(statement_id), _kg("attribution"), node
    yield node, TYPE, _kg("AttributionLink")
    yield node, _kg("position"), terms.integer(position)
    yield node, _kg("stance"), _kg(link.stance)
    if link.source is not None:
        yield node, _kg("source"), terms.actor_iri(link.source.id)
        yield from actor_triples(link.source)
    elif link.span is not None and link.span.text.strip():
        yield node, _kg("sourceText"), literal(folded(link.span.text), "en")


# --- Evidence --------------------------------------------------------------------------------


def _evidence_triples(
    statement: Statement, claim: str, node: str, lang: str, run: RunInfo
) -> Iterator[Triple]:
    evidence, sentence = statement.evidence, statement.evidence.sentence
    document = evidence.document
    source = document_graph(document)

    def span(
        subject: str, prop: str, start: int, end: int, text: str | None = None
    ) -> Iterator[Triple]:
        # What a predicate or a quote says can be read off the sentence where it lies inside.
        if text is None and sentence.start <= start <= end <= sentence.end:
            text = sentence.text[start - sentence.start : end - sentence.start]
        target = span_iri(document, start, end)
        yield subject, _kg(prop), target
        yield target, TYPE, _kg("Span")
        yield target, _kg("inDocument"), source
        yield target, _kg("start"), terms.integer(start)
        yield target, _kg("end"), terms.integer(end)
        if text is not None:
            yield target, _kg("text"), literal(text, lang)

    yield statement_iri(claim), _kg("evidence"), node
    yield node, TYPE, _kg("Evidence")
    yield node, name(_PROV, "hadPrimarySource"), source
    yield node, name(_PROV, "wasGeneratedBy"), run_iri(run)
    yield node, _kg("rule"), literal(evidence.rule)
    yield node, _kg("confidence"), terms.decimal(statement.confidence)
    yield from _factuality_triples(node, statement.factuality)
    yield from span(node, "sentence", sentence.start, sentence.end, sentence.text)
    yield from span(node, "predicate", *evidence.predicate)
    for prop, mention in (
        ("subjectSpan", statement.subject),
        ("objectSpan", statement.object),
        ("placeSpan", statement.place),
    ):
        if mention is not None:
            yield from span(node, prop, mention.span.start, mention.span.end, mention.span.text)
    if swapped(statement):
        yield node, _kg("endsSwapped"), terms.typed("true", "boolean")
    if statement.time is not None:
        yield node, _kg("timeText"), literal(statement.time.text, lang)
    if statement.condition is not None:
        yield node, _kg("conditionText"), literal(statement.condition, lang)
    if statement.relation.id is None:
        yield node, _kg("relationText"), literal(statement.relation.label, lang)
        if statement.relation.symmetric:
            yield node, _kg("symmetric"), terms.typed("true", "boolean")
    for position, link in enumerate(statement.attribution, 1):
        quote = name(PREFIXES["said"], f"{node[1:-1].rpartition('/')[2]}-{position}")
        yield node, _kg("quote"), quote
        yield quote, TYPE, _kg("Quote")
        yield quote, _kg("link"), link_iri(claim, position)
        yield from span(quote, "cue", link.cue.start, link.cue.end, link.cue.text)
        yield from span(quote, "content", *link.content)
        yield from _factuality_triples(quote, link.factuality)
        if link.span is not None:
            yield from span(quote, "sourceSpan", link.span.start, link.span.end, link.span.text)


def _factuality_triples(node: str, value: float | None) -> Iterator[Triple]:
    # Of the evidence, not of the claim: the same claim may be told more or less surely elsewhere.
    if value is not None:
        yield node, _kg("factuality"), terms.exact_decimal(value)


def span_iri(document_id: str, start: int, end: int) -> str:
    """The IRI of the characters ``start`` to ``end`` of a document."""
    return name(PREFIXES["span"], f"{encode(document_id)}.{start}-{end}")
