"""A thread that looks at the processor time of other threads and ends what takes too long.

Signals, which end work in the main thread, reach no other. Python can raise an exception in a
thread from outside, which arrives when the thread next runs Python code: at any place, so what
runs in a watched thread must not hold a lock of the watch, which then stayed locked for ever.
"""

from __future__ import annotations

import ctypes
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(slots=True)
class _Bound:
    """The clock of a thread, when by it the time is over, and what is raised then.

    The watch sets ``firing`` before it looks at ``done`` and until it has raised; the thread
    sets ``done`` before it looks at ``firing``. So nothing is raised in a thread that is done.
    """

    clock: int
    end: float
    error: type[BaseException]
    firing: bool = False
    done: bool = False


class Watch:
    """The bounds of all threads of a process.

    ``seconds`` lie between two looks, and between two exceptions where the first was lost.
    """

    def __init__(self) -> None:
        self.seconds = 1.0
        self._bounds: dict[int, _Bound] = {}
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    @contextmanager
    def over(self, seconds: float, error: type[BaseException]) -> Iterator[None]:
        """Raise ``error`` in this thread once the body has used so many seconds of its time.

        Within another bound the outer one counts. Where the system has no clock of threads
        (Windows, macOS) nothing is bounded.
        """
        ident = threading.get_ident()
        if not hasattr(time, "pthread_getcpuclockid") or ident in self._bounds:
            yield
            return
        self._wake()
        clock = time.pthread_getcpuclockid(ident)
        bound = _Bound(clock, time.clock_gettime(clock) + seconds, error)
        try:
            self._bounds[ident] = bound
            yield
        finally:
            try:
                self._forget(ident, bound)
            except error:  # at the last moment
                self._forget(ident, bound)
                raise

    def _forget(self, ident: int, bound: _Bound) -> None:
        bound.done = True
        self._bounds.pop(ident, None)
        while bound.firing:
            time.sleep(0)
        # What was raised and has not arrived would end something else.
        _raise_in(ident, None)

    def _wake(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="patience", daemon=True)
                self._thread.start()

    def _look(self) -> None:
        while True:
            for ident, bound in list(self._bounds.items()):
                bound.firing = True
                if not bound.done and _is_over(bound):
                    _raise_in(ident, bound.error)
                bound.firing = False
            time.sleep(self.seconds)


def _is_over(bound: _Bound) -> bool:
    try:
        return time.clock_gettime(bound.clock) >= bound.end
    except OSError:  # the thread is gone
        return False


def _raise_in(ident: int, error: type[BaseException] | None) -> None:
    """Have a thread raise an exception as soon as it can; None takes one back."""
    wanted = ctypes.py_object(error) if error is not None else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(ident), wanted)


WATCH = Watch()
"""The one of this process."""


def _anew() -> None:
    """A process that was forked has none of the threads, and perhaps a lock that nobody opens."""
    WATCH.__init__()  # type: ignore[misc]


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_anew)
