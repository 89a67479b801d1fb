"""What cannot be written, is locked, damaged or missing is one clear line.

That time zone, locale, hash seed and number of processes do not matter is tested with the seeds
(test_build_seeds), a full disk in test_full_disk, kills in test_killed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from graph.statements import DOCUMENTS, STATEMENTS

from kg.cli import main
from kg.graph.files import full_graphs
from kg.graph.store import load_store


def kg(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command of kg in a process with nothing in its environment but what is said."""
    plain = {"PATH": os.environ["PATH"], "HOME": str(cwd), "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        cwd=cwd,
        env={**plain, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_files_are_utf_8_in_a_locale_without_it(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"mention": "Türkiye"}\n', encoding="utf-8")
    with (tmp_path / "a.jsonl").open("rb") as lines:
        done = subprocess.run(
            [sys.executable, "-X", "utf8=0", "-m", "kg", "link"],
            stdin=lines,
            capture_output=True,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0",
                 "PYTHONPATH": os.pathsep.join(sys.path)},
            check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "wd:Q43" in done.stdout.decode("utf-8")


# --- What cannot be written or is in use --------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Path:
    load_store(tmp_path / "store", full_graphs(STATEMENTS, DOCUMENTS))
    return tmp_path / "store"


def one_line(err: str, *words: str) -> None:
    lines = err.splitlines()
    assert len(lines) == 1, err
    assert lines[0].startswith("kg: error: ")
    assert all(word in lines[0] for word in words), err


def test_a_store_that_somebody_writes_to(store: Path, tmp_path: Path) -> None:
    import pyoxigraph

    held = pyoxigraph.Store(str(store))
    try:
        done = kg("delete", "speech-2025", "--from", store, cwd=tmp_path)
        assert done.returncode == 2
        one_line(done.stderr, "locked", "wait for it")
        assert kg("query", "@documents", "--from", store, cwd=tmp_path).returncode == 0
    finally:
        del held


DAMAGES = {
    "CURRENT": b"nonsense",
    "MANIFEST": b"\0" * 64,
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_store(
    store: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in store.glob(f"{name}*"):
        path.write_bytes(DAMAGES[name])
    for command in (["query", "@documents", "--from"], ["stats"], ["convert"]):
        target = ["x.ttl"] if command == ["convert"] else []
        assert main([*command, str(store), *target]) == 2
        one_line(capsys.readouterr().err, str(store), "damaged", "build again")


@pytest.mark.usefixtures("meetings")
@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("chattr"), reason="needs root")
def test_a_folder_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Anna met Boris.")
    Path("closed").mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "ro,size=1m", "tmpfs", "closed"],
        capture_output=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip("nothing can be mounted here")
    try:
        for command in (
            ["build", "a.txt", "--out", "closed/out"],
            ["convert", "closed/none.ttl", "closed/x.ttl"],
        ):
            assert main(command) == 2
            one_line(capsys.readouterr().err, "closed/")
    finally:
        subprocess.run(["umount", "closed"], check=True)


# --- What is not installed --------------------------------------------------------------------

MISSING = [
    ("docx", ["extract", "a.docx"], 1, 'pip install "geokg[ingest]"'),
    ("pypdf", ["extract", "a.pdf"], 1, 'pip install "geokg[ingest]"'),
    ("markdown_it", ["extract", "a.md"], 1, 'pip install "geokg[ingest]"'),
    ("warcio", ["extract", "a.warc"], 1, 'pip install "geokg[ingest]"'),
    ("zstandard", ["extract", "a.txt.zst"], 1, 'pip install "geokg[ingest]"'),
    ("pyarrow", ["extract", "a.parquet"], 1, 'pip install "geokg[parquet]"'),
    ("starlette", ["serve", "store"], 2, 'pip install "geokg[serve]"'),
]


@pytest.mark.usefixtures("meetings")
@pytest.mark.parametrize(("package", "command", "status", "said"), MISSING)
def test_a_missing_package_is_one_line_with_what_to_do(
    package: str,
    command: list[str],
    status: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [*sys.modules]:
        if name == package or name.startswith((f"{package}.", "kg.graph.endpoint")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    Path(command[-1]).write_bytes(b"x")
    assert main(command) == status
    lines = capsys.readouterr().err.splitlines()
    assert len([line for line in lines if line.startswith(("kg: skipped", "kg: error"))]) == 1
    assert any(said in line for line in lines), lines
