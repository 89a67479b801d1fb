"""Acts within one land: whose soldiers, prisoners and people they are when only nouns tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.statement import Actor, ActorType
from kg.text.authorities import ARMED, BEING, decreed_upon, rulers
from kg.text.clauses import Clause, Kind, Link, Role
from kg.text.dissent import at_odds
from kg.text.forces import forces, of_some_people, posted_at_home
from kg.text.lexicon import Frame, Lexicon
from kg.text.participants import is_public, of_one_side
from kg.text.phrases import content_head
from kg.text.reference import reference_words
from kg.text.roles import role_noun
from kg.text.scene import Filling, Scene
from kg.text.whereabouts import told_land
from kg.text.wordlists import listed

_OF_STATE = {"GOV", "MIL"}
# Nothing but the noun says whose people they are.
_OWN_PEOPLE = 0.7
# Arrests, bans and releases: what states do to people at home.
_AT_HOME = {"172", "173", "1721", "0841", "116", "1121"}
# "fired *into* a crowd", "clashed *with* protesters"
_UPON = ("at", "on", "against", "into", "upon", "with")
_TAKEN = (("object",), ("object", "of"), ("object", "in"))
_ANSWERS = {"REJECT", "AGREE"}
_OF_RULERS = {"REQUEST", *_ANSWERS}
_PRESS = {"reporter", "journalist", "correspondent", "interviewer"}
_SPOKEN = {"REQUEST", "THREATEN", *_ANSWERS}
# Who is told to go, or is awaited to go, has not gone.
_RESIGNED = "kg:resigned"
_SINCE = {"after", "since", "following", "with", "upon", "despite"}
_NOT_YET = {"until", "till", "unless", "if"}
# "hundreds were arrested", whose people a verb of the law tells
_COUNTS = {"dozen", "hundred", "thousand", "score"}


def is_aside(scene: Scene, clause: Clause) -> bool:
    """Whether a clause, or the one it is joined to, is a participle beside another."""
    above: Clause | None = clause
    while above is not None and above.link is Link.CONJUNCT and not above.tense:
        above = scene.clauses.parent(above)
    if above is None or above.link is not Link.ADVERBIAL or above.tense:
        return False
    # not "sent jets *to force it down and arrest* a journalist"
    return above is clause or scene.doc[above.head].tag_ == "VBG"


def within_one_land(scene: Scene, clause: Clause, sources: Sequence[Filling]) -> bool:
    """Whether armed men act where no other land is spoken of: whom else they shoot is open.

    Rebels stay in their own land, where the clause is told of it: "Nineteen fell when *Sierra
    Leonean rebels* opened up on demonstrators in Freetown".
    """
    actors = [actor for source in sources for actor in source.actors]
    if all(actor.sector not in ARMED for actor in actors):
        return True
    if scene.mentions.only_state(clause.head) is not None:
        return True
    land = None if any(a.sector == "MIL" for a in actors) else told_land(scene, clause)
    return land is not None and all(actor.country == land.country for actor in actors)


def at_home(
    scene: Scene,
    clause: Clause,
    sources: list[Filling],
    targets: list[Filling],
    lexicon: Lexicon,
    frame: Frame,
) -> tuple[list[Filling], list[Filling]]:
    """The two ends of an act that forces and rulers do to people of their own land."""
    entry = lexicon.entry(frame)
    sources = sources or forces(scene, clause, entry, frame, targets)
    if entry.relation.id == _RESIGNED:
        # not "a French *chef* gave up his post"
        sources = [f for f in sources if not all(is_public(actor) for actor in f.actors)]
        if not _has_resigned(scene, clause):
            return [], []
    if entry.relation.event == "CONCEDE" and clause.marker in _NOT_YET:
        # "choke off trade *until he restores parliament*": he has not
        return [], []
    if entry.relation.event == "ASSAULT":
        targets = _not_their_own(scene, clause, sources, _not_each_other(sources, targets))
        if _upon_comers(scene, clause, frame):
            # "fired tear gas at *migrants*", from wherever they come
            own = {actor.country for source in sources for actor in source.actors}
            targets = [t for t in targets if not all(a.country in own for a in t.actors)]
    if entry.relation.event == "MOBILIZE":
        return posted_at_home(scene, clause, frame, sources, targets)
    sources, targets = rulers(scene, frame, sources, targets)
    if sources and not targets:
        targets = decreed_upon(scene, entry, sources)
        if entry.relation.event != "ACCUSE" or entry.relation.cameo in _AT_HOME:
            targets = targets or own_people(scene, clause, sources, lexicon, frame)
        if entry.relation.event in {"ACCUSE", "THREATEN"}:
            threat = entry.relation.event == "THREATEN"
            targets = targets or at_odds(scene, clause, sources, frame, threat)
    return sources, targets


def _not_each_other(sources: Sequence[Filling], targets: list[Filling]) -> list[Filling]:
    """The targets, without those who act: "*South African and Botswanan* soldiers put down a
    mutiny", not each other.
    """
    actors = {actor for source in sources for actor in source.actors}
    if len({actor.country for actor in actors}) < 2:
        return targets
    heads = {source.head for source in sources}
    return [target for target in targets if target.head not in heads]


def _not_their_own(
    scene: Scene, clause: Clause, sources: Sequence[Filling], targets: list[Filling]
) -> list[Filling]:
    """The targets, without the places where those who act hit others: "killed 3,500 *Chinese*
    soldiers and knocked out 80 tanks *around Lang Son*".
    """
    above = scene.clauses.parent(clause) if clause.link is Link.CONJUNCT else None
    if above is None:
        return targets
    own = {actor.country for source in sources for actor in source.actors}
    hit = scene.fillings([argument.head for argument in above.of(Role.OBJECT)])
    if not any(actor.country not in own for filling in hit for actor in filling.actors):
        return targets
    return [
        target
        for target in targets
        if scene.mentions.place_at(target.head) is None
        or any(actor.country not in own for actor in target.actors)
    ]


def _upon_comers(scene: Scene, clause: Clause, frame: Frame) -> bool:
    """Whether those upon whom force is used have come from elsewhere."""
    if not any(route.country and route.steps == ("subject",) for route in frame.target):
        return False
    upon = (*clause.of(Role.OBJECT), *clause.obliques(*_UPON))
    return any(not listed("comers").isdisjoint(scene.lemmas(one.head)) for one in upon)


def _has_resigned(scene: Scene, clause: Clause) -> bool:
    """Whether somebody is told to have resigned, not called on to.

    "*after* Morales' resignation", "her resignation *stunned* Delhi"; not "called on Aristide *to
    resign*", "will march *until* he steps down", "demanded his resignation".
    """
    if clause.kind is Kind.NOMINAL:
        return clause.marker in _SINCE or scene.doc[clause.head].dep_ == "nsubj"
    if not clause.tense:
        # "stunned Russians *by resigning*", "flew out of Kinshasa, *ceding power*"
        return clause.link is Link.ADVERBIAL and scene.doc[clause.head].tag_ == "VBG"
    return clause.marker not in _NOT_YET


def own_people(
    scene: Scene, clause: Clause, sources: Sequence[Filling], lexicon: Lexicon, frame: Frame
) -> list[Filling]:
    """The country of those that a force or a government acts upon, when only a noun names them.

    "Thai police tortured *detainees*", "the guerrillas kidnapped *farmers*": their own people,
    or those of the place. Not "Israel killed two teenagers", where a state acts, who knows on
    whom; only arrests and releases by a state are taken to be at home.
    """
    if is_aside(scene, clause):
        # "shelled the Albanian village, hitting a store and *killing two people*": whoever
        # was shelled
        return []
    if any(scene.doc[i].tag_ == "MD" for i in clause.auxiliaries):
        # "every suspect *must be* arrested", whoever he will be
        return []
    entry = lexicon.entry(frame)
    inside = entry.relation.cameo in _AT_HOME
    found: list[Filling] = []
    nouns = [a.head for a in clause.of(Role.OBJECT) + clause.obliques(*_UPON)]
    if entry.relation.event in _SPOKEN:
        # "told *teachers* to go back"; not "called *parliament* into session", "asked a question"
        steps = 2 if entry.relation.event in _ANSWERS else 1
        spoken = [r.steps for r in frame.target if len(r.steps) <= steps and not r.country]
        spoken = [way for way in spoken if way != ("subject",)]
        nouns = [h for way in spoken for h in scene.follow(clause, way)]
    if entry.relation.event in _ANSWERS:
        if not _all_told_of(scene, clause, sources):
            return []
        # "declined to talk *to reporters*"
        nouns = [h for h in nouns if _PRESS.isdisjoint(scene.lemmas(h))]
    if clause.kind is Kind.COPULAR or clause.verb in BEING:
        # "*several officers* are in custody"
        nouns = [a.head for a in clause.of(Role.SUBJECT)]
    if clause.kind is Kind.NOMINAL:
        # "Boko Haram's abduction *of schoolgirls*", "clashes *with protesters*"
        nouns += [a.head for a in clause.obliques("of", "with")]
    if inside or frame.target[0].steps in {("subject",), ("from",)}:
        # "ordered the release *of 14 villagers*", "granted bail *to two reporters*", "*three
        # students* died when police opened fire"
        ways = [route.steps for route in frame.target if not route.country]
        nouns += [h for way in ways for h in scene.follow(clause, way) if h not in nouns]
    for noun in nouns:
        head = content_head(scene.phrases, scene.doc, noun)
        if scene.filling(noun) is not None or not {noun, head} <= scene.phrases.keys():
            continue
        if (
            lexicon.people.isdisjoint(scene.lemmas(head))
            and not (inside and _detained(scene, clause, head, sources, lexicon))
            and not (entry.relation.event in _OF_RULERS and _asked(scene, clause, head))
            and not (entry.relation.event == "ASSAULT" and _theirs(scene, head, sources, lexicon))
        ):
            continue
        if any(
            p == "of" and scene.doc[h].pos_ == "PROPN" for p, h in scene.phrases[head].complements
        ):
            # "relief workers *of the Danish Refugee Council*"
            continue
        if of_some_people(scene, head):
            # "shot dead 12 *Congolese* refugees", of whichever Congo; "fought *Katangan* rebels":
            # none of their own
            continue
        if not listed("comers").isdisjoint(scene.lemmas(head)):
            # "fired water cannon at *migrants*", from wherever they come
            continue
        where = [a.head for a in clause.obliques("in", "inside")]
        if frame.target[0].steps == ("from",):
            # "retook *the port of Palma* from militants"
            where = [h for way in _TAKEN for h in scene.follow(clause, way)]
        placed = [f for h in where if (f := scene.country(h))]
        if not placed and not within_one_land(scene, clause, sources):
            continue
        lands = {actor.country for source in sources for actor in source.actors}
        if not placed and len(lands) > 1:
            # "*South African and Botswanan* soldiers put down a mutiny": in neither land
            continue
        for source in sources:
            states = tuple(
                state
                for actor in source.actors
                if actor.country and (inside or actor.type is not ActorType.STATE)
                if (state := scene.mentions.state(actor.country)) is not None
            )
            if entry.relation.event in _ANSWERS:
                states = tuple(_of_state(scene, head, state) for state in states)
            elif inside or all(actor.type is ActorType.STATE for actor in source.actors):
                # "Nine people were arrested in Tirana": Albania's act upon Albanians
                states = tuple(scene.mentions.book.organ_actor(s, "CVL") for s in states)
            filling = next(iter(placed), replace(source, actors=states) if states else None)
            if filling is not None and _of_those(source, filling):
                # "*Dozens of supporters* were arrested in Kampala": people of the state there
                own = (scene.mentions.book.organ_actor(s, "CVL") for s in filling.actors)
                filling = replace(filling, actors=tuple(own))
            if filling is not None:
                span = scene.phrases[noun]
                found.append(
                    Filling(
                        noun,
                        span.start,
                        span.end,
                        filling.actors,
                        filling.score * _OWN_PEOPLE,
                        "people of the country of those who act upon them",
                    )
                )
    return found[:1]


def _all_told_of(scene: Scene, clause: Clause, sources: Sequence[Filling]) -> bool:
    """Whether the land of those who answer is all told of: "rejected *the strikers'* demand".

    Not "Paris ruled out talks with *the rebels*" in a text about Mali.
    """
    state = scene.mentions.only_state(clause.head)
    if state is None or scene.mentions.main_country != state.country:
        return False
    if all(is_public(actor) for source in sources for actor in source.actors):
        # "A *witness in Turin* refused to cooperate with guards"
        return False
    return all(actor.country == state.country for source in sources for actor in source.actors)


def _of_state(scene: Scene, head: int, state: Actor) -> Actor:
    """Those of a state whom a noun names: its rebels, its protesters, else its people."""
    role = role_noun(scene.doc, scene.phrases[head], scene.mentions.book)
    organ = role.role.target if role is not None and role.role.kind == "organ" else "CVL"
    return scene.mentions.book.organ_actor(state, organ)


def _of_those(source: Filling, filling: Filling) -> bool:
    """Whether it is the very state that acts, by itself or by its ruler."""
    return all(
        a == b or (a.type is ActorType.PERSON and of_one_side(a, b))
        for a in source.actors
        for b in filling.actors
    )


def _detained(
    scene: Scene, clause: Clause, head: int, sources: Sequence[Filling], lexicon: Lexicon
) -> bool:
    """Whether a noun is for one whom his own state arrests, tries or frees, told of it alone.

    "Kenyan police arrested *two senators*", "*some 300* were arrested in Kampala". Whom a state
    frees that only a number tells is open: "Israel freed *dozens* more".
    """
    if scene.mentions.only_state(clause.head) is None:
        return False
    counted = scene.doc[head].pos_ == "NUM" or scene.lemma(head) in _COUNTS
    if not counted:
        return not lexicon.detained.isdisjoint(scene.lemmas(head))
    police = all(a.type is not ActorType.STATE for source in sources for a in source.actors)
    return police or not clause.of(Role.SUBJECT)


def _asked(scene: Scene, clause: Clause, head: int) -> bool:
    """Whether somebody asks something of those with power in the one land that is told of.

    "Students called on *the government* to resign", "urged *the generals* to go".
    """
    if head not in scene.phrases or scene.mentions.only_state(clause.head) is None:
        return False
    return not listed("power").isdisjoint(scene.lemmas(head))


def _theirs(scene: Scene, head: int, sources: Sequence[Filling], lexicon: Lexicon) -> bool:
    """Whether a thing or a gathering is of people whom forces may act upon at home.

    "pounded *rebel positions*", "the *rebel-held* village", "opened up on a rally *by
    supporters* of his"; in a text that tells of one land alone also "shelled *the town*".
    """
    phrase = scene.phrases.get(head)
    if phrase is None or phrase.pronoun:
        return False
    doc = scene.doc
    near = [h for step in ("possessor", "of", "by") for h in scene.beside(head, step)]
    before = [t.i for t in doc.span(phrase.start, head) if t.pos_ in {"NOUN", "ADJ", "PROPN"}]
    if any(not lexicon.people.isdisjoint(scene.lemmas(h)) for h in (*before, *near)):
        return True
    # an army hits "*military* targets" of another, rebels hit those of their own state
    rebels = not any(a.sector in _OF_STATE for source in sources for a in source.actors)
    alone = rebels and scene.mentions.only_state(head) is not None
    if alone and any(scene.lemma(h) in listed("of_state") for h in before):
        # "shot down *an army* helicopter", "attacked *a police* station"
        return True
    if reference_words()["gatherings"] & scene.lemmas(head):
        return True
    lands = {a.country for a in scene.mentions.actors() if a.sector != "MED"} - {None}
    own = {actor.country for source in sources for actor in source.actors}
    around = doc[head].sent
    named = (scene.mentions.place_at(i) for i in range(around.start, around.end))
    placed = any(place.actors[0].type is ActorType.PLACE for place in named if place is not None)
    # not "NATO said that Russian forces had struck *a school*", wherever it stands
    here = (placed and lands == own) or (alone and scene.mentions.home_country in own)
    return here and scene.lemma(head) in listed("ground")
