"""Importing is cheap: what costs time is imported when it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    *("spacy", "numpy", "onnxruntime", "rdflib", "pyoxigraph", "networkx", "pyvis", "pandas"),
    *("pyshacl", "yaml", "IPython"),
}
LANGUAGE = {"spacy", "onnxruntime", "thinc"}


def imported(code: str) -> set[str]:
    """The packages that a fresh interpreter has loaded after some code."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


@pytest.mark.parametrize(
    "code",
    [
        "import kg",
        "import kg; kg.Statement, kg.Document, kg.Graph, kg.build, kg.KGError",
        "from kg.cli import make_parser; make_parser().format_help()",
    ],
)
def test_nothing_heavy(code: str) -> None:
    loaded = imported(code)
    assert "kg" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.parametrize(
    "code",
    [
        "from kg.cli import main; main(['query', '--list'])",
        "from kg.cli import main; main(['query', 'ASK {}', '--from', 'nowhere'])",
        "from kg.cli import main; main(['show', 'nowhere', '--no-open'])",
        "from kg.cli import main; main(['validate', 'nowhere.ttl'])",
    ],
)
def test_the_graph_side_does_not_load_the_language_model(code: str) -> None:
    assert imported(code) & LANGUAGE == set()
