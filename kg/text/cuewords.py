"""Whether all files of cue words are in order, for ``kg check``."""

from __future__ import annotations

from collections.abc import Callable

from kg.errors import DataError
from kg.text.boilerplate import load_words as load_boilerplate
from kg.text.cues import load_cues
from kg.text.reference import reference_words
from kg.text.signatures import load_signatures
from kg.text.timewords import load_words


def check_cues() -> list[str]:
    """What is wrong with the files of ``kg/cues/``, a line for each reader that refuses them."""
    loaders: tuple[Callable[[], object], ...] = (
        *(load_cues, load_signatures, load_words, load_boilerplate, reference_words),
    )
    problems: list[str] = []
    for load in loaders:
        try:
            load()
        except DataError as error:
            problems.append(str(error))
    return problems
