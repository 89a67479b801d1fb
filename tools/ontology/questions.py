"""Brings the table of stock questions in ontology/README.md in step with ontology/queries/*.rq.

python -m tools.ontology.questions          # rewrites the table
python -m tools.ontology.questions --check  # changes nothing, exit 1 if it is stale
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from kg.graph.stock import stock_queries
from tools.ontology.writing import write_or_check

FILE = Path(__file__).resolve().parents[2] / "ontology" / "README.md"
_TABLE = re.compile(r"(\| name \| what it answers \| parameters \|\n\|---\|---\|---\|\n)(\|.*\n)*")


def table() -> str:
    """The rows of the table, one for each question."""
    rows = []
    for stock in stock_queries().values():
        parameters = ", ".join(
            f"`{p.name}`" + ("" if p.required else "?") for p in stock.parameters
        )
        title = stock.title + (" (view)" if stock.kind == "view" else "")
        rows.append(f"| `@{stock.name}` | {title} | {parameters or '–'} |\n")
    return "".join(rows)


if __name__ == "__main__":
    text = FILE.read_text(encoding="utf-8")
    replaced = _TABLE.sub(lambda match: match.group(1) + table(), text)
    sys.exit(write_or_check(FILE, replaced, "tools.ontology.questions"))
