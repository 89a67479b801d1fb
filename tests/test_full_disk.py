"""A disk that fills up: one clear line, nothing half written, and what was there still there."""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from graph.statements import DOCUMENTS, GULF, SPEECH, STATEMENTS

import kg
from kg.errors import StoreError
from kg.graph.files import full_graphs, write_graphs
from kg.graph.store import load_store, open_store, stored_graphs
from kg.intake import documents_kept
from kg.placing import AREA
from kg.statement import Document

_CHANCE = random.Random(3)
LARGE = [
    Document(f"large-{number}", "text", title=_CHANCE.randbytes(40_000).hex())
    for number in range(40)
]
"""Documents of several megabytes that do not compress well."""


def command(*arguments: object, limit: int | None = None) -> subprocess.CompletedProcess[str]:
    """A command of kg, in a process that may write no file longer than ``limit`` bytes."""

    def restrict() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        preexec_fn=restrict,
        check=False,
    )


def refused(done: subprocess.CompletedProcess[str], reason: str) -> None:
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("kg: error: ") and done.stderr.count("\n") == 1, done.stderr
    assert reason in done.stderr, done.stderr


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A small store, with a large one and a large file beside it."""
    load_store(tmp_path / "store", full_graphs(STATEMENTS, DOCUMENTS))
    load_store(tmp_path / "large", full_graphs((), LARGE))
    write_graphs(tmp_path / "large.nq.gz", full_graphs((), LARGE))
    return tmp_path / "store"


def test_a_limit_on_files_leaves_everything_as_it_was(store: Path) -> None:
    before = stored_graphs(open_store(store))
    beside = sorted(path.name for path in store.parent.iterdir())
    target = store.parent / "graph.nt"
    target.write_text("precious")
    for arguments in (
        ("merge", store, store.parent / "large"),
        ("convert", store.parent / "large.nq.gz", target),
    ):
        refused(command(*arguments, limit=300_000), "(")
        assert stored_graphs(open_store(store)) == before
    assert target.read_text() == "precious"
    assert sorted(path.name for path in store.parent.iterdir()) == sorted([*beside, "graph.nt"])
    # with room enough it works
    assert command("merge", store, store.parent / "large").returncode == 0
    assert len(stored_graphs(open_store(store))) > len(before)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 megabytes, where this user may mount one."""
    path = tmp_path / "disk"
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(path)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("only root can mount a small disk; the limit on files is tested all the same")
    yield path
    subprocess.run(["umount", str(path)], capture_output=True, check=True)


def test_a_full_disk_leaves_everything_as_it_was(small_disk: Path, store: Path) -> None:
    mine = small_disk / "store"
    load_store(mine, full_graphs(STATEMENTS, DOCUMENTS))
    before = stored_graphs(open_store(mine))
    filler = small_disk / "filler"
    free = os.statvfs(small_disk)
    filler.write_bytes(b"x" * max(0, (free.f_bavail - 256) * free.f_frsize))  # 1 MB is left
    refused(command("merge", mine, store.parent / "large"), "the disk is full")
    converted = command("convert", store.parent / "large.nq.gz", small_disk / "x.nt")
    refused(converted, "No space left")
    assert stored_graphs(open_store(mine)) == before
    assert sorted(path.name for path in small_disk.iterdir()) == ["filler", "store"]
    filler.unlink()
    assert command("delete", GULF.id, "--from", mine).returncode == 0
    assert len(stored_graphs(open_store(mine))) == len(before) - 1
    assert SPEECH.id in command("query", "@documents", "--from", mine).stdout


@pytest.mark.usefixtures("meetings")
def test_a_build_on_a_full_disk_goes_on(
    small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "all.jsonl").open("w") as file:
        for number in range(60):
            record = {"id": f"d{number}", "lang": "en", "text": f"Anna met Boris. {number} times."}
            file.write(json.dumps(record) + "\n")
    filler, out = small_disk / "filler", small_disk / "out"
    free = os.statvfs(small_disk)
    filler.write_bytes(b"x" * ((free.f_bavail - 150) * free.f_frsize))  # 600 KB are left
    with pytest.raises(StoreError, match=r"No space left|the disk is full"):
        kg.build(tmp_path / "all.jsonl", out)
    assert [path.name for path in out.iterdir()] == [AREA]
    assert documents_kept(out) == 60
    filler.unlink()

    def reads(*arguments: object) -> None:
        raise AssertionError("nothing is read again")

    monkeypatch.setattr("conftest.MeetingReader.extract", reads)
    assert len(kg.build(tmp_path / "all.jsonl", out).documents) == 60
    assert not (out / AREA).exists()
