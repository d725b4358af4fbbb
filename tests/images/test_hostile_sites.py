"""Fetching from sites that lead inside, never end, never begin, or are not who they say."""

import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from functools import partial

import pytest
import trustme

from articles.images import fetching
from articles.images.models import Problem
from articles.outside import asking
from tests.images.sites import PICTURE, PNG, Site, answer, dripping, moved, refused, served

# Addresses.


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


# Servers.


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
    allow.IMAGE_FETCH_SECONDS = 1.5  # in which even a busy machine has connected

    with dripping(beginning) as (host, came, left), refused(Problem.TOO_SLOW, is_final=False):
        fetching.fetch(f"{scheme}://{host}/a.png")

    assert came.is_set()
    assert left.is_set()


def test_a_server_that_says_nothing_is_left_before_the_deadline(allow, monkeypatch):
    monkeypatch.setattr(asking, "PATIENCE", 0.05)

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
