"""Noun phrases over Universal Dependencies trees.

With ``clauses`` one of the two modules that read UD labels; everything above them sees
heads, modifiers, possessors, appositions and complements. All indices are tokens of the Doc.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kg.text.parsed import Doc, Token
from kg.text.wordlists import listed

_NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "SYM"}
_ARGUMENT = {
    "nsubj",
    "nsubj:pass",
    "nsubj:outer",
    "obj",
    "iobj",
    "obl",
    "obl:agent",
    "nmod",
    "appos",
}
_INSIDE = {"flat", "compound", "fixed", "goeswith", "case", "mark", "det", "nummod", "cc"}
_CORE = {
    *("det", "det:predet", "amod", "compound", "nummod", "nmod:poss", "flat", "goeswith"),
    *("nmod:desc", "nmod:unmarked"),
}
_WAYS = {"home", "back", "away", "abroad", "straight", "directly", "here", "there"}
_QUARTERS = {"north", "south", "east", "west"}
TOGETHER = {"along with", "together with", "as well as"}
_RELATIVE_TAGS = {"WDT", "WP", "WP$"}


class NounPhrase(NamedTuple):
    """A noun phrase without its relative clauses and prepositional complements.

    ``start``/``end`` bound the contiguous tokens around ``head`` (determiner, adjectives,
    compounds, possessor, flat name parts). ``complements`` are (preposition, head) pairs:
    "talks between A and B with C" has ("between", A), ("between", B), ("with", C).
    """

    head: int
    start: int
    end: int
    determiner: str
    number: str
    modifiers: tuple[int, ...]
    possessor: int | None
    titles: tuple[int, ...]
    appositions: tuple[int, ...]
    complements: tuple[tuple[str, int], ...]
    conjuncts: tuple[int, ...]
    preposition: str
    pronoun: bool


def preposition_of(token: Token) -> str:
    """The words that mark a nominal, lower case: "with", "according to", "" when bare."""
    words: list[str] = []
    for child in token.children:
        # "agreed *to talks*", whose "to" parsers take for that of a verb
        marked = child.dep_ == "mark" and child.lower_ == "to" and token.pos_ == "NOUN"
        if (child.dep_ == "case" or marked) and child.tag_ != "POS" and child.i < token.i:
            words.append(child.lower_)
            words.extend(part.lower_ for part in child.children if part.dep_ == "fixed")
    adverb = token.head if token.head.pos_ == "ADV" and token.head.i < token.i else None
    if words and adverb is not None and token.dep_ == "obl" and adverb.lower_ not in _WAYS:
        # "*ahead of* the trip", where the adverb carries the phrase; not "*home* from Iraq"
        words.insert(0, token.head.lower_)
    return " ".join(words)


def is_relative(token: Token) -> bool:
    """Whether the token is a relative pronoun ("the troops *who* …", "a pact *that* …")."""
    return (token.tag_ in _RELATIVE_TAGS and "Rel" in token.morph.get("PronType", [])) or (
        token.tag_ in _RELATIVE_TAGS and antecedent(token) is not None
    )


def antecedent(token: Token) -> Token | None:
    """The noun a relative pronoun stands for: "the pact *which* Moscow signed" → pact."""
    node = token
    while node.head.i != node.i:
        if node.dep_ in {"acl:relcl", "advcl:relcl"}:
            # "…, which angered Tehran" goes back to a whole clause, not to a noun
            return node.head if is_nominal_head(node.head) else None
        node = node.head
    return None


def _shares_name(token: Token) -> bool:
    """Whether a token has its name in common with another: "*North* and South Korea"."""
    if token.dep_ != "compound" or token.tag_ != "NNP" or token.lower_ not in _QUARTERS:
        return False
    return any(c.dep_ == "conj" and c.lower_ in _QUARTERS for c in token.children)


def is_nominal_head(token: Token) -> bool:
    """Whether a token heads a noun phrase, rather than stand inside one."""
    if token.dep_ in _INSIDE:
        # "dozens of [two]", "Lavrov" in "Sergei Lavrov": parts of a phrase, no phrase.
        return _shares_name(token)
    if token.pos_ in _NOMINAL:
        return True
    # "the wounded", "the two": adjectives and determiners that stand where nouns stand.
    return token.pos_ in {"ADJ", "DET", "X"} and token.dep_ in _ARGUMENT


def is_gerund_object(token: Token) -> bool:
    """Whether a nominal is what a gerund acts on: "recalled meeting *Trump*".

    Parsers often take such a gerund for a noun and its object for an apposition.
    """
    head = token.head
    if token.dep_ == "obj":
        return head.pos_ == "NOUN"
    bare = not any(child.dep_ in {"det", "amod", "nmod:poss"} for child in head.children)
    beside = token.left_edge.i == head.i + 1 and token.pos_ == "PROPN"
    gerund = head.pos_ == "NOUN" and head.lower_.endswith("ing")
    return token.dep_ in {"appos", "flat", "nmod:desc"} and beside and bare and gerund


def conjuncts_of(token: Token) -> tuple[Token, ...]:
    """The nominals coordinated with the first one: "Iran, Iraq and Syria" → Iraq, Syria.

    Also "the army, *along with* rebels," where the words say coordination.
    """
    found: list[Token] = []
    if token.dep_ == "obl":
        # "flew to Pyongyang *and then to Beijing*", where the tree joins the town to the verb
        edge = token.right_edge.i + 1
        found.extend(
            c
            for c in token.head.children
            if c.dep_ == "conj" and c.pos_ == "PROPN" and c.left_edge.i == edge
        )
    for child in token.children:
        if _shares_name(child):
            found.append(child)
        if child.dep_ == "nmod" and preposition_of(child) in TOGETHER:
            found.append(child)
        if child.dep_ == "conj" and (child.pos_ in _NOMINAL or is_nominal_head(child)):
            found.append(child)
            found.extend(conjuncts_of(child))
    return tuple(found)


def _complements(token: Token) -> Iterator[tuple[str, int]]:
    for child in token.children:
        if child.dep_ in {"nmod", "obl", "obl:agent"} and child.i > token.i:
            preposition = preposition_of(child)
            if preposition:
                yield preposition, child.i
                for other in conjuncts_of(child):
                    yield preposition_of(other) or preposition, other.i


def _bounds(token: Token) -> tuple[int, int]:
    start, end = token.i, token.i
    for child in token.children:
        if child.dep_ in _CORE or (child.dep_ == "case" and child.tag_ == "POS"):
            if child.dep_ == "nmod:desc" and child.i > token.i:
                continue
            left, right = child.left_edge.i, child.right_edge.i
            if child.i > token.i and child.dep_ not in {"flat", "goeswith", "compound"}:
                continue
            start, end = min(start, left), max(end, right)
    return start, end + 1


@lru_cache(maxsize=1)
def _read(doc: Doc) -> dict[int, NounPhrase]:
    """The phrases read so far in the document at hand."""
    return {}


def noun_phrase(token: Token) -> NounPhrase:
    """The noun phrase with this head, read once for a document; its tree must stand."""
    read = _read(token.doc)
    found = read.get(token.i)
    if found is None:
        found = read[token.i] = _noun_phrase(token)
    return found


def _noun_phrase(token: Token) -> NounPhrase:
    """The noun phrase that ``token`` heads."""
    start, end = _bounds(token)
    determiner = ""
    possessor: int | None = None
    modifiers: list[int] = []
    titles: list[int] = []
    appositions: list[int] = []
    for child in token.children:
        if child.dep_ in {"det", "det:predet"} and not determiner:
            determiner = child.lower_
        elif child.dep_ == "nmod:poss":
            # "a state *whose* army …": the possessor is the antecedent.
            owner = antecedent(child) if child.lower_ == "whose" else child
            possessor = owner.i if owner is not None else child.i
        elif child.dep_ in {"amod", "compound", "nummod", "nmod:unmarked"} and child.i < token.i:
            modifiers.append(child.i)
            modifiers.extend(other.i for other in child.children if other.dep_ == "conj")
        elif child.dep_ == "nmod:desc":
            titles.append(child.i)
        elif child.dep_ == "appos" and not is_gerund_object(child):
            appositions.append(child.i)
    number = (token.morph.get("Number", []) or [""])[0].lower()
    return NounPhrase(
        head=token.i,
        start=start,
        end=end,
        determiner=determiner,
        number=number,
        modifiers=tuple(modifiers),
        possessor=possessor,
        titles=tuple(titles),
        appositions=tuple(appositions),
        complements=tuple(_complements(token)),
        conjuncts=tuple(other.i for other in conjuncts_of(token)),
        preposition=preposition_of(token),
        pronoun=token.pos_ == "PRON",
    )


def noun_phrases(doc: Doc) -> dict[int, NounPhrase]:
    """All noun phrases of a document by the index of their head, in text order."""
    return {
        token.i: noun_phrase(token)
        for token in doc
        if is_nominal_head(token) or token.dep_ == "nmod:desc"
    }


def content_head(phrases: dict[int, NounPhrase], doc: Doc, head: int) -> int:
    """The noun that says what a phrase is about: "thousands of troops" → troops.

    Quantities and partitives are looked through; any other head is returned as it is.
    """
    for _ in range(3):
        phrase = phrases.get(head)
        if phrase is None:
            return head
        # "20 *of its soldiers*"
        if doc[head].pos_ != "NUM" and doc[head].lemma_.lower() not in listed("quantity"):
            return head
        inner = next((c for prep, c in phrase.complements if prep == "of"), None)
        if inner is None or any(doc[m].lower_ in {"former", "ex"} for m in phrase.modifiers):
            # "*former members* of a church" are the church no more
            return head
        head = inner
    return head


def hyphenated(doc: Doc, head: int) -> tuple[str, ...]:
    """The whole of a word whose parts are tokens, in lower case: "heavy-handed", "a sell-out"."""
    if head < 2 or doc[head - 1].text != "-":
        return ()
    first, last = doc[head - 2], doc[head]
    glued = first.idx + len(first.text) + 1 == last.idx
    return (f"{first.lower_}-{last.lower_}",) if glued else ()


def measure(phrases: dict[int, NounPhrase], doc: Doc, head: int) -> int:
    """The noun that measures another and hangs on the verb: "after *hours* of talks"."""
    outer = doc[head].head.i
    return outer if outer != head and content_head(phrases, doc, outer) == head else head


def joined_names(first: Token, before: int) -> list[Token]:
    """The names joined to a first one ahead of a position: "Peru *and Chile*, which …"."""
    joined = (c for c in first.children if c.dep_ == "conj" and c.i < before)
    return [c for c in joined if c.pos_ == "PROPN"]


def is_expletive(token: Token) -> bool:
    """Whether a subject stands for nothing: "*There* were clashes in Homs"."""
    return token.dep_ == "expl" or token.tag_ == "EX"
