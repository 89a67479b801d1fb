"""``kg actors``: what the gazetteer knows."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kg.cli.articles import add_actors
from kg.cli.terminal import note, one_line

HELP = "look a name up in the tables of actors"
DESCRIPTION = """\
Shows what the tables of actors know. search: first those that are called just so,
then those whose names contain it; each line gives the id, the label, the type, the
country, the sector, the name with its kind, and from when to when it is valid.
members: the states of an organisation; offices: who held an office of a state or an
organisation, or the offices of a person; each with dates. Exit status 1 when nothing
is found.
"""
EXAMPLES = """\
examples:
  kg actors search Pyongyang
  kg actors search "revolutionary guard" --actors my.csv
  kg actors members NATO
  kg actors offices Pakistan
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """What is asked, the name, and tables of one's own."""
    parser.add_argument("action", choices=("search", "members", "offices"), help="what to do")
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
    """Print one line for each name of an actor, each member or each term of office."""
    rows = {"search": _names, "members": _members, "offices": _offices}[arguments.action]
    found = list(rows(arguments.name, arguments.actors))
    limit = max(arguments.limit, 0)
    for cells in found[:limit]:
        sys.stdout.write("\t".join(map(one_line, cells)).rstrip("\t") + "\n")
    if len(found) > limit:
        note(f"{len(found) - limit} more; --limit shows them")
    if not found:
        from kg.text.searching import alike

        near = " or ".join(alike(arguments.name, arguments.actors))
        meant = f" (did you mean {near}?)" if near else ""
        note(f"the tables know nothing under '{one_line(arguments.name)}'{meant}")
    return 0 if found else 1


def _names(name: str, extra: tuple[Path, ...]) -> Iterator[tuple[str, ...]]:
    from kg.text.searching import search

    for found, actor in search(name, extra):
        about = (actor.country or "-", actor.sector or "-")
        kind = f"{found.text} ({found.kind})"
        when = _dates(found.since, found.until)
        yield actor.id, actor.label, str(actor.type), *about, kind, when


def _members(name: str, extra: tuple[Path, ...]) -> Iterator[tuple[str, ...]]:
    from kg.text.searching import members

    for membership, state in members(name, extra):
        when = _dates(membership.since, membership.until)
        yield membership.organisation, state.id, state.label, membership.country, when


def _offices(name: str, extra: tuple[Path, ...]) -> Iterator[tuple[str, ...]]:
    from kg.text.searching import terms

    for term, person in terms(name, extra):
        yield term.office, term.owner, person.id, person.label, _dates(term.since, term.until)


def _dates(since: date | None, until: date | None) -> str:
    return f"{since or ''}..{until or ''}" if since or until else ""
