"""Verbs that are more than one word: "look into", "pay tribute", "put to death".

The lexicon lists such verbs like any other; a clause is read once more under each of them that
it holds, with the words of the idiom taken out of its arguments.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.text.clauses import Argument, Clause, Kind, Role
from kg.text.lexicon import Lexicon, Trigger
from kg.text.phrases import preposition_of
from kg.text.scene import Scene

# Of an enum, Python 3.11 looks members up ten times slower than names of the module.
_VERBAL = Kind.VERBAL
_OBJECT, _OBLIQUE, _PREDICATE = Role.OBJECT, Role.OBLIQUE, Role.PREDICATE
_VERB = Trigger.VERB


def readings(scene: Scene, lexicon: Lexicon, clause: Clause) -> Iterator[Clause]:
    """The clause as it stands, then as each idiom of the lexicon that its words make up."""
    yield clause
    if clause.kind is not _VERBAL or clause.lemma not in lexicon.idiomatic:
        return
    objects = clause.of(_OBJECT)
    for argument in clause.of(_OBLIQUE):
        prepositional = f"{clause.lemma} {argument.preposition}"
        if not objects and lexicon.frames(_VERB, prepositional).frames:
            # "looked *into* the killings": what follows is the object
            yield _with_object(clause, prepositional, argument.preposition)
            objects = (argument,)
        # "came *face* to face", where nothing marks the noun
        whole = " ".join(f"{prepositional} {scene.lemma(argument.head)}".split())
        if lexicon.frames(_VERB, whole).frames:
            # "put two Germans *to death*", "took *to the streets* of Minsk"
            yield _absorbing(scene, clause, whole, argument)
    for argument in (*clause.of(_OBJECT), *clause.of(_PREDICATE)):
        whole = f"{clause.lemma} {scene.lemma(argument.head)}"
        if clause.passive:
            continue
        if lexicon.frames(_VERB, whole).frames:
            # "*paid tribute* to Kenya", "*laid siege* to Aleppo"
            yield _absorbing(scene, clause, whole, argument)
        phrase = scene.phrases.get(argument.head)
        behind = {a.preposition for a in clause.of(_OBLIQUE)}
        behind.update(
            () if phrase is None else (preposition for preposition, _ in phrase.complements)
        )
        for preposition in sorted(behind):
            further = f"{whole} {preposition}"
            if lexicon.frames(_VERB, further).frames:
                # "*shut the door on* a plan", "*turned the screw on* Chile"
                absorbed = _absorbing(scene, clause, whole, argument)
                yield _with_object(absorbed, further, preposition)


def _with_object(clause: Clause, lemma: str, preposition: str) -> Clause:
    arguments = tuple(
        a._replace(role=Role.OBJECT, preposition="")
        if a.role is Role.OBLIQUE and a.preposition == preposition
        else a
        for a in clause.arguments
    )
    return clause._replace(lemma=lemma, arguments=arguments)


def _absorbing(scene: Scene, clause: Clause, lemma: str, word: Argument) -> Clause:
    """The clause without an argument that is part of its verb; what hangs on that one stays."""
    phrase = scene.phrases.get(word.head)
    # "said *no to the plan*", where the tree hangs what is refused on the word
    bare = (child for child in scene.doc[word.head].children if child.dep_ in {"nmod", "obl"})
    inner = (
        phrase.complements
        if phrase is not None
        else tuple((preposition_of(child), child.i) for child in bare)
    )
    arguments = (
        *(a for a in clause.arguments if a is not word),
        *(Argument(Role.OBLIQUE, head, preposition) for preposition, head in inner),
    )
    return clause._replace(lemma=lemma, arguments=arguments)
