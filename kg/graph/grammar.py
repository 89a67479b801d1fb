"""Where a SPARQL query breaks the grammar and what would be right there.

Engines tell the furthest place that some rule could reach, which is often words away from the
mistake. This reads the query with the grammar of ``sparql.ebnf``, one token ahead, so the first
token that fits nowhere is the mistake and what may stand there is known exactly.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from functools import cache

from kg.graph.sparql import Token, position, tokens
from kg.resources import resource_path


@dataclass(frozen=True, slots=True)
class Mistake:
    """The offset of the first token that fits nowhere, that token, and what would fit."""

    offset: int
    found: str
    expected: tuple[str, ...]


@dataclass(slots=True)
class _Node:
    """A piece of a rule: ``kind`` is one of ``all one maybe many token rule``."""

    kind: str
    parts: list[_Node] = field(default_factory=list)
    name: str = ""


_END = "the end"
_KINDS = {"variable": "VAR", "iri": "IRI", "name": "NAME", "string": "STRING", "number": "NUMBER",
          "blank_node": "BLANK"}  # fmt: skip
_WORDS = {
    "VAR": "a variable (?x)",
    "IRI": "an IRI (<…>)",
    "NAME": "a name (kg:…)",
    "STRING": 'text ("…")',
    "LANG": "a language (@en)",
    "NUMBER": "a number",
    "BLANK": "a blank node",
    "FUNCTION": "a function",
}
# What people want to hear one word for, or nothing about.
_TERM = {"VAR", "IRI", "NAME", "STRING", "NUMBER"}
_VALUES = {"BLANK", "TRUE", "FALSE", "(", "[", "+", "-", "!"}
_PARTS = {"BIND", "FILTER", "GRAPH", "LATERAL", "MINUS", "OPTIONAL", "SERVICE", "VALUES", "{"}
_COMPUTING = {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"}
_OPERATORS = {"||", "&&", "=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "|", "?", "^^"}


def syntax_problem(query: str, error: SyntaxError, *, update: bool = False) -> str:
    """Where a query that an engine refused is wrong, near which text, and what would be right."""
    mistake = find_mistake(query, update=update)
    if mistake is not None:
        return explain(query, mistake)
    # The grammar holds, so the engine objects to the meaning; sentences among what it
    # "expected" say it best.
    message = " ".join((error.msg or str(error)).split())
    parts = re.findall(r"\[[^\]]*\]|\"(?:[^\"\\]|\\.)*\"|[^,]+", message.partition("expected")[2])
    sentences = [part.strip().removeprefix("one of ") for part in parts]
    said = [text for text in sentences if " " in text and text[0] not in "[\"'"]
    return f"({said[0]})" if said else "(is a variable bound twice, or a blank node in two groups?)"


def find_mistake(query: str, *, update: bool = False) -> Mistake | None:
    """The first place where a query (or an update) is none; None when the grammar holds."""
    try:
        return _Reader(query).read("Update" if update else "Query")
    except RecursionError:  # thousands of brackets in each other; where it fails is no help
        return None


def explain(query: str, mistake: Mistake) -> str:
    """A mistake in words: line and column, what is there, what was expected."""
    found, word = mistake.found, mistake.found.upper()
    if found == _END:
        return f"at {position(query, mistake.offset)}, at its end: {_wanted(mistake.expected)}"
    where = f"at {position(query, mistake.offset)}, near {found!r}"
    if found[0] in "'\"":
        return f"{where}: this text has no closing quote"
    if found[0] == "<" and "IRI" in mistake.expected:
        return f"{where}: an IRI holds no blanks, quotes or brackets and ends with '>'"
    known = [name for name in mistake.expected if name.isupper() and name not in _WORDS]
    functions = _functions() if "FUNCTION" in mistake.expected else frozenset()
    if near := difflib.get_close_matches(word, [*known, *functions], 1, 0.7):
        return f"{where}: did you mean {near[0]}?"
    if "SELECT" not in mistake.expected and word in _COMPUTING | _functions():
        return f"{where}: what is computed stands in brackets, ({found}(…) AS ?name)"
    return f"{where}: {_wanted(mistake.expected)}"


def _wanted(expected: tuple[str, ...]) -> str:
    names = set(expected)
    found = []
    if names >= _PARTS:  # inside a group anything may follow, which helps nobody
        names -= _PARTS
        if names & {".", "}"}:
            names -= {*_TERM, *_VALUES}
    if names >= _TERM:
        names -= {*_TERM, *_VALUES, *_COMPUTING, "FUNCTION", "NOT", "EXISTS", "BOUND"}
        found.append("a variable or a value")
    elif "FUNCTION" in names:
        names -= {*_COMPUTING, "IRI", "NAME", "NOT", "EXISTS", "BOUND"}
    elif {"IRI", "NAME"} <= names:
        found.append(f"{'a variable, ' if 'VAR' in names else ''}a name or an IRI")
        names -= {"IRI", "NAME", "VAR", "^", "!", "("}
    if len(names & _OPERATORS) > 3:
        names -= {*_OPERATORS, "IN", "NOT", "LANG"}
        found.append("an operator")
    signs = sorted(f"'{name}'" for name in names if not name[0].isalpha())
    words = sorted(_WORDS.get(name, name) for name in names if name[0].isalpha())
    listed = [*found, *signs, *words]
    return "expected " + " or ".join([*listed[:8], "…"] if len(listed) > 8 else listed)


class _Reader:
    def __init__(self, query: str) -> None:
        self._query = query
        self._tokens = list(tokens(query))
        self._at = 0
        self._expected: set[str] = set()

    def read(self, rule: str) -> Mistake | None:
        try:
            self._match(_Node("rule", name=rule))
            self._expected.add(_END)
            if self._at == len(self._tokens):
                return None
        except _Stuck:
            pass
        expected = tuple(sorted(self._expected))
        if self._at == len(self._tokens):
            return Mistake(len(self._query.rstrip()), _END, expected)
        token = self._tokens[self._at]
        return Mistake(token.start, _word(self._query, token), expected)

    def _fits(self, names: frozenset[str]) -> bool:
        self._expected |= names - {""}
        if self._at == len(self._tokens):
            return False
        return bool(names & _names(self._tokens[self._at]))

    def _match(self, node: _Node) -> None:
        if node.kind == "token":
            if not self._fits(frozenset({node.name})):
                raise _Stuck
            self._at += 1
            self._expected = set()
        elif node.kind == "rule":
            self._match(_grammar()[node.name])
        elif node.kind == "all":
            for part in node.parts:
                self._match(part)
        elif node.kind == "one":
            self._choose(node)
        else:
            while self._fits(_first(node.parts[0])) and self._once(node):
                pass

    def _once(self, node: _Node) -> bool:
        self._match(node.parts[0])
        return node.kind == "many"

    def _choose(self, node: _Node) -> None:
        chosen = [part for part in node.parts if self._fits(_first(part))]
        if chosen:
            self._match(chosen[0])
        elif not any("" in _first(part) for part in node.parts):
            raise _Stuck


class _Stuck(Exception):
    """No token fits."""


def _names(token: Token) -> frozenset[str]:
    """The terminals that a token can be."""
    text = token.text.upper()
    if token.kind == "word":
        if text.startswith("@"):
            return frozenset({"LANG"})
        return frozenset({text, "FUNCTION"} if text in _functions() else {text})
    if token.kind in _KINDS:
        return frozenset({_KINDS[token.kind]})
    return frozenset({token.text})


def _word(query: str, token: Token) -> str:
    """The mistaken token as a person sees it: to the next blank, shortened."""
    found = re.match(r"\S+", query[token.start :])
    text = found.group() if found and token.kind == "other" else token.text
    return text if len(text) <= 30 else text[:29] + "…"


# --- The grammar -----------------------------------------------------------------------------


@cache
def _functions() -> frozenset[str]:
    for line in _lines():
        name, colon, rest = line.partition(":")
        if colon and name.strip() == "FUNCTION":
            return frozenset(rest.split())
    raise AssertionError("sparql.ebnf lists no functions")


def _lines() -> list[str]:
    text = resource_path("graph/sparql.ebnf").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _grammar() -> dict[str, _Node]:
    rules = {}
    for line in _lines():
        found = re.match(r"(\w+)\s+= (.*)", line)
        if found:
            rules[found[1]] = _parsed(re.findall(r"'[^']*'|\"[^\"]*\"|\w+|[()|?*+]", found[2]))
    return rules


def _parsed(words: list[str]) -> _Node:
    choices: list[_Node] = [_Node("all")]
    while words and words[0] != ")":
        word = words.pop(0)
        if word == "|":
            choices.append(_Node("all"))
            continue
        if word == "(":
            node = _parsed(words)
            words.pop(0)
        elif word[0] in "'\"":
            node = _Node("token", name=word[1:-1].upper())
        else:
            node = _Node("token" if word.isupper() else "rule", name=word)
        suffix = words.pop(0) if words and words[0] in ("?", "*", "+") else ""
        if suffix == "+":
            choices[-1].parts.append(node)
        if suffix:
            node = _Node("maybe" if suffix == "?" else "many", [node])
        choices[-1].parts.append(node)
    return choices[0] if len(choices) == 1 else _Node("one", choices)


_FIRSTS: dict[int, frozenset[str]] = {}


def _first(node: _Node) -> frozenset[str]:
    """The tokens that a piece may begin with; with "" among them it may be nothing at all."""
    if id(node) not in _FIRSTS:
        _FIRSTS[id(node)] = _first_of(node)
    return _FIRSTS[id(node)]


def _first_of(node: _Node) -> frozenset[str]:
    if node.kind == "token":
        return frozenset({node.name})
    if node.kind == "rule":
        return _first(_grammar()[node.name])
    if node.kind == "one":
        return frozenset().union(*map(_first, node.parts))
    if node.kind in ("maybe", "many"):
        return _first(node.parts[0]) | {""}
    found: frozenset[str] = frozenset()
    for part in node.parts:
        found |= _first(part) - {""}
        if "" not in _first(part):
            return found
    return found | {""}
