"""One request after another: time-outs, bounds, redirects, pauses, and robots.txt before all."""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpcore

from kg.text.readers.pieces import MAX_BYTES
from kg.text.web.addresses import CheckedBackend, Refused, check_address
from kg.text.web.answers import Answer
from kg.text.web.cache import Cache
from kg.text.web.robots import Robots

REDIRECTS = 5
"""So many redirects are followed, each checked like the first address."""
PATIENCE = 20.0
"""Seconds for a connection and for each piece of an answer."""
PAUSE = 1.0
"""Seconds between two requests to a host that asks for no other pause."""
LONGEST_PAUSE = 30.0
"""A host that asks for more between requests gets this much; more would be a refusal."""

_REDIRECTING = {301, 302, 303, 307, 308}
_AGAIN = {429, 502, 503, 504}
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5"


class FetchError(Exception):
    """An address that gave nothing; ``str()`` says why."""


def user_agent() -> str:
    """How kg introduces itself: its name and version, and what it is."""
    try:
        number = version("geokg")
    except PackageNotFoundError:
        number = "0"
    return f"geokg/{number} (news reader; respects robots.txt)"


@dataclass(slots=True)
class Fetcher:
    """Fetches addresses one at a time; a context manager that closes its connections.

    ``allow_private`` lets addresses of this machine and its network pass. ``cache`` keeps
    answers, which are then asked for only if they have changed.
    """

    allow_private: bool = False
    cache: Cache | None = None
    sleep: Callable[[float], None] = time.sleep
    _pool: httpcore.ConnectionPool = field(init=False)
    _robots: dict[str, Robots] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._pool = httpcore.ConnectionPool(
            max_connections=4,
            network_backend=CheckedBackend(self.allow_private),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()

    def get(self, url: str) -> Answer:
        """The answer of an address; raises ``FetchError``."""
        try:
            return self._get(check_address(url), robots=True)
        except Refused as error:
            raise FetchError(f"not asked: {error}") from None

    def _get(self, url: str, robots: bool) -> Answer:
        asked = url
        for _ in range(REDIRECTS + 1):
            if robots:
                self._ask_leave(url)
            status, headers, content = self._patiently(url, polite=robots)
            target = headers.get("location")
            if status in _REDIRECTING and target:
                url = check_address(urljoin(url, target))
                continue
            if status == 304 and self.cache is not None and (kept := self.cache.read(url)):
                return kept.answer(url)
            if status != 200:
                raise FetchError(f"the server answers {status}")
            kind, charset = _kind(headers.get("content-type", ""))
            answer = Answer(url, kind, charset, content)
            if self.cache is not None and robots:
                self.cache.write(answer, headers)
            return answer
        raise FetchError(f"more than {REDIRECTS} redirects from {asked}")

    def _ask_leave(self, url: str) -> None:
        rules = self._rules(url)
        if not rules.allows(url):
            host = urlsplit(url).netloc
            raise FetchError(rules.problem or f"robots.txt of {host} asks not to read it")

    def _rules(self, url: str) -> Robots:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = self._fetched_rules(origin)
        return self._robots[origin]

    def _fetched_rules(self, origin: str) -> Robots:
        try:
            answer = self._get(f"{origin}/robots.txt", robots=False)
        except FetchError as error:
            # RFC 9309: what is not there forbids nothing, a server in trouble forbids all.
            if str(error).startswith("the server answers 4"):
                return Robots.of("")
            return Robots(None, problem=f"robots.txt cannot be had: {error}")
        return Robots.of(answer.content[:500_000].decode("utf-8", "replace"))

    def _patiently(self, url: str, polite: bool) -> tuple[int, dict[str, str], bytes]:
        """An answer, asked for once more where the server says when."""
        if polite:
            self._pause(url)
        status, headers, content = self._request(url)
        if status in _AGAIN and polite:
            wait = _seconds(headers.get("retry-after", ""))
            if wait is not None and wait <= LONGEST_PAUSE:
                self.sleep(wait)
                return self._request(url)
        return status, headers, content

    def _pause(self, url: str) -> None:
        host = urlsplit(url).netloc
        asked = self._rules(url).delay
        pause = min(LONGEST_PAUSE, max(PAUSE, asked))
        if asked > LONGEST_PAUSE:
            raise FetchError(f"{host} asks for {asked:.0f} seconds between two requests")
        since = time.monotonic() - self._asked.get(host, float("-inf"))
        if since < pause:
            self.sleep(pause - since)
        self._asked[host] = time.monotonic()

    def _request(self, url: str) -> tuple[int, dict[str, str], bytes]:
        headers: dict[bytes | str, bytes | str] = {
            "User-Agent": user_agent(),
            "Accept": _ACCEPT,
            "Accept-Language": "en, *;q=0.5",
            "Accept-Encoding": "gzip",
        }
        if self.cache is not None and (kept := self.cache.read(url)):
            headers.update(kept.conditions())
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), PATIENCE)
        try:
            with self._pool.stream(
                "GET", url, headers=headers, extensions={"timeout": timeout}
            ) as response:
                received = _plain_headers(response.headers)
                return response.status, received, _body(response, received)
        except httpcore.TimeoutException as error:
            problem = str(error) if isinstance(error, httpcore.ReadTimeout) else ""
            if not problem.startswith("not complete"):
                problem = f"no answer within {PATIENCE:.0f} seconds"
            raise FetchError(problem) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError) as error:
            raise FetchError(f"no answer: {error or type(error).__name__}") from None
        except (httpcore.UnsupportedProtocol, UnicodeError, ValueError) as error:
            raise FetchError(f"not an address that can be asked: {error}") from None


def _plain_headers(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}


def _body(response: httpcore.Response, headers: dict[str, str]) -> bytes:
    """The content, unpacked; raises ``FetchError`` beyond ``MAX_BYTES``."""
    stated = headers.get("content-length", "")
    if stated.isdecimal() and int(stated) > MAX_BYTES:
        raise FetchError(f"longer than {MAX_BYTES:,} bytes")
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError(f"packed as '{encoding[:20]}', which was not asked for")
    unpack = _Unpacking() if "gzip" in encoding else None
    content = bytearray()
    for chunk in response.iter_stream():
        content += unpack.take(chunk) if unpack else chunk
        if len(content) > MAX_BYTES:
            raise FetchError(f"longer than {MAX_BYTES:,} bytes")
    return bytes(content)


class _Unpacking:
    """gzip, never more than ``MAX_BYTES`` and a byte at a time."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(16 + zlib.MAX_WBITS)

    def take(self, chunk: bytes) -> bytes:
        """What a piece unpacks to."""
        try:
            return self._inner.decompress(chunk, MAX_BYTES + 1)
        except zlib.error as error:
            raise FetchError(f"damaged: {error}") from None


def _kind(header: str) -> tuple[str, str | None]:
    """ "text/html; charset=utf-8" as its two parts."""
    kind, _, rest = header.partition(";")
    charset = None
    for part in rest.split(";"):
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip("\"'")[:40] or None
    return kind.strip().lower(), charset


def _seconds(header: str) -> float | None:
    """The seconds of a Retry-After header, which is a number or a time."""
    if header.strip().isdecimal():
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except (TypeError, ValueError):
        return None
