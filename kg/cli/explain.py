"""``kg explain``: why a sentence yields what it yields."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.cli.articles import add_reading
from kg.cli.terminal import visible

HELP = "show step by step what is read in a sentence, and why"
DESCRIPTION = """\
Prints the actors found and why, the clauses, who is quoted, every frame that was
tried with the condition that failed, and the statements. '-' reads standard input.
"""
EXAMPLES = """\
examples:
  kg explain "Moscow and Pyongyang signed a defence pact last year." --date 2025-09-22
  kg explain - < paragraph.txt
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    parser.add_argument("text", help="a sentence or a few, or - for standard input")
    add_reading(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the explanation."""
    from kg.errors import DocumentError
    from kg.text.characters import NotText, decode, normalise
    from kg.text.explain import explain
    from kg.text.pipeline import Extractor

    text = arguments.text
    if text == "-":
        try:
            text = decode(sys.stdin.buffer.read(1_000_000), lambda line: None)
        except NotText as problem:
            raise DocumentError("standard input", str(problem)) from problem
    elif " " not in text.strip() and Path(text).is_file():
        raise DocumentError(
            text, "is a file; explain takes the words themselves", f"kg explain - < {text}"
        )
    text = normalise(text, lambda line: None).strip()
    if not text:
        raise DocumentError("the text", "is empty", 'try: kg explain "Russia invaded Ukraine."')
    extractor = Extractor(actors=arguments.actors, model=arguments.model)
    sys.stdout.write(visible(explain(text, arguments.date, extractor)))
    return 0
