"""A reader of simple sentences that takes the place of the language model."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DocumentError, ModelError
from kg.statement import Actor, ActorType, Document, Evidence, Mention, Relation, Span, Statement
from kg.text import workers

MET = Relation("kg:met", "met", "CONSULT", "040", "VCOOP", symmetric=True)
_MEETING = re.compile(r"(\w+) met (\w+)\.")


class MeetingReader:
    """Reads nothing but 'A met B.', quickly; stands in for the extractor in the fast tests."""

    def __init__(
        self,
        *,
        open_triples: bool = False,
        actors: Sequence[Path] = (),
        model: str | None = None,
    ) -> None:
        self.open_triples = open_triples

    def extract(self, document: Document) -> list[Statement]:
        """One statement for each meeting."""
        return [self._statement(document, match) for match in _MEETING.finditer(document.text)]

    def extract_all(
        self, documents: Iterable[Document], jobs: int = 1
    ) -> Iterator[tuple[Document, list[Statement] | DocumentError]]:
        """Documents with their statements; a text with the word 'unreadable' fails."""
        for document in documents:
            if "unreadable" in document.text:
                yield document, DocumentError(document.id, "could not be read: ValueError: odd")
            else:
                yield document, self.extract(document)

    def _statement(self, document: Document, match: re.Match[str]) -> Statement:
        def mention(group: int) -> Mention:
            name = match.group(group)
            actor = Actor(f"local:{name.lower()}", name, ActorType.PERSON)
            return Mention(actor, Span(match.start(group), match.end(group), name))

        sentence = Span(match.start(), match.end(), match.group())
        verb = match.start() + match.group().index("met")
        evidence = Evidence(document.id, sentence, (verb, verb + 3), "met/verb")
        return Statement(mention(1), MET, mention(2), evidence, confidence=0.9)


@dataclass(frozen=True, slots=True)
class Opening:
    """In the place of ``kg.intake.Opening``: opens a reader that is slow and can be killed."""

    actors: tuple[Path, ...] = ()
    model: str | None = None

    def __call__(self) -> MortalReader:
        """The reader."""
        return MortalReader()


class MortalReader(MeetingReader):
    """Takes its time, notes in the file of ``KG_TEST_LOG`` what it reads, and dies of some texts.

    It dies of the word "lethal" always, of "poison" the first time that it meets the document.
    """

    def extract(self, document: Document) -> list[Statement]:
        """The meetings, after a while."""
        time.sleep(0.002)
        log = Path(os.environ["KG_TEST_LOG"])
        seen = log.read_text().split() if log.exists() else []
        with log.open("a") as file:
            file.write(f"{document.id}\n")
        if "lethal" in document.text or ("poison" in document.text and document.id not in seen):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().extract(document)


# --- For the tests of processes --------------------------------------------------------------


def nothing() -> None:
    """Opens nothing."""


def refuses() -> None:
    """Cannot open what it should."""
    raise ModelError("no such model")


def dies() -> None:
    """Does not live to open anything."""
    os.kill(os.getpid(), signal.SIGKILL)


def grown() -> None:
    """A process that is too large as soon as it has done a task."""
    workers.MEMORY = 1


def squares_or_death(_: None, numbers: list[int]) -> list[int]:
    """Squares; the number 13 kills."""
    if 13 in numbers:
        os.kill(os.getpid(), signal.SIGKILL)
    return [number * number for number in numbers]


def full_disk(_: None, numbers: list[int]) -> list[int]:
    """Cannot write."""
    raise OSError(28, "No space left on device", "there")


def process_of(_: None, numbers: list[int]) -> int:
    """Which process does it."""
    return os.getpid()
