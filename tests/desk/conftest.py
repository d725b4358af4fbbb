"""What tests of the desk share: servers of others on 127.0.0.1, and a story without fault."""

import json
import socket
import threading
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from urllib.parse import parse_qs, urlsplit

import pytest
from aiosmtpd.controller import Controller

from tests import factories


@dataclass
class MailServer:
    """What it was handed, and what it answers."""

    letters: list[EmailMessage] = field(default_factory=list)
    answer: str = "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def mailers_at(port: int) -> dict:
    options = {"host": "127.0.0.1", "port": port, "timeout": 5}
    return {
        "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
    }


@pytest.fixture
def mail_server(settings):
    """A mail server that answers, to which the newsroom hands its mail."""
    server, port = MailServer(), free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    settings.MAILERS = mailers_at(port)
    yield server
    controller.stop()


@pytest.fixture
def no_mail_server(settings):
    """Mail would go to a server that does not answer."""
    settings.MAILERS = mailers_at(free_port())


@dataclass
class ChatServer:
    """The chat groups of a service: what was posted, and what is answered."""

    address: str = ""
    posts: list[tuple[dict, dict]] = field(default_factory=list)  # query and body of each
    status: int = 200
    answer: bytes = b'{"errcode": 0, "code": 0}'


@pytest.fixture
def chat_server():
    """A server that takes messages for chat groups."""
    chat = ChatServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            query = {name: value for name, [value] in parse_qs(urlsplit(self.path).query).items()}
            chat.posts.append((query, body))
            self.send_response(chat.status)
            self.send_header("Content-Length", str(len(chat.answer)))
            self.end_headers()
            self.wfile.write(chat.answer)

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    chat.address = f"http://127.0.0.1:{server.server_port}/send?key=k"
    yield chat
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def long_address():
    """An address of 1,500 Chinese characters, none of them encoded: no index holds it."""
    shuffled = Random(1500)  # noqa: S311 - so that it cannot be compressed
    name = "".join(chr(shuffled.randrange(0x4E00, 0x9FA5)) for _number in range(1500))
    return f"https://pictures.example/{name}.png"


@pytest.fixture
def whole(snapshot):
    """A story nobody has anything to say about."""
    picture = factories.picture(alt="生产线", credit="厂方")
    return snapshot.changed(standfirst="停了三年。", header_image=picture.pk)
