"""What the tables of the text wing know about the actors of statements, for the graph wing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from kg.graph.background import Background, OfficeTerm
from kg.resources import resource_path
from kg.statement import Actor, Statement
from kg.text.gazetteer import Gazetteer, load_gazetteer


def background_of(statements: Iterable[Statement], tables: tuple[Path, ...] = ()) -> Background:
    """The offices that persons in the statements hold or held, and where their places lie.

    ``tables`` are actor tables of the user's own beside the packaged ones. Raises ``DataError``
    for a malformed table.
    """
    return background_of_actors(actors_of(statements), tables)


def background_of_actors(ids: Iterable[str], tables: tuple[Path, ...] = ()) -> Background:
    """Like ``background_of`` for the actors with these ids."""
    book = load_gazetteer(tables)
    actors = sorted(set(ids))
    return Background(
        terms=tuple(term for actor in actors for term in _terms(book, actor)),
        points={a: book.coordinates[a] for a in actors if a in book.coordinates},
    )


def actors_of(statements: Iterable[Statement]) -> set[str]:
    """The ids of all actors that statements name."""
    return {actor.id for statement in statements for actor in _actors(statement)}


def _actors(statement: Statement) -> Iterator[Actor]:
    for mention in (statement.subject, statement.object, statement.place):
        if mention is not None:
            yield mention.actor
    for link in statement.attribution:
        if link.source is not None:
            yield link.source


def _terms(book: Gazetteer, person: str) -> Iterator[OfficeTerm]:
    for term in book.terms.get(person, ()):
        # the owner of an office is a state's alpha-3 code or an organisation's id
        owner = book.state(term.owner) or book.actors.get(term.owner)
        if owner is not None:
            office = book.office_actor(owner, term.office)
            yield OfficeTerm(person, office, term.since, term.until)


@cache
def vocabulary_version() -> str:
    """A checksum of the lexicon, the cue words and the actor tables: what the rules read with."""
    digest = hashlib.sha256()
    for folder in ("lexicon", "cues", "actors"):
        root = resource_path(folder)
        for path in sorted(p for p in root.rglob("*") if p.suffix in (".yml", ".csv")):
            digest.update(f"{folder}/{path.relative_to(root).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]
