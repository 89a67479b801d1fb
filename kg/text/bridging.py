"""Events told without all participants, bridged to what was told just before.

"Kim and Trump met in Hanoi. *Talks collapsed* over sanctions": the talks are theirs.
"ECOWAS imposed sanctions on Niger and *threatened to use force*": against Niger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.statement import CONFLICT
from kg.text.clauses import Clause, Kind
from kg.text.lexicon import Frame, Lexicon, Route
from kg.text.matches import Match
from kg.text.scene import Filling, Scene

_MEETINGS = {"CONSULT", "AGREE", "COOPERATE"}
# A bridge is a guess from nearness: its links count for this much of what they were.
_BRIDGE = 0.6


def bridged(
    scene: Scene,
    lexicon: Lexicon,
    matches: Sequence[Match],
    unfilled: Sequence[tuple[Frame, Clause]],
) -> Iterator[Match]:
    """Matches for symmetric frames without participants, from the last meeting told before.

    Only for verbs ("talks collapsed", "negotiations resumed"), whose subject names an event
    of two sides, and only from the same sentence or the one before it.
    """
    for frame, clause in unfilled:
        if clause.kind is not Kind.VERBAL or not frame.where:
            continue
        meeting = _meeting_before(scene, lexicon, matches, clause)
        if meeting is None or meeting.target is None or meeting.object is None:
            continue
        # talks of Kim and Trump are talks of their states
        subject, obj = scene.principal(meeting.subject), scene.principal(meeting.object)
        if subject.id != obj.id:
            yield replace(
                meeting,
                frame=frame,
                clause=clause,
                source=_weaker(meeting.source, _PARTY),
                subject=subject,
                target=_weaker(meeting.target, _PARTY),
                object=obj,
                specificity=(0, 0),
                used=frozenset(),
            )


_SUBJECT = Route(("subject",))
_PARTY = "takes part in the meeting told before"
_OPPONENT = "the act told before was against it"


def aimed(
    scene: Scene,
    lexicon: Lexicon,
    matches: Sequence[Match],
    untargeted: Sequence[tuple[Frame, Clause]],
) -> Iterator[Match]:
    """Matches for threats without a target: whom their maker acted against just before.

    Only for frames that ask for the words of a threat of their own ("threatened to use
    force"), not for any "threatened to leave"; only within the sentence or the one before.
    """
    for frame, clause in untargeted:
        if lexicon.entry(frame).relation.event != "THREATEN" or not frame.where:
            continue
        if _aimed_already(scene, frame, clause):
            continue
        limit = _sentence_before(scene.doc, clause.head)
        for source in scene.fillings(clause, _SUBJECT):
            acts = [
                match
                for match in matches
                if limit <= match.clause.head < clause.head
                and match.subject in source.actors
                and lexicon.entry(match.frame).relation.quad in CONFLICT
            ]
            last = max((match.clause.head for match in acts), default=None)
            for act in acts:
                if act.clause.head == last and act.target is not None:
                    yield replace(
                        act,
                        frame=frame,
                        clause=clause,
                        source=source,
                        target=_weaker(act.target, _OPPONENT),
                        specificity=(0, 0),
                        used=frozenset(),
                    )


def _aimed_already(scene: Scene, frame: Frame, clause: Clause) -> bool:
    """Whether anything stands where targets do that is no word of the threat itself.

    "threatened to use *force*" leaves it open, "threatened to bomb *a place*" does not.
    """
    vetted = {
        head
        for condition in frame.where
        for head in scene.follow(clause, condition.route.steps)
        if scene.lemmas(head) & condition.lemmas
    }
    reached = {head for route in frame.target for head in scene.follow(clause, route.steps)}
    return bool(reached - vetted)


def _meeting_before(
    scene: Scene, lexicon: Lexicon, matches: Sequence[Match], clause: Clause
) -> Match | None:
    limit = _sentence_before(scene.doc, clause.head)
    candidates = [
        match
        for match in matches
        if limit <= match.clause.head < clause.head
        and lexicon.entry(match.frame).relation.symmetric
        and lexicon.entry(match.frame).relation.event in _MEETINGS
    ]
    return max(candidates, key=lambda match: match.clause.head, default=None)


def _sentence_before(doc: Doc, token: int) -> int:
    """Where the sentence before the token's own begins."""
    start = doc[token].sent.start
    return doc[start - 1].sent.start if start else 0


def _weaker(filling: Filling, reason: str) -> Filling:
    return replace(filling, score=filling.score * _BRIDGE, reason=f"{filling.reason}; {reason}")
