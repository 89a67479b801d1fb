"""What titles, appositions and errands say, as clauses: "U.S. President Donald Trump".

A copula is what a title is to its name; "Abe, *in Seoul* to mend fences" is a stay there.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.text.clauses import Argument, Clause, Kind, Link, Role
from kg.text.phrases import NounPhrase
from kg.text.scene import Scene
from kg.text.wordlists import listed


def predications(scene: Scene) -> Iterator[Clause]:
    """What titles and appositions say, as copular clauses.

    "U.S. President Donald Trump", "Yang Moo-jin, former president of …", "Seoul's new
    President, Lee Jae-myung": the name is the subject, the common noun the predicate.
    """
    for phrase in scene.phrases.values():
        named = scene.doc[phrase.head].pos_ == "PROPN"
        if named and phrase.preposition in {"in", "to"}:
            stay = _stay(scene, phrase)
            yield from () if stay is None else (stay,)
        yield from _brokered(scene, phrase)
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
    return clause._replace(
        kind=Kind.NOMINAL, arguments=(Argument(Role.SUBJECT, phrase.head), *obliques)
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


def _brokered(scene: Scene, phrase: NounPhrase) -> Iterator[Clause]:
    """Who brokers something, told before it: "a *U.S.-brokered* truce"."""
    doc = scene.doc
    for word in phrase.modifiers:
        if doc[word].lower_ in listed("brokering") and word > 1 and doc[word - 1].text == "-":
            clause = _predication(scene, phrase, word - 2, phrase.head)
            broker, work = Argument(Role.SUBJECT, word - 2), Argument(Role.OBJECT, phrase.head)
            yield clause._replace(
                link=Link.ADNOMINAL,
                kind=Kind.VERBAL,
                lemma="broker",
                verb="broker",
                passive=True,
                arguments=(work, broker),
            )


def _stay(scene: Scene, phrase: NounPhrase) -> Clause | None:
    """That somebody is in a place on an errand: "Abe, *in Seoul to mend fences*, said".

    Also "Orban *is in Minsk at the invitation of* Lukashenko", "an envoy *has been to Hanoi*"; not
    where the errand is with others than those of the place: "Lavrov, in Vienna for talks with
    Blinken".
    """
    doc, place = scene.doc, scene.mentions.place_at(phrase.head)
    if place is None or phrase.start < 3:
        return None
    clause = scene.clauses.at(phrase.head)
    copular = clause is not None and clause.kind is Kind.COPULAR and not clause.negations
    subject: int | None = None
    if clause is not None and copular:
        subjects = [a.head for a in clause.of(Role.SUBJECT) if not a.inherited]
        if len(subjects) == 1 and (phrase.preposition == "to" or _on_errand(scene, clause)):
            subject = subjects[0]
    elif doc[phrase.start - 2].text == "," and phrase.preposition == "in":
        before = doc[phrase.start - 3]
        named = (t.i for t in (before, *before.ancestors) if scene.mentions.at(t.i))
        subject = next(named, None) if _has_errand(scene, phrase) else None
    who = scene.mentions.at(subject) if subject is not None else None
    if subject is None or who is None or (not copular and who.end != phrase.start - 2):
        return None
    countries = {a.country for m in (place, who) for a in m.actors}
    stop = next((t.i for t in doc.span(phrase.end, len(doc)) if t.text in ",.;"), len(doc))
    errand = (a for m in scene.mentions.between(phrase.end, stop) for a in m.actors)
    if any(a.country is not None and a.country not in countries for a in errand):
        return None
    stay = _predication(scene, phrase, subject, phrase.head)
    return stay._replace(
        kind=Kind.VERBAL,
        lemma="be there",
        arguments=(
            Argument(Role.SUBJECT, subject),
            Argument(Role.OBLIQUE, phrase.head, "in"),
        ),
    )


_SENT = {"delegation", "envoy", "emissary", "negotiator", "mediator"}


def _on_errand(scene: Scene, clause: Clause) -> bool:
    """Whether it is told what somebody is there for: "was in Riga *as a guest*", "*to speak*"."""
    errands = listed("errand")
    if any(scene.lemma(a.head) in errands for a in clause.obliques("for", "on", "at", "as")):
        return True
    if any(scene.lemma(a.head) in _SENT for a in clause.of(Role.SUBJECT)):
        # "*A delegation* was in Beirut at the weekend"
        return True
    return any(c.marker == "to" for c in scene.clauses.children(clause.head))


def _has_errand(scene: Scene, phrase: NounPhrase) -> bool:
    """Whether a place is followed by what for: "in Seoul *to mend*", "in Rome *for talks*"."""
    doc, after = scene.doc, phrase.end
    if after + 2 >= len(doc) or doc[after].lower_ not in {"to", "for", "on", "at"}:
        return False
    if doc[after].lower_ == "to":
        return doc[after + 1].pos_ == "VERB"
    errands = listed("errand")
    return any(t.lemma_.lower() in errands for t in doc.span(after + 1, after + 6))
