"""``kg convert``: between statements as JSON Lines and every format of RDF."""

from __future__ import annotations

import argparse
import io
import sys
from contextlib import redirect_stdout

from kg.cli.terminal import say, visible

HELP = "convert between JSON Lines, Turtle, TriG, N-Quads, N-Triples, JSON-LD and RDF/XML"
DESCRIPTION = """\
The suffixes say what is what: .jsonl (statements), .ttl, .trig, .nq, .nt, .jsonld,
.rdf, each also with .gz behind it; IN may also be the output folder of a build or a
store. '-' is standard input or output, with --from or --to. Nothing is lost on the
way: statements come back from RDF as they were. The graphs of articles are kept by
.trig, .nq and .jsonld; the others hold the union.
"""
EXAMPLES = """\
examples:
  kg convert out/graph.trig graph.nq.gz
  kg convert out/ graph.jsonld
  kg convert statements.jsonl graph.ttl --rdf12
  kg convert graph.ttl - --to jsonl | head
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    parser.add_argument("source", metavar="IN", help="a file, an output folder, a store, or -")
    parser.add_argument("target", metavar="OUT", help="the file to write, or -")
    parser.add_argument("--from", dest="read_as", default="", metavar="SUFFIX", help="form of IN")
    parser.add_argument("--to", dest="write_as", default="", metavar="SUFFIX", help="form of OUT")
    parser.add_argument(
        "--documents",
        metavar="FILE",
        help="the articles of statements in .jsonl (default: documents.jsonl beside them)",
    )
    parser.add_argument(
        "--belief",
        metavar="NAME|FILE",
        help="which statements in .jsonl become plain edges: asserted (default), claimed, "
        "disputed, or a file with a CONSTRUCT query",
    )
    version = parser.add_mutually_exclusive_group()
    version.add_argument(
        "--rdf12", action="store_true", default=None, help="add triple terms of RDF 1.2"
    )
    version.add_argument(
        "--rdf11", dest="rdf12", action="store_false", help="take triple terms of RDF 1.2 out"
    )


def run(arguments: argparse.Namespace) -> int:
    """Convert and say how much; what goes to a terminal cannot steer it."""
    if arguments.target == "-" and sys.stdout.isatty():
        held = io.BytesIO()
        with redirect_stdout(io.TextIOWrapper(held, encoding="utf-8")):
            status = _convert(arguments)
            text = held.getvalue().decode("utf-8", "replace")
        sys.stdout.write(visible(text))
        return status
    return _convert(arguments)


def _convert(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from kg.conversion import LINES, convert
    from kg.graph.belief import belief_text

    count = convert(
        arguments.source,
        arguments.target,
        documents=Path(arguments.documents) if arguments.documents else None,
        belief=belief_text(arguments.belief) if arguments.belief else None,
        rdf12=arguments.rdf12,
        read_as=arguments.read_as,
        write_as=arguments.write_as,
    )
    if arguments.target != "-":
        lines = LINES in Path(arguments.target).suffixes
        say(f"Wrote {count:,} {'statements' if lines else 'triples'} to {arguments.target}.")
    return 0
