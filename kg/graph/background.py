"""What is known of actors before any article is read: their offices with dates, where places lie.

These facts come from the tables of kg, not from the documents, and so stand in a graph of their
own. The join of the wings looks them up (``kg.knowledge``); this module only writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from kg.graph import terms
from kg.graph.rdf import TYPE, actor_triples
from kg.graph.terms import KG, PREFIXES, Triple, encode, name
from kg.statement import Actor

BACKGROUND_GRAPH = name(PREFIXES["graph"], "background")
"""The graph of what the tables of kg know about the actors that the documents name."""

_GEO, _SF, _SCHEMA = (PREFIXES[prefix] for prefix in ("geo", "sf", "schema"))


@dataclass(frozen=True, slots=True)
class OfficeTerm:
    """A person's time in an office; a missing day means that the tables do not know it."""

    person: str
    office: Actor
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Background:
    """Terms of office, and places' (latitude, longitude) in degrees of WGS 84, by actor id."""

    terms: tuple[OfficeTerm, ...] = ()
    points: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def background_triples(background: Background) -> list[Triple]:
    """The triples of the background graph, sorted, each once."""
    found: set[Triple] = set()
    for term in background.terms:
        found.update(_term_triples(term))
    for place, (latitude, longitude) in background.points.items():
        found.update(_point_triples(place, latitude, longitude))
    return sorted(found)


def of_actors(triples: Iterable[Triple], actors: set[str]) -> list[Triple]:
    """The part of a background graph that tells of the given actor IRIs, sorted."""
    triples = list(triples)
    wanted = set(actors)
    # An actor leads to its term or point, and a term to its office.
    for _ in range(2):
        wanted |= {value for subject, _, value in triples if subject in wanted}
    return sorted(triple for triple in triples if triple[0] in wanted)


def _term_triples(term: OfficeTerm) -> Iterator[Triple]:
    dates = [day.isoformat() if day else "" for day in (term.since, term.until)]
    names = [identity.partition(":")[2] for identity in (term.person, term.office.id)]
    node = name(PREFIXES["term"], encode("_".join([*names, *dates])))
    yield terms.actor_iri(term.person), f"<{KG}officeTerm>", node
    yield node, TYPE, f"<{KG}OfficeTerm>"
    yield node, f"<{KG}office>", terms.actor_iri(term.office.id)
    if term.since is not None:
        yield node, name(_SCHEMA, "startDate"), terms.day(term.since)
    if term.until is not None:
        yield node, name(_SCHEMA, "endDate"), terms.day(term.until)
    yield from actor_triples(term.office)


def _point_triples(place: str, latitude: float, longitude: float) -> Iterator[Triple]:
    node = name(PREFIXES["point"], encode(place.partition(":")[2]))
    yield terms.actor_iri(place), name(_GEO, "hasGeometry"), node
    yield node, TYPE, name(_SF, "Point")
    # WKT has the longitude first, as its default reference system (CRS 84) does.
    yield (
        node,
        name(_GEO, "asWKT"),
        f'"POINT({_degrees(longitude)} {_degrees(latitude)})"^^{name(_GEO, "wktLiteral")}',
    )


def _degrees(value: float) -> str:
    return f"{round(value, 4) + 0.0:.4f}".rstrip("0").rstrip(".")  # + 0.0: no "-0"
