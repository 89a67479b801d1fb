"""Deeds told before that somebody says are his: "A bomb killed 20 soldiers in Mali. *JNIM claimed
responsibility for the attack*" is JNIM against Mali.

Frames say so with ``else: deed``: where they name nobody who suffered, those count who suffered
from the act of force told last, if it is told by the same sentence or one of the two before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.statement import Actor
from kg.text.clauses import Clause, Kind
from kg.text.lexicon import Frame
from kg.text.matches import End, Match, weaker
from kg.text.matching import Matcher
from kg.text.participants import of_one_side, side_of
from kg.text.phrases import content_head
from kg.text.scene import Filling, Scene
from kg.text.wordlists import listed

_NEAR = 2
# "sanctions *over* the killing", "condemned it *for* the killing", "explanation *of* the killing"
_MATTERS = {"over", "for"}
# Who is called to account for a deed, or gives account of it, has done it.
_TO_ACCOUNT = {"ACCUSE", "SANCTION", "COERCE", "REQUEST"}
_APOLOGY, _COMPLAINT = "kg:apologisedTo", "kg:complainedOver"
_ACCOUNTABLE = 0.8
# Nothing but nearness tells whose deed is claimed: links count for this much of what they were.
_CLAIMED = 0.75


def claimed(
    matcher: Matcher, matches: Sequence[Match], failed: Sequence[tuple[Frame, Clause]]
) -> Iterator[Match]:
    """Matches for frames with ``else: deed``, aimed at those who suffered what is claimed.

    ``failed`` are the frames that found nobody at one of their ends, with their clauses.
    """
    asked = [(frame, clause) for frame, clause in failed if frame.otherwise == "deed"]
    if not asked:
        return
    suffered = _suffered(matcher, matches, failed)
    sentence = matcher.scene.doc.sentence_numbers
    for frame, clause in asked:
        if not _points_back(matcher, frame, clause):
            continue
        before = [
            (head, victim)
            for head, victim in suffered
            if head < clause.head and sentence[clause.head] - sentence[head] <= _NEAR
        ]
        last = [v for head, v in before if sentence[head] == sentence[before[-1][0]]]
        # "wounded five Indian soldiers … the attack on the soldiers": each once
        victims = {actor: victim for victim in last for actor in victim.actors}
        for source in matcher.sources(clause, frame):
            for doer in source.actors:
                for actor, victim in victims.items():
                    if of_one_side(doer, actor):
                        continue
                    target = weaker(victim, _CLAIMED, "suffered what is claimed")
                    yield Match(frame, clause, source, doer, target, actor)


def _points_back(matcher: Matcher, frame: Frame, clause: Clause) -> bool:
    """Whether what is claimed is the deed told before, not one elsewhere or another one.

    "claimed responsibility", "for *the* attack"; not "for *an* attack near Herat".
    """
    scene = matcher.scene
    routes = [c.route.steps for c in frame.where]
    routes += [route.steps[:1] for route in frame.target if route.steps[0] == "for"]
    for steps in dict.fromkeys(routes):
        for head in scene.follow(clause, steps):
            phrase = scene.phrases.get(head)
            if phrase is not None and phrase.determiner in {"a", "an", "another", "no", "any"}:
                return False
    return True


def _suffered(
    matcher: Matcher, matches: Sequence[Match], failed: Sequence[tuple[Frame, Clause]]
) -> list[tuple[int, Filling]]:
    """Who suffered from the acts of force that a text tells of, with where they are told."""
    found: dict[tuple[int, int], Filling] = {}
    for match in matches:
        event = matcher.lexicon.entry(match.frame).relation.event
        if event == "ASSAULT" and match.target is not None and match.object is not None:
            target = replace(match.target, actors=(match.object,))
            found[match.clause.head, match.target.head] = target
    told = {head for head, _ in found}
    for frame, clause in failed:
        if matcher.lexicon.entry(frame).relation.event != "ASSAULT" or clause.head in told:
            continue
        if clause.negations or frame.otherwise == "deed":
            continue
        for target in matcher.targets(clause, frame):
            # "*A bomb* killed 20 soldiers": by nobody known
            found.setdefault((clause.head, target.head), target)
    return [(head, found[head, at]) for head, at in sorted(found)]


def accounted_for(
    matcher: Matcher, matches: Sequence[Match], unsourced: Sequence[tuple[Frame, Clause]]
) -> Iterator[Match]:
    """Matches for nouns of force that name no doer, done by who has to answer for the deed.

    "Britain expelled *Russian* diplomats over *the poisoning of Skripal*", "*Turkey* apologised
    for *the downing of a Russian jet*".
    """
    scene = matcher.scene
    for frame, clause in unsourced:
        relation = matcher.lexicon.entry(frame).relation
        if relation.event != "ASSAULT" or clause.kind is not Kind.NOMINAL or clause.negations:
            continue
        verb = _account(scene, clause)
        if verb is None or verb.negations:
            continue
        # "said *sorry for* the downing"
        near = {verb.head, verb.parent}
        told = [m for m in matches if m.clause.head in near and m.object is not None]
        victims = matcher.targets(clause, frame) or _sufferers(matcher, told, clause)
        doers = _answerable(matcher, told, verb) if victims else []
        for doer, subject in doers:
            for victim in victims:
                for actor in victim.actors:
                    if not of_one_side(subject, actor):
                        source = weaker(doer, _ACCOUNTABLE, "has to answer for the deed")
                        yield Match(frame, clause, source, subject, victim, actor)


def _account(scene: Scene, deed: Clause) -> Clause | None:
    """The verb that tells of what is said or done on account of a deed."""
    token, phrase = scene.doc[deed.head], scene.phrases.get(deed.head)
    outer = token.head
    if phrase is None or outer.i == token.i:
        return None
    direct = token.dep_ == "obj" and scene.lemma(outer.i) in listed("owning_up")
    asked = phrase.preposition == "of" and scene.lemma(outer.i) in listed("accounting")
    if not (direct or asked or phrase.preposition in _MATTERS):
        return None
    while outer.pos_ in {"NOUN", "PROPN"} and outer.head.i != outer.i:
        outer = outer.head
    return scene.clauses.at(outer.i)


def _sufferers(matcher: Matcher, told: Sequence[Match], deed: Clause) -> list[Filling]:
    """Whose people nameless victims are: of who complains, or is apologised to.

    "*Pakistan* protested to America over the killing of *two soldiers*".
    """
    scene, lexicon = matcher.scene, matcher.lexicon
    heads = [content_head(scene.phrases, scene.doc, a.head) for a in deed.obliques("of")]
    nameless = [h for h in heads if scene.filling(h) is None]
    if not heads or any(lexicon.people.isdisjoint(scene.lemmas(h)) for h in nameless):
        return []
    found: list[Filling] = []
    for match in told:
        relation = lexicon.entry(match.frame).relation
        ends = {_APOLOGY: (match.target, match.object), _COMPLAINT: (match.source, match.subject)}
        end, actor = ends.get(relation.id or "", (None, None))
        if end is not None and actor is not None:
            found.append(replace(end, actors=(scene.principal(actor),)))
    return found[:1] if nameless == heads else []


def _answerable(matcher: Matcher, told: Sequence[Match], verb: Clause) -> list[End]:
    """Whom a verb calls to account, or who gives account of himself, if it is one side."""
    scene, lexicon = matcher.scene, matcher.lexicon
    found: dict[Actor, Filling] = {}
    for match in told:
        relation = lexicon.entry(match.frame).relation
        if relation.id == _APOLOGY:
            found[scene.principal(match.subject)] = match.source
        elif relation.event == "ACCUSE" and relation.id != _COMPLAINT:
            # "blamed Iran *for an attack*" is only said of Iran
            return []
        elif relation.event in _TO_ACCOUNT and match.object and match.target:
            found[scene.principal(match.object)] = match.target
    if not told and verb.lemma in listed("owning_up"):
        for filling in scene.fillings(scene.follow(verb, ("subject",))):
            found.update({scene.principal(actor): filling for actor in filling.actors})
    sides = {side_of(actor) for actor in found}
    return [(filling, actor) for actor, filling in found.items()] if len(sides) == 1 else []
