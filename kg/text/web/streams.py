"""Connections on which no answer lasts for ever, however steadily it trickles."""

from __future__ import annotations

import ssl
import time
from typing import Any

import httpcore

LONGEST = 120.0
"""Seconds for a whole answer, from the last that was asked to the last byte."""


class BoundedStream(httpcore.NetworkStream):
    """A connection whose reads raise ``httpcore.ReadTimeout`` once an answer takes too long."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner
        self._end = time.monotonic() + LONGEST

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes of the answer."""
        left = self._end - time.monotonic()
        try:
            if left > 0:
                return self._inner.read(max_bytes, left if timeout is None else min(timeout, left))
        except httpcore.ReadTimeout:
            if timeout is not None and timeout < left:
                raise
        raise httpcore.ReadTimeout(f"not complete within {LONGEST:.0f} seconds")

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send part of a request; the time of the answer begins."""
        self._inner.write(buffer, timeout)
        self._end = time.monotonic() + LONGEST

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted."""
        return BoundedStream(self._inner.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        """What is known of the connection."""
        return self._inner.get_extra_info(info)
