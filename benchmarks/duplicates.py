"""How well copies and updates of a story are told from other articles about the same event.

    python benchmarks/duplicates.py [EVENTS [TREEBANK.conllu …]]

Articles are composed by chance, each event by several desks: every desk reports the same facts
and shares the quotations of the people it quotes, in its own sentences and order. Of the
articles of a desk there are copies as papers print them (cut, with another headline and
dateline, spelt the other way, with boilerplate), versions (grown at the top, figures and
sentences replaced) and daily reports of one pattern, which are no copies of each other. Two
documents are a pair where they come from the same article of the same desk. Prints precision and
recall of the pairs, by kind, how far they depend on the order of the documents, bytes and time.
"""

from __future__ import annotations

import random
import sys
import time
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from kg.statement import Document
from kg.text.stories import Stories

STATES = (
    "Armenia Belarus Chad Denmark Egypt France Georgia Hungary India Jordan Kenya Libya Mali "
    "Nepal Oman Peru Qatar Rwanda Serbia Turkey Uganda Vietnam Yemen Zambia"
).split()
CITIES = (
    "Yerevan Minsk Cairo Paris Tbilisi Budapest Delhi Amman Nairobi Tripoli Bamako Muscat Lima "
    "Doha Kigali Belgrade Ankara Kampala Hanoi Lusaka Geneva Vienna Oslo Astana"
).split()
ACTS = [
    ("recalled its ambassador from {b}", "withdrew its envoy to {b}", "called home its ambassador"),
    ("closed its border with {b}", "shut all crossings to {b}", "sealed the frontier with {b}"),
    ("signed a grain agreement with {b}", "agreed with {b} on shipments of wheat", "struck a deal"),
    ("accused {b} of arming rebels", "blamed {b} for arms in rebel hands", "said {b} armed rebels"),
    ("shelled villages in {b}", "fired artillery across the border into {b}", "hit hamlets in {b}"),
    ("lifted its tariffs on {b}", "ended duties on goods from {b}", "freed trade with {b}"),
]
OPENINGS = [
    "{a} {act} on {day}, {ground}.",
    "On {day} {a} {act}, {ground}.",
    "{ground_}, {a} {act} on {day}.",
    "Officials in {city} confirmed on {day} that {a} {act}.",
]
GROUNDS = [
    "days after talks in {city} broke down", "as monitors from {c} looked on",
    "a move that had been expected for {n} weeks", "hours before a summit in {city}",
    "in answer to an incident that cost {n} lives", "after {n} rounds of mediation by {c}",
]  # fmt: skip
WHO = (
    "officials traders farmers soldiers monitors diplomats doctors teachers bankers pilots miners "
    "judges envoys villagers students sailors drivers shopkeepers engineers guards lawmakers "
    "reporters pensioners merchants refugees veterans mayors clerics brokers inspectors"
).split()
WHICH = (
    "local senior retired foreign weary angry cautious former young anxious wealthy displaced "
    "armed unpaid exiled provincial prominent reluctant veteran junior"
).split()
DID = (
    "described blocked praised counted feared expected rejected watched delayed questioned "
    "welcomed ignored inspected defended discussed recalled mourned measured hid repaired sold "
    "bought searched avoided studied cheered burned guarded emptied photographed"
).split()
WHAT = (
    "convoys bridges prices harvests barracks pipelines markets embassies ferries schools "
    "reserves tariffs refineries hospitals dams railways warehouses ports trenches archives "
    "ballots flights contracts shipments wells vineyards mines cables towers orchards"
).split()
SO = (
    "empty crowded costly hidden ancient modern damaged promised disputed northern southern "
    "coastal rural secret cheap idle flooded public private borrowed"
).split()
WHEN = [
    "before dawn", "for {n} days", "throughout the week", "after a short lull", "near {city}",
    "outside {city}", "on the road to {city}", "within {n} kilometres of the line", "at midday",
    "under a grey sky", "despite the rain", "with the help of {c}", "since the spring",
    "for the first time in {n} years", "ahead of the holidays", "on both banks of the river",
    "in the suburbs of {city}", "after talks with {c}", "at a cost of {n} million", "in silence",
    "without a permit", "under the eyes of cameras", "at the request of {c}", "in {n} provinces",
]  # fmt: skip
JOINS = ["while", "and", "but", "because", "although", "after"]
FILLERS = ["{sentence}"]
QUOTES = [
    '"We will not be the first to blink, and they know it," the foreign minister of {a} said.',
    '"This door can be opened again tomorrow if there is good will," said the premier of {b}.',
    '"I urge both sides to step back from the brink," the secretary-general told reporters.',
    '"Our people have paid enough for the quarrels of others," said a governor near {city}.',
]
LINKS = [
    "Said an editor in {city}, who follows both governments: nothing is decided.",
    "What {c} will do is the question that {city} asks.",
    "For {a}, the matter is closed; for {b}, it has only begun.",
]
FURNITURE = [
    "Advertisement", "Read more: {c} votes on water law", "Sign up for our newsletter.",
    "(Reporting by the {city} bureau; Editing by A. Desk)", "© 2025 The {city} Gazette",
]  # fmt: skip
SPELLINGS = [("per cent", "percent"), ("lorries", "trucks"), ("neighbours", "neighbors")]


