"""What is fuzzed: functions of bytes that raise nothing but the errors kg promises.

Each checks what must hold of whatever comes out. ``TARGETS`` names them; ``seeds/`` keeps
inputs that once broke one, as ``NAME-….bin``.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from fuzz import fragments
from fuzz.fragments import compose, mutated

from kg.cli.terminal import json_line, one_line
from kg.errors import DataError, DocumentError, KGError, QueryError
from kg.graph.endpoint.negotiation import choose
from kg.graph.files import FORMATS, parse_graphs, statements_in
from kg.graph.query import query
from kg.graph.stock import bound_query, stock_queries
from kg.graph.store import load_store, open_store
from kg.graph.view import html_page
from kg.jsonlines import from_json, read_statements, to_json
from kg.resources import parse_yaml, read_csv, resource_path
from kg.statement import Document, Span, Statement
from kg.text.corpus import MAX_CHARACTERS, read_documents
from kg.text.gazetteer import Gazetteer, _read_organisations
from kg.text.lexicon import _classes, _entry
from kg.text.metadata import from_record
from kg.text.pages import is_html, read_page
from kg.text.timex import find_timexes

DAY = date(2024, 5, 17)


@cache
def scratch() -> Path:
    """A folder for the files of this process."""
    return Path(tempfile.mkdtemp(prefix="kg-fuzz-"))


# --- Text ---------------------------------------------------------------------------------------


@cache
def extractor() -> Any:
    """The whole text wing; loads the language model."""
    from kg.text.pipeline import Extractor

    return Extractor(open_triples=True)


def extract(data: bytes) -> None:
    """Statements of any prose: they quote their text, and come back from JSON as they were."""
    from kg.text.characters import keep_offsets

    text = keep_offsets(compose(data, fragments.PROSE, 3_000), lambda line: None)
    document = Document("d", text, date=DAY)
    found = extractor().extract(document)
    for statement in found:
        for span in spans(statement):
            assert text[span.start : span.end] == span.text, span
        line = json_line(to_json(statement))
        assert json_line(to_json(from_json(json.loads(line)))) == line
    assert found == extractor().extract(document)


def spans(statement: Statement) -> list[Span]:
    """Every piece of text that a statement quotes."""
    mentions = (statement.subject, statement.object, statement.place)
    found = [mention.span for mention in mentions if mention is not None]
    for link in statement.attribution:
        found += [span for span in (link.span, link.cue) if span is not None]
    return [*found, statement.evidence.sentence]


def parse(data: bytes) -> None:
    """The language analysis of any prose, in both of its formats."""
    from kg.text.analysis import as_conllu, as_record
    from kg.text.characters import keep_offsets

    text = keep_offsets(compose(data, fragments.PROSE, 3_000), lambda line: None)
    document = Document("d", text, date=DAY)
    reading = extractor().read(document)
    for line in as_conllu(document, reading.doc).split("\n"):
        assert not line or line.startswith("#") or line.count("\t") == 9, line
    json.loads(json_line(as_record(reading)))


def times(data: bytes) -> None:
    """Time expressions lie in their text."""
    text = compose(data, fragments.PROSE, 5_000)
    for timex in find_timexes(text):
        assert 0 <= timex.start < timex.end <= len(text)


def page(data: bytes) -> None:
    """Any page is read to its end."""
    html = compose(data, fragments.HTML)
    is_html(html)
    read_page(html)


def shown(data: bytes) -> None:
    """Whatever is said to a person is one line that steers nothing."""
    line = one_line(compose(data, fragments.PROSE))
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", line)


# --- Files --------------------------------------------------------------------------------------


def _documents(content: bytes, name: str) -> None:
    path = scratch() / name
    path.write_bytes(content)
    seen: set[str] = set()
    for item in read_documents([path], DAY):
        if isinstance(item, DocumentError):
            assert len(str(item)) < 5_000
            continue
        assert item.text.strip() and len(item.text) <= MAX_CHARACTERS
        item.text.encode("utf-8")
        assert item.id not in seen
        seen.add(item.id)


def written(suffix: str, table: tuple[str, ...]) -> Callable[[bytes], None]:
    """Files of a kind, written in the fragments of its language."""

    def target(data: bytes) -> None:
        text = compose(data, table)
        _documents(text.encode("utf-8", "surrogatepass"), f"a{suffix}")

    return target


def broken(suffix: str, make: Callable[[], bytes]) -> Callable[[bytes], None]:
    """Files of a kind that were whole before some of their bytes were changed."""
    whole = cache(make)

    def target(data: bytes) -> None:
        _documents(mutated(whole(), data), f"b{suffix}")

    return target


PROSE = "The minister met the president of France in Moscow, and they signed the treaty.\n" * 3


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", PROSE)
        archive.writestr("b/c.jsonl", json.dumps({"text": PROSE + "x", "title": "t"}))
        archive.writestr("d.zip", b"PK\5\6" + bytes(18))
    return buffer.getvalue()


def _docx() -> bytes:
    from docx import Document as WordFile

    word, buffer = WordFile(), io.BytesIO()
    word.add_paragraph(PROSE)
    word.save(buffer)
    return buffer.getvalue()


def _pdf() -> bytes:
    stream = b"BT /F1 12 Tf 10 10 Td (" + PROSE.encode().replace(b"\n", b" ") + b") Tj ET"
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 99 99]/Resources<</Font"
        b"<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
        b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n" % (len(stream), stream)
    ) + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n0\n%%EOF"


def _parquet() -> bytes:
    import pyarrow
    from pyarrow.parquet import write_table

    buffer = io.BytesIO()
    write_table(pyarrow.table({"text": [PROSE, "x"], "date": ["2024-01-02", None]}), buffer)
    return buffer.getvalue()


def _zst() -> bytes:
    from zstandard import ZstdCompressor

    return ZstdCompressor().compress(PROSE.encode())


def _warc() -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>" + PROSE.encode()
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
    return head + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(body), body)


# --- Data files and statements --------------------------------------------------------------------


def yaml(data: bytes) -> None:
    """YAML is a value of strings, or one error with a line."""
    with suppress(DataError, RecursionError):
        parse_yaml(compose(data, fragments.YAML, 4_000), "x.yml")


def csv(data: bytes) -> None:
    """A table of the user's is rows with the columns it should have, or one error."""
    path = scratch() / "t.csv"
    head = "text,date\n" if data[:1] > b"\x40" else ""
    content = head + compose(data, fragments.TABLE, 4_000)
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    with suppress(DataError):
        for _, row in read_csv(path, ("text", "date")):
            assert set(row) == {"text", "date"}


