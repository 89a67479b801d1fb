"""Open triples against sentences with all the facts they state.

    python benchmarks/open_facts.py [FILE …] [--errors]

Two figures, after the two conventions of the field: *exact*, a triple is right if it is one
of the wordings of a fact (BenchIE, Gashteovski et al. 2022), and *lexical*, shares of words in
common slot by slot (CaRB, Bhardwaj et al. 2019). The format of the files stands at their head.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.statement import Document, Statement
from kg.text.pipeline import Extractor

GOLD = Path(__file__).parent.parent / "tests" / "gold"
_BRACKET = re.compile(r"\[([^\]]*)\]")

Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its facts, each a tuple of wordings."""

    text: str
    facts: tuple[tuple[Triple, ...], ...]


def read_facts(path: Path) -> list[Sentence]:
    """The sentences of a file; raises ValueError with file and line for what is no fact."""
    found: list[tuple[str, list[tuple[Triple, ...]]]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith(" "):
            found.append((line, []))
            continue
        wordings = [tuple(p.strip() for p in w.split("|")) for w in line.split("||")]
        if not found or any(len(w) != 3 for w in wordings):
            raise ValueError(f"{path}:{number}: a fact is subject | relation | object")
        found[-1][1].append(tuple((w[0], w[1], w[2]) for w in wordings))
    return [Sentence(text, tuple(facts)) for text, facts in found]


def triples(statements: Sequence[Statement]) -> list[Triple]:
    """Open triples as words, in the order of trust."""
    ordered = sorted(statements, key=lambda s: -s.confidence)
    return [
        (s.subject.actor.label, s.relation.label, s.object.actor.label if s.object else "")
        for s in ordered
    ]


def _pattern(words: str) -> str:
    """A regular expression for a wording over words that each end in a space."""

    def literal(part: str) -> str:
        return "".join(re.escape(w) + " " for w in _words(part))

    parts = _BRACKET.split(words)
    return "".join(literal(p) if i % 2 == 0 else f"(?:{literal(p)})?" for i, p in enumerate(parts))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w%.,'-]*\w[\w%']*|%", text.lower())


def is_wording(triple: Triple, wording: Triple) -> bool:
    """Whether a triple is this wording; the border of relation and object is free."""
    subject, relation, obj = wording
    told = "".join(w + " " for w in _words(f"{triple[1]} {triple[2]}"))
    who = "".join(w + " " for w in _words(triple[0]))
    return bool(
        re.fullmatch(_pattern(subject), who) and re.fullmatch(_pattern(f"{relation} {obj}"), told)
    )


def _shares(triple: Triple, wording: Triple) -> tuple[float, float]:
    """Precision and recall in words, slot by slot; nothing if the relations share no word."""
    shared = told = asked = 0
    for slot in (0, 1, 2):
        mine = Counter(_words(triple[slot]))
        gold = Counter(_words(_BRACKET.sub(r"\1", wording[slot])))
        common = (mine & gold).total()
        if slot == 1 and not common and gold:
            return 0.0, 0.0
        shared, told, asked = shared + common, told + mine.total(), asked + gold.total()
    return shared / told if told else 0.0, shared / asked if asked else 0.0


def exact(found: list[Triple], facts: Sequence[tuple[Triple, ...]]) -> tuple[int, int]:
    """How many triples are right, how many facts are told."""
    right = sum(any(is_wording(t, w) for f in facts for w in f) for t in found)
    told = sum(any(is_wording(t, w) for t in found for w in f) for f in facts)
    return right, told


def lexical(found: list[Triple], facts: Sequence[tuple[Triple, ...]]) -> tuple[float, float]:
    """Summed precision of triples (each fact taken once) and recall of facts."""
    table = {
        (t, f): max((_shares(found[t], w) for w in facts[f]), key=lambda s: s[0] * s[1])
        for t in range(len(found))
        for f in range(len(facts))
    }
    recall = sum(
        max((table[t, f][1] for t in range(len(found))), default=0.0) for f in range(len(facts))
    )
    precision, free_t, free_f = 0.0, set(range(len(found))), set(range(len(facts)))
    for (t, f), (p, r) in sorted(table.items(), key=lambda item: -(item[1][0] * item[1][1])):
        if t in free_t and f in free_f and p * r > 0:
            precision += p
            free_t.remove(t)
            free_f.remove(f)
    return precision, recall


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _report(sentence: Sentence, found: list[Triple]) -> Iterator[str]:
    yield f"\n> {sentence.text}"
    for t in found:
        mark = "+" if any(is_wording(t, w) for f in sentence.facts for w in f) else "-"
        yield f"  {mark} " + " | ".join(t)
    for f in sentence.facts:
        if not any(is_wording(t, w) for t in found for w in f):
            yield "  ? " + " | ".join(f[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument(
        "files", nargs="*", type=Path, default=sorted(GOLD.glob("open-facts-*.txt"))
    )
    parser.add_argument("--errors", action="store_true", help="every triple and missing fact")
    arguments = parser.parse_args()
    extractor = Extractor(open_triples=True)
    for path in arguments.files:
        sentences = read_facts(path)
        given = wanted = right = told = 0
        precision = recall = 0.0
        for number, sentence in enumerate(sentences):
            statements = extractor.extract(Document(id=f"s{number}", text=sentence.text))
            found = triples([s for s in statements if s.relation.id is None])
            given, wanted = given + len(found), wanted + len(sentence.facts)
            r, t = exact(found, sentence.facts)
            right, told = right + r, told + t
            p, c = lexical(found, sentence.facts)
            precision, recall = precision + p, recall + c
            if arguments.errors:
                print("\n".join(_report(sentence, found)))
        p, r_ = right / given, told / wanted
        lp, lr = precision / given, recall / wanted
        print(f"{path.name}: {len(sentences)} sentences, {wanted} facts, {given} triples")
        print(f"  exact    P {p:.2f} R {r_:.2f} F1 {_f1(p, r_):.2f}")
        print(f"  lexical  P {lp:.2f} R {lr:.2f} F1 {_f1(lp, lr):.2f}")


if __name__ == "__main__":
    main()
