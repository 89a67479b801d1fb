"""Who stands with whom: the pairs of actors that the two ends of a frame make."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from kg.statement import Actor, ActorType
from kg.text.clauses import Clause, Kind
from kg.text.lexicon import Entry, Filler, Frame
from kg.text.participants import (
    ABROAD,
    AT_OWN,
    commands,
    is_public,
    is_state_side,
    of_one_side,
    same_side,
    side_of,
)
from kg.text.roles import role_noun
from kg.text.scene import Filling, Scene
from kg.text.wordlists import listed

Pair = tuple[Filling, Actor, Filling | None, Actor | None]
"""Where the source stands and who it is, then the same of the target; None without a target."""
_OTHERS_LAND = {"kg:occupied", "kg:withdrewFrom"}
_CITIZENS = "-CVL"
_DUTY = {"must", "should", "ought"}
# What two may do together with a third: meet him, fight him.
_WITH_OTHERS = {"CONSULT", "ASSAULT"}
# What no private person does.
_OF_STATES = {"kg:imposedSanctionsOn", "kg:liftedSanctions", "kg:cutTies", "kg:recognises"}
_OF_STATES |= {
    "kg:suspendedTransportLinks",
    "kg:expelledDiplomats",
    "kg:recalledAmbassador",
    "kg:deployedTroopsTo",
}
_ABROAD_ALONE = {"kg:imposedSanctionsOn", "kg:liftedSanctions", "kg:cutTies"}
# What nouns tell of that verbs may undo.
_HARDENING = {"SANCTION", "COERCE"}
# What one side promises another, or does with it.
_BETWEEN_SIDES = {"AGREE", "COOPERATE"}
# What rulers promise their own people.
_TO_ONES_OWN = {"kg:agreedToReform", "kg:agreedToLeaveOffice"}
_NAMED = {"PERSON", "NORP", "ORG", "GPE"}
# Bodies and lands have leaders; "*his* humanitarian chief" leads nobody.
_OF_BODIES = {"kg:leaderOf", "kg:ministerOf", "kg:commanderOf", "kg:formerHeadOf"}
_OF_BODIES |= {"kg:affiliatedWith", "kg:memberOf"}


def their_own(scene: Scene, target: Filling, sources: Sequence[Filling]) -> bool:
    """Whether several act upon what is theirs: "Japarov and Rahmon instructed *their aides*"."""
    phrase = scene.phrases.get(target.head)
    owner = None if phrase is None else phrase.possessor
    if owner is None or scene.doc[owner].lower_ != "their":
        return False
    own = [actor for source in sources for actor in source.actors]
    return all(any(of_one_side(one, actor) for one in own) for actor in target.actors)


def _is_private(actor: Actor) -> bool:
    """Whether an actor is a person of whom no office and no country is known."""
    return actor.type is ActorType.PERSON and actor.sector is None and actor.country is None


def _has_partner(scene: Scene, clause: Clause) -> bool:
    """Whether somebody whom no table knows is who several meet, so not each with the other.

    "Envoys of Chile and Peru met *the ministers of both sides*", "held talks with *the rebels*",
    "French and Chadian soldiers fought *armed bandits*"; not "met *with great success*".
    """
    for steps in (("object",), ("with",), ("against",), ("object", "with")):
        for head in scene.follow(clause, steps):
            phrase = scene.phrases.get(head)
            if scene.doc[head].ent_type_ in _NAMED or (
                phrase is not None and role_noun(scene.doc, phrase, scene.mentions.book) is not None
            ):
                return True
    return False


def pairs_of(
    scene: Scene,
    clause: Clause,
    entry: Entry,
    frame: Frame,
    sources: list[Filling],
    targets: list[Filling],
) -> list[Pair]:
    """The pairs of a frame's sources and targets; of a symmetric one also those of one end.

    "Moscow and Pyongyang signed a pact" is one of the two with each other.
    """
    if not (sources or (targets and entry.relation.symmetric)):
        return []
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
        if entry.relation.event == "SANCTION" and home and other.sector == "GOV":
            # "Taiwan closed *its embassy*", "called off a meeting between *Wang Yi* and others"
            return False
        if entry.relation.id in _OF_STATES and (_is_private(one) or one.type is ActorType.COMPANY):
            # "a grocer … *his duties* on China" are of somebody the tree lost; "*Air France*
            # cancelled flights to Tunis" is business
            return False
        if entry.relation.id in _ABROAD_ALONE and of_one_side(one, other):
            # "the Treasury froze any *U.S. assets* he may hold": not its own
            return False
        if entry.relation.id in _OF_BODIES and other.type is ActorType.PERSON:
            return False
        if entry.relation.event == "REQUEST" and commands(one, other):
            return False
        pact = entry.relation.symmetric and entry.relation.event == "SUPPORT"
        mutual = entry.relation.event in _BETWEEN_SIDES and entry.relation.id not in _TO_ONES_OWN
        if (pact or mutual) and of_one_side(one, other):
            # "agreed to return *their ambassadors*", "soldiers and *Pentagon* civilians"
            return False
        own_state = home and at_home and other.type is ActorType.STATE and is_state_side(one)
        if entry.relation.event == "REQUEST" and own_state:
            # "In *Washington*, the State Department called for restraint": not of its own
            return False
        if entry.relation.event == "CONSULT" and home and ActorType.STATE in {one.type, other.type}:
            # "Putin met *the returning Russians*"
            return False
        body = one.type is ActorType.GOVERNMENT_BODY
        if entry.relation.event == "THREATEN" and not body and of_one_side(one, other):
            # "Medvedev threatened to station missiles *in Kaliningrad*"
            return False
        return one.id != other.id and (at_home or not same_side(one, other))

    asking = entry.relation.event == "REQUEST"
    if entry.relation.event in _HARDENING and _is_undone(scene, clause):
        return []
    ends = [(filling, actor) for filling in sources for actor in filling.actors]
    if entry.object is Filler.NONE:
        return [(filling, actor, None, None) for filling, actor in ends]
    others = [(filling, actor) for filling in targets for actor in filling.actors]
    of_doers = AT_OWN in frame.target
    several = len({side_of(actor) for _, actor in ends}) > 1
    found: list[Pair] = [
        (source, subject, target, obj)
        for source, subject in ends
        for target, obj in others
        if apart(subject, obj)
        and not (asking and _are_its_citizens(scene, subject, target, obj))
        and not (len(ends) > 1 and _of_each_other(scene, subject, target, obj))
        and not (asking and _is_one_of_both(subject, target, obj))
        # "*Indian and Irish troops* seized the radio station": in neither land
        and not (of_doers and source.head == target.head and several)
    ]
    if entry.relation.symmetric and ends and {a for _, a in ends} == {a for _, a in others}:
        # "met *each other*": once
        found = []
    alone = not found and entry.relation.symmetric
    if alone and not (entry.relation.event in _WITH_OTHERS and _has_partner(scene, clause)):
        # "Moscow and Pyongyang signed a pact", "talks between A, B and C"
        both = ends or others
        found = [
            (one, subject, other, obj)
            for (one, subject), (other, obj) in combinations(both, 2)
            if apart(subject, obj)
        ]
    return found


def _is_undone(scene: Scene, clause: Clause) -> bool:
    """Whether a noun for a ban or an embargo tells of one that is lifted or not yet there.

    "*easing* its curbs on Venezuelan oil", "*vetoed* sanctions on Mali".
    """
    if clause.kind is not Kind.NOMINAL:
        return False
    undoing = listed("undoing")
    return any(verb.lemma in undoing for verb in scene.verbs_of(clause.head))


def _are_its_citizens(scene: Scene, subject: Actor, target: Filling, obj: Actor) -> bool:
    """Whether a state speaks to its own: "Canada told *its citizens* to leave Lebanon".

    Not "told *farmers* to go home", whom only the noun names.
    """
    own = subject.country is not None and subject.country == obj.country
    return own and obj.id.endswith(_CITIZENS) and scene.filling(target.head) is not None


def _is_one_of_both(subject: Actor, target: Filling, obj: Actor) -> bool:
    """Whether who asks is of one of the sides he asks: "proposed that *the two sides* begin talks".

    "Xinhua said so and proposed that the two sides meet": to the other one.
    """
    own = side_of(subject)
    return side_of(obj) == own and any(side_of(actor) != own for actor in target.actors)


def _of_each_other(scene: Scene, subject: Actor, target: Filling, obj: Actor) -> bool:
    """Whether somebody is of the actor's own land where each acts upon the other's people.

    "Malaysia and North Korea banned *each other's citizens* from leaving".
    """
    phrase = scene.phrases.get(target.head)
    if phrase is None or phrase.possessor is None or subject.country != obj.country:
        return False
    words = {scene.doc[i].lower_ for i in range(phrase.start, target.head)}
    return bool(words & {"other", "another"})


def for_others(scene: Scene, clause: Clause, pair: Pair) -> bool:
    """Whether a third party is to do what is proposed: "suggested that *Oslo* talk to Iran".

    Not "Hamas agreed that *Israel* may bury its dead", nor "agreed that *its forces* leave".
    """
    _, subject, target, obj = pair
    if target is None or obj is None:
        return False
    own = side_of(subject)
    ends = {own, side_of(obj)}
    for inner in scene.complements(clause):
        if not inner.start <= target.head < inner.end:
            # "Iran and Iraq agreed that the UN would monitor the border"
            continue
        due = any(scene.doc[i].lower_ in _DUTY for i in inner.auxiliaries)
        # "proposed that *Seoul withdraw its guns*": asked of Seoul
        due = due or clause.verb in {"propose", "suggest"}
        for argument in inner.surface_subject():
            filling = None if argument.inherited else scene.filling(argument.head)
            actors = filling.actors if filling is not None else ()
            doers = {side_of(actor) for actor in actors}
            if doers and (ends.isdisjoint(doers) or (due and own not in doers)):
                # "agreed that *Syria must* list its weapons": asked of Syria, not promised to
                # it; but "agreed that *both must* talk"
                return True
    return False
