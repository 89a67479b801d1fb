"""Requests to a remote store: credentials that go nowhere else, patience, errors that explain.

A redirect is never followed: whoever answers one could otherwise have the password sent
elsewhere. A request is repeated only when the server asks for it or cannot be reached; all that
kg sends may arrive twice without harm.
"""

from __future__ import annotations

import html
import ipaddress
import netrc
import os
import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from kg.errors import EndpointError

if TYPE_CHECKING:
    import httpx

USER, PASSWORD, TOKEN = "KG_PUSH_USER", "KG_PUSH_PASSWORD", "KG_PUSH_TOKEN"
"""The environment variables that credentials come from; without them ``~/.netrc`` is asked."""

_AGAIN = {408, 425, 429, 502, 503, 504}
_LONGEST_WAIT = 300.0
_EXPLANATIONS: Mapping[int, str] = {
    400: "it does not understand the request",
    401: f"it wants to know who asks (set {USER} and {PASSWORD}, or {TOKEN}, or use ~/.netrc)",
    403: "this is not allowed (to this user)",
    404: "there is nothing at this address (the README has the addresses of common stores)",
    405: "this address takes no such request (another address, or --via update)",
    406: "it cannot answer in a form that is understood",
    409: "the request is at odds with what is there",
    411: "it does not take requests of unknown length",
    413: "the request is too large for it",
    415: "it does not take Turtle at this address (another address, or --via update)",
    429: "too many requests",
    500: "it failed",
    501: "it cannot do that",
    502: "the store behind it does not answer",
    503: "it is overloaded or being repaired",
    504: "the store behind it took too long",
    507: "its disk is full",
}


class TooLarge(Exception):
    """The server does not take a request of this size."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks: a user with a password, or a token; ``repr`` shows neither."""

    user: str = field(repr=False, default="")
    password: str = field(repr=False, default="")
    token: str = field(repr=False, default="")


def credentials_for(url: str, environment: Mapping[str, str] | None = None) -> Credentials | None:
    """The credentials for an address, from the environment or netrc; None when there are none.

    Raises ``EndpointError`` for half a pair, a password in the address, and a broken netrc.
    """
    environment = os.environ if environment is None else environment
    parts = urlsplit(url)
    if parts.username is not None or parts.password is not None:
        raise EndpointError(
            f"no password in the address, it would stay in your shell's history (set {USER} and "
            f"{PASSWORD}, or use ~/.netrc)"
        )
    if token := environment.get(TOKEN):
        return Credentials(token=token)
    user, password = environment.get(USER), environment.get(PASSWORD)
    if user and password is not None:
        return Credentials(user, password)
    if user or password:
        raise EndpointError(f"set both {USER} and {PASSWORD}, or neither")
    try:
        found = netrc.netrc(environment.get("NETRC")).authenticators(parts.hostname or "")
    except FileNotFoundError:
        return None
    except (OSError, netrc.NetrcParseError) as error:
        raise EndpointError(f"netrc cannot be used: {error}") from error
    return Credentials(found[0], found[2] or "") if found else None


