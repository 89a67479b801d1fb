"""Whose people protest where only a crowd is told of: "In Chennai, *hundreds* burned flags"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.statement import Actor, ActorType
from kg.text.clauses import Clause, Kind, Link, Role
from kg.text.gazetteer import NameKind
from kg.text.lexicon import Entry, Frame
from kg.text.names import key
from kg.text.parsed import Token
from kg.text.participants import is_public
from kg.text.reference import reference_words
from kg.text.scene import Filling, Scene
from kg.text.whereabouts import told_land
from kg.text.wordlists import listed

# The land where something happens is one step further than a name: its links count for this much.
_OF_THE_PLACE = 0.8
# "against the war *in Iraq*", "the strikes *on Gaza*" tell where others make war.
_IN = {"in", "on", "across", "inside"}
_WARFARE = {"war", "bombing", "strike", "attack", "offensive", "intervention", "operation", "raid"}
_WARFARE |= {"killing", "massacre", "bloodshed", "fighting", "campaign", "violence", "bombardment"}
# What a state may be told to do in protest without anybody in the streets.
_DONE_BY_STATES = {"protest", "close", "shut", "stop", "block", "launch", "begin", "order", "mount"}
# "the third *night* of rioting"
_SPELLS = {"hour", "day", "night", "week", "month", "year", "wave", "round", "spate"}
_STATES = {ActorType.STATE, ActorType.TERRITORY, ActorType.INTERGOVERNMENTAL}
# What unrest does to the land it is in.
_ROCKING = {"rock", "sweep", "grip", "shake", "convulse", "paralyse", "paralyze", "engulf"}
_ROCKING |= {"bring", "cripple", "disrupt", "hit", "halt", "roil", "rattle", "plunge"}


def crowd_of_place(
    scene: Scene, clause: Clause, heads: Sequence[int], entry: Entry
) -> list[Filling]:
    """The land in which a crowd without a name protests: "In Chennai, *hundreds* burned flags"."""
    if entry.relation.event != "PROTEST":
        return []
    words = reference_words()
    # "*Protests in Tbilisi* against the government", "*rallies* broke out across France"
    crowds = words["crowds"] | words["gatherings"]
    heads = list(heads)
    # "in a third night of *rioting*" is a verb without a subject
    # "an *effigy* of Mr Bush was burned in Manila"
    symbol = clause.passive and any(_is_mission(scene, a.head) for a in clause.of(Role.OBJECT))
    nominal = clause.kind is Kind.NOMINAL or (not heads and (clause.verb == "riot" or symbol))
    if not nominal and not any(not crowds.isdisjoint(scene.lemmas(head)) for head in heads):
        return []
    own = (clause.head, *heads) if nominal else heads
    if any(_against_a_people(scene, head) for head in own):
        return []
    places = [h for way in ("in", "across", "throughout") for h in scene.follow(clause, (way,))]
    if clause.verb in _ROCKING:
        # "mass protests *rocked Belarus*"
        places += [a.head for a in clause.of(Role.OBJECT)]
    places += [h for head in heads for way in ("in", "across") for h in scene.beside(head, way)]
    if not nominal:
        # "Thousands tried to break into the Israeli *consulate in Istanbul*"
        at = (*clause.of(Role.OBJECT), *clause.obliques("into", "outside", "on", "at", "around"))
        places += [h for a in at for h in scene.beside(a.head, "in")]
    reason = "people of where it happened"
    found = [place for head in places if (place := scene.country(head)) is not None]
    if found:
        # "marched in *Rome, Madrid and London*"
        score = found[0].score * _OF_THE_PLACE
        states = dict.fromkeys(state for place in found for state in place.actors)
        organs = tuple(scene.mentions.book.organ_actor(state, "protesters") for state in states)
        reason = f"{found[0].reason}; {reason}"
        return [replace(found[0], actors=organs, score=score, reason=reason)]
    told = nominal and not places and _is_unrest(scene, clause)
    state = scene.mentions.only_state(clause.head) if told else None
    if state is None:
        return []
    # "stepped down after a month of *street protests*", told of one land alone
    organ = scene.mentions.book.organ_actor(state, "protesters")
    reason = f"people of {state.label}, the only state that this is told of"
    return [Filling(clause.head, clause.head, clause.head + 1, (organ,), 0.6, reason)]


def _is_unrest(scene: Scene, clause: Clause) -> bool:
    """Whether a noun tells of people in the streets, not of a note or a parade.

    "weeks of *protests*", "*a march* on his palace"; not "lodged a protest", "at a rally".
    """
    if not reference_words()["gatherings"] & scene.lemmas(clause.head):
        return False
    above = scene.doc[clause.head]
    while above.dep_ in {"nmod", "conj"}:
        above = above.head
    verbs = [verb.lemma for verb in scene.verbs_of(above.i)]
    if verbs:
        # "drew *protests*", "had set off *months of protests*", against whomever; but police
        # "broke up *a march*" at home
        return all(verb in listed("dispersing") for verb in verbs)
    if scene.lemma(clause.head) in {"rioting", "unrest"} or _lasts(scene, clause):
        return True
    return scene.doc[clause.head].tag_ == "NNS" or any(clause.obliques("over", "against", "on"))


def _lasts(scene: Scene, clause: Clause) -> bool:
    """Whether days are counted of what goes on: "the 17th day *of a strike*"."""
    token = scene.doc[clause.head]
    return token.dep_ == "nmod" and scene.lemma(token.head.i) in _SPELLS


def gathered(
    scene: Scene, clause: Clause, frame: Frame, sources: list[Filling], targets: list[Filling]
) -> tuple[list[Filling], list[Filling]]:
    """The two ends of a protest, what is missing found by the land that it is told of."""
    if clause.verb in _DONE_BY_STATES:
        # "Vietnam protested a fishing ban", "Tanzania closed its border in protest"; but
        # "several thousand *Chinese* marched"
        sources = [f for f in sources if not all(_is_of_state(actor) for actor in f.actors)]
    targets = [target for target in targets if not _is_where_war_is(scene, target)]
    if not sources and not targets:
        sources, targets = _against_whom(scene, clause, frame)
    sources = sources or _people_there(scene, clause, frame, targets)
    if sources and clause.kind is not Kind.NOMINAL:
        # "Crowds in Baghdad chanted *anti-American* slogans"
        hated = [t for a in clause.of(Role.OBJECT) for t in _hated(scene, a.head)]
        targets = hated or targets
    # "*Palestinians* burned tyres" is not against Palestine: others rule there
    lands = {actor.country for source in sources for actor in source.actors} & listed("occupied")
    own = {state for land in lands if (state := scene.mentions.state(land or "")) is not None}
    targets = [target for target in targets if own.isdisjoint(target.actors)]
    if _is_upon_others(scene, clause):
        # "*Tehran mobs* storm Gulf embassies": whosever these are, not Iran's
        heads = {source.head for source in sources}
        targets = [target for target in targets if target.head not in heads]
    theirs = {actor.country for target in targets for actor in target.actors}
    if (
        len(sources) == 1
        and len(sources[0].actors) > 1
        and not theirs.isdisjoint(actor.country for actor in sources[0].actors)
    ):
        # "protests broke out *in Lima and La Paz*": each against its own
        sources = [replace(sources[0], actors=sources[0].actors[:1])]
        targets = [t for t in targets if t.actors[0].country == sources[0].actors[0].country]
    verbal = clause.kind is not Kind.NOMINAL
    own_land = verbal and _is_of_own(frame) and not _is_upon_others(scene, clause)
    if not targets and (own_land or _names_nobody(scene, clause)):
        sources = _of_one_land(sources)
        targets = _their_rulers(scene, sources)
    return sources, targets


def _of_one_land(crowds: Sequence[Filling]) -> list[Filling]:
    """The crowds of the land that is named first: each land's people protest at home."""
    land = crowds[0].actors[0].country if crowds else None
    own = ((one, tuple(a for a in one.actors if a.country == land)) for one in crowds)
    return [replace(one, actors=actors) for one, actors in own if actors]


