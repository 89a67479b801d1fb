"""``kg export``: the graph for other programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.cli.graphs import add_graph, reading
from kg.cli.terminal import say, visible
from kg.errors import DataError

HELP = "write the network for Gephi, Cytoscape, spreadsheets or Aleph"
DESCRIPTION = """\
Writes the actor network of a build, or of a file of statements, in the format of another
program: graphml (yEd, Gephi, igraph), gexf (Gephi), cytoscape (Cytoscape, Cytoscape.js),
nodes and edges (CSV), ftm (FollowTheMoney entities for Aleph and OpenSanctions tools, one
JSON object a line). Without --out to standard output.
"""
EXAMPLES = """\
examples:
  kg export --format gexf --out network.gexf
  kg export graph/ --out people.nodes.csv
  kg export --format ftm | ftm validate
"""

_FORMATS = ("graphml", "gexf", "cytoscape", "nodes", "edges", "ftm")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    add_graph(parser)
    parser.add_argument(
        "--format", choices=_FORMATS, help="default: what the ending of --out says, or graphml"
    )
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="default: standard output")


def run(arguments: argparse.Namespace) -> int:
    """Write the network."""
    from kg.graph.exports import FORMATS
    from kg.graph.ftm import entities_jsonl
    from kg.graph.network import actor_network
    from kg.graph.output import write_whole

    format_ = arguments.format or _by_ending(arguments.out)
    with reading(arguments.path) as graph:
        if format_ == "ftm":
            content = entities_jsonl(graph.statements, graph.documents)
        else:
            content = FORMATS[format_].write(actor_network(graph.statements, graph.documents))
    if arguments.out:
        write_whole(arguments.out, content)
        say(f"Wrote {arguments.out}.")
    elif sys.stdout.isatty():
        sys.stdout.write(visible(content.decode("utf-8")))
    else:
        sys.stdout.buffer.write(content)
    return 0


def _by_ending(path: Path | None) -> str:
    """The format that the name of a file asks for; raises ``DataError`` when it asks for none."""
    from kg.graph.exports import FORMATS
    from kg.graph.ftm import ENDING

    if path is None:
        return "graphml"
    endings = {**{one.ending: name for name, one in FORMATS.items()}, ENDING: "ftm"}
    for ending, name in endings.items():
        if path.name.endswith(ending):
            return name
    raise DataError(
        path, None, "its ending says no format", f"use --format, or one of {', '.join(endings)}"
    )
