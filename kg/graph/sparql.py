"""The words of a SPARQL query: enough of a lexer to explain mistakes and to fill parameters.

It finds strings, comments, IRIs, variables and prefixed names, so that no check is fooled by
text inside a string. Whether a query is well formed is the engine's business.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kg.errors import QueryError
from kg.graph.terms import KG, PREFIXES

_TOKEN = re.compile(
    r"""
      (?P<string>\"{3}(?:[^\\]|\\.)*?\"{3} | '{3}(?:[^\\]|\\.)*?'{3}
                | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    | (?P<comment>\#[^\n\r]*)
    | (?P<variable>[?$]\w+)
    | (?P<name>(?:[A-Za-z][\w.-]*)?:(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?\#@%])
                (?:[\w:.-]|%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?\#@%])*)?)
    | (?P<blank_node>_:[\w.-]+)
    | (?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<word>@?[A-Za-z_][\w-]*)
    | (?P<operator>&&|\|\||!=|<=|>=|\^\^)
    | (?P<blank>\s+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a query with its kind and its offset."""

    kind: str
    text: str
    start: int


def tokens(query: str) -> Iterator[Token]:
    """The words of a query without blanks and comments."""
    for match in _TOKEN.finditer(query):
        if match.lastgroup not in ("blank", "comment"):
            yield Token(match.lastgroup or "other", match.group(), match.start())


def position(query: str, offset: int) -> str:
    """Line and column of an offset, counted from 1, in words."""
    line = query.count("\n", 0, offset) + 1
    return f"line {line}, column {offset - (query.rfind(chr(10), 0, offset) + 1) + 1}"


def declared_prefixes(words: list[Token]) -> dict[str, str]:
    """The prefixes that a query may use: those it declares over those that kg knows."""
    prefixes = dict(PREFIXES)
    for keyword, prefix, iri in zip(words, words[1:], words[2:], strict=False):
        if keyword.text.upper() == "PREFIX" and prefix.kind == "name" and iri.kind == "iri":
            prefixes[prefix.text.partition(":")[0]] = iri.text[1:-1]
    return prefixes


def check_names(query: str, known: Collection[str] | None) -> None:
    """Raise ``QueryError`` for an undeclared prefix and for a ``kg:`` term that is not ``known``.

    ``known`` holds local names of the ontology, of which the error proposes the nearest; with
    None any term will do.
    """
    words = list(tokens(query))
    prefixes = declared_prefixes(words)
    for before, word in zip([None, *words], words, strict=False):
        if known is not None and word.kind == "iri" and word.text.startswith(f"<{KG}"):
            _check_term(query, word, word.text[len(KG) + 1 : -1], known)
        if word.kind != "name" or (before is not None and before.text.upper() == "PREFIX"):
            continue
        prefix, _, local = word.text.partition(":")
        if prefix in ("http", "https"):
            continue  # of an IRI that is none, which the grammar explains
        if prefix not in prefixes:
            near = difflib.get_close_matches(prefix, prefixes, 1)
            hint = f"did you mean '{near[0]}:'?" if near else f"declare it: PREFIX {prefix}: <…>"
            raise QueryError(
                f"unknown prefix '{prefix}:' at {position(query, word.start)} ({hint})"
            )
        if known is not None and prefixes[prefix] == KG:
            _check_term(query, word, local, known)


def _check_term(query: str, word: Token, local: str, known: Collection[str]) -> None:
    local = local.rstrip(".")
    if not local or local in known:
        return
    folded: dict[str, list[str]] = {}
    for term in sorted(known):
        folded.setdefault(term.casefold(), []).append(term)
    near = difflib.get_close_matches(local.casefold(), folded, 1, 0.5)
    # kg:Polarity and kg:polarity are two things: the one written more like it is meant
    meant = difflib.get_close_matches(local, folded[near[0]], 1, 0.0) if near else []
    hint = f"did you mean kg:{meant[0]}?" if meant else "see ontology/kg.ttl and relations.ttl"
    raise QueryError(f"unknown term kg:{local} at {position(query, word.start)} ({hint})")


def calls_out(query: str) -> bool:
    """Whether the query has a SERVICE clause and so would talk to another host."""
    return any("SERVICE" in word for word in keywords(query))


def keywords(query: str) -> Iterator[str]:
    """The words of a query that may hold a keyword, in upper case.

    Engines take ``SERVICESILENT<…>``, ``trueSERVICE<…>`` and ``SERVICEp:x`` for what they are
    without blanks, so a keyword counts wherever it stands in a word or a prefix.
    """
    for word in tokens(query):
        if word.kind in ("word", "name"):
            yield word.text.partition(":")[0].upper()


def without_comments(query: str) -> str:
    """The query with blanks in the place of comments: what was not looked at is not evaluated."""
    pieces = (
        " " * len(match.group()) if match.lastgroup == "comment" else match.group()
        for match in _TOKEN.finditer(query)
    )
    return "".join(pieces)


_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}


def changes_data(query: str) -> str | None:
    """The first word of an update, or None for a query that only reads."""
    words = [word.text.upper() for word in tokens(query) if word.kind == "word"]
    verbs = [word for word in words if word not in ("PREFIX", "BASE")]
    return verbs[0] if verbs and verbs[0] in _UPDATES else None


def fill(query: str, terms: Mapping[str, str]) -> str:
    """The query with the slots ``VALUES ?name { UNDEF }`` of the given names filled.

    The terms are N-Triples text of parsed terms, never text of a user. Raises ``QueryError``
    when the query has no slot of a name.
    """
    words = list(tokens(query))
    slots: dict[str, list[Token]] = {}
    for five in zip(*(words[n:] for n in range(5)), strict=False):
        keyword, variable, opening, undefined, closing = five
        if (
            keyword.text.upper() == "VALUES"
            and variable.kind == "variable"
            and (opening.text, undefined.text.upper(), closing.text) == ("{", "UNDEF", "}")
        ):
            slots.setdefault(variable.text[1:], []).append(undefined)
    for name in terms:
        if name not in slots:
            takes = ", ".join(sorted(slots)) or "none"
            raise QueryError(
                f"the query has no parameter '{name}' (it takes: {takes}; a parameter is "
                f"declared with VALUES ?{name} {{ UNDEF }})"
            )
    pieces, last = [], 0
    for slot in sorted((s for n in terms for s in slots[n]), key=lambda s: s.start):
        name = next(n for n in terms if slot in slots[n])
        pieces += [query[last : slot.start], terms[name]]
        last = slot.start + len(slot.text)
    return "".join([*pieces, query[last:]])
