"""Clauses that say who acts and leave open upon whom, and all who may be meant, with what speaks
for each.

"*Bern sent tents*", "*Ottawa condemned the coup*", "*Tripoli again denied it*": the sentence names
nobody, the text does. Which of those that it speaks of is meant, or nobody, is learned from what
the text tells of each (``spokenof``) and from what the clause itself says (tools/lexicon/meant.py,
see ``meant``). Meant may also be the own land of who acts: "*the opposition* rejected the result".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from kg.statement import Actor, ActorType
from kg.text.clauses import Clause, Kind, Link, Role
from kg.text.lexicon import Filler, Frame
from kg.text.matches import Match
from kg.text.matching import Matcher
from kg.text.mentioned import MentionKind
from kg.text.participants import is_public, of_one_side, side_of
from kg.text.reference import reference_words
from kg.text.roles import role_noun
from kg.text.scene import Filling, Scene
from kg.text.spokenof import SpokenOf, Told, bucket
from kg.text.wordlists import listed

# Sorts of acts by whom they are done to: who is blamed, asked, pressed, fought, helped, met.
_SORTS = {
    **dict.fromkeys(("ACCUSE", "REJECT"), "blame"),
    **dict.fromkeys(("SANCTION", "THREATEN", "COERCE", "MOBILIZE", "PROTEST"), "press"),
    **dict.fromkeys(("AID", "AGREE", "SUPPORT", "COOPERATE", "CONCEDE", "RETREAT"), "help"),
    "REQUEST": "ask",
    "ASSAULT": "force",
    "CONSULT": "meet",
}
# Acts that words alone do, and those whose verbs show nothing without whom they are done to.
_SAID = {"ACCUSE", "REJECT", "REQUEST", "THREATEN"}
_NAMING = {"CONSULT", "COOPERATE"}
_FOR_HELP = "kg:requested"
_DENIAL = "kg:deniedAccusation"
# Plans of one's own: "*plans to resume exports*".
_PLANS = "kg:announcedCooperationWith"
# What is told of whom frames look for (``else``).
_SOUGHT = {
    "culprit": "harmed",
    "stricken": "stricken",
    "opponent": "quarrels",
    "partner": "deals",
    "parallel": "same",
    "other": "deals",
}
# What a pronoun can take up, of what is told of somebody: "denounced *it*".
_DID = ("harmed", "blamed", "helped", "quarrels", "deals", "same")
_THEM = {"them", "these", "those", "him", "her"}
_CALLED = {"call", "name", "dub", "know"}
_QUESTIONS = {"how", "why", "whether", "when", "where", "if", "what"}
_ARTICLES = {"the", "this", "that", "a", "an", "its", "their", ""}
# Who speaks for a land, and its courts, which judge anybody.
_RULING = {"GOV", "MIL", "JUD"}
# Nobody names whom at home: links count for this much of what those of who acts did.
_AT_HOME = 0.8


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who may be meant, where he is named, and what speaks for him."""

    filling: Filling
    actor: Actor
    features: tuple[str, ...]
    side: str


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """A clause whose frame found who acts and not upon whom, for one of those who act."""

    frame: Frame
    clause: Clause
    source: Filling
    subject: Actor
    candidates: tuple[Candidate, ...]
    at_odds: frozenset[frozenset[str]]
    """The pairs of sides that the text has told to be at odds."""


