"""The words that make one verb with another: "sat *down*", "set the pilots *free*", "let *go*"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.text.parsed import Token

_PARTICLES = {"up", "down", "out", "off", "back", "in", "on", "over", "away", "apart"}
# "set the pilots *free*", "let them *go*": words that make one verb with a verb they stand off
_RESULTS = {
    "set": {"free", "loose"},
    "let": {"go"},
    "bring": {"together", "home"},
    "call": {"home"},
    "summon": {"home"},
    "send": {"home", "packing"},
    "order": {"home"},
    "get": {"together"},
    "come": {"together", "home"},
    "shoot": {"dead"},
    "turn": {"loose", "aside", "down", "away"},
    # "brushed the German complaint *aside*"
    "brush": {"aside", "off", "away"},
    "sweep": {"aside"},
    "wave": {"aside", "away", "off"},
    "cast": {"aside"},
    "shrug": {"off"},
    "laugh": {"off"},
    "vote": {"down"},
    "knock": {"back"},
    # "kept Cuba *afloat*", "would never leave Armenia *alone*"
    "keep": {"afloat", "solvent"},
    "leave": {"alone"},
}
# Who is set free or let go stands behind the word: "set *free* three agents", "shot *dead* two".
_BEFORE_OBJECTS = {"set", "let", "shoot"}
_OPENING = {"CD", "DT", "PRP$", "NNP", "NNPS"}
RESULT = {"xcomp", "advmod"}
"""How such a word hangs on its verb where no parser calls it a particle."""


def particle_of(token: Token) -> Token | None:
    """The particle of a verb, or the result that it makes one verb with; None where it has none."""
    below = token.children
    for child in below:
        if child.dep_ == "compound:prt" and not _counts(child):
            return child
    if token.pos_ == "VERB":
        for child in below:
            # "sit down with": parsers call many particles adverbs.
            near = 0 < child.i - token.i <= 2
            if near and child.dep_ == "advmod" and child.lower_ in _PARTICLES:
                return child
    results = _RESULTS.get(token.lemma_.lower())
    if results is None:
        return None
    for child in below:
        if child.dep_ in RESULT and child.lower_ in results and child.i > token.i:
            return child
        if child.dep_ == "advcl" and child.lower_ == "dead" and child.i == token.i + 1:
            # "police shot *dead* three demonstrators", taken for a clause
            return child
    return _before_object(token, results)


def _counts(token: Token) -> bool:
    """Whether a word that is called a particle begins a number: "sent *up to 300* soldiers"."""
    after = token.doc.span(token.i + 1, min(token.i + 3, len(token.doc)))
    return (
        token.lower_ == "up" and [t.lower_ for t in after][:1] == ["to"] and after[-1].tag_ == "CD"
    )


def _before_object(token: Token, results: set[str]) -> Token | None:
    """A result taken for an attribute: "set *free* three agents"; not "set *free* trade"."""
    doc, at = token.doc, token.i + 1
    if token.lemma_.lower() not in _BEFORE_OBJECTS or at + 1 >= len(doc):
        return None
    word = doc[at]
    inside = word.dep_ == "amod" and word.head.dep_ == "obj" and word.head.head.i == token.i
    return word if inside and word.lower_ in results and doc[at + 1].tag_ in _OPENING else None


def hung_on_result(token: Token, result: Token | None) -> Iterator[Token]:
    """The object that hangs on a result instead of on the verb: "let go *a tanker*"."""
    if result is None or token.lemma_.lower() not in _BEFORE_OBJECTS:
        return
    # "police shot dead three", where a plain past has its subject taken for a passive's
    taken = {"obj"} if token.tag_ == "VBD" else {"obj", "nsubj:pass"}
    if not any(child.dep_ in taken for child in token.children):
        yield from (child for child in result.children if child.dep_ == "obj")
