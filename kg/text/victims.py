"""Attacks told by those who suffered them: "Yerevan said *Azerbaijan fired rockets at dawn*".

And attacks that name no doer: "*Olof Palme was shot* in Stockholm", by unknown hands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.statement import Actor, ActorType
from kg.text.athome import own_people
from kg.text.clauses import Clause, Kind, Link, Role
from kg.text.lexicon import Frame
from kg.text.matches import Match, aimed_heads, weaker
from kg.text.matching import Matcher
from kg.text.quotes import Reports
from kg.text.scene import Filling, Scene
from kg.text.wordlists import listed

_BLOWS = {"kg:attacked", "kg:shelled", "kg:firedMissilesAt", "kg:carriedOutAirStrikeOn"}
_BLOWS |= {"kg:carriedOutDroneStrikeOn", "kg:killed"}
_GUESS = 0.6
# What only somebody's hand does; "was killed" is told of accidents too.
_AT = ("in", "at", "near", "outside", "on", "across")
_UNKNOWN = "UAF"
# "the *assassination* of Jovenel Moise", "*survived* an attempt on his life"
_MURDERS = {"assassinated/noun", "tried-to-assassinate/survive", "tried-to-assassinate/noun"}
# Nobody says who it was: links count for this much of what they were.
_HANDS = 0.5


def attacked_speakers(
    matcher: Matcher,
    reports: Reports,
    matches: Sequence[Match],
    untargeted: Sequence[tuple[Frame, Clause]],
) -> Iterator[Match]:
    """Matches for attacks without a known target, against the side that tells of them.

    "The rebels said *the army had shelled a hospital*": only where the text tells elsewhere
    that the two fight, so that NATO, which reports Russian strikes, is not their target.
    """
    scene, lexicon = matcher.scene, matcher.lexicon
    blows = [
        (frame, clause)
        for frame, clause in untargeted
        if frame.relation in _BLOWS and clause.kind is Kind.VERBAL and clause.tense
    ]
    if not blows:
        return
    at_war = {
        frozenset({scene.principal(m.subject).id, scene.principal(m.object).id})
        for m in matches
        if m.object is not None and lexicon.entry(m.frame).relation.event == "ASSAULT"
    }
    for frame, clause in blows:
        told = [r for r in reports.chain(clause.head) if r.source is not None]
        speaker = scene.filling(told[-1].source) if told and told[-1].source is not None else None
        if speaker is None:
            continue
        victim = scene.principal(speaker.actors[0])
        target = weaker(speaker, _GUESS, "tells of the attack of an enemy")
        for source in matcher.sources(clause, frame):
            for actor in source.actors:
                pair = frozenset({scene.principal(actor).id, victim.id})
                if pair in at_war or _rebels_and_rulers(actor, speaker.actors[0]):
                    yield Match(frame, clause, source, actor, target, victim)


def _rebels_and_rulers(one: Actor, other: Actor) -> bool:
    """Whether rebels and the government or army of one country stand against each other."""
    sectors = {one.sector, other.sector}
    at_home = one.country is not None and one.country == other.country
    return at_home and bool(sectors & {"REB", "UAF"}) and bool(sectors & {"GOV", "MIL"})


def by_unknown_hands(
    matcher: Matcher, matches: Sequence[Match], unsourced: Sequence[tuple[Frame, Clause]]
) -> Iterator[Match]:
    """Matches for murders and bombs without a doer, by armed men unknown of where it happened.

    "*Olof Palme* was shot in Stockholm", "*a car bomb* exploded at the Indian embassy in Kabul",
    "*an envoy of Peru* was gunned down in Lima": of another land only where a place is told.
    """
    scene, lexicon = matcher.scene, matcher.lexicon
    told = aimed_heads(matches)
    for frame, clause in unsourced:
        entry = lexicon.entry(frame)
        if entry.relation.event != "ASSAULT" or clause.head in told or clause.negations:
            continue
        murder = _is_murder(scene, clause) or frame.rule in _MURDERS
        if not murder and not _is_bomb(scene, clause):
            continue
        land = _placed_in(scene, clause)
        if land is None and not murder:
            # "BEIRUT, Oct 23 - *A truck bomb* destroyed the Marine barracks"
            land = scene.mentions.state(scene.mentions.scene_country or "")
        placed = land is not None
        land = land or scene.mentions.only_state(clause.head)
        if land is None:
            continue
        victims = _harmed_by(scene, clause) or matcher.targets(clause, frame)
        foreign = [victim for victim in victims if not _is_of(victim, land)]
        if foreign:
            # who is known by name may have been sought out from abroad
            known = murder and any(_is_person(victim) for victim in foreign)
            here = placed and clause.kind is not Kind.NOMINAL and not known
            victims = foreign if here else []
        elif murder or _is_told_anew(clause, land, matches):
            hands = [_unknown(scene, clause, land)]
            victims = victims or own_people(scene, clause, hands, lexicon, frame)
        else:
            victims = []
        for victim in victims:
            source = _unknown(scene, clause, land)
            for actor in victim.actors:
                yield Match(frame, clause, source, source.actors[0], victim, actor)


def _is_told_anew(clause: Clause, land: Actor, matches: Sequence[Match]) -> bool:
    """Whether a bomb at home is news, and nobody is told to have claimed it.

    "A bomb killed six shoppers in Karachi"; not "a month *after* bombs killed 200 in Madrid", "A
    bomb killed nine in Mali. *JNIM* claimed the attack".
    """
    aside = clause.link is Link.ADVERBIAL and clause.marker != "when"
    if aside or land.country in listed("occupied"):
        return False
    claims = (m.object for m in matches if m.frame.otherwise == "deed")
    return all(victim is None or victim.country != land.country for victim in claims)


def _is_murder(scene: Scene, clause: Clause) -> bool:
    """Whether a passive without an agent tells of a murder: not "was shot *in an exchange*"."""
    modal = any(scene.doc[i].tag_ == "MD" for i in clause.auxiliaries)
    # not "*snipers* shot at American soldiers", misread
    by_none = not any(clause.obliques("by", "at"))
    agentless = clause.passive and not clause.of(Role.SUBJECT) and by_none
    return agentless and not modal and clause.verb in listed("murdering")


def _is_bomb(scene: Scene, clause: Clause) -> bool:
    """Whether a bomb of nobody's is what goes off or kills."""
    heads = [argument.head for argument in clause.of(Role.SUBJECT)]
    bombs = [head for head in heads if _goes_off(scene, head)]
    # not "the bomb *that killed the envoy* was the work of rebels"
    aside = clause.link is Link.RELATIVE
    return bool(heads) and bombs == heads and bool(clause.tense) and not aside