def open_ends(
    matcher: Matcher,
    matches: Sequence[Match],
    untargeted: Sequence[tuple[Frame, Clause]],
    unsourced: Sequence[tuple[Frame, Clause]],
) -> Iterator[OpenEnd]:
    """The open ends of a document in text order, each act once for each of those who do it.

    Only verbs and adjectives that tell something, of which no other frame tells the whole. What
    somebody did whom no frame found (``unsourced``) is nobody's whom the text knows.
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
        and lexicon.entry(frame).relation.event in _SORTS
        and lexicon.entry(frame).object is not Filler.NONE
        and _tells(matcher.scene, clause, lexicon.entry(frame).relation.event)
        and _shows_an_act(frame, clause, lexicon.entry(frame).relation.event)
        and not _is_upon_people(matcher, frame, clause)
    ]
    # of several readings of a clause the most specific one
    asked.sort(
        key=lambda one: (one[1].head, [-n for n in matcher.worded(one[1], one[0], set())[0]])
    )
    if not asked:
        return
    spoken_of = SpokenOf(matcher, matches, unsourced)
    candidates = _Candidates(matcher, spoken_of)
    known: set[tuple[int, str | None, str]] = set()
    for frame, clause in asked:
        event = lexicon.entry(frame).relation.event
        sources = matcher.sources(clause, frame)
        doers = [actor for source in sources for actor in source.actors]
        for source in sources:
            for subject in source.actors:
                if (clause.head, event, subject.id) in known:
                    continue
                known.add((clause.head, event, subject.id))
                found = tuple(candidates.of(frame, clause, source, subject, doers))
                if found:
                    at_odds = spoken_of.at_odds(clause.head)
                    yield OpenEnd(frame, clause, source, subject, found, at_odds)


def _tells(scene: Scene, clause: Clause, event: str | None) -> bool:
    """Whether a clause says that something is done: no noun, no infinitive, nothing denied.

    "*cutting* off fuel to the island", "*would never give in* to bullying"; not "tried *to seize*
    power", "denies *that it backed* it", "would *help*".
    """
    if clause.kind is Kind.NOMINAL:
        return False
    told = bool(clause.tense) or (clause.link is Link.ADVERBIAL and clause.marker != "to")
    refusing = event == "REJECT" and any(scene.doc[i].tag_ == "MD" for i in clause.auxiliaries)
    if not told and not refusing:
        return False
    above = scene.clauses.governor(clause)
    return above is None or above.verb not in listed("denying")


def _shows_an_act(frame: Frame, clause: Clause, event: str | None) -> bool:
    """Whether the words of a clause, without a target, tell that something is done to somebody.

    "*froze its loans*", "*condemned the coup*", "*pledged to help*"; not "stayed on", "turned back
    with the rest", "wrote", where a verb merely has nobody beside it.
    """
    if frame.relation.startswith(_FOR_HELP):
        # "appealed to the West *for help*": not to the one who is told of all along
        return False
    if frame.otherwise:
        return frame.relation != _PLANS
    if event in _NAMING:
        return False
    if all(route.steps[:2] == ("complement", "subject") for route in frame.target):
        # "*the Pentagon said* Marines had stormed the island": who did so is at hand
        return False
    if clause.of(Role.OBJECT):
        # "*blocked the mission*", but "what he *called* a stance" calls on nobody; "*bombed a
        # depot*", but "sent fighters *to the region*" attacks nobody
        upon = any(route.steps[0] == "object" for route in frame.target)
        return upon or (bool(frame.where) and event != "ASSAULT")
    return bool(frame.where) and event in _SAID


def _is_upon_people(matcher: Matcher, frame: Frame, clause: Clause) -> bool:
    """Whether somebody at hand is acted upon, whom no table knows or who has no name.

    "arrested *a former minister*", "met *them*", "threatened to bomb *a place called Ruritania*".
    """
    scene = matcher.scene
    ways = (route.steps for route in frame.target if not route.country)
    for head in {head for way in ways for head in scene.follow(clause, way)}:
        if any(
            child.lemma_ in _CALLED and child.dep_ == "acl" for child in scene.doc[head].children
        ):
            return True
    for argument in clause.of(Role.OBJECT):
        if scene.doc[argument.head].lower_ in _THEM:
            # "China opposed *them*", whatever they are
            return True
        if scene.lemma(argument.head) in listed("facing"):
            # "praised *Russia's partners*", whoever they are
            return True
        if frame.otherwise or matcher.lexicon.spoils & scene.lemmas(argument.head):
            # "shot down *two helicopters*", which stand for an army elsewhere
            continue
        phrase = scene.phrases.get(argument.head)
        if matcher.lexicon.people & scene.lemmas(argument.head):
            return True
        if phrase is not None and role_noun(scene.doc, phrase, scene.mentions.book) is not None:
            return True
    return False


class _Candidates:
    """Who may be meant where nobody is named, in one document."""

    def __init__(self, matcher: Matcher, spoken_of: SpokenOf) -> None:
        self._matcher, self._scene = matcher, matcher.scene
        self._spoken_of = spoken_of

    def of(
        self,
        frame: Frame,
        clause: Clause,
        source: Filling,
        subject: Actor,
        doers: Sequence[Actor],
    ) -> Iterator[Candidate]:
        """All other sides named up to the end of the sentence, and the own land."""
        spoken = self._spoken_of
        event = self._matcher.lexicon.entry(frame).relation.event or ""
        own = side_of(subject)
        sides = spoken.before(clause, own)
        objects = [argument.head for argument in clause.of(Role.OBJECT)]
        deeds = reference_words().taken_up
        summed_up = {t for h in objects for w in self._scene.lemmas(h) for t in deeds.get(w, ())}
        told = spoken.told(clause, own, event, summed_up)
        if told.in_doubt or (summed_up and self._is_elsewhere(clause, told)):
            return
        around = self._around(frame, clause, subject, event, len(sides), told.acts)
        phrases = (self._scene.phrases.get(head) for head in objects)
        taken_up = any(phrase is not None and phrase.pronoun for phrase in phrases)
        last = spoken.named_last(sides, clause.head)
        sort = f"{_SORTS[event]}&"
        sought = f"{_SOUGHT[frame.otherwise]}=" if frame.otherwise in _SOUGHT else ""
        for side in sides:
            actor, filling = spoken.stands_for(side)
            if any(of_one_side(one, actor) for one in doers):
                continue
            if event == "ASSAULT" and (
                subject.sector == "REB" or not told.any_of(side, ("quarrels",))
            ):
                # "soldiers burned villages": only whom they are told to fight; "*Abkhaz militias*
                # shelled the gorge": theirs is the war of others
                continue
            if frame.relation == _DENIAL and not told.any_of(side, ("quarrels",)):
                # "*Japan denied* that it had offered any help": nobody has accused it
                continue
            if taken_up and not told.any_of(side, _DID):
                # "is an ally of Chad. *Togo condemned it*": nothing that Chad did
                continue
            mine = spoken.named(clause, side, own, last, len(sides) == 1)
            speaks = [*mine, f"type={actor.type.value}", *told.shares(side)]
            joined = [sort + feature for feature in speaks]
            times = told.times(side)
            hinted = [f"sought&{f}" for f in times if sought and f.startswith(sought)]
            features = (*speaks, *joined, *times, *hinted, *around)
            yield Candidate(filling, actor, features, side)
        home = self._home(subject)
        if home is not None and clause.tense:
            named = spoken.times_named(own, self._scene.doc[clause.head].sent.end)
            speaks = [
                f"speaker={subject.type.value}/{subject.sector}",
                f"n={bucket(named, (1, 2, 3, 5))}",
                *told.times(own),
                *told.shares(own),
                *around,
            ]
            features = ("home", *(f"home&{feature}" for feature in speaks))
            at_home = Filling(
                *(source.head, source.start, source.end, (home,), source.score * _AT_HOME),
                f"{source.reason}; a matter of the own land",
            )
            yield Candidate(at_home, home, features, own)

    def _is_elsewhere(self, clause: Clause, told: Told) -> bool:
        """Whether a deed is placed where nobody is told to have suffered it.

        "Russia bombed Aleppo. Ghana condemned the attack *on Haifa*".
        """
        places = [
            mention.actors[0]
            for mention in self._scene.mentions.between(clause.head, clause.end)
            if mention.kind is MentionKind.PLACE
        ]
        lands = {side_of(place) for place in places if place.country}
        return bool(lands) and not any(told.any_of(land, ("struck",)) for land in lands)

    def _home(self, subject: Actor) -> Actor | None:
        """The land of those who are its parties, rebels and people, and do not speak for it."""
        if subject.type is ActorType.STATE or subject.sector in _RULING:
            return None
        return self._scene.mentions.state(subject.country or "")

    def _around(
        self, frame: Frame, clause: Clause, subject: Actor, event: str, many: int, acts: int
    ) -> tuple[str, ...]:
        """What a clause says of whether anybody else is meant by it at all."""
        scene, lexicon = self._scene, self._matcher.lexicon
        doc = scene.doc
        objects = [argument.head for argument in clause.of(Role.OBJECT)]
        phrases = [phrase for head in objects if (phrase := scene.phrases.get(head)) is not None]
        deeds = _deeds()
        ways = (route.steps for route in frame.target if len(route.steps) == 1)
        reached = {head for way in ways for head in scene.follow(clause, way)}
        people = lexicon.people
        article = phrases[0].determiner if phrases else ""
        behind = {scene.lemma(i) for i in range(clause.head + 1, clause.end)}
        everybody = not listed("everybody").isdisjoint(behind)
        return (
            "",
            f"event={event}",
            f"relation={frame.relation}",
            f"else={frame.otherwise or '-'}",
            f"worded={bool(frame.where)}",
            f"kind={clause.kind.value}",
            f"link={clause.link.value}",
            f"marker={clause.marker.split(' ')[0]}",
            f"tense={clause.tense}",
            f"negated={bool(clause.negations)}",
            f"passive={clause.passive}",
            f"object={_kind_of(scene, objects, deeds)}",
            f"reached={_kind_of(scene, reached, deeds)}",
            f"named={any(scene.filling(head) is not None for head in reached)}",
            f"people={any(not people.isdisjoint(scene.lemmas(head)) for head in reached)}",
            f"owned={any(phrase.possessor is not None for phrase in phrases)}",
            f"article={article if article in _ARTICLES else 'other'}",
            f"inner={_kind_inside(scene, clause, deeds)}",
            f"modal={any(doc[i].tag_ == 'MD' for i in clause.auxiliaries)}",
            f"everybody={everybody}",
            f"public={is_public(subject)}",
            f"speaker={subject.type.value}",
            f"sector={subject.sector}",
            f"landless={subject.country is None}",
            f"many={bucket(many, (1, 2, 3, 5))}",
            f"states={bucket(self._spoken_of.states, (1, 2, 3, 4, 6))}",
            f"sentence={bucket(doc.sentence_numbers[clause.head], (0, 1, 2, 4, 8, 16))}",
            f"acts={bucket(acts, (0, 1, 2, 4, 8, 16))}",
        )


@lru_cache(maxsize=1)
def _deeds() -> frozenset[str]:
    """The nouns that stand for what somebody did: "the coup", "the decision", "the idea"."""
    return frozenset(reference_words().taken_up) | listed("step_taken") | listed("summing_up")


def _kind_of(scene: Scene, heads: Iterable[int], deeds: Set[str]) -> str:
    """What nominals are: "*it*", a deed ("the coup"), anything else ("gangs"), or none at all."""
    found = list(heads)
    if any((p := scene.phrases.get(head)) is not None and p.pronoun for head in found):
        return "pronoun"
    if any(deeds & scene.lemmas(head) for head in found):
        return "deed"
    return "other" if found else "none"


def _kind_inside(scene: Scene, clause: Clause, deeds: Set[str]) -> str:
    """What a complement says: a question, that something is not to be, of somebody named, else."""
    inner = list(scene.complements(clause))
    if not inner:
        return "none"
    if any(c.marker.split(" ")[0] in _QUESTIONS for c in inner):
        # "asked *how it could happen*"
        return "question"
    if any(c.negations for c in inner):
        # "promised *not to be bound* by the accord"
        return "negated"
    if any(m.actors for c in inner for m in scene.mentions.between(c.head, c.end)):
        # "agreed to accept deportees *from the United States*"
        return "named"
    acted_upon = [argument.head for c in inner for argument in c.of(Role.OBJECT)]
    if any(deeds.isdisjoint(scene.lemmas(head)) for head in acted_upon):
        # "threatened *to bomb a place*", wherever that is; not "would not rule out *a strike*"
        return "upon something"
    return "tensed" if any(c.tense for c in inner) else "infinitive"
