"""``kg check``: whether all data files are in order."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from kg.cli.terminal import one_line

HELP = "check the data files: actors, lexicon, cue words, ontology"
DESCRIPTION = """\
Reads every data file as a whole and names what is wrong with the file and the line:
names that stand for two actors, words in two frames, relations that the ontology
does not have. Exit status 1 when anything is wrong.
"""
EXAMPLES = """\
example:
  kg check
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The verb has no options of its own."""


def run(arguments: argparse.Namespace) -> int:
    """Print the problems of each part."""
    from kg.agreement import check_agreement
    from kg.text.cuewords import check_cues
    from kg.text.lexicon import check_lexicon
    from kg.text.linking import check_actors

    parts: tuple[tuple[str, Callable[[], list[str]]], ...] = (
        ("actors", check_actors),
        ("lexicon", check_lexicon),
        ("cue words", check_cues),
        ("lexicon and ontology", check_agreement),
    )
    wrong = 0
    for name, check in parts:
        problems = check()
        wrong += len(problems)
        for problem in problems:
            sys.stdout.write(f"{one_line(problem)}\n")
        sys.stdout.write(f"{name}: {f'{len(problems)} problems' if problems else 'in order'}\n")
    return 1 if wrong else 0
