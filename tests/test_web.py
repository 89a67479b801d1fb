"""Pages, feeds and sitemaps from a server of the test itself; nothing leaves this machine."""

from __future__ import annotations

import gzip
import pickle
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpcore
import pytest

from kg.cli import make_parser
from kg.cli.articles import inputs_of
from kg.errors import DocumentError
from kg.statement import Document
from kg.text.corpus import read_documents
from kg.text.web import fetching, streams
from kg.text.web.access import Access, Address, is_address
from kg.text.web.addresses import CheckedBackend, Refused, check_address, is_public
from kg.text.web.cache import Cache
from kg.text.web.fetching import Fetcher, FetchError, user_agent
from kg.text.web.robots import Robots

PAGE = (
    "<html lang=en><head><title>{title} - Wire</title></head><body><nav><a href=/>Home</a></nav>"
    "<article><h1>{title}</h1><p>{body}</p></article></body></html>"
)
TALKS = PAGE.format(title="Talks resume", body="Russia and Ukraine resumed talks on Friday.")
DRONES = PAGE.format(title="Drones hit Odesa", body="Russia attacked Odesa with drones on Sunday.")

Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Site:
    """A server: what it answers by path, and what it was asked."""

    origin: str = ""
    replies: dict[str, Reply | Callable[[dict[str, str]], Reply]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)

    def serve(self, path: str, body: str | bytes, kind: str = "text/html", **headers: str) -> str:
        content = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.replies[path] = (200, {"Content-Type": kind, **named}, content)
        return self.origin + path

    def redirect(self, path: str, target: str) -> str:
        self.replies[path] = (302, {"Location": target}, b"")
        return self.origin + path


@pytest.fixture
def site() -> Iterator[Site]:
    known = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known.asked.append(self.path)
            known.agents.add(self.headers["User-Agent"])
            reply = known.replies.get(self.path, (404, {}, b"not here"))
            if callable(reply):
                reply = reply({name.lower(): value for name, value in self.headers.items()})
            status, headers, content = reply
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    known.origin = f"http://127.0.0.1:{server.server_port}"
    yield known
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PAUSE", 0.0)


def read(
    *addresses: str, access: Access | None = None
) -> tuple[list[Document], list[str], list[str]]:
    access = access or Access(allow_private=True)
    notices: list[str] = []
    documents, errors = [], []
    for item in read_documents([Address(a, access) for a in addresses], notice=notices.append):
        if isinstance(item, DocumentError):
            errors.append(str(item))
        else:
            documents.append(item)
    return documents, errors, notices


def get(url: str) -> bytes:
    with Fetcher(allow_private=True) as fetcher:
        return fetcher.get(url).content


# --- addresses ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("0.0.0.0", "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1"),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8"]
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("ftp://example.org/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("gopher://example.org", "only http and https"),
        ("http:///path", "no host"),
        ("http://user:word@example.org/", "no password"),
        ("http://user@example.org/", "no password"),
        ("http://example.org/a b", "blanks or control characters"),
        ("http://example.org/\r\nX: y", "blanks or control characters"),
        ("http://example.org/" + "a" * 3000, "longer than 2000"),
        ("http://[::1", "not an address"),
        ("http://example.org:port/", "not an address"),
    ],
)
def test_addresses_whose_form_is_refused(url: str, problem: str) -> None:
    with pytest.raises(Refused, match=problem):
        check_address(url)


def test_an_address_is_made_ascii() -> None:
    assert check_address("http://Müller.example/ä?q=ü#top") == (
        "http://xn--mller-kva.example/%C3%A4?q=%C3%BC"
    )


