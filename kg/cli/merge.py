"""``kg merge``: several graphs become one."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.cli.terminal import say

HELP = "put what several output folders or stores hold into one"
DESCRIPTION = """\
Merges output folders of 'kg build', or bare stores, into the first of them or into
--out. A document that several have is taken from the last of them; merging again
changes nothing. Copies of a story are counted across all of them. The result appears
whole or not at all.
"""
EXAMPLES = """\
examples:
  kg merge out/ yesterday/
  kg merge january/ february/ march/ --out quarter/
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    parser.add_argument(
        "graphs", nargs="+", type=Path, metavar="FOLDER", help="output folders, or stores"
    )
    parser.add_argument(
        "-o", "--out", type=Path, metavar="FOLDER", help="where to (default: into the first)"
    )
    parser.add_argument(
        "--belief",
        metavar="NAME|FILE",
        help="which statements become plain edges (default: as in the first)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Merge and say what is there now."""
    from kg.graph.belief import belief_text
    from kg.graph.store import documents_in, is_store, open_store
    from kg.upkeep import merge

    belief = belief_text(arguments.belief) if arguments.belief else None
    path = merge(arguments.graphs, arguments.out, belief=belief)
    store = open_store(path if is_store(path) else path / "store")
    say(f"{path} now holds {len(documents_in(store))} documents.")
    return 0
