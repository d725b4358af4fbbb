"""Sites on this machine to fetch pictures from: kind ones, guarded ones, and ones that drip."""

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from articles.images.fetching import NotFetched
from tests.factories import picture_file

PICTURE = picture_file(64, 36)
PNG = {"Content-Type": "image/png"}


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

    def do_HEAD(self):
        """Like GET without a body, unless `answers` knows `HEAD /path`."""
        name = f"HEAD {self.path}"
        self.server.asked.append((name, self.headers))
        self.server.answers.get(name, self.server.answers.get(self.path))(self)

    def do_POST(self):
        """Remembered with what was posted instead of the headers."""
        posted = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((f"POST {self.path}", posted.decode()))
        self.server.answers[self.path.partition("?")[0]](self)

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
        if conversation.command != "HEAD":
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


@contextmanager
def dripping(beginning):
    """A server that says `beginning`, then one byte after the other for a minute.

    It gives its address, and two events that tell afterwards whether a visitor came, and left
    before the end.
    """
    came, left, pause = threading.Event(), threading.Event(), threading.Event()

    def drip(server):
        try:
            visitor, _address = server.accept()
        except OSError:  # the test is over, and nobody came
            return
        try:
            with visitor:
                came.set()
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
            yield f"127.0.0.1:{server.getsockname()[1]}", came, left
        finally:
            came.wait(60)  # seconds; nobody waits if somebody came
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


@contextmanager
def refused(reason, *, is_final):
    with pytest.raises(NotFetched) as caught:
        yield caught
    assert caught.value.reason == reason
    assert caught.value.is_final == is_final
