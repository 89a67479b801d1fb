"""How large the embedded store may become: load rate, memory, disk and the time of questions.

    python benchmarks/store_limits.py [MILLIONS ...] [--cap SECONDS] [--scratch FOLDER]

Loads corpora made by chance (slice by slice, so that nothing but the store grows) with as many
million triples as are asked for (1 and 10), and asks the questions of ``benchmarks/store.py``,
each in a process of its own that is ended after the cap. Seconds are CPU time of all threads
and, behind the slash, time on the clock; memory is the peak of the process.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chance import TRIPLES_A_STATEMENT, corpus, head, row
from store import QUESTIONS

from kg.graph.named import NamedGraph, named
from kg.graph.query import query
from kg.graph.rdf import VOCABULARY_GRAPH, build_graphs
from kg.graph.stock import stock_queries
from kg.graph.store import load_store, open_store
from kg.graph.terms import Triple

SLICE = 5_000  # statements that are in memory at once
Seconds = tuple[float, float]  # CPU, clock


def main() -> None:
    """Run the benchmark, or one step of it in a process of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("millions", nargs="*", type=float, default=[1, 10])
    parser.add_argument("--cap", type=int, default=300)
    parser.add_argument("--scratch", type=Path)
    parser.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        step, store, given = options.step
        print(json.dumps(load(Path(store), int(given)) if step == "load" else ask(store, given)))
        return
    loaded: list[dict[str, Any]] = []
    answers: list[dict[str, dict[str, Any]]] = []
    for millions in options.millions:
        with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
            store = str(Path(folder, "store"))
            loaded.append(apart("load", store, str(int(millions * 1e6) // TRIPLES_A_STATEMENT)))
            print(f"{millions:g} million: {loaded[-1]}", file=sys.stderr, flush=True)
            answers.append({q: apart("ask", store, q, cap=options.cap) for q in QUESTIONS})
            print(answers[-1], file=sys.stderr, flush=True)
    tables(loaded, answers, options.cap)


def apart(*step: str, cap: int | None = None) -> dict[str, Any]:
    """What a step answers from a process of its own; empty when it took longer than the cap."""
    command = [sys.executable, __file__, "--step", *step]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            out, _ = process.communicate(timeout=cap)
        except subprocess.TimeoutExpired:
            process.kill()
            return {}
    if process.returncode != 0:
        sys.exit(f"{' '.join(step)}: ended with {process.returncode}")
    answer: dict[str, Any] = json.loads(out)
    return answer


class Spent:
    """CPU seconds of all threads and seconds on the clock since it was made."""

    def __init__(self) -> None:
        self._cpu, self._clock = time.process_time(), time.monotonic()

    def seconds(self) -> Seconds:
        """CPU seconds, seconds on the clock."""
        return time.process_time() - self._cpu, time.monotonic() - self._clock


class Slices:
    """The graphs of a corpus by chance, of which only one slice is in memory at a time."""

    def __init__(self, statements: int) -> None:
        self._statements = statements
        self.triples = 0
        self.making: Seconds = (0.0, 0.0)
        """What it cost to make the slices, which is no part of loading them."""

    def __iter__(self) -> Iterator[NamedGraph]:
        vocabulary: set[Triple] = set()
        for first in range(0, self._statements, SLICE):
            cpu, clock = time.thread_time(), time.monotonic()
            size = min(SLICE, self._statements - first)
            graphs = build_graphs(*corpus(size, first // 10))
            vocabulary.update(graphs.pop(VOCABULARY_GRAPH))
            spent = time.thread_time() - cpu, time.monotonic() - clock
            self.making = self.making[0] + spent[0], self.making[1] + spent[1]
            self.triples += sum(map(len, graphs.values()))
            yield from named(graphs)
        yield NamedGraph(VOCABULARY_GRAPH, sorted(vocabulary))


def load(path: Path, statements: int) -> dict[str, Any]:
    """Load a corpus into a new store, as a build does, its plain edges derived."""
    slices = Slices(statements)
    spent = Spent()
    report = load_store(path, slices)
    both = spent.seconds()
    size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    store = open_store(path)
    return {
        "statements": statements,
        "triples": slices.triples,
        "quads": len(store),
        "edges": report.edges,
        "loading": (both[0] - slices.making[0], both[1] - slices.making[1]),
        "memory": peak(),
        "disk": size,
    }


def ask(path: str, name: str) -> dict[str, Any]:
    """A stock question asked twice; the first time the store's files may have to be read."""
    store = open_store(path)
    given = {"actor": "Actor 3", "other": "Actor 1", "split": "2020",
             "statement": corpus(SLICE)[0][0].id}  # fmt: skip
    wanted = (p.name for p in stock_queries()[name].parameters if p.required)
    needed = {parameter: given[parameter] for parameter in wanted}
    answer: dict[str, Any] = {}
    for when in ("first", "again"):
        spent = Spent()
        rows = list(query(f"@{name}", store=store, parameters=needed))
        answer[when] = spent.seconds()
        answer["rows"] = len(rows)
    return {**answer, "memory": peak()}


def peak() -> int:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def tables(
    loaded: list[dict[str, Any]], answers: list[dict[str, dict[str, Any]]], cap: int
) -> None:
    """Print what was measured, a column for each size."""
    head("", *(f"{one['triples']:,} triples" for one in loaded))
    row("statements", *(f"{one['statements']:,}" for one in loaded))
    row("quads in the store", *(f"{one['quads']:,}" for one in loaded))
    row("plain edges", *(f"{one['edges']:,}" for one in loaded))
    row("seconds to load", *(both(one["loading"]) for one in loaded))
    rates = (one["triples"] / one["loading"][1] for one in loaded)
    row("triples loaded a second", *(f"{rate:,.0f}" for rate in rates))
    row("peak of memory while loading, MB", *(one["memory"] for one in loaded))
    row("disk, MB", *(one["disk"] // 1_000_000 for one in loaded))
    row("bytes a triple", *(one["disk"] // one["triples"] for one in loaded))
    print()
    head("question", *(f"{one['triples'] / 1e6:.1f} million" for one in loaded))
    for name in QUESTIONS:
        row(f"@{name}", *(told(sizes[name], cap) for sizes in answers))


def both(seconds: Seconds) -> str:
    """CPU seconds / seconds on the clock."""
    return f"{seconds[0]:.1f} / {seconds[1]:.1f}"


def told(answer: dict[str, Any], cap: int) -> str:
    """How long a question took the second time, and how many rows it gave."""
    if not answer:
        return f"> {cap} s"
    return f"{both(answer['again'])} ({answer['rows']:,} rows, {answer['memory']} MB)"


if __name__ == "__main__":
    main()
