"""Who stands with whom: the pairs of actors that the two ends of a frame make."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from kg.statement import Actor, ActorType
from kg.text.clauses import Clause
from kg.text.lexicon import Entry, Filler, Frame
from kg.text.participants import ABROAD, commands, is_public, of_one_side, same_side, side_of
from kg.text.roles import role_noun
from kg.text.scene import Filling, Scene
from kg.text.wordlists import listed

Pair = tuple[Filling, Actor, Filling | None, Actor | None]
"""Where the source stands and who it is, then the same of the target; None without a target."""
_OTHERS_LAND = {"kg:occupied", "kg:withdrewFrom"}
_CITIZENS = "-CVL"
_DUTY = {"must", "should", "ought"}
# What no private person does.
_OF_STATES = {"kg:imposedSanctionsOn", "kg:liftedSanctions", "kg:cutTies", "kg:recognises"}
_OF_STATES |= {"kg:expelledDiplomats", "kg:recalledAmbassador", "kg:deployedTroopsTo"}
_ABROAD_ALONE = {"kg:imposedSanctionsOn", "kg:liftedSanctions", "kg:cutTies"}
# What one side promises another, or does with it.
_BETWEEN_SIDES = {"AGREE", "COOPERATE"}
# Who fights at home, each with whom else; nothing but the one land says whose they are.
_INFIGHTING = {"MIL", "police", "REB", "UAF", "protesters", "CVL"}
_OF_THE_LAND = 0.6
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
        if entry.relation.event == "SANCTION" and home and other.sector == "GOV":
            # "Taiwan closed *its embassy*", "called off a meeting between *Wang Yi* and others"
            return False
        if entry.relation.id in _OF_STATES and _is_private(one):
            # "a grocer … *his duties* on China" are of somebody the tree lost
            return False
        if entry.relation.id in _ABROAD_ALONE and of_one_side(one, other):
            # "the Treasury froze any *U.S. assets* he may hold": not its own
            return False
        if entry.relation.id in _OF_BODIES and other.type is ActorType.PERSON:
            return False
        if entry.relation.event == "REQUEST" and commands(one, other):
            return False
        pact = entry.relation.symmetric and entry.relation.event == "SUPPORT"
        if (pact or entry.relation.event in _BETWEEN_SIDES) and of_one_side(one, other):
            # "agreed to return *their ambassadors*", "soldiers and *Pentagon* civilians"
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
        for argument in inner.surface_subject():
            filling = None if argument.inherited else scene.filling(argument.head)
            actors = filling.actors if filling is not None else ()
            doers = {side_of(actor) for actor in actors}
            if doers and (ends.isdisjoint(doers) or (due and own not in doers)):
                # "agreed that *Syria must* list its weapons": asked of Syria, not promised to
                # it; but "agreed that *both must* talk"
                return True
    return False


def infighting(
    scene: Scene, clause: Clause, frame: Frame, sources: Sequence[Filling]
) -> list[Filling]:
    """The two sides of a fight within the one land that it is told of.

    "clashes *between demonstrators and security forces* entered a third day" in a report on
    Chile, "skirmishes between the army and the rebels near Tetovo".
    """
    if all(route.steps != ("between",) for route in frame.source):
        return []
    heads = [a.head for a in clause.obliques("between")]
    words = {scene.lemma(m) for head in heads for m in scene.beside(head, "modifier")}
    if len(heads) == 1 and words & listed("at_odds"):
        # "fighting between *rival militias*"
        heads *= 2
    if len(heads) != 2:
        return []
    state = scene.mentions.only_state(clause.head)
    named = {actor.country for source in sources for actor in source.actors}
    if state is None or not named <= {state.country}:
        return []
    sides: list[Filling] = []
    for head in heads:
        phrase = scene.phrases[head]
        role = role_noun(scene.doc, phrase, scene.mentions.book)
        organ = role.role.target if role is not None else ""
        known = scene.filling(head)
        if sides and heads[0] == heads[1]:
            # whoever the other militia is
            known, organ = None, "UAF"
        if known is None and organ in _INFIGHTING:
            actor = scene.mentions.book.organ_actor(state, organ)
            reason = f"of {state.label}, the only land this is told of"
            known = Filling(head, phrase.start, phrase.end, (actor,), _OF_THE_LAND, reason)
        sides += [] if known is None else [known]
    return sides if len({actor for side in sides for actor in side.actors}) == 2 else []
