"""A cluster of Dask: one that runs somewhere, or worker processes on this machine."""

from __future__ import annotations

import asyncio
import json
import logging
import tempfile
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ClusterError

if TYPE_CHECKING:
    from distributed import Client

    from kg.engine.shared import Shared
    from kg.engine.versions import Versions

_CONNECT = 15.0  # seconds until an address is given up
_WORKERS = 600.0  # seconds until a cluster without workers is given up; batch systems take time
_SCHEDULER = {
    "allowed_failures": 1,
    # no pages about the cluster, and no port that a second build would want too
    "dashboard": False,
    "dashboard_address": "127.0.0.1:0",
}
_SOON = 3.0  # seconds until it is said that workers are waited for


@contextmanager
def connected(scheduler: str | None, jobs: int, note: Callable[[str], None]) -> Iterator[Client]:
    """A client of the cluster at ``scheduler``, or of ``jobs`` worker processes started here.

    ``scheduler`` is an address, or the JSON file in which a scheduler has written its own.
    Processes started here end with the context, those of a cluster stay. Raises
    ``ClusterError`` when Dask is not installed, nothing answers at the address, or no worker
    comes.
    """
    for package in ("distributed", "cryptography"):
        try:
            import_module(package)
        except ImportError as error:
            raise ClusterError(
                f'a cluster needs the package {package} (pip install "geokg[cluster]")'
            ) from error
    with _quiet():
        if scheduler is None:
            with _local(jobs) as client:
                yield client
            return
        address = _address(scheduler)
        with _remote(address, note) as client:
            _wait_for_workers(client, address, note)
            yield client


def _address(scheduler: str) -> str:
    path = Path(scheduler)
    if path.suffix != ".json":
        return scheduler
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["address"])
    except (OSError, LookupError, TypeError, ValueError) as error:
        raise ClusterError(
            f"{scheduler}: no scheduler of Dask has written its address there "
            "(dask scheduler --scheduler-file FILE)"
        ) from error


@contextmanager
def _local(jobs: int) -> Iterator[Client]:
    """Processes of this machine that talk over its loopback, and to nobody but each other."""
    from distributed import Client, LocalCluster
    from distributed.security import Security

    # Without certificates every user of this machine could have code run by the workers.
    security = Security.temporary()
    with (
        tempfile.TemporaryDirectory(prefix="kg-workers-") as folder,
        LocalCluster(
            n_workers=jobs,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
            security=security,
            local_directory=folder,
            preload="kg.engine.local",
            scheduler_kwargs=_SCHEDULER,
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client


@contextmanager
def _remote(scheduler: str, note: Callable[[str], None]) -> Iterator[Client]:
    from distributed import Client

    try:
        # first by itself: a client that cannot connect goes on trying for half a minute
        with ThreadPoolExecutor(1) as apart:  # a notebook has a loop of its own
            apart.submit(asyncio.run, _reach(scheduler)).result()
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            client = Client(scheduler, timeout=_CONNECT, set_as_default=False)
    except (OSError, RuntimeError, TypeError, ValueError) as error:
        line = " ".join(str(error).split())[:200]
        raise ClusterError(
            f"{scheduler}: no scheduler of Dask answers: {line} "
            "(is it running, and can this machine reach it?)"
        ) from error
    for warning in said:
        note(f"{scheduler}: {' '.join(str(warning.message).split())[:500]}")
    try:
        yield client
    finally:
        client.close()


async def _reach(scheduler: str) -> None:
    from distributed.comm.core import connect
    from distributed.security import Security

    secrets = Security().get_connection_args("client")
    comm = await connect(scheduler, timeout=_CONNECT, **secrets)
    await comm.close()


def _wait_for_workers(client: Client, scheduler: str, note: Callable[[str], None]) -> None:
    """Wait until there is a worker; raises ``ClusterError`` when none comes."""
    for seconds in (_SOON, _WORKERS):
        try:
            client.wait_for_workers(1, timeout=seconds)
            return
        except TimeoutError:
            if seconds == _SOON:
                note(f"{scheduler}: has no workers yet, waiting for them")
    raise ClusterError(f"{scheduler}: no worker has come in {_WORKERS:.0f} seconds (start some)")


def check_workers(client: Client, versions: Versions, model: str | None) -> None:
    """Raise ``ClusterError`` when a worker would read otherwise than this process."""
    from kg.engine.worker import versions_told

    told = client.run(versions_told, model, on_error="return")
    for address, found in sorted(told.items()):
        if isinstance(found, BaseException):
            raise ClusterError(
                f"{address}: this worker cannot read: {type(found).__name__}: {found} "
                f'(pip install "geokg[cluster]=={versions.kg}" there)'
            )
        if isinstance(found, str):
            raise ClusterError(f"{address}: this worker cannot read: {found}")
        refuse_other(address, str(found), versions)


def check_place(client: Client, shared: Shared) -> None:
    """Raise ``ClusterError`` when a worker cannot use the place that this process uses."""
    from kg.engine.worker import found_at

    mark = shared.mark()
    if (told := found_at(shared.url)) != mark:
        raise ClusterError(f'{shared.url}: {told} (pip install "geokg[cluster]")')
    for address, found in sorted(client.run(found_at, shared.url, on_error="return").items()):
        if found != mark:
            told = " ".join(str(found).split())[:200]
            raise ClusterError(
                f"{address}: this worker cannot use {shared.url}: {told} "
                "(install the same everywhere, and name a place that all machines share)"
            )


def refuse_other(where: str, found: str, versions: Versions) -> None:
    """Raise ``ClusterError`` when something else than this process reads with other versions."""
    if found != str(versions):
        raise ClusterError(
            f"{where}: reads with {found}; this machine with {versions} "
            "(install the same geokg everywhere)"
        )


@contextmanager
def _quiet() -> Iterator[None]:
    """Dask's log is silent meanwhile: what matters of it is said in kg's own lines."""
    names = [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    before = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)
