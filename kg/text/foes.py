"""Deeds of war that name only what was hit or taken: in a war of two it is the other's.

"Iraq and Iran … *Iraqi jets bombed an oil terminal*; Iranian troops *recaptured the hill*".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.statement import Actor
from kg.text.clauses import Clause, Kind
from kg.text.lexicon import Frame
from kg.text.matches import Match
from kg.text.matching import Matcher
from kg.text.scene import Filling

_DEEDS = {"ASSAULT"}
_TAKEN = "kg:occupied"
# The war is told at least so often, and as so large a part of all deeds of war in the text.
_OFTEN = 2
_SHARE = 0.6
# Nobody says whose it was: links count for this much of what they were.
_ONLY_FOE = 0.6


def against_foe(
    matcher: Matcher, matches: Sequence[Match], untargeted: Sequence[tuple[Frame, Clause]]
) -> Iterator[Match]:
    """Matches for deeds of war by one of the two who fight, aimed at the other.

    Only for verbs of force whose object is a thing of war or a place, of nobody else: not
    "killed five villagers", "struck a convoy of the United Nations".
    """
    asked = [(f, c) for f, c in untargeted if _is_deed(matcher, f, c)]
    fought = _war(matcher, matches) if asked else {}
    for frame, clause in asked:
        prizes = _prizes(matcher, frame, clause)
        if not prizes:
            continue
        specificity = matcher.worded(clause, frame, set())[0]
        for source in matcher.sources(clause, frame):
            bare = matcher.lexicon.entry(frame).relation.event in _DEEDS
            war = fought or (_two_states(matcher, source) if bare else {})
            if len(war) != 2:
                continue
            sides = {matcher.scene.principal(actor).id for actor in source.actors}
            foes = [actor for identity, (actor, _) in war.items() if identity not in sides]
            if len(foes) != 1 or not sides <= set(war):
                continue
            foe = foes[0]
            if not all(_may_be_of(matcher, head, foe, sides) for head in prizes):
                continue
            told = war[foe.id][1]
            reason = f"{told.reason}; the one it fights in the text"
            target = replace(told, head=prizes[0], score=told.score * _ONLY_FOE, reason=reason)
            for subject in source.actors:
                yield Match(frame, clause, source, subject, target, foe, specificity)


def _is_deed(matcher: Matcher, frame: Frame, clause: Clause) -> bool:
    relation = matcher.lexicon.entry(frame).relation
    force = relation.event in _DEEDS or relation.id == _TAKEN
    return force and clause.kind is Kind.VERBAL and not frame.otherwise


def _war(matcher: Matcher, matches: Sequence[Match]) -> dict[str, tuple[Actor, Filling]]:
    """The two who fight each other in a text that tells of hardly any other war, by id."""
    told: Counter[frozenset[str]] = Counter()
    named: dict[str, tuple[Actor, Filling]] = {}
    for match in matches:
        relation = matcher.lexicon.entry(match.frame).relation
        if relation.event not in _DEEDS or match.object is None or match.target is None:
            continue
        subject = matcher.scene.principal(match.subject)
        obj = matcher.scene.principal(match.object)
        if subject.id != obj.id:
            told[frozenset({subject.id, obj.id})] += 1
            named.update({subject.id: (subject, match.source), obj.id: (obj, match.target)})
    if not told:
        return {}
    pair, times = told.most_common(1)[0]
    clear = times >= _OFTEN and times >= _SHARE * told.total()
    return {identity: named[identity] for identity in sorted(pair)} if clear else {}


def _two_states(matcher: Matcher, source: Filling) -> dict[str, tuple[Actor, Filling]]:
    """The state whose forces act and the only other one that the text speaks of, by id.

    "France mourned nine soldiers killed in Ivory Coast. *French forces destroyed two jets*".
    """
    mentions = matcher.scene.mentions
    if any(actor.sector != "MIL" for actor in source.actors):
        return {}
    named: dict[str, Filling] = {}
    for mention in mentions:
        filling = matcher.scene.filling(mention.head)
        for actor in mention.actors:
            if filling is not None and actor.country and actor.sector != "MED":
                named.setdefault(actor.country, filling)
    states = {country: mentions.state(country) for country in named}
    own = {actor.country for actor in source.actors}
    if len(states) != 2 or not own <= set(states):
        return {}
    return {s.id: (s, named[c]) for c, s in states.items() if s is not None}


def _prizes(matcher: Matcher, frame: Frame, clause: Clause) -> list[int]:
    """What was hit or taken: things of war, and names of places."""
    scene = matcher.scene
    reached = dict.fromkeys(
        head
        for route in frame.target
        if len(route.steps) == 1 and route.steps[0] in {"object", "on", "at"}
        for head in scene.follow(clause, route.steps)
    )
    spoils = matcher.lexicon.spoils
    fitting = [h for h in reached if _is_place(matcher, h) or spoils & scene.lemmas(h)]
    return fitting if len(fitting) == len(reached) else []


def _is_place(matcher: Matcher, head: int) -> bool:
    return matcher.scene.mentions.place_at(head) is not None


def _may_be_of(matcher: Matcher, head: int, foe: Actor, sides: set[str]) -> bool:
    """Whether nothing says that a thing or place is somebody else's."""
    scene = matcher.scene
    at = scene.mentions.at(head)
    place = scene.mentions.place_at(head)
    if at is not None and place is None:
        return False
    if place is None or place.actors[0].country is None:
        return True
    state = scene.mentions.state(place.actors[0].country)
    return state is not None and (state.id in sides or state.country == foe.country)
