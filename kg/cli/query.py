"""``kg query``: SPARQL over what a build left; never imports the language model."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.graphs import add_store
from kg.cli.terminal import visible
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.graph.result import Result

HELP = "ask the graph in SPARQL, or one of the questions that come with kg"
DESCRIPTION = """\
Answers a SPARQL query, a file with one, or a stock question named @name, from the
store of a build. The prefixes of kg (kg:, wd:, rdfs:, …) need no declaration.
Parameters of a stock question follow it as options: --actor "North Korea" --since 2024.

A table on a terminal, CSV when the output goes elsewhere; a CONSTRUCT query gives
Turtle. In CSV, text that a spreadsheet would take for a formula has an apostrophe in
front; TSV and JSON have it as it is. '-' reads the query from standard input.
"""
EXAMPLES = """\
examples:
  kg query --list
  kg query @allies --actor "North Korea" --since 2024
  kg query "SELECT ?who ?what WHERE { ?who kg:invaded ?what }"
  kg query question.rq --from graph/ --format json
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the verb; options it does not know are parameters of the question."""
    parser.add_argument(
        "query", nargs="?", help="SPARQL, a file .rq, @name of a stock question, or -"
    )
    parser.add_argument("--list", action="store_true", help="list the stock questions")
    add_store(parser)
    parser.add_argument(
        "--format",
        choices=("table", "csv", "tsv", "json", "ttl"),
        help="default: table on a terminal, csv elsewhere, ttl for CONSTRUCT",
    )
    parser.add_argument(
        "--timeout",
        type=_seconds,
        default=300.0,
        metavar="SECONDS",
        help="give up after so many seconds (default: 300; 0: never)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the answer or the list of questions."""
    if arguments.list:
        sys.stdout.write(_listing())
        return 0
    if not arguments.query:
        raise QueryError("no query given (try: kg query --list)")
    from kg.graph.query import query

    text = _text(arguments.query)
    inner = arguments.folder / "store"
    result = query(
        text,
        store=inner if inner.is_dir() or not arguments.folder.is_dir() else arguments.folder,
        timeout=arguments.timeout or None,
        parameters=dict(_parameters(arguments.rest)),
    )
    text = _formatted(result, arguments.format)
    # What an article says must not steer a terminal, in whatever format.
    sys.stdout.write(visible(text) if sys.stdout.isatty() else text)
    return 0


def _text(given: str) -> str:
    if given == "-":
        return sys.stdin.read()
    if given.endswith((".rq", ".sparql")) and not set(given) & set("{}\n"):
        path = Path(given)
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8"
            raise QueryError(f"{path}: the query cannot be read: {reason}") from error
    return given


def _seconds(text: str) -> float:
    try:
        if 0 <= float(text) <= 86_400:
            return float(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"'{text}' is no number of seconds (0 to 86400)")


def _parameters(rest: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of ``--name value`` and ``--name=value``."""
    found: list[tuple[str, str]] = []
    words = iter(rest)
    for word in words:
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name:
            raise QueryError(f"'{word}' is not an option (the query comes first, in one argument)")
        if not equals:
            following = next(words, None)
            if following is None:
                raise QueryError(f"--{name} needs a value")
            value = following
        found.append((name, value))
    return found


def _formatted(result: Result, form: str | None) -> str:
    if form is None and result.triples is not None:
        form = "ttl"
    if form is None:
        form = "table" if sys.stdout.isatty() else "csv"
    if form == "ttl":
        if result.triples is None:
            raise QueryError("only a CONSTRUCT query gives triples (choose another --format)")
        return result.to_turtle()
    if form == "csv":
        return result.to_csv()
    if form == "tsv":
        return result.to_tsv()
    if form == "json":
        return result.to_json()
    return result.to_table(shutil.get_terminal_size().columns)


def _listing() -> str:
    from kg.graph.stock import stock_queries

    lines = []
    for stock in stock_queries().values():
        lines.append(f"@{stock.name}  {stock.title}")
        for parameter in stock.parameters:
            need = " (required)" if parameter.required else ""
            lines.append(f"    --{parameter.name}  {parameter.help}{need}")
    return "\n".join(lines) + "\n"
