"""Processes that read: each opens its reader once, and one that is killed costs only its task.

Written on plain pipes instead of ``concurrent.futures``, where the end of one process is the
end of the whole pool. Whoever gives the tasks sees the same results whatever the number of
processes and whichever of them were lost.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, TypeVar

from kg.errors import KGError
from kg.text.threads import THREADS

T = TypeVar("T")
R = TypeVar("R")

ATTEMPTS = 3
"""A task whose process is lost so often is split, and its parts are done one by one."""
_LOSSES = 12
"""So many processes lost one after the other, without a result, end the run."""
MEMORY = 680_000_000
"""A process that has grown to so many bytes ends after its task, and another takes its place."""
_PATIENCE = 0.5  # seconds after which it is seen whether to go on at all


@dataclass(frozen=True, slots=True)
class Lost:
    """In the place of a result: the process was lost each time it tried."""


@dataclass(slots=True)
class _Job(Generic[T]):
    number: int
    task: T
    attempts: int = ATTEMPTS
    whole: _Job[T] | None = None
    """The job that this one is a part of, since that one could not be done as a whole."""
    pieces: dict[int, Any] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class _Worker(Generic[T]):
    process: BaseProcess
    pipe: Connection
    ready: bool = False
    job: _Job[T] | None = None


class Pool(Generic[T, R]):
    """``jobs`` processes, in each of which ``start()`` makes what ``work(it, task)`` works with.

    Both are functions that can be pickled. A context manager: at its end the processes end,
    with what they were doing.
    """

    def __init__(self, jobs: int, start: Callable[[], Any], work: Callable[[Any, T], R]) -> None:
        self._count = jobs
        self._target = (start, work)
        self._workers: list[_Worker[T]] = []
        self._redo: deque[_Job[T]] = deque()
        self._losses = 0
        self._ever_ready = False
        self._stopped = False
        self._last = -1  # the highest number of a task that was given to a process

    def stop(self) -> None:
        """Make ``run`` end soon, from another thread; what was being done is not finished."""
        self._stopped = True

    def __enter__(self) -> Pool[T, R]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            worker.pipe.close()  # one that waits for a task ends by itself
            if error is not None or worker.job is not None:
                worker.process.kill()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()

    def run(
        self, tasks: Iterable[T], split: Callable[[T], Sequence[T]], ahead: int | None = None
    ) -> Iterator[tuple[int, T, R | list[R | Lost]]]:
        """The number, the task and the result of each, as they are done.

        For a task that could not be done as a whole, a list: the results of what ``split``
        makes of it, ``Lost`` for those at which the process was lost again. Results are at
        most ``ahead`` tasks ahead of the first one that is missing. Raises ``KGError`` when no
        process can be started, or when one process after the other is lost.
        """
        source = (_Job(number, task) for number, task in enumerate(tasks))
        prepared: deque[_Job[T]] = deque()
        open_: dict[int, _Job[T]] = {}
        while True:
            for waiting in (self._redo, prepared, source):
                self._give(waiting, open_, ahead)
            if not open_ or self._stopped:
                return
            if len(prepared) < self._count and (job := next(source, None)) is not None:
                prepared.append(job)  # so that nobody waits for it to be read
            for job, result in self._wait(split):
                if job.whole is None:
                    del open_[job.number]
                    yield job.number, job.task, result
                    continue
                whole = job.whole
                whole.pieces[job.number] = result
                if len(whole.pieces) == len(split(whole.task)):
                    del open_[whole.number]
                    found = [whole.pieces[number] for number in sorted(whole.pieces)]
                    yield whole.number, whole.task, found

    # --- Giving and taking -----------------------------------------------------------------

    def _give(
        self,
        waiting: deque[_Job[T]] | Iterator[_Job[T]],
        open_: dict[int, _Job[T]],
        ahead: int | None,
    ) -> None:
        """Give jobs that wait to the processes that have none."""
        while True:
            idle = next((worker for worker in self._workers if worker.job is None), None)
            if idle is None and len(self._workers) >= self._count:
                return
            early = ahead is not None and bool(open_) and self._last - min(open_) >= ahead
            if early and waiting is not self._redo:
                return
            if isinstance(waiting, deque):
                job = waiting.popleft() if waiting else None
            else:
                job = next(waiting, None)
            if job is None:
                return
            if job.whole is None:
                open_[job.number] = job
                self._last = max(self._last, job.number)
            if idle is None:
                idle = self._started()
                self._workers.append(idle)
            idle.job = job
            with suppress(OSError):  # it was lost, which is seen when its answer is waited for
                idle.pipe.send(job.task)

    def _started(self) -> _Worker[T]:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(there, *self._target), daemon=True)
        kept = {name: os.environ.get(name) for name in THREADS}
        os.environ.update(dict.fromkeys(THREADS, "1"))
        # Ctrl-C reaches all processes of a terminal; what it means is for the first one to say.
        # The tracker that ``start`` would start lets signals through again when it is started.
        resource_tracker.ensure_running()
        held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
            for name, value in kept.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value
        there.close()
        return _Worker(process, here)

    def _wait(self, split: Callable[[T], Sequence[T]]) -> Iterator[tuple[_Job[T], Any]]:
        by_pipe = {worker.pipe: worker for worker in self._workers}
        for pipe in wait(list(by_pipe), _PATIENCE):
            worker = by_pipe[pipe]  # type: ignore[index]
            try:
                kind, value = worker.pipe.recv()
            except (EOFError, OSError):
                yield from self._lost(worker, split)
                continue
            if kind == "ready":
                worker.ready = self._ever_ready = True
            elif kind == "failed":
                raise KGError(value)
            elif kind == "system":
                raise OSError(*value)
            else:
                self._losses = 0
                job, worker.job = worker.job, None
                if kind == "last":
                    self._end(worker)
                assert job is not None
                yield job, value

    def _end(self, worker: _Worker[T]) -> None:
        worker.pipe.close()
        worker.process.join()
        self._workers.remove(worker)

    def _lost(
        self, worker: _Worker[T], split: Callable[[T], Sequence[T]]
    ) -> Iterator[tuple[_Job[T], Any]]:
        """Go on without a process: what it was doing is tried again, or taken apart."""
        self._end(worker)
        self._losses += 1
        code = worker.process.exitcode
        if not self._ever_ready:
            raise KGError(
                f"a process that reads could not be started (exit status {code}; in a script, "
                "build below `if __name__ == '__main__':`)"
            )
        if self._losses >= _LOSSES:
            raise KGError(
                f"the processes that read are killed again and again (exit status {code}; "
                "is the memory too small? try fewer --jobs)"
            )
        job = worker.job
        if job is None:
            return
        if worker.ready:  # else it never came to the task
            job.attempts -= 1
        if job.attempts > 0:
            self._redo.append(job)
        elif job.whole is None:
            parts = enumerate(split(job.task))
            self._redo.extend(_Job(number, task, 1, job) for number, task in parts)
        else:
            yield job, Lost()


# --- In the process ---------------------------------------------------------------------------


def _serve(pipe: Connection, start: Callable[[], Any], work: Callable[[Any, Any], Any]) -> None:
    try:
        reader = start()
        # What was loaded stays: the collector need not look at it again and again.
        gc.collect()
        gc.freeze()
        pipe.send(("ready", None))
        while True:
            result = work(reader, pipe.recv())
            if _resident() > MEMORY:
                pipe.send(("last", result))
                return
            pipe.send(("done", result))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # nobody asks any longer
    except KGError as error:
        _tell(pipe, "failed", str(error))
    except OSError as error:
        _tell(pipe, "system", (error.errno, error.strerror, error.filename))


def _tell(pipe: Connection, kind: str, value: Any) -> None:
    with suppress(OSError):  # there may be nobody any longer
        pipe.send((kind, value))


def _resident() -> int:
    """The memory of this process in bytes; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
