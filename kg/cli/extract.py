"""``kg extract``: articles in, statements out as JSON Lines."""

from __future__ import annotations

import argparse
import sys

from kg.cli.articles import Articles, add_articles, jobs, note_nothing
from kg.cli.terminal import json_line, say
from kg.errors import DocumentError
from kg.jsonlines import to_json
from kg.summary import counted

HELP = "write the statements of articles as JSON Lines"
DESCRIPTION = """\
Reads articles and writes one statement per line to standard output: who did what
to whom, when, where, according to whom, and the characters that say so.
docs/formats.md describes the keys.
"""
EXAMPLES = """\
examples:
  kg extract article.txt --date 2025-09-22
  kg extract articles/ --jobs 2 > statements.jsonl
  echo '{"text": "Russia invaded Ukraine in 2022."}' | kg extract
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    add_articles(parser)
    parser.add_argument(
        "--open",
        action="store_true",
        help="also write every other clause as an open triple (relation.id is null)",
    )
    parser.add_argument(
        "--jobs", type=jobs, default=1, metavar="N", help="number of processes (default: 1)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the statements of all documents in their order."""
    from kg.text.pipeline import Extractor

    articles = Articles(arguments)
    extractor = Extractor(
        open_triples=arguments.open, actors=arguments.actors, model=arguments.model
    )
    documents = statements = 0
    for _, found in extractor.extract_all(articles, jobs=arguments.jobs):
        if isinstance(found, DocumentError):
            articles.skip(found)
            continue
        documents += 1
        for statement in found:
            statements += 1
            sys.stdout.write(json_line(to_json(statement)) + "\n")
        articles.progress.show(f"{documents} documents, {statements} statements")
    articles.progress.end()
    found_in = f"{counted(statements, 'statement')} in {counted(documents, 'document')}"
    say(found_in + (f"; {articles.skipped} skipped" if articles.skipped else ""))
    if documents:
        note_nothing(statements)
    return 1 if articles.skipped else 0
