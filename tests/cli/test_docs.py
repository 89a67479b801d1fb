"""docs/cli.md says of every verb what the parser says: no option more, none less."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from kg.cli import VERBS, make_parser

PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
EVERYWHERE = {"-h", "--help", "--debug"}


def section(verb: str) -> str:
    """The part of the page about a verb."""
    match = re.search(rf"^## kg {verb}$(.*?)(?=^## |\Z)", PAGE, re.M | re.S)
    assert match, f"docs/cli.md has no section '## kg {verb}'"
    return match.group(1)


def commands() -> dict[str, argparse.ArgumentParser]:
    """The parser of each verb."""
    actions = make_parser()._actions
    return next(a.choices for a in actions if isinstance(a, argparse._SubParsersAction))


def test_every_verb_has_its_section() -> None:
    assert re.findall(r"^## kg (\w+)$", PAGE, re.M) == list(VERBS) == list(commands())


@pytest.mark.parametrize("verb", VERBS)
def test_options(verb: str) -> None:
    actions = commands()[verb]._actions
    options = {option for action in actions for option in action.option_strings} - EVERYWHERE
    rows = re.findall(r"^\| (`.*?) \|", section(verb), re.M)
    documented = set(re.findall(r"`(--?[\w-]+)", " ".join(rows)))
    assert documented == options
    positional = [action for action in actions if not action.option_strings]
    assert len(positional) == sum(not row.startswith("`-") for row in rows)


@pytest.mark.parametrize("verb", VERBS)
def test_choices(verb: str) -> None:
    for action in commands()[verb]._actions:
        for choice in action.choices or ():
            assert f"`{choice}`" in section(verb)


def test_what_every_verb_has_is_said_once() -> None:
    preamble = PAGE.partition("## kg ")[0]
    for option in EVERYWHERE - {"-h"}:
        assert f"`{option}`" in preamble
    assert "`kg --version`" in preamble
