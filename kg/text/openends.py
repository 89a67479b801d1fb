"""Clauses that say who acts and leave open upon whom, and all who may be meant, with what speaks
for each.

"*Bern sent tents*", "*Ottawa condemned the coup*", "*Tripoli again denied it*": the sentence names
nobody, the text does. What is counted is what a reader goes by: who is told to have done harm, who
is blamed or helped by others, with whom the one who acts has dealt before, who was named last and
who is named all the time, and what kind of words the frame asks for. The weights are learned
(tools/lexicon/meant.py), see ``meant``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from kg.statement import CONFLICT, Actor, ActorType
from kg.text.clauses import Clause, Kind, Role
from kg.text.lexicon import Filler, Frame
from kg.text.matches import Match
from kg.text.matching import Matcher
from kg.text.mentioned import ActorMention, MentionKind
from kg.text.participants import is_public, of_one_side, side_of
from kg.text.reference import reference_words
from kg.text.roles import role_noun
from kg.text.scene import Filling, Scene
from kg.text.wordlists import listed

_NO_PARTIES = {ActorType.PLACE, ActorType.THING, ActorType.AGREEMENT}
_WHOLE = {ActorType.STATE, ActorType.TERRITORY, ActorType.INTERGOVERNMENTAL, ActorType.ARMED_GROUP}
# Sorts of acts by whom they are done to: who is blamed, asked, pressed, fought, helped, met.
_SORTS = {
    **dict.fromkeys(("ACCUSE", "REJECT"), "blame"),
    **dict.fromkeys(("SANCTION", "THREATEN", "COERCE", "MOBILIZE"), "press"),
    **dict.fromkeys(("AID", "AGREE", "SUPPORT", "COOPERATE", "CONCEDE"), "help"),
    "REQUEST": "ask",
    "ASSAULT": "force",
    "CONSULT": "meet",
}
_HARM = {"ASSAULT", "COERCE", "MOBILIZE"}
_BLAME = {"ACCUSE", "REQUEST", "SANCTION", "REJECT", "THREATEN"}
_HELP = {"AID", "AGREE", "SUPPORT", "COOPERATE"}
# Acts that words alone do, and those whose verbs show nothing without whom they are done to.
_SAID = {"ACCUSE", "REJECT", "REQUEST", "THREATEN"}
_NAMING = {"CONSULT", "COOPERATE"}
_FOR_HELP = "kg:requested"
# What answers words that nobody may have told: "denied it", "dismissed the idea".
_REPLIES = {"kg:deniedAccusation", "kg:rejectedProposal"}
# Plans of one's own: "*plans to resume exports*".
_PLANS = "kg:announcedCooperationWith"
# What a pronoun can take up, of what is told of somebody: "denounced *it*".
_DID = ("harmed", "blamed", "helped", "quarrels", "deals", "same")
_THEM = {"them", "these", "those", "him", "her"}
_ARTICLES = {"the", "this", "that", "a", "an", "its", "their", ""}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who may be meant, where he is named, and what speaks for him."""

    filling: Filling
    actor: Actor
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """A clause whose frame found who acts and not upon whom, for one of those who act."""

    frame: Frame
    clause: Clause
    source: Filling
    subject: Actor
    candidates: tuple[Candidate, ...]


