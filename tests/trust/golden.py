"""The golden file of statement ids: ``python -m trust.golden`` in ``tests/`` writes it anew.

An id is a hash of the claim. Whoever keeps ids – a database, a bookmark, a citation – relies on
the same claim having the same id in the next release.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from kg.jsonlines import from_json, to_json
from kg.statement import Statement

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).with_name("statement-ids.jsonl")
SEEDS = ROOT / "seeds"


def claim(statement: Statement) -> str:
    """A hash of what a statement claims, its words left out: all that its id depends on.

    Written here a second time on purpose, so that a change of ``Statement.id`` is seen.
    """
    record = to_json(statement)
    ends = [record["subject"]["id"], (record["object"] or {}).get("id")]
    parts = [
        sorted(str(end) for end in ends) if record["relation"]["symmetric"] else ends,
        record["relation"]["id"],
        record["polarity"],
        record["modality"],
        [
            [link["id"] or " ".join((link["text"] or "").casefold().split()), link["stance"]]
            for link in record["attribution"]
        ],
        [record["time"]["start"], record["time"]["end"]] if record["time"] else None,
        record["place"]["id"] if record["place"] else None,
        " ".join((record["condition"] or "").casefold().split()),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]


def read() -> list[Statement]:
    """The statements of the golden file."""
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    return [from_json(json.loads(line)) for line in lines]


def write() -> int:
    """Extract the seeds and write the file; how many claims it holds."""
    from kg import extract

    claims: dict[str, Statement] = {}
    for statement in extract(SEEDS):
        claims.setdefault(statement.id, statement)
    records = [to_json(statement) for _, statement in sorted(claims.items())]
    for record in records:
        record["evidence"]["sentence"] = ""  # the words of articles are their publishers'
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    GOLDEN.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return len(claims)


if __name__ == "__main__":
    print(f"{write()} claims written to {GOLDEN.name}")