def _is_of_own(frame: Frame) -> bool:
    """Whether a frame takes the land of those who protest for whom they protest against."""
    return any(r.country and any(r.steps == o.steps for o in frame.source) for r in frame.target)


def _is_upon_others(scene: Scene, clause: Clause) -> bool:
    """Whether a crowd burns or besieges what is of another land: "set fire to *a flag*".

    "broke into *the compound of the embassy*, smashed windows" goes on doing it.
    """
    things = [a.head for a in clause.arguments if a.role in {Role.OBJECT, Role.OBLIQUE}]
    things += [inner for thing in things for inner in scene.beside(thing, "of")]
    if any(_is_mission(scene, thing) for thing in things):
        return True
    above = scene.clauses.parent(clause) if clause.link is Link.CONJUNCT else None
    return above is not None and _is_upon_others(scene, above)


def _names_nobody(scene: Scene, clause: Clause) -> bool:
    """Whether nothing that a protest is told to be about or at may be of somebody else."""
    if clause.kind is not Kind.NOMINAL:
        # not "marched *for Ukraine*", "picketed *the embassy*"
        about = any(clause.obliques("for", "on", "to", "outside", "past"))
        return not about and not clause.of(Role.OBJECT)
    return not any(clause.obliques("against", "outside", "at", "for")) and _is_unrest(scene, clause)


