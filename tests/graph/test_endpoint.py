"""``kg serve``: the SPARQL Protocol, the Graph Store Protocol, and what strangers try."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph
import pytest
from graph.servers import ask, count, free_port, kg_serve, scripted
from graph.statements import DOCUMENTS, STATEMENTS
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import main
from kg.graph.documents import document_graph
from kg.graph.endpoint.negotiation import ANSWERS, RESULTS, TRIPLES, base_type, choose
from kg.graph.rdf import build_graphs
from kg.graph.sparql import calls_out, without_comments
from kg.graph.stock import stock_queries
from kg.graph.store import load_store, open_store
from kg.graph.terms import text_of

JSON = "application/sparql-results+json"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(STR(?a) < STR(?i)) }"
SECONDS = "2"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("endpoint") / "store"
    load_store(path, build_graphs(STATEMENTS, DOCUMENTS))
    return path


@pytest.fixture(scope="module")
def url(store: Path) -> Iterator[str]:
    """An endpoint that reads."""
    with kg_serve(store) as address:
        yield address


@pytest.fixture(scope="module")
def hasty(store: Path) -> Iterator[str]:
    """An endpoint with little time for a question."""
    with kg_serve(store, "--timeout", SECONDS) as address:
        yield address


# --- Queries ----------------------------------------------------------------------------------


def test_the_three_ways_to_ask(url: str) -> None:
    query = "ASK { wd:Q159 a kg:State }"
    ways = [
        httpx.get(f"{url}/sparql", params={"query": query}),
        httpx.post(f"{url}/query", data={"query": query}),
        httpx.post(
            f"{url}/sparql", content=query, headers={"Content-Type": "application/sparql-query"}
        ),
    ]
    for answer in ways:
        assert answer.status_code == 200 and answer.json()["boolean"] is True
        assert answer.headers["content-type"] == JSON
    assert httpx.head(f"{url}/sparql", params={"query": query}).status_code == 200


@pytest.mark.parametrize("media", RESULTS)
def test_tables_in_every_form(url: str, media: str) -> None:
    answer = ask(url, "SELECT ?s ?l { ?s a kg:State ; rdfs:label ?l } ORDER BY ?s", media)
    assert base_type(answer.headers["content-type"]) == media
    if media in ("text/csv", "text/tab-separated-values"):
        assert len(answer.text.splitlines()) > 3
        return
    form = pyoxigraph.QueryResultsFormat.from_media_type(media) or (
        pyoxigraph.QueryResultsFormat.JSON if "json" in media else pyoxigraph.QueryResultsFormat.XML
    )
    parsed = pyoxigraph.parse_query_results(answer.content, format=form)
    assert isinstance(parsed, pyoxigraph.QuerySolutions) and len(list(parsed)) > 3


@pytest.mark.parametrize("media", TRIPLES)
def test_triples_in_every_form(url: str, media: str) -> None:
    answer = ask(url, "CONSTRUCT WHERE { ?s kg:polarity ?o }", media)
    form = getattr(pyoxigraph.RdfFormat, TRIPLES[media])
    assert base_type(answer.headers["content-type"]) == media
    assert len(set(pyoxigraph.parse(answer.content, form))) == count(url, "?s kg:polarity ?o")


def test_it_describes_itself(url: str) -> None:
    answer = httpx.get(f"{url}/sparql")
    parsed = list(
        pyoxigraph.parse(answer.content, pyoxigraph.RdfFormat.TURTLE, base_iri=f"{url}/sparql")
    )
    assert base_type(answer.headers["content-type"]) == "text/turtle" and len(parsed) > 10
    assert {str(q.subject) for q in parsed if "endpoint" in str(q.predicate)} == {f"<{url}/sparql>"}
    assert "SPARQL11Update" not in answer.text


def test_rdflib_can_ask_it(url: str) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    rows = list(SPARQLStore(f"{url}/sparql").query("SELECT ?s { ?s a <urn:none> }"))
    assert rows == []


def test_data_sets_of_the_protocol(url: str) -> None:
    query, graph = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", text_of(document_graph("speech-2025"))
    whole, one, named = (
        int(httpx.get(f"{url}/sparql", params={"query": q, **more}, headers={"Accept": "text/csv"})
            .raise_for_status().text.split()[1])
        for q, more in (
            (query, {}),
            (query, {"default-graph-uri": graph}),
            ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", {"named-graph-uri": graph}),
        )
    )  # fmt: skip
    assert whole > one == named > 0


def test_a_large_answer_comes_in_pieces(url: str) -> None:
    query = "SELECT ?s ?p ?o ?t { ?s ?p ?o . ?t a kg:Statement }"
    expected = count(url, "?s ?p ?o . ?t a kg:Statement")
    with httpx.stream(
        "POST", f"{url}/sparql", data={"query": query}, headers={"Accept": "text/csv"}, timeout=60
    ) as answer:
        pieces = list(answer.iter_raw())
        assert answer.headers.get("transfer-encoding") == "chunked"
    assert len(pieces) > 3 and b"".join(pieces).count(b"\r\n") == expected + 1


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ("SELECT * {", 400, "the query is malformed at line 1"),
        ("SELECT * { ?s foo:bar ?o }", 400, "unknown prefix 'foo:' at line 1, column 15"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", 400, "INSERT is an update"),
        ("ASK { SERVICE <http://127.0.0.1:9/> {} }", 403, "SERVICE calls to other hosts"),
        ("SELECT * { ?s kg:polarty ?o }", 200, ""),
        ("@nonsense", 400, "there is no stock question @nonsense"),
        ("", 400, "send one query"),
        ("\0", 400, "malformed"),
    ],
)
def test_mistakes(url: str, query: str, status: int, message: str) -> None:
    answer = ask(url, query)
    assert answer.status_code == status and re.search(message, answer.text)
    if status != 200:
        assert answer.headers["content-type"].startswith("text/plain")
        assert answer.text.count("\n") == 1


def test_strict_names(url: str) -> None:
    data = {"query": "SELECT * { ?s kg:polarty ?o }", "strict": "1"}
    assert "did you mean kg:polarity?" in httpx.post(f"{url}/sparql", data=data).text


@pytest.mark.parametrize(
    ("accept", "status"),
    [("image/png", 406), ("text/html, */*;q=0.1", 200), ("text/turtle", 406), ("nonsense", 200)],
)
def test_what_can_be_accepted(url: str, accept: str, status: int) -> None:
    assert ask(url, "SELECT * { ?s a kg:State }", accept).status_code == status


def test_odd_requests(url: str) -> None:
    answers = [
        (httpx.get(f"{url}/sparql?nothing=1"), 400),
        (httpx.post(f"{url}/sparql", data={"nothing": "1"}), 400),
        (httpx.get(f"{url}/sparql", params=[("query", COUNT), ("query", COUNT)]), 400),
        (httpx.get(f"{url}/sparql", params={"update": "CLEAR ALL"}), 405),
        (httpx.post(f"{url}/sparql", content=COUNT, headers={"Content-Type": "text/plain"}), 415),
        (httpx.post(f"{url}/sparql", data={"query": COUNT, "update": "DROP ALL"}), 400),
        (httpx.post(f"{url}/sparql", content=b"query=%FF",
                    headers={"Content-Type": "application/x-www-form-urlencoded"}), 400),
        (httpx.post(f"{url}/sparql", content=b"\xff",
                    headers={"Content-Type": "application/sparql-query"}), 400),
        (ask(url, "SELECT " + " " * (1 << 20)), 413),
        (httpx.put(f"{url}/sparql"), 405),
        (httpx.get(f"{url}/../etc/passwd"), 404),
        (httpx.get(f"{url}/page.js/../app.py"), 404),
        (httpx.get(f"{url}/%2e%2e/app.py"), 404),
        (httpx.get(f"{url}/questions/nonsense"), 400),
    ]  # fmt: skip
    assert [answer.status_code for answer, _ in answers] == [status for _, status in answers]


def test_bytes_that_are_no_http(url: str) -> None:
    port = int(url.rpartition(":")[2])
    for sent in (b"\x00\xff\r\n\r\n", b"GET / HTTP/1.1\r\nHost: " + b"x" * 200_000 + b"\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", port), 10) as stranger:
            stranger.sendall(sent)
            assert stranger.recv(100).startswith(b"HTTP/1.1 4")
    assert ask(url, COUNT).status_code == 200


def test_an_endless_question_is_ended(hasty: str) -> None:
    answer = ask(hasty, ENDLESS)
    assert answer.status_code == 503 and f"took longer than {SECONDS} seconds" in answer.text


def test_who_leaves_takes_no_place(url: str) -> None:
    """Two endless questions would hold both processes for a minute, had nobody noticed."""
    for _ in range(3):
        for stranger in [_asked(url, ENDLESS) for _ in range(2)]:
            stranger.close()
    assert ask(url, COUNT).status_code == 200


def test_an_answer_that_is_cut_off_does_not_look_whole(hasty: str) -> None:
    query = "SELECT ?s ?p ?o ?t ?u { ?s ?p ?o . ?t ?q ?u . ?v ?w ?x }"
    with (
        httpx.stream("POST", f"{hasty}/sparql", data={"query": query}, timeout=60) as answer,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        assert answer.status_code == 200
        for _ in answer.iter_raw():
            pass


def test_endless_questions_do_not_stop_the_others(hasty: str) -> None:
    """Two wait until the time is over; a third is answered then."""
    waiting = [_asked(hasty, ENDLESS) for _ in range(2)]
    assert ask(hasty, "ASK {}").status_code == 200
    for stranger in waiting:
        assert stranger.recv(100).startswith(b"HTTP/1.1 503")
        stranger.close()


def _asked(url: str, query: str) -> socket.socket:
    port = int(url.rpartition(":")[2])
    stranger = socket.create_connection(("127.0.0.1", port), 60)
    head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(query)}\r\n"
    stranger.sendall(f"{head}Content-Type: application/sparql-query\r\n\r\n{query}".encode())
    return stranger


def test_a_question_that_needs_all_memory_harms_nobody(store: Path) -> None:
    greedy = (
        "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?b), STR(?c), STR(?d))) AS ?x) "
        "{ ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
    )
    with kg_serve(store, "--timeout", "3") as url:
        answer = ask(url, greedy)
        assert answer.status_code in (500, 503) and "this " in answer.text
        assert ask(url, COUNT).status_code == 200


# --- Stock questions and the page -------------------------------------------------------------


def test_questions_and_their_answers(url: str) -> None:
    listed = httpx.get(f"{url}/questions").json()
    assert [question["name"] for question in listed] == list(stock_queries())
    answer = httpx.get(
        f"{url}/questions/allies", params={"actor": "north korea"}, headers={"Accept": "text/csv"}
    )
    assert "Russia" in answer.text
    wrong = httpx.get(f"{url}/questions/allies", params={"actor": "Nort Korea"})
    assert wrong.status_code == 400 and "did you mean North Korea" in wrong.text
    assert "needs --actor" in httpx.get(f"{url}/questions/allies").text


def test_the_page_asks_nobody_else(url: str) -> None:
    page = httpx.get(f"{url}/")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "http" not in policy
    for path in ("", "page.js", "page.css"):
        text = httpx.get(f"{url}/{path}").raise_for_status().text
        assert not re.search(r"(src|href)=\"(https?:)?//|@import|url\(|fetch\(\"http", text)
    assert "innerHTML" not in httpx.get(f"{url}/page.js").text


# --- Strangers --------------------------------------------------------------------------------


def test_pages_of_others_may_not_ask(url: str) -> None:
    assert ask(url, COUNT, Origin="https://evil.example").status_code == 403
    assert ask(url, COUNT, Origin=url).status_code == 200
    assert ask(url, COUNT, Origin="null").status_code == 403
    answer = ask(url, COUNT, Host="evil.example")
    assert answer.status_code == 400
    for answer in (ask(url, COUNT), ask(url, COUNT, Origin=url)):
        assert "access-control-allow-origin" not in answer.headers


def test_pages_that_may(store: Path) -> None:
    friend = "https://friend.example"
    with kg_serve(store, "--cors", friend, "--host", "graphs.example") as url:
        allowed = ask(url, COUNT, Origin=friend)
        assert allowed.headers["access-control-allow-origin"] == friend
        assert ask(url, COUNT, Origin="https://evil.example").status_code == 403
        assert ask(url, COUNT, Host="graphs.example").status_code == 200


SERVICES = [
    "ASK {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "ASK {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
    "ASK {{ servicesilent<{0}> {{ ?s ?p ?o }} }}",
    "ASK {{ ?s ?p trueSERVICE<{0}> {{ ?s ?p ?o }} }}",
    "PREFIX SERVICEu: <{0}> PREFIX u: <{0}> ASK {{ SERVICEu:x {{ ?s ?p ?o }} }}",
    "ASK {{ OPTIONAL {{ ?s <http://x/#\\u0041> ?o }} SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "ASK {{ OPTIONAL {{ ?s <http://x/#'> ?o }} SERVICE <{0}> {{ ?s ?p ?o }} }} #'",
    "ASK {{ FILTER(1<2)SERVICE<{0}> {{ ?s ?p ?o }} }}",
    "ASK {{ BIND(<{0}> AS ?u) SERVICE ?u {{ ?s ?p ?o }} }}",
    "ASK {{ {{ SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }} }}",
    "ASK {{ FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
]


def test_nothing_is_asked_of_other_hosts(url: str) -> None:
    with scripted(200) as elsewhere:
        for text in SERVICES:
            answer = ask(url, text.format(elsewhere.url))
            assert answer.status_code in (400, 403), text
        assert elsewhere.requests == []
        # … and the trap works: Oxigraph does call it when it is let
        with pytest.raises((OSError, RuntimeError)):
            bool(pyoxigraph.Store().query(SERVICES[5].format(elsewhere.url)))
        assert len(elsewhere.requests) == 1


@given(st.text(alphabet="SERVICE service<>:'\"\\#{}?x \n", max_size=30))
def test_what_is_evaluated_was_looked_at(text: str) -> None:
    """Without comments, no SERVICE is left that was not seen, but for names and strings."""
    cleaned = without_comments(f"ASK {{ {text} }}")
    assert len(cleaned) == len(f"ASK {{ {text} }}")
    assert calls_out(cleaned) == calls_out(f"ASK {{ {text} }}")


def test_services_can_be_switched_on(store: Path) -> None:
    with scripted(500) as elsewhere, kg_serve(store, "--services") as url:
        assert ask(url, SERVICES[0].format(elsewhere.url)).status_code == 500
        assert len(elsewhere.requests) == 1


# --- Reading only -----------------------------------------------------------------------------


def test_reading_is_all_it_does(url: str) -> None:
    insert = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"
    assert httpx.post(f"{url}/update", data={"update": insert}).status_code == 403
    for method in ("PUT", "POST", "DELETE"):
        answer = httpx.request(method, f"{url}/store", params={"graph": "urn:g"})
        assert answer.status_code == 403 and "kg serve --update" in answer.text


def test_graphs_can_be_read(url: str) -> None:
    graph = text_of(document_graph("speech-2025"))
    answer = httpx.get(f"{url}/store", params={"graph": graph}, headers={"Accept": "text/turtle"})
    assert len(list(pyoxigraph.parse(answer.content, pyoxigraph.RdfFormat.TURTLE))) == count(
        url, f"GRAPH <{graph}> {{ ?s ?p ?o }}"
    )
    assert httpx.head(f"{url}/store", params={"graph": graph}).status_code == 200
    assert httpx.get(f"{url}/store?default").status_code == 200
    everything = httpx.get(f"{url}/store", headers={"Accept": "application/n-quads"})
    assert len(set(pyoxigraph.parse(everything.content, pyoxigraph.RdfFormat.N_QUADS))) > 100
    assert httpx.get(f"{url}/store", params={"graph": "urn:none"}).status_code == 404
    assert httpx.get(f"{url}/store", params={"graph": "relative"}).status_code == 400
    assert httpx.get(f"{url}/store", params={"graph": "urn:a> <"}).status_code == 400
    assert httpx.get(f"{url}/store?default&graph=urn:a").status_code == 400


# --- The command ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "there is no store here (make one with `kg build`)"),
        (["--bind", "0.0.0.0", "--update"], "set a password in KG_SERVE_PASSWORD"),
        (["--bind", "203.0.113.7", "--port", "0"], "nothing can listen at 203.0.113.7 port 0"),
    ],
)
def test_command_that_cannot_start(
    arguments: list[str],
    message: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_SERVE_PASSWORD", raising=False)
    assert main(["serve", *arguments]) == 2
    said = capsys.readouterr().err
    assert message in said and said.count("\n") == 1


def test_it_ends_as_it_should(store: Path) -> None:
    code = "import sys; from kg.cli import main; sys.exit(main(sys.argv[1:]))"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "serve", str(store), "--port", "0"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    ready = process.stderr.readline()
    address = ready.split("/ is the page")[0]
    for _ in range(600):  # the line comes when the socket listens, a moment before uvicorn does
        try:
            assert ask(address, COUNT).status_code == 200
            break
        except httpx.TransportError:
            time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    assert process.stderr.read() == "ended\n"
    process.stderr.close()


def test_a_port_that_is_taken(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        assert main(["serve", str(store), "--port", str(port)]) == 2
    assert "(choose another --port)" in capsys.readouterr().err


def test_a_store_of_a_newer_version(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load_store(tmp_path / "store", {})
    store = pyoxigraph.Store(str(tmp_path / "store"))
    store.update(
        "PREFIX kg: <https://w3id.org/kg/ontology#> DELETE { GRAPH ?g { ?s kg:formatVersion ?v } } "
        "INSERT { GRAPH ?g { ?s kg:formatVersion 99 } } "
        "WHERE { GRAPH ?g { ?s kg:formatVersion ?v } }"
    )
    store.flush()
    del store
    assert main(["serve", str(tmp_path / "store"), "--port", "0"]) == 2
    assert "this store has format 99" in capsys.readouterr().err


def test_it_serves_what_a_build_put_in_its_place(tmp_path: Path) -> None:
    load_store(tmp_path / "store", build_graphs(STATEMENTS, DOCUMENTS))
    with kg_serve(tmp_path / "store") as url:
        before = count(url, "?s a kg:Statement")
        load_store(tmp_path / "store", build_graphs(STATEMENTS[:3], DOCUMENTS), fresh=True)
        assert 0 < count(url, "?s a kg:Statement") < before
    assert open_store(tmp_path / "store")


# --- Negotiation ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("text/*", "text/csv"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.5, application/xml;q=0.6", "application/xml"),
        ("text/csv;q=0, */*;q=0.1", JSON),
        ("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", "application/xml"),
        ("TEXT/CSV", "text/csv"),
        ("image/png", None),
        ("text/csv;header=present;q=0.4", "text/csv"),
        (";;;", JSON),
    ],
)
def test_choosing(accept: str, chosen: str | None) -> None:
    assert choose(accept, list(RESULTS)) == chosen


@given(st.text())
def test_choosing_never_fails(accept: str) -> None:
    assert choose(accept, ANSWERS) in (*ANSWERS, None)
