"""``kg build``: articles to a folder with everything in it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cli.articles import add_articles, columns_of, inputs_of, jobs, note_nothing
from kg.cli.cluster import add_cluster, read_parts, reading, to_parts
from kg.cli.terminal import Pace, Progress, note, say, skipped
from kg.errors import ClusterError, DocumentError, StoreError
from kg.summary import counted

if TYPE_CHECKING:
    from kg.folder import Graph

HELP = "read articles and write statements, RDF, store, network and page into a folder"
DESCRIPTION = """\
The main job. Writes into the output folder: statements.jsonl, documents.jsonl,
graph.ttl (all triples), graph.trig (a named graph per document), store/ (for
'kg query'), network.graphml, graph.html (opens offline) and summary.md.

The same articles give the same files. Everything is made beside what is there and
moved into place at the end, so a build that fails leaves the folder as it was. What
was read until then is kept: the same command goes on from there, after Ctrl-C, a full
disk or a loss of power.
"""
EXAMPLES = """\
examples:
  kg build seeds/
  kg build articles/ more.jsonl --out graph/ --jobs 2
  kg build more/ --out graph/ --add
  kg build --refresh --out graph/
  kg build articles/ --belief claimed
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    add_articles(parser)
    parser.add_argument(
        "-o", "--out", default="out", metavar="FOLDER", help="output folder (default: out)"
    )
    parser.add_argument(
        "--jobs", type=jobs, default=1, metavar="N", help="number of processes (default: 1)"
    )
    parser.add_argument(
        "--belief",
        metavar="NAME|FILE",
        help="which statements become plain edges: asserted (default), claimed, disputed, "
        "or a file with a CONSTRUCT query",
    )
    parser.add_argument(
        "--add",
        action="store_true",
        help="keep the documents that the folder already holds; those given win",
    )
    parser.add_argument(
        "--refresh",
        action="store_true",
        help="like --add, and read those documents of the folder again that other versions of "
        "kg, its model or its data have read; needs no PATH",
    )
    parser.add_argument(
        "--rdf12",
        action="store_true",
        help="also write triple terms of RDF 1.2, for stores that take them",
    )
    add_cluster(parser)


def run(arguments: argparse.Namespace) -> int:
    """Build and say what was made."""
    if not arguments.paths and not arguments.refresh:
        raise DocumentError("nothing to build", "no articles are named", "kg build PATH")
    from kg.intake import documents_kept

    telling = _Telling(arguments.paths, documents_kept(arguments.out))
    try:
        graph = _graph(arguments, telling)
    except (ClusterError, KeyboardInterrupt, StoreError):
        telling.bar.end()
        if kept := documents_kept(arguments.out):
            note(f"what was read is kept ({counted(kept, 'document')}); the same command goes on")
        raise
    telling.bar.end()
    if graph is None:
        return 1 if telling.skips else 0
    for line in graph.headlines():
        say(line)
    say(
        f"Wrote {graph.path}/. Open {graph.page} in a browser, or read {graph.path / 'summary.md'}."
    )
    note_nothing(len(graph))
    return 1 if graph.skipped else 0


def _graph(arguments: argparse.Namespace, telling: _Telling) -> Graph | None:
    """What was built; None with ``--no-merge``."""
    from kg.builder import build
    from kg.graph.belief import belief_text

    belief = belief_text(arguments.belief) if arguments.belief else None
    options: dict[str, Any] = {"belief": belief, "rdf12": arguments.rdf12}
    options |= {"model": arguments.model, "actors": arguments.actors}
    if to_parts(arguments):
        return read_parts(arguments, telling, options)
    day, columns = columns_of(arguments)
    with reading(arguments, telling) as there:
        return build(
            inputs_of(arguments),
            arguments.out,
            jobs=arguments.jobs,
            date=day,
            columns=columns,
            add=arguments.add,
            refresh=arguments.refresh,
            listener=telling,
            **options,
            **there,
        )


class _Telling:
    """Passes on to the terminal what happens during the build."""

    def __init__(self, paths: Sequence[str], before: int) -> None:
        self.bar = Progress()
        self._pace = Pace(_expected(paths) if self.bar.shown else None, before)
        self.skips = 0

    def skipped(self, line: str) -> None:
        """A document was left out."""
        self.skips += 1
        skipped(line)

    def note(self, line: str) -> None:
        """Something was repaired or left out without loss."""
        note(line)

    def progress(self, documents: int, statements: int) -> None:
        """More documents were read."""
        pace = self._pace.at(documents + self.skips)
        self.bar.show(f"{documents} documents, {statements} statements{pace}")


_SINGLE = (".txt", ".htm", ".html", ".xhtml", ".md", ".markdown", ".eml", ".docx", ".pdf")
_LINES = (".jsonl", ".ndjson")


def _expected(paths: Sequence[str]) -> int | None:
    """About how many documents the paths hold; None where only reading them would tell."""
    from kg.text.readers import is_readable

    total = 0
    for path in map(Path, paths):
        inside = (Path(root, name) for root, _, names in os.walk(path) for name in names)
        for file in inside if path.is_dir() else [path]:
            kind = file.suffix.lower()
            if kind in _LINES and file.is_file():
                with file.open("rb") as lines:
                    total += sum(1 for _ in lines)
            elif kind in _SINGLE:
                total += 1
            elif is_readable(file.name) or not path.exists():
                return None
    return total
