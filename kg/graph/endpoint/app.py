"""The endpoint as an ASGI application: SPARQL 1.1 Protocol, Graph Store Protocol, a query page.

It does no work itself: every question goes to a process of ``Workers``. What a browser may do
from the page of somebody else is nothing, unless ``origins`` says so.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import secrets
import tempfile
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from kg.graph.endpoint.changes import FORMATS
from kg.graph.endpoint.negotiation import base_type
from kg.graph.endpoint.pool import Answer, TaskError, Workers
from kg.graph.endpoint.requests import absolute, asked, form_fields
from kg.graph.stock import stock_queries
from kg.resources import resource_path

UPLOAD_LIMIT = 1 << 30
"""Bytes of a graph that is sent."""
_READER_PATIENCE = 60.0  # seconds to wait for a reader to take the next piece

_PAGE = {
    "": ("index.html", "text/html"),
    "page.js": ("page.js", "text/javascript"),
    "page.css": ("page.css", "text/css"),
}


@dataclass(frozen=True, slots=True)
class Service:
    """What an endpoint serves and to whom.

    ``hosts`` are the names it answers to (a page that lets its own name point here gets
    nothing), ``origins`` the web pages of others that may ask, ``password`` what changes need.
    """

    store: Path
    update: bool = False
    seconds: float = 60.0
    workers: int = 2
    hosts: tuple[str, ...] = ("*",)
    origins: tuple[str, ...] = ()
    services: bool = False
    password: str | None = None


def make_app(service: Service) -> Starlette:
    """The application; its processes start with the first question and end with it."""
    endpoint = _Endpoint(service)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        await endpoint.close()

    middleware = [Middleware(TrustedHostMiddleware, allowed_hosts=list(service.hosts))]
    if service.origins:
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=list(service.origins),
                allow_methods=["GET", "HEAD", "POST", "PUT", "DELETE"],
                allow_headers=["Authorization", "Content-Type"],
            )
        )
    both = ["GET", "POST"]
    return Starlette(
        routes=[
            Route("/sparql", endpoint.sparql, methods=both),
            Route("/query", endpoint.sparql, methods=both),
            Route("/update", endpoint.sparql, methods=["POST"]),
            Route("/store", endpoint.graph_store, methods=[*both, "PUT", "DELETE"]),
            Route("/questions", endpoint.questions),
            Route("/questions/{name}", endpoint.question),
            *(Route(f"/{path}", endpoint.page) for path in _PAGE),
        ],
        middleware=middleware,
        lifespan=lifespan,
        exception_handlers={HTTPException: _refusal, TaskError: _failure},
    )


class _Endpoint:
    def __init__(self, service: Service) -> None:
        self.service = service
        self._reading = Workers(service.workers, service.seconds)
        self._writing = Workers(1, max(service.seconds, 600.0))

    async def close(self) -> None:
        """End the processes."""
        await self._reading.close()
        await self._writing.close()

    # --- Reading -----------------------------------------------------------------------------

    async def sparql(self, request: Request) -> Response:
        """SPARQL 1.1 Protocol: a query by GET or POST, an update by POST.

        Without a query it describes itself, as SPARQL 1.1 Service Description asks for.
        """
        self._check_origin(request)
        if request.method != "POST" and not request.url.query:
            return Response(_description(self.service.update), media_type="text/turtle")
        given, text, kind = await asked(request)
        if kind == "update":
            self._may_write(request)
            for name in ("using-graph-uri", "using-named-graph-uri"):
                if given.get(name):
                    raise HTTPException(400, f"{name} is not supported (write USING in the update)")
            return await self._write(request, {"do": "update", "text": text})
        for iri in (*given.get("default-graph-uri", ()), *given.get("named-graph-uri", ())):
            if not absolute(iri):
                raise HTTPException(400, f"{iri!r} is no absolute IRI of a graph")
        return await self._read(
            request,
            {
                "do": "query",
                "text": text,
                "default": given.get("default-graph-uri"),
                "named": given.get("named-graph-uri"),
                "strict": bool(given.get("strict")),
            },
        )

    async def questions(self, request: Request) -> Response:
        """The stock questions with their parameters, as JSON."""
        self._check_origin(request)
        return JSONResponse(
            [
                {
                    "name": stock.name,
                    "title": stock.title,
                    "text": stock.text,
                    "parameters": [
                        {"name": p.name, "kind": p.kind, "required": p.required, "help": p.help}
                        for p in stock.parameters
                    ],
                }
                for stock in stock_queries().values()
            ]
        )

    async def question(self, request: Request) -> Response:
        """The answer to a stock question; its parameters are those of the address."""
        self._check_origin(request)
        given = form_fields(request.url.query)
        parameters = {name: values[-1] for name, values in given.items() if values[-1]}
        text = f"@{request.path_params['name']}"
        return await self._read(request, {"do": "query", "text": text, "parameters": parameters})

    async def _read(self, request: Request, task: dict[str, Any]) -> Response:
        task = {
            **task,
            "store": str(self.service.store),
            "services": self.service.services,
            "accept": request.headers.get("accept", ""),
        }
        # Closed by the response when its last piece has gone or the reader has left.
        stack = contextlib.AsyncExitStack()
        try:
            answer = await _while_connected(
                request, stack.enter_async_context(self._reading.answer(task))
            )
        except BaseException:
            await stack.aclose()
            raise
        return _Streamed(answer, stack)

    # --- Graphs and changes --------------------------------------------------------------------

    async def graph_store(self, request: Request) -> Response:
        """Graph Store Protocol: ``?graph=IRI`` or ``?default``; without either, all (only GET)."""
        self._check_origin(request)
        fields = form_fields(request.url.query, keep_blank=True)
        graphs = fields.get("graph", [])
        if len(graphs) + ("default" in fields) > 1 or (graphs and not absolute(graphs[0])):
            raise HTTPException(400, "name one graph: ?graph=IRI (absolute), or ?default")
        graph = graphs[0] if graphs else "" if "default" in fields else None
        if request.method in ("GET", "HEAD"):
            head = request.method == "HEAD"
            return await self._read(request, {"do": "graph", "graph": graph, "head": head})
        self._may_write(request)
        if graph is None:
            raise HTTPException(400, "name the graph to change: ?graph=IRI")
        task = {"do": "write", "method": request.method, "graph": graph}
        if request.method == "DELETE":
            return await self._write(request, task)
        media = base_type(request.headers.get("content-type", "")) or "text/turtle"
        if media not in FORMATS:
            raise HTTPException(415, f"send a graph as {', '.join(FORMATS)}")
        if request.headers.get("content-encoding", "identity") != "identity":
            raise HTTPException(415, "send the graph uncompressed")
        with tempfile.NamedTemporaryFile(prefix="kg-upload-") as file:
            size = 0
            async for piece in request.stream():
                size += len(piece)
                if size > UPLOAD_LIMIT:
                    raise HTTPException(413, f"more than {UPLOAD_LIMIT} bytes in one request")
                file.write(piece)
            file.flush()
            return await self._write(request, {**task, "file": file.name, "type": media})

    async def _write(self, request: Request, task: dict[str, Any]) -> Response:
        task = {**task, "store": str(self.service.store), "services": self.service.services}
        async with self._writing.answer(task) as answer:
            async for _ in answer.body:
                pass
            return Response(status_code=answer.head["status"])

    # --- Who may ---------------------------------------------------------------------------------

    def _check_origin(self, request: Request) -> None:
        """Refuse what the page of somebody else makes a browser send."""
        origin = request.headers.get("origin")
        if origin is None or origin in self.service.origins or "*" in self.service.origins:
            return
        if urlsplit(origin).netloc != request.headers.get("host"):
            raise HTTPException(403, "pages of other sites may not ask here (kg serve --cors)")

    def _may_write(self, request: Request) -> None:
        if not self.service.update:
            raise HTTPException(403, "this endpoint only reads (kg serve --update changes that)")
        if self.service.password is None:
            return
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        try:
            given = base64.b64decode(token, validate=True).decode().partition(":")[2]
        except ValueError:
            given = ""
        expected = self.service.password.encode()
        if scheme.lower() != "basic" or not secrets.compare_digest(given.encode(), expected):
            raise HTTPException(
                401, "changes need the password", {"WWW-Authenticate": 'Basic realm="kg"'}
            )

    async def page(self, request: Request) -> Response:
        """The query page and what belongs to it."""
        file, media = _PAGE[request.url.path.rpartition("/")[2]]
        content = resource_path(f"graph/endpoint/page/{file}").read_bytes()
        policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        policy += "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        return Response(
            content,
            media_type=media,
            headers={
                "Content-Security-Policy": policy,
                "X-Content-Type-Options": "nosniff",
                "Referrer-Policy": "no-referrer",
                "Cache-Control": "no-cache",
            },
        )


async def _while_connected(request: Request, work: Any) -> Any:
    """The result of ``work``, which is cancelled when the one who asked has left."""

    async def left() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(left())
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise HTTPException(400, "the one who asked has left")
        return working.result()
    finally:
        for task in (working, leaving):
            if not task.done():
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task


class _Streamed(StreamingResponse):
    """An answer as it comes; however it ends, the process behind it is free or ended then."""

    def __init__(self, answer: Answer, stack: contextlib.AsyncExitStack) -> None:
        super().__init__(
            answer.body,
            media_type=answer.head["type"],
            headers={"Vary": "Accept", "X-Content-Type-Options": "nosniff"},
        )
        self._stack = stack

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def patient(message: Message) -> None:
            # A reader who stops reading must not keep a process for ever.
            async with asyncio.timeout(_READER_PATIENCE):
                await send(message)

        async with self._stack:
            await super().__call__(scope, receive, patient)


def _description(update: bool) -> str:
    languages = "sd:SPARQL11Query , sd:SPARQL11Update" if update else "sd:SPARQL11Query"
    formats = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV",
               "SPARQL_Results_TSV", "Turtle", "N-Triples", "RDF_XML", "JSON-LD")  # fmt: skip
    return f"""\
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix format: <http://www.w3.org/ns/formats/> .

<> a sd:Service ;
    sd:endpoint <> ;
    sd:supportedLanguage {languages} ;
    sd:resultFormat {" , ".join(f"format:{name}" for name in formats)} ;
    sd:feature sd:UnionDefaultGraph ;
    sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ] .
"""


def _refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _plain(error.status_code, error.detail, error.headers or {})


def _failure(request: Request, error: Exception) -> Response:
    assert isinstance(error, TaskError)
    headers = {"Retry-After": str(error.retry)} if error.retry else {}
    return _plain(error.status, str(error), headers)


def _plain(status: int, text: str, headers: Mapping[str, str]) -> Response:
    return PlainTextResponse(f"{text}\n", status, {**headers, "X-Content-Type-Options": "nosniff"})


def hosts_for(address: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that an endpoint at an address answers to; all of them on a public address."""
    if address in ("127.0.0.1", "::1", "localhost"):
        return ("127.0.0.1", "localhost", "[::1]", *names)
    return ("*",)