def actors(data: bytes) -> None:
    """A table of the user's own actors is taken over, or one error names the line."""
    path = scratch() / "actors.csv"
    whole = (resource_path("actors") / "organisations.csv").read_bytes()[:4_000]
    path.write_bytes(mutated(whole, data))
    with suppress(DataError):
        _read_organisations(Gazetteer(), path)


@cache
def _relations() -> list[bytes]:
    paths = sorted(resource_path("lexicon").glob("*.yml"))
    return [path.read_bytes() for path in paths if path.name != "classes.yml"]


def relation(data: bytes) -> None:
    """A file of the lexicon is a relation, or one error with a line."""
    path = scratch() / "relation.yml"
    number = int.from_bytes(data[:2], "big") % len(_relations())
    path.write_bytes(mutated(_relations()[number], data[2:]))
    with suppress(DataError):
        _entry(path, _classes(resource_path("lexicon/classes.yml")))


def record(data: bytes) -> None:
    """The metadata of any JSON object: strings without control characters, or an error."""
    with suppress(ValueError, RecursionError):
        value = json.loads(compose(data, fragments.LINES, 2_000))
        known = from_record(value if isinstance(value, dict) else {"title": value})
        assert known.title is None or "\x00" not in known.title


@cache
def _line() -> str:
    from graph.statements import STATEMENTS

    return json_line(to_json(STATEMENTS[0]))


def statements(data: bytes) -> None:
    """Lines of JSON are statements, or one error that names the line."""
    line = mutated(_line().encode(), data).decode("utf-8", "replace")
    for text in (line, compose(data, fragments.LINES)):
        with suppress(DataError):
            for statement in read_statements(text.split("\n")):
                assert to_json(from_json(to_json(statement))) == to_json(statement)


