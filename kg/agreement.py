"""Where the data of the two wings must say the same: the lexicon's relations and the ontology's."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.ontology import load_ontology
from kg.text.lexicon import load_lexicon

_HINT = "python -m tools.lexicon.relations_ttl brings it in step"


def check_agreement() -> list[str]:
    """What the lexicon and the ontology say differently of a relation, a line each."""
    return list(_differences())


def _differences() -> Iterator[str]:
    relations = load_ontology().relations
    entries = load_lexicon().entries
    for key, entry in sorted(entries.items()):
        term = relations.get(key)
        if term is None:
            yield f"{entry.path}: the ontology has no {key} ({_HINT})"
            continue
        relation = entry.relation
        pairs = (
            ("label", relation.label, term.label),
            ("definition", entry.definition, term.definition),
            ("event", relation.event, term.event),
            ("cameo", relation.cameo, term.cameo),
            ("quad", relation.quad, term.quad),
            ("symmetric", relation.symmetric, term.symmetric),
        )
        for name, here, there in pairs:
            if here != there:
                yield f"{entry.path}: '{name}' is '{here}', in the ontology '{there}' ({_HINT})"
    for key in sorted(relations.keys() - entries.keys()):
        yield f"ontology/relations.ttl: nothing in the lexicon gives {key} ({_HINT})"
