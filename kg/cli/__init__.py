"""The command line: one module per verb, each a thin layer over a function of the package.

Nothing heavy is imported before a verb runs; ``kg --help`` answers at once and ``kg query``
never pays for the language model.
"""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module

from kg.cli.terminal import error, use_utf8, visible
from kg.errors import KGError
from kg.text.threads import one_thread

VERBS = (
    *("build", "extract", "parse", "link", "actors", "explain", "query", "serve", "push", "show"),
    *("analyse", "export", "convert", "merge", "delete", "stats", "validate", "check"),
    *("doctor", "completion"),
)
"""The verbs in the order of ``kg --help``; each is a module of this package."""

_DESCRIPTION = """\
Reads news articles and makes a knowledge graph of who did what to whom, with the
words that say so. Works offline.

  kg build articles/           statements, RDF, store, network and page into out/
  kg show out/                 opens the page
  kg query "SELECT …"          asks the graph

Exit status: 0 all went well, 1 some documents were skipped (each is named on
standard error) or a check found problems, 2 the command could not do its work.
"""


def make_parser() -> argparse.ArgumentParser:
    """The parser with all verbs; docs/cli.md is compared with it."""
    parser = argparse.ArgumentParser(
        prog="kg", description=_DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    parser.add_argument(
        "--verbose",
        action="store_true",
        help="with --version: also of the language model, the vocabulary and the packages",
    )
    commands = parser.add_subparsers(title="verbs", dest="verb", metavar="VERB")
    for verb in VERBS:
        module = import_module(f"kg.cli.{verb}")
        command = commands.add_parser(
            verb,
            help=module.HELP,
            description=module.DESCRIPTION,
            epilog=module.EXAMPLES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        module.configure(command)
        command.add_argument(
            "--debug", action="store_true", help="show where in the program an error arose"
        )
        command.set_defaults(run=module.run, command=command)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit status, having said what went wrong in one line."""
    use_utf8()
    one_thread()
    parser = make_parser()
    parsed = _parsed(parser, sys.argv[1:] if arguments is None else arguments)
    if parsed is None:
        parser.print_help(sys.stderr)
        return 2
    try:
        status: int = parsed.run(parsed)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # Whoever read our output has left (`kg extract … | head`). Python would complain
        # once more when it closes stdout, so that goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        error("interrupted")
        return 130
    except KGError as problem:
        if parsed.debug:
            raise
        error(str(problem))
        return 2
    except OSError as problem:
        if parsed.debug:
            raise
        where = f"{problem.filename}: " if problem.filename else ""
        error(f"{where}{problem.strerror or problem}")
        return 2
    except Exception as problem:
        if parsed.debug:
            raise
        error(
            f"kg itself failed: {type(problem).__name__}: {visible(str(problem))[:200]} "
            "(please report it with the output of the same command with --debug)"
        )
        return 2


def _parsed(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> argparse.Namespace | None:
    """What the arguments ask for, None where they ask for nothing; ends as argparse does.

    A verb or an option that there is not is named with the nearest one that there is.
    """
    verb = next((argument for argument in arguments if not argument.startswith("-")), None)
    if verb is not None and verb not in VERBS:
        parser.error(f"there is no verb '{visible(verb)}'{_meant(verb, VERBS)}")
    parsed, rest = parser.parse_known_args(arguments)
    if rest and parsed.verb != "query":
        asked: argparse.ArgumentParser = parsed.command if parsed.verb else parser
        options = [name for action in asked._actions for name in action.option_strings]
        asked.error(f"does not know {visible(' '.join(rest))}{_meant(rest[0], options)}")
    if parsed.version:
        parsed.run, parsed.debug = _version, False
    elif parsed.verb is None:
        return None
    parsed.rest = rest
    return parsed


def _meant(word: str, known: Iterable[str]) -> str:
    word = word.partition("=")[0]
    near = difflib.get_close_matches(word, list(known), 1)
    if near == [word]:  # kg --debug build
        return " before the verb (it comes behind it)"
    return f" (did you mean {near[0]}?)" if near else ""


def _version(arguments: argparse.Namespace) -> int:
    """Print the version; what decides the statements and what does the work only when asked."""
    from kg import __version__

    if not arguments.verbose:
        sys.stdout.write(f"kg {__version__}\n")
        return 0
    from kg.doctor import libraries, versions

    for name, version in (*versions(), *libraries()):
        sys.stdout.write(f"{name} {version}\n")
    return 0