def open_ends(
    matcher: Matcher, matches: Sequence[Match], untargeted: Sequence[tuple[Frame, Clause]]
) -> Iterator[OpenEnd]:
    """The open ends of a document in text order, each act once for each of those who do it.

    Only finite clauses with a verb or an adjective, of which no other frame tells the whole.
    """
    lexicon = matcher.lexicon
    told = {
        match.clause.head
        for match in matches
        if match.object is not None and lexicon.entry(match.frame).relation.event is not None
    }
    asked = [
        (frame, clause)
        for frame, clause in untargeted
        if clause.head not in told
        and clause.kind is not Kind.NOMINAL
        and clause.tense
        and lexicon.entry(frame).object is not Filler.NONE
        and not _is_denied(matcher.scene, clause)
        and not _is_upon_people(matcher, frame, clause)
        and _shows_an_act(frame, clause, lexicon.entry(frame).relation.event)
    ]
    # of several readings of a clause the most specific one
    asked.sort(
        key=lambda one: (one[1].head, [-n for n in matcher.worded(one[1], one[0], set())[0]])
    )
    spoken_of = _SpokenOf(matcher, matches) if asked else None
    known: set[tuple[int, str | None, str]] = set()
    for frame, clause in asked:
        event = lexicon.entry(frame).relation.event
        sources = matcher.sources(clause, frame)
        doers = [actor for source in sources for actor in source.actors]
        for source in sources:
            for subject in source.actors:
                if spoken_of is None or (clause.head, event, subject.id) in known:
                    continue
                known.add((clause.head, event, subject.id))
                if event == "ASSAULT" and subject.sector == "REB":
                    # "*Abkhaz militias* shelled the gorge": theirs is the war of others
                    continue
                found = tuple(spoken_of.candidates(frame, clause, subject, event or "", doers))
                if found:
                    yield OpenEnd(frame, clause, source, subject, found)


def _shows_an_act(frame: Frame, clause: Clause, event: str | None) -> bool:
    """Whether the words of a clause, without a target, tell that something is done to somebody.

    "*froze its loans*", "*condemned the coup*", "*pledged to help*"; not "stayed on", "turned back
    with the rest", "wrote", where a verb merely has nobody beside it.
    """
    if frame.relation.startswith(_FOR_HELP):
        # "appealed to the West *for help*": not to the one who is told of all along
        return False
    if frame.otherwise:
        return event in _SORTS and frame.relation != _PLANS
    if frame.relation in _REPLIES or event in _NAMING:
        return False
    if clause.of(Role.OBJECT):
        # "*blocked the mission*", but "what he *called* a stance" calls on nobody
        acts_upon = bool(frame.where) or any(r.steps[0] == "object" for r in frame.target)
    else:
        acts_upon = bool(frame.where) and event in _SAID
    return acts_upon and event in _SORTS


def _is_denied(scene: Scene, clause: Clause) -> bool:
    """Whether somebody says that it is not so: "denies *that it backed the plot*"."""
    above = scene.clauses.governor(clause)
    return above is not None and above.verb in listed("denying")


def _is_upon_people(matcher: Matcher, frame: Frame, clause: Clause) -> bool:
    """Whether those without a name are acted upon: "arrested *a former minister*", "met *them*"."""
    scene = matcher.scene
    for argument in clause.of(Role.OBJECT):
        if scene.doc[argument.head].lower_ in _THEM:
            # "China opposed *them*", whatever they are
            return True
        if frame.otherwise:
            continue
        phrase = scene.phrases.get(argument.head)
        if matcher.lexicon.people & scene.lemmas(argument.head):
            return True
        if phrase is not None and role_noun(scene.doc, phrase, scene.mentions.book) is not None:
            return True
    return False


