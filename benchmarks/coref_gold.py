"""Scores who is who on tests/gold/coreference-*.jsonl (format in README-coreference.md).

    python benchmarks/coref_gold.py [FILE …] [--show]

Read from raw text, end to end. Counted are pronouns and definite descriptions: an answer is right
when it gives the actors that the names of the same person or body lead to in the text; where
nobody named is meant, or where two could be, every answer is wrong. ``chains`` is LEA (Moosavi and
Strube 2016) over all marked mentions of single actors, singletons left out.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kg.statement import Document
from kg.text.mentioned import MentionKind, Mentions
from kg.text.pipeline import Extractor

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold"
OPEN, NOBODY = "?", "-"
STYLES = {
    *("wire", "broadcaster", "biography", "newspaper1990s", "court", "parliament"),
    *("interview", "speech", "encyclopedia-gap"),
}
_MARK = re.compile(r"\[|\|(\?|-|[a-z0-9-]+(?:\+[a-z0-9-]+)*)\]|[|\]]")
_PRONOUN = re.compile(
    r"(?<![\w'’-])(?:[Hh]e|[Hh]im|[Hh]is|[Hh]imself|[Ss]he|[Hh]ers?|[Hh]erself|[Ii]t|[Ii]ts|[Ii]tself"
    r"|[Tt]hey|[Tt]hem|[Tt]heirs?|[Tt]hemselves|I|[Mm]e|[Mm]y|[Mm]yself|[Mm]ine|[Ww]e|us|[Oo]urs?"
    r"|[Oo]urselves)(?![\w-])"
)
_DEFINITE = re.compile(r"(?:the|this|that|these|those|both|each|neither|either|all)\b", re.I)


@dataclass(frozen=True, slots=True)
class Marked:
    """Characters ``start`` to ``end`` that stand for the actors of the ids (text-local names)."""

    start: int
    end: int
    text: str
    ids: tuple[str, ...]
    kind: str
    """pronoun, description or name."""


@dataclass(frozen=True, slots=True)
class Text:
    """A plain text with its marked mentions; ``actors`` are nodes that no name in it tells."""

    id: str
    style: str
    day: date
    text: str
    marked: tuple[Marked, ...]
    actors: dict[str, tuple[str, ...]]


@dataclass(slots=True)
class Count:
    """Right, answered and wanted."""

    right: int = 0
    answered: int = 0
    wanted: int = 0

    def add(self, good: bool, answered: bool, wanted: bool) -> None:
        """Count one."""
        self.right += good
        self.answered += answered
        self.wanted += wanted

    def rates(self) -> tuple[float, float, float]:
        """Precision, recall and F, in percent."""
        p, r = self.right / max(self.answered, 1), self.right / max(self.wanted, 1)
        return 100 * p, 100 * r, 100 * 2 * p * r / max(p + r, 1e-9)


@dataclass(slots=True)
class Scores:
    """What is counted over many texts; ``causes`` says how answers went wrong."""

    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    causes: Counter[str] = field(default_factory=Counter)
    key_links: list[float] = field(default_factory=lambda: [0.0, 0.0])
    response_links: list[float] = field(default_factory=lambda: [0.0, 0.0])

    def chains(self) -> tuple[float, float, float]:
        """Precision, recall and F of LEA, in percent."""
        p = self.response_links[0] / max(self.response_links[1], 1e-9)
        r = self.key_links[0] / max(self.key_links[1], 1e-9)
        return 100 * p, 100 * r, 100 * 2 * p * r / max(p + r, 1e-9)

    def figures(self) -> dict[str, float]:
        """Precision, recall and F of each measure by name, in percent to one decimal."""
        rows = {name: count.rates() for name, count in self.counts.items()}
        rows["chains"] = self.chains()
        return {
            f"{name} {letter}": round(value, 1)
            for name, rates in sorted(rows.items())
            for letter, value in zip("PRF", rates, strict=True)
        }


def read_marked(annotated: str, name: str) -> tuple[str, tuple[Marked, ...]]:
    """The plain text and the mentions of "[Putin|putin] said [he|putin] …".

    Marks may lie in each other. Raises ``ValueError`` for a bracket without its other half, a
    mention without an id, and a personal pronoun that is not marked.
    """
    plain: list[str] = []
    length, last = 0, 0
    opened: list[int] = []
    found: list[Marked] = []
    for mark in _MARK.finditer(annotated):
        plain.append(annotated[last : mark.start()])
        length += mark.start() - last
        last = mark.end()
        if mark[0] == "[":
            opened.append(length)
        elif mark[1] is None or not opened:
            raise ValueError(f"{name}: '{mark[0]}' without its other half at {mark.start()}")
        else:
            start = opened.pop()
            words = "".join(plain)[start:length]
            found.append(Marked(start, length, words, tuple(mark[1].split("+")), _kind(words)))
    if opened:
        raise ValueError(f"{name}: a '[' that nothing closes")
    text = "".join(plain) + annotated[last:]
    spans = {(m.start, m.end) for m in found}
    for pronoun in _PRONOUN.finditer(text):
        if pronoun.span() not in spans:
            raise ValueError(f"{name}: '{pronoun[0]}' at {pronoun.start()} is not marked")
    return text, tuple(sorted(found, key=lambda m: (m.start, -m.end)))


def _kind(words: str) -> str:
    if _PRONOUN.fullmatch(words):
        return "pronoun"
    plain = [re.sub(r"^(?:al|el|ul|ad|as|an|ash|de)-", "", w) for w in words.split()]
    inner = plain[1:] if plain[0].lower() == "the" and plain[1:] else plain
    capital = inner[0][:1].isupper() and inner[-1][:1].isupper()
    bare = _DEFINITE.fullmatch(words) is not None
    return "name" if capital and not bare else "description"


def read_texts(path: Path) -> list[Text]:
    """The texts of a gold file, checked as a whole; raises ``ValueError`` for malformed ones."""
    texts: list[Text] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        record = json.loads(line)
        name = f"{path.name}:{number}"
        if set(record) - {"actors"} != {"id", "style", "date", "text"}:
            raise ValueError(f"{name}: keys must be id, style, date, text and perhaps actors")
        if record["style"] not in STYLES:
            raise ValueError(f"{name}: unknown style '{record['style']}'")
        text, marked = read_marked(record["text"], name)
        actors = {k: tuple(v) for k, v in record.get("actors", {}).items()}
        unused = set(actors) - {i for m in marked for i in m.ids}
        if unused:
            raise ValueError(f"{name}: nodes of {sorted(unused)}, which nothing is marked with")
        day = date.fromisoformat(record["date"])
        texts.append(Text(record["id"], record["style"], day, text, marked, actors))
    return texts


def score(text: Text, mentions: Mentions, into: Scores, show: bool = False) -> None:
    """Count what the mentions of a text get right."""
    answers = [mentions.in_characters(m.start, m.end) for m in text.marked]
    given = [frozenset(a.id for a in m.actors) if m else frozenset() for m in answers]
    nodes = _nodes(text, given)
    for marked, ids in zip(text.marked, given, strict=True):
        if marked.kind == "name":
            continue
        wanted = marked.ids[0] not in {OPEN, NOBODY}
        good = wanted and bool(ids) and _same(marked, ids, nodes)
        names = [marked.kind]
        if marked.kind == "pronoun":
            names += [f"pronoun {_person(marked.text)}"]
            names += ["pronoun in gap paragraphs"] if text.style == "encyclopedia-gap" else []
        for name in names:
            into.counts[name].add(good, bool(ids), wanted)
        if not good and (ids or wanted):
            cause = _cause(marked, ids, nodes)
            into.causes[f"{marked.kind}: {cause}"] += 1
            if show:
                around = text.text[max(marked.start - 90, 0) : marked.end + 40].replace("\n", " ")
                print(f"{text.id}: {cause}: '{marked.text}' {'+'.join(marked.ids)} got", *ids)
                print(f"      … {around} …")
    for mention in _unasked(text, mentions):
        into.counts["description"].add(False, True, False)
        into.causes["description: not marked"] += 1
        if show:
            words = mentions.doc.span(mention[0], mention[1]).text
            print(f"{text.id}: not marked: '{words}' got", *mention[2])
    _chains(text, given, into)


def _nodes(text: Text, given: list[frozenset[str]]) -> dict[str, frozenset[str]]:
    """Id of the text → the nodes it may have: those told, else the one most of its names get."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for marked, ids in zip(text.marked, given, strict=True):
        if marked.kind == "name" and len(marked.ids) == 1 and len(ids) == 1:
            seen[marked.ids[0]].update(ids)
    found = {i: frozenset([counts.most_common(1)[0][0]]) for i, counts in seen.items()}
    return found | {i: frozenset(nodes) for i, nodes in text.actors.items()}


