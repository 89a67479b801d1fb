"""Deeds told before that somebody says are his: "A bomb killed 20 soldiers in Mali. *JNIM claimed
responsibility for the attack*" is JNIM against Mali.

Frames say so with ``else: deed``: where they name nobody who suffered, those count who suffered
from the act of force told last, if it is told by the same sentence or one of the two before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.text.clauses import Clause
from kg.text.lexicon import Frame
from kg.text.matches import Match, weaker
from kg.text.matching import Matcher
from kg.text.participants import of_one_side
from kg.text.scene import Filling

_NEAR = 2
# Nothing but nearness tells whose deed is claimed: links count for this much of what they were.
_CLAIMED = 0.75


def claimed(
    matcher: Matcher, matches: Sequence[Match], failed: Sequence[tuple[Frame, Clause]]
) -> Iterator[Match]:
    """Matches for frames with ``else: deed``, aimed at those who suffered what is claimed.

    ``failed`` are the frames that found nobody at one of their ends, with their clauses.
    """
    asked = [(frame, clause) for frame, clause in failed if frame.otherwise == "deed"]
    if not asked:
        return
    suffered = _suffered(matcher, matches, failed)
    sentence = matcher.scene.doc.sentence_numbers
    for frame, clause in asked:
        if not _points_back(matcher, frame, clause):
            continue
        before = [
            (head, victim)
            for head, victim in suffered
            if head < clause.head and sentence[clause.head] - sentence[head] <= _NEAR
        ]
        last = [v for head, v in before if sentence[head] == sentence[before[-1][0]]]
        # "wounded five Indian soldiers … the attack on the soldiers": each once
        victims = {actor: victim for victim in last for actor in victim.actors}
        for source in matcher.sources(clause, frame):
            for doer in source.actors:
                for actor, victim in victims.items():
                    if of_one_side(doer, actor):
                        continue
                    target = weaker(victim, _CLAIMED, "suffered what is claimed")
                    nothing = frozenset[int]()
                    yield Match(frame, clause, source, doer, target, actor, (0, 0), nothing)


def _points_back(matcher: Matcher, frame: Frame, clause: Clause) -> bool:
    """Whether what is claimed is the deed told before, not one elsewhere or another one.

    "claimed responsibility", "for *the* attack"; not "for *an* attack near Herat".
    """
    scene = matcher.scene
    routes = [c.route.steps for c in frame.where]
    routes += [route.steps[:1] for route in frame.target if route.steps[0] == "for"]
    for steps in dict.fromkeys(routes):
        for head in scene.follow(clause, steps):
            phrase = scene.phrases.get(head)
            if phrase is not None and phrase.determiner in {"a", "an", "another", "no", "any"}:
                return False
    return True


def _suffered(
    matcher: Matcher, matches: Sequence[Match], failed: Sequence[tuple[Frame, Clause]]
) -> list[tuple[int, Filling]]:
    """Who suffered from the acts of force that a text tells of, with where they are told."""
    found: dict[tuple[int, int], Filling] = {}
    for match in matches:
        event = matcher.lexicon.entry(match.frame).relation.event
        if event == "ASSAULT" and match.target is not None and match.object is not None:
            target = replace(match.target, actors=(match.object,))
            found[match.clause.head, match.target.head] = target
    told = {head for head, _ in found}
    for frame, clause in failed:
        if matcher.lexicon.entry(frame).relation.event != "ASSAULT" or clause.head in told:
            continue
        if clause.negations or frame.otherwise == "deed":
            continue
        for target in matcher.targets(clause, frame):
            # "*A bomb* killed 20 soldiers": by nobody known
            found.setdefault((clause.head, target.head), target)
    return [(head, found[head, at]) for head, at in sorted(found)]
