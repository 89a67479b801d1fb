"""Which addresses may be asked, and connections that go to the address that was checked.

A feed, a redirect or a name server can name any host, also one inside the network of whoever
runs kg. The name is resolved once, what it resolves to is checked, and the connection is made
to exactly that: there is no second look-up that could give another answer.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable

import httpcore
import httpx

from kg.text.web.streams import BoundedStream

_LONGEST = 2_000

Option = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


class Refused(Exception):
    """An address that is not asked; ``str()`` says why."""


def check_address(url: str) -> str:
    """The address in ASCII, without fragment; raises ``Refused`` where its form rules it out."""
    if len(url) > _LONGEST:
        raise Refused(f"the address is longer than {_LONGEST} characters")
    if any(character.isspace() or not character.isprintable() for character in url):
        raise Refused("blanks or control characters in the address")
    try:
        parts = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise Refused(f"not an address: {error}") from None
    if parts.scheme not in ("http", "https"):
        raise Refused("only http and https are asked")
    if not parts.host:
        raise Refused("no host in the address")
    if parts.userinfo:
        raise Refused("no password in the address, please")
    host = parts.raw_host.decode("ascii")
    place = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{place}{port}{parts.raw_path.decode('ascii')}"


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, also inside IPv6 forms of IPv4."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def resolve(host: str, port: int, allow_private: bool) -> list[str]:
    """The IP addresses of a host; raises ``Refused`` if any of them is not public.

    ``OSError`` when the name cannot be resolved. With ``allow_private`` all are taken.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not allow_private:
        for address in addresses:
            if not is_public(address):
                where = "is" if host == address else f"is at {address}, which is"
                raise Refused(f"{host} {where} no public address (see --allow-private)")
    return addresses


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to the addresses of a host after ``resolve`` has let them pass."""

    def __init__(self, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Option] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection; raises ``Refused`` or ``httpcore.ConnectError``."""
        try:
            addresses = resolve(host, port, self._allow_private)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} is not known: {error}") from error
        problem: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses[:4]:
            try:
                return BoundedStream(
                    self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[Option] | None = None,
    ) -> httpcore.NetworkStream:
        """Never: no address leads to a socket of this machine."""
        raise Refused("not an address of the web")
