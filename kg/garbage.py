"""The collector of garbage, kept from looking at millions of triples again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (100_000, 50, 1_000)  # so many objects more, and then all of them still more rarely


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Let the collector look rarely: writing makes no cycles, and looking took an eighth of it."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
