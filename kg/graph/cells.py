"""Text of articles in the cells of a table that a spreadsheet may open."""

from __future__ import annotations

import re

# What may begin a formula in one spreadsheet or another, and what may hide that it does.
_FORMULA = re.compile(r"[\s\0]*[=+\-@|%]|[\t\r\n]")


def formula_safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: what would begin one gets an apostrophe."""
    return f"'{text}" if _FORMULA.match(text) else text
