"""What a run on a cluster costs, stage by stage, and what a large one would take.

    python benchmarks/cluster.py FILE ... [--articles 100000000] [--cores 1000]

Measures on the articles of the files (``benchmarks/corpus.py 400 --make FILE`` writes some):
how fast one process hands them out, reads, writes the parts and merges them, in CPU seconds,
and how large everything is. Then the same is multiplied for a run of so many articles on so
many cores. What the client of a cluster spends is measured on a real one whose workers do
nothing.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from chance import head, row, timed
from cloudpickle import register_pickle_by_value
from distributed import Client, LocalCluster, Worker, WorkerPlugin

from kg.engine.archive import Archive, merge
from kg.engine.run import Cluster
from kg.engine.shared import Manifest, Shared
from kg.engine.sources import documents_at
from kg.engine.versions import versions
from kg.parts import Entry, read_chunk, reader_key
from kg.statement import Document
from kg.text.pipeline import Extractor

ARTICLES = 4_000  # so many go through a cluster whose workers do nothing


class Silent:
    """A listener that does not listen."""

    def skipped(self, line: str) -> None:
        """Nothing."""

    note = skipped

    def progress(self, documents: int, statements: int) -> None:
        """Nothing."""


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+")
    parser.add_argument("--articles", type=int, default=100_000_000)
    parser.add_argument("--cores", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cost = measured(options.files, Path(folder))
        one = handed_out(documents(options.files), Path(folder))
        cost["client"] = one * cost["articles"]
    table(cost)
    projected(cost, options.articles, options.cores)


def measured(files: list[str], folder: Path) -> dict[str, float]:
    """CPU seconds of the stages in this process, and bytes, all of the whole corpus."""
    found, handing = timed(lambda: documents(files))
    here = versions(None)
    key = reader_key(here.kg, here.model, here.vocabulary)
    extractor = Extractor()
    list(read_chunk(extractor, found[:3]))  # everything is loaded and warm
    outcomes, reading = timed(lambda: list(read_chunk(extractor, found)))
    shared = Shared(str(folder / "parts"), here)
    half = len(found) // 2

    def keep() -> None:
        shared.keep(f"{key}-1", outcomes[:half])
        shared.keep(f"{key}-2", outcomes[half:])

    def merged(*batches: str) -> Path:
        versions = (here.kg, here.model, here.vocabulary)
        shared.list_batches(Manifest(*versions, 0, 0, tuple(f"{key}-{n}" for n in batches)))
        return merge(str(folder / "parts"), folder / f"out{len(batches)}").path

    _, writing = timed(keep)
    # what all results have in common is left out: the second half costs as much as it adds
    out, first = timed(lambda: merged("1"))
    both, all_of_it = timed(lambda: merged("1", "2"))
    nquads = (folder / "parts" / "nquads").iterdir()
    entries = [outcome for outcome in outcomes if isinstance(outcome, Entry)]
    return {
        "articles": len(found),
        "words": sum(len(document.text.split()) for document in found),
        "statements": sum(len(entry.statement_lines) for entry in entries),
        "triples": sum(gzip.decompress(path.read_bytes()).count(b"\n") for path in nquads),
        "handing": handing,
        "reading": reading,
        "writing": writing,
        "merging": 2 * (all_of_it - first),
        "texts": sum(len(document.text.encode()) for document in found),
        "parts": size(folder / "parts" / "parts"),
        "nquads": size(folder / "parts" / "nquads"),
        "parquet": size(folder / "parts" / "statements"),
        "store": 2 * (size(both / "store") - size(out / "store")),
        "result": 2 * (size(both) - size(out)),
    }


def documents(files: list[str]) -> list[Document]:
    """All articles of the files."""
    return list(documents_at(files, None, lambda problem: None, lambda line: None, {}))


class Unread(WorkerPlugin):
    """Puts a reader that finds nothing at once in the place of the extractor on the workers."""

    def setup(self, worker: Worker) -> None:
        """Called by Dask."""
        module = ModuleType("kg.text.pipeline")
        module.Extractor = lambda **options: self  # type: ignore[attr-defined]
        sys.modules["kg.text.pipeline"] = module

    def extract_all(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[Any]]]:
        """No statement for any document."""
        return ((document, []) for document in documents)


def handed_out(found: list[Document], folder: Path) -> float:
    """CPU seconds of the client and the scheduler for an article, with workers that do nothing.

    Both are in this process, the workers are not.
    """
    many = folder / "many.jsonl"
    with many.open("w", encoding="utf-8") as file:
        for number in range(ARTICLES):
            one = found[number % len(found)]
            words = one.text.split()
            text = " ".join(words[number % 97 :] + words[: number % 97])
            file.write(json.dumps({"id": f"{number}", "text": f"Number {number}. {text}"}) + "\n")
    with (
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        register_pickle_by_value(sys.modules[__name__])
        client.register_plugin(Unread())
        archive = Archive([many], Silent())
        where = Cluster(cluster.scheduler_address)
        _, seconds = timed(lambda: archive.read(where, str(folder / "nothing")))
    return seconds / ARTICLES


def size(folder: Path) -> float:
    """Bytes of all files of a folder."""
    return float(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()))


def table(cost: dict[str, float]) -> None:
    """What was measured, for an article."""
    articles = cost["articles"]
    head("for an article", "")
    row("words", cost["words"] / articles)
    row("statements", cost["statements"] / articles)
    row("triples in N-Quads", cost["triples"] / articles)
    for name, label in (
        ("handing", "finding it"),
        ("client", "finding it, handing it to a worker, taking the answer back"),
        ("reading", "reading it"),
        ("writing", "writing its parts"),
        ("merging", "merging it"),
    ):
        row(f"ms of CPU: {label}", 1000 * cost[name] / articles)
    for name in ("texts", "parts", "nquads", "parquet", "store", "result"):
        row(f"bytes: {name}", f"{cost[name] / articles:,.0f}")
    print(f"\none core reads {cost['words'] / cost['reading']:,.0f} words a second")


def projected(cost: dict[str, float], articles: int, cores: int) -> None:
    """What so many articles take, if nothing but their number changes."""
    times = articles / cost["articles"]
    work = (cost["reading"] + cost["writing"]) * times
    client = cost["client"] * times
    print(f"\n{articles:,} articles, {cores:,} cores\n")
    head("", "")
    row("core hours of reading", f"{work / 3600:,.0f}")
    row("hours of reading", f"{work / 3600 / cores:,.1f}")
    row("hours of one client", f"{client / 3600:,.1f}")
    row("cores that one client keeps busy", f"{work / client:,.0f}")
    row("hours of merging in one process", f"{cost['merging'] * times / 3600:,.0f}")
    row("statements, million", f"{cost['statements'] * times / 1e6:,.0f}")
    row("triples, million", f"{cost['triples'] * times / 1e6:,.0f}")
    for name in ("texts", "parts", "nquads", "parquet", "store", "result"):
        row(f"GB: {name}", f"{cost[name] * times / 1e9:,.0f}")


if __name__ == "__main__":
    main()
