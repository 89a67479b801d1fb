"""Reproaches, demands and protests that do not say to whom: "Jordan *voiced outrage*".

Frames say so with ``else: culprit``: where they name nobody, who did the harm told last counts, if
the same sentence or the one before tells it and one side alone did it. "Israeli jets hit a school
in Gaza. *Jordan voiced outrage*": at Israel.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.statement import CONFLICT, Actor
from kg.text.bridging import aimed_already
from kg.text.clauses import Clause
from kg.text.lexicon import Frame
from kg.text.matches import End, Match, weaker
from kg.text.matching import Matcher
from kg.text.participants import of_one_side, side_of
from kg.text.toldacts import told_of

# Frames that say so, and ties cut: "Israel bombed Gaza. *Turkey recalled its ambassador*".
_MEANT_FOR_CULPRITS = {"culprit", "parallel"}
# What one protests against; words, and steps taken in return by others, are not.
_HARM = {"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "THREATEN"}
# Nothing but nearness tells whose deed is meant: links count for this much of what they were.
_MEANT = 0.65


def at_culprits(
    matcher: Matcher, matches: Sequence[Match], untargeted: Sequence[tuple[Frame, Clause]]
) -> Iterator[Match]:
    """Matches for reactions and ties cut without a target, aimed at who did harm before."""
    scene = matcher.scene
    asked = [
        (frame, clause)
        for frame, clause in untargeted
        if frame.otherwise in _MEANT_FOR_CULPRITS
        and not (clause.negations and not frame.negated)
        # "wants to voice concern"
        and (clause.tense or clause.marker != "to")
    ]
    harm = _harm(matcher, matches) if asked else []
    for frame, clause in asked:
        if aimed_already(scene, frame, clause):
            continue
        for source in matcher.sources(clause, frame):
            for subject in source.actors:
                if _quarrels(matcher, matches, clause, subject):
                    # "summoned Rabat's envoy and *voiced anger*": at Rabat, see ``others``
                    continue
                for culprit, actor in _culprits(matcher, harm, clause, subject):
                    target = weaker(culprit, _MEANT, "did the harm told before")
                    yield Match(frame, clause, source, subject, target, actor)


def _quarrels(matcher: Matcher, matches: Sequence[Match], clause: Clause, subject: Actor) -> bool:
    """Whether the same sentence tells before whom the source itself acts against."""
    sentences = matcher.scene.doc.sentence_numbers
    return any(
        match.clause.head < clause.head
        and sentences[match.clause.head] == sentences[clause.head]
        and matcher.lexicon.entry(match.frame).relation.quad in CONFLICT
        and of_one_side(subject, match.subject)
        for match in matches
    )


def _harm(matcher: Matcher, matches: Sequence[Match]) -> list[Match]:
    lexicon = matcher.lexicon
    return [
        match
        for match in matches
        if match.object is not None
        and lexicon.entry(match.frame).relation.event in _HARM
        and told_of(matcher.scene, match.clause)
    ]


def _culprits(matcher: Matcher, harm: Sequence[Match], clause: Clause, subject: Actor) -> list[End]:
    """The one side that did harm last, to others than itself; nobody where two sides did."""
    sentences = matcher.scene.doc.sentence_numbers
    here = sentences[clause.head]
    for sentence in (here, here - 1):
        near = [
            match
            for match in harm
            if sentences[match.clause.head] == sentence
            and match.clause.head < clause.head
            and not of_one_side(subject, match.subject)
        ]
        suffered = [m for m in near if m.object is not None and of_one_side(subject, m.object)]
        found = {matcher.scene.principal(match.subject): match.source for match in suffered or near}
        if found:
            sides = {side_of(actor) for actor in found}
            actor, filling = list(found.items())[-1]
            return [(filling, actor)] if len(sides) == 1 else []
    return []