def resolving(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Have every name stand for these addresses; gives the names that are looked up."""
    names: list[str] = []

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        names.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return names


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::1"]])
def test_a_name_for_a_private_address_is_refused(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    resolving(monkeypatch, *addresses)
    with pytest.raises(Refused, match="no public address"):
        CheckedBackend(allow_private=False).connect_tcp("news.example", 80)


def test_the_connection_goes_to_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = resolving(monkeypatch, "93.184.216.34")
    connected: list[str] = []

    def connect(self: object, host: str, *_: object) -> httpcore.NetworkStream:
        connected.append(host)
        raise httpcore.ConnectError("no network in tests")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    with Fetcher() as fetcher, pytest.raises(FetchError, match="cannot be had"):
        fetcher.get("http://news.example/a")
    assert names == ["news.example"]
    assert connected == ["93.184.216.34"]


def test_private_addresses_are_refused_unless_allowed(site: Site) -> None:
    url = site.serve("/a", TALKS)
    documents, errors, _ = read(url, access=Access())
    assert documents == []
    assert "not asked: 127.0.0.1 is no public address (see --allow-private)" in errors[0]
    assert site.asked == []
    assert len(read(url)[0]) == 1


def test_a_redirect_to_a_private_address_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = site.redirect("/a", "http://169.254.169.254/latest/meta-data")
    real = is_public
    monkeypatch.setattr(
        "kg.text.web.addresses.is_public", lambda address: address == "127.0.0.1" or real(address)
    )
    _, errors, _ = read(url, access=Access())
    assert "169.254.169.254 is no public address" in errors[0]


def test_what_an_address_is() -> None:
    assert is_address("https://a.example/x")
    assert is_address("HTTP://a.example")
    assert not is_address("http.txt")
    assert not is_address(Path("http://a.example"))
    address = Address("http://a.example", Access(most=7))
    again = pickle.loads(pickle.dumps(address))
    assert (again, again.access) == (address, Access(most=7))


def test_addresses_on_the_command_line(tmp_path: Path) -> None:
    for verb in ("build", "extract", "parse"):
        plain, chosen = (
            inputs_of(make_parser().parse_args([verb, "a.txt", "https://a.example/x", *options]))
            for options in (
                [],
                ["--allow-private", "--most-pages", "7", "--web-cache", str(tmp_path)],
            )
        )
        assert plain == chosen == ["a.txt", "https://a.example/x"]
        assert isinstance(plain[1], Address)
        assert plain[1].access == Access()
        assert isinstance(chosen[1], Address)
        assert chosen[1].access == Access(allow_private=True, cache=tmp_path, most=7)


# --- requests -------------------------------------------------------------------------------


def test_a_page(site: Site) -> None:
    url = site.serve("/talks?id=1", TALKS)
    documents, errors, notices = read(url)
    assert (errors, notices) == ([], [])
    assert documents[0].text == "Talks resume\n\nRussia and Ukraine resumed talks on Friday."
    assert documents[0].url == url
    assert dict(documents[0].provenance) == {
        "title": "h1",
        "url": "address",
        "lang": "html lang",
    }
    assert site.agents == {user_agent()}
    assert user_agent().startswith("geokg/")


def test_the_canonical_address_is_taken_from_the_same_host(site: Site) -> None:
    for number, link in enumerate((f"{site.origin}/own", "/own", "https://else.example/x")):
        page = TALKS.replace("</head>", f"<link rel=canonical href='{link}'></head>")
        documents, _, _ = read(site.serve(f"/{number}", page))
        assert documents[0].url == f"{site.origin}/own" if number < 2 else f"{site.origin}/2"


def test_redirects_are_followed_and_bounded(site: Site) -> None:
    site.serve("/b", TALKS)
    assert read(site.redirect("/a", "/b"))[0][0].url == f"{site.origin}/b"
    site.redirect("/x", "/y")
    assert "more than 5 redirects" in read(site.redirect("/y", "/x"))[1][0]
    assert "only http and https" in read(site.redirect("/f", "file:///etc/passwd"))[1][0]


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        ((404, {}, b""), "the server answers 404"),
        ((500, {}, b""), "the server answers 500"),
        ((200, {"Content-Length": "99999999999"}, b""), "longer than 20,000,000 bytes"),
        ((200, {"Content-Encoding": "br"}, b"x"), "packed as 'br'"),
        ((200, {"Content-Encoding": "gzip"}, b"not gzip"), "damaged"),
        ((200, {"Content-Type": "image/png"}, b"\x89PNG"), "a kind that is not read (image/png)"),
        ((200, {"Content-Type": "text/html"}, b"\0\0"), "is a binary file"),
        (
            (200, {"Content-Encoding": "gzip"}, gzip.compress(b"a" * 30_000_000)),
            "longer than 20,000,000 bytes",
        ),
    ],
)
def test_answers_that_give_nothing(site: Site, reply: Reply, problem: str) -> None:
    site.replies["/a"] = reply
    documents, errors, _ = read(f"{site.origin}/a")
    assert documents == []
    assert problem in errors[0]
    assert errors[0].startswith(f"{site.origin}/a: ")


def test_a_server_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PATIENCE", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        documents, errors, _ = read(url)
    assert documents == []
    assert "robots.txt cannot be had: no answer within" in errors[0]


def test_an_answer_that_trickles_is_cut_off(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    url = site.serve("/a", TALKS)
    with Fetcher(allow_private=True) as fetcher:
        fetcher.get(url)
        monkeypatch.setattr(streams, "LONGEST", -1.0)
        with pytest.raises(FetchError, match="not complete"):
            fetcher.get(url)


def test_headers_that_never_end_are_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "LONGEST", 0.2)
    over = threading.Event()

    def trickle(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
            while not over.wait(0.01):
                try:
                    connection.sendall(b"x")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=trickle, args=[server])
        thread.start()
        with pytest.raises(FetchError, match="cannot be had: not complete"):
            get(f"http://127.0.0.1:{server.getsockname()[1]}/")
        over.set()
        thread.join()


def test_a_busy_server_is_asked_once_more(site: Site) -> None:
    waits: list[float] = []
    replies = iter([(503, {"Retry-After": "3"}, b""), (200, {"Content-Type": "text/html"}, b"x")])
    site.replies["/a"] = lambda _: next(replies)
    with Fetcher(allow_private=True, sleep=waits.append) as fetcher:
        assert fetcher.get(f"{site.origin}/a").content == b"x"
    assert waits == [3.0]


def test_packed_pages(site: Site) -> None:
    url = site.serve("/a", gzip.compress(TALKS.encode()), Content_Encoding="gzip")
    assert get(url) == TALKS.encode()


def test_the_encoding_that_a_server_or_page_names(site: Site) -> None:
    text = TALKS.replace("Friday", "Piątek")
    named = site.serve("/a", text.encode("iso-8859-2"), "text/html; charset=ISO-8859-2")
    meta = text.replace("<head>", "<head><meta charset='iso-8859-2'>").encode("iso-8859-2")
    for url in (named, site.serve("/b", meta)):
        assert read(url)[0][0].text.endswith("talks on Piątek.")


def test_files_of_other_kinds(site: Site) -> None:
    lines = b'{"text": "Russia attacked Odesa."}\n{"text": "Iran met Iraq."}\n'
    packed = site.serve("/a.jsonl.gz", gzip.compress(lines), "application/gzip")
    plain = site.serve("/b.txt", "Russia attacked Kyiv.", "text/plain")
    documents, errors, _ = read(packed, plain, site.serve("/c.md", "# Talks\n\nIran met Iraq."))
    assert errors == []
    assert [document.url for document in documents] == [
        *(None, None),
        plain,
        f"{site.origin}/c.md",
    ]
    broken = site.serve("/d.pdf?x=1", "no PDF", "application/pdf")
    assert read(broken)[1][0].startswith(f"{broken}: not a PDF file")


# --- robots.txt -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: *\nDisallow: /a", False),
        ("User-agent: geokg\nDisallow: /", False),
        ("User-agent: *\nDisallow: /*?print", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: geokg\nAllow: /", True),
        ("User-agent: *\nDisallow: /\nAllow: /a$", True),
        ("User-agent: other\nDisallow: /", True),
        ("<html>no rules at all</html>", True),
    ],
)
def test_robots_are_obeyed(site: Site, rules: str, allowed: bool) -> None:
    site.serve("/robots.txt", rules, "text/plain")
    documents, errors, _ = read(site.serve("/a", TALKS))
    assert len(documents) == int(allowed)
    assert ("/a" in site.asked) is allowed
    assert allowed or "robots.txt of 127.0.0.1" in errors[0]


def test_robots_that_cannot_be_had(site: Site) -> None:
    url = site.serve("/a", TALKS)
    site.replies["/robots.txt"] = (503, {}, b"")
    assert "robots.txt cannot be had: the server answers 503" in read(url)[1][0]
    site.replies["/robots.txt"] = (410, {}, b"")
    assert len(read(url)[0]) == 1


def test_robots_are_asked_once_and_hold_for_redirects(site: Site) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /secret", "text/plain")
    site.serve("/secret", TALKS)
    _, errors, _ = read(site.redirect("/a", "/secret"), site.serve("/b", TALKS))
    assert len(errors) == 1
    assert site.asked == ["/robots.txt", "/a", "/b"]


def test_pauses_between_requests(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PAUSE", 1.0)
    monkeypatch.setattr(fetching.time, "monotonic", lambda: 100.0)
    waits: list[float] = []
    urls = [site.serve(f"/{number}", TALKS) for number in range(3)]
    with Fetcher(allow_private=True, sleep=waits.append) as fetcher:
        for url in urls:
            fetcher.get(url)
    assert waits == [1.0, 1.0]
    waits.clear()
    site.serve("/robots.txt", "User-agent: *\nCrawl-delay: 7", "text/plain")
    with Fetcher(allow_private=True, sleep=waits.append) as fetcher:
        for url in urls[:2]:
            fetcher.get(url)
    assert waits == [7.0]
    site.serve("/robots.txt", "User-agent: *\nCrawl-delay: 3600", "text/plain")
    with (
        Fetcher(allow_private=True, sleep=waits.append) as fetcher,
        pytest.raises(FetchError, match="asks for 3600 seconds"),
    ):
        fetcher.get(urls[0])


def test_rules_that_were_not_to_be_had_forbid() -> None:
    assert not Robots(None, problem="no answer").allows("http://a.example/")
    assert Robots.of("").allows("http://a.example/")


# --- unchanged pages ------------------------------------------------------------------------


def test_unchanged_pages_are_not_sent_again(site: Site, tmp_path: Path) -> None:
    sent: list[dict[str, str]] = []

    def reply(headers: dict[str, str]) -> Reply:
        sent.append(headers)
        if headers.get("if-none-match") == '"1"':
            return 304, {}, b""
        return 200, {"Content-Type": "text/html", "ETag": '"1"'}, TALKS.encode()

    site.replies["/a"] = reply
    access = Access(allow_private=True, cache=tmp_path / "kept")
    first, second = (read(f"{site.origin}/a", access=access)[0] for _ in range(2))
    assert first == second
    assert len(first) == 1
    assert [headers.get("if-none-match") for headers in sent] == [None, '"1"']


def test_a_damaged_file_of_the_cache_counts_as_none(site: Site, tmp_path: Path) -> None:
    url = site.serve("/a", TALKS, ETag='"1"')
    cache = Cache(tmp_path)
    with Fetcher(allow_private=True, cache=cache) as fetcher:
        fetcher.get(url)
    (kept,) = tmp_path.iterdir()
    assert cache.read(url) is not None
    kept.write_bytes(kept.read_bytes()[:-3])
    assert cache.read(url) is None
    kept.write_bytes(b"\xff\n")
    assert cache.read(url) is None


# --- feeds ----------------------------------------------------------------------------------

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Example Wire</title><language>en-gb</language>
<item><title>Talks resume</title><link>{origin}/talks</link>
 <pubDate>Sat, 01 Mar 2025 08:00:00 GMT</pubDate><description>Short.</description></item>
<item><title>Drones &amp; missiles hit Odesa</title><link>/drones</link>
 <content:encoded><![CDATA[<p>Russia attacked Odesa with drones on Sunday.</p>
 <p>Read more: Iran attacks Israel</p>]]></content:encoded></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Example Wire</title>
<entry><title>Talks resume</title><link href="{origin}/talks"/>
<author><name>Jane Doe</name></author>
<published>2025-03-01T08:00:00Z</published><content type="html">&lt;p&gt;Russia and Ukraine resumed
talks on Friday in Istanbul.&lt;/p&gt;</content></entry></feed>"""


def test_the_pages_of_a_feed(site: Site) -> None:
    site.serve("/talks", TALKS)
    site.serve("/drones", DRONES)
    feed = site.serve("/feed", RSS.format(origin=site.origin), "application/rss+xml")
    documents, errors, notices = read(feed)
    assert (errors, notices) == ([], [])
    assert [document.title for document in documents] == ["Talks resume", "Drones hit Odesa"]
    assert documents[0].date == date(2025, 3, 1)
    assert documents[0].source == "Example Wire"
    assert documents[0].url == f"{site.origin}/talks"
    assert dict(documents[0].provenance)["date"] == "feed"
    assert dict(documents[0].provenance)["title"] == "h1"


def test_the_text_of_a_feed_stands_in_for_a_page_that_cannot_be_had(site: Site) -> None:
    feed = site.serve("/feed", RSS.format(origin=site.origin), "application/rss+xml")
    documents, errors, notices = read(feed)
    assert [document.text for document in documents] == [
        "Drones & missiles hit Odesa\n\nRussia attacked Odesa with drones on Sunday."
    ]
    assert errors == [f"{site.origin}/talks: the server answers 404"]
    assert "the text in the feed is read instead" in notices[0]


def test_a_feed_in_a_file_is_read_offline(tmp_path: Path) -> None:
    for name in ("a.atom", "a.rss", "a.xml"):
        path = tmp_path / name
        path.write_text(ATOM.format(origin="https://wire.example"))
        (document,) = [item for item in read_documents([path]) if isinstance(item, Document)]
        assert document.text.startswith("Talks resume\n\nRussia and Ukraine resumed talks")
        assert (document.date, document.author) == (date(2025, 3, 1), "Jane Doe")
        assert document.url == "https://wire.example/talks"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"<rss><channel></channel></rss>", "a feed without entries"),
        (b"<rss", "not an RSS or Atom feed"),
        (b"<html><body>rss</body></html>", "not an RSS or Atom feed"),
        (b"<urlset><url><loc>https://a.example</loc></url></urlset>", "give the address"),
        (b'<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss>&b;</rss>', "entities"),
        (b"\x00\xff" * 50, "not an RSS or Atom feed"),
    ],
)
def test_files_that_are_no_feeds(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "a.rss"
    path.write_bytes(content)
    (item,) = read_documents([path])
    assert isinstance(item, DocumentError)
    assert problem in str(item)


# --- sitemaps -------------------------------------------------------------------------------

SITEMAP = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
)


