"""Scores who says so, whether it is so, when and where, on the gold sets of claims.

    python benchmarks/claims.py [dev | heldout] … [--errors attribution|factuality|times|places]

The sets and what counts are told in tests/gold/README-qualifiers.md. ``--errors`` lists what
was missed and what was too much, for the half that is looked at while the rules are written.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from claims_gold import (
    Article,
    Chars,
    read_articles,
    read_factuality,
    read_places,
    read_times,
)

from kg.statement import Document
from kg.text.clauses import Clause, Clauses, find_clauses
from kg.text.parsed import Doc
from kg.text.phrases import noun_phrases
from kg.text.pipeline import Extractor
from kg.text.places import place_of
from kg.text.qualify import qualify
from kg.text.quotes import find_reports
from kg.text.times import find_times

GOLD = Path(__file__).parent.parent / "tests" / "gold"
SPLITS = ("dev", "heldout")
Scores = dict[str, float]
Complain = Callable[[str], None]
# A content counts as found when the words of the two agree to so much of an F1.
ALIKE, OVERLAPPING = 0.8, 0.5
_LEADING = (
    *("in ", "on ", "at ", "over ", "during ", "for ", "the ", "within ", "early ", "late "),
    *("since ", "until ", "by ", "from ", "between ", "through ", "midnight ", "dawn "),
)


def f1(right: float, found: float, asked: float) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * right / (found + asked) if found + asked else 1.0


def words(doc: Doc, spans: Iterable[Chars]) -> frozenset[int]:
    """The words between characters of a text, by their token."""
    found: set[int] = set()
    for start, end in spans:
        span = doc.covering(start, end)
        assert span is not None
        found |= {t.i for t in span if t.is_alpha or t.like_num}
    return frozenset(found)


# --- attribution --------------------------------------------------------------------------------

Tokens = frozenset[int]
PARTS = ("source", "cue", "content")


class Found(NamedTuple):
    """A report by its words: source, cue, content; its stance and the head of its source."""

    source: Tokens
    cue: Tokens
    content: Tokens
    stance: str
    head: int | None


def _wanted(doc: Doc, article: Article) -> list[Found]:
    found = []
    for a in article.attributions:
        source = words(doc, [a.source]) if a.source else frozenset()
        cue = doc.covering(*a.cue) if a.cue else None
        assert cue is not None
        head = None
        if a.source:
            span = doc.covering(*a.source)
            assert span is not None
            head = span.root.i
        content = words(doc, a.content)
        found.append(Found(source, frozenset(t.i for t in cue), content, a.stance, head))
    return found


def _reported(doc: Doc) -> list[Found]:
    found = []
    for r in find_reports(doc, find_clauses(doc), noun_phrases(doc)).reports:
        source = frozenset(
            i for i in range(*(r.named or (0, 0))) if doc[i].is_alpha or doc[i].like_num
        )
        content = frozenset(
            i for a, b in r.content for i in range(a, b) if doc[i].is_alpha or doc[i].like_num
        )
        found.append(Found(source, frozenset(range(*r.cue)), content, str(r.stance), r.source))
    return found


def _agreement(a: frozenset[int], b: frozenset[int]) -> float:
    return f1(len(a & b), len(a), len(b))


def attribution(split: str, model: Callable[[str], Doc], complain: Complain) -> Scores:
    """F1 of reports, by how exactly source, cue and content must agree; F1 of their words."""
    counts: Counter[str] = Counter()
    for article in read_articles(GOLD / f"attribution-{split}.txt"):
        doc = model(article.text)
        wanted, left = _wanted(doc, article), _reported(doc)
        counts["asked"] += len(wanted)
        counts["found"] += len(left)
        _count_words(counts, wanted, left)
        pairs = sorted(
            ((_likeness(w, g), n, m) for n, w in enumerate(wanted) for m, g in enumerate(left)),
            key=lambda p: (-p[0], p[1], p[2]),
        )
        taken: dict[int, int] = {}
        for likeness, n, m in pairs:
            if likeness >= 1 and n not in taken and m not in taken.values():
                taken[n] = m
        for n, want in enumerate(wanted):
            if n not in taken:
                complain(f"{article.name} MISSED {_told(doc, want)}")
                continue
            got = left[taken[n]]
            counts["overlap"] += 1
            strict = _strict(want, got)
            counts["strict"] += strict
            counts["exact"] += want[:3] == got[:3]
            counts["stance"] += want.stance == got.stance
            if not strict:
                complain(f"{article.name} UNLIKE {_told(doc, want)}\n   GOT {_told(doc, got)}")
        for m, got in enumerate(left):
            if m not in taken.values():
                complain(f"{article.name} EXTRA {_told(doc, got)}")
    asked, found = counts["asked"], counts["found"]
    return {
        "precision": counts["overlap"] / found,
        "recall": counts["overlap"] / asked,
        "f1": f1(counts["overlap"], found, asked),
        "strict f1": f1(counts["strict"], found, asked),
        "exact f1": f1(counts["exact"], found, asked),
        "stance": counts["stance"] / counts["overlap"],
        **{
            f"{part} words": f1(
                counts[f"{part} both"], counts[f"{part} got"], counts[f"{part} wanted"]
            )
            for part in PARTS
        },
    }


def _likeness(want: Found, got: Found) -> float:
    """At least 1 where source and cue overlap and half of the content agrees; more if more."""
    sources = bool(want.source & got.source) or (not want.source and not got.source)
    alike = _agreement(want.content, got.content)
    if not sources or not want.cue & got.cue or (want.content and alike < OVERLAPPING):
        return 0.0
    return 1 + alike


def _strict(want: Found, got: Found) -> bool:
    heads = want.source == got.source or (got.head is not None and got.head == want.head)
    return heads and _agreement(want.content, got.content) >= ALIKE


def _count_words(counts: Counter[str], wanted: list[Found], got: list[Found]) -> None:
    for part in PARTS:
        a: Tokens = frozenset().union(*(getattr(found, part) for found in wanted))
        b: Tokens = frozenset().union(*(getattr(found, part) for found in got))
        counts[f"{part} wanted"] += len(a)
        counts[f"{part} got"] += len(b)
        counts[f"{part} both"] += len(a & b)


def _told(doc: Doc, found: Found) -> str:
    def text(tokens: frozenset[int]) -> str:
        return " ".join(doc[i].text for i in sorted(tokens)) or "-"

    source, cue, content = (text(part) for part in found[:3])
    return f"[{source}] {cue} ({found.stance}): {content}"


# --- factuality ---------------------------------------------------------------------------------


def clause_at(clauses: Clauses, doc: Doc, start: int) -> Clause | None:
    """The clause whose predicate begins at a character."""
    span = doc.covering(start, start + 1)
    return clauses.at(span.start) if span is not None else None


def factuality(split: str, model: Callable[[str], Doc], complain: Complain) -> Scores:
    """Pearson r and mean error of the author's values and of the sources'; right readings."""
    got: list[float] = []
    wanted: list[float] = []
    told: list[float] = []
    held: list[float] = []
    right = 0
    for line in read_factuality(GOLD / f"factuality-{split}.txt"):
        doc = model(line.text)
        clauses = find_clauses(doc)
        reports = find_reports(doc, clauses, noun_phrases(doc))
        for event in line.marks:
            clause = clause_at(clauses, doc, event.start)
            q = qualify(doc, clauses, reports, clause) if clause is not None else None
            value = q.factuality if q is not None else 3.0
            got.append(value)
            wanted.append(event.factuality)
            chain = q.sources if q is not None else ()
            for n, source in enumerate(event.sources):
                told.append(chain[n] if n < len(chain) else 0.0)
                held.append(source)
            same = q is not None and (q.polarity, q.modality) == (event.polarity, event.modality)
            right += same
            if not same or abs(value - event.factuality) > 1 or len(chain) < len(event.sources):
                read = f"{q.polarity} {q.modality} {value} {chain} {q.trace}" if q else "no clause"
                complain(
                    f"{line.text}\n   {event.word}: {event.polarity} {event.modality}"
                    f" {event.factuality:g} {event.sources}  GOT {read}"
                )
    return {
        "r": statistics.correlation(got, wanted),
        "mean error": statistics.fmean(abs(a - b) for a, b in zip(got, wanted, strict=True)),
        "reading": right / len(wanted),
        "sources r": statistics.correlation(told, held),
        "sources mean error": statistics.fmean(abs(a - b) for a, b in zip(told, held, strict=True)),
    }


# --- times and places ---------------------------------------------------------------------------


def bare(text: str) -> str:
    """An expression without what leads to it: prepositions, articles, parts of the day."""
    text = " ".join(text.lower().split())
    while text.startswith(_LEADING):
        text = text.split(" ", 1)[1]
    return text


def times(split: str, model: Callable[[str], Doc], complain: Complain) -> Scores:
    """F1 of the expressions, exact and overlapping; right days; times on the right clause."""
    counts: Counter[str] = Counter()
    for line in read_times(GOLD / f"times-{split}.txt"):
        doc = model(line.text)
        clauses = find_clauses(doc)
        found = find_times(doc, line.published, clauses)
        left = list(found.expressions)
        for want in line.marks:
            counts["asked"] += 1
            words = line.text[want.start : want.end]
            match = next(
                (
                    e
                    for e in left
                    if doc[e.start].idx < want.end
                    and want.start < doc[e.end - 1].idx + len(doc[e.end - 1])
                ),
                None,
            )
            if match is None:
                complain(f"{line.text}\n   MISSED {words}")
                continue
            left.remove(match)
            counts["overlap"] += 1
            counts["right"] += bare(match.interval.text) == bare(words)
            days = [
                d.isoformat() if d else None for d in (match.interval.start, match.interval.end)
            ]
            same = days == [want.first, want.last]
            counts["value"] += same
            attached = True
            if want.clause:
                counts["attachable"] += 1
                heads = [c for c in clauses if doc[c.head].text == want.clause]
                attached = bool(heads) and found.of(heads[0]) == match.interval
                counts["attached"] += attached
            if not same or not attached or bare(match.interval.text) != bare(words):
                complain(
                    f"{line.published} {line.text}\n   {words} {want.first} {want.last}"
                    f" {want.clause} GOT {match.interval.text} {days} {match.rule}"
                    f" {doc[match.clause].text if match.clause is not None else '-'}"
                )
        for extra in left:
            complain(f"{line.text}\n   EXTRA {extra.interval.text} ({extra.rule})")
        counts["extra"] += len(left)
    found_all = counts["overlap"] + counts["extra"]
    return {
        "f1": f1(counts["overlap"], found_all, counts["asked"]),
        "exact f1": f1(counts["right"], found_all, counts["asked"]),
        "value": counts["value"] / counts["overlap"],
        "attachment": counts["attached"] / counts["attachable"],
    }


def places(split: str, extractor: Extractor, complain: Complain) -> Scores:
    """Share of events with the right place, or rightly with none."""
    counts: Counter[str] = Counter()
    for line in read_places(GOLD / f"places-{split}.txt"):
        reading = extractor.read(Document("line", line.text, date=line.published))
        for start, want in line.marks:
            clause = clause_at(reading.clauses, reading.doc, start)
            place = place_of(reading.clauses, clause, reading.mentions) if clause else None
            got = "-" if place is None else f"{place.actor.label} / {place.span.text}"
            same = (want == "-") == (place is None) and (want == "-" or want in got.split(" / "))
            counts["asked"] += 1
            counts["right"] += same
            if not same:
                complain(f"{line.text}\n   wanted {want} GOT {got}")
    return {"attachment": counts["right"] / counts["asked"]}


def measure(name: str, split: str, extractor: Extractor, complain: Complain) -> Scores:
    """The scores of one set, rounded."""

    def model(text: str) -> Doc:
        return Doc(extractor.nlp(text))

    scores = {
        "attribution": lambda: attribution(split, model, complain),
        "factuality": lambda: factuality(split, model, complain),
        "times": lambda: times(split, model, complain),
        "places": lambda: places(split, extractor, complain),
    }[name]()
    return {key: round(value, 4) for key, value in scores.items()}


MEASURES = ("attribution", "factuality", "times", "places")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("split", nargs="*", metavar="split")
    parser.add_argument("--only", choices=MEASURES, action="append")
    parser.add_argument("--errors", action="store_true", help="list the errors of the dev half")
    given = parser.parse_args()
    if unknown := set(given.split) - set(SPLITS):
        parser.error(f"no such half: {min(unknown)} (known: dev, heldout)")
    extractor = Extractor()
    for name in given.only or MEASURES:
        for split in given.split or SPLITS:
            errors: list[str] = []
            scores = measure(name, split, extractor, errors.append)
            told = "  ".join(f"{key} {value:.3f}" for key, value in scores.items())
            print(f"{name:12s} {split:8s} {told}")
            if given.errors and split == "dev":
                print("\n".join(errors), file=sys.stderr)


if __name__ == "__main__":
    main()
