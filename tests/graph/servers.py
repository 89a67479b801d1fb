"""Servers on loopback for the tests: a scripted one, Oxigraph's, Virtuoso's, and kg's own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NoReturn

import httpx
import pytest

JSON_RESULTS = "application/sparql-results+json"


@dataclass
class Received:
    """A request as it arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Script:
    """Answers in turn: status and headers; the last one again and again. ``requests`` came."""

    answers: list[tuple[int, dict[str, str]]]
    requests: list[Received] = field(default_factory=list)
    text: str = "a reason"
    url: str = ""


@contextmanager
def scripted(
    *answers: int | tuple[int, dict[str, str]], certificate: tuple[Path, Path] | None = None
) -> Iterator[Script]:
    """A server that gives these answers to whatever is asked, over TLS with a certificate."""
    script = Script([a if isinstance(a, tuple) else (a, {}) for a in answers])

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            script.requests.append(
                Received(
                    self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body
                )
            )
            number = min(len(script.requests), len(script.answers)) - 1
            status, headers = script.answers[number]
            if status == 0:  # hang up without a word
                self.close_connection = True
                return
            content = script.text.encode()
            self.send_response(status)
            for name, value in {"Content-Type": "text/plain", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(0 if status == 204 else len(content)))
            self.end_headers()
            if status != 204:
                self.wfile.write(content)

        do_GET = do_PUT = do_POST = do_DELETE = answer

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *arguments: None  # type: ignore[method-assign]
    script.url = f"http://127.0.0.1:{server.server_port}/data"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def oxigraph() -> Iterator[str]:
    """Oxigraph's own server with an empty store in memory; its address."""
    program = Path(sysconfig.get_path("scripts")) / "oxigraph"
    if not program.exists():
        missing("the server of Oxigraph is not installed (pip install oxigraph)")
    port = free_port()
    with _running([str(program), "serve", "--bind", f"127.0.0.1:{port}"], port):
        yield f"http://127.0.0.1:{port}"


_VIRTUOSO = """\
[Database]
DatabaseFile = scratch.db
ErrorLogFile = scratch.log
LockFile = scratch.lck
TransactionFile = scratch.trx
xa_persistent_file = scratch.pxa
[TempDatabase]
DatabaseFile = scratch-temp.db
TransactionFile = scratch-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 10
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 100000
"""


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """Virtuoso with a scratch database in a folder; its address. User and password are dba."""
    program = shutil.which("virtuoso-t")
    if program is None:
        missing("Virtuoso is not installed (apt-get install virtuoso-opensource-7-bin)")
    port = free_port()
    configuration = folder / "scratch.ini"
    configuration.write_text(_VIRTUOSO.format(sql=free_port(), http=port), encoding="utf-8")
    with _running([program, "+foreground", "+configfile", str(configuration)], port, folder):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def kg_serve(store: Path, *options: str, environment: Mapping[str, str] = {}) -> Iterator[str]:
    """``kg serve`` of a store with some options; its address."""
    port = free_port()
    code = "import sys; from kg.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "serve", str(store), "--port", str(port), *options]
    with _running(command, port, environment=environment):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _running(
    command: list[str],
    port: int,
    folder: Path | None = None,
    environment: Mapping[str, str] = {},
) -> Iterator[None]:
    path = os.pathsep.join(sys.path)
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait_for(port, process)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        assert process.stdout is not None
        process.stdout.close()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until something listens there; waiting is no measure of speed, so it waits long."""
    for _ in range(1200):
        if process.poll() is not None:
            assert process.stdout is not None
            pytest.fail(f"the server ended: {process.stdout.read().decode()[-2000:]}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    pytest.fail("the server does not listen")


def ask(url: str, query: str, accept: str = JSON_RESULTS, **headers: str) -> httpx.Response:
    """A query by POST."""
    return httpx.post(
        f"{url}/sparql", data={"query": query}, headers={"Accept": accept, **headers}, timeout=60
    )


def count(url: str, pattern: str) -> int:
    """How many solutions a pattern has."""
    answer = ask(url, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", "text/csv")
    return int(answer.raise_for_status().text.split()[1])


def free_port() -> int:
    """A port on loopback that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def missing(what: str) -> NoReturn:
    """Say what is missing: locally the tests are left out, in CI that would hide a failure."""
    if os.environ.get("CI"):
        pytest.fail(what, pytrace=False)
    pytest.skip(what)
