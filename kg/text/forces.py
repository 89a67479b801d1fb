"""Fighters, police and mobs without a land, as those of the land where they use force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.statement import Actor, ActorType
from kg.text.authorities import OF_THE_LAND
from kg.text.clauses import Clause, Kind
from kg.text.lexicon import Entry, Frame
from kg.text.parsed import Token
from kg.text.phrases import NounPhrase
from kg.text.reference import reference_words
from kg.text.roles import role_noun
from kg.text.scene import Filling, Scene
from kg.text.whereabouts import told_land
from kg.text.wordlists import listed

_COUP = "kg:overthrew"
_UPON_RULERS = {_COUP, "kg:arrested"}
_GUARDS = {"police", "policeman", "agent", "man", "guard", "gendarme", "judge", "court", "gunman"}
_POLITICIANS = {"GOV", "OPP", "LEG", "MIL", "JUD"}
# Nothing but where it happens says whose they are.
_OF_THE_PLACE = 0.6
_OF_STATE = {"MIL", "police"}
_SEATS = {"office", "palace", "parliament", "residence", "ministry", "presidency", "barracks"}
_IRREGULAR = {"REB", "UAF", "CRM", "protesters"}
# Who fights at home, each with whom else.
_AT_ODDS = _OF_STATE | _IRREGULAR | {"CVL", "EDU", "OPP", "labour", "clergy", "refugees", "party"}
# "sent troops *into the suburbs*" tells where without a name.
_INWARD = {"into", "onto", "on", "through"}
_ARMOUR = {"tank", "tanks", "armour", "armor", "armoured vehicle", "armored vehicle"}
_ARMOUR |= {"armoured car", "armored car", "armoured column", "personnel carrier"}
_EDGE = {"border", "frontier", "borders", "frontiers"}
_BETWEEN = (("between",), ("subject", "between"))


def forces(
    scene: Scene, clause: Clause, entry: Entry, frame: Frame, targets: Sequence[Filling]
) -> list[Filling]:
    """Who uses force, or arrests a politician, when only a noun tells it and the land is told."""
    if entry.relation.id in _UPON_RULERS:
        return mutineers(scene, clause, targets, entry.relation.id == _COUP)
    nominal = clause.kind is Kind.NOMINAL
    if not nominal and not clause.tense:
        # "ordered troops into Panama *to capture* Noriega": not Panama's
        return []
    if entry.relation.event == "MOBILIZE":
        return [] if nominal else _posted(scene, clause, frame, targets)
    if entry.relation.event != "ASSAULT":
        return []
    return _of_the_place(scene, clause, frame, targets)


def posted_at_home(
    scene: Scene, clause: Clause, frame: Frame, sources: list[Filling], targets: list[Filling]
) -> tuple[list[Filling], list[Filling]]:
    """A state that deploys its forces in its own land: its government does.

    "*Kenya* sent troops into the suburbs of Nairobi", "rushed police *to the Rift Valley*"; not
    "rushed tanks to *the frontier town* of Mae Sai", nor "sent 500 police", to wherever.
    """
    own = {actor for source in sources for actor in source.actors}
    state = next(iter(own), None)
    if state is None or len(own) > 1 or state.type is not ActorType.STATE:
        return sources, targets
    if not targets or not all(own.issuperset(target.actors) for target in targets):
        return sources, targets
    told = any(condition.route.steps[0] in _INWARD for condition in frame.where)
    nowhere = not told and {source.head for source in sources} >= {t.head for t in targets}
    around = scene.doc.span(clause.start, clause.end)
    if nowhere or any(t.lower_ in _EDGE for t in around):
        return sources, []
    government = scene.mentions.book.organ_actor(state, "GOV")
    return [replace(source, actors=(government,)) for source in sources[:1]], targets


def _posted(
    scene: Scene, clause: Clause, frame: Frame, targets: Sequence[Filling]
) -> list[Filling]:
    """Tanks and soldiers of nobody in the streets of a land: its own army.

    "*Armoured vehicles* patrolled Nairobi"; not where foreign troops are told of.
    """
    lands = {actor.country for target in targets for actor in target.actors}
    land = scene.mentions.state(lands.pop() or "") if len(lands) == 1 else None
    if land is None or land.country in listed("occupied"):
        return []
    heads = [head for route in frame.source for head in scene.follow(clause, route.steps)]
    for head in heads:
        phrase = scene.phrases.get(head)
        if phrase is None or scene.filling(head) is not None or phrase.pronoun:
            continue
        role = role_noun(scene.doc, phrase, scene.mentions.book)
        force = role is not None and role.role.target in _OF_STATE
        if not force and _ARMOUR.isdisjoint(scene.lemmas(head)):
            continue
        owned = phrase.possessor is not None or phrase.determiner == "the"
        strange = any(scene.mentions.at(m) is not None for m in phrase.modifiers)
        if owned or strange or of_some_people(scene, head):
            continue
        alone = scene.mentions.only_state(clause.head)
        if alone == land and scene.mentions.main_country in {None, land.country}:
            actor = scene.mentions.book.organ_actor(land, "MIL")
            reason = f"forces in {land.label}, told of it alone"
            return [Filling(head, phrase.start, phrase.end, (actor,), _OF_THE_PLACE, reason)]
    return []


def infighting(
    scene: Scene, clause: Clause, frame: Frame, sources: Sequence[Filling]
) -> list[Filling]:
    """The two sides of a fight within the one land that it is told of.

    "clashes *between demonstrators and security forces* entered a third day" in a report on
    Chile, "fighting between *farmers and herders* in Plateau state".
    """
    if all(route.steps not in _BETWEEN for route in frame.source):
        return []
    heads = next((found for way in _BETWEEN if (found := scene.follow(clause, way))), [])
    words = {scene.lemma(m) for head in heads for m in scene.beside(head, "modifier")}
    if len(heads) == 1 and words & listed("at_odds"):
        # "fighting between *rival militias*"
        heads = heads * 2
    if len(heads) != 2:
        return []
    state = scene.mentions.only_state(clause.head) or told_land(scene, clause, near=True)
    named = {actor.country for source in sources for actor in source.actors}
    if state is None or not named <= {state.country}:
        return []
    sides: list[Filling] = []
    for head in heads:
        known = scene.filling(head)
        if sides and heads[0] == heads[1]:
            known = None
        if known is None:
            organ = _side(scene, head)
            if organ is None:
                return []
            actor = scene.mentions.book.organ_actor(state, organ)
            if any(actor in side.actors for side in sides):
                # whoever the other militia is, or the herders
                actor = scene.mentions.book.organ_actor(state, "UAF")
            phrase = scene.phrases[head]
            reason = f"of {state.label}, the only land this is told of"
            known = Filling(head, phrase.start, phrase.end, (actor,), _OF_THE_PLACE, reason)
        sides.append(known)
    return sides if len({actor for side in sides for actor in side.actors}) == 2 else []


def _side(scene: Scene, head: int) -> str | None:
    phrase = scene.phrases.get(head)
    if phrase is None or phrase.pronoun:
        return None
    role = role_noun(scene.doc, phrase, scene.mentions.book)
    if role is not None and role.role.kind == "organ" and role.role.target in _AT_ODDS:
        return role.role.target
    return "CVL" if scene.lemma(head) in reference_words()["crowds"] else None


def _of_the_place(
    scene: Scene, clause: Clause, frame: Frame, targets: Sequence[Filling]
) -> list[Filling]:
    """Soldiers, rebels, gunmen and mobs as those of the land where they are told to act.

    "was shot dead *by mutinous soldiers* in Lome", "*rioters* looted Mauritanian shops", told of
    Senegal; armies and police only at home, as others' may be abroad.
    """
    heads = [head for route in frame.source for head in scene.follow(clause, route.steps)]
    for head in heads:
        phrase = scene.phrases.get(head)
        if scene.filling(head) is not None:
            continue
        if phrase is None:
            organ, start, end = _kind_of_raiders(scene, head), head, head + 1
        else:
            nominal = clause.kind is Kind.NOMINAL
            organ = None if nominal else _organ(scene, head, phrase)
            start, end = phrase.start, phrase.end
        if organ is None or (_is_somebody(scene, head) and _are_places(scene, targets)):
            continue
        land = _land(scene, clause, organ, targets)
        if land is None or (land.country in listed("occupied") and organ not in _IRREGULAR):
            continue
        actor = scene.mentions.book.organ_actor(land, organ)
        reason = f"of {land.label}, where it is told to happen"
        return [Filling(head, start, end, (actor,), _OF_THE_PLACE, reason)]
    return []


def _kind_of_raiders(scene: Scene, word: int) -> str | None:
    """What sort of armed men a word before an act of force tells: "a *jihadist* attack".

    Not "the *Katangan* rebel attack", of a people, nor "an *army* raid", of whichever side.
    """
    token = scene.doc[word]
    role = scene.mentions.book.roles.get(scene.lemma(word))
    if role is None or role.kind != "organ" or role.target not in _IRREGULAR:
        return None
    before = scene.phrases.get(token.head.i)
    words = () if before is None else scene.doc.span(before.start, token.head.i)
    some = any(t.ent_type_ == "NORP" and t.lower_ not in listed("faith") for t in words)
    return None if some and token.ent_type_ != "NORP" else role.target


def _land(scene: Scene, clause: Clause, organ: str, targets: Sequence[Filling]) -> Actor | None:
    """The land of those who use force: that of the place, or the one the text is about."""
    lands = {actor.country for target in targets for actor in target.actors if actor.country}
    if targets and all(_rules(scene, target) for target in targets):
        # "opposition crowds stormed *his offices*": his own people
        return scene.mentions.state(lands.pop()) if len(lands) == 1 else None
    land = told_land(scene, clause, near=True, placed=True)
    if land is None and organ == "protesters":
        # "*rioters* looted Mauritanian shops", told of Senegal and Mauritania
        land = told_land(scene, clause, lands, near=True)
    if land is None:
        only = scene.mentions.only_state(clause.head)
        land = only if only is not None and only.country == scene.mentions.home_country else None
    if land is None and organ in _IRREGULAR:
        # "PANAMA (AP) - *Snipers* in a hotel shot at American soldiers"
        scenery = scene.mentions.scene_country
        land = scene.mentions.state(scenery or "") if scenery not in lands else None
    if land is None or organ not in _OF_STATE:
        return land
    missions = listed("of_others")
    if targets and all(not missions.isdisjoint(scene.lemmas(t.head)) for t in targets):
        # "*police* scaled the wall of its Quito embassy"
        return land
    return land if lands <= {land.country} and _alone(scene, clause, land.country) else None


def _rules(scene: Scene, target: Filling) -> bool:
    """Whether force is used upon those in power, or on where they sit."""
    if all(a.type is ActorType.PERSON and a.sector in _POLITICIANS for a in target.actors):
        return True
    return not _SEATS.isdisjoint(scene.lemmas(target.head))


def _alone(scene: Scene, clause: Clause, country: str | None) -> bool:
    """Whether a sentence tells of no army but that of one land."""
    around = scene.doc[clause.head].sent
    named = scene.mentions.between(around.start, around.end)
    return all(
        a.country in {country, None} for m in named for a in m.actors if a.sector in {"MIL", "GOV"}
    )


def _organ(scene: Scene, head: int, phrase: NounPhrase) -> str | None:
    """Which part of a land people are whom nobody has named: its rebels, soldiers, a mob."""
    if phrase.pronoun or phrase.possessor is not None or of_some_people(scene, head):
        return None
    if phrase.determiner in {"the", "these", "those"}:
        return None
    if any(scene.mentions.at(m) is not None for m in phrase.modifiers):
        return None
    leaders = [inner for preposition, inner in phrase.complements if preposition == "of"]
    if any(scene.doc[inner].pos_ != "NOUN" for inner in leaders):
        # "gunmen *of the Islamic State's Sahel branch*"
        return None
    if leaders:
        # "armed supporters of *the rebels*", "members of *a militia*"
        led = scene.phrases.get(leaders[0])
        followed = role_noun(scene.doc, led, scene.mentions.book) if led is not None else None
        irregular = followed is not None and followed.role.target in _IRREGULAR
        alone = scene.filling(leaders[0]) is None
        return followed.role.target if followed is not None and irregular and alone else None
    if _is_somebody(scene, head):
        # "*A man* with a knife wounded three soldiers in Nice"
        return "UAF"
    role = role_noun(scene.doc, phrase, scene.mentions.book)
    if role is None or role.role.kind != "organ":
        return None
    organ = role.role.target
    if organ == "MIL" and scene.lemma(head) not in listed("at_war"):
        # "*jets* bombed the town", of whichever side
        return None
    if organ in _OF_STATE | _IRREGULAR:
        return organ
    crowd = role.plural and scene.lemma(head) in reference_words()["crowds"]
    return "protesters" if crowd and organ == "CVL" else None


def _is_somebody(scene: Scene, head: int) -> bool:
    return scene.lemma(head) in listed("somebody")


def _are_places(scene: Scene, targets: Sequence[Filling]) -> bool:
    """Whether nothing but where it happened stands for who suffers: "hit a dog *in Leeds*"."""
    places = [scene.mentions.place_at(target.head) for target in targets]
    return bool(places) and None not in places


def _is_named(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos_ != "NUM" and not token.is_sent_start


def of_some_people(scene: Scene, head: int) -> bool:
    """Whether a noun is said to be of a people, other than by their faith: "*Katangan* rebels"."""
    modifiers = (scene.doc[m] for m in scene.phrases[head].modifiers)
    return any(
        m.lower_ not in listed("faith") | listed("creeds")
        and (m.ent_type_ == "NORP" or _is_named(m))
        for m in modifiers
    )


def mutineers(
    scene: Scene, clause: Clause, targets: Sequence[Filling], coup: bool = True
) -> list[Filling]:
    """Soldiers without a land who overthrow or arrest a politician, as those of his own land.

    "*Soldiers* overthrew Haiti's president", "*the officers* who ousted Mohamed Bazoum",
    "*security men* led away Tundu Lissu"; not "*police* arrested Pinochet in London".
    """
    heads = scene.follow(clause, ("subject",))
    words = listed("at_war") if coup else listed("at_war") | _GUARDS
    soldier = next((h for h in heads if scene.lemma(h) in words), None)
    actors = [actor for filling in targets for actor in filling.actors]
    lands = {actor.country for actor in actors}
    if not coup:
        # "ordered troops into Panama *to capture* Noriega": not his own
        if not clause.tense or not all(
            a.type is ActorType.PERSON and a.sector in _POLITICIANS for a in actors
        ):
            return []
        placed = clause.obliques("in", "at", "near")
        lands |= {a.country for p in placed if (f := scene.country(p.head)) for a in f.actors}
    state = scene.mentions.state(next(iter(lands)) or "") if len(lands) == 1 else None
    if soldier is None or state is None or soldier not in scene.phrases:
        return []
    phrase = scene.phrases[soldier]
    army = scene.mentions.book.organ_actor(state, "MIL")
    reason = f"soldiers of {state.label}, whose ruler they overthrow"
    return [Filling(soldier, phrase.start, phrase.end, (army,), OF_THE_LAND, reason)]