def test_the_pages_of_a_sitemap(site: Site) -> None:
    site.serve("/talks", TALKS)
    site.serve("/drones", DRONES)
    news = (
        '<url xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
        f"<loc>{site.origin}/talks</loc><lastmod>2025-05-05</lastmod><n:news><n:publication>"
        "<n:name>Wire</n:name><n:language>en</n:language></n:publication>"
        "<n:publication_date>2025-03-01</n:publication_date></n:news></url>"
    )
    inner = SITEMAP.format(news + f"<url><loc>{site.origin}/drones</loc></url>")
    site.serve("/inner.xml.gz", gzip.compress(inner.encode()), "application/gzip")
    outer = f"<sitemapindex><sitemap><loc>{site.origin}/inner.xml.gz</loc></sitemap></sitemapindex>"
    documents, errors, _ = read(site.serve("/sitemap.xml", outer, "application/xml"))
    assert errors == []
    assert [document.title for document in documents] == ["Talks resume", "Drones hit Odesa"]
    assert (documents[0].date, documents[0].source) == (date(2025, 3, 1), "Wire")
    assert documents[1].date is None


def test_pages_of_a_sitemap_are_bounded(site: Site) -> None:
    entries = "".join(f"<url><loc>{site.origin}/{n}</loc></url>" for n in range(5))
    url = site.serve("/sitemap.xml", SITEMAP.format(entries), "text/xml")
    for number in range(5):
        site.serve(f"/{number}", TALKS.replace("Friday", f"March {number + 1}"))
    documents, errors, notices = read(url, access=Access(allow_private=True, most=2))
    assert (len(documents), errors) == (2, [])
    assert "3 more pages of this sitemap not read (--most-pages)" in notices[0]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("<urlset><url>", "not a sitemap that can be read"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><urlset>&b;</urlset>', "not a sitemap that can be read"),
        ("<urlset></urlset>", "a sitemap without entries"),
    ],
)
def test_sitemaps_that_cannot_be_read(site: Site, body: str, problem: str) -> None:
    _, errors, _ = read(site.serve("/sitemap.xml", body, "text/xml"))
    assert problem in errors[0]


