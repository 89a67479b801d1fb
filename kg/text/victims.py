"""Attacks told by those who suffered them: "Yerevan said *Azerbaijan fired rockets at dawn*"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.statement import Actor
from kg.text.clauses import Clause, Kind
from kg.text.lexicon import Frame
from kg.text.matches import Match, weaker
from kg.text.matching import Matcher
from kg.text.quotes import Reports

_BLOWS = {"kg:attacked", "kg:shelled", "kg:firedMissilesAt", "kg:carriedOutAirStrikeOn"}
_BLOWS |= {"kg:carriedOutDroneStrikeOn", "kg:killed"}
_GUESS = 0.6


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
                    yield Match(frame, clause, source, actor, target, victim, (0, 0), frozenset())


def _rebels_and_rulers(one: Actor, other: Actor) -> bool:
    """Whether rebels and the government or army of one country stand against each other."""
    sectors = {one.sector, other.sector}
    at_home = one.country is not None and one.country == other.country
    return at_home and bool(sectors & {"REB", "UAF"}) and bool(sectors & {"GOV", "MIL"})
