"""``kg validate``: whether RDF keeps to the ontology."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.cli.terminal import say, visible

HELP = "check an RDF file against the shapes of the ontology (SHACL)"
DESCRIPTION = """\
Reads Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML and names each node that
breaks a rule of ontology/shapes.ttl. Exit status 1 when there is any.
"""
EXAMPLES = """\
examples:
  kg validate out/graph.ttl
  kg validate my-data.trig --shapes my-shapes.ttl
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the RDF file, also with .gz")
    parser.add_argument(
        "--shapes", type=Path, metavar="FILE", help="SHACL shapes of your own instead"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the violations."""
    from kg.graph.validate import validate

    violations = validate(arguments.file, arguments.shapes)
    for violation in violations:
        sys.stdout.write(visible(f"{violation}\n"))
    if not violations:
        say(f"{arguments.file}: in order")
    return 1 if violations else 0
