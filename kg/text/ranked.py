"""One of two by its place: "the former", "the latter"."""

from __future__ import annotations

from kg.text.collectives import several
from kg.text.known import Known
from kg.text.mentioned import ActorMention
from kg.text.phrases import NounPhrase


def ranked(known: Known, phrase: NounPhrase) -> ActorMention | None:
    """One of the two named together last: "the former", "the latter"."""
    word = known.doc[phrase.head].lower_
    if word not in {"former", "latter"} or phrase.determiner != "the" or phrase.complements:
        return None
    here = known.sentence[phrase.head]
    for other in reversed([p for p in known.phrases.values() if p.head < phrase.start]):
        if here - known.sentence[other.head] > 1:
            return None
        if not other.conjuncts:
            continue
        heads = (other.head, *other.conjuncts)
        named = [m.actors[0] for h in heads if (m := known.at(h)) and len(m.actors) == 1]
        if len(named) != 2 or len(heads) != 2 or named[0] == named[1]:
            return None
        chosen = named[0] if word == "former" else named[1]
        return several(phrase, [chosen], f"the {word} of two")
    return None
