"""``kg serve``: a SPARQL endpoint and a query page over what a build left."""

from __future__ import annotations

import argparse
import os
from contextlib import suppress

from kg.cli.graphs import add_folder
from kg.cli.terminal import say
from kg.errors import EndpointError

HELP = "answer SPARQL over HTTP, with a page to ask from"
DESCRIPTION = """\
Serves the store of a build as a SPARQL 1.1 endpoint (/sparql), by the Graph Store
Protocol (/store), and as a page to ask from (/), which needs no network.

Only this machine can reach it and nobody can change anything, unless options say
otherwise. Changes at another address need a password, which the environment variable
KG_SERVE_PASSWORD holds. Ctrl-C ends it.
"""
EXAMPLES = """\
examples:
  kg serve
  kg serve graph/ --port 8080 --timeout 10
  KG_SERVE_PASSWORD=… kg serve --bind 0.0.0.0 --update
"""
PASSWORD = "KG_SERVE_PASSWORD"
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    add_folder(parser, "the output folder of a build, or a store")
    parser.add_argument("--port", type=_port, default=7878, help="default: 7878; 0: any free one")
    parser.add_argument(
        "--bind", default="127.0.0.1", metavar="ADDRESS", help="default: 127.0.0.1, this machine"
    )
    parser.add_argument("--update", action="store_true", help="let the store be changed as well")
    parser.add_argument(
        "--timeout",
        type=_positive,
        default=60.0,
        metavar="SECONDS",
        help="end a query after so many seconds (default: 60)",
    )
    parser.add_argument(
        "--workers", type=_count, default=2, metavar="N", help="queries at a time (default: 2)"
    )
    parser.add_argument(
        "--cors",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="let web pages of this origin ask (https://example.org); may be repeated",
    )
    parser.add_argument(
        "--host",
        action="append",
        default=[],
        metavar="NAME",
        help="answer to this host name as well; may be repeated",
    )
    parser.add_argument(
        "--services", action="store_true", help="let queries call other endpoints (SERVICE)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    password = os.environ.get(PASSWORD) or None
    if arguments.update and arguments.bind not in _LOOPBACK and password is None:
        raise EndpointError(
            f"--update at {arguments.bind} would let anybody change the store "
            f"(set a password in {PASSWORD})"
        )
    try:
        from kg.graph.endpoint.app import Service, hosts_for
        from kg.graph.endpoint.serve import listen, serve
    except ImportError as error:
        raise EndpointError(
            f'kg serve needs the package {error.name} (pip install "geokg[serve]")'
        ) from error
    inner = arguments.folder / "store"
    service = Service(
        inner if inner.is_dir() or not arguments.folder.is_dir() else arguments.folder,
        update=arguments.update,
        seconds=arguments.timeout,
        workers=arguments.workers,
        hosts=hosts_for(arguments.bind, arguments.host),
        origins=tuple(arguments.cors),
        services=arguments.services,
        password=password,
    )
    listening = listen(arguments.bind, arguments.port)
    name = f"[{arguments.bind}]" if ":" in arguments.bind else arguments.bind
    address = f"http://{name}:{listening.getsockname()[1]}"
    changes = "queries and updates" if arguments.update else "queries"
    ready = f"{address}/ is the page, {address}/sparql takes {changes}; Ctrl-C ends it."
    with suppress(KeyboardInterrupt):  # the way it is meant to end
        serve(service, listening, lambda: say(ready))
    say("ended")
    return 0


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"'{text}' is no port (0 to 65535)")
    return int(text)


def _positive(text: str) -> float:
    try:
        if 0 < float(text) <= 86_400:
            return float(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"'{text}' is no number of seconds (up to 86400)")


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"'{text}' is no number from 1 to 64")
    return int(text)
