"""Acts told by "follow suit": "America put tariffs on Chinese steel. *The EU followed suit*"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.text.clauses import Clause, Kind, Role
from kg.text.matches import Match
from kg.text.matching import Matcher
from kg.text.participants import of_one_side
from kg.text.scene import Scene

# "followed *suit*", "did *the same*", "did *likewise*"
_REPEATING = {"follow": {"suit"}, "do": {"same", "likewise"}}
# What is done is told by another predicate: links count for this much of what they were.
_REPEATED = 0.8


def following(matcher: Matcher, matches: Sequence[Match]) -> Iterator[Match]:
    """Matches for acts repeated by others, of the kind and with the target told last.

    Only from the same sentence or the one before, and only with targets of their own: who
    "followed suit" after a meeting of two has met nobody known.
    """
    scene, lexicon = matcher.scene, matcher.lexicon
    for clause in scene.clauses:
        if clause.verb not in _REPEATING or not _repeats(scene, clause):
            continue
        limit = scene.doc.sentence_numbers[clause.head] - 1
        before = [
            match
            for match in matches
            if match.clause.head < clause.head
            and scene.doc.sentence_numbers[match.clause.head] >= limit
            and lexicon.entry(match.frame).relation.event is not None
        ]
        for source in scene.fillings(scene.follow(clause, ("subject",))):
            for subject in source.actors:
                # a state follows a state, not the policemen told of between
                alike = [match for match in before if match.subject.type is subject.type] or before
                for match in alike:
                    if match.clause.head != alike[-1].clause.head:
                        continue
                    symmetric = lexicon.entry(match.frame).relation.symmetric
                    other = match.object
                    if symmetric or other is None or of_one_side(subject, other):
                        continue
                    if not of_one_side(subject, match.subject) and match.target is not None:
                        reason = f"{match.target.reason}; others did the same to it"
                        score = match.target.score * _REPEATED
                        target = replace(match.target, score=score, reason=reason)
                        yield replace(
                            match, clause=clause, source=source, subject=subject, target=target
                        )


def _repeats(scene: Scene, clause: Clause) -> bool:
    """Whether a clause says no more than that somebody did as others had done."""
    if clause.kind is not Kind.VERBAL or clause.negations or not clause.tense:
        return False
    words = {scene.doc[a.head].lower_ for a in clause.of(Role.OBJECT)}
    words |= {scene.doc[i].lower_ for i in clause.adverbs}
    return not words.isdisjoint(_REPEATING[clause.verb])