def _their_rulers(scene: Scene, crowds: Sequence[Filling]) -> list[Filling]:
    """The state against which its own people gather where nobody else is named.

    "after a month of *street protests* over plans to export gas": of Bolivians, in Bolivia.
    """
    actors = [actor for crowd in crowds for actor in crowd.actors]
    states = {scene.mentions.state(actor.country or "") for actor in actors}
    state = next(iter(states), None) if len(states) == 1 else None
    if state is None or any(not _may_protest(actor) for actor in actors):
        return []
    if state.country in listed("occupied"):
        return []
    reason = f"{state.label}, where its people protest"
    return [replace(crowds[0], actors=(state,), score=0.9 * crowds[0].score, reason=reason)]


def _people_there(
    scene: Scene, clause: Clause, frame: Frame, targets: Sequence[Filling]
) -> list[Filling]:
    """A crowd as people of the land that is told of: "Lawmakers criticised *Seoul*. Growers
    rallied"; of the other of two where one is against whom they are: "Tehran vowed revenge, and
    *demonstrators* burned a U.S. flag".
    """
    if clause.kind is Kind.NOMINAL:
        return []
    heads = [head for route in frame.source for head in scene.follow(clause, route.steps)]
    crowd = next((head for head in heads if _is_crowd(scene, head)), None)
    if crowd is None and not heads and _is_thrown(scene, clause):
        crowd = clause.of(Role.OBJECT)[0].head
    if crowd is None or scene.filling(crowd) is not None or _against_a_people(scene, crowd):
        return []
    state = told_land(scene, clause, _others_lands(scene, clause, targets))
    if state is None:
        return []
    organ = scene.mentions.book.organ_actor(state, "protesters")
    phrase = scene.phrases[crowd]
    reason = f"people of {state.label}, where it is told to happen"
    return [Filling(crowd, phrase.start, phrase.end, (organ,), 0.6, reason)]


def _is_thrown(scene: Scene, clause: Clause) -> bool:
    """Whether a crowd is told of by what it throws: "*stones* were thrown at the mission"."""
    thrown = (scene.lemma(argument.head) in listed("thrown") for argument in clause.of(Role.OBJECT))
    return clause.passive and any(thrown)


def _is_crowd(scene: Scene, head: int) -> bool:
    """Whether a noun is for people nobody has named yet: "*Some 3,000 growers*", "youths"."""
    phrase = scene.phrases.get(head)
    if phrase is None or phrase.pronoun:
        return False
    if phrase.possessor is not None and not _is_of_no_land(scene, phrase.possessor):
        # "*his* supporters", "*Kenya's* teachers"; but "Thammasat University's students"
        return False
    lemmas = scene.lemmas(head)
    # who is told of for the first time even as "*the demonstrators*", "*the metalworkers' union*"
    demonstrating = not listed("demonstrating").isdisjoint(lemmas)
    crowd = demonstrating or not reference_words()["crowds"].isdisjoint(lemmas)
    # "*migrants* at the fence" are of neither side of it
    if not crowd or not listed("in_transit").isdisjoint(lemmas):
        return False
    # "*the farmers*" were told of before, whosever they are, but where one land alone is told of
    return phrase.determiner != "the" or demonstrating or scene.mentions.home_country is not None


