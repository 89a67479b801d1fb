"""Changes through ``kg serve --update``: graphs, updates, passwords, and what they cannot break."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph
import pytest
from graph.servers import ask, count, kg_serve, scripted
from graph.statements import DOCUMENTS, STATEMENTS

from kg.graph.documents import document_graph
from kg.graph.place import STATE_GRAPH
from kg.graph.rdf import build_graphs
from kg.graph.store import load_store
from kg.graph.terms import text_of

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture
def writable(tmp_path: Path) -> Iterator[str]:
    """An endpoint over a store of its own that may be changed."""
    load_store(tmp_path / "store", build_graphs(STATEMENTS, DOCUMENTS))
    with kg_serve(tmp_path / "store", "--update") as address:
        yield address


def put(
    url: str, method: str, content: str, graph: str = "urn:g", media: str = "text/turtle"
) -> int:
    """A graph sent by the Graph Store Protocol; the status."""
    return httpx.request(
        method,
        f"{url}/store",
        params={"graph": graph},
        content=content.encode(),
        headers={"Content-Type": media},
        timeout=60,
    ).status_code


def test_graphs_can_be_written(writable: str) -> None:
    assert put(writable, "PUT", '<urn:a> <urn:p> "1", "2", _:b .') == 201
    assert count(writable, "<urn:a> <urn:p> ?o") == 3
    assert put(writable, "POST", '<urn:a> <urn:p> "3" .') == 204
    assert count(writable, "GRAPH <urn:g> { <urn:a> <urn:p> ?o }") == 4
    assert put(writable, "PUT", '<urn:a> <urn:p> "2" .', "urn:other") == 201
    assert put(writable, "PUT", '<urn:a> <urn:p> "9" .') == 204
    # "2" is said elsewhere too, so the union keeps it
    assert count(writable, "<urn:a> <urn:p> ?o") == 2
    assert put(writable, "DELETE", "") == 204
    assert count(writable, "<urn:a> <urn:p> ?o") == 1
    assert put(writable, "DELETE", "") == 404
    assert put(writable, "PUT", "nonsense") == 400
    assert put(writable, "PUT", "<urn:a> <urn:p> <urn:b> .", "", "text/turtle") == 400
    assert put(writable, "PUT", "x", media="text/csv") == 415
    assert put(writable, "PUT", "<urn:a> <urn:b> 1 .", text_of(STATE_GRAPH)) == 400
    assert httpx.put(f"{writable}/store?default", content=b"").status_code == 400
    assert httpx.post(f"{writable}/store?default", content=b"<urn:x> <urn:y> 1 .").is_success
    assert count(writable, "<urn:x> ?p ?o") == 1
    json_ld = json.dumps({"@id": "urn:j", "urn:p": "v"})
    assert put(writable, "PUT", json_ld, "urn:j", "application/ld+json") == 201
    assert count(writable, "<urn:j> ?p ?o") == 1


def update(url: str, text: str) -> httpx.Response:
    """A SPARQL update."""
    return httpx.post(f"{url}/update", data={"update": text}, timeout=60)


def test_updates_keep_the_union(writable: str) -> None:
    graph = document_graph("speech-2025")
    before = count(writable, "?s ?p ?o")
    assert update(writable, "INSERT DATA { GRAPH <urn:g> { <urn:a> kg:met <urn:b> } }").is_success
    assert count(writable, "<urn:a> kg:met ?o") == 1
    assert update(writable, "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }").is_success
    assert count(writable, "?s ?p ?o") == before
    said = count(writable, f"GRAPH {graph} {{ ?s ?p ?o }}")
    assert update(writable, f"DELETE WHERE {{ GRAPH {graph} {{ ?s kg:polarity ?o }} }}").is_success
    assert count(writable, f"GRAPH {graph} {{ ?s ?p ?o }}") < said
    assert count(writable, "?s ?p ?o") < before
    # whatever names no graph changes what queries without GRAPH see
    assert update(writable, "INSERT DATA { <urn:x> <urn:y> <urn:z> }").is_success
    assert count(writable, "<urn:x> ?p ?o") == 1


def test_updates_cannot_break_the_store(writable: str, tmp_path: Path) -> None:
    for text in (
        "CLEAR ALL", "DROP DEFAULT", "CLEARALL", "DROPSILENTALL", "CLEAR NAMED",
        "DROP SILENT NAMED",
        "COPY DEFAULT TO <urn:g>", "MOVE <urn:g> TO DEFAULT", f"DROP GRAPH {STATE_GRAPH}",
        "CLEAR GRAPH graph:store", f"INSERT DATA {{ GRAPH {STATE_GRAPH} {{ <a:a> <a:b> 1 }} }}",
        "nonsense", "SELECT * { ?s ?p ?o }", "",
    ):  # fmt: skip
        assert update(writable, text).status_code == 400, text
    assert update(writable, "DELETE WHERE { GRAPH ?g { ?s kg:formatVersion ?o } }").is_success
    assert count(writable, f"GRAPH {STATE_GRAPH} {{ ?s kg:formatVersion ?o }}") == 1
    assert update(
        writable, "INSERT { GRAPH ?g { ?g <urn:seen> true } } WHERE { GRAPH ?g { } }"
    ).is_success
    assert count(writable, f"GRAPH {STATE_GRAPH} {{ ?s <urn:seen> ?o }}") == 0


def test_a_build_sees_what_was_changed(writable: str, tmp_path: Path) -> None:
    graph = document_graph("speech-2025")
    expected = count(writable, "?s ?p ?o")
    assert update(writable, f"DELETE WHERE {{ GRAPH {graph} {{ ?s kg:polarity ?o }} }}").is_success
    report = load_store(tmp_path / "store", build_graphs(STATEMENTS, DOCUMENTS))
    assert report.replaced == 1
    assert count(writable, "?s ?p ?o") == expected


def test_a_locked_store_says_so(writable: str, tmp_path: Path) -> None:
    other = pyoxigraph.Store(str(tmp_path / "store"))
    answer = update(writable, "INSERT DATA { <urn:x> <urn:y> <urn:z> }")
    assert answer.status_code == 503 and "another program writes to it" in answer.text
    assert answer.headers["retry-after"] == "5" and str(tmp_path) not in answer.text
    assert ask(writable, COUNT).status_code == 200
    del other


def test_a_password_for_changes(tmp_path: Path) -> None:
    load_store(tmp_path / "store", {})
    with kg_serve(
        tmp_path / "store", "--update", environment={"KG_SERVE_PASSWORD": "geheim"}
    ) as url:
        assert ask(url, COUNT).status_code == 200
        insert = {"update": "INSERT DATA { <urn:x> <urn:y> <urn:z> }"}
        refused = httpx.post(f"{url}/update", data=insert)
        assert refused.status_code == 401 and "basic" in refused.headers["www-authenticate"].lower()
        assert httpx.post(f"{url}/update", data=insert, auth=("kg", "wrong")).status_code == 401
        odd = httpx.post(f"{url}/update", data=insert, headers={"Authorization": "Basic !"})
        assert odd.status_code == 401
        assert httpx.post(f"{url}/update", data=insert, auth=("kg", "geheim")).is_success


UPDATES = [
    "LOAD <{0}>",
    "LOAD SILENT <{0}> INTO GRAPH <urn:g>",
    "LOADSILENT<{0}>",
    "INSERT DATA {{ <a:a> <a:b> <a:c> }} ; LOAD <{0}>",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
]


def test_nothing_is_fetched_from_other_hosts(writable: str) -> None:
    with scripted(200) as elsewhere:
        for text in UPDATES:
            sent = update(writable, text.format(elsewhere.url))
            assert sent.status_code in (400, 403), text
        assert elsewhere.requests == []
