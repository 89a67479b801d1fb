"""Denials of deeds, aimed at who told of them: "Kyiv said *Russia shelled a school*. Moscow denies
shelling it" is Russia against Ukraine.

What is denied is a clause ("denied *that its soldiers had entered Tigray*", "denies *shelling* the
port", "rejects accusations *that it backs M23*"), or a noun for what was said ("denied *the
report*"). Who said so is named before: by an accusation, or as the source of the same deed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.statement import Actor, ActorType, Stance
from kg.text.clauses import Clause, Kind, Role
from kg.text.lexicon import Frame
from kg.text.matches import Match, weaker
from kg.text.matching import Matcher
from kg.text.participants import of_one_side, side_of
from kg.text.quotes import Reports
from kg.text.scene import Filling, Scene
from kg.text.wordlists import listed

_DENIAL = "kg:deniedAccusation"
_SAID = {"claim", "report", "allegation", "assertion", "suggestion", "statement", "rumour"}
_SAID |= {"rumor", "account", "accusation", "charge", "finding", "conclusion"}
_SAID |= {"it", "this", "that", "them", "involvement", "responsibility", "role", "blame"}
# So many sentences before a denial stands what it denies.
_REACH = 3
_HABITUAL = {"long", "always", "consistently", "repeatedly", "routinely", "usually"}
# Nothing but nearness tells whose words are denied: their links count for this much.
_TOLD = 0.75


@dataclass(frozen=True, slots=True)
class _Claim:
    """A deed that somebody tells of others, or an accusation."""

    clause: Clause
    event: str
    teller: Filling
    about: tuple[Actor, ...]


def denials(
    matcher: Matcher,
    reports: Reports,
    matches: Sequence[Match],
    failed: Sequence[tuple[Frame, Clause]],
) -> Iterator[Match]:
    """Matches for denials that do not name whose words they deny, where a text tells it before.

    ``failed`` are the frames that found nobody at one of their ends, with their clauses.
    """
    doc = matcher.scene.doc
    asked = [
        (f, c)
        for f, c in failed
        if f.relation == _DENIAL and c.kind is Kind.VERBAL and not c.negations
        # "has *long* denied that it arms the rebels" tells of no denial of one day
        if not any(doc[i].lower_ in _HABITUAL for i in c.adverbs)
    ]
    if not asked:
        return
    sentence = matcher.scene.doc.sentence_numbers
    done = {m.clause.head for m in matches if m.frame.relation == _DENIAL}
    claims = sorted(_claims(matcher, reports, matches, failed), key=lambda c: c.clause.head)
    for frame, clause in asked:
        if clause.head in done:
            continue
        limit = sentence[clause.head] - _REACH
        for source in matcher.sources(clause, frame):
            for denier in source.actors:
                denied = _denied(matcher, clause, denier)
                if denied is None:
                    continue
                near = [
                    claim
                    for claim in claims
                    if limit <= sentence[claim.clause.head] and claim.clause.head < clause.head
                    if any(_is_accused(denier, actor) for actor in claim.about)
                    and not any(of_one_side(denier, actor) for actor in claim.teller.actors)
                    and _alike(matcher, denied, claim)
                ]
                last = [
                    claim.teller
                    for claim in near
                    if sentence[claim.clause.head] == sentence[near[-1].clause.head]
                ]
                accusers = {side_of(a): f for f in last for a in f.actors}
                if _plural(matcher.scene, clause):
                    # "Washington charged six officers. London blamed Moscow, too. The Kremlin
                    # denied *the allegations*": of all who made them
                    accusers = {side_of(a): c.teller for c in near for a in c.teller.actors}
                elif len(accusers) != 1:
                    continue
                for filling in dict.fromkeys(accusers.values()):
                    target = weaker(filling, _TOLD, "told before what is denied")
                    for accuser in target.actors:
                        yield Match(
                            *(frame, clause, source, denier),
                            *(target, accuser, (0, 0), frozenset[int]()),
                        )


def _claims(
    matcher: Matcher,
    reports: Reports,
    matches: Sequence[Match],
    failed: Sequence[tuple[Frame, Clause]],
) -> Iterator[_Claim]:
    """Deeds told of others and accusations, with who tells of them and who is to have done them."""
    for match in matches:
        event = matcher.lexicon.entry(match.frame).relation.event
        if event == "ACCUSE" and match.object is not None:
            # "*said* Russian guns had shelled a town" accuses of that alone
            said = match.clause.verb in listed("saying")
            told = list(matcher.scene.complements(match.clause)) if said else []
            for content in told:
                yield _Claim(content, "", match.source, (match.object,))
            if not told:
                yield _Claim(match.clause, event, match.source, (match.object,))
        elif event is not None:
            for teller in _teller(matcher.scene, reports, match.clause):
                yield _Claim(match.clause, event, teller, (match.subject,))
    for frame, clause in failed:
        relation = matcher.lexicon.entry(frame).relation
        if relation.quad != "MCONF" or relation.event is None or not clause.tense:
            continue
        # "Armenia said *Azerbaijan had shelled a village*", wherever that lies
        for teller in _teller(matcher.scene, reports, clause):
            about = tuple(a for f in matcher.sources(clause, frame) for a in f.actors)
            yield _Claim(clause, relation.event, teller, about)


def _teller(scene: Scene, reports: Reports, clause: Clause) -> Iterator[Filling]:
    """Who tells what a clause tells; newspapers report what others say."""
    for report in reports.chain(clause.head)[-1:]:
        if report.stance is Stance.SAYS and report.source is not None:
            teller = scene.filling(report.source)
            if teller is not None and not any(a.sector == "MED" for a in teller.actors):
                yield teller


def _denied(matcher: Matcher, clause: Clause, denier: Actor) -> list[Clause] | None:
    """The clauses that tell what is denied; none where a noun stands for all; None for no denial.

    "Kyiv denied that *Moscow* had taken the town" denies no deed of its own.
    """
    scene = matcher.scene
    inner = list(scene.complements(clause))
    nouns = [a.head for a in clause.of(Role.OBJECT)]
    inner.extend(c for head in nouns for c in _spelled_out(scene, head))
    if not inner:
        pointing = any(not _SAID.isdisjoint(scene.lemmas(head)) for head in nouns)
        return [] if pointing else None
    own = [c for c in inner if _does(scene, c, denier)]
    return own or None


def _plural(scene: Scene, clause: Clause) -> bool:
    """Whether more than one thing said is denied: "denied *the allegations*"."""
    phrases = (scene.phrases.get(argument.head) for argument in clause.of(Role.OBJECT))
    return any(phrase is not None and phrase.number == "plur" for phrase in phrases)


def _spelled_out(scene: Scene, noun: int) -> Iterator[Clause]:
    """The clauses that say what was said: "accusations *that it backs M23*"."""
    if _SAID.isdisjoint(scene.lemmas(noun)):
        return
    nominal = scene.clauses.at(noun)
    if nominal is not None and nominal.kind is Kind.NOMINAL:
        yield from scene.complements(nominal)


def _does(scene: Scene, clause: Clause, denier: Actor) -> bool:
    """Whether somebody of the denier's side is the subject of a clause, or nobody ("shelling")."""
    subjects = [a.head for a in clause.of(Role.SUBJECT)]
    fillings = [f for head in subjects if (f := scene.filling(head)) is not None]
    if not subjects:
        return not clause.passive and not clause.tense
    return any(of_one_side(denier, actor) for f in fillings for actor in f.actors)


def _is_accused(denier: Actor, actor: Actor) -> bool:
    """Whether a claim about somebody is one about who denies it, leaders of rebels included."""
    rebels = denier.sector == actor.sector == "REB" and denier.country == actor.country
    return of_one_side(denier, actor) or (rebels and ActorType.PERSON in {denier.type, actor.type})


def _alike(matcher: Matcher, denied: list[Clause], claim: _Claim) -> bool:
    """Whether a claim may be what is denied: the same deed, or an accusation of whatever it is."""
    if not denied or claim.event == "ACCUSE":
        return True
    return any(
        clause.verb == claim.clause.verb
        or any(
            matcher.lexicon.entry(frame).relation.event == claim.event
            and not matcher.worded(read, frame, set())[1]
            for read, frame in matcher.triggered(clause)
        )
        for clause in denied
    )
