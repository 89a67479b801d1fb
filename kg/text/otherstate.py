"""Against which state forces are moved and ties cut, where only the text as a whole says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.statement import COOPERATION, Actor, ActorType
from kg.text.clauses import Clause, Link
from kg.text.lexicon import Lexicon
from kg.text.matches import End, Match
from kg.text.participants import is_public
from kg.text.scene import Filling, Scene

# A state is what a text is about when it is named so often; texts that name more are about many.
_SPOKEN_OF, _FEW = 2, 5
_ALARMS = {"after", "as", "when", "because", "since"}


def moves_forces(source: Filling, target: Actor) -> bool:
    """Whether somebody with forces moves them about before a land."""
    armed = (a.type is ActorType.STATE or a.sector in {"GOV", "MIL", "REB"} for a in source.actors)
    return all(armed) and target.type in {ActorType.STATE, ActorType.TERRITORY}


def ends_ties(source: Filling, target: Actor) -> bool:
    """Whether who ends ties or aid is somebody public, and of another land."""
    apart = target.country not in {actor.country for actor in source.actors}
    return apart and not any(is_public(actor) for actor in source.actors)


def state_meant(
    scene: Scene,
    lexicon: Lexicon,
    matches: Sequence[Match],
    clause: Clause,
    source: Filling,
    massed: bool,
) -> list[tuple[int, End]]:
    """Against which state forces are massed (``massed``) or ties cut that name nobody."""
    alarming = _alarmed_by(scene, lexicon, matches, clause, source) if massed else []
    return alarming or only_other(scene, lexicon, matches, source, massed)


def _alarmed_by(
    scene: Scene, lexicon: Lexicon, matches: Sequence[Match], clause: Clause, source: Filling
) -> list[tuple[int, End]]:
    """The one state whose act makes another alert its forces.

    "raised its alert *after Pyongyang* tore up the armistice".
    """
    own = {actor.country for actor in source.actors}
    kind = {m.clause.head for m in matches if lexicon.entry(m.frame).relation.quad in COOPERATION}
    causes = [
        inner
        for inner in scene.clauses.children(clause.head)
        if inner.link is Link.ADVERBIAL and inner.marker in _ALARMS and inner.tense
        if inner.head not in kind
    ]
    found: dict[Actor, tuple[int, Filling]] = {}
    for inner in causes:
        for filling in scene.fillings(scene.follow(inner, ("subject",))):
            for actor in filling.actors:
                state = scene.mentions.state(actor.country or "")
                public = actor.sector in {None, "GOV", "MIL", "REB"}
                if state is not None and public and state.country not in own:
                    found[state] = (filling.head, filling)
    if len(found) != 1:
        return []
    state, (head, filling) = next(iter(found.items()))
    return [(head, (filling, state))]


def only_other(
    scene: Scene, lexicon: Lexicon, matches: Sequence[Match], source: Filling, massed: bool
) -> list[tuple[int, End]]:
    """The other state that the text speaks of above all: "Seoul put its forces on alert".

    Where forces are massed (``massed``) and one other alone is named, it need be named but once.
    """
    own = {actor.country for actor in source.actors}
    named = [
        (actor.country, mention)
        for mention in scene.mentions
        for actor in mention.actors
        if actor.country and actor.sector != "MED" and actor.country not in own
    ]
    ranked = Counter(country for country, _ in named).most_common(2)
    if None in own or not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return []
    country = ranked[0][0]
    alone = massed and len({c for c, _ in named}) == 1
    here = scene.doc.sentence_numbers[source.head]
    reach = {-1, 0, 1} if alone else {0, 1}
    near = {c for c, m in named if here - scene.doc.sentence_numbers[m.head] in reach}
    many = len({c for c, _ in named}) > _FEW
    rarely = ranked[0][1] < _SPOKEN_OF and not alone
    if rarely or country not in near or (many and near != {country}):
        # "Japan voiced concern. Denmark froze aid": to whom not Japan; in a text of many none
        # of several that are near
        return []
    mention = next(m for c, m in named if c == country)
    for match in matches:
        ends = {match.subject.country, match.object.country if match.object else None}
        if ends == {country, *own} and lexicon.entry(match.frame).relation.quad in COOPERATION:
            # "assured Poland of its commitment": no foe
            return []
    state = scene.mentions.state(country)
    filling = scene.filling(mention.head) or scene.country(mention.head)
    return [] if state is None or filling is None else [(mention.head, (filling, state))]
