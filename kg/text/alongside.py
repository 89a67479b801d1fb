"""Pronouns of participles that go on about whom the main clause acts against.

"Riyadh severed ties with Doha, *accusing it* of sheltering rebels", "expelled two Russian envoys,
*accusing them* of spying": the one acted against, where nothing else says whom the pronoun means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.statement import CONFLICT, Actor
from kg.text.clauses import Clause, Kind, Link
from kg.text.lexicon import Frame
from kg.text.matches import Match
from kg.text.matching import Matcher
from kg.text.participants import of_one_side, side_of
from kg.text.reference import reference_words
from kg.text.scene import Filling, Scene

_UTTERED = {"ACCUSE", "REQUEST", "THREATEN"}
# Only the shape of the sentence tells whom the pronoun means: links count for this much.
_MEANT = 0.75


def gone_on(
    matcher: Matcher, matches: Sequence[Match], untargeted: Sequence[tuple[Frame, Clause]]
) -> Iterator[Match]:
    """Matches for participles whose target is a pronoun, aimed where their main clause is."""
    scene, lexicon = matcher.scene, matcher.lexicon
    for frame, clause in untargeted:
        if clause.kind is not Kind.VERBAL or clause.link is not Link.ADVERBIAL or clause.tense:
            continue
        if lexicon.entry(frame).relation.event not in _UTTERED:
            continue
        pronoun = _pronoun(scene, frame, clause)
        main = scene.clauses.parent(clause)
        if pronoun is None or main is None or main.head > clause.head:
            continue
        foes: dict[Actor, Filling] = {
            match.object: match.target
            for match in matches
            if match.clause.head == main.head
            and match.object is not None
            and match.target is not None
            and lexicon.entry(match.frame).relation.quad in CONFLICT
        }
        if len({side_of(actor) for actor in foes}) != 1:
            continue
        exact = matcher.exact(clause, frame)
        specificity = matcher.worded(clause, frame, set())[0]
        actor, filling = next(iter(foes.items()))
        reason = f"{filling.reason}; the main clause is aimed at it"
        score = filling.score * _MEANT
        target = Filling(pronoun, pronoun, pronoun + 1, (actor,), score, reason)
        for source in matcher.sources(clause, frame):
            for subject in source.actors:
                if not of_one_side(subject, actor):
                    nothing = frozenset[int]()
                    yield Match(exact, clause, source, subject, target, actor, specificity, nothing)


def _pronoun(scene: Scene, frame: Frame, clause: Clause) -> int | None:
    """The pronoun at a frame's target, if it is known for nobody."""
    for route in frame.target:
        for head in scene.follow(clause, route.steps):
            third = reference_words().third(scene.doc[head].lower_)
            if third is not None and scene.filling(head) is None:
                return head
    return None
