"""Clauses matched against the frames of the lexicon: who did what to whom."""

from __future__ import annotations

from collections.abc import Iterable

from kg.text.alongside import gone_on
from kg.text.answered import answered, refused
from kg.text.bridging import between_parties, bridged
from kg.text.clauses import Clause
from kg.text.denials import denials
from kg.text.following import following
from kg.text.lexicon import Frame, Lexicon
from kg.text.matches import Match, Trial, best_of_each
from kg.text.matching import NO_SOURCE, NO_TARGET, NOBODY, Matcher
from kg.text.meant import most_likely_meant
from kg.text.openends import OpenEnd, open_ends
from kg.text.predications import predications
from kg.text.quotes import Reports
from kg.text.responsibility import accounted_for, claimed
from kg.text.retaliation import retaliated
from kg.text.scene import Scene
from kg.text.takenup import taken_up
from kg.text.victims import attacked_speakers, by_unknown_hands, rescues
from kg.text.warnings import warned


def match_frames(
    scene: Scene,
    lexicon: Lexicon,
    trials: list[Trial] | None = None,
    reports: Reports | None = None,
) -> list[Match]:
    """The best match of every clause for every pair of actors, in text order.

    With ``trials``, each frame that was tried is noted there with the reason it failed; with
    ``reports``, attacks without a target are told of those who report them, and denials of who
    told what they deny.
    """
    matcher = Matcher(scene, lexicon, explaining=trials is not None)
    best, *failed = _by_rules(matcher, trials, reports)
    return _with(best, most_likely_meant(matcher, best, *failed), lexicon)


def find_open_ends(scene: Scene, lexicon: Lexicon, reports: Reports) -> list[OpenEnd]:
    """What the rules leave open, with all who may be meant: what the weights are learned from."""
    matcher = Matcher(scene, lexicon)
    return list(open_ends(matcher, *_by_rules(matcher, None, reports)))


def _by_rules(
    matcher: Matcher, trials: list[Trial] | None, reports: Reports | None
) -> tuple[list[Match], list[tuple[Frame, Clause]], list[tuple[Frame, Clause]]]:
    """The matches that rules find, and the frames and clauses that find no target, or no source."""
    scene, lexicon = matcher.scene, matcher.lexicon
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
    best = rescues(matcher, best_of_each(found, lexicon))
    failed = [*untargeted, *unsourced]
    best = _with(best, bridged(scene, lexicon, best, unfilled), lexicon)
    best = _with(best, claimed(matcher, best, failed), lexicon)
    best = _with(best, taken_up(matcher, best, failed), lexicon)
    best = _with(best, following(matcher, best), lexicon)
    best = _with(best, retaliated(matcher, best, untargeted), lexicon)
    best = _with(best, warned(matcher, untargeted), lexicon)
    best = _with(best, answered(matcher, untargeted), lexicon)
    best = _with(best, refused(matcher, best, untargeted), lexicon)
    best = _with(best, gone_on(matcher, best, untargeted), lexicon)
    best = _with(best, between_parties(scene, lexicon, best, untargeted), lexicon)
    if reports is not None:
        best = _with(best, denials(matcher, reports, best, failed), lexicon)
        best = _with(best, attacked_speakers(matcher, reports, best, untargeted), lexicon)
    best = _with(best, accounted_for(matcher, best, unsourced), lexicon)
    best = _with(best, by_unknown_hands(matcher, best, unsourced), lexicon)
    return best, untargeted, unsourced


def _with(best: list[Match], more: Iterable[Match], lexicon: Lexicon) -> list[Match]:
    further = list(more)
    return best_of_each([*best, *further], lexicon) if further else best
