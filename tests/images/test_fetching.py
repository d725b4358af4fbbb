"""Fetching a remote picture, from real servers on this machine; only names are made up."""

import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import trustme
from django.utils import translation

from articles.images import fetching
from articles.images.fetching import NotFetched
from articles.images.models import Problem
from tests.factories import picture_file

PICTURE = picture_file(64, 36)
PNG = {"Content-Type": "image/png"}
PAGE = "https://news.example/2026/故事.html?from=1#top"
PAGE_SENT = "https://news.example/2026/%E6%95%85%E4%BA%8B.html?from=1"


class Site(ThreadingHTTPServer):
    """A site: `answers` says what it does for a path, `asked` what it was asked."""

    daemon_threads = True

    def __init__(self, machine="127.0.0.1", port=0):
        self.address_family = socket.AF_INET6 if ":" in machine else socket.AF_INET
        super().__init__((machine, port), Conversation)
        self.asked = []
        self.answers = {}

    @property
    def host(self):
        machine, port = self.server_address[:2]
        return f"[{machine}]:{port}" if ":" in machine else f"{machine}:{port}"

    def at(self, path):
        return f"http://{self.host}{path}"

    def handle_error(self, request, client_address):
        """A visitor who hangs up in the middle is what some tests are about."""


class Conversation(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, self.headers))
        self.server.answers[self.path](self)

    def log_message(self, *args):
        """Say nothing on the terminal."""


def answer(status=200, content=PICTURE, headers=PNG):
    """An answer with `content`; its length is said unless `headers` say otherwise."""

    def give(conversation):
        conversation.send_response(status)
        for name, value in ({"Content-Length": str(len(content))} | headers).items():
            if value is not None:
                conversation.send_header(name, value)
        conversation.end_headers()
        conversation.wfile.write(content)

    return give


def moved(location, status=302):
    return answer(status, b"", {"Location": location})


def only_from(referer, otherwise):
    """The picture for requests with this `Referer`, `otherwise` for all others."""

    def give(conversation):
        right = conversation.headers.get("Referer") == referer
        (answer() if right else otherwise)(conversation)

    return give


def paths(site):
    return [path for path, _headers in site.asked]


def referers(site):
    return [headers.get("Referer") for _path, headers in site.asked]


@contextmanager
def served(site):
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        thread.join()
        site.server_close()


@pytest.fixture
def allow(settings):
    """Sites of this machine may be asked, as an outlet allows its own archive."""
    settings.IMAGE_FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32", "::1/128"]
    settings.IMAGE_FETCH_ALLOWED_PORTS = range(1, 65536)
    return settings


@pytest.fixture
def site(allow):
    with served(Site()) as site:
        yield site


