"""``%%sparql`` for Jupyter: a cell of SPARQL whose answer is a DataFrame.

::

    %load_ext kg.notebook

    %%sparql graph --into pacts
    SELECT ?who ?with WHERE { ?who kg:signedDefencePactWith ?with }

    %sparql @allies --actor "North Korea" --since 2024
"""

from __future__ import annotations

import shlex
from typing import Any

from kg.errors import KGError, QueryError
from kg.folder import Graph


def load_ipython_extension(shell: Any) -> None:
    """Make ``%sparql`` and ``%%sparql`` known to a notebook: ``%load_ext kg.notebook``."""

    def sparql(line: str, cell: str | None = None) -> Any:
        return run_sparql(shell, line, cell)

    sparql.__doc__ = run_sparql.__doc__
    shell.register_magic_function(sparql, "line_cell", "sparql")


def run_sparql(shell: Any, line: str, cell: str | None = None) -> Any:
    """Ask a graph in SPARQL.

    ``%sparql [GRAPH] @name [--parameter value …] [--into variable]`` for a question that comes
    with kg, ``%%sparql [GRAPH] [--parameter value …] [--into variable]`` above a query of one's
    own. GRAPH is the variable that holds the graph; without it the only one there is.
    A query ends after ``--timeout`` seconds (300), and when the cell is interrupted.
    """
    from IPython.core.error import UsageError

    try:
        graph, question, parameters, into = _understood(shell.user_ns, line)
        text = question or (cell or "").strip()
        if not text or (question and cell and cell.strip()):
            raise QueryError("give either @name on the line or a query in the cell")
        answer = graph.query(text, timeout=_seconds(parameters), **parameters)
    except KGError as error:
        # Jupyter shows this as one line instead of a traceback.
        raise UsageError(str(error)) from None
    if into is None:
        return answer
    shell.user_ns[into] = answer
    return None


def _seconds(given: dict[str, Any]) -> float:
    """The time limit among the parameters, which is none of the query's.

    There always is one: only a query in a process of its own can be interrupted.
    """
    text = given.pop("timeout", "300")
    try:
        if 0 < float(text) <= 86_400:
            return float(text)
    except ValueError:
        pass
    raise QueryError(f"--timeout '{text}' is no number of seconds (up to 86400)")


def _understood(
    variables: dict[str, Any], line: str
) -> tuple[Graph, str | None, dict[str, Any], str | None]:
    """The graph, the ``@name``, the parameters and the variable that a line speaks of."""
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise QueryError(f"the line cannot be read: {error}") from error
    graph: Graph | None = None
    question: str | None = None
    given: dict[str, Any] = {}
    rest = iter(words)
    for word in rest:
        if word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            following = value if equals else next(rest, None)
            if following is None:
                raise QueryError(f"--{name} needs a value")
            given[name] = following
        elif word.startswith("@") and question is None:
            question = word
        elif graph is None and isinstance(variables.get(word), Graph):
            graph = variables[word]
        else:
            raise QueryError(f"'{word}' is neither a graph nor an option (--name value)")
    into = given.pop("into", None)
    if into is not None and not into.isidentifier():
        raise QueryError(f"--into '{into}' is no name of a variable")
    return graph or _only_graph(variables), question, given, into


def _only_graph(variables: dict[str, Any]) -> Graph:
    names = [
        name
        for name, value in variables.items()
        if isinstance(value, Graph) and not name.startswith("_")
    ]
    if len({id(variables[name]) for name in names}) == 1:
        only: Graph = variables[names[0]]
        return only
    if names:
        raise QueryError(f"which graph? name one on the line: {', '.join(sorted(names))}")
    raise QueryError('there is no graph yet (graph = kg.load("out"))')
