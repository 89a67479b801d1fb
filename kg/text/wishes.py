"""What verbs of saying and asking govern, and of whom: wishes, facts, questions, promises."""

from __future__ import annotations

from kg.statement import Actor
from kg.text.clauses import Clause
from kg.text.participants import of_one_side
from kg.text.scene import Filling, Scene
from kg.text.wordlists import listed

_BOUND = {"have", "need", "ought"}
_QUESTIONS = {"how", "why", "when", "where", "what", "who", "which"}


def unsaid(scene: Scene, clause: Clause, event: str | None) -> str:
    """Why the words of a clause ask, promise or deny nothing, whatever frame they fit, else ""."""
    if event == "REQUEST" and asserts(scene, clause):
        return "what is insisted on is told as a fact"
    if event == "AGREE" and clause.verb in listed("stating"):
        return "another will do it" if is_of_another(scene, clause) else ""
    if event == "REJECT" and clause.verb in listed("denying"):
        # "Kyiv denied that *Moscow* had taken the port": nobody accused Kyiv
        return "another is said to have done it" if is_of_another(scene, clause) else ""
    return ""


def asserts(scene: Scene, clause: Clause) -> bool:
    """Whether a verb of insisting tells a fact, or one of asking a question, and no wish.

    "insisted that Sweden *would not hand over* its citizens", "insists that Iran *has left*";
    not "insisted that Iran *must leave*", "insisted that Iran *leave*". "asked Chad *why* it left".
    """
    if clause.verb == "ask":
        return any(c.marker.split(" ")[0] in _QUESTIONS for c in scene.complements(clause))
    return clause.verb in listed("insisting") and any(
        (inner.tense in {"past", "future"} and not _is_bound(scene, inner))
        or any(scene.doc[i].lower_ in listed("indicative") for i in inner.auxiliaries)
        or (not inner.auxiliaries and _is_indicative(scene, clause, inner))
        for inner in scene.complements(clause)
    )


def is_of_another(scene: Scene, clause: Clause) -> bool:
    """Whether what is said or denied is the deed of another than who says so.

    "Gabon said that *Niger* would receive them" promises nothing for Gabon; "said *it* would".
    """
    speakers = scene.fillings(scene.follow(clause, ("subject",)))
    for inner in scene.complements(clause):
        doers = [] if inner.passive else scene.fillings(scene.follow(inner, ("subject",)))
        if speakers and doers and not _is_one_side(scene, speakers, doers):
            return True
    return False


def _is_one_side(scene: Scene, some: list[Filling], others: list[Filling]) -> bool:
    return any(
        of_one_side(scene.principal(one), scene.principal(other))
        for filling in some
        for one in filling.actors
        for against in others
        for other in against.actors
    )


def _is_bound(scene: Scene, inner: Clause) -> bool:
    """Whether a past tense tells a duty: "insisted that Iran *had to leave*"."""
    return inner.verb in _BOUND and any(deed.marker == "to" for deed in scene.complements(inner))


def _is_indicative(scene: Scene, clause: Clause, inner: Clause) -> bool:
    """Whether the bare present of a complement tells what is: "insists that Iran *supports* it".

    After a past tense, and with one subject, a form without -s is a wish: "insisted that the
    rebels *disarm*", "insists that Iran *leave*"; not "insists that its troops *defend* it".
    """
    if scene.doc[inner.head].tag_ == "VBZ":
        return True
    phrases = [scene.phrases.get(argument.head) for argument in inner.surface_subject()]
    many = len(phrases) > 1 or any(p is not None and p.number == "plur" for p in phrases)
    return many and clause.tense == "present"


def of_oneself(scene: Scene, subject: Actor, target: Filling | None, obj: Actor | None) -> bool:
    """Whether those who speak for a state ask something of it by its name, or blame it.

    "Its envoy said *Oman must act*", "Morrison told him that *his country* tore up the contract";
    not "the president urged *citizens* to vote", "the general demanded *Áñez's* release".
    """
    spoken_for = scene.principal(subject)
    if obj is None or target is None or spoken_for.id == subject.id or spoken_for.id != obj.id:
        return False
    named = scene.filling(target.head)
    return named is not None and any(actor.id == obj.id for actor in named.actors)
