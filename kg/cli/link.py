"""``kg link``: names in, actors out."""

from __future__ import annotations

import argparse
import json
import sys

from kg.cli.terminal import error, json_line, note, one_line
from kg.errors import DataError

HELP = "find the actors that names stand for"
DESCRIPTION = """\
Reads JSON Lines {"mention", "context"?, "date"?} from standard input and writes for
each the actor with a score and the reason, or null when no actor or more than one
fits. Where several fit equally well they are named on standard error; so is a broken
line, which is answered with null.
"""
EXAMPLES = """\
examples:
  echo '{"mention": "Moscow"}' | kg link
  echo '{"mention": "the British prime minister", "date": "2021-05-01"}' | kg link
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The verb has no options of its own."""


def run(arguments: argparse.Namespace) -> int:
    """Write one line for each line of standard input."""
    from kg.text.linking import link_told

    broken = 0
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        answer = None
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise ValueError("not a JSON object")
            answer, rivals = link_told(record)
            if rivals:
                name = one_line(str(record["mention"]))
                note(f"stdin:{number}: '{name}' stays open: {' or '.join(rivals)}")
        except (ValueError, RecursionError) as problem:
            broken += 1
            error(str(DataError("stdin", number, str(problem), "the answer is null")))
        sys.stdout.write(json_line(answer) + "\n")
        sys.stdout.flush()
    return 1 if broken else 0