def _is_of_no_land(scene: Scene, owner: int) -> bool:
    filling = scene.filling(owner)
    pronoun = owner in scene.phrases and scene.phrases[owner].pronoun
    return not pronoun and (filling is None or all(a.country is None for a in filling.actors))


def _may_protest(actor: Actor) -> bool:
    opposed = actor.sector == "OPP" and actor.type is not ActorType.PERSON
    return is_public(actor) or opposed or (actor.type is ActorType.GROUP and actor.sector == "NGO")


def _is_of_state(actor: Actor) -> bool:
    body = actor.type is not ActorType.PERSON and actor.sector in {"GOV", "MIL"}
    return actor.type in _STATES or body


def _others_lands(scene: Scene, clause: Clause, targets: Sequence[Filling]) -> set[str]:
    """The lands that a crowd is not of: "burned *a U.S. flag*", "marched against *Israel*".

    A government or politician may be their own: "protesters stormed *the president's palace*".
    """
    foreign = _is_upon_others(scene, clause)
    return {
        actor.country
        for target in targets
        if not _is_at(scene, target.head)
        for actor in target.actors
        if actor.country
        if foreign or actor.type in _STATES or _is_mission(scene, target.head)
    }


def _is_mission(scene: Scene, head: int) -> bool:
    """Whether a noun is for what stands in another land: "the compound of *the embassy*"."""
    # not "the *Ambassador* Bridge"
    return scene.lemma(head) in listed("of_others")


def _is_where_war_is(scene: Scene, target: Filling) -> bool:
    """Whether a land is only where others make war: "marched against *the war in Iraq*"."""
    phrase = scene.phrases.get(target.head)
    war = scene.doc[target.head].head.i
    return phrase is not None and phrase.preposition in _IN and scene.lemma(war) in _WARFARE


def _is_at(scene: Scene, head: int) -> bool:
    phrase = scene.phrases.get(head)
    return phrase is not None and phrase.preposition in listed("at")


def _against_a_people(scene: Scene, head: int) -> bool:
    """Whether a gathering is called by those it is against: "*anti-Japanese* protests"."""
    return next(_anti(scene, head), None) is not None


def _anti(scene: Scene, head: int) -> Iterator[Token]:
    phrase = scene.phrases.get(head)
    words = () if phrase is None else scene.doc.span(phrase.start, head)
    return (t for t in words if t.lower_.startswith("anti-") and t.text[5:6].isupper())


def _against_whom(
    scene: Scene, clause: Clause, frame: Frame
) -> tuple[list[Filling], list[Filling]]:
    """Who gathers against whom where an adjective tells it: "*anti-Japanese* protests in Beijing".

    Those of the place, if it is another land.
    """
    nominal = clause.kind is Kind.NOMINAL
    heads = [h for r in frame.source for h in scene.follow(clause, r.steps[:1])]
    for head in [clause.head] if nominal else heads:
        for target in _hated(scene, head):
            hated = target.actors[0].country
            land = told_land(scene, clause, {hated} if hated else set(), near=True, placed=True)
            if land is None:
                continue
            crowd = scene.mentions.book.organ_actor(land, "protesters")
            phrase = scene.phrases[head]
            reason = f"people of {land.label}, where it is told to happen"
            source = Filling(head, phrase.start, phrase.end, (crowd,), _OF_THE_PLACE, reason)
            return [source], [target]
    return [], []


def _hated(scene: Scene, head: int) -> Iterator[Filling]:
    """The states that an adjective before a noun is against: "*anti-Japanese* slogans"."""
    for token in _anti(scene, head):
        states = {
            state
            for name in scene.mentions.book.names.get(key(token.text[5:]), ())
            if name.kind is NameKind.ADJECTIVE
            if (actor := scene.mentions.book.actors[name.actor]).type in _STATES
            if actor.country and (state := scene.mentions.state(actor.country)) is not None
        }
        if len(states) == 1:
            against = f"it is called '{token.text}'"
            actors = (states.pop(),)
            yield Filling(token.i, token.i, token.i + 1, actors, _OF_THE_PLACE, against)
