"""The wings do not know each other: the import contracts of pyproject.toml hold and can fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def contracts_hold(folder: Path) -> subprocess.CompletedProcess[str]:
    """import-linter, run on the package in a folder with our contracts."""
    command = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [command, "--no-cache", "--config", ROOT / "pyproject.toml"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def test_all_contracts_hold() -> None:
    done = contracts_hold(ROOT)
    assert done.returncode == 0, done.stdout
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert f"{len(contracts['contracts'])} kept, 0 broken" in done.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("kg/text/lemmas.py", "import networkx"),
        ("kg/text/lemmas.py", "from kg.graph import terms"),
        ("kg/graph/terms.py", "import spacy"),
        ("kg/graph/terms.py", "from kg.text import corpus"),
        ("kg/statement.py", "from kg.graph import terms"),
        ("kg/statement.py", "import numpy"),
        ("kg/summary.py", "from kg.cli import terminal"),
        ("kg/text/phrases.py", "from kg.text import clauses"),
        ("kg/text/markup.py", "from kg.text import pages"),
        ("kg/graph/terms.py", "from kg.graph import rdf"),
        ("kg/graph/analyse.py", "from kg.graph import pagedata"),
    ],
)
def test_each_crossing_is_seen(tmp_path: Path, module: str, line: str) -> None:
    for path in (ROOT / "kg").rglob("*.py"):
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    with (tmp_path / module).open("a") as file:
        file.write(f"\n{line}\n")
    done = contracts_hold(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout
