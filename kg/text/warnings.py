"""Threats and refusals that name whom they are for only by what he must do or leave.

"Cherizier threatened a civil war *unless Henry stepped down*", "Putin said he would respond in
kind *if NATO deployed troops*", "Ethiopia refused to talk *until Eritrean troops left*".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.statement import ActorType
from kg.text.clauses import Clause, Link
from kg.text.lexicon import Frame, Lexicon
from kg.text.matches import Match, weaker
from kg.text.matching import Matcher
from kg.text.participants import of_one_side, wielders
from kg.text.scene import Filling, Scene
from kg.text.wordlists import listed

_UTTERED = {"THREATEN", "REJECT"}
_MARKERS = {"if", "unless", "until", "should", "as long as", "so long as", "in case"}
_MEANWHILE = {"while", "as", "when"}
# What is threatened is not done to him in so many words: links count a little less.
_BY_CONDITION = 0.85


def warned(matcher: Matcher, untargeted: Sequence[tuple[Frame, Clause]]) -> Iterator[Match]:
    """Matches for threats and refusals without a target, aimed at who acts in their condition."""
    scene = matcher.scene
    for frame, clause in untargeted:
        event = matcher.lexicon.entry(frame).relation.event
        # "Ethiopia *would not negotiate* until Eritrean troops left"
        refused = event in {"CONSULT", "AGREE"} and bool(clause.negations)
        if event not in _UTTERED and not refused:
            continue
        asked = list(_asked(scene, matcher.lexicon, clause))
        if not asked:
            continue
        specificity = matcher.worded(clause, frame, set())[0]
        for source in matcher.sources(clause, frame):
            for subject in source.actors:
                for told in asked:
                    target = weaker(told, _BY_CONDITION, "acts in the condition of the threat")
                    for actor in told.actors:
                        if not of_one_side(subject, actor):
                            yield Match(frame, clause, source, subject, target, actor, specificity)


def _asked(scene: Scene, lexicon: Lexicon, clause: Clause) -> Iterator[Filling]:
    """Who acts in the conditions of a threat and of what is threatened."""
    for host in (clause, *scene.complements(clause)):
        for child in scene.clauses.children(host.head):
            if child.link is not Link.ADVERBIAL or not _is_condition(scene, host, child):
                continue
            if child.marker == "if" and not child.negations and child.verb in listed("wishing"):
                # "would intervene *if Mali asked for help*"
                continue
            for argument in child.surface_subject():
                filling = scene.filling(argument.head)
                # "if *Syrian shells* landed on its soil"
                means = not lexicon.means.isdisjoint(scene.lemmas(argument.head))
                if filling is not None and not (child.verb == "fail" and _is_a_body(filling)):
                    yield filling
                elif means:
                    yield from wielders(scene, [argument.head])


def _is_a_body(filling: Filling) -> bool:
    """Whether it is an organisation: "sanctions if *the Council* failed to act" are not for it."""
    return all(actor.type is ActorType.INTERGOVERNMENTAL for actor in filling.actors)


def _is_condition(scene: Scene, host: Clause, clause: Clause) -> bool:
    if clause.marker in _MARKERS:
        return True
    if clause.marker in _MEANWHILE and host.negations:
        # "will *not* stand idly by *while Syria shells its villages*"
        return True
    # "threatened tariffs, *should Beijing retaliate*"
    first = min(clause.words, default=clause.head)
    return first in clause.auxiliaries and scene.doc[first].lower_ in {"should", "were", "had"}
