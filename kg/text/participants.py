"""Who stands at the ends of a frame: the kinds of actors asked for, things, and owners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from kg.statement import Actor, ActorType
from kg.text.clauses import Clause, Kind
from kg.text.lexicon import Condition, Entry, Filler, Route
from kg.text.mentioned import MentionKind
from kg.text.reference import reference_words
from kg.text.scene import Filling, Scene
from kg.text.wordlists import listed

NO_ACTORS = {ActorType.PLACE, ActorType.THING, ActorType.AGREEMENT}
"""What is named and never acts."""
_STATES = {ActorType.STATE, ActorType.TERRITORY}
_ACTORS = frozenset(ActorType) - NO_ACTORS
_OF_KIND: dict[Filler, Set[ActorType]] = {
    **dict.fromkeys((Filler.ACTOR, Filler.PRINCIPAL, Filler.NONE), _ACTORS),
    Filler.PERSON: {ActorType.PERSON},
    Filler.STATE: _STATES,
    Filler.PLACE: {ActorType.PLACE, *_STATES},
    Filler.THING: {ActorType.THING},
}
_OWNED = ("possessor", "modifier", "by", "of", "from")
# An owner is one step further than a name: his links count for this much of what they were.
_OWNER = 0.85
# Only where it came from says whose weapon it is.
_WHENCE = 0.7
ABROAD = {"kg:visited", "kg:sentEnvoyTo", "kg:expelledDiplomats"}
ABROAD |= {"kg:recalledAmbassador", "kg:hasEmbassyIn"}
"""What is done across borders alone."""
AT_OWN = Route(("subject",), country=True)
"""Where a frame says that it is done to those of one's own land, if no other is named."""


def is_public(actor: Actor) -> bool:
    """Whether somebody speaks for no state: "*Tourists from Germany* visited" is no diplomacy."""
    return actor.type is ActorType.GROUP and actor.sector in {"CVL", "BUS", "EDU"}


def ids_of(fillings: Iterable[Filling]) -> frozenset[str]:
    """The ids of all actors of some nominals."""
    return frozenset(actor.id for filling in fillings for actor in filling.actors)


def all_persons(filling: Filling) -> bool:
    """Whether every actor of a nominal is a person."""
    return all(actor.type is ActorType.PERSON for actor in filling.actors)


def of_kind(scene: Scene, filling: Filling, kind: Filler) -> Filling | None:
    """The filling with those of its actors that are of a kind; None when there are none."""
    types = _OF_KIND[kind]
    actors = tuple([actor for actor in filling.actors if actor.type in types])
    if kind is Filler.PRINCIPAL:
        # "Kim sent troops", "Ugandan troops fought alongside …": acts of the state
        actors = tuple(dict.fromkeys(scene.principal(actor) for actor in actors))
    if not actors:
        return None
    return filling if actors == filling.actors else replace(filling, actors=actors)


def things(scene: Scene, heads: Iterable[int]) -> list[Filling]:
    """Nominals that a condition has vetted, as nodes of type Thing.

    "our nuclear weapons" said by Kim → "nuclear weapons" of North Korea.
    """
    return [_thing(scene, head) for head in heads]


def _thing(scene: Scene, head: int) -> Filling:
    phrase = scene.phrases[head]
    words = [scene.doc[i].text for i in phrase.modifiers if scene.doc[i].pos_ != "NUM"]
    label = " ".join([*words, scene.doc[head].text]).casefold()
    owner = scene.filling(phrase.possessor) if phrase.possessor is not None else None
    country = owner.actors[0].country if owner else None
    actor = Actor(
        id=f"local:{slug(label)}" + (f".{country}" if country else ""),
        label=label,
        type=ActorType.THING,
        country=country,
    )
    return Filling(head, phrase.start, phrase.end, (actor,), 1.0, "named by the frame")


def owners(scene: Scene, heads: Sequence[int], entry: Entry) -> list[Filling]:
    """Whom an act upon a place or a thing concerns: the state it lies in, or its owner.

    "a strike on Kharkiv" (Ukraine), "criticised Israel's decision", "tariffs on Chinese
    steel", "tariffs on steel from Canada and Mexico", "members of Hamas"; for acts of force
    also "a base in Syria". Not "attacked Israel's enemies": kin, friends and foes stand for
    themselves.
    """
    places = (h for h in heads if _is_place(scene, h))
    placed = [f for h in places if (f := scene.country(h)) is not None]
    if placed or entry.relation.event in {None, "CONSULT"}:
        # nobody meets the owner of a thing: "received *congratulations* from Pakistan"
        return placed
    force = entry.relation.quad == "MCONF"
    # killing a man's supporters is no killing of him
    camps = [] if force else [camp for head in heads for camp in _camp(scene, head)]
    blamed = entry.relation.event == "ACCUSE"
    return camps or [
        owner
        for head in heads
        if not scene.stands_alone(head) and not (blamed and _is_suffered(scene, head))
        for owner in _owners_of(scene, head, force)
    ]


