"""What Dask loads first into the worker processes that kg starts itself."""

from __future__ import annotations

import signal

from distributed import Worker


def dask_setup(worker: Worker) -> None:
    """Called by Dask: Ctrl-C is for the process that started the worker, which then ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
