"""What novels, films and plays tell is no event: "The novel tells how Britain conquered India"."""

from __future__ import annotations

from kg.text.clauses import Clause, Role
from kg.text.reference import reference_words
from kg.text.scene import Scene

_INSIDE = ("in", "throughout", "during")
_SAYING = {"say", "tell", "report", "claim", "write", "argue", "accuse"}


def is_fiction(scene: Scene, clause: Clause) -> bool:
    """Whether a clause is told by or happens in a novel, film or other work of art.

    "In *the film*, Rome declares war on Carthage", "*the opera* shows how …"; not "said in a
    film", where somebody speaks.
    """
    words = reference_words()
    here: Clause | None = clause
    while here is not None:
        settings = {scene.lemma(a.head) for a in here.obliques(*_INSIDE)}
        if settings & words["works"] and here.verb not in _SAYING:
            return True
        tellers = {scene.lemma(a.head) for a in here.of(Role.SUBJECT)}
        if tellers & words["works"] and here is not clause and here.verb in words["depicting"]:
            return True
        here = scene.clauses.governor(here)
    return False