def at_own(scene: Scene, own: list[Filling], heads: Sequence[int], entry: Entry) -> list[Filling]:
    """The land of those who act, unless what they act upon is told to be of another.

    "Thailand closed *two newspapers*"; not "took three *Russian* television channels off the
    air", nor what soldiers of two lands do ("*South African and Danish* soldiers").
    """
    named = [f for f in owners(scene, heads, entry) if not all_persons(f)]
    return named or (own if len(own) == 1 else [])


def _is_place(scene: Scene, head: int) -> bool:
    """Whether a nominal is a place by name or by description: "pounded *the city*"."""
    if scene.mentions.place_at(head) is not None:
        return True
    mention = scene.mentions.at(head)
    return mention is not None and all(a.type is ActorType.PLACE for a in mention.actors)


def _camp(scene: Scene, head: int) -> list[Filling]:
    """Whose people followers are: "accused *supporters of Bakiyev*", "blamed *his aides*"."""
    if scene.lemma(head) not in reference_words()["followers"]:
        return []
    leaders = (scene.filling(h) for step in ("possessor", "of") for h in scene.beside(head, step))
    reason = "whose followers they are"
    return [
        replace(leader, score=leader.score * _OWNER, reason=f"{leader.reason}; {reason}")
        for leader in leaders
        if leader is not None
    ][:1]


def through_owner(route: Route, asked: Sequence[Condition]) -> bool:
    """Whether a route leads to the owner of what no condition of the frame has vetted."""
    if len(route.steps) < 2 or route.steps[-1] not in _OWNED:
        return False
    return all(condition.route.steps != route.steps[:-1] for condition in asked)


def stand_beside(scene: Scene, clause: Clause, route: Route, event: str) -> bool:
    """Whether a route leads past those who are not their owner: "praised *Russia's partners*".

    So do the victims of what is blamed: "condemned *the shooting of demonstrators*".
    """
    blamed = event == "ACCUSE" and route.steps[-1] in {"possessor", "of"}
    if blamed and _suffers(scene, clause, route):
        return True
    if len(route.steps) < 2 or route.steps[-1] not in {"possessor", "of", "modifier"}:
        return False
    # not "praised its *Russian partners*", who are Russians
    adjective = route.steps[-1] == "modifier"
    return any(
        scene.lemma(head) in listed("facing")
        and not (adjective and scene.phrases[head].possessor is None)
        for head in scene.follow(clause, route.steps[:-1])
        if head in scene.phrases
    )


def _suffers(scene: Scene, clause: Clause, route: Route) -> bool:
    """Whether a route leads to whom a deed is done: "the arrest *of Kenyans*", "*Xu's* arrest".

    Not "*Israel's* killing of a commander", who does it.
    """
    *before, step = route.steps
    if before[-1:] == ["for"] or (not before and clause.kind is Kind.NOMINAL):
        # "a warrant *for the arrest* of the general" is for him
        return False
    done = scene.follow(clause, tuple(before) or ("object",))
    deeds = [head for head in done if _is_suffered(scene, head)]
    if step == "of" or not deeds:
        return bool(deeds)
    return any(
        scene.doc[owner].ent_type_ == "PERSON" and not scene.beside(deed, "of")
        for deed in deeds
        for owner in scene.beside(deed, "possessor")
    )


def _is_suffered(scene: Scene, head: int) -> bool:
    return not listed("suffered").isdisjoint(scene.lemmas(head))


def wielders(scene: Scene, tools: Iterable[int]) -> list[Filling]:
    """Who acts by what acts for him: "*Iraqi missiles* hit Tel Aviv".

    "a blast *in Mogadishu*", "the shelling *of Kharkiv*" are no deeds of those places.
    """
    deeds = reference_words().taken_up
    found: list[Filling] = []
    for head in tools:
        if not scene.stands_alone(head):
            done = any("ASSAULT" in deeds.get(word, ()) for word in scene.lemmas(head))
            steps = ("possessor", "modifier", "by", "from") if done else _OWNED
            owners_found = _owners_of(scene, head, True, steps=steps)
            found.extend(owners_found or _fired_from(scene, head))
        else:
            # "missiles" are a part of an army, whoever fires them
            found.extend(_fired_from(scene, head))
    return found


