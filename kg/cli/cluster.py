"""The options of ``kg build`` that have the articles read by a cluster."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cli.articles import columns_of, inputs_of
from kg.cli.terminal import say
from kg.errors import DataError
from kg.summary import counted

if TYPE_CHECKING:
    from kg.engine.run import Cluster
    from kg.folder import Graph
    from kg.intake import Listener


def add_cluster(parser: argparse.ArgumentParser) -> None:
    """Add the options; docs/cluster.md explains them."""
    group = parser.add_argument_group("on a cluster (docs/cluster.md)")
    group.add_argument(
        "--engine",
        choices=("dask",),
        help="read the articles with the workers of Dask: --jobs processes here, or those of "
        "--scheduler",
    )
    group.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="the scheduler of a cluster that runs, or the JSON file with its address",
    )
    group.add_argument(
        "--parts",
        metavar="PLACE",
        help="a folder or URL (s3://…, gs://…, hdfs://…) for statements as N-Quads, Parquet and "
        "parts to merge, written by the workers",
    )
    group.add_argument(
        "--no-merge", action="store_true", help="write the parts only, and no output folder"
    )


def to_parts(arguments: argparse.Namespace) -> bool:
    """Whether parts are to be left somewhere; ``DataError`` for what does not go together."""
    if arguments.no_merge and not arguments.parts:
        raise DataError("--no-merge", None, "leaves nothing behind", "name a place with --parts")
    if arguments.parts and (arguments.add or arguments.refresh):
        raise DataError(
            "--parts", None, "goes with neither --add nor --refresh", "what lies there is kept"
        )
    return bool(arguments.parts)


@contextmanager
def reading(arguments: argparse.Namespace, listener: Listener) -> Iterator[dict[str, Any]]:
    """The arguments ``engine`` and ``source`` of ``kg.builder.build``, where they are needed."""
    from kg.engine.files import is_url
    from kg.engine.sources import documents_at

    if not (arguments.engine or arguments.scheduler):
        yield {"source": documents_at} if any(map(is_url, arguments.paths)) else {}
        return
    from kg.engine.run import Engine

    with Engine(_cluster(arguments), listener) as engine:
        yield {"engine": engine, "source": documents_at}


def read_parts(
    arguments: argparse.Namespace, listener: Listener, options: Mapping[str, Any]
) -> Graph | None:
    """Have everything read to the place of ``--parts``, and the parts merged unless told not to."""
    from kg.engine.archive import Archive, merge
    from kg.results import refuse_foreign

    if not arguments.no_merge:
        refuse_foreign(Path(arguments.out))  # now, not after hours of reading
    archive = Archive(inputs_of(arguments), listener, *columns_of(arguments))
    manifest = archive.read(_cluster(arguments), arguments.parts)
    say(
        f"{counted(manifest.documents, 'document')} with {manifest.statements} statements in "
        f"{counted(len(manifest.batches), 'part')} at {arguments.parts}"
    )
    return None if arguments.no_merge else merge(arguments.parts, arguments.out, **options)


def _cluster(arguments: argparse.Namespace) -> Cluster:
    from kg.engine.run import Cluster

    return Cluster(arguments.scheduler, arguments.jobs, arguments.model, tuple(arguments.actors))