def rdf(data: bytes) -> None:
    """RDF in each of its formats is triples and perhaps statements, or one error."""
    kinds = sorted(set(FORMATS.values()))
    kind = kinds[data[0] % len(kinds)] if data else kinds[0]
    text = compose(data, fragments.TURTLE).encode("utf-8", "surrogatepass")
    with suppress(DataError):
        statements_in(parse_graphs(io.BytesIO(text), kind, "x"))


# --- Questions ----------------------------------------------------------------------------------


@cache
def _store() -> Any:
    from graph.statements import DOCUMENTS, STATEMENTS

    from kg.graph.files import full_graphs

    load_store(scratch() / "store", full_graphs(STATEMENTS, DOCUMENTS))
    return open_store(scratch() / "store")


def sparql(data: bytes) -> None:
    """Any question is answered or refused with a reason; it never changes or calls anything."""
    text = compose(data, fragments.SPARQL, 2_000)
    with suppress(QueryError):
        query(text, store=_store())


def parameters(data: bytes) -> None:
    """Whatever a parameter holds, the question stays one question that only reads."""
    known = stock_queries()
    stock = known[sorted(known)[(data[0] if data else 0) % len(known)]]
    value = compose(data[1:], fragments.SPARQL, 300)
    given = {parameter.name: value for parameter in stock.parameters}
    with suppress(QueryError):
        text = bound_query(f"@{stock.name}", given, _store())
        assert "DROP ALL" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", text)


def accepted(data: bytes) -> None:
    """Any Accept header chooses one of the formats or none."""
    offered = ("text/csv", "application/json")
    assert choose(compose(data, (*fragments.MAIL, "text/csv", "q=0.5", "*/*"), 500), offered) in (
        *offered,
        None,
    )


def picture(data: bytes) -> None:
    """A page about anything has the scripts of a page about nothing."""
    from dataclasses import replace

    from graph.statements import STATEMENTS

    words = compose(data, fragments.HTML, 2_000)
    first = STATEMENTS[0]
    actor = replace(first.subject.actor, id=f"local:{words}", label=words)
    named = replace(first, subject=replace(first.subject, actor=actor), condition=words)
    made = html_page([named], [Document("d", words, words, None, words, words)], words)
    assert len(re.findall(r"<script\b", made, re.I)) == _scripts()


@cache
def _scripts() -> int:
    return len(re.findall(r"<script\b", html_page([], [], "x"), re.I))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "times": times,
    "page": page,
    "shown": shown,
    "text-file": written(".txt", fragments.PROSE),
    "html-file": written(".html", fragments.HTML),
    "markdown-file": written(".md", (*fragments.PROSE, *fragments.YAML, *fragments.HTML)[:224]),
    "jsonl-file": written(".jsonl", fragments.LINES),
    "csv-file": written(".csv", fragments.TABLE),
    "feed-file": written(".rss", ("<rss>", *fragments.FEED)),
    "mail-file": written(".eml", fragments.MAIL),
    "zip-file": broken(".zip", _zip),
    "docx-file": broken(".docx", _docx),
    "pdf-file": broken(".pdf", _pdf),
    "parquet-file": broken(".parquet", _parquet),
    "gz-file": broken(".txt.gz", lambda: gzip.compress(PROSE.encode(), mtime=0)),
    "zst-file": broken(".txt.zst", _zst),
    "warc-file": broken(".warc", _warc),
    "yaml": yaml,
    "csv": csv,
    "actors": actors,
    "relation": relation,
    "record": record,
    "statements": statements,
    "rdf": rdf,
    "sparql": sparql,
    "parameters": parameters,
    "accepted": accepted,
    "picture": picture,
}
"""Targets that need no language model, by name."""

MODEL_TARGETS: dict[str, Callable[[bytes], None]] = {"extract": extract, "parse": parse}
"""Targets that run the language model."""


def allowed(error: BaseException) -> bool:
    """Whether a target may raise this: an error that kg promises, not one that it suffers."""
    return isinstance(error, KGError)
