"""Clauses matched against the frames of the lexicon: who did what to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from kg.statement import COOPERATION, Actor, ActorType
from kg.text.bridging import aimed, bridged
from kg.text.clauses import Argument, Clause, Kind, Link, Role
from kg.text.lexicon import Condition, Entry, Filler, Frame, Lexicon, Route, Trigger
from kg.text.matches import Match, Trial
from kg.text.phrases import NounPhrase
from kg.text.scene import Filling, Scene, slug

_NO_ACTORS = {ActorType.PLACE, ActorType.THING, ActorType.AGREEMENT}
_STATES = {ActorType.STATE, ActorType.TERRITORY}


def match_frames(scene: Scene, lexicon: Lexicon, trials: list[Trial] | None = None) -> list[Match]:
    """The best match of every clause for every pair of actors, in text order.

    With ``trials``, each frame that was tried is noted there with the reason it failed.
    """
    found: list[Match] = []
    unfilled: list[tuple[Frame, Clause]] = []
    untargeted: list[tuple[Frame, Clause]] = []
    for clause in [*scene.clauses, *predications(scene)]:
        for frame in _triggered(scene, lexicon, clause):
            matches, failure = _match(scene, lexicon, clause, frame)
            found.extend(matches)
            if failure == _NOBODY:
                unfilled.append((frame, clause))
            elif failure.startswith(_NO_TARGET):
                untargeted.append((frame, clause))
            if trials is not None:
                trials.append(Trial(clause, frame, failure))
    best = _best(found, lexicon)
    best = _best([*best, *bridged(scene, lexicon, best, unfilled)], lexicon)
    return _best([*best, *aimed(scene, lexicon, best, untargeted)], lexicon)


def predications(scene: Scene) -> Iterator[Clause]:
    """What titles and appositions say, as copular clauses.

    "U.S. President Donald Trump", "Yang Moo-jin, former president of …", "Seoul's new
    President, Lee Jae-myung": the name is the subject, the common noun the predicate.
    """
    for phrase in scene.phrases.values():
        named = scene.doc[phrase.head].pos_ == "PROPN"
        if phrase.complements and scene.doc[phrase.head].ent_type_ == "PERSON":
            yield _belonging(scene, phrase)
        for title in phrase.titles:
            if named:
                yield _predication(scene, phrase, phrase.head, title)
        for other in phrase.appositions:
            if other not in scene.phrases:
                continue
            if scene.doc[other].ent_type_ == "PERSON":
                yield _predication(scene, phrase, other, phrase.head)
            else:
                yield _predication(scene, phrase, phrase.head, other)


def _belonging(scene: Scene, phrase: NounPhrase) -> Clause:
    """A name with what it belongs to: "Lim Eul-chul of Kyungnam University"."""
    clause = _predication(scene, phrase, phrase.head, phrase.head)
    obliques = tuple(Argument(Role.OBLIQUE, head, prep) for prep, head in phrase.complements)
    return replace(
        clause, kind=Kind.NOMINAL, arguments=(Argument(Role.SUBJECT, phrase.head), *obliques)
    )


def _predication(scene: Scene, phrase: NounPhrase, subject: int, predicate: int) -> Clause:
    governing = next(
        (c for t in scene.doc[phrase.head].ancestors if (c := scene.clauses.at(t.i))), None
    )
    return Clause(
        head=predicate,
        kind=Kind.COPULAR,
        lemma=scene.lemma(predicate),
        verb="be",
        passive=False,
        tense="present",
        perfect=False,
        arguments=(Argument(Role.SUBJECT, subject), Argument(Role.PREDICATE, predicate)),
        auxiliaries=(),
        negations=(),
        adverbs=(),
        marker="",
        link=Link.NOMINAL,
        parent=governing.head if governing else None,
        anchor=None,
        start=scene.doc[predicate].left_edge.i,
        end=scene.doc[predicate].right_edge.i + 1,
    )


def _triggered(scene: Scene, lexicon: Lexicon, clause: Clause) -> Iterator[Frame]:
    if clause.kind is Kind.VERBAL:
        yield from lexicon.frames(Trigger.VERB, clause.lemma)
    elif any(a.head == clause.head for a in clause.of(Role.SUBJECT)):
        # a name, made a clause of its own by ``_belonging``
        for preposition in dict.fromkeys(a.preposition for a in clause.of(Role.OBLIQUE)):
            yield from lexicon.frames(Trigger.NAME, preposition)
    elif clause.kind is Kind.NOMINAL:
        for lemma in sorted(scene.lemmas(clause.head)):
            yield from lexicon.frames(Trigger.NOUN, lemma)
    elif not clause.of(Role.PREDICATE):
        yield from lexicon.frames(Trigger.ADJECTIVE, clause.lemma)
    if clause.kind is not Kind.NOMINAL and not (
        clause.kind is Kind.VERBAL and clause.of(Role.OBJECT)
    ):
        # "Russia is / became / remains an ally of Iran"
        for head in scene.follow(clause, ("predicate",)):
            for lemma in sorted(scene.lemmas(head)):
                yield from lexicon.frames(Trigger.PREDICATE, lemma)


def _match(scene: Scene, lexicon: Lexicon, clause: Clause, frame: Frame) -> tuple[list[Match], str]:
    entry = lexicon.entry(frame)
    if frame.passive is not None and frame.passive != clause.passive:
        return [], "needs a passive" if frame.passive else "needs an active"
    used: set[int] = set()
    asked = 0
    for condition in frame.where:
        heads = _satisfying(scene, clause, condition)
        if not heads:
            return [], f"nothing at {condition.route} is one of the words asked for"
        used.update(heads)
        asked += 10 + _parts(condition.lemmas, *(scene.lemmas(head) for head in heads))
    for condition in frame.unless:
        if _satisfying(scene, clause, condition):
            return [], f"a word at {condition.route} excludes it"
    sources = _ends(scene, lexicon, clause, frame.source, entry.subject, frame)
    if entry.relation.event == "CONSULT":
        sources = [f for f in sources if not all(_is_public(actor) for actor in f.actors)]
    targets = _ends(scene, lexicon, clause, frame.target, entry.object, frame)
    asked += _parts(frame.lemmas, _words(scene, clause))
    listed = len(frame.lemmas) + sum(len(condition.lemmas) for condition in frame.where)
    specificity = (asked, -listed)
    pairs = _pairs(entry, frame, sources, targets)
    if not pairs:
        if not sources and not targets and entry.relation.symmetric:
            return [], _NOBODY
        if not sources:
            return [], f"no {entry.subject} at {_list(frame.source)}"
        return [], f"{_NO_TARGET} no {entry.object} at {_list(frame.target)}"
    return [
        Match(frame, clause, source, subject, target, obj, specificity, frozenset(used))
        for source, subject, target, obj in pairs
    ], ""


_NOBODY = "nobody takes part in it"
_NO_TARGET = "no target:"


def _is_public(actor: Actor) -> bool:
    # "Tourists from Germany visited the temples of Thailand" is no diplomacy.
    return actor.type is ActorType.GROUP and actor.sector in {"CVL", "BUS", "EDU"}


def _list(routes: Sequence[Route]) -> str:
    return " or ".join(str(route) for route in routes)


def _parts(asked: frozenset[str], *found: set[str]) -> int:
    """Five for each further word of the longest match: "air strike" comes before "strike"."""
    matched = [lemma.count(" ") for words in found for lemma in asked & words]
    return 5 * max(matched, default=0)


def _words(scene: Scene, clause: Clause) -> set[str]:
    return {clause.lemma} | (scene.lemmas(clause.head) if clause.kind is not Kind.VERBAL else set())


def _satisfying(scene: Scene, clause: Clause, condition: Condition) -> list[int]:
    """The nominals at a route that have one of the lemmas (either lemma of a "mod head")."""
    heads = scene.follow(clause, condition.route.steps)
    if not condition.lemmas:
        # An empty list asks for anything at all: "agreed to" with any complement.
        return heads
    if condition.route.steps[-1] in {"modifier", "adverb", "auxiliary"}:
        return [head for head in heads if scene.lemma(head) in condition.lemmas]
    return [head for head in heads if scene.lemmas(head) & condition.lemmas]


def _ends(
    scene: Scene,
    lexicon: Lexicon,
    clause: Clause,
    routes: Sequence[Route],
    kind: Filler,
    frame: Frame,
) -> list[Filling]:
    """What the first route that leads anywhere leads to, of the kind that is asked for.

    Only where no route of a target leads to an actor, the owners of what they lead to count.
    """
    reached: list[int] = []
    for route in routes:
        if route.steps[0] == "complement" and not _serves(scene, lexicon, clause, frame):
            continue
        if route.steps in _IN_COMPLEMENT:
            found = _inner_ends(scene, lexicon, clause, route)
        elif kind is Filler.THING:
            found = _things(scene, clause, route, frame)
        else:
            reached.extend(scene.follow(clause, route.steps))
            found = scene.fillings(clause, route)
            if lexicon.entry(frame).relation.quad == "MCONF" and _through_owner(route, frame):
                # "killed Uribe's father" is no killing of Uribe; "ordered Uribe's arrest" is his
                found = [filling for filling in found if not _all_persons(filling)]
        fitting = [f for filling in found if (f := _of_kind(scene, filling, kind)) is not None]
        if fitting:
            return fitting
    if kind is Filler.ACTOR and routes is frame.target:
        return _owners(scene, reached, lexicon.entry(frame))
    return []


_IN_COMPLEMENT = {("complement", "target"), ("complement", "source")}


def _inner_ends(scene: Scene, lexicon: Lexicon, clause: Clause, route: Route) -> list[Filling]:
    """The ends of what happens inside a complement.

    "threatened to bomb *Tripoli*" (target), "warned that *Moscow* is arming Minsk" (source).
    """
    inner = _told_inside(scene, lexicon, clause)
    if route.steps[-1] == "source":
        return [match.source for match in inner]
    return [match.target for match in inner if match.target is not None]


_OWNED = ("possessor", "modifier", "of", "from")
# An owner is one step further than a name: his links count for this much of what they were.
_OWNER = 0.85


def _owners(scene: Scene, heads: Sequence[int], entry: Entry) -> list[Filling]:
    """Whom an act upon a place or a thing concerns: the state it lies in, or its owner.

    "a strike on Kharkiv" (Ukraine), "criticised Israel's decision", "tariffs on Chinese
    steel", "tariffs on steel from Canada and Mexico", "members of Hamas"; for acts of force
    also "a base in Syria". Not "attacked Israel's enemies": kin, friends and foes stand for
    themselves.
    """
    places = (h for h in heads if scene.mentions.place_at(h) is not None)
    placed = [f for h in places if (f := scene.country(h)) is not None]
    if placed or entry.relation.event is None:
        return placed
    force = entry.relation.quad == "MCONF"
    return [
        owner
        for head in heads
        if not scene.stands_alone(head)
        for owner in _owners_of(scene, head, force)
    ]


def _through_owner(route: Route, frame: Frame) -> bool:
    """Whether a route leads to the owner of what no condition of the frame has vetted."""
    asked = {condition.route.steps for condition in frame.where}
    return len(route.steps) > 1 and route.steps[-1] in _OWNED and route.steps[:-1] not in asked


def _all_persons(filling: Filling) -> bool:
    return all(actor.type is ActorType.PERSON for actor in filling.actors)


def _owners_of(scene: Scene, head: int, force: bool) -> list[Filling]:
    """Who stands at the first step that leads to anybody."""
    for step in (*_OWNED, "in") if force else _OWNED:
        found: list[Filling] = []
        for near in scene.beside(head, step):
            owner = scene.filling(near)
            fitting = _of_kind(scene, owner, Filler.ACTOR) if owner is not None else None
            if fitting is None and step != "modifier":
                fitting = scene.country(near)
            if force and fitting is not None and _all_persons(fitting):
                # "bombed Uribe's hotel" is no bombing of Uribe
                return []
            if fitting is not None:
                found.append(
                    replace(
                        fitting,
                        score=fitting.score * _OWNER,
                        reason=f"{fitting.reason}; owner of what is named",
                    )
                )
        if found:
            return found
    return []


_SERVES = {"AGREE": True, "REJECT": True, "THREATEN": False}


def _serves(scene: Scene, lexicon: Lexicon, clause: Clause, frame: Frame) -> bool:
    """Whether what is promised, refused or threatened is a thing to promise, refuse or threaten.

    "agreed to bomb Iran" is no agreement with Iran, "threatened to recognise Kosovo" no threat
    to Kosovo, "promised not to attack Kyiv" neither. Where no frame knows the complement, the
    governing word is believed.
    """
    cooperative = _SERVES.get(lexicon.entry(frame).relation.event or "")
    if cooperative is None:
        return True
    if any(c.negations for c in scene.complements(clause)):
        return False
    inner = _told_inside(scene, lexicon, clause)
    quads = {lexicon.entry(m.frame).relation.quad for m in inner} - {None}
    return not quads or bool(quads & COOPERATION) is cooperative


def _told_inside(scene: Scene, lexicon: Lexicon, clause: Clause) -> list[Match]:
    return [m for inner in scene.complements(clause) for m in _inner(scene, lexicon, inner)]


def _inner(scene: Scene, lexicon: Lexicon, clause: Clause) -> list[Match]:
    """The matches of a complement, whose own complements are not looked into again."""
    found: list[Match] = []
    for frame in _triggered(scene, lexicon, clause):
        if any(route.steps in _IN_COMPLEMENT for route in frame.target):
            continue
        found.extend(_match(scene, lexicon, clause, frame)[0])
    return _best(found, lexicon)


def _of_kind(scene: Scene, filling: Filling, kind: Filler) -> Filling | None:
    def fits(actor: Actor) -> bool:
        if kind is Filler.PERSON:
            return actor.type is ActorType.PERSON
        if kind is Filler.STATE:
            return actor.type in _STATES
        if kind is Filler.PLACE:
            return actor.type is ActorType.PLACE or actor.type in _STATES
        if kind is Filler.THING:
            return actor.type is ActorType.THING
        return actor.type not in _NO_ACTORS

    actors = tuple(actor for actor in filling.actors if fits(actor))
    if kind is Filler.PRINCIPAL:
        # "Kim sent troops", "Ugandan troops fought alongside …": acts of the state
        actors = tuple(dict.fromkeys(scene.principal(actor) for actor in actors))
    return replace(filling, actors=actors) if actors else None


def _things(scene: Scene, clause: Clause, route: Route, frame: Frame) -> list[Filling]:
    """Nominals that a condition on the same route has vetted, as nodes of type Thing.

    "our nuclear weapons" said by Kim → "nuclear weapons" of North Korea.
    """
    vetted = [c for c in frame.where if c.route == route]
    heads = [head for condition in vetted for head in _satisfying(scene, clause, condition)]
    return [_thing(scene, head) for head in heads]


def _thing(scene: Scene, head: int) -> Filling:
    phrase = scene.phrases[head]
    words = [scene.doc[i].text for i in phrase.modifiers if scene.doc[i].pos_ != "NUM"]
    label = " ".join([*words, scene.doc[head].text]).casefold()
    owner = scene.filling(phrase.possessor) if phrase.possessor is not None else None
    country = owner.actors[0].country if owner else None
    actor = Actor(
        id=f"local:{slug(label)}" + (f".{country}" if country else ""),
        label=label,
        type=ActorType.THING,
        country=country,
    )
    return Filling(head, phrase.start, phrase.end, (actor,), 1.0, "named by the frame")


def _same_side(subject: Actor, obj: Actor) -> bool:
    """Whether somebody acts upon himself: "Congo recalled its envoys" is no act against Congo.

    A government may act upon its state all the same: "Haiti's government declared an emergency".
    """
    own = obj.type is ActorType.GOVERNMENT_BODY and obj.sector in {"GOV", "MIL"}
    return subject.id == obj.id or (
        subject.type is ActorType.STATE and own and subject.country == obj.country
    )


_Pair = tuple[Filling, Actor, Filling | None, Actor | None]


def _pairs(
    entry: Entry, frame: Frame, sources: list[Filling], targets: list[Filling]
) -> list[_Pair]:
    # Frames that ask for a country tell of acts at home too: "The government of Haiti declared
    # a state of siege" is done to Haiti.
    at_home = any(route.country for route in frame.target)

    def apart(one: Actor, other: Actor) -> bool:
        return one.id != other.id and (at_home or not _same_side(one, other))

    ends = [(filling, actor) for filling in sources for actor in filling.actors]
    if entry.object is Filler.NONE:
        return [(filling, actor, None, None) for filling, actor in ends]
    others = [(filling, actor) for filling in targets for actor in filling.actors]
    found: list[_Pair] = [
        (source, subject, target, obj)
        for source, subject in ends
        for target, obj in others
        if apart(subject, obj)
    ]
    if not found and entry.relation.symmetric:
        # "Moscow and Pyongyang signed a pact", "talks between A, B and C"
        both = ends or others
        found = [
            (one, subject, other, obj)
            for (one, subject), (other, obj) in combinations(both, 2)
            if apart(subject, obj)
        ]
    return found


def _best(found: list[Match], lexicon: Lexicon) -> list[Match]:
    """One match per clause and pair of actors: the most specific; nominals used up once."""
    best: dict[tuple[int, bool, frozenset[str]], Match] = {}
    for match in found:
        pair = frozenset({match.subject.id, match.object.id if match.object else ""})
        lasting = lexicon.entry(match.frame).relation.event is None
        key = (match.clause.head, lasting, pair)
        if key not in best or match.specificity > best[key].specificity:
            best[key] = match
    chosen = _without_each_other(_with_objects(list(best.values())))
    used = {
        head for match in chosen if match.clause.kind is not Kind.NOMINAL for head in match.used
    }
    chosen = [
        match
        for match in chosen
        if match.clause.kind is not Kind.NOMINAL or match.clause.head not in used
    ]
    return sorted(chosen, key=lambda m: (m.clause.head, m.subject.id, m.frame.rule))


def _with_objects(matches: list[Match]) -> list[Match]:
    """Readings without an object left out where the same predicate has one with.

    "will not give up its nuclear weapons" is told of the weapons, not of disarmament at large;
    "Russia and Ukraine declared a ceasefire" of both, not of Ukraine alone.
    """
    told = {m.clause.head for m in matches if m.object is not None}
    return [m for m in matches if m.object or m.clause.head not in told]


def _without_each_other(matches: list[Match]) -> list[Match]:
    """Reciprocal readings left out where the other side is named.

    "Russia and Ukraine each signed a deal with Turkey" is no deal of Russia and Ukraine.
    """
    named = {
        (match.clause.head, match.frame.relation) for match in matches if not _each_other(match)
    }
    return [
        match
        for match in matches
        if not _each_other(match)
        # "Neither Greece nor Turkey attended" tells nothing of the two together
        or not (match.clause.negations or (match.clause.head, match.frame.relation) in named)
    ]


def _each_other(match: Match) -> bool:
    subjects = {argument.head for argument in match.clause.of(Role.SUBJECT)}
    return match.target is not None and match.target.head in subjects
