"""Who acts when the subject is nobody by itself: forces of somebody, papers, crowds of a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.text.clauses import Clause
from kg.text.lexicon import Entry
from kg.text.reference import reference_words
from kg.text.scene import Filling, Scene

# Whoever stands behind is one step further than a name: his links count for this much.
_BEHIND = 0.8
_LOYAL = {"loyal", "allied", "aligned", "faithful"}


def behind(scene: Scene, heads: Sequence[int]) -> list[Filling]:
    """For whom those act that the heads name: "*rebels of the M23 movement* took Goma".

    "forces *loyal to Haftar*"; for papers, who adopted them: "adopted *a resolution that
    imposes* sanctions".
    """
    words = reference_words()
    found: list[Filling] = []
    for head in heads:
        lemma = scene.lemma(head)
        if lemma in words["fighters"]:
            nearest = _those_served(scene, head)
        elif lemma in words["papers"]:
            nearest = _issuers(scene, head)
        else:
            continue
        reason = f"behind the '{scene.doc[head].text}'"
        found.extend(
            replace(one, score=one.score * _BEHIND, reason=f"{one.reason}; {reason}")
            for one in nearest
        )
    return found


def _those_served(scene: Scene, head: int) -> Iterator[Filling]:
    for near in (*scene.beside(head, "of"), *scene.beside(head, "from"), *_obeyed(scene, head)):
        # "of *the M23 movement*": the name is a modifier of a common noun
        inside = (near, *scene.beside(near, "modifier"))
        filling = next((f for h in inside if (f := scene.filling(h)) is not None), None)
        if filling is not None:
            yield filling
            return


def _obeyed(scene: Scene, head: int) -> list[int]:
    """Whom forces obey: "militias *loyal to Haftar*", "fighters *allied with Moscow*"."""
    doc = scene.doc
    if head + 3 >= len(doc) or doc[head + 1].lower_ not in _LOYAL:
        return []
    name = head + 3 if doc[head + 2].lower_ in {"to", "with"} else head
    return [h for h, phrase in scene.phrases.items() if phrase.start <= name < phrase.end][:1]


def _issuers(scene: Scene, head: int) -> Iterator[Filling]:
    """Who adopted or signed a paper: the subject of its verb, or the one whose paper it is."""
    adopting = reference_words()["adopting"]
    verbs = [verb for verb in scene.verbs_of(head) if verb.verb in adopting]
    makers = [maker for verb in verbs for maker in scene.follow(verb, ("subject",))]
    makers = makers or scene.beside(head, "possessor") + scene.beside(head, "by")
    yield from (f for maker in makers if (f := scene.filling(maker)) is not None)


def crowd_of_place(
    scene: Scene, clause: Clause, heads: Sequence[int], entry: Entry
) -> list[Filling]:
    """The land in which a crowd without a name protests: "In Chennai, *hundreds* burned flags"."""
    crowds = reference_words()["crowds"]
    if entry.relation.event != "PROTEST":
        return []
    if not any(not crowds.isdisjoint(scene.lemmas(head)) for head in heads):
        return []
    places = (scene.country(argument.head) for argument in clause.obliques("in", "across"))
    return [
        replace(place, score=place.score * _BEHIND, reason=f"{place.reason}; where it happened")
        for place in places
        if place is not None
    ][:1]
