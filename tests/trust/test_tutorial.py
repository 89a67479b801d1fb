"""The tutorial does what it says: its files are written, its commands run and show its output."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from kg.cli import main

TUTORIAL = (Path(__file__).parents[2] / "docs" / "tutorial.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TUTORIAL, re.M | re.S)


@pytest.mark.model
def test_the_tutorial(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("articles").mkdir()
    (article,), (sidecar,) = blocks("text"), blocks("yaml")
    Path("articles/gas.txt").write_text(article, encoding="utf-8")
    Path("articles/gas.yml").write_text(sidecar, encoding="utf-8")
    more = re.search(r'`more\.txt` holds "(.*?)"', TUTORIAL)
    assert more is not None
    Path("more.txt").write_text(more.group(1), encoding="utf-8")
    consoles = blocks("console")
    assert len(consoles) == 7
    for console in consoles:
        command, _, shown = console.removeprefix("$ ").partition("\n")
        words = shlex.split(command)
        assert words[0] == "kg"
        assert main(words[1:]) == 0
        pattern = ".*".join(
            # An ellipsis stands for the rest of a line, alone for any number of lines.
            ".*" if line == "…" else re.escape(line).replace("…", "[^\n]*") + "\n"
            for line in shown.splitlines()
        )
        out, err = capsys.readouterr()
        found = (out + err).replace("\r\n", "\n")
        assert re.search(pattern, found, re.S), f"{command} gave:\n{found}"
