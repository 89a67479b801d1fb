"""Events told without all participants, bridged to what was told just before.

"Kim and Trump met in Hanoi. *Talks collapsed* over sanctions": the talks are theirs.
"ECOWAS imposed sanctions on Niger and *threatened to use force*": against Niger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from kg.statement import CONFLICT, COOPERATION, Actor
from kg.text.clauses import Clause, Kind, Link
from kg.text.lexicon import Filler, Frame, Lexicon, Route
from kg.text.matches import End, Match
from kg.text.otherstate import ends_ties, moves_forces, state_meant
from kg.text.parsed import Doc
from kg.text.participants import ABROAD
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
                source=_weaker(meeting.source, _PARTY),
                subject=subject,
                target=_weaker(meeting.target, _PARTY),
                object=obj,
                specificity=(0, 0),
                used=frozenset(),
            )


_SUBJECT = Route(("subject",))
_PARTY = "takes part in the meeting told before"
_MODES = {
    "opponent": "the act told before was against it",
    "partner": "the act told before was with it",
    "parallel": "others did the same to it",
}
_PARTIES = "one of the two at odds in the text"


def aimed(
    scene: Scene,
    lexicon: Lexicon,
    matches: Sequence[Match],
    untargeted: Sequence[tuple[Frame, Clause]],
) -> Iterator[Match]:
    """Matches for frames without a target that say whom they are then aimed at (``else``).

    "opponent": whom the source acted against just before ("condemned the raid and *demanded
    an apology*"); "partner": with whom it dealt ("met Larijani and *offered to resume talks*");
    "parallel": to whom others did the same ("Britain suspended aid to Rwanda. America *cut
    military aid*"), further back if the text is about that state. Only for frames that ask for
    words of their own, not for any "threatened to leave"; else only within the sentence or the
    one before.
    """
    for frame, clause in untargeted:
        if frame.otherwise not in _MODES or not frame.where:
            continue
        if aimed_already(scene, frame, clause):
            continue
        massed = lexicon.entry(frame).relation.event == "MOBILIZE"
        cut = lexicon.entry(frame).relation.event == "SANCTION"
        bare = {""} if massed else {"", "by", "with", "in", "after", "before", "while"}
        aside = clause.link is Link.ADVERBIAL and clause.marker in bare
        if (massed or cut) and not clause.tense and not aside:
            # "asks Washington *to send troops*", "accused Pakistan of *sending militants*"
            continue
        limit = _sentence_before(scene.doc, clause.head)
        before = [m for m in matches if limit <= m.clause.head < clause.head]
        for source in _sources(scene, frame, clause):
            # "*Correa* condemned the raid. *Quito* moved troops to the border": one side
            side = {scene.principal(actor).id for actor in source.actors}
            found = _ends(scene, lexicon, frame, before, side)
            if not found and frame.otherwise == "parallel":
                found = _all_against(scene, lexicon, frame, matches, clause, side)
                # "Sri Lanka denied Bildt a visa. *Stockholm recalled its ambassador*"
                hostile = replace(frame, otherwise="opponent")
                found = found or _ends(scene, lexicon, hostile, before, side)
            if not found:
                found = _main_foe(scene, lexicon, matches, clause, side)
            if not found and massed:
                # "called up reservists and *accused Moscow*"
                joined = {c.head for c in scene.clauses.children(clause.head)}
                after = [m for m in matches if m.clause.head in joined and m.clause.tense]
                found = _ends(scene, lexicon, frame, after, side)[:1]
            if not found and (massed or cut):
                found = state_meant(scene, lexicon, matches, clause, source, massed)
            last = max((head for head, _ in found), default=None)
            for head, (filling, told) in found:
                # troops are massed against a state, whoever of it was spoken of
                actor = scene.principal(told) if massed else told
                if (massed and not moves_forces(source, actor)) or (
                    cut and not ends_ties(source, actor)
                ):
                    continue
                if head == last:
                    for subject in source.actors:
                        if frame.relation in ABROAD and subject.country == actor.country:
                            # "recalled its ambassadors", from whom its own government quarrels with
                            continue
                        yield Match(
                            frame,
                            clause,
                            source,
                            _end(scene, lexicon, frame, subject),
                            _weaker(filling, _MODES[frame.otherwise]),
                            actor,
                        )


def _sources(scene: Scene, frame: Frame, clause: Clause) -> list[Filling]:
    """Who does what a frame tells: of "*its forces* were put on alert" those put there."""
    found = scene.fillings(scene.follow(clause, _SUBJECT.steps))
    if found or not clause.passive:
        return found
    return scene.fillings(h for r in frame.source for h in scene.follow(clause, r.steps))


def _ends(
    scene: Scene, lexicon: Lexicon, frame: Frame, before: Sequence[Match], side: set[str]
) -> list[tuple[int, End]]:
    """With whom those of the matches deal to which a frame looks back, and where each is told."""
    return [
        (match.clause.head, end)
        for match in before
        if (end := _other_end(scene, lexicon, frame, match, side)) is not None
    ]


def _all_against(
    scene: Scene,
    lexicon: Lexicon,
    frame: Frame,
    matches: Sequence[Match],
    clause: Clause,
    side: set[str],
) -> list[tuple[int, End]]:
    """The one state that all acts of a sort told so far are aimed at, if the text is about it.

    "The OAS suspended *Honduras*. … France, Spain and Italy *recalled their envoys*."
    """
    before = [match for match in matches if match.clause.head < clause.head]
    ends = _ends(scene, lexicon, frame, before, side)
    aims = {scene.principal(actor).id for _, (_, actor) in ends}
    countries = {actor.country for _, (_, actor) in ends}
    doers = scene.fillings(scene.follow(clause, _SUBJECT.steps))
    own = {actor.country for filling in doers for actor in filling.actors}
    named = Counter(c for a in scene.mentions.actors() if (c := a.country) and c not in own)
    most = {country for country, times in named.items() if times == max(named.values())}
    return ends[-1:] if len(aims) == 1 and countries == most and max(named.values()) > 1 else []


def _main_foe(
    scene: Scene, lexicon: Lexicon, matches: Sequence[Match], clause: Clause, side: set[str]
) -> list[tuple[int, End]]:
    """The other of the two whose conflict the text tells of, when one of them acts."""
    parties = _parties(scene, lexicon, matches, clause)
    if not side & {actor.id for actor in parties}:
        return []
    return [
        (filling.head, (filling, actor))
        for actor, filling in parties.items()
        if actor.id not in side
    ]


def _other_end(
    scene: Scene, lexicon: Lexicon, frame: Frame, match: Match, side: set[str]
) -> End | None:
    """With whom a match deals, if it is of the sort that a frame looks back to."""
    if match.target is None or match.object is None:
        return None
    relation = lexicon.entry(match.frame).relation
    subject, obj = scene.principal(match.subject).id, scene.principal(match.object).id
    if frame.otherwise == "parallel":
        same = relation.event == lexicon.entry(frame).relation.event
        apart = not side & {subject, obj}
        return (match.target, match.object) if same and apart else None
    sought = CONFLICT if frame.otherwise == "opponent" else COOPERATION
    if relation.quad not in sought:
        return None
    if subject in side:
        return match.target, match.object
    if frame.otherwise == "opponent" and obj in side:
        # "Israel bombed the convoy. *Turkey demanded an apology*"
        return match.source, match.subject
    both = relation.symmetric and frame.otherwise == "partner" and obj in side
    return (match.source, match.subject) if both else None


def _end(scene: Scene, lexicon: Lexicon, frame: Frame, actor: Actor) -> Actor:
    """The actor as the relation of a frame wants it."""
    return scene.principal(actor) if lexicon.entry(frame).subject is Filler.PRINCIPAL else actor


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
        for source in scene.fillings(scene.follow(clause, _SUBJECT.steps)):
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
                        _weaker(filling, _PARTIES),
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


def _weaker(filling: Filling, reason: str) -> Filling:
    return replace(filling, score=filling.score * _BRIDGE, reason=f"{filling.reason}; {reason}")