class _SpokenOf:
    """The sides that a document speaks of, and what it tells of them."""

    def __init__(self, matcher: Matcher, matches: Sequence[Match]) -> None:
        self._matcher, self._scene = matcher, matcher.scene
        self._heads: dict[str, list[int]] = {}
        self._named: dict[str, list[ActorMention]] = {}
        self._actors: dict[str, Counter[Actor]] = {}
        self._where: dict[Actor, ActorMention] = {}
        for mention, actor in self._parties():
            side = side_of(actor)
            self._heads.setdefault(side, []).append(mention.head)
            self._named.setdefault(side, []).append(mention)
            whole = self._whole(actor)
            if whole is not None:
                self._actors.setdefault(side, Counter())[whole] += 1
                self._where.setdefault(whole, mention)
        self._often = Counter({side: len(heads) for side, heads in self._heads.items()})
        lexicon = matcher.lexicon
        self._acts = [
            (match.clause.head, lexicon.entry(match.frame).relation, match.subject, match.object)
            for match in matches
            if match.object is not None and lexicon.entry(match.frame).relation.event is not None
        ]

    def _parties(self) -> Iterator[tuple[ActorMention, Actor]]:
        for mention in self._scene.mentions:
            if mention.kind is MentionKind.PLACE:
                continue
            for actor in mention.actors:
                if actor.type not in _NO_PARTIES and actor.sector != "MED":
                    yield mention, actor

    def _whole(self, actor: Actor) -> Actor | None:
        """The state or body for which somebody who is named stands; armed groups for themselves."""
        if actor.type in _WHOLE:
            return actor
        if actor.country is None:
            return None if actor.type is ActorType.PERSON else actor
        return self._scene.mentions.state(actor.country)

    def candidates(
        self, frame: Frame, clause: Clause, subject: Actor, event: str, doers: Sequence[Actor]
    ) -> Iterator[Candidate]:
        """All other sides named up to the end of the sentence."""
        own = side_of(subject)
        end = self._scene.doc[clause.head].sent.end
        sides = [
            side
            for side, heads in self._heads.items()
            if heads[0] < end and side != own and side in self._actors
        ]
        around = _of_clause(self._scene, frame, clause, subject, event, len(sides))
        told = self._told(clause, own, event)
        objects = (self._scene.phrases.get(a.head) for a in clause.of(Role.OBJECT))
        taken_up = any(phrase is not None and phrase.pronoun for phrase in objects)
        sort = _SORTS[event]
        last = max(sides, key=lambda side: self._before(side, clause.head), default="")
        for side in sides:
            actor = self._actors[side].most_common(1)[0][0]
            if any(of_one_side(one, actor) for one in doers):
                continue
            if event == "ASSAULT" and not told["quarrels"][side]:
                # "soldiers burned villages": only whom they are told to fight
                continue
            if taken_up and not any(told[name][side] for name in _DID):
                # "is an ally of Chad. *Togo condemned it*": nothing that Chad did
                continue
            mine = self._of_side(clause, side, own, last, len(sides) == 1)
            counted = (
                feature
                for name, counts in told.items()
                for feature in (
                    f"{name}={_bucket(counts[side], (0, 1, 2, 3))}",
                    f"{name}S={_bucket(_share(counts, side), (0, 0.34, 0.5, 0.67, 0.99))}",
                )
            )
            speaks = [*mine, f"type={actor.type.value}", *counted]
            joined = (f"{sort}&{feature}" for feature in speaks)
            asked = (f"else={frame.otherwise or '-'}&{feature}" for feature in mine)
            mention = self._where[actor]
            actors, score = (actor,), mention.score
            filling = Filling(
                mention.head, mention.start, mention.end, actors, score, mention.reason
            )
            yield Candidate(filling, actor, (*speaks, *joined, *around, *asked))

    def _of_side(self, clause: Clause, side: str, own: str, last: str, alone: bool) -> list[str]:
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
            f"d={_bucket(here - numbers[heads[-1]], (0, 1, 2, 4))}",
            f"after={any(clause.head < h < clause.end for h in heads)}",
            f"inclause={any(clause.start <= h < clause.end for h in heads)}",
            f"rank={_bucket(rank, (0, 1, 2))}",
            f"ratio={_bucket(often / max(max(others, default=0), 1), (0.5, 0.99, 1, 1.5, 2, 4))}",
            f"n={_bucket(often, (1, 2, 3, 5))}",
            f"first={numbers[heads[0]] <= 1}",
            f"last={side == last}",
            f"subject={any(self._is_subject(h) for h in lately)}",
            f"own={_bucket(often / max(self._often[own], 1), (0.5, 1, 2))}",
            f"only={alone}",
            f"pronoun={kinds == {MentionKind.PRONOUN}}",
        ]

    def _before(self, side: str, token: int) -> int:
        """Where a side is named last before a token; -1 where it is not."""
        heads = self._heads[side]
        place = bisect_left(heads, token)
        return heads[place - 1] if place else -1

    def _is_subject(self, head: int) -> bool:
        verb = self._scene.clauses.at(self._scene.doc[head].head.i)
        return verb is not None and any(a.head == head for a in verb.of(Role.SUBJECT))

    def _told(self, clause: Clause, own: str, event: str) -> Mapping[str, Counter[str]]:
        """How often, before a clause, each side harms, suffers, is blamed or helped, deals."""
        names = ("blamed", "harmed", "victim", "helped", "quarrels", "deals", "same")
        told: dict[str, Counter[str]] = {name: Counter() for name in names}
        for head, relation, doer, other in self._acts:
            if head >= clause.head or other is None:
                continue
            one, two = side_of(doer), side_of(other)
            conflict = relation.quad in CONFLICT
            if conflict and relation.event in _HARM:
                told["harmed"][one] += 1
                told["victim"][two] += one != two
            if conflict and relation.event in _BLAME and one != own:
                told["blamed"][two] += 1
            if not conflict and relation.event in _HELP:
                told["helped"][two] += 1
            if relation.event == event and one != own:
                told["same"][two] += 1
            if one != two and own in {one, two}:
                told["quarrels" if conflict else "deals"][two if one == own else one] += 1
        return told


