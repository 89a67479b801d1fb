"""The extractor: the one place that puts the steps of the text wing in their order.

text → language model → phrases, clauses → mentions → reports → coreference → times →
frames → statements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from spacy.language import Language

from kg.errors import DocumentError, KGError
from kg.statement import Document, Statement
from kg.text.boilerplate import masked
from kg.text.clauses import Clauses, find_clauses
from kg.text.coref import resolve
from kg.text.gazetteer import Gazetteer, load_gazetteer
from kg.text.lexicon import Lexicon, load_lexicon
from kg.text.mentions import Mentions, find_mentions
from kg.text.models import open_model
from kg.text.parsed import Doc
from kg.text.patience import SECONDS, OutOfPatience, bounded
from kg.text.phrases import noun_phrases
from kg.text.quotes import Reports, find_reports
from kg.text.scene import Scene
from kg.text.statements import find_open_statements, find_statements
from kg.text.times import Times, find_times
from kg.text.workers import Lost, Pool

T = TypeVar("T")
Outcome = tuple[Document, "list[Statement] | DocumentError"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read to the point where statements are made of it."""

    document: Document
    scene: Scene
    reports: Reports
    times: Times

    @property
    def doc(self) -> Doc:
        """The spaCy document behind the reading."""
        return self.scene.doc

    @property
    def clauses(self) -> Clauses:
        """The clauses of the document."""
        return self.scene.clauses

    @property
    def mentions(self) -> Mentions:
        """The actors mentioned in the document, pronouns resolved."""
        return self.scene.mentions


def _as_written(statement: Statement, text: str) -> Statement:
    """The statement with its evidence in the words of the text.

    Evidence from one sentence to another holds blanks where boilerplate stands between them.
    """
    span = statement.evidence.sentence
    words = text[span.start : span.end]
    if words == span.text:
        return statement
    evidence = replace(statement.evidence, sentence=replace(span, text=words))
    return replace(statement, evidence=evidence)


class Extractor:
    """Reads documents and gives their statements.

    Loads the language model (``model`` as for ``kg.text.models.open_model``), the gazetteer
    (with the user's own tables in ``actors``) and the lexicon once; raises ``ModelError`` or
    ``DataError`` when one of them is not usable.
    """

    def __init__(
        self,
        *,
        open_triples: bool = False,
        actors: Sequence[Path] = (),
        model: str | None = None,
    ) -> None:
        self.open_triples = open_triples
        self.nlp: Language = open_model(model)
        self.gazetteer: Gazetteer = load_gazetteer(tuple(actors))
        self.lexicon: Lexicon = load_lexicon()
        # Another model may be a slow one.
        self.patience = SECONDS if model is None else 10 * SECONDS
        self._arguments = (open_triples, tuple(actors), model)

    def parse(self, document: Document) -> Doc:
        """The language analysis of a document: trees, tags, lemmas, names.

        What is no part of its story is blanks to the model, so that offsets stay the document's.
        """
        return Doc(self.nlp(masked(document.text)))

    def read(self, document: Document) -> Reading:
        """Everything that is found in a document before frames are matched."""
        return self._read(document, self.parse(document))

    def _read(self, document: Document, doc: Doc) -> Reading:
        phrases = noun_phrases(doc)
        clauses = find_clauses(doc)
        reports = find_reports(doc, clauses, phrases)
        mentions = find_mentions(doc, phrases, self.gazetteer, document.date)
        mentions = resolve(doc, phrases, clauses, mentions, reports)
        times = find_times(doc, document.date, clauses)
        return Reading(document, Scene.of(doc, phrases, clauses, mentions), reports, times)

    def extract(self, document: Document) -> list[Statement]:
        """The statements of a document in text order."""
        return self._statements(self.read(document))

    def _statements(self, reading: Reading) -> list[Statement]:
        parts = (reading.document, reading.scene, reading.reports, reading.times)
        found = find_statements(*parts, self.lexicon)
        if self.open_triples:
            found = found + find_open_statements(*parts)
        written = reading.document.text
        if reading.doc.text == written:
            return found
        return [_as_written(statement, written) for statement in found]

    def extract_all(
        self, documents: Iterable[Document], jobs: int = 1, batch: int = 32
    ) -> Iterator[Outcome]:
        """Statements of many documents, in their order, whatever the number of processes.

        A document that fails is given with its ``DocumentError``; the others go on.
        """
        if jobs <= 1:
            for document in documents:
                yield self._outcome(document)
            return
        source = iter(documents)
        chunks = iter(lambda: list(islice(source, batch)), [])
        waiting: dict[int, list[Outcome]] = {}
        first = 0
        with Pool(jobs, partial(_open, *self._arguments), _work) as pool:
            # A bounded lead keeps memory flat however many documents there are.
            for number, chunk, found in pool.run(chunks, _one_by_one, ahead=4 * jobs):
                waiting[number] = _outcomes(chunk, found)
                while first in waiting:
                    yield from waiting.pop(first)
                    first += 1

    def attempt(self, document: Document, step: Callable[[Document], T]) -> T | DocumentError:
        """What a step makes of a document, or a ``DocumentError`` when it fails.

        One odd text must not end a run over a million others; it is named and counted.
        """
        try:
            with bounded(self.patience):
                return step(document)
        except OutOfPatience:
            problem = f"took more than {self.patience:.0f} seconds of processor time"
            return DocumentError(document.id, problem, "please report this text")
        except (KGError, OSError):
            raise
        except Exception as error:
            problem = f"could not be read: {type(error).__name__}: {error}"
            return DocumentError(document.id, problem, "please report this text")

    def _outcome(self, document: Document) -> Outcome:
        return document, self.attempt(document, self.extract)


LOST = "the process that read it was killed"
"""What is wrong with a document at which every process is lost, for want of memory perhaps."""


def _open(open_triples: bool, actors: Sequence[Path], model: str | None) -> Extractor:
    return Extractor(open_triples=open_triples, actors=actors, model=model)


def _work(extractor: Extractor, documents: list[Document]) -> list[Outcome]:
    return [extractor._outcome(document) for document in documents]


def _one_by_one(documents: list[Document]) -> list[list[Document]]:
    return [[document] for document in documents]


def _outcomes(
    documents: list[Document], found: list[Outcome] | list[list[Outcome] | Lost]
) -> list[Outcome]:
    """The outcomes of documents that were read together or, after losses, one by one."""
    outcomes: list[Outcome] = []
    for document, one in zip(documents, found, strict=True):
        if isinstance(one, tuple):
            outcomes.append(one)
        elif isinstance(one, Lost):
            outcomes.append((document, DocumentError(document.id, LOST)))
        else:
            outcomes += one
    return outcomes
