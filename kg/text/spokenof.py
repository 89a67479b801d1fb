"""The sides that a text speaks of, and what it tells of each: what says whom a clause means.

What is counted is what a reader goes by: who is told to have done harm, who is blamed or helped by
others, with whom the one who acts has dealt before, whose deed the object sums up, who was named
last and who is named all the time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from kg.statement import CONFLICT, Actor, ActorType
from kg.text.clauses import Clause, Kind, Role
from kg.text.lexicon import Frame
from kg.text.matches import Match
from kg.text.matching import Matcher
from kg.text.mentioned import ActorMention, MentionKind
from kg.text.participants import NO_ACTORS, side_of
from kg.text.scene import Filling
from kg.text.toldacts import told_of
from kg.text.wordlists import listed

_WHOLE = {ActorType.STATE, ActorType.TERRITORY, ActorType.INTERGOVERNMENTAL, ActorType.ARMED_GROUP}
_HARM = {"ASSAULT", "COERCE", "MOBILIZE"}
_BLAME = {"ACCUSE", "REQUEST", "SANCTION", "REJECT", "THREATEN"}
_TOLD = (
    *("blamed", "harmed", "victim", "helped", "quarrels", "deals", "same", "agent", "struck"),
    *("quarrels here", "deals here", "harmed lately"),
)
_HELP = {"AID", "AGREE", "SUPPORT", "COOPERATE"}


@dataclass(frozen=True, slots=True)
class Told:
    """How often a text tells something of each side before a clause, by what it tells."""

    counts: Mapping[str, Counter[str]]
    totals: Mapping[str, int]
    acts: int
    """How many acts are told before."""
    in_doubt: bool
    """Whether the object sums up a deed of several sides, or of somebody unknown."""

    def times(self, side: str) -> list[str]:
        """How often each sort of thing is told of a side."""
        return [_times(name, n.get(side, 0)) for name, n in self.counts.items()]

    def shares(self, side: str) -> list[str]:
        """Which share of all that is told so is told of a side, for each sort."""
        return [_shares(name, n.get(side, 0), self.totals[name]) for name, n in self.counts.items()]

    def any_of(self, side: str, names: Sequence[str]) -> bool:
        """Whether anything of some sorts is told of a side."""
        return any(self.counts[name].get(side) for name in names)


class SpokenOf:
    """The sides that a document speaks of, and what it tells of them."""

    def __init__(
        self,
        matcher: Matcher,
        matches: Sequence[Match],
        unsourced: Sequence[tuple[Frame, Clause]],
    ) -> None:
        self._scene = matcher.scene
        self._heads: defaultdict[str, list[int]] = defaultdict(list)
        self._named: defaultdict[str, list[ActorMention]] = defaultdict(list)
        self._actors: defaultdict[str, Counter[Actor]] = defaultdict(Counter)
        self._where: dict[Actor, ActorMention] = {}
        for mention, actor in self._parties():
            side = side_of(actor)
            self._heads[side].append(mention.head)
            self._named[side].append(mention)
            whole = self._whole(actor)
            if whole is not None:
                self._actors[side][whole] += 1
                self._where.setdefault(whole, mention)
        self._often = Counter({side: len(heads) for side, heads in self._heads.items()})
        self.states = sum(side in self._actors and len(side) == 3 for side in self._heads)
        words = listed("disaster")
        self._disasters = [token.i for token in self._scene.doc if token.lemma_ in words]
        lexicon = matcher.lexicon
        self._acts = [
            (match.clause.head, lexicon.entry(match.frame).relation, match.subject, match.object)
            for match in matches
            if match.object is not None and lexicon.entry(match.frame).relation.event is not None
            if told_of(self._scene, match.clause)
        ]
        self._by_nobody = [
            (clause.head, lexicon.entry(frame).relation.event)
            for frame, clause in unsourced
            if clause.kind is not Kind.NOMINAL and told_of(self._scene, clause)
        ]

    def _parties(self) -> Iterator[tuple[ActorMention, Actor]]:
        for mention in self._scene.mentions:
            if mention.kind is MentionKind.PLACE:
                continue
            for actor in mention.actors:
                if actor.type not in NO_ACTORS and actor.sector != "MED":
                    yield mention, actor

    def _whole(self, actor: Actor) -> Actor | None:
        """The state or body for which somebody who is named stands; armed groups for themselves."""
        if actor.type in _WHOLE:
            return actor
        if actor.country is None:
            return None if actor.type is ActorType.PERSON else actor
        return self._scene.mentions.state(actor.country)

    def before(self, clause: Clause, own: str) -> list[str]:
        """All sides but one that are named up to the end of the sentence of a clause."""
        end = self._scene.doc[clause.head].sent.end
        return [
            side
            for side, heads in self._heads.items()
            if heads[0] < end and side != own and side in self._actors
        ]

    def stands_for(self, side: str) -> tuple[Actor, Filling]:
        """The actor that stands for a side, and where it is named first."""
        counts = self._actors[side]
        actor = max(counts, key=counts.__getitem__)
        at = self._where[actor]
        return actor, Filling(at.head, at.start, at.end, (actor,), at.score, at.reason)

    def named_last(self, sides: Sequence[str], token: int) -> str:
        """Which of some sides is named last before a token."""
        return max(sides, key=lambda side: self._before(side, token), default="")

    def named(self, clause: Clause, side: str, own: str, last: str, alone: bool) -> list[str]:
        """What speaks for a side by where and how often it is named.

        ``last`` is the side named last before the clause; ``alone`` if there is no other.
        """
        scene, numbers = self._scene, self._scene.doc.sentence_numbers
        end = scene.doc[clause.head].sent.end
        heads = self._heads[side][: bisect_left(self._heads[side], end)]
        here = numbers[clause.head]
        often = self._often[side]
        others = [n for other, n in self._often.items() if other not in {own, side}]
        rank = sum(n > often for n in others)
        kinds = {m.kind for m in self._named[side] if m.head < end}
        lately = [h for h in heads if here - numbers[h] in {0, 1}]
        return [
            f"d={bucket(here - numbers[heads[-1]], (0, 1, 2, 4))}",
            f"after={any(clause.head < h < clause.end for h in heads)}",
            f"inclause={any(clause.start <= h < clause.end for h in heads)}",
            f"rank={bucket(rank, (0, 1, 2))}",
            f"ratio={bucket(often / max(max(others, default=0), 1), (0.5, 0.99, 1, 1.5, 2, 4))}",
            f"n={bucket(often, (1, 2, 3, 5))}",
            f"first={numbers[heads[0]] <= 1}",
            f"last={side == last}",
            f"subject={any(self._is_subject(h) for h in lately)}",
            f"own={bucket(often / max(self._often[own], 1), (0.5, 1, 2))}",
            f"only={alone}",
            f"pronoun={kinds == {MentionKind.PRONOUN}}",
        ]

    def at_odds(self, token: int) -> frozenset[frozenset[str]]:
        """The pairs of sides of which one is told before a token to have acted against the other.

        A side that acts against itself is a set of one.
        """
        return frozenset(
            frozenset({side_of(doer), side_of(other)})
            for head, relation, doer, other in self._acts
            if head < token and other is not None and relation.quad in CONFLICT
        )

    def times_named(self, side: str, end: int) -> int:
        """How often a side is named before a token."""
        return bisect_left(self._heads.get(side, []), end)

    def _before(self, side: str, token: int) -> int:
        """Where a side is named last before a token; -1 where it is not."""
        heads = self._heads[side]
        place = bisect_left(heads, token)
        return heads[place - 1] if place else -1

    def _is_subject(self, head: int) -> bool:
        verb = self._scene.clauses.at(self._scene.doc[head].head.i)
        return verb is not None and any(a.head == head for a in verb.of(Role.SUBJECT))

    def told(self, clause: Clause, own: str, event: str, summed_up: Set[str]) -> Told:
        """How often, before a clause, each side harms, suffers, is blamed or helped, deals.

        ``event`` is the type of what the clause tells of the side ``own``; ``summed_up`` the types
        of which its object speaks: "condemned *the attack*".
        """
        told: dict[str, Counter[str]] = {name: Counter() for name in _TOLD}
        numbers = self._scene.doc.sentence_numbers
        here = numbers[clause.head]
        acts = 0
        for head, relation, doer, other in self._acts:
            if head >= clause.head or other is None:
                continue
            acts += 1
            one, two = side_of(doer), side_of(other)
            conflict = relation.quad in CONFLICT
            back = here - numbers[head]
            if relation.event in summed_up:
                told["agent"][one] += 1
                told["struck"][two] += 1
            if conflict and relation.event in _HARM:
                told["harmed"][one] += 1
                told["victim"][two] += one != two
                told["harmed lately"][one] += back <= 1
            if conflict and relation.event in _BLAME and one != own:
                told["blamed"][two] += 1
            if not conflict and relation.event in _HELP:
                told["helped"][two] += 1
            if relation.event == event and one != own:
                told["same"][two] += 1
            if one != two and own in {one, two}:
                other_side = two if one == own else one
                told["quarrels" if conflict else "deals"][other_side] += 1
                told["quarrels here" if conflict else "deals here"][other_side] += back == 0
        told["stricken"] = self._stricken(clause.head)
        totals = {name: counts.total() for name, counts in told.items()}
        return Told(told, totals, acts, self._in_doubt(clause.head, summed_up))

    def _in_doubt(self, token: int, summed_up: Set[str]) -> bool:
        """Whether deeds of some types just before a token are not one side's.

        "Russia bombed Aleppo. *A convoy was attacked*. Togo condemned the attack"; "Russia shelled
        Idlib *and Turkey Afrin*".
        """
        numbers = self._scene.doc.sentence_numbers

        def lately(head: int, event: str | None) -> bool:
            return event in summed_up and head < token and numbers[token] - numbers[head] <= 2

        done = [(h, side_of(who)) for h, act, who, _ in self._acts if lately(h, act.event)]
        last = max((head for head, _ in done), default=-1)
        if any(lately(head, event) and head > last for head, event in self._by_nobody):
            return True
        return len({side for _, side in done}) > 1

    def _stricken(self, token: int) -> Counter[str]:
        """How often each side is named in sentences before a token that tell of a disaster."""
        numbers = self._scene.doc.sentence_numbers
        struck = {numbers[head] for head in self._disasters if head < token}
        if not struck:
            return Counter()
        return Counter(
            side
            for side, heads in self._heads.items()
            for head in heads
            if head < token and numbers[head] in struck
        )


# The same few counts come up for every side of every text: their names are remembered.
@lru_cache(maxsize=4096)
def bucket(number: float, cuts: tuple[float, ...]) -> str:
    """The range of a number between cuts, as the name of a feature has it."""
    return next((f"<={cut}" for cut in cuts if number <= cut), f">{cuts[-1]}")


@lru_cache(maxsize=4096)
def _times(name: str, count: int) -> str:
    return f"{name}={bucket(count, (0, 1, 2, 3))}"


@lru_cache(maxsize=4096)
def _shares(name: str, count: int, total: int) -> str:
    share = count / total if total else 0
    return f"{name}S={bucket(share, (0, 0.34, 0.5, 0.67, 0.99))}"
