"""Running the endpoint: a socket, uvicorn, and a word about what is served where."""

from __future__ import annotations

import socket
from collections.abc import Callable

from kg.errors import EndpointError
from kg.graph.endpoint.app import Service, make_app
from kg.graph.store import open_store


def listen(address: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 takes a free one. Raises ``EndpointError``."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family)
    except OSError as error:
        problem = error.strerror or str(error)
        raise EndpointError(
            f"nothing can listen at {address} port {port}: {problem} (choose another --port)"
        ) from error


def serve(service: Service, listening: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until interrupted; ``ready`` is called when questions can be asked.

    Raises ``StoreError`` at once when there is no store, or none that this kg can read.
    """
    import uvicorn

    open_store(service.store)
    server = uvicorn.Server(
        uvicorn.Config(
            make_app(service),
            log_level="error",
            server_header=False,
            timeout_graceful_shutdown=1,
            limit_concurrency=200,
        )
    )
    ready()
    server.run(sockets=[listening])