@pytest.fixture
def names(monkeypatch):
    """What names resolve to, one entry for each time they are asked for: name -> addresses."""
    answers = {}
    system = socket.getaddrinfo

    def getaddrinfo(host, port, *args, **kwargs):
        if host in answers:
            host = answers[host].pop(0)
        return system(host, port, *args, flags=socket.AI_NUMERICHOST, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return answers


@contextmanager
def refused(reason, *, is_final):
    with pytest.raises(NotFetched) as caught:
        yield caught
    assert caught.value.reason == reason
    assert caught.value.is_final == is_final


# A picture, and how it is asked for.


def test_a_picture_is_fetched(site):
    site.answers["/a.png"] = answer(headers={"Content-Type": "Image/PNG; charset=x"})

    fetched = fetching.fetch(site.at("/a.png#part"))

    assert fetched.content == PICTURE
    assert fetched.address == site.at("/a.png")
    assert fetched.content_type == "image/png"


def test_a_site_is_told_who_asks_and_nothing_else(site, settings):
    settings.SITE_URL = "https://example.com/新闻"
    site.answers["/a.png"] = answer()

    fetching.fetch(site.at("/a.png"))

    headers = dict(site.asked[0][1])
    assert headers == {
        "Host": site.host,
        "User-Agent": "Newsroom (+https://example.com/%E6%96%B0%E9%97%BB)",
        "Accept": "image/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def test_a_chinese_path_is_encoded_once(site):
    path = "/%E5%9B%BE%20%E7%89%87.png?%E5%90%8D=%E5%80%BC"
    site.answers[path] = answer()

    fetching.fetch(site.at("/图 片.png?名=%E5%80%BC"))

    assert paths(site) == [path]


def test_a_picture_is_fetched_over_ipv6(allow):
    with served(Site("::1")) as site:
        site.answers["/a.png"] = answer()

        fetched = fetching.fetch(site.at("/a.png"))

    assert fetched.content == PICTURE
    assert site.asked[0][1]["Host"] == site.host


def test_a_chinese_host_is_asked_by_its_encoded_name(site, names):
    names["xn--fsqu00a.xn--0zwm56d"] = ["127.0.0.1"]
    site.answers["/a.png"] = answer()

    fetching.fetch(f"http://例子.测试:{site.server_port}/a.png")

    assert site.asked[0][1]["Host"] == f"xn--fsqu00a.xn--0zwm56d:{site.server_port}"


def test_a_proxy_of_the_environment_is_not_used(site, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    site.answers["/a.png"] = answer()

    assert fetching.fetch(site.at("/a.png")).content == PICTURE


def test_cookies_are_not_sent_back(site):
    site.answers["/a.png"] = answer(302, b"", {"Location": "/b.png", "Set-Cookie": "a=1"})
    site.answers["/b.png"] = answer()

    fetching.fetch(site.at("/a.png"))

    assert [headers.get("Cookie") for _path, headers in site.asked] == [None, None]


# Redirects.


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(site, status):
    site.answers["/a.png"] = moved("/b.png", status)
    site.answers["/b.png"] = answer()

    fetched = fetching.fetch(site.at("/a.png"))

    assert fetched.content == PICTURE
    assert fetched.address == site.at("/b.png")


@pytest.mark.parametrize(
    ("spelled", "path"),
    [
        ("/图.png".encode().decode("latin-1"), "/%E5%9B%BE.png"),
        ("/图.png".encode("gbk").decode("latin-1"), "/%CD%BC.png"),
        ("/%CD%BC.png", "/%CD%BC.png"),
    ],
    ids=["utf-8", "gbk", "encoded"],
)
def test_a_redirect_may_be_written_in_chinese(site, spelled, path):
    site.answers["/a.png"] = moved(spelled)
    site.answers[path] = answer()

    assert fetching.fetch(site.at("/a.png")).address == site.at(path)


def test_five_redirects_are_followed_and_no_more(site):
    site.answers |= {f"/{step}": moved(f"/{step + 1}") for step in range(6)}
    site.answers["/6"] = answer()

    assert fetching.fetch(site.at("/1")).content == PICTURE
    with refused(Problem.REDIRECTS, is_final=True):
        fetching.fetch(site.at("/0"))


def test_a_circle_of_redirects_is_left_at_once(site):
    site.answers["/a.png"] = moved("/b.png")
    site.answers["/b.png"] = moved("/a.png#again")

    with refused(Problem.REDIRECTS, is_final=True):
        fetching.fetch(site.at("/a.png"))

    assert paths(site) == ["/a.png", "/b.png"]


def test_a_redirect_to_nowhere_is_worth_another_try(site):
    site.answers["/a.png"] = answer(302, b"", {})

    with refused(Problem.UNREACHABLE, is_final=False):
        fetching.fetch(site.at("/a.png"))


# Hostile: addresses.


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.2/a.png",
        "http://[::ffff:127.0.0.2]/a.png",
        "http://10.0.0.1/a.png",
        "http://169.254.169.254/latest/meta-data/",
        "http://0.0.0.0/a.png",
        "http://2130706433/a.png",
        "http://0177.0.0.1/a.png",
        "http://0x7f.1/a.png",
        "http://localhost/a.png",
        "//10.0.0.1/a.png",
        "file:///etc/passwd",
        "http://[broken/a.png",
    ],
)
def test_a_redirect_to_a_machine_that_is_not_public_is_refused(site, location):
    site.answers["/a.png"] = moved(location)

    with refused(Problem.ADDRESS, is_final=True):
        fetching.fetch(site.at("/a.png"))


def test_a_redirect_to_a_name_is_checked_like_the_first_address(site, names):
    names["inside.example"] = ["10.0.0.1"]
    site.answers["/a.png"] = moved("http://inside.example/a.png")

    with refused(Problem.ADDRESS, is_final=True):
        fetching.fetch(site.at("/a.png"))


def test_a_machine_that_is_not_public_is_not_even_connected_to(settings):
    settings.IMAGE_FETCH_ALLOWED_PORTS = range(1, 65536)
    with served(Site()) as site, refused(Problem.ADDRESS, is_final=True):
        fetching.fetch(site.at("/a.png"))

    assert site.asked == []


def test_the_machine_that_was_checked_is_the_one_connected_to(site, names):
    names["pictures.example"] = ["127.0.0.1", "127.0.0.2"]
    site.answers["/a.png"] = answer()

    with served(Site("127.0.0.2", site.server_port)) as other:
        fetched = fetching.fetch(f"http://pictures.example:{site.server_port}/a.png")

    assert fetched.content == PICTURE
    assert site.asked[0][1]["Host"] == f"pictures.example:{site.server_port}"
    assert other.asked == []
    assert names["pictures.example"] == ["127.0.0.2"]


def test_each_request_checks_the_machine_anew(site, names):
    names["pictures.example"] = ["127.0.0.1", "127.0.0.2"]
    site.answers["/a.png"] = answer(403)

    with (
        served(Site("127.0.0.2", site.server_port)) as other,
        refused(Problem.ADDRESS, is_final=True),
    ):
        fetching.fetch(f"http://pictures.example:{site.server_port}/a.png")

    assert other.asked == []


@pytest.mark.parametrize("address", ["", "a.jpg", "data:image/png;base64,AA", "http://a:b@c.de/"])
def test_what_is_no_address_is_refused(address):
    with refused(Problem.ADDRESS, is_final=True):
        fetching.fetch(address)


# The ladder.


@pytest.mark.parametrize(
    "guard",
    [
        answer(401),
        answer(403),
        answer(406),
        answer(200, b"", {}),
        answer(200, b"<p>no</p>", {"Content-Type": "text/html; charset=utf-8"}),
        answer(200, b'{"code": 403}', {"Content-Type": "application/json"}),
        answer(200, b"\xef\xbb\xbf\n <!DOCTYPE HTML>", {"Content-Type": "image/png"}),
        answer(200, b"\x1f\x8b", PNG | {"Content-Encoding": "gzip"}),
    ],
    ids=["401", "403", "406", "nothing", "a page", "JSON", "a page called a picture", "packed"],
)
def test_a_guarded_picture_is_asked_for_from_its_own_site(site, guard):
    site.answers["/a.png"] = only_from(site.at("/"), guard)

    assert fetching.fetch(site.at("/a.png"), page=PAGE).content == PICTURE
    assert referers(site) == [None, site.at("/")]


def test_a_guarded_picture_is_asked_for_from_the_page_at_last(site):
    site.answers["/a.png"] = only_from(PAGE_SENT, answer(403))

    assert fetching.fetch(site.at("/a.png"), page=PAGE).content == PICTURE
    assert referers(site) == [None, site.at("/"), PAGE_SENT]


def test_a_guard_may_redirect_to_a_page(site):
    site.answers["/a.png"] = only_from(site.at("/"), moved("/stop.html"))
    site.answers["/stop.html"] = answer(200, b"<html>", {"Content-Type": "text/html"})

    assert fetching.fetch(site.at("/a.png")).content == PICTURE
    assert paths(site) == ["/a.png", "/stop.html", "/a.png"]


def test_a_guard_that_lets_nobody_in_is_worth_another_try(site):
    site.answers["/a.png"] = answer(403)

    with refused(Problem.REFUSED, is_final=False) as caught, translation.override("en"):
        fetching.fetch(site.at("/a.png"), page=PAGE)

    assert len(site.asked) == 3
    assert str(caught.value) == Problem.REFUSED.label
    assert "403" in caught.value.detail


@pytest.mark.parametrize(
    "page", ["", "http://localhost/admin/", "https://user:secret@news.example/", "draft 7"]
)
def test_a_page_that_is_nobodys_business_is_not_named(site, page):
    site.answers["/a.png"] = answer(403)

    with refused(Problem.REFUSED, is_final=False):
        fetching.fetch(site.at("/a.png"), page=page)

    assert referers(site) == [None, site.at("/")]


def test_a_picture_that_is_called_a_page_is_a_picture(site):
    site.answers["/a.png"] = answer(headers={"Content-Type": "text/html"})

    assert fetching.fetch(site.at("/a.png")).content == PICTURE


# What is not to be had.


@pytest.mark.parametrize(
    ("status", "reason", "is_final"),
    [
        (404, Problem.GONE, True),
        (410, Problem.GONE, True),
        (400, Problem.REFUSED, False),
        (429, Problem.REFUSED, False),
        (451, Problem.REFUSED, False),
        (500, Problem.UNREACHABLE, False),
        (503, Problem.UNREACHABLE, False),
        (204, Problem.UNREACHABLE, False),
        (304, Problem.UNREACHABLE, False),
    ],
)
def test_a_refusal_says_why_and_is_not_argued_with(site, status, reason, is_final):
    site.answers["/a.png"] = answer(status, b"", {})

    with refused(reason, is_final=is_final):
        fetching.fetch(site.at("/a.png"), page=PAGE)

    assert len(site.asked) == 1


def test_a_name_nobody_knows_is_worth_another_try(names):
    with refused(Problem.UNREACHABLE, is_final=False):
        fetching.fetch("http://nobody.example/a.png")


def test_a_machine_that_does_not_listen_is_worth_another_try(allow):
    with socket.socket() as deaf, refused(Problem.UNREACHABLE, is_final=False):
        deaf.bind(("127.0.0.1", 0))
        fetching.fetch(f"http://127.0.0.1:{deaf.getsockname()[1]}/a.png")


def test_a_picture_cut_off_on_the_way_is_worth_another_try(site):
    site.answers["/a.png"] = answer(headers={"Content-Length": str(len(PICTURE) + 1)})

    with refused(Problem.UNREACHABLE, is_final=False):
        fetching.fetch(site.at("/a.png"))


# Hostile: servers.


def test_a_file_that_says_it_is_too_large_is_not_read(site, settings):
    settings.IMAGE_MAX_BYTES = 1000
    site.answers["/a.png"] = answer(content=b"", headers={"Content-Length": "1001"})

    with refused(Problem.TOO_LARGE, is_final=False):
        fetching.fetch(site.at("/a.png"))


@pytest.mark.parametrize("packing", [{}, {"Transfer-Encoding": "chunked"}], ids=["bare", "chunked"])
def test_a_file_that_never_ends_is_left(site, settings, packing):
    settings.IMAGE_MAX_BYTES = 1_000_000
    chunk = b"8000\r\n" + bytes(0x8000) + b"\r\n"

    def endless(conversation):
        conversation.protocol_version = "HTTP/1.1"
        answer(content=b"", headers=PNG | packing | {"Content-Length": None})(conversation)
        while True:
            conversation.wfile.write(chunk)

    site.answers["/a.png"] = endless

    with refused(Problem.TOO_LARGE, is_final=False):
        fetching.fetch(site.at("/a.png"))


def test_a_file_one_byte_too_large_is_refused(site, settings):
    settings.IMAGE_MAX_BYTES = len(PICTURE) - 1
    site.answers["/a.png"] = answer(headers=PNG | {"Content-Length": None})

    with refused(Problem.TOO_LARGE, is_final=False):
        fetching.fetch(site.at("/a.png"))


def test_a_file_of_the_greatest_size_is_fetched(site, settings):
    settings.IMAGE_MAX_BYTES = len(PICTURE)
    site.answers["/a.png"] = answer(headers=PNG | {"Content-Length": None})

    assert fetching.fetch(site.at("/a.png")).content == PICTURE


@contextmanager
def dripping(beginning):
    """A server that says `beginning`, then one byte after the other for a minute.

    It gives its address, and an event that tells afterwards whether its visitor left before.
    """
    left, pause = threading.Event(), threading.Event()

    def drip(server):
        try:
            visitor, _address = server.accept()
            with visitor:
                visitor.sendall(beginning)
                for _step in range(6000):
                    visitor.sendall(b"a")
                    pause.wait(0.01)
        except OSError:
            left.set()

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip, args=[server])
        thread.start()
        try:
            yield f"127.0.0.1:{server.getsockname()[1]}", left
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


