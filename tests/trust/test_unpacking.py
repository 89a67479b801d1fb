"""What unpacks to more than it can be: pages, shared texts and empty rows of Parquet, streams."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import DocumentError
from kg.statement import Document
from kg.text.corpus import read_documents
from kg.text.readers import parquet, pieces
from kg.text.readers.thrift import struct

pyarrow = pytest.importorskip("pyarrow")
parquet_files = pytest.importorskip("pyarrow.parquet")

TEXT = "The minister met the president of France in Moscow on the {}th of May. "


def texts(number: int, times: int = 3) -> list[str]:
    """Different articles."""
    return [TEXT.format(n) * times for n in range(number)]


def written(path: Path, columns: dict[str, Any], **options: Any) -> Path:
    """A Parquet file."""
    parquet_files.write_table(pyarrow.table(columns), path, **options)
    return path


def read(path: Path) -> list[str]:
    """What a file holds: texts, and the lines of what was left out."""
    return [d.text if isinstance(d, Document) else f"! {d}" for d in read_documents([path])]


@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "zstd"])
@pytest.mark.parametrize("dictionary", [True, False])
@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_whatever_a_writer_chooses_the_rows_are_the_same(
    tmp_path: Path, compression: str, dictionary: bool, version: str
) -> None:
    columns = {
        "text": texts(150),
        "authors": [["A. Reporter", "B. Writer"], None] * 75,
        "date": ["2024-05-17"] * 150,
        "extra": list(range(150)),
    }
    path = written(
        tmp_path / "a.parquet",
        columns,
        compression=compression,
        use_dictionary=dictionary,
        data_page_version=version,
        row_group_size=40,
        data_page_size=500,
    )
    found = list(read_documents([path]))
    assert [d.text for d in found if isinstance(d, Document)] == columns["text"]
    assert isinstance(found[0], Document) and found[0].author == "A. Reporter, B. Writer"


def test_large_strings_and_binary_statistics(tmp_path: Path) -> None:
    column = pyarrow.array(texts(100), pyarrow.large_string())
    path = written(tmp_path / "a.parquet", {"text": column}, write_page_index=True)
    assert read(path) == texts(100)


def test_a_page_that_unpacks_to_too_much_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "_MOST_PER_PAGE", 100_000)
    path = written(tmp_path / "a.parquet", {"text": ["x " * 60_000]}, use_dictionary=False)
    assert path.stat().st_size < 20_000
    (problem,) = read(path)
    assert problem.startswith(f"! {path}: too long: a page of it unpacks to 120,0")
    # a column that is not asked for may hold anything
    path = written(tmp_path / "b.parquet", {"text": texts(9), "x": ["x " * 60_000] * 9})
    assert read(path) == texts(9)


def test_rows_of_nothing(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", {"text": pyarrow.nulls(200_000, pyarrow.string())})
    (problem,) = read(path)
    assert "not a table of articles: 200,000 rows in " in problem


def test_one_text_in_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "MAX_BYTES", 200_000)
    long = texts(1, times=1_000)
    shared = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 100), pyarrow.array(long))
    path = written(tmp_path / "a.parquet", {"text": shared}, compression="zstd")
    found = read(path)
    assert found[0] == long[0]
    assert found[1:] == [f"! {path}: unpacks to more than 250 times its size: the rest is not read"]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_stream_of_one_article_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setattr(pieces, "MAX_BYTES", 200_000)
    line = json.dumps({"text": TEXT * 100}).encode() + b"\n"
    if suffix == ".gz":
        packed = gzip.compress(line * 1_000)
    else:
        packed = pytest.importorskip("zstandard").ZstdCompressor().compress(line * 1_000)
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(packed)
    found = read(path)
    assert found[0] == (TEXT * 100)
    assert found[1:] == [f"! {path}: unpacks to more than 250 times its size: the rest is not read"]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_packed_archive_of_ordinary_articles(tmp_path: Path, suffix: str) -> None:
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts(500)).encode()
    path = tmp_path / f"a.jsonl{suffix}"
    if suffix == ".gz":
        path.write_bytes(gzip.compress(lines))
    else:
        path.write_bytes(pytest.importorskip("zstandard").ZstdCompressor().compress(lines))
    assert read(path) == texts(500)
    whole = tmp_path / "b.parquet"
    written(whole, {"text": texts(50)})
    packed = tmp_path / "b.parquet.gz"
    packed.write_bytes(gzip.compress(whole.read_bytes()))
    assert read(packed) == texts(50)


def test_structs() -> None:
    # 1: 0, 2: 300, 3: 7; 5: a struct with a boolean, a list, a map, a double; 6: bytes
    inner = b"\x11" + b"\x19\x25\x02\x04" + b"\x1b\x01\x58\x02\x01a" + b"\x17" + b"\0" * 8
    head = b"\x15\x00\x15\xd8\x04\x15\x0e\x2c" + inner + b"\x00" + b"\x18\x03abc" + b"\x00"
    file = io.BytesIO(head + b"rest")
    nested = {1: True, 2: [1, 2], 3: None, 4: None}
    assert struct(file) == {1: 0, 2: 300, 3: 7, 5: nested, 6: b"abc"}
    assert file.read() == b"rest"
    for cut in range(len(head)):
        with pytest.raises(ValueError, match="ends in the middle"):
            struct(io.BytesIO(head[:cut]))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\x15" + b"\xff" * 20, "without end"),
        (b"\x1c" * 100, "too deep"),
        (b"\x19" + b"\x19" * 100, "too deep"),
        (b"\x1e\x00", "no kind of value"),
        (b"\x18\xff\xff\xff\xff\x01", "too long"),
        (b"\x19\xf5\xff\xff\xff\xff\x01", "too long"),
    ],
)
def test_what_is_no_struct(data: bytes, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        struct(io.BytesIO(data))


def test_a_damaged_column_is_one_line(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", {"text": texts(30)}, use_dictionary=False)
    whole = path.read_bytes()
    # the header of the first page begins behind the four letters of the format
    path.write_bytes(whole[:4] + b"\x15\x00\x15\x00\x15\x01\x00" + whole[11:])
    (problem,) = [DocumentError("", line) for line in read(path)]
    assert "not a Parquet file that can be read: a page without a size" in str(problem)
