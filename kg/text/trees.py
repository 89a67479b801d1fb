"""The children of every token of a tree, looked up once for a document.

spaCy finds them by walking over the whole subtree each time, which for the verb of a long
sentence is the sentence.
"""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Doc, Token


@lru_cache(maxsize=1)
def _children(doc: Doc) -> tuple[tuple[Token, ...], ...]:
    found: list[list[Token]] = [[] for _ in range(len(doc))]
    for token in doc:
        head = token.head.i
        if head != token.i:
            found[head].append(token)
    return tuple(map(tuple, found))


def children(token: Token) -> tuple[Token, ...]:
    """The tokens that hang on a token, in text order; the tree of a document must stand."""
    return _children(token.doc)[token.i]
