"""Clauses matched against the frames of the lexicon: who did what to whom."""

from __future__ import annotations

from kg.text.bridging import aimed, between_parties, bridged
from kg.text.clauses import Clause
from kg.text.lexicon import Frame, Lexicon
from kg.text.matches import Match, Trial, best_of_each
from kg.text.matching import NO_SOURCE, NO_TARGET, NOBODY, Matcher
from kg.text.predications import predications
from kg.text.scene import Scene
from kg.text.takenup import taken_up


def match_frames(scene: Scene, lexicon: Lexicon, trials: list[Trial] | None = None) -> list[Match]:
    """The best match of every clause for every pair of actors, in text order.

    With ``trials``, each frame that was tried is noted there with the reason it failed.
    """
    matcher = Matcher(scene, lexicon, explaining=trials is not None)
    found: list[Match] = []
    unfilled: list[tuple[Frame, Clause]] = []
    untargeted: list[tuple[Frame, Clause]] = []
    unsourced: list[tuple[Frame, Clause]] = []
    for told in [*scene.clauses, *predications(scene)]:
        for clause, frame in matcher.triggered(told):
            matches, failure = matcher.match(clause, frame)
            found.extend(matches)
            if failure == NOBODY:
                unfilled.append((frame, clause))
            elif failure.startswith(NO_TARGET):
                untargeted.append((frame, clause))
            elif failure.startswith(NO_SOURCE):
                unsourced.append((frame, clause))
            if trials is not None:
                trials.append(Trial(clause, frame, failure))
    best = best_of_each(found, lexicon)
    best = best_of_each([*best, *bridged(scene, lexicon, best, unfilled)], lexicon)
    failed = [*untargeted, *unsourced]
    best = best_of_each([*best, *taken_up(matcher, best, failed)], lexicon)
    best = best_of_each([*best, *aimed(scene, lexicon, best, untargeted)], lexicon)
    return best_of_each([*best, *between_parties(scene, lexicon, best, untargeted)], lexicon)
