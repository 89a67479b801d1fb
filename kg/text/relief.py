"""Help that names nobody: "An earthquake flattened Pisco. *Bolivia sent 100 tonnes of food*".

Frames say so with ``else: stricken``. Meant is to whom others are told to have sent help just
before, else the one land that a sentence with a disaster names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.statement import Actor
from kg.text.bridging import reached
from kg.text.clauses import Clause, Kind
from kg.text.lexicon import Frame
from kg.text.matches import End, Match, weaker
from kg.text.matching import Matcher
from kg.text.participants import is_public
from kg.text.scene import Scene
from kg.text.wordlists import listed

# Nothing but nearness tells whom it reaches: links count for this much of what they were.
_NEAR = 0.65
_SENTENCES_BACK = 2


def relieved(
    matcher: Matcher, matches: Sequence[Match], untargeted: Sequence[tuple[Frame, Clause]]
) -> Iterator[Match]:
    """Matches for frames with ``else: stricken`` without a target, aimed at the land in need."""
    told = [m for m in matches if matcher.lexicon.entry(m.frame).relation.event == "AID"]
    for frame, clause in untargeted:
        if frame.otherwise != "stricken" or clause.kind is Kind.NOMINAL or clause.negations:
            continue
        if any(matcher.scene.country(head) for head in reached(matcher.scene, frame, clause)):
            # "sent tents *to Kenya*", from Kenya itself
            continue
        specificity = matcher.worded(clause, frame, set())[0]
        for source in matcher.sources(clause, frame):
            for subject in source.actors:
                if is_public(subject) or subject.country is None:
                    continue
                found = _helped(matcher.scene, told, clause, subject)
                found = found or _struck(matcher.scene, clause, subject)
                if found is None:
                    continue
                filling, actor = found
                target = weaker(filling, _NEAR, "the land in need")
                yield Match(frame, clause, source, subject, target, actor, specificity)


def _helped(scene: Scene, told: Sequence[Match], clause: Clause, subject: Actor) -> End | None:
    """To whom others sent help in the same sentence or the one before: "Pakistan *followed*"."""
    sentences = scene.doc.sentence_numbers
    for match in reversed(told):
        near = 0 <= sentences[clause.head] - sentences[match.clause.head] <= 1
        if not near or match.clause.head >= clause.head or match.object is None:
            continue
        land = scene.principal(match.object)
        own = subject.country in {land.country, match.subject.country}
        if match.target is not None and not own:
            return match.target, land
    return None


def _struck(scene: Scene, clause: Clause, subject: Actor) -> End | None:
    """The one land that the nearest sentence with a disaster names beside the helper's own."""
    sentence = scene.doc[clause.head].sent
    for _ in range(_SENTENCES_BACK + 1):
        span = range(sentence.start, sentence.end)
        if any(scene.lemma(i) in listed("disaster") for i in span):
            lands = [scene.country(m.head) for m in scene.mentions.between(span.start, span.stop)]
            found = {
                f.actors[0].id: (f, f.actors[0])
                for f in lands
                if f is not None and f.actors[0].country != subject.country
            }
            return next(iter(found.values())) if len(found) == 1 else None
        if sentence.start == 0:
            return None
        sentence = scene.doc[sentence.start - 1].sent
    return None
