"""The rejections, pledges and threats that lie in acts told as refused or announced.

DESIGN: expressed intents and refusals are events of their own, positive and actual, beside the
act they are about. Verbs that name them ("refused", "agreed", "threatened") are frames of the
lexicon; here stand the plain futures: "we *will not deal* with them", "Tokyo *will send* aid".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.statement import COOPERATION, ActorType, Mention, Modality, Polarity, Relation, Statement
from kg.text.lexicon import Filler, Lexicon
from kg.text.matches import Match
from kg.text.scene import Scene

_OWN_WILL = {Modality.INTENDED, Modality.POSSIBLE, Modality.CONDITIONAL}
_WILL = {"will", "would", "shall", "'ll", "’ll", "wo"}
_GIVING_UP = "givesUp"


def speech_acts(
    scene: Scene, lexicon: Lexicon, read: Sequence[tuple[Match, Statement]]
) -> Iterator[Statement]:
    """The rejections, pledges and threats that lie in refused and announced acts.

    An event of the same type that a frame has read for the same pair in the same sentence
    makes its derived twin superfluous.
    """
    told = {(*_dyad(s), s.relation.event) for _, s in read}
    for match, statement in read:
        name = _act(scene, match, statement)
        if name is None:
            continue
        relation = lexicon.relation(name)
        if (*_dyad(statement), relation.event) not in told:
            yield replace(
                statement,
                subject=_speaker(scene, lexicon, relation, statement),
                relation=relation,
                polarity=Polarity.POSITIVE,
                modality=Modality.ACTUAL,
                time=None,
                place=None,
                evidence=replace(statement.evidence, rule=f"{statement.evidence.rule}+{name}"),
            )


def _speaker(scene: Scene, lexicon: Lexicon, relation: Relation, statement: Statement) -> Mention:
    """Whose act it is: a leader who turns another state down does it for his own."""
    entry = lexicon.entries[relation.id or ""]
    if entry.subject is not Filler.PRINCIPAL:
        return statement.subject
    return replace(statement.subject, actor=scene.principal(statement.subject.actor))


def _act(scene: Scene, match: Match, statement: Statement) -> str | None:
    """The relation of the speech act in a statement, None where there is none."""
    relation, other = statement.relation, statement.object
    if other is None or relation.event in {None, "AGREE", "THREATEN", "REJECT", "REQUEST"}:
        return None
    if statement.polarity is Polarity.NEGATIVE:
        if statement.modality not in _OWN_WILL or relation.quad not in COOPERATION:
            # "did not meet" only did not happen; "will not attack" refuses nothing
            return None
        if other.actor.type is ActorType.THING:
            # "we will never give up our nuclear weapons"
            return "saidWillNotGiveUp" if relation.id == f"kg:{_GIVING_UP}" else None
        return "rejects"
    will = any(scene.doc[i].lower_ in _WILL for i in match.clause.auxiliaries)
    if not will or match.clause.passive or statement.modality is not Modality.INTENDED:
        # "may send", "would send if", "will be met by" are nobody's pledge
        return None
    if other.actor.type is ActorType.THING:
        return None
    return "announcedCooperationWith" if relation.quad in COOPERATION else "threatened"


def _dyad(statement: Statement) -> tuple[int, str, str]:
    other = statement.object.actor.id if statement.object else ""
    return statement.evidence.sentence.start, statement.subject.actor.id, other
