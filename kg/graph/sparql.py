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
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<comment>\#[^\n\r]*)
    | (?P<variable>[?$]\w+)
    | (?P<name>(?:[A-Za-z][\w.-]*)?:(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?\#@%])
                (?:[\w:.-]|%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?\#@%])*)?)
    | (?P<word>@?[A-Za-z_][\w-]*)
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


def check_names(query: str, known: Collection[str]) -> None:
    """Raise ``QueryError`` for an undeclared prefix and for a ``kg:`` term that is not ``known``.

    ``known`` holds local names of the ontology; the error proposes the nearest of them.
    """
    words = list(tokens(query))
    prefixes = declared_prefixes(words)
    for before, word in zip([None, *words], words, strict=False):
        if word.kind == "iri" and word.text.startswith(f"<{KG}"):
            _check_term(query, word, word.text[len(KG) + 1 : -1], known)
        if word.kind != "name" or (before is not None and before.text.upper() == "PREFIX"):
            continue
        prefix, _, local = word.text.partition(":")
        if prefix not in prefixes:
            near = difflib.get_close_matches(prefix, prefixes, 1)
            hint = f"did you mean '{near[0]}:'?" if near else f"declare it: PREFIX {prefix}: <…>"
            raise QueryError(
                f"unknown prefix '{prefix}:' at {position(query, word.start)} ({hint})"
            )
        if prefixes[prefix] == KG:
            _check_term(query, word, local, known)


def _check_term(query: str, word: Token, local: str, known: Collection[str]) -> None:
    local = local.rstrip(".")
    if not local or local in known:
        return
    folded = {term.casefold(): term for term in known}
    near = difflib.get_close_matches(local.casefold(), folded, 1, 0.5)
    hint = (
        f"did you mean kg:{folded[near[0]]}?" if near else "see ontology/kg.ttl and relations.ttl"
    )
    raise QueryError(f"unknown term kg:{local} at {position(query, word.start)} ({hint})")


def calls_out(query: str) -> bool:
    """Whether the query has a SERVICE clause and so would talk to another host."""
    return any(word.kind == "word" and word.text.upper() == "SERVICE" for word in tokens(query))


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


_EXPECTED = re.compile(r"\[[^\]]*\]|\"(?:[^\"\\]|\\.)*\"|[^,]+")


def syntax_problem(query: str, error: SyntaxError) -> str:
    """Where a query breaks the grammar, near which text, and what would be right there."""
    message = " ".join((error.msg or str(error)).split())
    found = re.match(r"error at (\d+):(\d+): expected (?:one of )?(.*)", message)
    if not found:
        return f"({message})"
    line, column = int(found.group(1)), int(found.group(2))
    lines = query.splitlines()
    rest = lines[line - 1][column - 1 :].strip()[:20] if line <= len(lines) else ""
    where = f"at line {line}, column {column}, {f'near {rest!r}' if rest else 'at its end'}"
    wanted = [item.strip() for item in _EXPECTED.findall(found.group(3))]
    # Sentences of the parser say it best; single characters and odd keywords help nobody.
    sentences = [item for item in wanted if " " in item and not item.startswith(("[", '"', "'"))]
    if sentences:
        return f"{where}: {sentences[0]}"
    words = [item for item in wanted if item in _KEYWORDS]
    return f"{where}: expected {' or '.join(words)}" if words else where


_KEYWORDS = {
    "ASK",
    "BY",
    "CONSTRUCT",
    "DESCRIBE",
    "GROUP",
    "HAVING",
    "LIMIT",
    "ORDER",
    "PREFIX",
} | {
    *("SELECT", "WHERE", "AS", "IN", "OFFSET", "BASE", "FROM", "VALUES"),
}