def _of_clause(
    scene: Scene, frame: Frame, clause: Clause, subject: Actor, event: str, many: int
) -> tuple[str, ...]:
    """What a clause says of whether anybody else is meant by it at all."""
    doc = scene.doc
    objects = [argument.head for argument in clause.of(Role.OBJECT)]
    phrases = [phrase for head in objects if (phrase := scene.phrases.get(head)) is not None]
    deeds = reference_words().taken_up.keys() | listed("step_taken") | listed("summing_up")
    ways = (route.steps for route in frame.target if len(route.steps) == 1)
    reached = {head for way in ways for head in scene.follow(clause, way)}
    article = phrases[0].determiner if phrases else ""
    behind = {scene.lemma(i) for i in range(clause.head + 1, clause.end)}
    return (
        "",
        f"event={event}",
        f"else={frame.otherwise or '-'}",
        f"worded={bool(frame.where)}",
        f"kind={clause.kind.value}",
        f"link={clause.link.value}",
        f"tense={clause.tense}",
        f"negated={bool(clause.negations)}",
        f"passive={clause.passive}",
        f"object={_kind_of(scene, objects, deeds)}",
        f"reached={_kind_of(scene, reached, deeds)}",
        f"owned={any(phrase.possessor is not None for phrase in phrases)}",
        f"article={article if article in _ARTICLES else 'other'}",
        f"inner={next(iter(scene.complements(clause)), None) is not None}",
        f"modal={any(doc[i].tag_ == 'MD' for i in clause.auxiliaries)}",
        f"everybody={not listed('everybody').isdisjoint(behind)}",
        f"public={is_public(subject)}",
        f"speaker={subject.type.value}",
        f"landless={subject.country is None}",
        f"ngo={subject.sector == 'NGO'}",
        f"many={_bucket(many, (1, 2, 3, 5))}",
    )


def _kind_of(scene: Scene, heads: Iterable[int], deeds: Set[str]) -> str:
    """What nominals are: "*it*", a deed ("the coup"), anything else ("gangs"), or none at all."""
    found = list(heads)
    if any((p := scene.phrases.get(head)) is not None and p.pronoun for head in found):
        return "pronoun"
    if any(deeds & scene.lemmas(head) for head in found):
        return "deed"
    return "other" if found else "none"


def _share(counts: Counter[str], side: str) -> float:
    return counts[side] / counts.total() if counts.total() else 0


def _bucket(number: float, cuts: Sequence[float]) -> str:
    return next((f"<={cut}" for cut in cuts if number <= cut), f">{cuts[-1]}")
