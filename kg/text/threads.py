"""One thread for the arithmetic of the language model: more of them wait for each other."""

from __future__ import annotations

import os

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""What numpy's libraries read, once, when they are first imported."""


def one_thread() -> None:
    """Ask for one thread where the user has not asked for more; of use before numpy is imported."""
    for variable in THREADS:
        os.environ.setdefault(variable, "1")
