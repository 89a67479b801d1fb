"""One clause against one frame: conditions, then who stands at the ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from kg.statement import COOPERATION, Relation
from kg.text.agents import behind
from kg.text.athome import at_home
from kg.text.authorities import in_own_war, lawful
from kg.text.clauses import Clause, Kind, Role
from kg.text.crowds import crowd_of_place, gathered
from kg.text.forces import infighting
from kg.text.idioms import readings
from kg.text.lexicon import Condition, Filler, Frame, Lexicon, Route, Trigger
from kg.text.matches import Match, best_of_each
from kg.text.pairing import for_others, pairs_of, their_own
from kg.text.participants import (
    AT_OWN,
    all_persons,
    at_own,
    ids_of,
    is_public,
    is_their_own,
    of_kind,
    owners,
    stand_beside,
    things,
    through_owner,
    wielders,
)
from kg.text.scene import WORDS_THEMSELVES, Filling, Scene
from kg.text.wishes import of_oneself, unsaid
from kg.text.wording import further_words

# Quad classes of deeds; words are nobody's tools.
_DEEDS = {"MCONF", "MCOOP"}
NOBODY = "nobody takes part in it"
_DENIAL = "kg:deniedAccusation"
NO_TARGET = "no target:"
NO_SOURCE = "no source:"

_IN_COMPLEMENT = {("complement", "target"), ("complement", "source")}
_SERVES = {"AGREE": True, "REJECT": True, "THREATEN": False}
_IN_ARMS = {"REB", "UAF"}
# Behind these stand others than those who deal with each other: "calls *to Madrid and Rabat*".
_TOWARDS = {"against", "with", "alongside", "to"}
_NOTHING = (0, 0)


class Matcher:
    """Matches the clauses of one document; what is inside a complement is looked up once."""

    def __init__(self, scene: Scene, lexicon: Lexicon, explaining: bool = False) -> None:
        self.scene = scene
        self.lexicon = lexicon
        self.explaining = explaining
        self._told: dict[int, list[Match]] = {}
        # by clause, routes and relation: several frames of one look for their source alike
        self._sources: dict[tuple[int, tuple[Route, ...], str], tuple[Clause, list[Filling]]] = {}

    def triggered(self, clause: Clause) -> Iterator[tuple[Clause, Frame]]:
        """The frames that the words of a clause set off, each with the clause as it reads it."""
        for reading in readings(self.scene, self.lexicon, clause):
            parts = [inner.head for inner in self.scene.complements(reading)]
            if len(parts) < 2:
                for frame in self._triggered(reading):
                    yield reading, frame
                continue
            for frame in self._triggered(reading):
                if not frame.looks_inside:
                    yield reading, frame
            for part in parts:
                # "promised *to lift the embargo on Iraq* and *to end aid to Iran*": each its own
                alone = self.scene.governing(reading, part)
                for frame in self._triggered(alone):
                    if frame.looks_inside:
                        yield alone, frame

    def _triggered(self, clause: Clause) -> Iterator[Frame]:
        leads = partial(self.scene.leads, clause)
        words_at = partial(self.scene.words_at, clause)
        for trigger, lemma in self._triggers(clause):
            frames = self.lexicon.frames(trigger, lemma)
            if frames.frames:
                # who asks why wants to hear of all that were tried
                yield from frames.frames if self.explaining else frames.possible(leads, words_at)

    def _triggers(self, clause: Clause) -> Iterator[tuple[Trigger, str]]:
        scene = self.scene
        if clause.kind is Kind.VERBAL:
            yield Trigger.VERB, clause.lemma
        elif any(a.head == clause.head for a in clause.of(Role.SUBJECT)):
            # a name, made a clause of its own by ``predications``
            for preposition in dict.fromkeys(a.preposition for a in clause.of(Role.OBLIQUE)):
                yield Trigger.NAME, preposition
        elif clause.kind is Kind.NOMINAL:
            for lemma in sorted(scene.lemmas(clause.head)):
                yield Trigger.NOUN, lemma
        elif not clause.of(Role.PREDICATE):
            yield Trigger.ADJECTIVE, clause.lemma
        if clause.kind is not Kind.NOMINAL and not (
            clause.kind is Kind.VERBAL and clause.of(Role.OBJECT)
        ):
            # "Russia is / became / remains an ally of Iran"
            for head in scene.follow(clause, ("predicate",)):
                for lemma in sorted(scene.lemmas(head)):
                    yield Trigger.PREDICATE, lemma

    def match(self, clause: Clause, frame: Frame) -> tuple[list[Match], str]:
        """The matches for every pair of actors; where there are none, why."""
        entry = self.lexicon.entry(frame)
        if unmeant := unsaid(self.scene, clause, entry.relation.event):
            return [], unmeant
        used: set[int] = set()
        specificity, failure = self.worded(clause, frame, used)
        if failure:
            return [], failure
        sources = self.sources(clause, frame)
        if entry.relation.event == "CONSULT":
            sources = [f for f in sources if not all(is_public(actor) for actor in f.actors)]
        if entry.relation.event == "PROTEST":
            # "M23 will march on Bukavu" is no demonstration
            sources = [f for f in sources if not all(a.sector in _IN_ARMS for a in f.actors)]
        sources = sources or lawful(self.scene, clause, entry, frame)
        own = ids_of(sources)
        targets = self._ends(clause, frame.target, entry.object, frame, own)
        if frame.mutual:
            targets = targets or sources
        elif len(own) > 1 and not entry.relation.symmetric:
            targets = [f for f in targets if not their_own(self.scene, f, sources)]
        targets = targets or in_own_war(self.scene, clause, entry, sources)
        if entry.at_home:
            sources, targets = at_home(self.scene, clause, sources, targets, self.lexicon, frame)
        if entry.at_home and own.issuperset(ids_of(targets)):
            sides = infighting(self.scene, clause, frame, sources)
            sources, targets = (sides, []) if sides else (sources, targets)
        if entry.relation.event == "PROTEST":
            sources, targets = gathered(self.scene, clause, frame, sources, targets)
        if not sources and entry.relation.symmetric:
            # "an act of war *against them*", "talks *with them*" are none among them
            targets = [f for f in targets if not self._is_of_another(f)]
        pairs = pairs_of(self.scene, clause, entry, frame, sources, targets)
        if entry.relation.event == "AGREE":
            pairs = [pair for pair in pairs if not for_others(self.scene, clause, pair)]
        if entry.relation.event in {"REQUEST", "ACCUSE"}:
            pairs = [pair for pair in pairs if not of_oneself(self.scene, *pair[1:])]
        if not pairs:
            if not sources and not targets and entry.relation.symmetric:
                return [], NOBODY
            if not sources:
                return [], f"{NO_SOURCE} no {entry.subject} at {self._list(frame.source)}"
            return [], f"{NO_TARGET} no {entry.object} at {self._list(frame.target)}"
        exact = self.exact(clause, frame)
        return [
            Match(exact, clause, source, subject, target, obj, specificity, frozenset(used))
            for source, subject, target, obj in pairs
        ], ""

    def _is_of_another(self, filling: Filling) -> bool:
        phrase = self.scene.phrases.get(filling.head)
        return phrase is not None and phrase.preposition in _TOWARDS

    def worded(self, clause: Clause, frame: Frame, used: set[int]) -> tuple[tuple[int, int], str]:
        """How much of the wording a frame asks for, and what of it is not there ("" for nothing).

        The nominals that its conditions look at are noted in ``used``.
        """
        if frame.passive is not None and frame.passive != clause.passive:
            return _NOTHING, "needs a passive" if frame.passive else "needs an active"
        for condition in frame.where:
            # most frames fail here: what the route leads to is looked up once for all of them
            words = self.scene.words_at(clause, condition.route.steps)
            if not words if not condition.lemmas else condition.lemmas.isdisjoint(words):
                return _NOTHING, self._unmet(
                    "nothing at {} is one of the words asked for", condition
                )
        for condition in frame.unless:
            words = self.scene.words_at(clause, condition.route.steps)
            if condition.lemmas and condition.lemmas.isdisjoint(words):
                continue
            if self.satisfying(clause, condition):
                return _NOTHING, self._unmet("a word at {} excludes it", condition)
        own, *several = frame.phrases
        asked = further_words(own, self._words(clause)) if own else 0
        for condition, phrases in zip(frame.where, several, strict=True):
            heads = self.satisfying(clause, condition)
            used.update(heads)
            # "asked for *anything*" says less than "asked for *arms*"
            asked += 10 if condition.lemmas else 5
            if phrases:
                asked += further_words(phrases, *map(self.scene.lemmas, heads))
        return (asked, -frame.breadth), ""

    def _unmet(self, problem: str, condition: Condition) -> str:
        # a sentence is only put together for somebody who reads it
        return problem.format(condition.route) if self.explaining else problem

    def exact(self, clause: Clause, frame: Frame) -> Frame:
        """The frame under the more exact relation that what is said to be done makes of it.

        "offered to *write off its debts*" is a promise of economic aid, whatever word promises.
        """
        utterance = self.lexicon.entry(frame).relation
        if not self.lexicon.is_general(utterance) or frame.relation == _DENIAL:
            # "denied *that it arms the rebels*" refuses no arms
            return frame
        if any(inner.negations for inner in self.scene.complements(clause)):
            # "vowed *not to negotiate*" announces no meeting
            return frame
        names = {self.lexicon.about(utterance, act) for act in self._acts_inside(clause, utterance)}
        name = names.pop() if len(names) == 1 else None
        if name is None or self.lexicon.entries[name].object is Filler.NONE:
            return frame
        return replace(frame, relation=name, rule=f"{frame.rule}+{name.removeprefix('kg:')}")

    def _acts_inside(self, clause: Clause, utterance: Relation) -> list[Relation]:
        """What sort of act a complement tells, whether or not all take part that its frame asks.

        "urged India to *release the prisoners*", "pleaded with India for their *release*".
        """
        if any(inner.marker == "against" for inner in self.scene.complements(clause)):
            # "warned Israel *against attacking Syria*": what is warned against is no threat
            return []
        matched = self.told_inside(clause)
        if matched:
            return [self.lexicon.entry(match.frame).relation for match in matched]
        worded: list[tuple[tuple[int, int], Frame]] = []
        for inner in self._spelled_out(clause, utterance):
            for read, frame in self.triggered(inner):
                specificity, failure = self.worded(read, frame, set())
                # not "behind *the bombing*", of any sort, nor "told them *to stop*", no visit
                if not failure and frame.otherwise != "deed" and not frame.told_by_place:
                    worded.append((specificity, frame))
        most = max((specificity[0] for specificity, _ in worded), default=0)
        return [self.lexicon.entry(f).relation for (asked, _), f in worded if asked == most]

    def _spelled_out(self, clause: Clause, utterance: Relation) -> Iterator[Clause]:
        yield from self.scene.complements(clause)
        if utterance.event not in {"AGREE", "REQUEST"}:
            return
        for argument in clause.obliques("for", "to"):
            inner = self.scene.clauses.at(argument.head)
            if inner is not None and inner.kind is Kind.NOMINAL:
                yield inner

    def satisfying(self, clause: Clause, condition: Condition) -> list[int]:
        """The nominals at a route that have one of the lemmas (either lemma of a "mod head")."""
        scene = self.scene
        heads = scene.follow(clause, condition.route.steps)
        if not condition.lemmas:
            # An empty list asks for anything at all: "agreed to" with any complement.
            return list(heads)
        if condition.route.steps[-1] in WORDS_THEMSELVES:
            return [head for head in heads if scene.lemma(head) in condition.lemmas]
        return [head for head in heads if not condition.lemmas.isdisjoint(scene.lemmas(head))]

    def sources(self, clause: Clause, frame: Frame) -> list[Filling]:
        """Who stands where a frame looks for its source."""
        kind = self.lexicon.entry(frame).subject
        if kind is Filler.THING or not frame.source_at_hand:
            return self._ends(clause, frame.source, kind, frame)
        key = (id(clause), frame.source, frame.relation)
        known = self._sources.get(key)
        if known is None:
            known = clause, self._ends(clause, frame.source, kind, frame)
            self._sources[key] = known
        return known[1]

    def targets(self, clause: Clause, frame: Frame) -> list[Filling]:
        """Who stands where a frame looks for its target."""
        return self._ends(clause, frame.target, self.lexicon.entry(frame).object, frame)

    def _list(self, routes: Sequence[Route]) -> str:
        return " or ".join(str(route) for route in routes) if self.explaining else ""

    def _words(self, clause: Clause) -> set[str]:
        if clause.kind is Kind.VERBAL:
            return {clause.lemma}
        return {clause.lemma, *self.scene.lemmas(clause.head)}

    def _ends(
        self,
        clause: Clause,
        routes: Sequence[Route],
        kind: Filler,
        frame: Frame,
        own: frozenset[str] = frozenset(),
    ) -> list[Filling]:
        """What the first route that leads anywhere leads to, of the kind that is asked for.

        Routes that lead back to those who act (``own``) lead nowhere: "condemns the aggression
        of Azerbaijan *against Armenia*", says Armenia. Only where no route of a target leads to
        an actor, the owners of what they lead to count.
        """
        scene, entry = self.scene, self.lexicon.entry(frame)
        event = entry.relation.event
        reached: list[int] = []
        back: list[Filling] = []
        for route in routes:
            inside = route.steps[0] == "complement"
            if inside and not (scene.complements(clause) and self._serves(clause, frame)):
                continue
            if inside and route.steps in _IN_COMPLEMENT:
                found = self._inner_ends(clause, route)
            elif kind is Filler.THING:
                vetted = [c for c in frame.where if c.route == route]
                found = things(scene, (h for c in vetted for h in self.satisfying(clause, c)))
            else:
                heads = scene.follow(clause, route.steps)
                if not (heads or (route.country and route == AT_OWN)):
                    # nothing stands at most routes
                    continue
                if heads and event and stand_beside(scene, clause, route, event):
                    continue
                found = scene.fillings(heads, route.country) if heads else []
                if route == AT_OWN:
                    found = at_own(scene, found, reached, entry)
                else:
                    reached.extend(heads)
                if entry.relation.quad == "MCONF" and through_owner(route, frame.where):
                    # "killed Uribe's father" is no killing of Uribe; "ordered his arrest" is his,
                    # and so is what happens to "*Taylor's positions*"
                    held = any(
                        not self.lexicon.spoils.isdisjoint(scene.lemmas(h))
                        for h in scene.follow(clause, route.steps[:-1])
                    )
                    found = [f for f in found if held or not all_persons(f)]
            fitting = [f for filling in found if (f := of_kind(scene, filling, kind)) is not None]
            if own and routes is frame.target and not route.country:
                others = [f for f in fitting if not own.issuperset(a.id for a in f.actors)]
                if fitting and not others:
                    # not "Riyadh and Cairo closed *their skies*"
                    back = back or (fitting if len(route.steps) == 1 or len(own) == 1 else [])
                    continue
            if fitting:
                return fitting
        if back:
            return back
        if routes is frame.target and not reached:
            return []
        if kind is Filler.ACTOR and routes is frame.target:
            # not "France and Spain refused to let jets cross *their airspace*"
            found = owners(scene, reached, entry)
            return [f for f in found if not is_their_own(scene, f, own)]
        if entry.relation.quad in _DEEDS and routes is frame.source:
            # "*Iraqi missiles* hit Tel Aviv", "*drones launched by the Houthis* set it ablaze"
            tools = [h for h in reached if not self.lexicon.means.isdisjoint(scene.lemmas(h))]
            found = wielders(scene, tools) or behind(scene, clause, reached)
            found = found or crowd_of_place(scene, clause, reached, entry)
            return [f for one in found if (f := of_kind(scene, one, kind)) is not None]
        if routes is frame.source and entry.relation.event not in {None, "THREATEN"}:
            return [f for one in behind(scene, clause, reached) if (f := of_kind(scene, one, kind))]
        return []

    def _inner_ends(self, clause: Clause, route: Route) -> list[Filling]:
        """The ends of what happens inside a complement.

        "threatened to bomb *Tripoli*" (target), "warned that *Moscow* is arming Minsk" (source).
        """
        inner = self.told_inside(clause)
        if route.steps[-1] == "source":
            return [match.source for match in inner]
        return [match.target for match in inner if match.target is not None]

    def _serves(self, clause: Clause, frame: Frame) -> bool:
        """Whether what is promised, refused or threatened is a thing to promise, refuse, threaten.

        "agreed to bomb Iran" is no agreement with Iran, "threatened to recognise Kosovo" no threat
        to Kosovo. Where no frame knows the complement, the governing word is believed.
        """
        cooperative = _SERVES.get(self.lexicon.entry(frame).relation.event or "")
        if cooperative is None or frame.negated_inside:
            return True
        inner = self.told_inside(clause)
        quads = {self.lexicon.entry(m.frame).relation.quad for m in inner} - {None}
        if any(c.negations for c in self.scene.complements(clause)):
            # "promised *not to attack* Kyiv" is a promise, "promised not to meet" none
            return bool(quads) and bool(quads & COOPERATION) is not cooperative
        return not quads or bool(quads & COOPERATION) is cooperative

    def told_inside(self, clause: Clause) -> list[Match]:
        """The matches of the complements of a clause, whose own complements are not looked into."""
        known = self._told.get(id(clause))
        if known is None:
            known = [m for inner in self.scene.complements(clause) for m in self._inner(inner)]
            self._told[id(clause)] = known
        return known

    def _inner(self, clause: Clause) -> list[Match]:
        found: list[Match] = []
        for read, frame in self.triggered(clause):
            if not any(route.steps in _IN_COMPLEMENT for route in frame.target):
                found.extend(self.match(read, frame)[0])
        return best_of_each(found, self.lexicon)
