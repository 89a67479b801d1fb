"""A folder with everything that can be wrong in it: one line for each, and the rest is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli import main
from kg.folder import Graph

pytestmark = pytest.mark.usefixtures("meetings")

# Name and content of a file, and what its line says.
BAD: list[tuple[str, bytes, str]] = [
    ("a-empty.txt", b"", "is empty"),
    ("b-binary.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is a binary file"),
    ("c-encoding.txt", "Кім зустрівся з Путіним.".encode("koi8-u"), "is not UTF-8 text"),
    ("d-line.txt", b"Anna met Boris and so on. " * 200_000, "too long: 5,200,000 characters"),
    ("e-page.html", b"<html><body><nav>Menu</nav></body></html>", "a page without an article"),
    ("f-lines.jsonl:2", b'{"text": "Dora met Emil."}\n{"text":\n', "not JSON"),
    ("g-same-id.jsonl:2", b'{"id": "x", "text": "Emil met Fay."}\n{"id": "x", "text": "No."}\n',
     "another document has the id 'x' and a different text"),
    ("h-prose.txt", b"QUJD" * 2000, "not prose"),
]  # fmt: skip


def test_everything_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    for name, content, _ in BAD:
        (tmp_path / "articles" / name.partition(":")[0]).write_bytes(content)
    (tmp_path / "articles" / "i-good.txt").write_text("Anna met Boris.")
    (tmp_path / "articles" / "j-html.txt").write_text("<html><p>Boris met Clara.</p></html>")
    (tmp_path / "articles" / "k-copy.txt").write_text("Anna met Boris.")
    (tmp_path / "articles" / "l-unreadable.txt").symlink_to("nowhere")

    assert main(["build", "articles", "missing"]) == 1
    lines = capsys.readouterr().err.splitlines()
    skipped = [line for line in lines if line.startswith("kg: skipped: ")]
    wanted = [
        *((f"articles/{name}", problem) for name, _, problem in BAD),
        ("articles/l-unreadable.txt", "not a regular file"),
        ("missing", "no such file or folder"),
    ]
    assert len(skipped) == len(wanted) == 10
    for line, (name, problem) in zip(skipped, wanted, strict=True):
        assert line.startswith(f"kg: skipped: {name}: ")
        assert problem in line
    notes = [line for line in lines if line.startswith("kg: note: ")]
    assert notes == [
        "kg: note: articles/j-html.txt: is HTML, read as a page",
        "kg: note: articles/k-copy.txt: the same text as an earlier document, left out",
    ]
    graph = Graph("out")
    assert len(graph.documents) == len(graph) == 4
    assert [f"kg: skipped: {line}" for line in graph.skipped] == skipped
    summary = (graph.path / "summary.md").read_text()
    assert summary.count("\n- ") == 12


def test_a_run_of_nothing_but_bad_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["build", "missing"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "kg: skipped: missing: no such file or folder",
        "kg: error: nothing to build: none of 1 document could be read "
        "(the output folder is as it was)",
    ]
    assert not Path("out").exists()
    assert main(["extract", "missing"]) == 1
