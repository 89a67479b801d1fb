"""The README tells the truth: its commands run and show what it shows, its links lead somewhere."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(language: str) -> list[str]:
    """The code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.M | re.S)


def commands() -> list[tuple[str, list[str]]]:
    """The commands of the console blocks, each with the output shown for it."""
    found: list[tuple[str, list[str]]] = []
    for line in "".join(blocks("console")).splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


@pytest.fixture
def seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with nothing but the seed articles, as the current one."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.model
def test_commands_show_what_the_readme_shows(seeds: Path) -> None:
    shown = commands()
    assert len(shown) == 7
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command, lines in shown:
        done = subprocess.run(
            ["sh", "-c", command],
            env={**os.environ, "PATH": path, "COLUMNS": "100"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        pattern = ".*".join(
            # An ellipsis stands for the rest of a line, alone for any number of lines.
            ".*" if line == "…" else re.escape(line).replace("…", "[^\n]*") + "\n"
            for line in lines
        )
        assert re.search(pattern, done.stdout + done.stderr, re.S), (
            f"{command} gave:\n{done.stdout}{done.stderr}"
        )


@pytest.mark.model
def test_python_session(seeds: Path) -> None:
    sessions = blocks("pycon")
    assert len(sessions) == 1
    test = doctest.DocTestParser().get_doctest(sessions[0], {}, "README.md", "README.md", 0)
    assert len(test.examples) >= 10
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    report: list[str] = []
    results = runner.run(test, out=report.append)
    assert results.failed == 0, "".join(report)


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    text = README + (ROOT / "CONTRIBUTING.md").read_text()
    named = {
        name
        for pair in re.findall(r"^make (\w+)|`make (\w+)`", text, re.M)
        for name in pair
        if name
    }
    assert {"demo", "test"} <= named
    for target in named:
        assert re.search(rf"^{target}:", makefile, re.M), f"make {target} is not in the Makefile"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    for link in links:
        if not link.startswith("https://"):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_all_verbs_are_named() -> None:
    from kg.cli import VERBS

    for verb in VERBS:
        assert f"`{verb}`" in README