class Session:
    """Requests to one remote store.

    ``attempts`` is how often a request is made at most, ``seconds`` how long an answer may
    take, ``wait`` what is called to wait. Raises ``EndpointError`` for all that goes wrong.
    """

    def __init__(
        self,
        url: str,
        credentials: Credentials | None = None,
        *,
        attempts: int = 5,
        seconds: float = 120.0,
        plain_http: bool = False,
        wait: Callable[[float], None] = time.sleep,
        said: Callable[[str], None] = lambda line: None,
    ) -> None:
        import httpx

        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise EndpointError(f"'{url}' is no address of a store (http://… or https://…)")
        if (
            credentials
            and parts.scheme == "http"
            and not plain_http
            and not _loopback(parts.hostname)
        ):
            raise EndpointError(
                f"{url}: a password would travel readable for all (use https, or --plain-http)"
            )
        self.url = url
        self._credentials = credentials
        self._attempts, self._wait, self._said = attempts, wait, said
        # The authorities that this machine trusts (and SSL_CERT_FILE), as a store in a company
        # may have a certificate of its own.
        trusted = ssl.create_default_context()
        # trust_env=False: httpx itself would send what netrc says to other hosts as well.
        self._client = httpx.Client(
            verify=trusted,
            follow_redirects=False,
            trust_env=False,
            timeout=httpx.Timeout(seconds, connect=15.0),
            headers={"User-Agent": "geokg"},
            mounts=_proxies(parts.hostname, trusted),
        )
        self._auth: httpx.Auth | None = None
        if credentials and credentials.token:
            self._client.headers["Authorization"] = f"Bearer {credentials.token}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def send(self, method: str, parameters: Mapping[str, str], content: bytes, media: str) -> None:
        """Make a request and see that it succeeded; ``TooLarge`` says that less might.

        Repeats it when the server is busy or out of reach, as long as ``Retry-After`` says.
        """
        import httpx

        for attempt in range(1, self._attempts + 1):
            pause = min(2.0 ** (attempt - 1), 30.0)
            try:
                response = self._request(method, parameters, content, media)
            except httpx.TimeoutException:
                problem = "it did not answer in time"
            except httpx.TransportError as error:
                if "CERTIFICATE_VERIFY_FAILED" in str(error):
                    raise EndpointError(
                        f"{self.url}: its certificate is not trusted: {_cause(error)}"
                    ) from error
                problem = f"it cannot be reached: {_cause(error)}"
            except httpx.InvalidURL as error:
                raise EndpointError(f"'{self.url}' is no address: {error}") from error
            else:
                if response.is_success:
                    return
                problem = self._refusal(response)
                pause = _retry_after(response.headers.get("retry-after", ""), pause)
                if pause > _LONGEST_WAIT:
                    raise EndpointError(
                        f"{self.url}: {problem}; it asks to come again in {pause:.0f} seconds"
                    )
            if attempt < self._attempts:
                self._said(f"{self.url}: {problem}; again in {pause:g} s")
                self._wait(pause)
        raise EndpointError(
            f"{self.url}: {problem} (tried {self._attempts} times; what was sent "
            "so far stays, and the same command goes on from there)"
        )

    def _request(
        self, method: str, parameters: Mapping[str, str], content: bytes, media: str
    ) -> httpx.Response:
        import httpx

        def once() -> httpx.Response:
            url = httpx.URL(self.url).copy_merge_params(dict(parameters))
            headers = {"Content-Type": media} if content else {}
            return self._client.request(
                method, url, content=content or None, headers=headers, auth=self._auth
            )

        response = once()
        given = self._credentials
        if response.status_code == 401 and self._auth is None and given and given.user:
            # Which of the two the server wants it only says now. A password is never sent
            # unasked, and a digest keeps it to oneself.
            digest = "digest" in response.headers.get("www-authenticate", "").lower()
            kind = httpx.DigestAuth if digest else httpx.BasicAuth
            self._auth = kind(given.user, given.password)
            response = once()
        return response

    def _refusal(self, response: httpx.Response) -> str:
        """What a refusal that may pass says; raises ``EndpointError`` for one that will not."""
        status = response.status_code
        if response.is_redirect:
            target = response.headers.get("location", "?")
            raise EndpointError(
                f"{self.url}: it refers to {target} (kg never follows, the password could go "
                "astray; give that address yourself)"
            )
        if status == 413:
            raise TooLarge
        problem = f"{_EXPLANATIONS.get(status, 'it refuses')} (status {status})"
        if status == 401 and self._credentials:
            problem = "it does not accept this user and password or token (status 401)"
        if status in _AGAIN:
            return problem
        said = _text(response)
        raise EndpointError(f"{self.url}: {problem}" + (f": {said}" if said else ""))


def _text(response: httpx.Response) -> str:
    """What a server says about a failure, without markup, on one line, the beginning of it."""
    text = response.text[:4000]
    if "html" in response.headers.get("content-type", ""):
        text = re.sub(r"<(head|style|script)\b.*?</\1>|<[^<>]*>", " ", text, flags=re.DOTALL | re.I)
    return " ".join(html.unescape(text).split())[:200]


def _retry_after(value: str, otherwise: float) -> float:
    """Seconds that a ``Retry-After`` header asks to wait: a number or a moment."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return otherwise
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max((moment - datetime.now(UTC)).total_seconds(), 0.0)


def _cause(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text or type(error).__name__


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _proxies(host: str, trusted: ssl.SSLContext) -> dict[str, httpx.BaseTransport | None]:
    """The proxy of the environment, which does not see what stays on this machine."""
    from urllib.request import getproxies, proxy_bypass

    import httpx

    if _loopback(host) or proxy_bypass(host):
        return {}
    return {
        f"{scheme}://": httpx.HTTPTransport(verify=trusted, proxy=address)
        for scheme, address in getproxies().items()
        if scheme in ("http", "https")
    }
