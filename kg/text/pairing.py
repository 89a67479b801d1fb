"""Who stands with whom: the pairs of actors that the two ends of a frame make."""

from __future__ import annotations

from itertools import combinations

from kg.statement import Actor, ActorType
from kg.text.lexicon import Entry, Filler, Frame
from kg.text.participants import ABROAD, commands, is_public, of_one_side, same_side
from kg.text.scene import Filling

Pair = tuple[Filling, Actor, Filling | None, Actor | None]
"""Where the source stands and who it is, then the same of the target; None without a target."""
_OTHERS_LAND = {"kg:occupied", "kg:withdrewFrom"}
_CITIZENS = "-CVL"
# What no private person does.
_OF_STATES = {"kg:imposedSanctionsOn", "kg:liftedSanctions", "kg:cutTies", "kg:recognises"}
_OF_STATES |= {"kg:expelledDiplomats", "kg:recalledAmbassador", "kg:deployedTroopsTo"}
# Bodies and lands have leaders; "*his* humanitarian chief" leads nobody.
_OF_BODIES = {"kg:leaderOf", "kg:ministerOf", "kg:commanderOf", "kg:formerHeadOf"}
_OF_BODIES |= {"kg:affiliatedWith", "kg:memberOf"}


def _is_private(actor: Actor) -> bool:
    """Whether an actor is a person of whom no office and no country is known."""
    return actor.type is ActorType.PERSON and actor.sector is None and actor.country is None


def pairs_of(
    entry: Entry, frame: Frame, sources: list[Filling], targets: list[Filling]
) -> list[Pair]:
    """The pairs of a frame's sources and targets; of a symmetric one also those of one end.

    "Moscow and Pyongyang signed a pact" is one of the two with each other.
    """
    # Frames that ask for a country tell of acts at home too: "The government of Haiti declared
    # a state of siege" is done to Haiti.
    at_home = any(route.country for route in frame.target)

    def apart(one: Actor, other: Actor) -> bool:
        if entry.relation.event is not None and _is_private(one) and _is_private(other):
            # "please *contact Jones or Smith*": nobody in public life
            return False
        home = one.country is not None and one.country == other.country
        if home and (frame.abroad or entry.relation.id in ABROAD):
            return False
        own = of_one_side(one, other) or (home and is_public(one))
        if entry.relation.id in _OTHERS_LAND and own:
            # "Iraqi troops retook Mosul": a state's own land; "students occupied a square"
            return False
        if entry.relation.id in _OF_STATES and _is_private(one):
            # "a grocer … *his duties* on China" are of somebody the tree lost
            return False
        if entry.relation.id in _OF_BODIES and other.type is ActorType.PERSON:
            return False
        if entry.relation.event == "REQUEST" and commands(one, other):
            return False
        if entry.relation.event == "AGREE" and of_one_side(one, other):
            # "agreed to return *their ambassadors*"
            return False
        if home and entry.relation.event == "REQUEST" and other.id.endswith(_CITIZENS):
            # "Canada told *its citizens* to leave Lebanon"
            return False
        if entry.relation.event == "CONSULT" and home and ActorType.STATE in {one.type, other.type}:
            # "Putin met *the returning Russians*"
            return False
        body = one.type is ActorType.GOVERNMENT_BODY
        if entry.relation.event == "THREATEN" and not body and of_one_side(one, other):
            # "Medvedev threatened to station missiles *in Kaliningrad*"
            return False
        return one.id != other.id and (at_home or not same_side(one, other))

    ends = [(filling, actor) for filling in sources for actor in filling.actors]
    if entry.object is Filler.NONE:
        return [(filling, actor, None, None) for filling, actor in ends]
    others = [(filling, actor) for filling in targets for actor in filling.actors]
    found: list[Pair] = [
        (source, subject, target, obj)
        for source, subject in ends
        for target, obj in others
        if apart(subject, obj)
    ]
    if entry.relation.symmetric and ends and {a for _, a in ends} == {a for _, a in others}:
        # "met *each other*": once
        found = []
    if not found and entry.relation.symmetric:
        # "Moscow and Pyongyang signed a pact", "talks between A, B and C"
        both = ends or others
        found = [
            (one, subject, other, obj)
            for (one, subject), (other, obj) in combinations(both, 2)
            if apart(subject, obj)
        ]
    return found
