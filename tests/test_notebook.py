"""The notebooks run from top to bottom and are stored without outputs."""

from __future__ import annotations

import shutil
from collections import Counter
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from packaging.utils import canonicalize_name

from tools.licences import project, tree

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SHOWN = {
    "01-a-first-article": {"table": 4, "page": 1},
    "02-sparql-over-a-corpus": {"table": 4, "plot": 1},
    "03-the-network-over-time": {"table": 4, "plot": 2, "page": 1},
    "04-claims-and-counter-claims": {"table": 7, "plot": 1, "page": 1},
    "05-your-own-actor-and-relation": {"table": 4, "plot": 1, "page": 1},
}
"""The notebooks with what each of them displays."""


def test_there_are_five() -> None:
    assert [path.stem for path in NOTEBOOKS] == list(SHOWN)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_is_stored_without_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) >= 5
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    text = path.read_text(encoding="utf-8")
    assert str(ROOT) not in text and "/home/" not in text


def executed(path: Path, folder: Path) -> Any:
    """A notebook after all its cells have run, in a copy of what it reads."""
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(ROOT / "notebooks" / "articles", folder / "notebooks" / "articles")
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(folder / "notebooks")}}
    NotebookClient(notebook, timeout=300, resources=resources).execute()
    return notebook


def others_refused() -> str:
    """A ``sitecustomize`` for which only what ``geokg[notebook]`` brings along is installed.

    Here everything is that developers need; a notebook must do without.
    """
    asked = project()
    brought = {entry.name for entry in tree([*asked[""], *asked["notebook"]])} | {"geokg"}
    assert "matplotlib" in brought and "scipy" not in brought
    refused = {
        module
        for module, packages in packages_distributions().items()
        if not brought & {canonicalize_name(package) for package in packages}
    }
    assert "scipy" in refused
    return f"""
import sys
class Refused:
    def find_spec(self, name, path=None, target=None):
        if name in {refused!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Refused())
"""


def kind(output: Any) -> str:
    """What an output shows."""
    data = output.get("data", {})
    if "image/png" in data:
        return "plot"
    html = data.get("text/html", "")
    return "page" if "<iframe" in html else "table" if "<table" in html else "text"


@pytest.mark.notebook
@pytest.mark.model
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A kernel and matplotlib write their history and settings into the home folder.
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path / "matplotlib"))
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(others_refused(), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    notebook = executed(path, tmp_path)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    # An error of a magic is printed, not raised; nothing may stand on standard error.
    assert not [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"]
    shown = Counter(kind(output) for output in outputs)
    assert {name: shown[name] for name in SHOWN[path.stem]} == SHOWN[path.stem]
    if path.stem == "01-a-first-article":
        out = tmp_path / "out"
        assert (out / "copy.ttl").read_bytes() == (out / "graph.ttl").read_bytes()
