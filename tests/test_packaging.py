"""The wheel: complete, nothing too much, and enough on its own to build a graph."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.wheel

ROOT = Path(__file__).parents[1]
DATA = ("ontology", "kg/lexicon", "kg/actors", "kg/cues", "kg/graph/page", "kg/model")


def run(*command: str | Path, cwd: Path) -> str:
    """Standard output and error of a command that must succeed, without this test's settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(command, cwd=cwd, env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution and the wheel made from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (path,) = built.glob("geokg-*-py3-none-any.whl")
    return path


def tracked_data() -> set[str]:
    """The data files of the repository as the wheel should hold them."""
    found = set()
    for folder in DATA:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                name = str(path.relative_to(ROOT))
                found.add(name if name.startswith("kg/") else f"kg/{name}")
    return found


def test_the_wheel_is_complete(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = tracked_data()
    assert len(wanted) > 50
    assert wanted - names == set()
    code = {str(path.relative_to(ROOT)) for path in (ROOT / "kg").rglob("*.py")}
    assert code - names == set()
    assert "kg/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"kg", "geokg"}
    assert not [name for name in names if "__pycache__" in name or "/." in name]


def test_the_source_distribution(built: Path) -> None:
    (path,) = built.glob("geokg-*.tar.gz")
    with tarfile.open(path) as archive:
        tops = {name.split("/")[1] for name in archive.getnames() if "/" in name}
    assert {"kg", "ontology", "pyproject.toml", "README.md", "LICENSE"} <= tops
    assert tops.isdisjoint({"tests", "training", "seeds", ".venv"})


@pytest.mark.model
def test_the_wheel_alone_builds_a_graph(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "empty"
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    install = ("install", "--no-index", "--no-deps", "--quiet", wheel)
    run(sys.executable, "-m", "pip", "--python", python, *install, cwd=tmp_path)
    # The packages that kg depends on come from where the tests run; our own checkout,
    # which is linked there, does not: links in a folder named by a .pth are not followed.
    inside = run(
        python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path
    )
    packages = Path(inside.strip())
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    where = run(python, "-c", "import kg; print(kg.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(packages)

    (tmp_path / "article.txt").write_text("Russia invaded Ukraine in February 2022.\n")
    said = run(environment / "bin" / "kg", "build", "article.txt", cwd=tmp_path)
    assert "1 document: 1 statement about 2 actors" in said
    assert "kg:invaded wd:Q212" in (tmp_path / "out" / "graph.ttl").read_text()
    table = run(
        environment / "bin" / "kg", "query", "SELECT ?a ?b { ?a kg:invaded ?b }", cwd=tmp_path
    )
    assert "Q159" in table
    assert "Q212" in table
