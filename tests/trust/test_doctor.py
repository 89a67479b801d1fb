"""``kg doctor`` and ``kg --version --verbose``: what is said of a sound and of a broken house."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import kg
from kg import doctor, installed
from kg.cli import main
from kg.doctor import State, examine
from kg.installed import Package

ROOT = Path(__file__).parents[2]
DEVELOPERS = {"dev", "docs"}

BOUNDS = [
    (">=3.8,<3.9", "3.8.18", True),
    (">=3.8,<3.9", "3.9", False),
    (">=3.8,<3.9", "3.9.0rc1", False),
    (">=3.8,<3.9", "3.7.9", False),
    (">=1.10", "1.9", False),
    (">=1.10", "1.10.0", True),
    (">=1.10.0", "1.10", True),
    (">=0.3.2", "0.3.2.post1", True),
    ("", "1", True),
    (">=1", None, False),
]


@pytest.mark.parametrize(("bounds", "version", "suits"), BOUNDS)
def test_bounds(bounds: str, version: str | None, suits: bool) -> None:
    assert Package("x", bounds, version).suits is suits


def test_every_package_of_the_project_is_known() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert len(installed.packages()) == len(project["dependencies"]) >= 10
    extras = project["optional-dependencies"]
    assert set(installed.GIVES) == set(extras) - DEVELOPERS
    for extra in installed.extras():
        assert len(extra.packages) == len(extras[extra.name])
    assert "spacy" in [package.name for package in installed.packages()]
    spacy = next(p for p in installed.packages() if p.name == "spacy")
    assert spacy.bounds == ">=3.8.13,<3.9"


def test_a_missing_and_an_old_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    real = metadata.version

    def version(name: str) -> str:
        if name in ("pyvis", "oxrdflib"):
            raise metadata.PackageNotFoundError(name)
        return "0.1" if name == "rdflib" else real(name)

    monkeypatch.setattr(installed, "version", version)
    found = {f.name: f for f in examine(tmp_path, trial=False) if f.part in ("packages", "extras")}
    assert found["pyvis"].state is State.WRONG
    assert found["pyvis"].remedy == 'pip install "pyvis>=0.3.2"'
    assert found["rdflib"].state is State.WRONG
    assert found["rdflib"].seen.startswith("0.1, kg needs >=")
    assert found["rdf"].state is State.OPTIONAL
    assert found["rdf"].seen.endswith("not here: oxrdflib")
    assert found["rdf"].remedy == 'pip install "geokg[rdf]"'
    assert found["numpy"].state is State.FINE


def test_it_runs_where_nothing_is_installed(tmp_path: Path) -> None:
    """Without a single package the doctor still says what is missing, one line each."""
    code = (
        "import sys; sys.path[:0] = sys.argv[1:]; from kg.cli import main; "
        "sys.exit(main(['doctor', '--json']))"
    )
    about = tmp_path / "geokg-0.1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(
        "Metadata-Version: 2.4\nName: geokg\nVersion: 0.1.0\nRequires-Dist: spacy>=3.8\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-E", "-c", code, str(ROOT), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env={name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
    )
    assert done.returncode == 1, done.stderr
    assert done.stderr == ""
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    spacy = next(line for line in lines if line["name"] == "spacy")
    assert spacy["remedy"] == 'pip install "spacy>=3.8"'
    model = next(line for line in lines if line["name"] == "language model")
    assert model["state"] == "wrong"
    assert "No module named" in model["seen"]
    assert not [line for line in lines if line["name"] == "trial"]
    assert [line for line in lines if line["part"] == "graph"]


def test_a_damaged_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from kg.text import weights

    (tmp_path / "meta.json").write_text("{}")
    monkeypatch.setattr(weights, "default_folder", lambda: tmp_path)
    found = {finding.name: finding for finding in examine(tmp_path)}
    assert found["language model"].state is State.WRONG
    assert "damaged; reinstall geokg" in found["language model"].seen
    assert "trial" not in found


@pytest.mark.usefixtures("meetings")
def test_a_graph_and_a_damaged_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Anna met Boris.")
    assert main(["build", "a.txt"]) == 0
    capsys.readouterr()
    assert main(["doctor", "--no-trial"]) == 0
    out = capsys.readouterr().out
    assert "1 statement, made by kg " in out
    assert "triples" in out
    assert out.endswith("\neverything needed is here; - is optional\n")

    with Path("out/statements.jsonl").open("a") as file:
        file.write("{\x1b[31m\n")
    manifest = next(Path("out/store").glob("MANIFEST*"))
    manifest.write_bytes(b"x" * 20)
    assert main(["doctor", "--no-trial"]) == 1
    out = capsys.readouterr().out
    assert "WRONG out" in out
    assert "the store is damaged" in out
    assert "\x1b" not in out
    assert out.endswith("\n2 to put right\n")


BROKEN_MARKERS = ["", "[]", "null", '"geokg"', '{"documents": ', "{" * 100_000]


@pytest.mark.parametrize("content", BROKEN_MARKERS, ids=range(len(BROKEN_MARKERS)))
def test_a_damaged_marker_is_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    content: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("out").mkdir()
    Path("out/geokg.json").write_text(content)
    for command in (["analyse"], ["stats"], ["export"]):
        assert main(command) == 2
        err = capsys.readouterr().err
        assert err.startswith("kg: error: out/geokg.json: ")
        assert "build again" in err
        assert err.count("\n") == 1
    assert main(["doctor", "--no-trial"]) == 1
    assert "out/geokg.json" in capsys.readouterr().out


def test_a_marker_that_does_not_say_enough(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "geokg.json").write_text('{"documents": 1}')
    (tmp_path / "statements.jsonl").write_text("")
    assert main(["doctor", "--no-trial", str(tmp_path)]) == 1
    assert "geokg.json: does not say 'statements' (build again)" in capsys.readouterr().out


def test_version_verbose(capsys: pytest.CaptureFixture[str]) -> None:
    from kg.knowledge import vocabulary_version
    from kg.text.weights import default_folder, identity

    assert main(["--version", "--verbose"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [
        f"kg {kg.__version__}",
        f"model {identity(default_folder())}",
        f"vocabulary {vocabulary_version()}",
    ]
    assert f"pyoxigraph {metadata.version('pyoxigraph')}" in lines
    assert len(lines) >= 14


@pytest.mark.parametrize("words", [[], ["--verbose"]])
def test_a_verb_is_needed(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err.startswith("usage: kg ")


@pytest.mark.model
def test_the_trial_reads_a_sentence(tmp_path: Path) -> None:
    found = {finding.name: finding for finding in doctor.examine(tmp_path)}
    assert found["trial"].state is State.FINE
    assert found["language model"].state is State.FINE
