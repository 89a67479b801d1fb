"""``kg completion``: what a shell needs to complete verbs, options and files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HELP = "print the completion script of a shell"
DESCRIPTION = """\
Prints what bash, zsh or fish needs to complete the verbs and options of kg.
"""
EXAMPLES = """\
examples:
  source <(kg completion bash)                                   (this shell)
  kg completion bash > ~/.local/share/bash-completion/completions/kg
  kg completion zsh > "${fpath[1]}/_kg"
  kg completion fish > ~/.config/fish/completions/kg.fish
"""
SHELLS = ("bash", "zsh", "fish")
_FILES = ("FILE", "PATH", "FOLDER", "SOURCE", "IN", "OUT")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the shell."""
    parser.add_argument("shell", choices=SHELLS, help="bash, zsh or fish")


def run(arguments: argparse.Namespace) -> int:
    """Print the script."""
    sys.stdout.write(script(arguments.shell))
    return 0


def script(shell: str) -> str:
    """The completion script of a shell, made from the parser of the command line."""
    import shtab

    from kg.cli import make_parser

    parser = make_parser()
    _mark_files(parser)
    made: str = shtab.complete(parser, shell)
    return made if made.endswith("\n") else f"{made}\n"


def _mark_files(parser: argparse.ArgumentParser) -> None:
    """Tell which arguments are files; shtab reads it from an attribute of the argument."""
    import shtab

    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                _mark_files(command)
        elif action.choices is None and (action.type is Path or action.metavar in _FILES):
            action.complete = shtab.FILE  # type: ignore[attr-defined]