def test_a_sitemap_that_names_itself_ends(site: Site) -> None:
    body = f"<sitemapindex><sitemap><loc>{site.origin}/s</loc></sitemap></sitemapindex>"
    documents, errors, _ = read(site.serve("/s", body, "text/xml"))
    assert documents == []
    assert len(site.asked) == 3, "robots.txt, the sitemap, and the sitemap once more"
    assert errors == []


# --- without the extras -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("package", "path"), [("protego", "/a"), ("feedparser", "/feed"), ("defusedxml", "/sitemap")]
)
def test_a_missing_package_is_named(
    site: Site, monkeypatch: pytest.MonkeyPatch, package: str, path: str
) -> None:
    site.serve("/a", TALKS)
    site.serve("/feed", RSS.format(origin=site.origin), "text/xml")
    site.serve("/sitemap", SITEMAP.format(""), "text/xml")
    monkeypatch.setitem(sys.modules, package, None)
    _, errors, _ = read(site.origin + path)
    assert len(errors) == 1
    assert f"needs the package {package}" in errors[0]
    assert 'pip install "geokg[web]"' in errors[0]


def test_garbled_letters_are_only_noted_without_ftfy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ftfy", None)
    notices: list[str] = []
    path = tmp_path / "a.txt"
    path.write_text("Ukraineâ€™s army left.")
    (document,) = read_documents([path], notice=notices.append)
    assert isinstance(document, Document)
    assert document.text == "Ukraineâ€™s army left."
    assert "looks garbled by a wrong encoding" in notices[0]
