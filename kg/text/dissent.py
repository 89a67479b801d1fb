"""Blame and threats at home: whom parties, crowds and rulers mean when only a noun tells.

"Venezuela's opposition denounced *the vote*", "the Communist Party attacked *the government*",
"Warsaw accused *the strikers*", "the minister said *the organisers* would be prosecuted".
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.statement import Actor, ActorType
from kg.text.clauses import Clause, Link
from kg.text.lexicon import Frame
from kg.text.scene import Filling, Scene
from kg.text.wordlists import listed

_DISSENTING = {"OPP", "CVL", "NGO", "LEG", "REB", "UAF", "EDU", "BUS", "CRM"}
# Whom police and judges of a land look into.
_INQUIRIES = ("kg:investigated", "kg:sued", "kg:accusedOfCrime", "kg:convicted")
_UNLESS = {"if", "unless", "until"}
_RULING = {"GOV", "MIL", "JUD"}
# Nothing but the noun says whom they mean.
_AT_HOME = 0.7
# A noun that says whose it is, or who did it, is for other rules.
_OWNED = {"by", "from", "of", "between", "with", "against", "on"}
# "attacked *the government*", "protested against *the law*", "said *the organisers* would be tried"
_WAYS: set[tuple[str, ...]] = {
    (step,) for step in ("object", "at", "against", "over", "about", "into", "with")
}
_WAYS |= {("complement", "object"), ("complement", "subject"), ("object", "against")}


def at_odds(
    scene: Scene, clause: Clause, sources: Sequence[Filling], frame: Frame, threat: bool
) -> list[Filling]:
    """The government or the people of the one land that a sentence tells of, as the target.

    Parties, unions, lawmakers and rebels blame rulers and what rulers do ("*the crackdown*");
    rulers blame and threaten those who oppose them. Not "a French party condemned *the coup*":
    only deeds that are done at home.
    """
    lands = {actor.country for source in sources for actor in source.actors}
    land = next(iter(lands), None)
    if len(lands) != 1 or land is None:
        return []
    sectors = {actor.sector for source in sources for actor in source.actors}
    states = any(actor.type is ActorType.STATE for source in sources for actor in source.actors)
    up = not states and sectors <= _DISSENTING
    if not up and not states and not sectors <= _RULING:
        return []
    heads = _aimed_at(scene, clause, frame)
    if threat and up:
        heads = [h for h in heads if _rules(scene, h)] + _awaited(scene, clause)
    if not heads:
        return []
    # what a party of the opposition says of "the government" is of its own, wherever it is said
    alone = scene.mentions.only_state(clause.head)
    state = scene.mentions.state(land)
    if state is None or (sectors != {"OPP"} and (alone is None or alone.country != land)):
        return []
    for head in heads:
        probed = not states and frame.relation.startswith(_INQUIRIES)
        other = _other_side(scene, head, state, up, probed)
        if other is not None:
            phrase = scene.phrases[head]
            reason = f"'{scene.doc[head].text}' of {state.label}, whose people speak of it"
            return [Filling(head, phrase.start, phrase.end, (other,), _AT_HOME, reason)]
    return []


def _rules(scene: Scene, head: int) -> bool:
    return not listed("rulers").isdisjoint(scene.lemmas(head))


def _awaited(scene: Scene, clause: Clause) -> list[int]:
    """The rulers who are to do something first: "threatened war unless *the premier* resigned"."""
    return [
        argument.head
        for host in (clause, *scene.complements(clause))
        for child in scene.clauses.children(host.head)
        if child.link is Link.ADVERBIAL and child.marker in _UNLESS
        for argument in child.surface_subject()
        if argument.head in scene.phrases
        and scene.filling(argument.head) is None
        and _rules(scene, argument.head)
    ]


def _aimed_at(scene: Scene, clause: Clause, frame: Frame) -> list[int]:
    """The nouns that stand for a target and say nothing of whose they are."""
    found: list[int] = []
    for route in frame.target:
        if route.country or route.steps not in _WAYS:
            continue
        for head in scene.follow(clause, route.steps):
            phrase = scene.phrases.get(head)
            if phrase is None or phrase.pronoun or scene.filling(head) is not None:
                continue
            told = phrase.possessor is not None or any(
                scene.doc[m].text[:1].isupper() for m in phrase.modifiers
            )
            if not told and not any(p in _OWNED for p, _ in phrase.complements):
                found.append(head)
    return found


def _other_side(scene: Scene, head: int, state: Actor, up: bool, probed: bool) -> Actor | None:
    """The government for its critics, those who are against it for itself.

    Before judges and police both: "prosecutors questioned *the minister*".
    """
    words, book = scene.lemmas(head), scene.mentions.book
    if up:
        meant = listed("rulers") | listed("home_deeds")
        return None if meant.isdisjoint(words) else book.organ_actor(state, "GOV")
    if probed and not (listed("rulers") | listed("officials")).isdisjoint(words):
        return book.organ_actor(state, "GOV")
    if not listed("oppositions").isdisjoint(words):
        return book.organ_actor(state, "OPP")
    return None if listed("home_foes").isdisjoint(words) else book.organ_actor(state, "CVL")
