"""``kg show``: the actor graph as a page."""

from __future__ import annotations

import argparse
import webbrowser
from pathlib import Path

from kg.cli.graphs import add_graph, reading
from kg.cli.terminal import note, say

HELP = "write the page with the actor graph and open it"
DESCRIPTION = """\
Writes graph.html from the statements of a build, or from a file of statements, and
opens it in the browser. The page is one file and asks nothing of any host.
"""
EXAMPLES = """\
examples:
  kg show
  kg show graph/ --no-open
  kg show statements.jsonl --out page.html
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    add_graph(parser)
    parser.add_argument(
        "-o", "--out", type=Path, metavar="FILE", help="default: graph.html beside the statements"
    )
    parser.add_argument("--no-open", action="store_true", help="write the page only")


def run(arguments: argparse.Namespace) -> int:
    """Write the page, say where it is, open it."""
    from kg.folder import PAGE
    from kg.graph.view import write_html

    with reading(arguments.path) as graph:
        page: Path = arguments.out or graph.folder / PAGE
        write_html(page, graph.statements, graph.documents)
    say(f"Wrote {page}.")
    if not arguments.no_open and not webbrowser.open(page.resolve().as_uri()):
        note(f"no browser could be started; open {page} in one")
    return 0
