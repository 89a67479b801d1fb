"""Events told without participants, bridged to the meeting that was told just before.

"Kim and Trump met in Hanoi. *Talks collapsed* over sanctions": the talks are theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.text.clauses import Clause, Kind
from kg.text.lexicon import Frame, Lexicon
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
                source=_weaker(meeting.source),
                subject=subject,
                target=_weaker(meeting.target),
                object=obj,
                specificity=(0, 0),
                used=frozenset(),
            )


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


def _weaker(filling: Filling) -> Filling:
    return replace(
        filling,
        score=filling.score * _BRIDGE,
        reason=f"{filling.reason}; takes part in the meeting told before",
    )
