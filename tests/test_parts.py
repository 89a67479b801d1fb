"""Parts: keys made of all that decides the result, files that are whole or do not count."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from meetings import MeetingReader

from kg.errors import DataError, DocumentError
from kg.graph.rdf import RunInfo, build_graphs
from kg.parts import (
    CHUNK_CHARACTERS,
    CHUNK_DOCUMENTS,
    Entry,
    chunks,
    graph_of,
    is_whole,
    outcomes_of,
    part_bytes,
    part_path,
    read_before,
    read_chunk,
    read_part,
    reader_key,
    write_part,
)
from kg.statement import Document

DOCUMENTS = [
    Document(f"d{number}", f"Anna met Boris. Clara met D{number}.", date=date(2025, 9, 22))
    for number in range(200)
]


def test_chunks_hold_everything_in_order() -> None:
    found = list(chunks(DOCUMENTS, "r"))
    assert [one for chunk in found for one in chunk.documents] == DOCUMENTS
    assert max(len(chunk.documents) for chunk in found) <= CHUNK_DOCUMENTS
    assert len({chunk.key for chunk in found}) == len(found) > 3
    assert list(chunks(DOCUMENTS, "r")) == found
    assert list(chunks([], "r")) == []


def test_a_long_text_ends_a_chunk() -> None:
    long = [Document(f"l{number}", "x" * (CHUNK_CHARACTERS // 2)) for number in range(9)]
    assert max(len(chunk.documents) for chunk in chunks(long, "r")) <= 2


@pytest.mark.parametrize("where", [0, 60, 199])
def test_a_new_document_moves_few_borders(where: int) -> None:
    before = {chunk.key for chunk in chunks(DOCUMENTS, "r")}
    more = [*DOCUMENTS[:where], Document("new", "Emil met Fritz."), *DOCUMENTS[where:]]
    after = {chunk.key for chunk in chunks(more, "r")}
    assert len(after - before) <= 4


@pytest.mark.parametrize(
    "other",
    [
        Document("d1", "Anna met Boris. ", date=date(2025, 9, 22)),
        Document("d1", "Anna met Boris.", date=date(2025, 9, 23)),
        Document("d1", "Anna met Boris.", "A title", date(2025, 9, 22)),
        Document("d2", "Anna met Boris.", date=date(2025, 9, 22)),
    ],
)
def test_a_key_tells_documents_apart(other: Document) -> None:
    one = Document("d1", "Anna met Boris.", date=date(2025, 9, 22))
    assert [c.key for c in chunks([one], "r")] != [c.key for c in chunks([other], "r")]


def test_a_key_tells_readers_apart(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("one")
    keys = {reader_key("1", "m", "v"), reader_key("1", "m", "w"), reader_key("1", "n", "v")}
    keys |= {reader_key("2", "m", "v"), reader_key("1", "m", "v", open_triples=True)}
    keys.add(reader_key("1", "m", "v", [table]))
    table.write_text("two")
    keys.add(reader_key("1", "m", "v", [table]))
    assert len(keys) == 7
    with pytest.raises(DataError, match="cannot be read"):
        reader_key("1", "m", "v", [tmp_path / "none.csv"])


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(st.lists(st.tuples(TEXT, TEXT, st.booleans()), max_size=5))
def test_what_is_written_is_read(found: list[tuple[str, str, bool]]) -> None:
    documents = [
        Document(f"{number}{name}", f"unreadable {text}" if odd else f"Anna met Boris.{text}")
        for number, (name, text, odd) in enumerate(found)
    ]
    outcomes = list(read_chunk(MeetingReader(), documents))
    again = outcomes_of(part_bytes(outcomes), "part")
    assert [str(one) for one in again] == [str(one) for one in outcomes]
    read = [one for one in again if isinstance(one, Entry)]
    assert [one.document for one in read] == [d for d in documents if "unreadable" not in d.text]
    assert all(one.statements == MeetingReader().extract(one.document) for one in read)


def test_graphs_lie_in_parts_where_they_were_made() -> None:
    run = RunInfo("1", "m", "v")
    plain = list(read_chunk(MeetingReader(), DOCUMENTS[:2]))
    odd = DocumentError("odd", "could not be read")
    outcomes = [*read_chunk(MeetingReader(), DOCUMENTS[:2], run), odd, *plain]
    again = outcomes_of(part_bytes(outcomes), "part")
    assert [one for one in again if isinstance(one, Entry)] == [*plain, *plain]
    for one, document in zip(again, DOCUMENTS[:2], strict=False):
        assert isinstance(one, Entry) and one.graph is not None
        made = graph_of(document, one.statements, run)
        assert one.graph.packed() == made.packed()
        assert made.triples == build_graphs(one.statements, [document], run)[made.name]
    assert all(isinstance(one, Entry) and one.graph is None for one in again[3:])


def test_a_part_is_whole_or_does_not_count(tmp_path: Path) -> None:
    path = part_path(tmp_path, "reader-key")
    assert not is_whole(path)
    write_part(path, read_chunk(MeetingReader(), DOCUMENTS[:3]))
    content = path.read_bytes()
    assert is_whole(path) and read_before(tmp_path, "reader") == 3
    assert read_before(tmp_path, "other") == 0
    assert [item.name for item in tmp_path.iterdir()] == [path.name], "no litter"
    for cut in (0, 1, 20, len(content) // 2, len(content) - 1):
        path.write_bytes(content[:cut])
        assert not is_whole(path)
    flipped = bytearray(content)
    flipped[-9] ^= 1
    path.write_bytes(flipped)
    with pytest.raises(DataError, match="is not a whole part"):
        read_part(path)


def test_a_skipped_document_keeps_its_reason(tmp_path: Path) -> None:
    problem = DocumentError("d1", "could not be read", "please report")
    write_part(tmp_path / "p.part", [problem])
    (again,) = read_part(tmp_path / "p.part")
    assert isinstance(again, DocumentError) and str(again) == str(problem)