@dataclass(frozen=True)
class Event:
    """What happened: who did what to whom, where, when."""

    a: str
    b: str
    c: str
    city: str
    act: int
    day: date
    quotes: tuple[str, ...]


def sentence(rng: random.Random) -> str:
    """A sentence of one desk's own making, with places and figures to be filled in."""

    def clause() -> str:
        who = f"{rng.choice(WHICH)} {rng.choice(WHO)}"
        return f"{who} {rng.choice(DID)} {rng.choice(SO)} {rng.choice(WHAT)}"

    text = f"{clause()} {rng.choice(WHEN)}"
    if rng.random() < 0.6:
        text += f" {rng.choice(JOINS)} {clause()}"
    if rng.random() < 0.4:
        text += f" {rng.choice(WHEN)}"
    return text[:1].upper() + text[1:] + "."


def filled(rng: random.Random, pattern: str, event: Event, **more: str) -> str:
    if "{sentence}" in pattern:
        pattern = pattern.replace("{sentence}", sentence(rng))
    values = {
        "a": event.a, "b": event.b, "c": event.c, "city": rng.choice([event.city, *CITIES[:6]]),
        "n": str(rng.randint(2, 60)), "day": event.day.strftime("%A"), **more,
    }  # fmt: skip
    return pattern.format(**values)


def article(rng: random.Random, event: Event) -> list[str]:
    """The paragraphs of one desk's own article on the event."""
    act = filled(rng, rng.choice(ACTS[event.act]), event)
    ground = filled(rng, rng.choice(GROUNDS), event)
    opening = rng.choice(OPENINGS)
    lead = filled(
        rng, opening, event, act=act, ground=ground, ground_=ground[:1].upper() + ground[1:]
    )
    body = [filled(rng, one, event) for one in rng.choices(FILLERS, k=rng.randint(7, 18))]
    said = [filled(rng, one, replace(event, city=event.city)) for one in event.quotes]
    body += [*said, filled(rng, rng.choice(LINKS), event)]
    rng.shuffle(body)
    paragraphs = [lead]
    while body:
        size = rng.randint(1, 3)
        paragraphs.append(" ".join(body[:size]))
        body = body[size:]
    return paragraphs


def copy(rng: random.Random, event: Event, paragraphs: list[str]) -> str:
    """The article as another paper prints it."""
    kept = list(paragraphs)
    if rng.random() < 0.5:
        kept = kept[: max(3, int(len(kept) * rng.uniform(0.4, 0.9)))]
    text = "\n\n".join(kept)
    if rng.random() < 0.5:
        for old, new in SPELLINGS:
            text = text.replace(old, new)
    head = f"{event.a} and {event.b}: {rng.choice(['crisis', 'what we know', 'latest'])}"
    lines = [head, f"{event.city.upper()} (Agency) - {text}"]
    for furniture in rng.sample(FURNITURE, rng.randint(0, 3)):
        lines.insert(rng.randint(1, len(lines)), filled(rng, furniture, event))
    return "\n\n".join(lines)


