"""The arguments and the reading of articles that several verbs share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kg.cli.terminal import Progress, note, skipped
from kg.errors import DataError, DocumentError
from kg.statement import Document
from kg.text.web.access import MOST, Access, Address, is_address

_TABLES = {".csv", ".tsv", ".parquet", ".zip"}


def day(text: str) -> date:
    """A date argument."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date like 2025-09-22") from None


def day_or_column(text: str) -> date | str:
    """A date, or the name of the column of a table that holds it."""
    if text[:1].isdigit():
        return day(text)
    return text


def jobs(text: str) -> int:
    """A number of processes."""
    if not text.isdecimal() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1 to 256")
    return int(text)


def add_actors(parser: argparse.ArgumentParser) -> None:
    """The option of every verb that looks actors up."""
    parser.add_argument(
        "--actors",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a table of your own actors beside the packaged ones; may be repeated",
    )


def add_reading(parser: argparse.ArgumentParser, tables: bool = False) -> None:
    """Options of every verb that reads text with the language model."""
    parser.add_argument(
        "--date",
        type=day_or_column if tables else day,
        metavar="YYYY-MM-DD|COLUMN" if tables else "YYYY-MM-DD",
        help="publication date of texts that state none ('last year' depends on it)"
        + (", or the column of a table that holds it" if tables else ""),
    )
    add_actors(parser)
    parser.add_argument(
        "--model",
        metavar="NAME",
        help="another language model: an installed English spaCy pipeline, or a folder with one",
    )


def add_articles(parser: argparse.ArgumentParser, least: int = 0) -> None:
    """Options of every verb that reads articles."""
    parser.add_argument(
        "paths",
        nargs="+" if least else "*",
        metavar="PATH",
        help=".txt, .html, .jsonl, .csv, .pdf … files, folders of them, the http(s) address of a "
        "page, feed or sitemap, or - for JSON Lines on standard input",
    )
    add_reading(parser, tables=True)
    for key in ("text", "title"):
        parser.add_argument(
            f"--{key}",
            metavar="COLUMN",
            help=f"the column of a table that holds the {key}",
        )
    _add_web(parser)


def _add_web(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--most-pages",
        type=_pages,
        default=MOST,
        metavar="N",
        help=f"read at most N pages of a feed or sitemap (default: {MOST})",
    )
    parser.add_argument(
        "--web-cache",
        type=Path,
        metavar="FOLDER",
        help="keep fetched pages there, and fetch them again only when they have changed",
    )
    parser.add_argument(
        "--allow-private",
        action="store_true",
        help="let addresses of this machine and its network be fetched too",
    )


def _pages(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1 to 1000000")
    return int(text)


def inputs_of(arguments: argparse.Namespace) -> list[str]:
    """The paths of a command, the addresses among them with how to fetch them."""
    access = Access(arguments.allow_private, arguments.web_cache, arguments.most_pages)
    return [Address(path, access) if is_address(path) else path for path in arguments.paths]


def columns_of(arguments: argparse.Namespace) -> tuple[date | None, dict[str, str]]:
    """The date for texts that state none, and which column of a table holds what."""
    given = {"text": arguments.text, "title": arguments.title}
    columns = {key: name for key, name in given.items() if name}
    if isinstance(arguments.date, str):
        if not any(map(_may_be_table, arguments.paths)):
            raise DataError(
                "--date",
                None,
                f"'{arguments.date}' is no date, and no table is named that could have a column "
                "of this name",
                "a date is written like 2025-09-22",
            )
        return None, {**columns, "date": arguments.date}
    return arguments.date, columns


def _may_be_table(path: str) -> bool:
    """Whether a path is a table, or something in which one may lie."""
    kinds = {suffix.lower() for suffix in Path(path).suffixes}
    return bool(kinds & _TABLES) or "://" in path or Path(path).is_dir()


def note_nothing(statements: int) -> None:
    """Say where to look when documents were read and nothing was found in them."""
    if not statements:
        note('nothing was found that the vocabulary knows; kg explain "a sentence" shows why')


class Articles:
    """The documents of the paths of a command; says on standard error what was skipped."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._paths = inputs_of(arguments)
        self._date, self._columns = columns_of(arguments)
        self.progress = Progress()
        self.skipped = 0
        if not self._paths and sys.stdin.isatty():
            note('reading JSON Lines from the keyboard, such as {"text": "…"}; end with Ctrl-D')

    def __iter__(self) -> Iterator[Document]:
        from kg.text.corpus import usable_documents

        return usable_documents(self._paths, self._date, self.skip, note, self._columns)

    def skip(self, problem: DocumentError) -> None:
        """Name a document that is left out and count it."""
        self.skipped += 1
        skipped(str(problem))