@pytest.mark.parametrize(
    ("scheme", "beginning"),
    [
        ("https", b"\x16\x03\x03\x40\x00"),
        ("http", b""),
        ("http", b"HTTP/1.1 200 OK\r\nContent-Type: "),
        ("http", b"HTTP/1.1 200 OK\r\n\r\n\x00"),
        ("http", b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n\x00"),
        ("http", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n\x00"),
    ],
    ids=["handshake", "status", "header", "body", "body of a length", "chunk"],
)
def test_a_server_that_drips_is_left_at_the_deadline(allow, scheme, beginning):
    allow.IMAGE_FETCH_SECONDS = 0.3

    with dripping(beginning) as (host, left), refused(Problem.TOO_SLOW, is_final=False):
        fetching.fetch(f"{scheme}://{host}/a.png")

    assert left.is_set()


def test_a_server_that_says_nothing_is_left_before_the_deadline(allow, monkeypatch):
    monkeypatch.setattr(fetching, "PATIENCE", 0.05)

    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        refused(Problem.TOO_SLOW, is_final=False) as caught,
    ):
        fetching.fetch(f"http://127.0.0.1:{silent.getsockname()[1]}/a.png")

    assert "Timeout" in caught.value.detail


def test_a_resolver_that_says_nothing_is_left_at_the_deadline(settings, monkeypatch):
    settings.IMAGE_FETCH_SECONDS = 0.1
    never = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: never.wait(60) and [])

    with refused(Problem.TOO_SLOW, is_final=False):
        try:
            fetching.fetch("http://pictures.example/a.png")
        finally:
            never.set()


