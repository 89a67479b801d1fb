"""Steps taken in return, aimed at who acted first: "Britain expelled 23 Russian diplomats. *Moscow
retaliated by expelling 23 diplomats*", "*In response, Beijing recalled its ambassador*".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.statement import CONFLICT, Actor
from kg.text.bridging import reached
from kg.text.clauses import Clause, Kind, Link
from kg.text.lexicon import Frame
from kg.text.matches import Match, weaker
from kg.text.matching import Matcher
from kg.text.participants import of_one_side
from kg.text.scene import Scene

_RETURNING = {
    "retaliate",
    "respond",
    "answer",
    "reciprocate",
    "reply",
    "counter",
    "hit",
    "strike",
    "react",
}
_IN_RETURN = {"turn", "response", "retaliation", "return", "reply", "kind", "reprisal", "revenge"}
_NEAR = 2
# Nothing but the order of the two steps tells whom the second is aimed at.
_RETURNED = 0.7


def retaliated(
    matcher: Matcher, matches: Sequence[Match], untargeted: Sequence[tuple[Frame, Clause]]
) -> Iterator[Match]:
    """Matches for frames of conflict without a target that say that they answer another step.

    They are aimed at whoever acted last against the side of their source, in the same sentence
    or one of the two before.
    """
    scene, lexicon = matcher.scene, matcher.lexicon
    for frame, clause in untargeted:
        relation = lexicon.entry(frame).relation
        if relation.quad not in CONFLICT or not (frame.where or relation.event == "ASSAULT"):
            continue
        if not _answers(scene, clause):
            continue
        limit = scene.doc.sentence_numbers[clause.head] - _NEAR
        for source in matcher.sources(clause, frame):
            for subject in source.actors:
                if _names_another(scene, frame, clause, subject):
                    continue
                before = [
                    match
                    for match in matches
                    if match.clause.head < clause.head
                    and scene.doc.sentence_numbers[match.clause.head] >= limit
                    and lexicon.entry(match.frame).relation.quad in CONFLICT
                    and match.object is not None
                    and of_one_side(subject, match.object)
                    and not of_one_side(subject, match.subject)
                ]
                for match in before:
                    if match.clause.head == before[-1].clause.head:
                        first = match.source
                        target = weaker(first, _RETURNED, "took the step that is answered")
                        obj = scene.principal(match.subject)
                        yield Match(frame, clause, source, subject, target, obj)


def _answers(scene: Scene, clause: Clause) -> bool:
    """Whether a clause tells of a step in return for another."""
    if clause.kind is not Kind.VERBAL:
        return False
    if clause.verb in _RETURNING:
        # "China *responded with* tariffs of its own"
        return bool(clause.obliques("with"))
    governor = scene.clauses.governor(clause)
    if governor is not None and clause.marker == "by" and governor.verb in _RETURNING:
        # "Moscow *retaliated by* expelling 23 diplomats"
        return True
    # "*In response*, Beijing recalled its ambassador", "has *in turn* shut its airspace and …"
    first = clause
    while first.link is Link.CONJUNCT and (above := scene.clauses.parent(first)) is not None:
        first = above
    return any(
        scene.lemma(a.head) in _IN_RETURN for one in (clause, first) for a in one.obliques("in")
    )


def _names_another(scene: Scene, frame: Frame, clause: Clause, subject: Actor) -> bool:
    """Whether anything but the doer's own stands where targets do: not "closed *its* airspace"."""
    vetted = {head for c in frame.where for head in scene.follow(clause, c.route.steps)}
    aims = reached(scene, frame, clause)
    fillings = {head: scene.filling(head) for head in aims - vetted}
    return any(
        scene.doc[head].pos_ == "PROPN"
        if filling is None
        else not any(of_one_side(subject, actor) for actor in filling.actors)
        for head, filling in fillings.items()
    )