def _same(marked: Marked, ids: frozenset[str], nodes: dict[str, frozenset[str]]) -> bool:
    if len(ids) != len(marked.ids):
        return False
    return all(nodes.get(i, frozenset()) & ids for i in marked.ids)


def _cause(marked: Marked, ids: frozenset[str], nodes: dict[str, frozenset[str]]) -> str:
    if marked.ids[0] in {OPEN, NOBODY}:
        return "two could be meant" if marked.ids[0] == OPEN else "nobody is meant"
    if not all(nodes.get(i) for i in marked.ids):
        return "its name is not linked"
    return "another one" if ids else "left open"


def _person(word: str) -> str:
    word = word.lower()
    if word in {"it", "its", "itself"}:
        return "it"
    if word.startswith("the"):
        return "they"
    return "he or she" if word[0] in "hs" else "I or we"


def _unasked(text: Text, mentions: Mentions) -> list[tuple[int, int, list[str]]]:
    """Definite phrases that are no mark of the text and yet were taken for one named before."""
    asked = [(m.start, m.end) for m in text.marked]
    found = []
    for mention in mentions:
        if mention.kind not in {MentionKind.DESCRIPTION, MentionKind.COLLECTIVE}:
            continue
        first, head = mentions.doc[mention.start], mentions.doc[mention.head]
        inside = any(start <= head.idx < end for start, end in asked)
        if _DEFINITE.match(first.text) and not inside and "named" not in mention.reason[:5]:
            found.append((mention.start, mention.end, [a.id for a in mention.actors]))
    return found


