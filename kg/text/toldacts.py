"""What a document tells of, act by act: who did it, to whom, and whether it was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.statement import Actor
from kg.text.clauses import Clause, Kind, Link, Role
from kg.text.lexicon import Frame
from kg.text.matches import Match
from kg.text.matching import Matcher
from kg.text.reference import reference_words
from kg.text.scene import Filling, Scene

POINTING = {"the", "this", "that", "these", "those", "such"}
"""Determiners that point at what was told."""
# What who is accused denies without naming the accusation.
_GUILT = {"responsibility", "involvement", "role", "blame", "guilt", "complicity", "wrongdoing"}
BESIDE = {Link.RELATIVE, Link.ADNOMINAL}
"""How clauses hang on a noun that they tell more of."""
# To applaud is no announcement and no step of one's own.
_APPLAUSE = {"kg:praised", "kg:congratulated"}
# What was done to somebody, whoever did it: "12 people *were killed* in the raid" is the raid.
_RESULTS = {"kill", "wound", "injure", "die", "destroy", "damage", "hit"}
_UNDONE = {"deny", "refuse", "fail", "avoid", "threaten", "vow", "plan", "consider", "decline"}
_UNDONE |= {"prevent", "stop", "oppose", "discuss", "reject", "halt", "suspend", "contemplate"}


@dataclass(frozen=True, slots=True)
class Act:
    """What was told: its predicate, who did it (nobody known: empty), and upon whom."""

    head: int
    event: str
    agents: tuple[Filling, ...]
    patients: frozenset[Actor]
    relations: frozenset[str]
    used: frozenset[int]
    """The predicate and the nouns that complete it: "held *exercises*"."""
    verbal: bool = True
    announced: bool = False


def read_acts(
    matcher: Matcher, matches: Sequence[Match], failed: Sequence[tuple[Frame, Clause]]
) -> list[Act]:
    """The acts that matches tell of, and failed frames with one end open, in text order."""
    scene, lexicon = matcher.scene, matcher.lexicon
    told: dict[tuple[int, str], Act] = {}
    for match in matches:
        event = lexicon.entry(match.frame).relation.event
        if event is None or match.frame.relation in _APPLAUSE:
            continue
        if not told_of(scene, match.clause):
            continue
        key = (match.clause.head, event)
        known = told.get(key, Act(*key, (), frozenset(), frozenset(), frozenset()))
        agents: list[Filling] = [match.source]
        if lexicon.entry(match.frame).relation.symmetric and match.target is not None:
            # "Iran and Iraq signed a deal. Syria welcomed *the accord*": both did; but who
            # is to blame for "the fighting" between two, nobody says
            agents = [] if event == "ASSAULT" else [match.source, match.target]
        new = tuple(a for a in agents if a.head not in {b.head for b in known.agents})
        patients = known.patients | ({match.object} if match.object else set())
        told[key] = replace(
            known,
            agents=known.agents + new,
            patients=patients,
            relations=known.relations | {match.frame.relation},
            used=known.used | match.used | {match.clause.head},
            announced=_announced(match.clause),
        )
    nouns = reference_words().taken_up.keys()
    used = frozenset[int]().union(*(act.used for act in told.values()))
    for frame, clause in failed:
        event = lexicon.entry(frame).relation.event
        if event is None or not told_of(scene, clause):
            continue
        other = told.get((clause.head, event))
        if other is not None:
            if not other.used:
                # of frames that failed, none is surer than the others
                relations = other.relations | {frame.relation}
                told[clause.head, event] = replace(other, relations=relations)
            continue
        if frame.relation in _APPLAUSE or clause.head in used:
            # "hold *tests*": no other act than the holding
            continue
        if clause.kind is Kind.NOMINAL and (
            not nouns.isdisjoint(scene.lemmas(clause.head)) and points(scene, clause, clause.head)
        ):
            # "the attack" is no other attack
            continue
        doers = tuple(matcher.sources(clause, frame))
        finite = clause.kind is not Kind.VERBAL or bool(clause.tense)
        if doers or (finite and clause.verb not in _RESULTS):
            verbal = clause.kind is not Kind.NOMINAL
            told[clause.head, event] = Act(
                *(clause.head, event, doers, frozenset()),
                *(frozenset({frame.relation}), frozenset()),
                *(verbal, _announced(clause)),
            )
    return sorted(told.values(), key=lambda act: act.head)


def points(scene: Scene, clause: Clause, head: int) -> bool:
    """Whether a noun in a clause points at what was told: "the attack", "what it called …"."""
    phrase = scene.phrases[head]
    if phrase.pronoun or phrase.determiner in POINTING:
        # "denies *this*", "welcomed *the agreement*"
        return True
    if any(scene.doc[a.head].lower_ == "what" for a in clause.of(Role.OBJECT)):
        # "denounced what it called *an act of war*"
        return True
    if phrase.determiner in {"", "any", "all"} and not _GUILT.isdisjoint(scene.lemmas(head)):
        # "denied *responsibility*", "denied *any involvement*"
        return True
    if phrase.possessor is not None:
        # "*Saturday's* attack"
        return scene.doc[phrase.possessor].ent_type_ in {"DATE", "TIME"}
    # "held *exercises*, which Beijing condemned", "…, *an allegation* Qatar rejects",
    # "declared independence in *a move* backed by Paris"
    return clause.link in BESIDE and clause.anchor == head


def _announced(clause: Clause) -> bool:
    """Whether a clause tells of what is still to come: "*will hold* exercises", "*to test*"."""
    return clause.tense == "future" or (clause.marker == "to" and not clause.tense)


def told_of(scene: Scene, clause: Clause) -> bool:
    """Whether a clause tells of a deed done or announced, not of its refusal."""
    if clause.negations:
        return False
    if clause.tense or clause.kind is Kind.NOMINAL:
        return True
    # "Armenia denied *carrying out the attack*"
    governor = scene.clauses.governor(clause)
    return governor is None or governor.verb not in _UNDONE
