"""Links against the Wikipedia titles of GUM (https://gucorpling.org/gum/, path as argument).

    python benchmarks/links_gum.py path/to/gum/dev [--show] [--all]

From plain text, end to end, with the date of the document; news, interviews, speeches and lives
unless ``--all``. A mention that GUM gives a title is linked when kg gives it an actor of the
tables; the link is right when the title is a name of that actor. Titles that are no name in the
tables are counted as wrong links too, and apart: many are right all the same (``--show`` prints
them). Recall is over proper names with a title that is a name of one actor.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from coref_gum import GENRES, read

from kg.statement import ActorType, Document
from kg.text.gazetteer import Gazetteer
from kg.text.mentioned import MentionKind
from kg.text.pipeline import Extractor

_REFERRING = {MentionKind.PRONOUN, MentionKind.DESCRIPTION, MentionKind.ALIAS, MentionKind.ROLE}
_LANDS = {ActorType.STATE, ActorType.TERRITORY}
_FIELDS = 8
"""GRP-etype-infstat-salience-centering-minspan-link-identity."""


@dataclass(frozen=True, slots=True)
class Titled:
    """Tokens ``start`` to ``end`` that mean the subject of a page of Wikipedia."""

    start: int
    end: int
    title: str


def titles(path: Path) -> Iterator[Titled]:
    """The mentions of a document that have a title."""
    opened: dict[str, list[tuple[int, str]]] = defaultdict(list)
    i = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) != 10 or not cells[0].isdigit():
            continue
        entities = re.search(r"(?:^|\|)Entity=([^|]*)", cells[9])
        for piece in re.finditer(r"\(([^()]+)(\))?|(\d*)\)", entities[1] if entities else ""):
            if piece[1]:
                fields = piece[1].split("-", _FIELDS - 1)
                title = fields[-1] if len(fields) == _FIELDS else ""
                if piece[2]:
                    if title:
                        yield Titled(i, i + 1, _plain(title))
                else:
                    opened[fields[0]].append((i, title))
            elif opened[piece[3]]:
                start, title = opened[piece[3]].pop()
                if title:
                    yield Titled(start, i + 1, _plain(title))
        i += 1


def _plain(title: str) -> str:
    return re.sub(r"\s*\([^()]*\)$", "", unquote(title).replace("_", " "))


def _day(path: Path) -> date | None:
    found = re.search(r"meta::dateCreated = (\d{4}-\d\d-\d\d)", path.read_text(encoding="utf-8"))
    return date.fromisoformat(found[1]) if found else None


_ORGANS = {
    **dict.fromkeys(("Congress", "Senate", "House of Representatives", "Parliament"), "LEG"),
    **dict.fromkeys(("Armed Forces", "Army", "Navy", "Air Force", "military"), "MIL"),
    **dict.fromkeys(("Government", "Cabinet"), "GOV"),
    "Supreme Court": "JUD",
}


def _bearers(book: Gazetteer, title: str) -> set[str]:
    """The actors that a title names, parts of states among them: "United States Congress"."""
    bare = re.sub(r"^(?:The|Mainland) |, [^,]+$", "", title)
    found = {name.actor for words in {title, bare} for name in book.lookup(words)}
    for words, organ in _ORGANS.items():
        owner = re.fullmatch(rf"(.+) {words}|{words} of (?:the )?(.+)", title)
        for name in book.lookup(owner[1] or owner[2]) if owner else ():
            found.add(f"kg:{book.actors[name.actor].country}-{organ}")
    named = [book.actors[i] for i in found if i in book.actors]
    people = {f"kg:{a.country}-CVL" for a in named if a.type in _LANDS}
    return found | (people if title.endswith("s") else set())


def main() -> None:
    """Score all documents of a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="print every wrong link")
    parser.add_argument("--all", action="store_true", help="documents of every kind")
    options = parser.parse_args()
    extractor = Extractor()
    book = extractor.gazetteer
    counts: Counter[str] = Counter()
    for path in sorted(options.folder.glob("*.conllu")):
        if path.stem.split("_")[1] not in GENRES and not options.all:
            continue
        doc, _ = read(path)
        mentions = extractor.read(Document(path.stem, doc.text, date=_day(path))).mentions
        for titled in titles(path):
            span = doc[titled.start : titled.end]
            found = mentions.in_characters(span.start_char, span.end_char)
            wanted = _bearers(book, titled.title)
            ids = {a.id for a in found.actors} if found else set()
            ids = {i for i in ids if not i.startswith("local:")}
            kind = "references" if found and found.kind in _REFERRING else "names"
            good = bool(ids & wanted)
            named = len(wanted) == 1 and span.root.pos_ == "PROPN"
            counts[f"{kind} linked"] += bool(ids)
            counts[f"{kind} right"] += good
            counts[f"{kind} of unknown titles"] += bool(ids) and not wanted
            counts["known"] += named
            counts["known and right"] += named and good
            if not good and (ids or named) and options.show:
                labels = ", ".join(a.label for a in found.actors) if found else "nobody"
                told = "unknown title" if not wanted else "another one" if ids else "missed"
                print(f"{path.stem}: {told}: '{span.text}' is {titled.title}, linked to {labels}")
    for kind in ("names", "references"):
        linked, right = counts[f"{kind} linked"], counts[f"{kind} right"]
        unknown = counts[f"{kind} of unknown titles"]
        print(
            f"{kind:12} {right} of {linked} links right ({100 * right / max(linked, 1):.1f} %), "
            f"{right} of {linked - unknown} where the tables know the title "
            f"({100 * right / max(linked - unknown, 1):.1f} %)"
        )
    known, good = counts["known"], counts["known and right"]
    print(f"{'recall':12} {good} of {known} known titles ({100 * good / max(known, 1):.1f} %)")


if __name__ == "__main__":
    main()
