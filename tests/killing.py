"""Programs that are killed: a process that does tasks in children and kills them on demand.

The process itself never opens a store, so its children are forked from a quiet state and start
at once: twenty killings cost seconds, not minutes.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

TESTS = Path(__file__).parent


class Killer:
    """Runs tasks of this module in children; see ``run``."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, task: str, *arguments: object, delay: float = 0, step: int = 0) -> float | None:
        """Seconds that the task took, or None when it was killed.

        It is killed ``delay`` seconds after its start, or before its ``step``-th renaming.
        """
        request = {"task": task, "arguments": [str(a) for a in arguments]}
        line = json.dumps({**request, "delay": delay, "step": step})
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert answer["status"] in (0, -signal.SIGKILL), answer
        return float(answer["seconds"]) if answer["status"] == 0 else None


@contextmanager
def killer() -> Iterator[Killer]:
    """The process, ready to run tasks."""
    paths = [str(TESTS), str(TESTS.parent), *sys.path]
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )
    try:
        yield Killer(process)
    finally:
        process.stdin.close()  # type: ignore[union-attr]
        process.wait(timeout=60)
        process.stdout.close()  # type: ignore[union-attr]


# --- In the process -----------------------------------------------------------------------------


def _build(articles: str, out: str, *options: str) -> None:
    import kg

    kg.build(articles, out, add="add" in options)


def _read(articles: str, out: str, jobs: str, log: str) -> None:
    """A build with a slow reader, in so many processes."""
    from meetings import Opening

    import kg
    import kg.builder

    os.environ["KG_TEST_LOG"] = log
    kg.builder.Opening = Opening  # type: ignore[assignment,misc]
    kg.build(articles, out, jobs=int(jobs))


def _load(store: str, file: str) -> None:
    from kg.graph.files import read_graphs
    from kg.graph.store import load_store

    load_store(store, read_graphs(file))


def _merge(*folders: str) -> None:
    from kg.upkeep import merge

    merge(folders)


def _delete(folder: str, document: str) -> None:
    from kg.upkeep import delete

    delete(folder, [document])


_TASKS: dict[str, Callable[..., None]] = {
    "build": _build,
    "read": _read,
    "load": _load,
    "merge": _merge,
    "delete": _delete,
}


def _dying_at(step: int) -> None:
    """Make the ``step``-th renaming of this process its last moment."""
    left = [step]

    def before(original: Callable[..., Any]) -> Callable[..., Any]:
        def dies(*arguments: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*arguments)

        return dies

    Path.rename = before(Path.rename)  # type: ignore[method-assign]
    Path.replace = before(Path.replace)  # type: ignore[method-assign]


def _serve() -> None:
    from meetings import MeetingReader

    module = ModuleType("kg.text.pipeline")
    module.Extractor = MeetingReader  # type: ignore[attr-defined]
    sys.modules["kg.text.pipeline"] = module
    # everything that the children need, imported once
    import kg.builder
    import kg.graph.exports
    import kg.graph.store
    import kg.graph.view
    import kg.knowledge
    import kg.text.workers
    import kg.upkeep

    kg.knowledge.vocabulary_version()
    kg.knowledge.background_of_actors(())
    kg.graph.store._ontology_triples()
    for line in sys.stdin:
        request = json.loads(line)
        start = time.monotonic()
        child = os.fork()
        if child == 0:
            if request["step"]:
                _dying_at(request["step"])
            try:
                _TASKS[request["task"]](*request["arguments"])
            except BaseException as error:
                print(repr(error), file=sys.stderr)
                os._exit(3)
            os._exit(0)
        if request["delay"]:
            time.sleep(request["delay"])
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - start
        print(json.dumps({"status": code, "seconds": seconds}), flush=True)


if __name__ == "__main__":
    _serve()
