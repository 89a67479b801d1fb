"""``kg doctor``: what kg stands on here, what is missing, how to get it."""

from __future__ import annotations

import argparse
import sys

from kg.cli.graphs import add_folder
from kg.cli.terminal import json_line, one_line

HELP = "look at the installation: packages, model, store; what is missing"
DESCRIPTION = """\
Looks at Python, the packages and optional extras, the language model (by checksum),
the vocabulary, a graph and its store, and says what is missing and how to get it.
Reads one sentence as a trial. Exit status 1 when something needed is wrong.
"""
EXAMPLES = """\
examples:
  kg doctor
  kg doctor graph/ --json
"""
_MARKS = {"ok": "ok", "optional": "-", "wrong": "WRONG"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    add_folder(parser, "the output folder of a build to look at")
    parser.add_argument("--no-trial", action="store_true", help="do not read a sentence")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for reports")


def run(arguments: argparse.Namespace) -> int:
    """Print each finding; say at the end what to do."""
    from kg.doctor import State, examine

    part, wrong = "", 0
    for finding in examine(arguments.folder, trial=not arguments.no_trial):
        wrong += finding.state is State.WRONG
        if arguments.json:
            sys.stdout.write(json_line(finding.to_json()) + "\n")
            continue
        if finding.part != part:
            part = finding.part
            sys.stdout.write(f"{part}\n")
        seen = one_line(f"{finding.name:15} {finding.seen}")
        sys.stdout.write(f"  {_MARKS[finding.state]:6}{seen}\n")
        if finding.remedy:
            sys.stdout.write(f"{'':24}→ {one_line(finding.remedy)}\n")
        sys.stdout.flush()
    if not arguments.json:
        verdict = f"{wrong} to put right" if wrong else "everything needed is here; - is optional"
        sys.stdout.write(f"\n{verdict}\n")
    return 1 if wrong else 0
