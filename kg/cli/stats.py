"""``kg stats``: what a graph holds, in numbers."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.cli.terminal import json_line, visible

HELP = "count what a graph holds: documents, statements, entities, triples"
DESCRIPTION = """\
Counts the documents, statements, entities and triples of the output folder of a
build, of a bare store or of an RDF file, with the most frequent relations and
entities and the days they tell of.
"""
EXAMPLES = """\
examples:
  kg stats
  kg stats graph.nq.gz --format json
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    parser.add_argument(
        "graph",
        nargs="?",
        type=Path,
        default=Path("out"),
        metavar="PATH",
        help="an output folder (default: out), a store, or an RDF file",
    )
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="default: table"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the counts."""
    from kg.folder import MARKER, Graph
    from kg.graph.counts import counts_of

    path: Path = arguments.graph
    if (path / MARKER).exists():
        path = Graph(path).path / "store"
    counts = counts_of(path)
    if arguments.format == "json":
        sys.stdout.write(json_line(counts.to_json()) + "\n")
    else:
        sys.stdout.write(visible("\n".join(counts.lines()) + "\n"))
    return 0
