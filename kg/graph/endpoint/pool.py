"""The working processes of the endpoint: a few, kept warm, each ended when its time is over."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any

from kg.graph.endpoint.frames import DATA, END, ERROR, FRAME_SIZE, HEAD, PIECE, unpack

_START = 120.0  # seconds that a process may take to start on a busy machine
_QUEUE = 64  # questions that may wait for a process; more are sent away


class TaskError(Exception):
    """A task failed: ``status`` and text are what HTTP answers, ``retry`` when to come again."""

    def __init__(self, status: int, message: str, retry: int | None = None) -> None:
        self.status = status
        self.retry = retry
        super().__init__(message)


@dataclass
class Answer:
    """The head of an answer, and its body as it comes."""

    head: dict[str, Any]
    body: AsyncIterator[bytes]


class Workers:
    """At most ``size`` processes that evaluate tasks, each for ``seconds`` at most."""

    def __init__(self, size: int, seconds: float) -> None:
        self._seconds = seconds
        self._free = asyncio.Semaphore(size)
        self._idle: list[asyncio.subprocess.Process] = []
        self._all: set[asyncio.subprocess.Process] = set()
        self._waiting = 0

    @asynccontextmanager
    async def answer(self, task: dict[str, Any]) -> AsyncIterator[Answer]:
        """The answer to a task; leaving early ends the process that works on it.

        Raises ``TaskError`` when the task fails, before the answer or in the middle of it.
        """
        if self._waiting >= _QUEUE:
            raise TaskError(503, "too many questions at once (try again in a moment)", 5)
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1
        try:
            process = self._rested() or await self._start()
            work = _Work(process, self._seconds)
            try:
                head = await work.begin({**task, "seconds": self._seconds})
                yield Answer(head, work.pieces())
            finally:
                if work.done and process.returncode is None:
                    self._idle.append(process)
                else:
                    await self._end(process)
        finally:
            self._free.release()

    async def close(self) -> None:
        """End all processes."""
        for process in list(self._all):
            await self._end(process)
        self._idle.clear()

    async def _start(self) -> asyncio.subprocess.Process:
        # -c, not -m: the child finds kg where this process found it, whatever its folder is.
        code = f"import sys; sys.path[:0] = {sys.path!r}; from kg.graph.endpoint.worker import work"
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", f"{code}; work()"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=2 * PIECE,
        )
        self._all.add(process)
        # What it takes to start is not the question's time.
        try:
            assert process.stdout is not None
            async with asyncio.timeout(_START):
                await process.stdout.readexactly(FRAME_SIZE)
        except (TimeoutError, asyncio.IncompleteReadError):
            await self._end(process)
            raise TaskError(500, "no process could be started to answer") from None
        except BaseException:  # the one who asked has left
            await self._end(process)
            raise
        return process

    def _rested(self) -> asyncio.subprocess.Process | None:
        """A process that waits for work, if there is one that is still alive."""
        while self._idle:
            process = self._idle.pop()
            if process.returncode is None:
                return process
            self._all.discard(process)
        return None

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        if process.returncode is None:
            process.kill()
        await process.wait()
        self._all.discard(process)


class _Work:
    """One task of one process. Only the time spent waiting for the process counts."""

    def __init__(self, process: asyncio.subprocess.Process, seconds: float) -> None:
        self._process = process
        self._seconds = seconds
        self._left = seconds
        self.done = False

    async def begin(self, task: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(task).encode() + b"\n")
            await self._process.stdin.drain()
        except OSError:  # it died; what it left to read says so
            pass
        kind, data = await self._frame()
        assert kind == HEAD
        head: dict[str, Any] = json.loads(data)
        return head

    async def pieces(self) -> AsyncIterator[bytes]:
        while True:
            kind, data = await self._frame()
            if kind == END:
                self.done = True
                return
            assert kind == DATA
            yield data

    async def _frame(self) -> tuple[bytes, bytes]:
        stream = self._process.stdout
        assert stream is not None
        start = monotonic()
        try:
            async with asyncio.timeout(max(self._left, 0)):
                kind, size = unpack(await stream.readexactly(FRAME_SIZE))
                data = await stream.readexactly(size)
        except TimeoutError:
            raise TaskError(
                503,
                f"this took longer than {self._seconds:g} seconds (make it narrower, or raise "
                "the --timeout of kg serve)",
            ) from None
        except asyncio.IncompleteReadError:
            raise TaskError(500, "this needed more memory or time than one question may") from None
        self._left -= monotonic() - start
        if kind == ERROR:
            self.done = True
            error = json.loads(data)
            status = error["status"]
            raise TaskError(status, error["message"], 5 if status == 503 else None)
        return kind, data
