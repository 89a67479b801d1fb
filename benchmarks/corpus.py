"""A large corpus from the first file to the finished folder: pace, memory, disk, where time goes.

    python benchmarks/corpus.py [ARTICLES] [--words N] [--jobs N] [--scratch FOLDER]
        [--series FILE]

Makes articles of the lexicon's own example sentences with other countries and invented people
in them, between sentences in which nothing happens between actors, and builds them in a process
of its own. Memory is what /proc says twice a second: of the first process, and of the largest
of the others; ``--series`` keeps it, also of a run that is broken off. What part of reading is
the model's says ``extraction_speed.py``; here the time of the first process is told by its parts.
``--make FILE`` only writes the articles.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import pkgutil
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import astuple, dataclass, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TextIO

from chance import head, row
from extraction_speed import Stopwatch

from kg.resources import read_yaml, resource_path
from kg.text.threads import one_thread

COUNTRIES = """France French;Germany German;Italy Italian;Spain Spanish;Poland Polish;Turkey
Turkish;Iran Iranian;Iraq Iraqi;Syria Syrian;Israel Israeli;Egypt Egyptian;Sudan Sudanese;
Ethiopia Ethiopian;Kenya Kenyan;Nigeria Nigerian;Mali Malian;Niger Nigerien;Chad Chadian;
Libya Libyan;Algeria Algerian;Morocco Moroccan;Tunisia Tunisian;Russia Russian;Ukraine
Ukrainian;Belarus Belarusian;Georgia Georgian;Armenia Armenian;Azerbaijan Azerbaijani;
Kazakhstan Kazakh;Uzbekistan Uzbek;China Chinese;Japan Japanese;India Indian;Pakistan
Pakistani;Bangladesh Bangladeshi;Indonesia Indonesian;Malaysia Malaysian;Vietnam Vietnamese;
Australia Australian;Canada Canadian;Mexico Mexican;Brazil Brazilian;Argentina Argentine;
Chile Chilean;Peru Peruvian;Colombia Colombian;Venezuela Venezuelan;Cuba Cuban;Norway Norwegian;
Sweden Swedish;Finland Finnish;Denmark Danish;Greece Greek;Serbia Serbian;Croatia Croatian;
Hungary Hungarian;Romania Romanian;Bulgaria Bulgarian;Austria Austrian;Eritrea Eritrean"""
PAIRS = [tuple(pair.split()) for pair in COUNTRIES.split(";")]
_NAMED = re.compile(rf"\b({'|'.join(word for pair in PAIRS for word in pair)})\b")

OPENINGS = (
    *("On {weekday}, ", "Late on {weekday}, ", "In {month}, ", "Last week "),
    *(
        "According to officials, ",
        "After months of talks, ",
        "Two days later, ",
        "",
        "",
        "",
        "",
        "",
    ),
)
FILLERS = (
    "The streets of the old town were quiet and most of the shops had closed before noon.",
    "Analysts expect the price of wheat to rise by {number} percent before the end of {month}.",
    "It was the {number}th day of rain, and the river stood higher than ever since {year}.",
    "“Nobody here believes it will be over soon,” said {person}, who sells fruit at the market.",
    "A spokesman for the ministry declined to comment on the report.",
    "{person}, a professor of history, said that the two cases had little in common.",
    "The document, which runs to {number} pages, was published on the website of the parliament.",
    "Nearly {number},000 people live in the valley, many of them farmers and their families.",
    "The train to the border was late again, and the waiting room was cold.",
    "In {year} the same question had divided the cabinet of {person}.",
    "Neither side gave details of what had been discussed behind closed doors.",
    "The court is to hear the case in {month}; a decision is not expected before {weekday}.",
    "Photographs showed a line of lorries, some of them loaded with timber and steel pipes.",
    "{person} had been mayor for {number} years and never lost an election.",
    "The currency fell on {weekday}, while shares in the main index gained {number} points.",
    "Some of those who left in {year} have come back and opened small businesses.",
)
SAYING = (
    *("{person} said that {clause}.", "“{sentence}” said {person}.", "{sentence}"),
    *("{person}, a senior official, confirmed on {weekday} that {clause}.", "{sentence}"),
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_FIRST = ("Ana Jonas Mira Tarek Lena Pavel Ines Omar Vera Iskander Nadia Karl Sofia Emil").split()
_START = ("Bol Kar Ven Ost Mar Tel Dro Hal Ser Quin Zab Pel Nor Gav Lus Rem").split()
_END = ("andi ovic berg ela oush imov enko arez ström ani ides etti aya uma").split()


class Maker:
    """Makes the same articles for the same numbers."""

    def __init__(self, words: int) -> None:
        files = sorted(resource_path("lexicon").glob("*.yml"))
        records = (read_yaml(path) for path in files)
        examples = (
            example["text"]
            for record in records
            if isinstance(record, dict)
            for example in record.get("examples", ())
        )
        self.sentences = [text for text in examples if _NAMED.search(text)]
        self._words = words

    def article(self, number: int) -> dict[str, Any]:
        """The record of an article, as ``kg`` reads it."""
        chance = random.Random(number)
        people = [self._person(chance) for _ in range(6)]
        lead = [chance.choice(PAIRS) for _ in range(3)]
        text: list[str] = []
        size = 0
        while size < self._words:
            paragraph = " ".join(
                self._sentence(chance, people, lead) for _ in range(chance.randint(2, 4))
            )
            size += len(paragraph.split())
            text.append(paragraph)
        day = date(2015, 1, 1) + timedelta(days=chance.randrange(3650))
        title = self._swapped(chance.choice(self.sentences), chance, lead).rstrip(".")
        return {
            "id": f"article-{number}",
            "title": title,
            "date": day.isoformat(),
            "source": f"Agency {number % 12}",
            "text": "\n\n".join(text),
        }

    def _sentence(
        self, chance: random.Random, people: list[str], lead: list[tuple[str, ...]]
    ) -> str:
        slots = {
            "weekday": chance.choice(DAYS),
            "month": chance.choice(MONTHS),
            "year": str(chance.randint(1970, 2014)),
            "number": str(chance.randint(4, 90)),
            "person": chance.choice(people),
        }
        if chance.random() < 0.4:
            return chance.choice(FILLERS).format(**slots)
        sentence = self._swapped(chance.choice(self.sentences), chance, lead)
        form = chance.choice(SAYING)
        if form == "{sentence}":
            return chance.choice(OPENINGS).format(**slots) + sentence
        quoted = sentence.removesuffix(".")
        first, _, rest = quoted.partition(" ")
        clause = f"{first.lower()} {rest}" if first in ("A", "An", "The") else quoted
        return form.format(sentence=f"{quoted},", clause=clause, **slots)

    def _swapped(self, text: str, chance: random.Random, lead: list[tuple[str, ...]]) -> str:
        """The sentence with other countries, mostly those that the article is about."""
        chosen: dict[int, tuple[str, ...]] = {}

        def other(match: re.Match[str]) -> str:
            number, form = _PLACES[match.group()]
            pair = chance.choice(lead if chance.random() < 0.7 else PAIRS)
            return chosen.setdefault(number, pair)[form]

        return _NAMED.sub(other, text)

    def _person(self, chance: random.Random) -> str:
        return f"{chance.choice(_FIRST)} {chance.choice(_START)}{chance.choice(_END)}"


_PLACES = {
    word: (number, form) for number, pair in enumerate(PAIRS) for form, word in enumerate(pair)
}


def make(path: Path, articles: int, words: int) -> int:
    """Write so many articles as JSON Lines; how many words they have."""
    maker, count = Maker(words), 0
    with path.open("w", encoding="utf-8") as file:
        for number in range(articles):
            record = maker.article(number)
            count += len(record["text"].split())
            file.write(json.dumps(record) + "\n")
    return count


# --- Measuring --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moment:
    """What is seen of a build: resident megabytes and CPU seconds."""

    seconds: float
    documents: int
    first: float
    """Memory of the first process, which writes."""
    largest: float
    """Memory of the largest of the others."""
    cpu: float
    cpu_others: float


def moment(process: int, seconds: float, documents: int) -> Moment:
    """What /proc says now of a process and its children."""
    children: list[int] = []
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            children += map(int, thread.read_text().split())
    own, ended = _cpu(process)
    others = ended + sum(_cpu(child)[0] for child in children)
    largest = max(map(_resident, children), default=0.0)
    return Moment(seconds, documents, _resident(process), largest, own, others)


def _resident(process: int) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * resource.getpagesize() / 1e6


def _cpu(process: int) -> tuple[float, float]:
    """CPU seconds of a process, and of those of its children that have ended."""
    try:
        told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0, 0.0
    user, system, user_ended, system_ended = (int(ticks) / _TICKS for ticks in told[11:15])
    return user + system, user_ended + system_ended


_SERIES = 10.0  # seconds
_TICKS = os.sysconf("SC_CLK_TCK")


def watched(
    command: list[str], counted: Path, series: TextIO
) -> tuple[dict[str, Any], list[Moment]]:
    """What a step answers on its standard output, and what was seen of it.

    How many documents are read it writes to the file ``counted``. What is seen goes to
    ``series`` too, every ten seconds and at once, so that something is left of a long run that
    is broken off.
    """
    start = told = time.monotonic()
    curve: list[Moment] = []
    lines = csv.writer(series)
    lines.writerow(field.name for field in fields(Moment))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while process.poll() is None:
            documents = 0
            with suppress(OSError, ValueError):
                documents = int(counted.read_text())
            curve.append(moment(process.pid, time.monotonic() - start, documents))
            if start + curve[-1].seconds - told >= _SERIES:
                told = start + curve[-1].seconds
                lines.writerow(round(value, 1) for value in astuple(curve[-1]))
                series.flush()
            time.sleep(0.5)
        answer = process.stdout.read()
    if process.returncode:
        sys.exit(f"the build ended with {process.returncode}")
    return json.loads(answer), curve


class Clock:
    """A listener that notes when the last document was read."""

    def __init__(self, counted: Path) -> None:
        self.start = self.read = self._told = time.monotonic()
        self.documents = self.statements = 0
        self._counted = counted

    def skipped(self, line: str) -> None:
        """A document was left out, which should not happen here."""
        print(f"skipped: {line}", file=sys.stderr)

    def note(self, line: str) -> None:
        """Of no interest here."""

    def progress(self, documents: int, statements: int) -> None:
        """More was read."""
        self.read = time.monotonic()
        self.documents, self.statements = documents, statements
        if self.read - self._told > 0.5:
            self._told = self.read
            self._counted.write_text(str(documents))


_PARTS = {
    "kg.results.Records.add": "statements, counts",
    "kg.builder.graph_of": "RDF of the documents",
    "kg.graph.store.bulk_load": "loading the store, finding documents",
    "kg.graph.store._derive_edges": "plain edges",
    "kg.graph.spooled.GraphFiles.add": "Turtle and TriG",
    "kg.graph.spooled.GraphFiles.write": "Turtle and TriG",
    "kg.drawings.Drawing.write": "network, page",
    "kg.builder.write_summary": "summary",
}


def build(source: str, out: str, jobs: int, counted: Path) -> dict[str, Any]:
    """Build; seconds on the clock until all is read and until all is written, and of the CPU."""
    import kg.builder

    watch = Stopwatch()
    for name, part in _PARTS.items():
        module, _, function = name.rpartition(".")
        owner = pkgutil.resolve_name(module)
        setattr(owner, function, watch.timed(part, getattr(owner, function)))
    clock = Clock(counted)
    kg.builder.build(source, out, jobs=jobs, listener=clock)
    end = time.monotonic()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "documents": clock.documents,
        "statements": clock.statements,
        "read": clock.read - clock.start,
        "written": end - clock.read,
        "cpu": time.process_time(),
        "children": children.ru_utime + children.ru_stime,
        "parts": dict(watch.seconds),
    }


def size(path: Path) -> float:
    """Megabytes of a file or of all files of a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def show(found: dict[str, Any], curve: list[Moment], words: int) -> None:
    """The tables."""
    documents, read = found["documents"], found["read"]
    cpu = found["cpu"] + found["children"]
    head("what", "value")
    row("documents", documents)
    row("words", words)
    row("statements", found["statements"])
    row("reading, seconds on the clock", read)
    row("writing, seconds on the clock", found["written"])
    row("documents a second, reading", documents / read)
    row("words a second, reading", words / read)
    row("documents a second, all", documents / (read + found["written"]))
    row("CPU seconds of the first process", found["cpu"])
    row("CPU seconds of the others", found["children"])
    row("CPU seconds of all", cpu)
    row("CPU seconds of all, ms a document", 1000 * cpu / documents)
    row("cores busy with it, in the mean", cpu / (read + found["written"]))
    print()
    head("seconds", "documents", "first process, MB", "largest other, MB", "CPU", "CPU of others")
    step = max(1, len(curve) // 16)
    for now in [*curve[::step], curve[-1]]:
        memory = f"{now.first:.0f}", f"{now.largest:.0f}"
        row(f"{now.seconds:.0f}", now.documents, *memory, f"{now.cpu:.0f}", f"{now.cpu_others:.0f}")
    print()
    head("peak", "MB")
    row("first process", max(now.first for now in curve))
    row("largest other", max(now.largest for now in curve))
    print()
    head("first process", "CPU seconds", "ms a document")
    for part, seconds in sorted(found["parts"].items(), key=lambda item: -item[1]):
        row(part, seconds, 1000 * seconds / documents)


def main() -> None:
    """Run the benchmark, or one step of it in a process of its own."""
    one_thread()
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", type=int, nargs="?", default=1000)
    parser.add_argument("--words", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--scratch", type=Path)
    parser.add_argument("--make", type=Path, metavar="FILE", help="write the articles, no more")
    parser.add_argument("--series", type=Path, metavar="FILE", help="what was seen, as CSV")
    parser.add_argument("--step", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        source, out, jobs, counted = options.step
        print(json.dumps(build(source, out, int(jobs), Path(counted))))
        return
    if options.make:
        print(f"{make(options.make, options.articles, options.words)} words")
        return
    with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
        source, out = Path(folder, "articles.jsonl"), Path(folder, "out")
        words = make(source, options.articles, options.words)
        counted = Path(folder, "documents")
        step = ["--step", str(source), str(out), str(options.jobs), str(counted)]
        series_file = options.series or Path(os.devnull)
        with series_file.open("w", encoding="utf-8", newline="") as series:
            found, curve = watched([sys.executable, __file__, *step], counted, series)
        show(found, curve, words)
        print()
        head("on the disk", "MB", "KB a document")
        for path in [source, *sorted(out.iterdir())]:
            row(path.name, size(path), 1000 * size(path) / found["documents"])


if __name__ == "__main__":
    main()
