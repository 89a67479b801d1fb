"""Files beyond this machine: what fsspec reaches, articles read from there, batches for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from kg.engine.batches import batches
from kg.engine.files import Place, is_url
from kg.engine.sources import documents_at
from kg.errors import DataError, DocumentError, StoreError
from kg.parts import chunks
from kg.statement import Document
from kg.text.corpus import usable_documents
from kg.text.stories import Stories

fsspec = pytest.importorskip("fsspec")


@pytest.fixture
def memory() -> Iterator[str]:
    """A place in the memory of this process, as strict as an object store: it has no folders."""
    url = f"memory://kg-{uuid4().hex}"
    yield url
    files, root = fsspec.core.url_to_fs(url)
    if files.exists(root):
        files.rm(root, recursive=True)


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("s3://bucket/articles", True),
        ("hdfs://name:8020/articles", True),
        ("simplecache::gs://bucket/articles", True),
        ("https://example.org/feed", False),
        ("HTTP://example.org/feed", False),
        ("articles/", False),
        ("C:/articles", False),
        ("-", False),
    ],
)
def test_what_is_a_url_of_fsspec(path: str, url: bool) -> None:
    assert is_url(path) is url


def test_a_place(memory: str, tmp_path: Path) -> None:
    for place in (Place(memory), Place(str(tmp_path / "new")), Place((tmp_path / "x").as_uri())):
        assert place.names() == []
        place.write("b/two.txt", b"2")
        place.write("one.txt", b"1")
        place.write("one.txt", b"one")
        assert place.names() == ["b/two.txt", "one.txt"]
        assert place.read("one.txt") == b"one"
        with pytest.raises(FileNotFoundError):
            place.read("three.txt")


def test_a_file_is_old_or_new_and_never_half(tmp_path: Path) -> None:
    place = Place(str(tmp_path))
    place.write("file", b"a" * 100_000)
    seen = set()
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            content = place.read("file")
            seen.add((content[:1], len(content)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    for number in range(50):
        place.write("file", b"ab"[number % 2 : number % 2 + 1] * 100_000)
    done.set()
    watcher.join()
    assert seen <= {(b"a", 100_000), (b"b", 100_000)}
    assert place.names() == ["file"]


def test_places_that_cannot_be_reached(tmp_path: Path) -> None:
    fsspec.register_implementation(
        "nowhere", "not_installed.Files", errtxt="Install not-installed to reach nowhere"
    )
    with pytest.raises(DataError, match="nowhere://x: Install not-installed to reach nowhere"):
        Place("nowhere://x")
    with pytest.raises(DataError, match="unknown://x: is no place that can be opened"):
        Place("unknown://x")
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match="cannot be written"):
        Place(str(tmp_path / "file")).write("part", b"1")


def test_articles_of_a_url_are_those_of_a_folder(memory: str, tmp_path: Path) -> None:
    files = {
        "b.txt": b"Clara met Dora in the old town hall on the morning of the same day.",
        "b.yml": b"id: b\ndate: 2025-09-22\n",
        "a/z.txt": b"Anna met Boris at the station when the last train had already left.",
        "a/.hidden.txt": b"Nobody met anybody here, and so there is nothing for us to read.",
        "c.jsonl": b'{"id": "c", "text": "Egon met Dora in the garden behind the house."}\n{}\n',
        "copy.txt": b"Clara met Dora in the old town hall on the morning of the same day.",
        "empty.txt": b"",
        "picture.png": b"...",
    }
    place = Place(f"{memory}/articles")
    for name, content in files.items():
        place.write(name, content)
        path = tmp_path / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def read(given: str) -> tuple[list[Document], list[str]]:
        said: list[str] = []

        def skip(problem: DocumentError) -> None:
            said.append(f"skipped {problem}")

        found = list(documents_at([given], date(2020, 1, 1), skip, said.append, {}))
        return found, [line.replace(given, "PLACE") for line in said]

    here, there = read(str(tmp_path / "articles")), read(f"{memory}/articles")
    assert there == here
    assert [document.id for document in here[0]][:2] == ["b", "c"]
    assert len(here[1]) >= 3
    alone, said = read(f"{memory}/articles/b.txt")
    assert [document.id for document in alone] == ["b"] and said == []
    nothing, said = read(f"{memory}/elsewhere")
    assert nothing == [] and said == ["skipped PLACE: no articles in this place"]


def test_without_urls_nothing_changes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Anna met Boris at the station when the last train had left.")

    def skip(problem: DocumentError) -> None:
        raise problem

    arguments = ([tmp_path], None, skip, lambda line: None, {})
    assert list(documents_at(*arguments)) == list(usable_documents(*arguments))


def test_copies_of_what_is_in_the_graph_are_recognised(memory: str, tmp_path: Path) -> None:
    text = "Anna met Boris at the station when the last train of the day had already left."
    place = Place(f"{memory}/articles")
    place.write("copy.txt", text.encode())
    (tmp_path / "copy.txt").write_text(text)
    for given in (f"{memory}/articles", str(tmp_path)):
        known = Stories()
        known.remember([Document("first", text)])
        skips: list[DocumentError] = []
        found = documents_at([given], None, skips.append, lambda line: None, {}, known)
        assert [document.story for document in found] == ["first"] and not skips


def test_batches_keep_their_borders() -> None:
    documents = [Document(f"d{number}", f"Text number {number}. " * 20) for number in range(3000)]
    before = list(batches(chunks(documents, "reader"), 200))
    assert [d for batch in before for d in batch.documents] == documents
    assert len(before) >= 10
    assert max(len(batch.documents) for batch in before) < 250
    new = [*documents[:1500], Document("new", "A new text."), *documents[1500:]]
    after = list(batches(chunks(new, "reader"), 200))
    keys = {batch.key for batch in before}
    assert len([batch for batch in after if batch.key not in keys]) <= 3
    assert all(batch.key.startswith("reader-") for batch in after)
