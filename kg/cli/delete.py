"""``kg delete``: documents, and what was read in them, leave a graph."""

from __future__ import annotations

import argparse

from kg.cli.graphs import add_store
from kg.cli.terminal import say

HELP = "take documents and all that was read in them alone out of a graph"
DESCRIPTION = """\
Removes documents by their ids ('kg query @documents' lists them) from the output
folder of a build, or from a bare store. What other documents say as well stays; the
plain edges are derived again. All goes or nothing does.
"""
EXAMPLES = """\
examples:
  kg delete kim-trump-talks
  kg delete doc-0f3a doc-77b1 --from graph/
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    parser.add_argument("documents", nargs="+", metavar="DOCUMENT", help="ids of documents")
    add_store(parser)


def run(arguments: argparse.Namespace) -> int:
    """Delete and say what is left."""
    from kg.graph.store import is_store
    from kg.summary import counted
    from kg.upkeep import delete

    left = delete(arguments.folder, arguments.documents)
    what = counted(left, "document" if is_store(arguments.folder) else "statement")
    say(f"Deleted {counted(len(set(arguments.documents)), 'document')}; {what} left.")
    return 0
