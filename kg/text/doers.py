"""Reactions that do not say to whose deed: "Mali's army seized power. *France froze aid*".

Where no frame has read the deed itself, whoever alone acts in what is told before is meant:
"Beijing lobbed missiles into the sea. *Tokyo demanded an explanation*", "*called the move
reckless*", "*Togo applauded*".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from kg.statement import CONFLICT, Actor, ActorType
from kg.text.bridging import aimed_already
from kg.text.clauses import Clause, Kind, Link
from kg.text.lexicon import Filler, Frame
from kg.text.matches import Match, weaker
from kg.text.matching import Matcher
from kg.text.participants import is_public, of_one_side, side_of
from kg.text.scene import Filling, Scene
from kg.text.toldacts import points
from kg.text.wordlists import listed

_OPEN = {"culprit", "opponent", "parallel", "other"}
_REACTIONS = {"ACCUSE", "REQUEST", "SANCTION", "THREATEN", "REJECT", "SUPPORT"}
_ABOUT = {"kg:criticised", "kg:praised", "kg:complainedOver"}
_APPLAUSE = "kg:praised"
_MAIN = {Link.ROOT, Link.CONJUNCT, Link.PARATAXIS, Link.COMPLEMENT}
_ANSWERING = {ActorType.STATE, ActorType.TERRITORY, ActorType.INTERGOVERNMENTAL}
_ANSWERING |= {ActorType.ARMED_GROUP, ActorType.PERSON, ActorType.GOVERNMENT_BODY}
_STANDING = {"it", "this", "that"}
_ASKING = {"how", "why", "whether", "if"}
_BESIDE = {Link.CONJUNCT, Link.PARATAXIS}
# Nothing but the order of what is told says who is meant: links count for this much.
_MEANT = 0.6

Doer = tuple[Filling, Actor]
"""Where somebody is named who acts, and who it is."""


def at_doers(
    matcher: Matcher, matches: Sequence[Match], untargeted: Sequence[tuple[Frame, Clause]]
) -> Iterator[Match]:
    """Matches for reactions without a target, aimed at the one other side that acts just before."""
    scene, lexicon = matcher.scene, matcher.lexicon
    asked = [
        (frame, clause)
        for frame, clause in untargeted
        if lexicon.entry(frame).relation.event in _REACTIONS
        and lexicon.entry(frame).object is not Filler.NONE
        and _may_react(scene, clause)
        and _leaves_open(scene, frame, clause)
    ]
    if not asked:
        return
    deeds = _Deeds(matcher, matches, untargeted)
    for frame, clause in asked:
        if clause.head in deeds.aimed:
            continue
        specificity = matcher.worded(clause, frame, set())[0]
        for source in matcher.sources(clause, frame):
            for subject in source.actors:
                if is_public(subject):
                    continue
                found = deeds.doers(clause, subject, lexicon.entry(frame).relation.event)
                sides = {side_of(actor) for _, actor in found}
                named = _named(scene, clause) - {side_of(subject)}
                if named - sides or (
                    clause.verb in listed("warning") and not named and _spelt(scene, clause)
                ):
                    continue
                for filling, actor in found:
                    target = weaker(filling, _MEANT, "did what is told before")
                    nothing = frozenset[int]()
                    yield Match(frame, clause, source, subject, target, actor, specificity, nothing)


def _may_react(scene: Scene, clause: Clause) -> bool:
    """Whether a clause tells what somebody says or does, not what he called it absurd to do."""
    if clause.kind is not Kind.VERBAL or clause.negations or clause.passive or not clause.tense:
        return False
    if clause.link is Link.ADVERBIAL:
        # "Oslo denies it, *as experts allege*"
        return False
    if any(t.lower_ == "against" for t in scene.doc.span(clause.head, clause.end)):
        # "threatened sanctions *against those who* break the truce"
        return False
    inner = {c.marker for c in scene.clauses.children(clause.head) if c.head > clause.head}
    it = any(a.head > clause.head and scene.doc[a.head].lower_ == "it" for a in clause.arguments)
    # "called *it* absurd *that* Kigali denied it", "asked *how* this could be"
    return not (it and inner & {"to", "that"}) and inner.isdisjoint(_ASKING)


def _leaves_open(scene: Scene, frame: Frame, clause: Clause) -> bool:
    """Whether a clause names nobody whom it is about: at most "*the move*"."""
    if frame.relation in _ABOUT:
        reached = [h for route in frame.target[:1] for h in scene.follow(clause, route.steps)]
        for head in reached:
            phrase = scene.phrases.get(head)
            if phrase is None or phrase.possessor is not None or phrase.complements:
                continue
            if (
                phrase.pronoun
                and scene.doc[head].lower_ in _STANDING
                and scene.filling(head) is None
            ):
                # "Croatia applauded *it*"
                return True
            if listed("step_taken") & scene.lemmas(head) and points(scene, clause, head):
                # "called *the tests* reckless"; not "Sudan's tests", "tests of missiles"
                return True
        if frame.relation == _APPLAUSE and not reached and not clause.arguments[1:]:
            # "*Togo applauded*"
            return True
    return frame.otherwise in _OPEN and not aimed_already(scene, frame, clause)


def _named(scene: Scene, clause: Clause) -> set[str]:
    """Whom what follows the verb names: "suspended a hotline *with America*"."""
    joined = (c.start for c in scene.clauses.children(clause.head) if c.link in _BESIDE)
    end = min((start for start in joined if start > clause.head), default=clause.end)
    # "*Oman's envoy* was summoned, whereupon the minister voiced displeasure"
    aside = clause.link is Link.RELATIVE
    start = scene.doc[clause.head].sent.start if aside else clause.head
    return {
        side_of(actor) for mention in scene.mentions.between(start, end) for actor in mention.actors
    }


def _spelt(scene: Scene, clause: Clause) -> bool:
    """Whether a clause tells what is warned of: "warned *that the war might spread*"."""
    return next(iter(scene.complements(clause)), None) is not None


def _state(scene: Scene, actor: Actor) -> Actor | None:
    """Who answers for a deed: of crowds and companies their state."""
    if actor.type is ActorType.PLACE:
        return None
    found = scene.principal(actor)
    answers = found.type in _ANSWERING or found.country is None
    return found if answers else scene.mentions.state(found.country or "")


def _may_be_meant(actor: Actor, subject: Actor) -> bool:
    """Whether somebody is a state or body of another side."""
    body = actor.country is not None or actor.type is ActorType.INTERGOVERNMENTAL
    return body and side_of(actor) != side_of(subject) and not of_one_side(subject, actor)


_Met = dict[int, list[Actor | None]]
"""Clause → whom what it tells is done to."""


class _Deeds:
    """What a text tells of, asked for who acts before somebody reacts."""

    def __init__(
        self, matcher: Matcher, matches: Sequence[Match], untargeted: Sequence[tuple[Frame, Clause]]
    ) -> None:
        self.scene = matcher.scene
        events = matcher.lexicon
        told = [(m, events.entry(m.frame).relation.event) for m in matches]
        self.aimed = {m.clause.head for m, e in told if e is not None and m.object is not None}
        self.reactions: _Met = {}
        self.conflicts: _Met = {}
        for match, event in told:
            if event in _REACTIONS or event == "MOBILIZE":
                self.reactions.setdefault(match.clause.head, []).append(match.object)
            if events.entry(match.frame).relation.quad in CONFLICT:
                self.conflicts.setdefault(match.clause.head, []).append(match.object)
        self.open = {
            clause.head
            for frame, clause in untargeted
            if frame.otherwise in _OPEN or events.entry(frame).relation.event in _REACTIONS
        } - self.aimed

    def doers(self, clause: Clause, subject: Actor, event: str | None) -> list[Doer]:
        """The one other side that acts before a clause, in its sentence or the one before.

        Two of them where they act together: "*Rome and Oslo* walked out. Bern regretted the step".
        Who threatens answers what was done to himself: not "Rome shelled Oslo. *Bern threatened
        to use force*", which may be against either.
        """
        doc, met = self.scene.doc, self.conflicts if event == "THREATEN" else self.reactions
        number = doc.sentence_numbers[clause.head]
        start = doc.sents[number].start
        found = self._acting(start, clause.start, subject, _BESIDE | {Link.ROOT}, met)
        found = found if clause.link in _BESIDE else []
        before = doc.sents[number - 1] if number and not found else None
        if before is not None and "\n" not in doc.text[before.start_char : doc[start].idx]:
            # what a paragraph opens with is no reaction to the one before
            found = self._acting(before.start, before.end, subject, _MAIN, met)
        sides = {frozenset(side_of(a) for _, a in together) for together in found}
        return found[-1] if len(sides) == 1 else []

    def _acting(
        self, start: int, end: int, subject: Actor, links: Set[Link], met: _Met
    ) -> list[list[Doer]]:
        """Those who act in each of the deeds between two tokens, of other sides."""
        acting = [
            [
                (filling, state)
                for filling in self.scene.fillings(self.scene.follow(deed, ("subject",)))
                for actor in filling.actors
                if (state := _state(self.scene, actor)) and _may_be_meant(state, subject)
            ]
            for deed in self.scene.clauses
            if start <= deed.head < end and deed.link in links and self._is_deed(deed, subject, met)
        ]
        return [together for together in acting if together]

    def _is_deed(self, clause: Clause, subject: Actor, met: _Met) -> bool:
        if clause.kind is not Kind.VERBAL or not clause.tense or clause.negations:
            return False
        if clause.head in self.open or clause.verb in listed("no_deed"):
            return False
        # "*Rome condemned Bern*. Paris froze aid": not to Rome
        upon = met.get(clause.head)
        return upon is None or any(a is not None and of_one_side(subject, a) for a in upon)