def _fired_from(scene: Scene, head: int) -> list[Filling]:
    """Who fires a weapon, or the land it comes from: "*A rocket fired from Lebanon* hit a field".

    "A drone *launched by the Houthis* struck a plant".
    """
    agents = (h for h in scene.descend(head, ("acl", "subject")) if h != head)
    fired = [f for h in agents if (f := scene.filling(h)) is not None]
    if fired:
        return [replace(f, score=f.score * _OWNER) for f in fired]
    places = scene.descend(head, ("acl", "from"))
    lands = [f for place in places if (f := scene.country(place)) is not None]
    # "fired *from Iranian territory*", "fired *from American warships*"
    near = [i for place in places for i in scene.beside(place, "modifier")] if not lands else []
    lands = lands or [f for i in near if (f := scene.country(i)) is not None]
    reason = "whence it was fired"
    return [replace(f, score=f.score * _WHENCE, reason=f"{f.reason}; {reason}") for f in lands]


def _owners_of(
    scene: Scene,
    head: int,
    force: bool,
    deep: bool = True,
    steps: tuple[str, ...] | None = None,
) -> list[Filling]:
    """Who stands at the first step that leads to anybody."""
    for step in steps or ((*_OWNED, "in") if force else _OWNED):
        found: list[Filling] = []
        inside = scene.beside(head, step)
        if step == "possessor" and any(scene.doc[h].pos_ == "PRON" for h in inside):
            # "massed troops on *its Afghan border*", "bombed *their Chadian* bases"
            named = (*scene.beside(head, "modifier"),)
            inside = [h for h in named if scene.filling(h) is not None] or inside
        for near in (*inside, *_adjectives_of(scene, inside)) if step == "modifier" else inside:
            owner = scene.filling(near)
            fitting = of_kind(scene, owner, Filler.ACTOR) if owner is not None else None
            if fitting is None and step != "modifier":
                fitting = scene.country(near)
            if fitting is None and step in {"of", "from", "by"} and deep:
                # "bombs *from an American B-2*", "the offices *of a French magazine*"
                found.extend(_owners_of(scene, near, force, deep=False))
                continue
            if force and fitting is not None and all_persons(fitting):
                # "bombed Uribe's hotel" is no bombing of Uribe
                return []
            if fitting is not None:
                found.append(
                    replace(
                        fitting,
                        score=fitting.score * _OWNER,
                        reason=f"{fitting.reason}; owner of what is named",
                    )
                )
        if found:
            return found
    return []


def _adjectives_of(scene: Scene, modifiers: Sequence[int]) -> Iterator[int]:
    """Names of peoples before a noun that is itself a modifier.

    "*Albanian* government servers", "*Russian* central bank reserves".
    """
    for modifier in modifiers:
        for token in scene.doc.span(max(modifier - 3, 0), modifier):
            mention = scene.mentions.at(token.i) if token.head.i == modifier else None
            if mention is not None and mention.kind is MentionKind.DEMONYM:
                yield token.i


def commands(subject: Actor, obj: Actor) -> bool:
    """Whether somebody speaks to his own troops, or a ruler to his own government.

    Orders to them are no requests: "*Trump asked the National Security Council* to help".
    """
    ruler = subject.type is ActorType.PERSON and subject.sector == "GOV" and obj.sector == "GOV"
    return (
        (obj.sector == "MIL" or ruler)
        and obj.type is ActorType.GOVERNMENT_BODY
        and subject.sector in {"GOV", "MIL"}
        and subject.country == obj.country
    )


def same_side(subject: Actor, obj: Actor) -> bool:
    """Whether somebody acts upon himself: "Congo recalled its envoys" is no act against Congo.

    A government may act upon its state all the same: "Haiti's government declared an emergency".
    """
    own = obj.type is ActorType.GOVERNMENT_BODY and obj.sector in {"GOV", "MIL"}
    return subject.id == obj.id or (
        subject.type is ActorType.STATE and own and subject.country == obj.country
    )


def of_one_side(subject: Actor, agent: Actor) -> bool:
    """Whether an act is the speaker's own or of his own state."""
    if subject.id == agent.id or same_side(subject, agent) or same_side(agent, subject):
        return True
    if subject.country is None or subject.country != agent.country:
        return False
    return is_state_side(subject) and is_state_side(agent)


def side_of(actor: Actor) -> str:
    """Whose side somebody is on: the code of his country, else his own id."""
    return actor.country or actor.id


def is_state_side(actor: Actor) -> bool:
    """Whether somebody is a state, or of its government or army."""
    return actor.type is ActorType.STATE or actor.sector in {"GOV", "MIL"}


def slug(label: str) -> str:
    """A label as the local part of an id: "Nuclear weapons!" → "nuclear-weapons"."""
    return "-".join("".join(c if c.isalnum() else " " for c in label.casefold()).split())


def is_their_own(scene: Scene, owner: Filling, own: frozenset[str]) -> bool:
    """Whether several act upon what is theirs, and not upon "*each other's* ports"."""
    words = {scene.doc[token].lower_ for token in range(owner.start, owner.end)}
    return own.issuperset(a.id for a in owner.actors) and words.isdisjoint({"other", "another"})
