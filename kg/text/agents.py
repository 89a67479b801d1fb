"""Who acts when the subject is nobody by itself: forces of somebody, papers, followers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.statement import ActorType
from kg.text.clauses import Clause, Role
from kg.text.participants import wielders
from kg.text.reference import reference_words
from kg.text.roles import role_noun
from kg.text.scene import Filling, Scene

# Whoever stands behind is one step further than a name: his links count for this much.
_BEHIND = 0.8
_LOYAL = {"loyal", "allied", "aligned", "faithful", "linked", "tied", "connected", "affiliated"}
_LOYAL |= {"associated", "answerable", "subordinate"}
_SERVING = {"working", "acting", "operating", "fighting"}
_ON_BEHALF = {"for", "with", "to", "under"}
# "believed to be linked to": what is only thought of the tie
_THOUGHT = {
    "believed",
    "thought",
    "said",
    "suspected",
    "known",
    "reportedly",
    "allegedly",
    "directly",
}
_THOUGHT |= {"to", "be", "of", "being", "closely", "widely"}
_BACKED = {"backed", "supported", "sponsored", "trained", "armed", "funded", "financed", "equipped"}
_BACKED |= {"aligned", "allied", "linked", "affiliated"}
_LED = {"coalition", "alliance", "bloc", "force", "contingent", "delegation", "mission"}
_AGAINST = {"opponent", "critic", "detractor", "adversary"}
_SPIES = "SPY"
_COUNCIL = "wd:Q37470"
_INSIDE = {"in", "inside", "across", "near"}


def behind(scene: Scene, clause: Clause, heads: Sequence[int]) -> list[Filling]:
    """For whom those act that the heads name: "*rebels of the M23 movement* took Goma".

    "forces *loyal to Haftar*", "hackers *linked to Iran's ministry of intelligence*"; for
    papers, who adopted them: "adopted *a resolution that imposes* sanctions". Those whom
    somebody backs are of the land they fight in, else taken for the backer's: "*Russian-backed
    separatists* shelled Mariupol".
    """
    words = reference_words()
    found = [] if heads else _astray(scene, clause)
    for head in heads:
        lemma = scene.lemma(head)
        if lemma in words["followers"]:
            # "200 of *his supporters* picketed the ministry"
            nearest = _camps(scene, head, lemma) or _those_served(scene, head)
        elif lemma in words["fighters"]:
            nearest = _backed(scene, clause, head) or _those_served(scene, head)
            nearest = nearest or _men_of(scene, head)
        elif lemma in words["papers"]:
            nearest = list(_issuers(scene, head))
        elif lemma == "guard":
            # "shot *by guards* at the Israeli consulate"
            nearest = scene.fillings([a.head for a in clause.obliques("at", "outside")])
        elif lemma in _LED:
            # "*a coalition led by Saudi Arabia* bombed Yemen"
            nearest = [f for h in scene.beside(head, "by") if (f := scene.filling(h)) is not None]
        elif lemma in _AGAINST:
            nearest = _camps(scene, head, lemma)
        else:
            continue
        reason = f"behind the '{scene.doc[head].text}'"
        found.extend(
            replace(one, score=one.score * _BEHIND, reason=f"{one.reason}; {reason}")
            for one in nearest
        )
    return found


def _astray(scene: Scene, clause: Clause) -> list[Filling]:
    """The agent of a passive that the tree hangs on what stands before it.

    "were shot down over Banja Luka *by American jets*", "was killed in Mali by rebels".
    """
    if not clause.passive or clause.of(Role.SUBJECT):
        return []
    places = [a.head for a in clause.of(Role.OBLIQUE) if a.preposition != "by"]
    agents = [h for place in places for h in scene.beside(place, "by")]
    return scene.fillings(agents) or wielders(scene, agents)


def _backed(scene: Scene, clause: Clause, head: int) -> list[Filling]:
    """Those whom somebody arms or pays, as people of the one land that their deed is told of."""
    doc, backers, phrase = scene.doc, [], scene.phrases.get(head)
    if phrase is None:
        return []
    for i in phrase.modifiers:
        if doc[i].lower_ in _BACKED and i > 1 and doc[i - 1].text == "-":
            # "*Iranian-backed* militias"
            backers = [m for m in (scene.mentions.covering(i - 2),) if m is not None]
    if head + 3 < len(doc) and doc[head + 1].lower_ in _BACKED and doc[head + 2].lower_ == "by":
        # "rebels *backed by Rwanda*"
        backers = [m for h in _named_at(scene, head + 3) if (m := scene.mentions.at(h))]
    actors = [a for m in backers for a in m.actors if a.country or a.type is ActorType.PERSON]
    if len(actors) != 1:
        return []
    backer = Filling(head, head, head + 1, tuple(actors), backers[0].score, backers[0].reason)
    state = scene.mentions.state(actors[0].country or "")
    role = role_noun(doc, phrase, scene.mentions.book)
    if role is None or role.role.kind != "organ" or state is None:
        return [backer]
    if role.role.target == _SPIES:
        return [replace(backer, actors=(scene.mentions.book.organ_actor(state, _SPIES),))]
    named = [i for i in range(clause.start, clause.end) if i in scene.phrases]
    places = [i for i in named if scene.mentions.place_at(i) is not None]
    # "a U.S. base *in Iraq*" before "shelled *Mariupol*"
    inside = [i for i in places if scene.phrases[i].preposition in _INSIDE]
    lands = {
        land
        for place in inside or places
        if (filling := scene.country(place)) is not None
        for land in filling.actors
        if land.country != state.country
    }
    if len(lands) != 1:
        return [backer]
    own = scene.mentions.book.organ_actor(next(iter(lands)), role.role.target)
    return [replace(backer, actors=(own,), reason=f"{role.words} backed by {state.label}")]


def _camps(scene: Scene, head: int, lemma: str) -> list[Filling]:
    """Those for or against a politician, as people of his country.

    "*Buhari's opponents* called on him to resign", "*supporters of Imran Khan* marched": the
    opposition, unless they are followers of one who governs.
    """
    for step in ("possessor", "of"):
        for near in scene.beside(head, step):
            leader = scene.filling(near)
            actor = leader.actors[0] if leader is not None and len(leader.actors) == 1 else None
            if leader is None or actor is None:
                continue
            if lemma not in _AGAINST and actor.type in {ActorType.PARTY, ActorType.ARMED_GROUP}:
                return [leader]
            state = scene.mentions.state(actor.country or "")
            governs = actor.sector == "GOV"
            if actor.type is not ActorType.PERSON or state is None:
                continue
            if lemma in _AGAINST and not governs:
                continue
            organ = "CVL" if governs and lemma not in _AGAINST else "OPP"
            return [replace(leader, actors=(scene.mentions.book.organ_actor(state, organ),))]
    return []


def _those_served(scene: Scene, head: int) -> list[Filling]:
    for near in (*scene.beside(head, "of"), *scene.beside(head, "from"), *_obeyed(scene, head)):
        # "of *the M23 movement*": the name is a modifier of a common noun
        # of "the Islamic State's branch": so is its owner
        inside = (near, *scene.beside(near, "modifier"), *scene.beside(near, "possessor"))
        filling = next((f for h in inside if (f := scene.filling(h)) is not None), None)
        if filling is not None:
            return [_as_spies(scene, head, filling)]
    return []


def _men_of(scene: Scene, head: int) -> list[Filling]:
    """Fighters of a leader as those of his country: "*Basayev's men* seized a hospital"."""
    for near in scene.beside(head, "possessor"):
        leader = scene.filling(near)
        actor = leader.actors[0] if leader is not None and len(leader.actors) == 1 else None
        state = scene.mentions.state(actor.country or "") if actor is not None else None
        if leader is None or actor is None or state is None or actor.type is not ActorType.PERSON:
            continue
        organ = "MIL" if actor.sector in {"GOV", "MIL"} else "REB"
        return [replace(leader, actors=(scene.mentions.book.organ_actor(state, organ),))]
    return []


def _as_spies(scene: Scene, head: int, served: Filling) -> Filling:
    """Hackers of a state are of its secret services: "hackers *linked to North Korea*"."""
    phrase = scene.phrases.get(head)
    role = role_noun(scene.doc, phrase, scene.mentions.book) if phrase is not None else None
    state = scene.mentions.state(served.actors[0].country or "")
    if role is None or role.role.target != _SPIES or state is None:
        return served
    return replace(served, actors=(scene.mentions.book.organ_actor(state, _SPIES),))


def _obeyed(scene: Scene, head: int) -> list[int]:
    """Whom forces obey: "militias *loyal to Haftar*", "fighters *allied with Moscow*"."""
    doc = scene.doc
    at = head + 1
    while at < len(doc) and doc[at].lower_ in _THOUGHT:
        at += 1
    if at + 2 >= len(doc) or doc[at].lower_ not in _LOYAL | _SERVING:
        return []
    if doc[at + 1].lower_ not in _ON_BEHALF:
        return []
    return _named_at(scene, at + 2)


def _named_at(scene: Scene, token: int) -> list[int]:
    """The head of the nominal that a token is in: "the" of "the GRU", "Iran" of "Iran's army"."""
    heads = [h for h, phrase in scene.phrases.items() if phrase.start <= token < phrase.end]
    # of "Iran's ministry of intelligence" the whole, else what stands first in it
    return sorted(heads, key=lambda h: scene.phrases[h].start - scene.phrases[h].end)


def _issuers(scene: Scene, head: int) -> Iterator[Filling]:
    """Who adopted or signed a paper: the subject of its verb, or the one whose paper it is."""
    adopting = reference_words()["adopting"]
    verbs = [verb for verb in scene.verbs_of(head) if verb.verb in adopting]
    makers = [maker for verb in verbs for maker in scene.follow(verb, ("subject",))]
    after = scene.doc[head + 1] if head + 1 < len(scene.doc) else None
    if not makers and scene.lemma(head) == "resolution" and after is not None and after.like_num:
        # "*Resolution 1701*, drafted by France, calls on Israel": the Security Council's
        council = scene.mentions.book.actors[_COUNCIL]
        yield Filling(head, head, head + 2, (council,), 0.9, "adopts resolutions with a number")
        return
    # "a resolution *drafted by France*", "a note *from Moscow*"
    near = [maker for step in ("possessor", "by", "from") for maker in scene.beside(head, step)]
    makers = makers or near
    makers = makers or scene.beside(head, "modifier")
    yield from (f for maker in makers if (f := scene.filling(maker)) is not None)
