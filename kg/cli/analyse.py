"""``kg analyse``: who matters, who stands how to whom, and what changed."""

from __future__ import annotations

import argparse
import os
import re
import sys
from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.graphs import add_graph, reading
from kg.cli.terminal import json_line, say, visible

if TYPE_CHECKING:
    from kg.graph.analyse import Analysis

HELP = "who matters, allies and adversaries, balance, changes, unusual months"
DESCRIPTION = """\
Analyses the actor network of a build, or of a file of statements, and prints the main
findings. --report writes them as a page to read and print, with plots, tables and the
sentences behind them; --json prints every figure for programs. docs/analysis.md defines
the figures.
"""
EXAMPLES = """\
examples:
  kg analyse
  kg analyse graph/ --report report.html
  kg analyse --since 2024 --period quarter --json > figures.json
"""

_PERIODS = ("month", "quarter", "half", "year", "decade")
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    add_graph(parser)
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="write the findings as an HTML page"
    )
    parser.add_argument("--json", action="store_true", help="print all figures as JSON")
    parser.add_argument(
        "--since", type=_first_day, metavar="DAY", help="only from this day, month or year on"
    )
    parser.add_argument(
        "--until", type=_last_day, metavar="DAY", help="only up to this day, month or year"
    )
    parser.add_argument(
        "--period", choices=_PERIODS, help="length of the periods to compare (default: as fits)"
    )
    parser.add_argument(
        "--half-life",
        type=_half_life,
        default=365.0,
        metavar="DAYS",
        help="after so many days an act counts half for allies and adversaries "
        "(default: 365; 0: nothing fades)",
    )
    parser.add_argument(
        "--asserted", action="store_true", help="leave out what only quoted sources say"
    )
    parser.add_argument(
        "--by-state",
        action="store_true",
        help="count what officials and government bodies do as their state's",
    )


def run(arguments: argparse.Namespace) -> int:
    """Analyse, then write the report, the JSON or the findings."""
    from kg.folder import PAGE
    from kg.graph.analyse import Options, analyse

    options = Options(
        since=arguments.since,
        until=arguments.until,
        period=arguments.period,
        half_life=arguments.half_life or None,
        asserted=arguments.asserted,
        by_state=arguments.by_state,
    )
    with reading(arguments.path) as graph:
        analysis = analyse(graph.statements, graph.documents, options)
    if arguments.report:
        from kg.graph.report import write_report

        page = graph.folder / PAGE
        address = _relative(page, arguments.report) if page.exists() else None
        write_report(arguments.report, analysis, graph.documents, page=address)
        say(f"Wrote {arguments.report}.")
    if arguments.json:
        from kg.graph.analysis_json import as_json

        sys.stdout.write(json_line(as_json(analysis)) + "\n")
    elif not arguments.report:
        _print(analysis)
    return 0


def _print(analysis: Analysis) -> None:
    from kg.graph.report.text import lines

    for line in lines(analysis):
        sys.stdout.write(visible(line) + "\n")


def _relative(page: Path, report: Path) -> str:
    """The address of the page seen from the report."""
    from urllib.parse import quote

    try:
        way = os.path.relpath(page.resolve(), report.resolve().parent)
    except ValueError:  # on another drive
        return page.resolve().as_uri()
    return quote(Path(way).as_posix())


def _parts(text: str) -> tuple[int, int | None, int | None]:
    found = _DAY.fullmatch(text)
    if not found:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day, month or year like 2025-09-22")
    year, month, day = (int(part) if part else None for part in found.groups())
    return year or 0, month, day


def _first_day(text: str) -> date:
    year, month, day = _parts(text)
    return _date(text, year, month or 1, day or 1)


def _last_day(text: str) -> date:
    year, month, day = _parts(text)
    month = month or 12
    last = monthrange(year, month)[1] if 1 <= month <= 12 and year else 1
    return _date(text, year, month, day or last)


def _date(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no day of the calendar") from None


def _half_life(text: str) -> float:
    try:
        days = float(text)
    except ValueError:
        days = -1.0
    if not 0 <= days < 1e6:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of days")
    return days