def _goes_off(scene: Scene, head: int) -> bool:
    """Whether a thing is a bomb, or full of one: "*a car* packed with explosives"."""
    phrase = scene.phrases.get(head)
    words = [] if phrase is None else [*phrase.modifiers, phrase.possessor]
    if any(word is not None and scene.mentions.at(word) is not None for word in words):
        # "maimed by *Ecuadorean* mines"
        return False
    if not listed("planted").isdisjoint(scene.lemmas(head)):
        around = scene.doc[head].sent
        # "an explosion at *a coal mine*", "a *gas* explosion"
        return all(t.lemma_.lower() not in listed("accidental") for t in around)
    load = scene.descend(head, ("acl", "with"))
    return any(not listed("planted").isdisjoint(scene.lemmas(thing)) for thing in load)


def _harmed_by(scene: Scene, clause: Clause) -> list[Filling]:
    """Who comes to harm by a bomb that the clause beside tells of.

    "*Two Iranian envoys* were killed when a bomb exploded outside a cultural centre in Beirut".
    """
    above = scene.clauses.parent(clause)
    if clause.link is not Link.ADVERBIAL or above is None or above.verb not in listed("harmed"):
        return []
    role = Role.OBJECT if above.passive else Role.SUBJECT
    return scene.fillings([argument.head for argument in above.of(role)])


def _placed_in(scene: Scene, clause: Clause) -> Actor | None:
    """The one state where a deed is said to happen."""
    ways = [*((way,) for way in _AT), *((way, "in") for way in _AT)]
    ways += [("object", "in"), ("subject", "in"), *(("subject", way, "in") for way in _AT)]
    for steps in ways:
        for head in scene.follow(clause, steps):
            placed = scene.mentions.place_at(head) is not None
            state = scene.country(head) if placed else None
            if state is not None:
                return state.actors[0] if state.actors[0].type is ActorType.STATE else None
    return None


def _is_of(victim: Filling, land: Actor) -> bool:
    return all(actor.country == land.country for actor in victim.actors)


def _is_person(victim: Filling) -> bool:
    return any(actor.type is ActorType.PERSON for actor in victim.actors)


def _unknown(scene: Scene, clause: Clause, land: Actor) -> Filling:
    actor = scene.mentions.book.organ_actor(land, _UNKNOWN)
    reason = f"whoever did it in {land.label}"
    return Filling(clause.head, clause.head, clause.head + 1, (actor,), _HANDS, reason)


def rescues(matcher: Matcher, matches: Sequence[Match]) -> list[Match]:
    """The matches, with storms that free hostages aimed at the captors, or at nobody.

    "Peruvian commandos *stormed the Japanese residence*, freeing 71 hostages *held by rebels*".
    """
    kept: list[Match] = []
    for match in matches:
        if match.clause.verb in listed("storming"):
            freed = list(_freed(matcher.scene, match.clause))
            holders = [f for h in freed for f in _captors(matcher.scene, h)]
            if freed and not holders:
                continue
            if holders:
                match = replace(match, target=holders[0], object=holders[0].actors[0])
        kept.append(match)
    return kept


def _freed(scene: Scene, clause: Clause) -> Iterator[int]:
    """The hostages whom those who storm a place set free by it."""
    for inner in scene.clauses.children(clause.head):
        if inner.link in {Link.CONJUNCT, Link.ADVERBIAL} and inner.verb in listed("rescuing"):
            for argument in inner.of(Role.OBJECT):
                if not listed("hostages").isdisjoint(scene.lemmas(argument.head)):
                    yield argument.head


def _captors(scene: Scene, hostages: int) -> list[Filling]:
    return scene.fillings(scene.descend(hostages, ("acl", "subject")))
