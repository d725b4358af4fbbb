"""The reader of the crash test sees a half-published story where there is one.

What the site answers is served by a plain server, redirects and all: the reader asks by HTTP.
"""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.http import HttpResponseNotFound, HttpResponsePermanentRedirect

from articles.models import Article
from tests import factories
from tests.crashes.reading import Astray, Reader
from tests.crashes.tokens import fields_with

pytestmark = pytest.mark.django_db

ONE, OTHER = "tok000001x", "tok000002x"
CIRCLE = "/a/circle/"  # leads to itself


@pytest.fixture
def story():
    return factories.live(**fields_with(ONE))


@pytest.fixture
def reading(client):
    """A reader of what `client` is answered at some addresses; others answer 404."""
    servers = []

    def serve(story, *addresses):
        answers = {address: client.get(address) for address in addresses}
        servers.append(server := ThreadingHTTPServer(("127.0.0.1", 0), _handler(answers)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return Reader(f"http://127.0.0.1:{server.server_port}", [story.pk], threading.Event())

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def _handler(answers):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            answer = answers.get(self.path, HttpResponseNotFound())
            if self.path == CIRCLE:
                answer = HttpResponsePermanentRedirect(CIRCLE)
            self.send_response(answer.status_code)
            self.send_header("Content-Length", str(len(answer.content)))
            if "Location" in answer:
                self.send_header("Location", answer["Location"])
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, format, *args):  # noqa: A002 -- the library's name
            """Say nothing."""

    return Handler


def test_a_story_is_read_on_its_own_page(story, reading):
    reader = reading(story, f"/a/{story.pk}/", story.get_absolute_url())

    reader.story()

    assert (reader.story_pages, reader.seen, reader.mixed) == (1, {ONE}, [])


@pytest.mark.parametrize("half", [{"title": OTHER}, {"rendered_body": f"<p>{OTHER}</p>"}], ids=str)
def test_half_a_story_on_its_own_page_is_found(story, reading, half):
    Article.objects.filter(pk=story.pk).update(**half)
    reader = reading(story, f"/a/{story.pk}/", story.get_absolute_url())

    reader.story()

    assert reader.mixed == [f"/a/{story.pk}/: {[ONE, OTHER]}"]


def test_half_a_story_on_the_front_page_is_found(story, reading):
    Article.objects.filter(pk=story.pk).update(standfirst=f"导语 {OTHER}。")
    reader = reading(story, "/")

    reader.front()

    assert reader.mixed == [f"/: {[ONE, OTHER]}"]


def test_half_a_story_in_the_feed_is_found(story, reading):
    Article.objects.filter(pk=story.pk).update(title=OTHER)
    reader = reading(story, "/feed/")

    reader.feed()

    assert reader.mixed == [f"/feed/: {[ONE, OTHER]}"]


def test_a_page_that_is_not_there_is_no_story_page(story, reading):
    reader = reading(story)

    reader.story()

    assert reader.story_pages == 0


def test_an_address_that_leads_in_a_circle_is_reported(story, reading):
    reader = reading(story)
    reader.stories = ["circle"]

    with pytest.raises(Astray):
        reader.story()


def test_a_server_that_is_down_is_no_news(story, reading):
    reader = reading(story)
    reader.site = "http://127.0.0.1:9"  # discard: nobody listens

    reader.story()

    assert reader.pages == 0