@pytest.mark.parametrize(
    "said",
    [b"", b"\r\n\r\n", b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 abc\r\n\r\n", b"\xff" * 100_000],
    ids=["nothing", "empty", "SSH", "no status", "a line without end"],
)
def test_a_server_that_does_not_speak_http_is_worth_another_try(allow, said):
    def speak(server):
        visitor, _address = server.accept()
        with visitor, suppress(OSError):
            visitor.recv(65536)
            visitor.sendall(said)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=speak, args=[server])
        thread.start()
        with refused(Problem.UNREACHABLE, is_final=False):
            fetching.fetch(f"http://127.0.0.1:{server.getsockname()[1]}/a.png")
        thread.join()


# TLS.


@pytest.fixture
def secure(allow, names, monkeypatch, tmp_path):
    """A site over TLS whose certificate, of an authority we trust, is for the host named."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return partial(_over_tls, authority)


@contextmanager
def _over_tls(authority, host):
    site = Site()
    site.answers["/a.png"] = answer()
    site.called = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    context.sni_callback = lambda _socket, name, _context: site.called.append(name)
    # The handshake is made in the conversation's own thread, at its first word.
    site.socket = context.wrap_socket(site.socket, server_side=True, do_handshake_on_connect=False)
    with served(site):
        yield site


def test_a_certificate_has_to_be_for_the_host_not_for_the_machine(secure, names):
    names["pictures.example"] = ["127.0.0.1"]

    with secure("pictures.example") as site:
        fetched = fetching.fetch(f"https://pictures.example:{site.server_port}/a.png")

    assert fetched.content == PICTURE
    assert site.called == ["pictures.example"]
    assert site.asked[0][1]["Host"] == f"pictures.example:{site.server_port}"


@pytest.mark.parametrize("host", ["other.example", "127.0.0.1"])
def test_a_certificate_for_another_host_is_refused(secure, names, host):
    names["pictures.example"] = ["127.0.0.1"]

    with secure(host) as site, refused(Problem.UNREACHABLE, is_final=False):
        fetching.fetch(f"https://pictures.example:{site.server_port}/a.png")

    assert site.asked == []


def test_a_certificate_nobody_vouches_for_is_refused(secure, names, monkeypatch):
    names["pictures.example"] = ["127.0.0.1"]
    monkeypatch.delenv("SSL_CERT_FILE")

    with secure("pictures.example") as site, refused(Problem.UNREACHABLE, is_final=False):
        fetching.fetch(f"https://pictures.example:{site.server_port}/a.png")

    assert site.asked == []


def test_a_certificate_may_be_for_a_number(secure):
    with secure("127.0.0.1") as site:
        fetched = fetching.fetch(f"https://127.0.0.1:{site.server_port}/a.png")

    assert fetched.content == PICTURE
