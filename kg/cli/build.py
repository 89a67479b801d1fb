"""``kg build``: articles to a folder with everything in it."""

from __future__ import annotations

import argparse

from kg.cli.articles import add_articles, columns_of, jobs
from kg.cli.terminal import Progress, note, say, skipped

HELP = "read articles and write statements, RDF, store, network and page into a folder"
DESCRIPTION = """\
The main job. Writes into the output folder: statements.jsonl, documents.jsonl,
graph.ttl (all triples), graph.trig (a named graph per document), store/ (for
'kg query'), network.graphml, graph.html (opens offline) and summary.md.

The same articles give the same files. Everything is made beside what is there and
moved into place at the end, so a build that fails leaves the folder as it was.
"""
EXAMPLES = """\
examples:
  kg build seeds/
  kg build articles/ more.jsonl --out graph/ --jobs 2
  kg build more/ --out graph/ --add
  kg build articles/ --belief claimed
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    add_articles(parser, least=1)
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
        "--rdf12",
        action="store_true",
        help="also write triple terms of RDF 1.2, for stores that take them",
    )


def run(arguments: argparse.Namespace) -> int:
    """Build and say what was made."""
    from kg.builder import build
    from kg.graph.belief import belief_text

    telling = _Telling()
    day, columns = columns_of(arguments)
    graph = build(
        arguments.paths,
        arguments.out,
        jobs=arguments.jobs,
        date=day,
        columns=columns,
        belief=belief_text(arguments.belief) if arguments.belief else None,
        model=arguments.model,
        actors=arguments.actors,
        add=arguments.add,
        rdf12=arguments.rdf12,
        listener=telling,
    )
    telling.bar.end()
    for line in graph.headlines():
        say(line)
    say(
        f"Wrote {graph.path}/. Open {graph.page} in a browser, or read {graph.path / 'summary.md'}."
    )
    return 1 if graph.skipped else 0


class _Telling:
    """Passes on to the terminal what happens during the build."""

    def __init__(self) -> None:
        self.bar = Progress()

    def skipped(self, line: str) -> None:
        """A document was left out."""
        skipped(line)

    def note(self, line: str) -> None:
        """Something was repaired or left out without loss."""
        note(line)

    def progress(self, documents: int, statements: int) -> None:
        """Another document was read."""
        self.bar.show(f"{documents} documents, {statements} statements")
