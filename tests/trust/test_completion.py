"""``kg completion``: the scripts are asked in the shells they are for."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.cli import VERBS, main
from kg.cli.completion import SHELLS, script

# What is typed, and some of what must be proposed.
TYPED = [
    ("kg bui", {"build"}),
    ("kg build --act", {"--actors"}),
    ("kg query --format j", {"json"}),
    ("kg completion z", {"zsh"}),
    ("kg show art", {"articles/"}),
    ("kg convert --documents art", {"articles/"}),
]

BASH = """
source "$1"
shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
function=$(complete -p kg | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
$function kg "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


def ask(shell: str, path: Path, typed: str, cwd: Path) -> set[str]:
    """What a shell proposes after the script was loaded; a folder ends in a slash."""
    if shell == "bash":
        command = ["bash", "-c", BASH, "bash", str(path), *typed.split()]
    else:
        command = ["fish", "--no-config", "-c", f"source {path}; complete -C '{typed}'"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(cwd), "LANG": "C.UTF-8"}
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    found = {line.partition("\t")[0] for line in done.stdout.splitlines()}
    return {f"{name}/" if (cwd / name).is_dir() else name for name in found if name}


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_proposals(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    (tmp_path / "articles").mkdir()
    path = tmp_path / "kg.completion"
    path.write_text(script(shell), encoding="utf-8")
    for typed, wanted in TYPED:
        found = {name.replace("//", "/") for name in ask(shell, path, typed, tmp_path)}
        assert found == wanted, typed


@pytest.mark.parametrize("shell", SHELLS)
def test_every_verb_is_in_every_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    out = capsys.readouterr().out
    assert all(verb in out for verb in VERBS)
    assert "--actors" in out or "-l actors" in out
    if found := shutil.which(shell):
        done = subprocess.run([found, "-n"], input=out, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
