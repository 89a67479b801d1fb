"""``kg actors``: what the gazetteer knows."""

from __future__ import annotations

import argparse
import sys

from kg.cli.articles import add_actors
from kg.cli.terminal import note, one_line

HELP = "look a name up in the tables of actors"
DESCRIPTION = """\
Shows what the tables of actors know under a name: first those that are called just
so, then those whose names contain it. Each line gives the id, the label, the type,
the country, the sector, the name with its kind, and from when to when it is valid.
Exit status 1 when nothing is found.
"""
EXAMPLES = """\
examples:
  kg actors search Pyongyang
  kg actors search "revolutionary guard" --actors my.csv
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """What is asked, the name, and tables of one's own."""
    parser.add_argument("action", choices=("search",), help="what to do")
    parser.add_argument("name", metavar="NAME", help="a name or a part of one, in whole words")
    add_actors(parser)
    parser.add_argument(
        "--limit",
        type=int,
        default=30,
        metavar="N",
        help="show so many lines at most (default: 30)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print one line for each name of an actor."""
    from kg.text.gazetteer import search

    found = search(arguments.name, arguments.actors)
    limit = max(arguments.limit, 0)
    for name, actor in found[:limit]:
        about = (actor.country or "-", actor.sector or "-")
        when = f"{name.since or ''}..{name.until or ''}" if name.since or name.until else ""
        kind = f"{name.text} ({name.kind})"
        line = "\t".join((actor.id, actor.label, str(actor.type), *about, kind, when))
        sys.stdout.write("\t".join(map(one_line, line.rstrip("\t").split("\t"))) + "\n")
    if len(found) > limit:
        note(f"{len(found) - limit} more; --limit shows them")
    if not found:
        note(f"the tables know nothing under '{one_line(arguments.name)}'")
    return 0 if found else 1
