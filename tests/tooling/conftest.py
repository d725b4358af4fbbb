"""What the tests of the tooling share: a web server to ask."""

import http.server
import threading

import pytest


class Answer(http.server.BaseHTTPRequestHandler):
    """Answers every request with the status its server was given."""

    def do_GET(self):
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def site():
    """A web server on this machine; `status` is what it answers."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.status = 503
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
