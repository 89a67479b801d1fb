"""Events told without all participants, bridged to what was told just before.

"Kim and Trump met in Hanoi. *Talks collapsed* over sanctions": the talks are theirs.
"Iran and Iraq shelled each other. *Oman offered to mediate*": between the two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from kg.statement import CONFLICT, Actor
from kg.text.clauses import Clause, Kind, Link
from kg.text.lexicon import Frame, Lexicon
from kg.text.matches import Match, weaker
from kg.text.parsed import Doc
from kg.text.scene import Filling, Scene
from kg.text.wordlists import listed

_MEETINGS = {"CONSULT", "AGREE", "COOPERATE"}
_TERMS = {*_MEETINGS, "SUPPORT"}
# A bridge is a guess from nearness: its links count for this much of what they were.
_BRIDGE = 0.6
# The two at odds of a text have such a share of all that is told of quarrels.
_OF_ALL = 0.4


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
                source=weaker(meeting.source, _BRIDGE, _PARTY),
                subject=subject,
                target=weaker(meeting.target, _BRIDGE, _PARTY),
                object=obj,
                specificity=(0, 0),
                used=frozenset(),
            )


_PARTY = "takes part in the meeting told before"
_PARTIES = "one of the two at odds in the text"


def between_parties(
    scene: Scene,
    lexicon: Lexicon,
    matches: Sequence[Match],
    untargeted: Sequence[tuple[Frame, Clause]],
) -> Iterator[Match]:
    """Matches for offers to mediate and calls for a truce that do not say between whom.

    They are meant for the two whose conflict the text has told of most often so far, if it is
    told twice or in the sentence before: "Brazil *offered to mediate*".
    """
    for frame, clause in untargeted:
        if frame.otherwise != "parties" or aimed_already(scene, frame, clause):
            continue
        # a truce is asked of those who fight, not of those who quarrel
        fought = lexicon.entry(frame).relation.event == "REQUEST"
        rows = [m for m in matches if not fought or _event(lexicon, m) == "ASSAULT"]
        parties = _parties(scene, lexicon, rows, clause)
        if not parties and not fought:
            parties = _agreed(scene, lexicon, matches, clause) or _joined(scene, clause)
        for source in scene.fillings(scene.follow(clause, ("subject",))):
            own = {scene.principal(actor).id for actor in source.actors}
            if own & {actor.id for actor in parties}:
                continue
            for subject in source.actors:
                for party, filling in parties.items():
                    yield Match(
                        frame,
                        clause,
                        source,
                        subject,
                        weaker(filling, _BRIDGE, _PARTIES),
                        party,
                    )


def _agreed(
    scene: Scene, lexicon: Lexicon, matches: Sequence[Match], clause: Clause
) -> dict[Actor, Filling]:
    """The two who came to terms just before: "The accord, *brokered by Qatar*, ends …"."""
    meeting = _meeting_before(scene, lexicon, matches, clause, _TERMS)
    if meeting is None or meeting.target is None or meeting.object is None:
        return {}
    ends = ((meeting.subject, meeting.source), (meeting.object, meeting.target))
    found = {scene.principal(actor): filling for actor, filling in ends}
    return found if len(found) == 2 else {}


def _joined(scene: Scene, clause: Clause) -> dict[Actor, Filling]:
    """Who does something under what is brokered: "*Iran and Iraq* will trade under a deal
    *brokered by Oman*"; of one alone, who came to terms with his own: "*Chad* freed rebels"."""
    main = scene.clauses.at(clause.parent) if clause.link is Link.ADNOMINAL else None
    while main is not None and main.kind is Kind.NOMINAL:
        main = scene.clauses.at(main.parent)
    if main is None:
        return {}
    doers = scene.fillings([argument.head for argument in main.surface_subject()])
    found = {scene.principal(actor): f for f in doers for actor in f.actors}
    lands = {actor.country for actor in found}
    return found if len(lands) == len(found) <= 2 and None not in lands else {}


def _event(lexicon: Lexicon, match: Match) -> str | None:
    return lexicon.entry(match.frame).relation.event


def _parties(
    scene: Scene, lexicon: Lexicon, matches: Sequence[Match], clause: Clause
) -> dict[Actor, Filling]:
    """The two sides that a text has told to be at odds, with where they are named last."""
    limit = _sentence_before(scene.doc, clause.head)
    told: Counter[frozenset[str]] = Counter()
    named: dict[str, tuple[Actor, Filling]] = {}
    last: frozenset[str] = frozenset()
    for match in sorted(matches, key=lambda m: m.clause.head):
        if match.clause.head >= clause.head or match.target is None or match.object is None:
            continue
        if lexicon.entry(match.frame).relation.quad not in CONFLICT:
            continue
        sides = [
            (scene.principal(match.subject), match.source),
            (scene.principal(match.object), match.target),
        ]
        pair = frozenset(actor.id for actor, _ in sides)
        if len(pair) == 2:
            told[pair] += 1
            named.update({actor.id: (actor, filling) for actor, filling in sides})
            last = pair if match.clause.head >= limit else last
    most = [pair for pair, times in told.items() if times == max(told.values())]
    if len(most) != 1 or (told[most[0]] < 2 and most[0] != last):
        return {}
    if told[most[0]] < _OF_ALL * told.total():
        # many are at odds with many
        return {}
    return dict(named[identity] for identity in sorted(most[0]))


def reached(scene: Scene, frame: Frame, clause: Clause) -> set[int]:
    """The nominals to which any route of a frame's target leads, actors or not.

    Of modifiers those that may name somebody: "*Danish* lies", not "a *clear* violation".
    """
    return {
        head
        for route in frame.target
        for head in scene.follow(clause, route.steps)
        if route.steps[-1] != "modifier" or scene.doc[head].text[:1].isupper()
    }


def aimed_already(scene: Scene, frame: Frame, clause: Clause) -> bool:
    """Whether anything stands where targets do that is no word of the threat itself.

    "threatened to use *force*" leaves it open, "threatened to bomb *a place*" does not.
    """
    vetted = {
        head
        for condition in frame.where
        for head in scene.follow(clause, condition.route.steps)
        if scene.lemmas(head) & condition.lemmas
    }
    aims = reached(scene, frame, clause)
    # "massed tanks *on the frontier*", "a carrier *in the Gulf*"
    aims = {head for head in aims if scene.lemma(head) not in listed("nowhere")}
    return bool(aims - vetted)


def _meeting_before(
    scene: Scene,
    lexicon: Lexicon,
    matches: Sequence[Match],
    clause: Clause,
    events: Set[str] = _MEETINGS,
) -> Match | None:
    limit = _sentence_before(scene.doc, clause.head)
    candidates = [
        match
        for match in matches
        if limit <= match.clause.head < clause.head
        and lexicon.entry(match.frame).relation.symmetric
        and lexicon.entry(match.frame).relation.event in events
    ]
    return max(candidates, key=lambda match: match.clause.head, default=None)


def _sentence_before(doc: Doc, token: int) -> int:
    """Where the sentence before the token's own begins."""
    start = doc[token].sent.start
    return doc[start - 1].sent.start if start else 0
