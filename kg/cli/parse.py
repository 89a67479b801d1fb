"""``kg parse``: the language analysis as CoNLL-U or JSON Lines."""

from __future__ import annotations

import argparse
import sys

from kg.cli.articles import Articles, add_articles
from kg.cli.terminal import json_line
from kg.errors import DocumentError
from kg.statement import Document

HELP = "write the language analysis (CoNLL-U, or names and mentions as JSON Lines)"
DESCRIPTION = """\
Writes what the language model sees. --format conllu gives Universal Dependencies
trees with '# newdoc id', '# sent_id', '# text' and '# doc_start' (the offset of the
sentence in its document). --format jsonl gives one object per document with its
named entities and its mentions of actors.
"""
EXAMPLES = """\
examples:
  kg parse article.txt > article.conllu
  kg parse articles/ --format jsonl
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    add_articles(parser)
    parser.add_argument(
        "--format", choices=("conllu", "jsonl"), default="conllu", help="default: conllu"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the analysis of all documents in their order."""
    from kg.text.analysis import as_conllu, as_record
    from kg.text.pipeline import Extractor

    articles = Articles(arguments)
    extractor = Extractor(actors=arguments.actors, model=arguments.model)

    def conllu(document: Document) -> str:
        return as_conllu(document, extractor.parse(document))

    def record(document: Document) -> str:
        return json_line(as_record(extractor.read(document))) + "\n"

    written = conllu if arguments.format == "conllu" else record
    for document in articles:
        analysis = extractor.attempt(document, written)
        if isinstance(analysis, DocumentError):
            articles.skip(analysis)
        else:
            sys.stdout.write(analysis)
    return 1 if articles.skipped else 0
