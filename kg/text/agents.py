"""Who acts when the subject is nobody by itself: forces of somebody, papers, crowds of a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.statement import Actor, ActorType
from kg.text.clauses import Clause, Kind, Role
from kg.text.lexicon import Entry
from kg.text.participants import is_public, wielders
from kg.text.reference import reference_words
from kg.text.roles import role_noun
from kg.text.scene import Filling, Scene
from kg.text.wordlists import listed

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
_ROCKING = {"rock", "sweep", "grip", "shake", "convulse", "paralyse", "paralyze", "engulf"}
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
        if lemma in words["fighters"]:
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
        elif lemma in _AGAINST or lemma in words["followers"]:
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
        inside = (near, *scene.beside(near, "modifier"))
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
    makers = makers or scene.beside(head, "possessor") + scene.beside(head, "by")
    makers = makers or scene.beside(head, "modifier")
    yield from (f for maker in makers if (f := scene.filling(maker)) is not None)


def crowd_of_place(
    scene: Scene, clause: Clause, heads: Sequence[int], entry: Entry
) -> list[Filling]:
    """The land in which a crowd without a name protests: "In Chennai, *hundreds* burned flags"."""
    if entry.relation.event != "PROTEST":
        return []
    words = reference_words()
    # "*Protests in Tbilisi* against the government", "*rallies* broke out across France"
    crowds = words["crowds"] | words["gatherings"]
    nominal = clause.kind is Kind.NOMINAL
    if not nominal and not any(not crowds.isdisjoint(scene.lemmas(head)) for head in heads):
        return []
    own = (clause.head, *heads) if nominal else heads
    if any(_against_a_people(scene, head) for head in own):
        return []
    places = [a.head for a in clause.obliques("in", "across", "throughout")]
    if clause.verb in _ROCKING:
        # "mass protests *rocked Belarus*"
        places += [a.head for a in clause.of(Role.OBJECT)]
    places += [h for head in heads for way in ("in", "across") for h in scene.beside(head, way)]
    if not nominal:
        # "Thousands tried to break into the Israeli *consulate in Istanbul*"
        at = (*clause.of(Role.OBJECT), *clause.obliques("into", "outside", "on", "at", "around"))
        places += [h for a in at for h in scene.beside(a.head, "in")]
    reason = "people of where it happened"
    for place in (found for head in places if (found := scene.country(head)) is not None):
        organs = (scene.mentions.book.organ_actor(state, "protesters") for state in place.actors)
        score = place.score * _BEHIND
        return [
            replace(place, actors=tuple(organs), score=score, reason=f"{place.reason}; {reason}")
        ]
    told = not places and (not nominal or _is_unrest(scene, clause))
    state = scene.mentions.only_state(clause.head) if told else None
    if state is None or (not nominal and _is_upon(scene, clause, state)):
        return []
    # "stepped down after a month of *street protests*", told of one land alone
    organ = scene.mentions.book.organ_actor(state, "protesters")
    reason = f"people of {state.label}, the only state that this is told of"
    return [Filling(clause.head, clause.head, clause.head + 1, (organ,), 0.6, reason)]


def _is_upon(scene: Scene, clause: Clause, state: Actor) -> bool:
    """Whether what a crowd storms or burns is of a state: "students stormed *the U.S. embassy*"."""
    things = (*clause.of(Role.OBJECT), *clause.obliques("against", "into", "outside", "at", "on"))
    abroad = reference_words()["abroad"] | {"mission", "base", "flag"}
    held = [a.head for a in things if not abroad.isdisjoint(scene.lemmas(a.head))]
    near = [*held, *(h for head in held for h in scene.beside(head, "modifier"))]
    near += [h for head in held for h in scene.beside(head, "possessor")]
    found = (scene.filling(head) for head in near)
    return any(actor.country == state.country for f in found if f is not None for actor in f.actors)


def _is_unrest(scene: Scene, clause: Clause) -> bool:
    """Whether a noun tells of people in the streets, not of a note or a parade.

    "weeks of *protests*", "*a march* on his palace"; not "lodged a protest", "at a rally".
    """
    if not reference_words()["gatherings"] & scene.lemmas(clause.head):
        return False
    above = scene.doc[clause.head]
    while above.dep_ in {"nmod", "conj"}:
        above = above.head
    if any(scene.verbs_of(above.i)):
        # "drew *protests*", "had set off *months of protests*", against whomever
        return False
    if scene.lemma(clause.head) in {"rioting", "unrest"}:
        return True
    return scene.doc[clause.head].tag_ == "NNS" or any(clause.obliques("over", "against", "on"))


def gathered(
    scene: Scene, clause: Clause, sources: list[Filling], targets: list[Filling]
) -> tuple[list[Filling], list[Filling]]:
    """The two ends of a protest, what is missing found by the land that it is told of."""
    sources = sources or _other_people(scene, clause, targets)
    # "*Palestinians* burned tyres" is not against Palestine: others rule there
    lands = {actor.country for source in sources for actor in source.actors} & listed("occupied")
    own = {state for land in lands if (state := scene.mentions.state(land or "")) is not None}
    targets = [target for target in targets if own.isdisjoint(target.actors)]
    return sources, targets or _their_rulers(scene, clause, sources)


def _their_rulers(scene: Scene, clause: Clause, crowds: Sequence[Filling]) -> list[Filling]:
    """The state against which its own people gather where nobody else is named.

    "after a month of *street protests* over plans to export gas": of Bolivians, in Bolivia.
    """
    if clause.kind is not Kind.NOMINAL:
        if any(clause.obliques("for", "on", "to", "outside", "past")) or clause.of(Role.OBJECT):
            # "marched *for Ukraine*", "picketed *the embassy*"
            return []
    elif any(clause.obliques("against", "outside", "at", "for")) or not _is_unrest(scene, clause):
        return []
    actors = [actor for crowd in crowds for actor in crowd.actors]
    states = {scene.mentions.state(actor.country or "") for actor in actors}
    state = next(iter(states), None) if len(states) == 1 else None
    if state is None or any(not is_public(actor) for actor in actors):
        return []
    if state.country in listed("occupied"):
        return []
    reason = f"{state.label}, where its people protest"
    return [replace(crowds[0], actors=(state,), score=0.9 * crowds[0].score, reason=reason)]


def _other_people(scene: Scene, clause: Clause, targets: Sequence[Filling]) -> list[Filling]:
    """A crowd as people of the other of two lands: "Tehran vowed revenge, and *demonstrators*
    burned a U.S. flag".
    """
    heads = scene.follow(clause, ("subject",))
    crowds = reference_words()["crowds"]
    crowd = next((h for h in heads if crowds & scene.lemmas(h)), None)
    if crowd is None or scene.filling(crowd) is not None or _against_a_people(scene, crowd):
        return []
    around = scene.doc[crowd].sent
    near = scene.mentions.between(around.start, around.end)
    named = {a.country for m in near for a in m.actors if a.sector != "MED"} - {None}
    theirs = {actor.country for filling in targets for actor in filling.actors}
    others = (named - theirs) or ({scene.mentions.main_country} - theirs - {None})
    state = scene.mentions.state(next(iter(others)) or "") if len(others) == 1 else None
    if state is None:
        return []
    organ = scene.mentions.book.organ_actor(state, "protesters")
    phrase = scene.phrases[crowd]
    reason = f"people of {state.label}, the other of two that are named"
    return [Filling(crowd, phrase.start, phrase.end, (organ,), 0.6, reason)]


def _against_a_people(scene: Scene, head: int) -> bool:
    """Whether a gathering is called by those it is against: "*anti-Japanese* protests"."""
    phrase = scene.phrases.get(head)
    words = [] if phrase is None else [t.text for t in scene.doc.span(phrase.start, head)]
    return any(w.lower().startswith("anti-") and w[5:6].isupper() for w in words)
