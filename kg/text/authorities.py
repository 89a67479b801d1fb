"""What only those who govern a land do: arrests and decrees told without a doer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.statement import Actor, ActorType
from kg.text.clauses import Argument, Clause, Kind, Role
from kg.text.lexicon import Entry, Frame
from kg.text.mentioned import ActorMention, MentionKind
from kg.text.participants import AT_OWN
from kg.text.phrases import NounPhrase
from kg.text.scene import Filling, Scene
from kg.text.wordlists import listed

OF_THE_LAND = 0.7
"""How much links count of which nothing but the one land of the text says whose they are."""
ARMED = {"MIL", "REB", "UAF"}
"""The sectors of those who bear arms."""
_IN_LAND = ("in", "at", "near")
_DIPLOMATS = "kg:expelledDiplomats"
# What only a state's own organs do, by relation and word, with where the land then stands.
_LAWFUL = {
    **{
        (relation, word): _IN_LAND
        for relation in ("kg:arrested", "kg:convicted")
        for word in (
            *("arrest", "jail", "imprison", "sentence", "convict", "remand", "detain", "gaol"),
            *("detention", "imprisonment", "jailing", "conviction", "intern", "pick", "round"),
            *("incarcerate", "apprehend", "roundup", "internment", "hold", "keep", "lock"),
            *("place", "put", "confine", "charge", "indict", "try"),
        )
    },
    **{
        # "The two women *were charged with murder* in Shah Alam", "six *were indicted*"
        (relation, word): _IN_LAND
        for relation in ("kg:accusedOfCrime", "kg:accusedOfEspionage", "kg:sued")
        for word in ("charge", "indict", "prosecute", "put", "arraign")
    },
    **{("kg:killed", word): _IN_LAND for word in ("hang", "execute", "guillotine", "execution")},
    **{("kg:grantedAsylumTo", word): _IN_LAND for word in ("give", "grant", "offer")},
    **{
        ("kg:released", word): _IN_LAND
        for word in ("acquit", "pardon", "parole", "amnesty", "grant", "bail", "acquittal")
    },
    **{("kg:deported", word): ("from",) for word in ("expel", "deport")},
    **{("kg:deported", word): ("out of",) for word in ("order", "throw", "kick", "tell")},
    **{("kg:expelledDiplomats", word): ("from",) for word in ("expel", "eject")},
}
_ARREST = "kg:arrested"
BEING = {"be", "remain", "stay"}
"""Verbs of which what is said of the subject hangs on a preposition: "remain *in custody*"."""
_TAKING_EFFECT = {"come", "take", "go", "enter"}
# What only who governs a land imposes there; "*a curfew* was in force in Jos" tells of it too.
_DECREED = {"kg:imposedCurfew", "kg:declaredEmergency", "kg:liftedCurfew", "kg:liftedEmergency"}
# "were *taken* into custody", not "taken prisoner"
_CUSTODY = ("into", "to")
# Nobody but a state does this even to soldiers; "were held in Mali" may be the rebels' doing.
_BY_LAW = {"arrest", "jail", "imprison", "sentence", "convict", "remand", "acquit", "pardon"}
# Who is held there is held by courts of the world.
_COURT_SEATS = {"hague"}
# "freed *from prison* in Baku", "released *on bail*"
_RELEASED = "kg:released"
_CELLS = {"prison", "jail", "gaol", "custody", "detention", "arrest", "bail", "parole", "camp"}
# "were bundled *into vans*", "was flown *to a prison*", "are *behind bars*"
_TAKEN_TO = ("to", "into", "in", "behind", "onto", "aboard")
_LOCKED = _CELLS | {"cell", "bar", "penitentiary", "barracks", "truck", "lorry", "van", "bus"}
_LOCKED -= {"camp", "bail", "parole"}
# What is not so yet: "if democracy *is* not *restored*", "until the reporters *are freed*"
_OPEN = {"if", "unless", "until", "till", "whether", "before"}
# "Twelve were held, *among them* a Syrian"
_AMONG = {"among", "including", "notably"}
_IN_OFFICE = "kg:resigned"
_TRUCE = "kg:ceasedFireWith"
# By whom it was done after all: "detained in Syria *by rebels*".
_OTHERS = ("by", "at the hands of")
# "*by midnight* Sharif was being held"
_TIMES = {"TIME", "DATE"}


def lawful(scene: Scene, clause: Clause, entry: Entry, frame: Frame) -> list[Filling]:
    """The state whose organs alone can have done what is told without saying who did it.

    "Two Americans were *arrested in Tehran*", "He was *expelled from Mali*", "the *arrest* of
    two sailors *at* Bamako airport", "five *are in custody* in Lagos", "*the internet was cut*"
    told of one land. Soldiers and crowds may fall to others: "was detained in Syria" is told of
    Syria only when the one detained is no soldier, and whole peoples are expelled from places
    by whoever took them.
    """
    if entry.relation.id in _DECREED:
        return _decreed(scene, clause)
    held = clause.kind is Kind.COPULAR or clause.verb in BEING
    if not (held or clause.passive or clause.kind is Kind.NOMINAL):
        return []
    if not held and clause.of(Role.SUBJECT):
        return []
    ways = _LAWFUL.get((entry.relation.id or "", clause.verb))
    custody = held or (clause.verb == "take" and clause.obliques(*_CUSTODY))
    if entry.relation.id == _ARREST and (custody or _locked_up(scene, clause)):
        ways = _IN_LAND
    cells = clause.obliques("from", "on", "out of") if entry.relation.id == _RELEASED else ()
    if any(not _CELLS.isdisjoint(scene.lemmas(cell.head)) for cell in cells):
        ways = _IN_LAND
    others = (scene.doc[other.head] for other in clause.obliques(*_OTHERS))
    if any(t.ent_type_ not in _TIMES and t.lower_ not in listed("daytimes") for t in others):
        return []
    objects = clause.of(Role.SUBJECT) if held else clause.of(Role.OBJECT) or clause.obliques("of")
    if ways is None:
        # "newspapers *were closed*", "parliament *was dissolved*": who else could?
        alone = AT_OWN in frame.target and entry.relation.id != _IN_OFFICE
        return own_state(scene, objects) if alone and _told_done(scene, clause) else []
    for argument in objects:
        phrase = scene.phrases.get(argument.head)
        if phrase is None:
            return []
        if "from" in ways and phrase.number == "plur" and entry.relation.id != _DIPLOMATS:
            return []
        patient = scene.filling(argument.head)
        armed = patient is not None and any(actor.sector in ARMED for actor in patient.actors)
        if armed and clause.verb not in _BY_LAW:
            return []
    places = [head for way in ways for head in scene.follow(clause, (way,))]
    # "was sentenced *to ten years in prison in China*", "is *in custody in Niger*"
    for steps in (("to",), ("to", "in"), ("in",), ("under",), ("into",)):
        places.extend(h for way in ways for h in scene.follow(clause, (*steps, way)))
    # "was held *in Tehran's Evin prison*"
    places.extend(scene.follow(clause, ("in", "possessor")))
    if any(scene.lemma(head) in _COURT_SEATS for head in places):
        return []
    for head in places:
        state = scene.country(head)
        if state is not None and all(actor.type is ActorType.STATE for actor in state.actors):
            reason = f"{state.reason}; the state where it was done"
            return [replace(state, score=state.score * OF_THE_LAND, reason=reason)]
    if "from" in ways or clause.kind is Kind.NOMINAL:
        # "Canada criticised a wave of *arrests of campaigners*": not its own
        return []
    return own_state(scene, objects)


def _locked_up(scene: Scene, clause: Clause) -> bool:
    """Whether somebody is brought behind bars: "was flown *to a prison*", "thrown *into cells*"."""
    places = clause.obliques(*_TAKEN_TO)
    return any(not _LOCKED.isdisjoint(scene.lemmas(place.head)) for place in places)


def _told_done(scene: Scene, clause: Clause) -> bool:
    """Whether a passive tells of what was done: not "*could be* shut", "*if* it is dissolved"."""
    modal = any(scene.doc[i].tag_ == "MD" for i in clause.auxiliaries)
    return clause.passive and clause.tense != "" and not modal and clause.marker not in _OPEN


def _decreed(scene: Scene, clause: Clause) -> list[Filling]:
    """The government of the land where a curfew or an emergency is said to be in force.

    "A curfew *was imposed in Srinagar*", "martial law remains *in force*" told of one land. In
    occupied lands, and where more lands are told of, somebody else may have decreed it.
    """
    told = clause.passive and not clause.of(Role.SUBJECT)
    being = clause.kind is Kind.COPULAR or clause.verb in BEING | _TAKING_EFFECT
    if not told and not being:
        return []
    within = ("in", "across", "throughout", "over", "on", "at")
    places = [head for way in within for head in scene.follow(clause, (way,))]
    places += [head for way in within[:3] for head in scene.follow(clause, ("in", way))]
    subject = [a.head for a in clause.of(Role.OBJECT) + clause.of(Role.SUBJECT)]
    places += [h for head in subject for way in within[:3] for h in scene.beside(head, way)]
    lands = [f for head in places if (f := scene.country(head)) is not None]
    alone = scene.mentions.only_state(clause.head)
    state = lands[0].actors[0] if lands else alone
    if state is None or state != alone or state.type is not ActorType.STATE:
        return []
    named = [a.country for a in scene.mentions.actors() if a.country and a.sector != "MED"]
    about = scene.mentions.main_country
    passing = sum(land == state.country for land in named) < 2 < len(named)
    if about not in {None, state.country} or passing or state.country in listed("occupied"):
        # "proclaimed in *the Canal Zone*" in a text about Egypt: of another land than it seems
        return []
    government = scene.mentions.book.organ_actor(state, "GOV")
    reason = f"the government of {state.label}, where it is in force"
    score = OF_THE_LAND * (lands[0].score if lands else 0.8)
    return [Filling(clause.head, clause.head, clause.head + 1, (government,), score, reason)]


def decreed_upon(scene: Scene, entry: Entry, sources: Sequence[Filling]) -> list[Filling]:
    """The land that a government puts under a curfew or an emergency: its own."""
    if entry.relation.id not in _DECREED:
        return []
    states = [
        replace(source, actors=(state,))
        for source in sources
        for actor in source.actors
        if actor.sector == "GOV"
        if (state := scene.mentions.state(actor.country or "")) is not None
    ]
    return states[:1]


def in_own_war(
    scene: Scene, clause: Clause, entry: Entry, sources: Sequence[Filling]
) -> list[Filling]:
    """The land within which somebody stops fighting, where a text tells of it above all.

    "Nepal's new cabinet *declared an open-ended truce*"; but Hamas fights another land than its
    own.
    """
    if entry.relation.id != _TRUCE or not sources:
        return []
    actors = [actor for source in sources for actor in source.actors]
    lands = {actor.country for actor in actors}
    if any(actor.type is ActorType.ARMED_GROUP for actor in actors):
        return []
    state = scene.mentions.only_state(clause.head)
    if state is None or lands != {state.country, scene.mentions.main_country}:
        return []
    reason = f"{state.label}, within which this is told"
    return [replace(sources[0], actors=(state,), score=OF_THE_LAND, reason=reason)]


def own_state(scene: Scene, patients: Sequence[Argument]) -> list[Filling]:
    """The state that jails its own people, where the sentence names people of no other.

    "Ken Saro-Wiwa was *hanged*", told of Nigeria alone; "he freed 75 lawyers *detained* in May".
    Foreigners are jailed by the land that the whole text is about: "Two *Syrians* were arrested",
    told of Hungary.
    """
    mentions = scene.mentions
    for argument in patients:
        patient = scene.filling(argument.head)
        countries = {actor.country for actor in patient.actors} if patient is not None else set()
        state = _land_of(scene, argument.head)
        if state is None:
            continue
        settled = state.country == mentions.main_country == mentions.dateline_country
        if not settled and not countries <= {state.country}:
            continue
        if state.country in countries and listed("comers") & scene.lemmas(argument.head):
            # "Some 300 *Eritrean refugees* were rounded up": not by Eritrea
            continue
        phrase = scene.phrases[argument.head]
        score = OF_THE_LAND * (patient.score if patient is not None else 0.8)
        reason = f"{state.label}, the only state that this is told of"
        return [Filling(argument.head, phrase.start, phrase.end, (state,), score, reason)]
    return []


def _land_of(scene: Scene, token: int) -> Actor | None:
    """The only state that a sentence tells of, or, where it names none, the one before.

    "Farmers rallied in Seoul. *Twelve were taken into custody*." Of whose people those are who
    are acted upon, or one "among them", tells no land: "Twenty-nine were held, among them *a
    Syrian*".
    """
    doc, mentions = scene.doc, scene.mentions
    here = doc.sentence_numbers[token]
    acted_upon = scene.phrases[token]
    foreigners = False
    for number in range(here, max(here - 1, 0) - 1, -1):
        around = doc.sents[number]
        named = mentions.between(around.start, around.end)
        if number == here:
            others = [m for m in named if not _is_captive(scene, m, acted_upon)]
            foreigners = len(others) < len(named)
            named = others
        lands = {a.country for m in named for a in m.actors if a.sector != "MED"} - {None}
        if lands and number == here:
            break
        if len(lands) == 1:
            return mentions.state(next(iter(lands)) or "")
        if lands:
            break
    if foreigners and not lands:
        # "Some 300 *Eritrean refugees* were rounded up", told of Yemen and Eritrea: by whom?
        told = mentions.main_country
        named_at_all = {a.country for a in mentions.actors() if a.sector != "MED"} - {None}
        if told is None and len(named_at_all) > 1:
            return None
        return mentions.state(told) if told is not None else mentions.only_state(token)
    return mentions.only_state(token)


def _is_captive(scene: Scene, mention: ActorMention, acted_upon: NounPhrase) -> bool:
    """Whether a people is named only as that of those acted upon, or of one among them."""
    if acted_upon.start <= mention.head < acted_upon.end:
        # "*Syrian* men"; but "the mayor of *Aleppo*" is of the land where he is mayor
        return mention.kind is MentionKind.DEMONYM or mention.head == acted_upon.head
    between = scene.doc.span(acted_upon.end, max(mention.head, acted_upon.end))
    return any(token.lower_ in _AMONG for token in between)


def rulers(
    scene: Scene, frame: Frame, sources: list[Filling], targets: list[Filling]
) -> tuple[list[Filling], list[Filling]]:
    """A state that does at home what a frame knows to be done at home: its government does it.

    "*Thailand* lifted martial law", "*Ethiopia* shut down the internet" are done to their own.
    """
    own = {actor for source in sources for actor in source.actors}
    if len(own) != 1 or not all(own.issuperset(target.actors) for target in targets):
        return sources, targets
    state = next(iter(own))
    if state.type is not ActorType.STATE or AT_OWN not in frame.target:
        return sources, targets
    government = scene.mentions.book.organ_actor(state, "GOV")
    return [replace(source, actors=(government,)) for source in sources[:1]], sources[:1]
