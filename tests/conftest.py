"""What all tests share: a reader of simple sentences in the place of the language model."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType

import pytest

from kg.errors import DocumentError
from kg.statement import Actor, ActorType, Document, Evidence, Mention, Relation, Span, Statement

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


@pytest.fixture
def meetings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts ``MeetingReader`` in the place of the extractor."""
    module = ModuleType("kg.text.pipeline")
    module.Extractor = MeetingReader  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "kg.text.pipeline", module)
