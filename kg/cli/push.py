"""``kg push``: loads a graph into a store elsewhere."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from kg.cli.terminal import Progress, note, say
from kg.errors import DataError, EndpointError
from kg.summary import counted

HELP = "load the graph into a triple store elsewhere"
DESCRIPTION = """\
Sends the graphs of a build, or of an RDF file, to the store at URL: by the Graph
Store Protocol, or as SPARQL updates (--via update). Each graph takes the place of
the one of its name. What has arrived is noted in a file beside the source: the same
command goes on after a failure, and later sends only what has changed.

Who asks is never written on the command line: KG_PUSH_USER and KG_PUSH_PASSWORD, or
KG_PUSH_TOKEN, or ~/.netrc. docs/stores.md has the addresses of common stores.
"""
EXAMPLES = """\
examples:
  kg push http://localhost:7878/store
  kg push http://localhost:3030/kg/data graph/
  KG_PUSH_USER=dba KG_PUSH_PASSWORD=… kg push http://localhost:8890/sparql-graph-crud-auth
  kg push https://store.example/update --via update facts.ttl --graph https://example.org/facts
"""
_VIA = ("graph-store", "update")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    parser.add_argument("url", metavar="URL", help="where the store takes graphs, or updates")
    parser.add_argument(
        "source",
        nargs="?",
        type=Path,
        default=Path("out"),
        metavar="SOURCE",
        help="the output folder of a build, or an RDF file (default: out)",
    )
    parser.add_argument(
        "--via", choices=_VIA, default=_VIA[0], help="Graph Store Protocol (default) or updates"
    )
    parser.add_argument(
        "--graph",
        metavar="IRI",
        help="put everything into this one graph, or with 'default' into the default graph",
    )
    parser.add_argument(
        "--batch", type=_count, metavar="N", help="triples in a request (default: 20000, 1000)"
    )
    parser.add_argument(
        "--prune", action="store_true", help="remove graphs sent earlier that are gone here"
    )
    parser.add_argument("--state", type=Path, metavar="FILE", help="where to note what has arrived")
    parser.add_argument(
        "--restart", action="store_true", help="send everything, whatever was noted"
    )
    parser.add_argument(
        "--timeout",
        type=float,
        default=120.0,
        metavar="SECONDS",
        help="how long the store may take for a request (default: 120)",
    )
    parser.add_argument(
        "--plain-http",
        action="store_true",
        help="send a password to another machine without encryption",
    )


def run(arguments: argparse.Namespace) -> int:
    """Send the graphs."""
    from kg.graph.files import read_graphs
    from kg.graph.remote.push import PushState, Via, joined, push
    from kg.graph.remote.session import Session, credentials_for

    credentials = credentials_for(arguments.url)
    source: Path = arguments.source
    file = source / "graph.trig" if source.is_dir() else source
    if not file.is_file():
        raise DataError(file, None, "there is nothing to send", "make it with `kg build`")
    state_file = arguments.state or _state_file(file, arguments.url)
    state = (
        PushState(arguments.url) if arguments.restart else PushState.read(state_file, arguments.url)
    )
    graphs = read_graphs(file)
    if arguments.graph is not None:
        graphs = joined(graphs, _graph(arguments.graph))
    progress = Progress()
    with Session(
        arguments.url,
        credentials,
        seconds=arguments.timeout,
        plain_http=arguments.plain_http,
        said=note,
    ) as session:
        try:
            report = push(
                graphs,
                session,
                state,
                via=Via(arguments.via),
                batch=arguments.batch,
                prune=arguments.prune,
                note=lambda now: now.write(state_file),
                progress=lambda done, of: progress.show(f"{done} of {of} triples"),
            )
        finally:
            progress.end()
    say(
        f"{counted(report.sent, 'graph')} sent ({counted(report.triples, 'triple')} in "
        f"{counted(report.requests, 'request')}), "
        f"{report.unchanged} were there already"
        + (f", {report.removed} removed" if report.removed else "")
        + "."
    )
    if report.left_over:
        gone = counted(len(report.left_over), "graph")
        note(f"of what was sent earlier, {gone} no longer here (--prune removes them there)")
    return 0


def _state_file(file: Path, url: str) -> Path:
    return file.with_name(f".{file.name}.push-{hashlib.sha256(url.encode()).hexdigest()[:12]}.json")


def _graph(text: str) -> str:
    from kg.graph.terms import iri

    if text == "default":
        return ""
    if ":" not in text:
        raise EndpointError(f"--graph '{text}' is no IRI (https://…, or 'default')")
    return iri(text)


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 10_000_000:
        raise argparse.ArgumentTypeError(f"'{text}' is no number of triples")
    return int(text)
