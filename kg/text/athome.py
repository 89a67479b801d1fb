"""Acts within one land: whose soldiers, prisoners and people they are when only nouns tell."""

from __future__ import annotations

from collections.abc import Sequence

from kg.text.clauses import Argument, Clause, Link
from kg.text.parsed import Token
from kg.text.scene import Filling, Scene
from kg.text.wordlists import listed

# Nothing but the one land of the text says whose they are: links count for this much.
_OF_THE_LAND = 0.7
_ARMED = {"MIL", "REB", "UAF"}


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
    armed = any(actor.sector in _ARMED for source in sources for actor in source.actors)
    return not armed or scene.mentions.only_state(clause.head) is not None


def own_state(scene: Scene, patients: Sequence[Argument]) -> list[Filling]:
    """The state that jails its own people, where the sentence names people of no other.

    "Ken Saro-Wiwa was *hanged*", told of Nigeria alone; "he freed 75 lawyers *detained* in May".
    """
    for argument in patients:
        patient = scene.filling(argument.head)
        countries = {actor.country for actor in patient.actors} if patient is not None else set()
        state = scene.mentions.only_state(argument.head)
        if state is None or not countries <= {state.country}:
            continue
        phrase = scene.phrases[argument.head]
        score = _OF_THE_LAND * (patient.score if patient is not None else 0.8)
        reason = f"{state.label}, the only state that this is told of"
        return [Filling(argument.head, phrase.start, phrase.end, (state,), score, reason)]
    return []


def _is_named(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos_ != "NUM" and not token.is_sent_start


def of_some_people(scene: Scene, head: int) -> bool:
    """Whether a noun is said to be of a people, other than by their faith: "*Katangan* rebels"."""
    modifiers = (scene.doc[m] for m in scene.phrases[head].modifiers)
    return any(
        m.lower_ not in listed("faith") and (m.ent_type_ == "NORP" or _is_named(m))
        for m in modifiers
    )


def mutineers(scene: Scene, clause: Clause, targets: Sequence[Filling]) -> list[Filling]:
    """Soldiers without a land who overthrow a ruler, as those of his own land.

    "*Soldiers* overthrew Haiti's president", "*the officers* who ousted Mohamed Bazoum".
    """
    heads = scene.follow(clause, ("subject",))
    soldier = next((h for h in heads if scene.lemma(h) in listed("at_war")), None)
    lands = {actor.country for filling in targets for actor in filling.actors}
    state = scene.mentions.state(next(iter(lands)) or "") if len(lands) == 1 else None
    if soldier is None or state is None or soldier not in scene.phrases:
        return []
    phrase = scene.phrases[soldier]
    army = scene.mentions.book.organ_actor(state, "MIL")
    reason = f"soldiers of {state.label}, whose ruler they overthrow"
    return [Filling(soldier, phrase.start, phrase.end, (army,), _OF_THE_LAND, reason)]
