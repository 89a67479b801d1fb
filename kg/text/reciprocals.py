"""Each other: "Indian and Pakistani troops shelled *each other*", "expelled *each other's* envoys".

The two words stand for all who act, so that frames find every one of them at the other end.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.text.clauses import Clauses
from kg.text.mentioned import ActorMention, MentionKind, Mentions
from kg.text.parsed import Doc
from kg.text.participants import is_public

_WORDS = {"each": "other", "one": "another"}
# Who is meant is told by grammar alone, but parsers err on what is coordinated.
_SURE = 0.9


def find_reciprocals(doc: Doc, clauses: Clauses, mentions: Mentions) -> Iterator[ActorMention]:
    """The words "each other" and "one another" where the subject names two actors or more."""
    for token in doc:
        if token.lower_ not in _WORDS or token.i + 1 == len(doc):
            continue
        if doc[token.i + 1].lower_ != _WORDS[token.lower_]:
            continue
        verb = token
        while verb.head.i != verb.i and not (verb.i != token.i and clauses.at(verb.i)):
            verb = verb.head
        clause = clauses.at(verb.i)
        while clause is not None and not clause.surface_subject():
            # "their shelling of *each other*" has no subject of its own
            clause = clauses.parent(clause)
        subjects = clause.surface_subject() if clause is not None else ()
        found = [m for a in subjects if (m := mentions.at(a.head)) is not None]
        actors = tuple(dict.fromkeys(actor for m in found for actor in m.actors))
        if len(actors) > 1 and not all(is_public(actor) for actor in actors):
            words = " and ".join(actor.label for actor in actors)
            score = round(_SURE * min(m.score for m in found), 3)
            kind = MentionKind.PRONOUN
            yield ActorMention(
                *(token.i, token.i, token.i + 2, actors, score, f"each of {words}", kind)
            )
