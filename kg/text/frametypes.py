"""What the event lexicon is made of: relations, frames, and the ways to their participants.

docs/lexicon.md describes how each is written; ``lexicon`` reads them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from kg.statement import Relation


class Trigger(StrEnum):
    """What sort of word sets a frame off."""

    VERB = "verb"
    NOUN = "noun"
    ADJECTIVE = "adjective"
    PREDICATE = "predicate"
    NAME = "name"
    """A person's name with a preposition: "Lim Eul-chul *of* Kyungnam University"."""


class Filler(StrEnum):
    """Which nodes may stand at an end of a relation."""

    ACTOR = "actor"
    PRINCIPAL = "principal"
    """An actor for whom others act: leaders and organs of a state count as the state."""
    PERSON = "person"
    STATE = "state"
    PLACE = "place"
    THING = "thing"
    NONE = "none"


class Route(NamedTuple):
    """A way from a clause to a participant: ``object/of``, ``with``, ``in:country``."""

    steps: tuple[str, ...]
    country: bool = False

    def __str__(self) -> str:
        return "/".join(self.steps) + (":country" if self.country else "")


class Condition(NamedTuple):
    """The nominal at a route has one of these lemmas, plain or as "modifier head"."""

    route: Route
    lemmas: frozenset[str]


@dataclass(frozen=True)  # without slots: what follows from its fields is worked out once
class Frame:
    """One way to word a relation; ``rule`` is what ``Evidence.rule`` will say."""

    rule: str
    relation: str
    trigger: Trigger
    lemmas: frozenset[str]
    where: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    source: tuple[Route, ...]
    target: tuple[Route, ...]
    passive: bool | None
    mutual: bool = False
    """Whether each of several sources does it to each other: "traded accusations"."""
    abroad: bool = False
    """Whether nobody does it to his own people: "handed over its sailors"."""
    otherwise: str = ""
    """Who is meant where no target is named: "opponent", whom the source acted against just
    before, "partner", with whom it dealt, "parallel", to whom others did the same, "parties",
    the two whose conflict the text tells of, "deed", who suffered from the act of force told
    before, "culprit", who did harm last, "other", the other side of what the source last did or
    suffered, "asker", who asked what is refused, or "stricken", the land in need of help; ""
    for nobody."""

    @cached_property
    def negated_inside(self) -> bool:
        """Whether it asks for a negation in the complement: "said *there will be no talks*"."""
        inside = ("complement", "negation")
        return any(c.route.steps == inside and "not" in c.lemmas for c in self.where)

    @cached_property
    def told_by_place(self) -> bool:
        """Whether nothing but the land it leads to shows the act: "*went to* Chile", "stopped"."""
        return not self.where and all(
            route.country and route.steps != ("subject",) for route in self.target
        )

    @cached_property
    def negated(self) -> bool:
        """Whether a negation is part of its wording: "*would not* yield" is the refusal itself."""
        negations = {("adverb",), ("negation",)}
        return any(c.route.steps in negations and "not" in c.lemmas for c in self.where)

    @cached_property
    def breadth(self) -> int:
        """How many words would do, counted over all of its lists."""
        return len(self.lemmas) + sum(len(condition.lemmas) for condition in self.where)

    @cached_property
    def phrases(self) -> tuple[frozenset[str], ...]:
        """Those of the words of its trigger, then of each list of ``where``, that are several."""
        lists = (self.lemmas, *(condition.lemmas for condition in self.where))
        return tuple(frozenset(lemma for lemma in lemmas if " " in lemma) for lemmas in lists)

    @cached_property
    def source_at_hand(self) -> bool:
        """Whether its source is looked for one step from the clause, whatever else it asks for."""
        return all(len(r.steps) == 1 and r.steps[0] != "complement" for r in self.source)

    @cached_property
    def looks_inside(self) -> bool:
        """Whether any of its routes leads into a complement."""
        conditions = (c.route for c in (*self.where, *self.unless))
        routes = (*self.source, *self.target, *conditions)
        return any(route.steps[0] == "complement" for route in routes)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with the "SUBJECT | OBJECT" pairs that it must yield."""

    text: str
    expect: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A relation of the lexicon with everything its file says."""

    relation: Relation
    definition: str
    subject: Filler
    object: Filler
    frames: tuple[Frame, ...]
    examples: tuple[Example, ...]
    near: tuple[str, ...]
    path: Path
    at_home: bool = False
    """Whether people of no named country are taken for those of who acts upon them."""
    acts: tuple[str, ...] = ()
    """CAMEO codes, or their first figures: agreeing to, asking for, refusing or threatening
    such an act, or accusing of it, is this relation."""


@dataclass(frozen=True, slots=True)
class FrameSet:
    """The frames that a word sets off, in the order of the files.

    A common verb has a hundred of them; which can hold is looked up by the words that one of
    their conditions asks for: of several the one whose route most frames of the word ask, so that
    few routes have to be followed.
    """

    frames: tuple[Frame, ...] = ()
    _open: tuple[int, ...] = ()
    _by_step: tuple[tuple[str, tuple[_AtRoute, ...]], ...] = ()

    @classmethod
    def of(cls, frames: Sequence[Frame]) -> FrameSet:
        """These frames, ready to be asked which can hold."""
        free: list[int] = []
        steps_of: dict[str, dict[tuple[str, ...], dict[str, list[int]]]] = {}
        often = Counter(c.route.steps for frame in frames for c in frame.where if c.lemmas)
        for number, frame in enumerate(frames):
            listed = [condition for condition in frame.where if condition.lemmas]
            if not listed:
                free.append(number)
                continue
            asked = max(listed, key=lambda condition: often[condition.route.steps])
            steps = asked.route.steps
            words = steps_of.setdefault(steps[0], {}).setdefault(steps, {})
            for lemma in asked.lemmas:
                words.setdefault(lemma, []).append(number)
        by_step = tuple(
            (
                step,
                tuple(
                    (steps, {lemma: tuple(numbers) for lemma, numbers in words.items()})
                    for steps, words in routes.items()
                ),
            )
            for step, routes in steps_of.items()
        )
        return cls(tuple(frames), tuple(free), by_step)

    def possible(
        self, leads: Callable[[str], bool], words_at: Callable[[tuple[str, ...]], Set[str]]
    ) -> list[Frame]:
        """The frames of which one list of words is met by what stands at its route.

        ``leads`` says whether a first step of routes leads anywhere at all.
        """
        numbers = set(self._open)
        for step, routes in self._by_step:
            if leads(step):
                for steps, frames in routes:
                    for word in words_at(steps) & frames.keys():
                        numbers.update(frames[word])
        return [self.frames[number] for number in sorted(numbers)]


_AtRoute = tuple[tuple[str, ...], Mapping[str, tuple[int, ...]]]
"""A route, and by each word that may stand there the numbers of the frames that ask for it."""
