"""Builds on a real cluster of worker processes: the same result, whatever happens to workers."""

from __future__ import annotations

import gzip
import logging
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import kg
from kg import folder
from kg.builder import build
from kg.cli import main
from kg.errors import ClusterError, DataError
from kg.graph.files import read_graphs

distributed = pytest.importorskip("distributed")
psutil = pytest.importorskip("psutil")

from clusters import QuickReader  # noqa: E402

from kg.engine import cluster as clusters  # noqa: E402
from kg.engine import flow  # noqa: E402
from kg.engine.archive import Archive, merge  # noqa: E402
from kg.engine.run import Cluster, Engine  # noqa: E402
from kg.engine.versions import Versions  # noqa: E402


@dataclass
class Heard:
    """A listener that remembers, and may act when more was read."""

    on_progress: Callable[[], None] = lambda: None
    skips: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def skipped(self, line: str) -> None:
        self.skips.append(line)

    def note(self, line: str) -> None:
        self.notes.append(line)

    def progress(self, documents: int, statements: int) -> None:
        self.on_progress()


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a scheduler with two worker processes, which come again when they end."""
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        silence_logs=logging.CRITICAL,
        scheduler_kwargs={"allowed_failures": 0},
    ) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def client(scheduler: str) -> Iterator[Any]:
    with distributed.Client(scheduler, set_as_default=False) as client:
        yield client


@pytest.fixture
def quick(client: Any, meetings: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A quick reader in the place of the extractor, here and on the workers."""
    monkeypatch.setattr(flow, "_GIVE_UP", 60.0)
    client.register_plugin(QuickReader())
    yield
    client.unregister_worker_plugin(QuickReader.name)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Sixty short articles, in some six chunks."""
    path = tmp_path / "articles"
    path.mkdir()
    for number in range(60):
        text = f"Talks {number}\nAnna met Boris{number}. The weather was fine for the time of year."
        (path / f"{number:02}.txt").write_text(text, encoding="utf-8")
    (path / "07.yml").write_text("id: seven\ndate: 2025-09-22\n", encoding="utf-8")
    return path


def same_graphs(one: Path, other: Path) -> None:
    for name in folder.FILES:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name
    triples = "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p ?o"
    rows = [kg.load(path).query(triples) for path in (one, other)]
    assert rows[0].equals(rows[1]) and len(rows[0]) > 100


class Killer:
    """Kills the largest of the child processes that came after it, the first time it is called."""

    def __init__(self) -> None:
        self._before = self._children()
        self.killed = False

    def __call__(self) -> None:
        if not self.killed:
            new = self._children() - self._before
            # the one with the language model in its memory
            max(new, key=lambda child: child.memory_info().rss).kill()
            self.killed = True

    def _children(self) -> set[Any]:
        return set(psutil.Process().children(recursive=True))


@pytest.mark.model
def test_a_worker_killed_while_it_reads(tmp_path: Path) -> None:
    source = tmp_path / "articles.jsonl"
    with source.open("w", encoding="utf-8") as file:
        for number in range(40):
            file.write(
                f'{{"id": "a{number}", "date": "2025-01-{number % 28 + 1:02}", "text": "Russia '
                f"sent {number + 2} troops to Belarus. Iran denied that it attacked Israel. "
                'Ankara and Baghdad signed an agreement on Monday."}\n'
            )
    build([source], tmp_path / "one")
    kill = Killer()
    heard = Heard(kill)
    with Engine(Cluster(jobs=2), heard) as engine:
        build([source], tmp_path / "two", engine=engine, listener=heard)
    assert len(kg.load(tmp_path / "one")) > 80
    assert kill.killed
    assert heard.skips == []
    same_graphs(tmp_path / "one", tmp_path / "two")


def test_what_cannot_be_read_is_named_and_skipped(
    scheduler: str, quick: None, articles: Path, tmp_path: Path
) -> None:
    (articles / "20.txt").write_text("Dora met Egon. The text is odd and breaks its reader.")
    (articles / "25.txt").write_text("Dora met Egon. The text is unreadable for another reason.")
    for name in ("20", "25"):
        (articles / f"{name}.yml").write_text(f"id: article-{name}\n")
    heard = Heard()
    with Engine(Cluster(scheduler), heard) as engine:
        graph = build([articles], tmp_path / "out", engine=engine, listener=heard)
    assert len(graph.documents) == 58
    assert sorted(heard.skips) == sorted(graph.skipped)
    assert [line.partition(" (")[0] for line in sorted(graph.skipped)] == [
        "article-20: could not be read: RuntimeError: the reader broke",
        "article-25: could not be read: ValueError: odd",
    ]


def test_parts_at_a_place_of_their_own(
    scheduler: str, quick: None, articles: Path, tmp_path: Path
) -> None:
    import pyarrow.parquet

    (articles / "broken.txt").write_bytes(b"")
    place = (tmp_path / "shared").as_uri()
    cluster, heard = Cluster(scheduler), Heard()
    manifest = Archive([articles], heard).read(cluster, place, size=20)
    assert len(manifest.batches) >= 3
    assert (manifest.documents, manifest.statements) == (60, 60)
    build([articles], tmp_path / "one", listener=Heard())
    merge(place, tmp_path / "two")
    same_graphs(tmp_path / "one", tmp_path / "two")

    # the other two kinds of parts say the same
    shared = tmp_path / "shared"
    triples = set()
    for path in (shared / "nquads").iterdir():
        lines = gzip.decompress(path.read_bytes()).decode().splitlines()
        triples |= {line.rpartition(" <")[0] for line in lines}
    graphs = read_graphs(tmp_path / "one" / "graph.trig")
    derived = [name for name in graphs if name.endswith("/asserted>")]
    kept = (graphs[name] for name in graphs if name not in derived)
    assert triples == {" ".join(triple) for one in kept for triple in one}
    table = pyarrow.parquet.read_table(shared / "statements")
    ids = [statement.id for statement in kg.load(tmp_path / "one").statements]
    assert sorted(table["id"].to_pylist()) == sorted(ids)

    # a second run reads only what is new
    before = {path: path.stat().st_mtime_ns for path in (shared / "parts").iterdir()}
    (articles / "99.txt").write_text("Dora met Egon. They had not seen each other for a long time.")
    longer = Archive([articles], Heard()).read(cluster, place, size=20)
    assert longer.documents == 61
    assert 0 < len(set(longer.batches) - set(manifest.batches)) <= 2
    assert all(path.stat().st_mtime_ns == when for path, when in before.items())
    build([articles], tmp_path / "one", listener=Heard())
    merge(place, tmp_path / "two")
    same_graphs(tmp_path / "one", tmp_path / "two")


def test_a_place_that_the_workers_do_not_reach(scheduler: str, client: Any, articles: Path) -> None:
    client.wait_for_workers(1)
    # the memory of this process is no place for others
    with pytest.raises(ClusterError, match="this worker cannot use memory://kg-apart"):
        Archive([articles], Heard()).read(Cluster(scheduler), "memory://kg-apart")


def test_parquet_needs_its_package(
    scheduler: str, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ClusterError, match=r'pyarrow.* \(pip install "geokg\[cluster\]"'):
        Archive([articles], Heard()).read(Cluster(scheduler), str(tmp_path / "shared"))


def test_other_versions_are_refused(client: Any) -> None:
    client.wait_for_workers(1)
    other = Versions("9.9.9", "kg-en 000000000000", "111111111111")
    with pytest.raises(ClusterError, match=r"reads with kg .*; this machine with kg 9\.9\.9"):
        clusters.check_workers(client, other, None)
    with pytest.raises(ClusterError, match="this worker cannot read: nowhere: no spaCy pipeline"):
        clusters.check_workers(client, other, "nowhere")


def test_a_worker_that_joins_with_other_versions(
    scheduler: str, quick: None, articles: Path, tmp_path: Path
) -> None:
    with (
        pytest.raises(ClusterError, match="a worker that has joined: reads with kg"),
        Engine(Cluster(scheduler), Heard()) as engine,
    ):
        # as if those who were asked at the start had told something else
        engine.reader.versions = Versions("9.9.9", "kg-en 000000000000", "111111111111")
        build([articles], tmp_path / "out", engine=engine, listener=Heard())
    assert not (tmp_path / "out" / folder.MARKER).exists()


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("tcp://127.0.0.1:9", "no scheduler of Dask answers"),
        ("nonsense", "no scheduler of Dask answers"),
        ("tcp://no-such-host.invalid:8786", "no scheduler of Dask answers"),
        ("missing.json", "no scheduler of Dask has written its address there"),
    ],
)
def test_a_scheduler_that_is_not_there(
    address: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "_CONNECT", 0.2)
    with (
        pytest.raises(ClusterError, match=rf"^{address}: {problem}"),
        clusters.connected(address, 2, lambda line: None),
    ):
        pass


def test_all_workers_are_gone(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "_GIVE_UP", 0.5)
    monkeypatch.setattr(flow, "_LOOK", 0.2)
    with (
        distributed.LocalCluster(
            n_workers=1, processes=False, protocol="tcp", dashboard_address="127.0.0.1:0"
        ) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
        pytest.raises(ClusterError, match="no worker has come back"),
        Engine(Cluster(cluster.scheduler_address), Heard()) as engine,
    ):
        cluster.scale(0)
        while client.nthreads():
            time.sleep(0.05)
        build([articles], tmp_path / "out", engine=engine, listener=Heard())


@pytest.mark.parametrize("package", ["distributed", "cryptography"])
def test_without_the_extra(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with (
        pytest.raises(ClusterError, match=rf'{package} \(pip install "geokg\[cluster\]"'),
        clusters.connected(None, 2, lambda line: None),
    ):
        pass


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--no-merge"], "--no-merge: leaves nothing behind (name a place with --parts)"),
        (["--parts", "x", "--add"], "--parts: goes with neither --add nor --refresh"),
        (["--scheduler", "missing.json"], "missing.json: no scheduler of Dask has written"),
    ],
)
def test_options_that_cannot_be(
    options: list[str], problem: str, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(articles), "--out", str(articles.parent / "out"), *options]) == 2
    assert problem in capsys.readouterr().err
    assert not (articles.parent / "out").exists()


def test_no_manifest(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"manifest\.json: is not there"):
        merge(str(tmp_path), tmp_path / "out")


def test_a_batch_that_ends_its_worker_lies_at_the_place_too(
    scheduler: str, quick: None, articles: Path, tmp_path: Path
) -> None:
    (articles / "10.txt").write_text("Dora met Egon. The text is deadly for whoever reads it.")
    place = (tmp_path / "shared").as_uri()
    heard = Heard()
    manifest = Archive([articles], heard).read(Cluster(scheduler), place)
    assert manifest.documents == 59
    graph = merge(place, tmp_path / "out")
    assert len(graph.documents) == 59
    assert [line.partition(": ")[2] for line in heard.skips] == [
        "ended every worker that read it (please report this text)"
    ]
    assert graph.skipped == heard.skips
