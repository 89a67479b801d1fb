"""What a request says: its fields, its body, within limits; what cannot be read is refused."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.graph.endpoint.negotiation import base_type

QUERY_LIMIT = 1 << 20
"""Bytes of a query or an update."""

_FORM, _QUERY, _UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)


async def asked(request: Request) -> tuple[Mapping[str, list[str]], str, str]:
    """The fields of a request of the SPARQL Protocol, its text, and whether that is a
    ``"query"`` or an ``"update"``."""
    fields = form_fields(request.url.query)
    if request.method == "POST":
        media = base_type(request.headers.get("content-type", ""))
        if media not in (_FORM, _QUERY, _UPDATE):
            raise HTTPException(415, f"send {_QUERY}, {_UPDATE} or {_FORM}")
        text = await _text(request)
        if media != _FORM:
            return fields, text, "update" if media == _UPDATE else "query"
        fields = form_fields(text)
    elif "update" in fields:
        raise HTTPException(405, "an update is sent by POST", {"Allow": "POST"})
    given = [(name, text) for name in ("query", "update") for text in fields.get(name, ())]
    if len(given) != 1:
        raise HTTPException(400, "send one query in the parameter 'query' (see SPARQL Protocol)")
    ((kind, text),) = given
    return fields, text, kind


def form_fields(text: str, keep_blank: bool = False) -> dict[str, list[str]]:
    """The values of each field of an encoded form or the query of an address."""
    found: dict[str, list[str]] = {}
    try:
        for name, value in parse_qsl(text, keep_blank, errors="strict", max_num_fields=100):
            found.setdefault(name, []).append(value)
    except ValueError as error:
        raise HTTPException(400, f"the parameters cannot be read: {error}") from error
    return found


async def _text(request: Request) -> str:
    """The body of a request that holds a query: UTF-8 of at most ``QUERY_LIMIT`` bytes."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > QUERY_LIMIT:
            raise HTTPException(413, f"a query has {QUERY_LIMIT} bytes at most")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, "the query is not UTF-8") from error


def absolute(iri: str) -> bool:
    """Whether an IRI is one that can name a graph."""
    return bool(urlsplit(iri).scheme) and not set(iri) & set('<>"{}|^`\\ \n\r\t')