def _chains(text: Text, given: list[frozenset[str]], into: Scores) -> None:
    key: dict[str, set[int]] = defaultdict(set)
    response: dict[str, set[int]] = defaultdict(set)
    for i, (marked, ids) in enumerate(zip(text.marked, given, strict=True)):
        if len(marked.ids) == 1 and marked.ids[0] not in {OPEN, NOBODY}:
            key[marked.ids[0]].add(i)
        if len(ids) == 1 and len(marked.ids) == 1:
            response[next(iter(ids))].add(i)
    _links(list(key.values()), list(response.values()), into.key_links)
    _links(list(response.values()), list(key.values()), into.response_links)


def _links(chains: list[set[int]], others: list[set[int]], total: list[float]) -> None:
    """Add the share of links of each chain that the others have too, weighed by its length."""
    for chain in chains:
        if len(chain) > 1:
            kept = sum(_pairs(len(chain & other)) for other in others)
            total[0] += len(chain) * kept / _pairs(len(chain))
            total[1] += len(chain)


def _pairs(n: int) -> int:
    return n * (n - 1) // 2


def run(path: Path, extractor: Extractor, show: bool = False) -> Scores:
    """The scores of all texts of a file."""
    scores = Scores()
    for text in read_texts(path):
        reading = extractor.read(Document(text.id, text.text, date=text.day))
        score(text, reading.mentions, scores, show)
    return scores


def main() -> None:
    """Print the scores of gold files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--show", action="store_true", help="print every wrong answer")
    options = parser.parse_args()
    extractor = Extractor()
    for path in options.files or sorted(GOLD.glob("coreference-*.jsonl")):
        scores = run(path, extractor, options.show)
        print(path.name)
        for name, count in sorted(scores.counts.items()):
            p, r, f = count.rates()
            print(f"  {name:28} P {p:5.1f} R {r:5.1f} F {f:5.1f} ({count.wanted})")
        p, r, f = scores.chains()
        print(f"  {'chains':28} P {p:5.1f} R {r:5.1f} F {f:5.1f}")
        for cause, times in scores.causes.most_common():
            print(f"  {times:4} {cause}")


if __name__ == "__main__":
    main()
