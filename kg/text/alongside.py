"""Words beside a main clause that are meant for whom the main clause deals with.

"Riyadh severed ties with Doha, *accusing it* of sheltering rebels", "expelled two Russian envoys,
*accusing them* of spying": the one acted against, where nothing else says whom the pronoun means.
"Merkel telephoned Putin *to ask for a truce*", "summoned the envoy *to demand an answer*", "wrote
to Annan, *asking for troops*": the one met, written to or called in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.statement import CONFLICT, Actor
from kg.text.bridging import aimed_already
from kg.text.clauses import Clause, Kind, Link, Role
from kg.text.lexicon import Frame
from kg.text.matches import Match, weaker
from kg.text.matching import Matcher
from kg.text.participants import of_one_side, side_of
from kg.text.reference import reference_words
from kg.text.scene import Filling, Scene
from kg.text.wordlists import listed

_UTTERED = {"ACCUSE", "REQUEST", "THREATEN"}
# What one meets somebody for, and what one calls an envoy in for.
_SPOKEN = {"REQUEST", "THREATEN", "AGREE", "SUPPORT"}
_COMPLAINT = "kg:complainedOver"
_APOLOGY = "kg:apologisedTo"
_VISIT = "kg:visited"
_ASIDE = {Link.ADVERBIAL, Link.OPEN_COMPLEMENT}
# Only the shape of the sentence tells whom the pronoun means: links count for this much.
_MEANT = 0.75

_Meant = dict[Actor, Filling]
"""Whom words are meant for, and where he is named."""


def gone_on(
    matcher: Matcher, matches: Sequence[Match], untargeted: Sequence[tuple[Frame, Clause]]
) -> Iterator[Match]:
    """Matches for purposes and participles that name nobody, aimed where their main clause is."""
    for frame, clause in untargeted:
        if clause.kind is not Kind.VERBAL or clause.negations:
            continue
        found = _foe(matcher, matches, frame, clause) or _hearers(matcher, matches, frame, clause)
        if not found:
            continue
        exact = matcher.exact(clause, frame)
        specificity = matcher.worded(clause, frame, set())[0]
        for source in matcher.sources(clause, frame):
            for subject in source.actors:
                for actor, target in found.items():
                    if not of_one_side(subject, actor):
                        yield Match(exact, clause, source, subject, target, actor, specificity)


def _foe(matcher: Matcher, matches: Sequence[Match], frame: Frame, clause: Clause) -> _Meant:
    """Whom a pronoun of a participle means: "cut ties with Doha, *accusing it* of …"."""
    scene, lexicon = matcher.scene, matcher.lexicon
    if clause.link is not Link.ADVERBIAL or clause.tense:
        return {}
    if lexicon.entry(frame).relation.event not in _UTTERED:
        return {}
    pronoun = _pronoun(scene, frame, clause)
    main = scene.clauses.parent(clause)
    if pronoun is None or main is None or main.head > clause.head:
        return {}
    foes: dict[Actor, Filling] = {
        match.object: match.target
        for match in matches
        if match.clause.head == main.head
        and match.object is not None
        and match.target is not None
        and lexicon.entry(match.frame).relation.quad in CONFLICT
    }
    if len({side_of(actor) for actor in foes}) != 1:
        return {}
    actor, filling = next(iter(foes.items()))
    reason = f"{filling.reason}; the main clause is aimed at it"
    score = filling.score * _MEANT
    return {actor: Filling(pronoun, pronoun, pronoun + 1, (actor,), score, reason)}


def _hearers(matcher: Matcher, matches: Sequence[Match], frame: Frame, clause: Clause) -> _Meant:
    """Whom somebody meets, calls or writes to in order to say it: "met Xi *to ask for help*"."""
    scene, lexicon = matcher.scene, matcher.lexicon
    said = lexicon.entry(frame).relation
    if said.event not in _SPOKEN or aimed_already(scene, frame, clause):
        return {}
    if said.event == "SUPPORT" and not (frame.where or said.id == _APOLOGY):
        # "called Xi *to apologise*, *to offer his condolences*"; but "met Xi to praise the deal"
        return {}
    first = clause
    while first.link is Link.CONJUNCT and (before := scene.clauses.parent(first)) is not None:
        # "phoned Putin to complain *and to ask* for a truce"
        first = before
    main = scene.clauses.parent(first)
    if clause.tense:
        # "met Bush *and asked* for help"
        shared = all(argument.inherited for argument in clause.of(Role.SUBJECT))
        main = first if clause.link is Link.CONJUNCT and shared else None
    elif first.link not in _ASIDE or first.tense:
        return {}
    if main is None or main.head > clause.head:
        return {}
    doers = [a for filling in matcher.sources(clause, frame) for a in filling.actors]
    met: _Meant = {}
    for match in matches:
        relation = lexicon.entry(match.frame).relation
        if match.clause.head != main.head or match.object is None or match.target is None:
            continue
        if (relation.event != "CONSULT" and relation.id != _COMPLAINT) or _is_seat(scene, match):
            continue
        if clause.tense and relation.id == _VISIT:
            # "visited Athens and called for help": whose?
            continue
        does, suffers = (
            any(of_one_side(doer, end) for doer in doers) for end in (match.subject, match.object)
        )
        # "*Bush and Blair* met to demand a vote": not of each other
        if does and not suffers:
            met[match.object] = match.target
        elif suffers and not does and relation.symmetric:
            met[match.subject] = match.source
    return {a: weaker(f, _MEANT, "is met or written to for it") for a, f in met.items()}


def _is_seat(scene: Scene, match: Match) -> bool:
    """Whether somebody goes to a town of organisations: "flew *to Brussels* to ask for help"."""
    if match.target is None:
        return False
    words = scene.doc.span(match.target.start, match.target.end).text.casefold()
    return words in listed("bodies_seat")


def _pronoun(scene: Scene, frame: Frame, clause: Clause) -> int | None:
    """The pronoun at a frame's target, if it is known for nobody."""
    for route in frame.target:
        for head in scene.follow(clause, route.steps):
            third = reference_words().third(scene.doc[head].lower_)
            if third is not None and scene.filling(head) is None:
                return head
    return None
