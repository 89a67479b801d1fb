"""``kg`` as a process of its own: pipes, exit status, what stands on which stream."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# The verbs with the fast reader of the tests in the place of the language model.
_KG = f"""
import sys, types
sys.path.insert(0, {str(Path(__file__).parents[1])!r})
from conftest import MeetingReader
module = types.ModuleType("kg.text.pipeline")
module.Extractor = MeetingReader
sys.modules["kg.text.pipeline"] = module
from kg.cli import main
sys.exit(main(sys.argv[1:]))
"""


def run(*arguments: str, cwd: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _KG, *arguments],
        cwd=cwd,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


def test_pipeline_of_processes(tmp_path: Path) -> None:
    given = json.dumps({"text": "Anna met Boris."}) + "\n"
    extracted = run("extract", "-", cwd=tmp_path, given=given)
    assert (extracted.returncode, extracted.stderr) == (0, "1 statement in 1 document\n")
    (tmp_path / "statements.jsonl").write_text(extracted.stdout)
    shown = run("show", "statements.jsonl", "--no-open", cwd=tmp_path)
    assert (shown.returncode, shown.stdout) == (0, "")
    assert "Boris" in (tmp_path / "graph.html").read_text()


def test_the_reader_of_the_output_leaves(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": f"Anna{n} met Boris. " * 20}) + "\n" for n in range(500))
    (tmp_path / "a.jsonl").write_text(lines)
    process = subprocess.Popen(
        [sys.executable, "-c", _KG, "extract", "a.jsonl"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None and process.stderr is not None
    assert json.loads(process.stdout.readline())["relation"]["label"] == "met"
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 141
    assert errors == ""


def test_utf8_whatever_the_locale(tmp_path: Path) -> None:
    given = json.dumps({"text": "Łukasz met Ümit."}, ensure_ascii=False).encode()
    done = subprocess.run(
        [sys.executable, "-c", _KG, "extract"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
        input=given,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))["subject"]["label"] == "Łukasz"


def test_no_progress_where_there_is_no_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Anna met Boris.")
    done = run("build", "a.txt", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout == ""
    assert "\r" not in done.stderr and "\x1b" not in done.stderr
    assert done.stderr.splitlines()[0] == "1 document: 1 statement about 2 actors"


def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Anna met Boris."}\n')
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", _KG, "extract", "a.jsonl"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1:] == ["kg: error: No space left on device"]


@pytest.mark.parametrize(
    "command", [[str(Path(sys.executable).with_name("kg"))], [sys.executable, "-m", "kg"]]
)
def test_command_and_module(command: list[str]) -> None:
    done = subprocess.run([*command, "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("kg ")
