"""How cooperative or hostile a relation is, on the one scale of kg: ``kg:intensity``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.graph.ontology import load_ontology
from kg.statement import Relation

FULL = 10.0
"""The ends of the scale: +10 unites, −10 attacks."""


def intensity(relation: Relation) -> float | None:
    """From −10 to 10 as the ontology says of the relation, otherwise of its event type.

    None for open triples and for relations that neither file of the ontology knows.
    """
    own = _relations().get(relation.id or "")
    return own if own is not None else load_ontology().intensities.get(relation.event or "")


@cache
def _relations() -> Mapping[str, float]:
    relations = load_ontology().relations.values()
    return {one.id: one.intensity for one in relations if one.intensity is not None}
