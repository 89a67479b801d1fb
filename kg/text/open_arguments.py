"""The words of open triples: what belongs to an argument, to a relation phrase, to a content."""

from __future__ import annotations

from collections.abc import Iterable

from kg.text.parsed import Doc, Token

# What says something further about a phrase, and what only ties it to its surroundings.
_FURTHER = {"acl:relcl", "advcl:relcl", "appos", "parataxis", "advcl", "dep", "orphan"}
_OUTSIDE = {"conj", "cc", "mark", "case", "cc:preconj", "discourse", "vocative"}
_AROUND_PREDICATE = {
    *("nsubj", "nsubj:outer", "nsubj:pass", "csubj", "cop", "aux", "obl", "ccomp", "expl"),
    *("advmod", "nmod:unmarked", "obl:unmarked"),
}
# "is low season but *also* a good time", "not *only* to us"
_LINKING = {"also", "too", "instead", "however", "then", "therefore", "meanwhile"}
_JOINING = {"-", "–", "/", "%", "$"}
_SETTING_OFF = {",", "–", "—", "("}


def argument_words(doc: Doc, head: int, without: int | None = None) -> tuple[int, ...]:
    """The tokens of an argument: its subtree without what says something further.

    Relative clauses, appositions, coordinated phrases and participles set off by commas make
    facts of their own, and so does ``without``, the clause that the argument is a part of:
    "a treaty" of "a treaty signed in 1975" for the clause of "signed".
    """
    top = doc[head]
    outer = _OUTSIDE
    if any(child.dep_ == "cop" for child in top.children):
        # "Japan is an *ally*": the predicate noun without subject, copula and adverbials
        outer = outer | _AROUND_PREDICATE
    found: list[int] = []
    pending = [top]
    while pending:
        token = pending.pop()
        found.append(token.i)
        pending.extend(
            child
            for child in token.children
            if child.i != without
            and not (token.i == head and (child.dep_ in outer or child.lower_ in _LINKING))
            and _belongs(child)
        )
    return _with_marks(doc, found)


def _with_marks(doc: Doc, tokens: Iterable[int]) -> tuple[int, ...]:
    """Sorted tokens with the marks that stand between two of them: "a small, poor country"."""
    kept = set(tokens)
    between = {i + 1 for i in kept if i + 2 in kept and doc[i + 1].is_punct}
    return tuple(sorted(kept | between))


def _belongs(child: Token) -> bool:
    if child.dep_ == "punct":
        # "Lee Jae-myung", but not the comma behind him
        return child.text in _JOINING
    if child.dep_ in _FURTHER:
        return False
    # "The company, founded in 1931, …" against "a treaty signed in 1975"
    return child.dep_ != "acl" or not _set_off(child)


def _set_off(token: Token) -> bool:
    left = token.left_edge.i
    return any(token.doc[i].text in _SETTING_OFF for i in (left, left - 1) if i >= 0)


def quality_words(doc: Doc, head: int) -> tuple[int, ...]:
    """The tokens of an adjective as a predicate: "about four kilometres wide"."""
    found = [doc[head]]
    for child in doc[head].children:
        if child.dep_ in {"advmod", "obl:unmarked", "obl:npmod"} and child.i < head:
            found.extend(child.subtree)
    return tuple(sorted(token.i for token in found if token.dep_ != "punct"))


def content_words(doc: Doc, head: int, without: int | None = None) -> tuple[int, ...]:
    """The tokens of a clause as what somebody says, without the marks around it.

    ``without`` is a clause inside it that is no part of what is said: "…, *traders said*".
    """
    left_out = set() if without is None else {token.i for token in doc[without].subtree}
    said = (t for t in doc[head].subtree if t.dep_ != "punct" and t.i not in left_out)
    return _with_marks(doc, (token.i for token in said))


def join_words(doc: Doc, tokens: Iterable[int]) -> str:
    """The words of sorted tokens on one line, joined as the text joins neighbours."""
    parts: list[str] = []
    last = -1
    for i in tokens:
        if last >= 0 and (i != last + 1 or doc[last].whitespace_):
            parts.append(" ")
        parts.append(doc[i].text)
        last = i
    return " ".join("".join(parts).split())
