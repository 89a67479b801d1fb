"""Acts within one land: whose soldiers, prisoners and people they are when only nouns tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.statement import ActorType
from kg.text.authorities import ARMED, BEING, OF_THE_LAND, decreed_upon, rulers
from kg.text.clauses import Clause, Kind, Link, Role
from kg.text.lexicon import Frame, Lexicon
from kg.text.parsed import Token
from kg.text.participants import is_public
from kg.text.phrases import content_head
from kg.text.reference import reference_words
from kg.text.scene import Filling, Scene
from kg.text.wordlists import listed

_OF_STATE = {"GOV", "MIL"}
# Nothing but the noun says whose people they are.
_OWN_PEOPLE = 0.7
# Arrests, bans and releases: what states do to people at home.
_AT_HOME = {"173", "1721", "0841", "116", "1121"}
# "fired *into* a crowd", "clashed *with* protesters"
_UPON = ("at", "on", "against", "into", "upon", "with")
_TAKEN = (("object",), ("object", "of"), ("object", "in"))
_SPOKEN = {"REQUEST", "THREATEN", "REJECT"}
_COUP = "kg:overthrew"
_UPON_RULERS = {_COUP, "kg:arrested"}
_GUARDS = {"police", "policeman", "agent", "man", "guard", "gendarme", "judge", "court", "gunman"}
_POLITICIANS = {"GOV", "OPP", "LEG", "MIL", "JUD"}
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
    """Whether armed men act where no other land is spoken of: whom else they shoot is open."""
    armed = any(actor.sector in ARMED for source in sources for actor in source.actors)
    return not armed or scene.mentions.only_state(clause.head) is not None


def _is_named(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos_ != "NUM" and not token.is_sent_start


def of_some_people(scene: Scene, head: int) -> bool:
    """Whether a noun is said to be of a people, other than by their faith: "*Katangan* rebels"."""
    modifiers = (scene.doc[m] for m in scene.phrases[head].modifiers)
    return any(
        m.lower_ not in listed("faith") and (m.ent_type_ == "NORP" or _is_named(m))
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
    if not sources and entry.relation.id in _UPON_RULERS:
        sources = mutineers(scene, clause, targets, entry.relation.id == _COUP)
    if entry.relation.id == _RESIGNED:
        # not "a French *chef* gave up his post"
        sources = [f for f in sources if not all(is_public(actor) for actor in f.actors)]
        if not _has_resigned(scene, clause):
            return [], []
    if entry.relation.event == "CONCEDE" and clause.marker in _NOT_YET:
        # "choke off trade *until he restores parliament*": he has not
        return [], []
    sources, targets = rulers(scene, frame, sources, targets)
    if sources and not targets:
        targets = decreed_upon(scene, entry, sources)
        targets = targets or own_people(scene, clause, sources, lexicon, frame)
    return sources, targets


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
        spoken = [r.steps for r in frame.target if len(r.steps) == 1 and r.steps != ("subject",)]
        nouns = [h for way in spoken for h in scene.follow(clause, way)]
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
            and not (entry.relation.event == "REQUEST" and _asked(scene, clause, head))
            and not (entry.relation.event == "ASSAULT" and _theirs(scene, head, sources, lexicon))
        ):
            continue
        if of_some_people(scene, head):
            # "shot dead 12 *Congolese* refugees", of whichever Congo; "fought *Katangan* rebels":
            # none of their own
            continue
        where = [a.head for a in clause.obliques("in", "inside")]
        if frame.target[0].steps == ("from",):
            # "retook *the port of Palma* from militants"
            where = [h for way in _TAKEN for h in scene.follow(clause, way)]
        placed = [f for h in where if (f := scene.country(h))]
        if not placed and not within_one_land(scene, clause, sources):
            continue
        for source in sources:
            states = tuple(
                state
                for actor in source.actors
                if actor.country and (inside or actor.type is not ActorType.STATE)
                if (state := scene.mentions.state(actor.country)) is not None
            )
            if inside or all(actor.type is ActorType.STATE for actor in source.actors):
                # "Nine people were arrested in Tirana": Albania's act upon Albanians
                states = tuple(scene.mentions.book.organ_actor(s, "CVL") for s in states)
            filling = next(iter(placed), replace(source, actors=states) if states else None)
            if filling is not None and filling.actors == source.actors:
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
    return placed and lands == own and scene.lemma(head) in listed("ground")
