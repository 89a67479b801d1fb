"""What titles and appositions say, as clauses: "U.S. President Donald Trump" is a copula."""

from __future__ import annotations

from collections.abc import Iterator

from kg.text.clauses import Argument, Clause, Kind, Link, Role
from kg.text.phrases import NounPhrase
from kg.text.scene import Scene


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