def update(rng: random.Random, event: Event, paragraphs: list[str]) -> str:
    """A later version: a new lead, figures and sentences replaced, more below."""
    grown = list(paragraphs)
    for _ in range(max(1, len(grown) // 4)):
        grown[rng.randrange(len(grown))] = filled(rng, rng.choice(FILLERS), event)
    fresh = [filled(rng, one, event) for one in rng.choices(FILLERS, k=rng.randint(1, 6))]
    lead = filled(rng, "{a} stood by its decision late on {day}, {n} hours on.", event)
    return "\n\n".join([lead, " ".join(fresh), *grown])


def daily(rng: random.Random, event: Event, pattern: list[str]) -> str:
    """Another day's report of one pattern: the same words with other figures."""
    return "\n\n".join(filled(rng, one, event) for one in pattern)


Labelled = tuple[Document, str, str]
"""A document, the article that it is of, and its kind."""


def corpus(events: int, seed: int = 7) -> Iterator[Labelled]:
    """Documents with what they are."""
    rng = random.Random(seed)
    number = 0

    def document(text: str, day: date, source: str) -> Document:
        nonlocal number
        number += 1
        return Document(f"d{number:06}", text, date=day, source=source)

    for at in range(events):
        a, b, c = rng.sample(STATES, 3)
        day = date(2025, 1, 1) + timedelta(days=at % 300)
        quotes = tuple(rng.sample(QUOTES, 2))
        event = Event(a, b, c, rng.choice(CITIES), rng.randrange(len(ACTS)), day, quotes)
        for desk in range(3):
            paragraphs = article(rng, event)
            name = f"{at}/{desk}"
            yield document("\n\n".join(paragraphs), day, f"Agency {desk}"), name, "article"
            for paper in range(rng.randint(0, 3)):
                text = copy(rng, event, paragraphs)
                yield (
                    document(text, day + timedelta(days=rng.randint(0, 2)), f"P{paper}"),
                    name,
                    "copy",
                )
            for _ in range(rng.randint(0, 2)):
                text = update(rng, event, paragraphs)
                yield document(text, day + timedelta(days=1), f"Agency {desk}"), name, "update"
    for report in range(events // 10):
        a, b, c = rng.sample(STATES, 3)
        event = Event(a, b, c, rng.choice(CITIES), 0, date(2025, 1, 1), ())
        pattern = [f"{sentence(rng)} {{n}} of {{n}}." for _ in range(8)]
        for day in range(3):
            text = daily(rng, event, pattern)
            when = event.day + timedelta(days=day)
            yield document(text, when, "Daily"), f"daily {report}/{day}", "daily"


def stories(documents: list[Document]) -> dict[str, str]:
    known = Stories()
    return {d.id: known.labelled(d).story or d.id for d in documents}


def pairs(groups: dict[str, str]) -> set[tuple[str, str]]:
    members: dict[str, list[str]] = defaultdict(list)
    for name, group in groups.items():
        members[group].append(name)
    return {pair for names in members.values() for pair in combinations(sorted(names), 2)}


def of_texts(path: Path, seed: int = 7) -> Iterator[Labelled]:
    """Copies and versions made of the documents of a treebank (CoNLL-U), which are real texts."""
    rng = random.Random(seed)
    texts: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc"):
            texts.append([])
        elif line.startswith("# text = ") and texts:
            texts[-1].append(line.removeprefix("# text = "))
    long = [lines for lines in texts if sum(len(line.split()) for line in lines) >= 80]
    event = Event("Peru", "Chad", "Oman", "Lima", 0, date(2025, 1, 1), ())
    for number, lines in enumerate(long):
        name = str(number)
        yield Document(f"{name}-a", "\n\n".join(lines), source="A"), name, "article"
        yield Document(f"{name}-c", copy(rng, event, lines), source="P"), name, "copy"
        yield Document(f"{name}-u", update(rng, event, lines), source="A"), name, "update"


def main() -> None:
    """Print the tables."""
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    print(f"Made by chance: three desks on each of {events} events\n")
    measure(list(corpus(events)))
    for name in sys.argv[2:]:
        print(f"\nMade of the texts of {Path(name).name}\n")
        measure(list(of_texts(Path(name))))


def measure(labelled: list[Labelled]) -> None:
    """Print what is found of a corpus."""
    documents = [document for document, _, _ in labelled]
    kinds = {document.id: kind for document, _, kind in labelled}
    truth = pairs({document.id: name for document, name, _ in labelled})
    start = time.process_time()
    found = pairs(stories(documents))
    seconds = time.process_time() - start
    print(f"{len(documents):,} documents, {len(truth):,} pairs of one story")
    right = len(found & truth)
    print(f"precision {right / len(found):.3f}  recall {right / len(truth):.3f}")
    print("\n| pair of | pairs | found |\n|---|---:|---:|")
    counted, hit = Counter[str](), Counter[str]()
    for pair in truth:
        kind = " and ".join(sorted({kinds[name] for name in pair}))
        counted[kind] += 1
        hit[kind] += pair in found
    for kind, number in sorted(counted.items()):
        print(f"| {kind} | {number:,} | {hit[kind] / number:.3f} |")
    wrong = Counter(" and ".join(sorted({kinds[n] for n in pair})) for pair in found - truth)
    for kind, number in sorted(wrong.items()):
        print(f"| {kind}, joined wrongly | {number:,} | |")
    shuffled = list(documents)
    random.Random(1).shuffle(shuffled)
    other = pairs(stories(shuffled))
    print(f"\nin another order {len(found ^ other) / len(found | other):.3f} of the pairs differ")
    tracemalloc.start()
    known = Stories()
    empty = tracemalloc.get_traced_memory()[0]
    for document in documents:
        known.labelled(document)
    used = tracemalloc.get_traced_memory()[0] - empty
    print(f"{used / len(documents):.0f} bytes and {1000 * seconds / len(documents):.2f} ms each")


if __name__ == "__main__":
    main()
