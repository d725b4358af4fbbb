"""Whether there is anything at an address."""

import pytest

from articles.outside import visiting
from articles.outside.visiting import status_of
from tests.images.sites import Site, answer, dripping, moved, paths, served

PAGE = {"Content-Type": "text/html"}


def page(status=200):
    return answer(status, b"<p>A page.</p>", PAGE)


def test_a_page_that_is_there_is_not_taken(site):
    site.answers["/a"] = page()

    status = status_of(site.at("/a"))

    assert (status, paths(site)) == (200, ["HEAD /a"])


@pytest.mark.parametrize("status", [404, 410, 403, 500])
def test_what_a_site_refuses_is_asked_for_twice(site, status):
    site.answers["/a"] = page(status)

    found = status_of(site.at("/a"))

    assert (found, paths(site)) == (status, ["HEAD /a", "/a"])


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_site_that_does_not_know_head_is_believed_at_the_second_word(site, status):
    site.answers |= {"HEAD /a": page(status), "/a": page()}

    assert status_of(site.at("/a")) == 200


def test_the_end_of_the_redirects_counts(site):
    site.answers |= {"/old": moved("/new", 301), "/new": page(410)}

    assert status_of(site.at("/old")) == 410


def test_a_circle_is_no_answer(site):
    site.answers |= {"/a": moved("/b"), "/b": moved("/a")}

    assert status_of(site.at("/a")) is None


def test_a_redirect_to_nowhere_is_no_answer(site):
    site.answers["/a"] = answer(302, b"", {})

    assert status_of(site.at("/a")) is None


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/",
        "http://localhost/",
        "file:///etc/passwd",
    ],
)
def test_a_redirect_inwards_is_not_followed(site, location):
    site.answers["/a"] = moved(location)

    assert status_of(site.at("/a")) is None


def test_machines_that_are_not_public_are_never_asked(settings):
    settings.IMAGE_FETCH_ALLOWED_PORTS = range(1, 65536)

    with served(Site()) as site:
        status = status_of(site.at("/a"))

    assert (status, site.asked) == (None, [])


@pytest.mark.parametrize(
    "address",
    [
        "http://[::1",
        "http://",
        "javascript:alert(1)",
        "http://a.example:22/",
        "http://u:p@a.cn/",
        "",
    ],
    ids=repr,
)
def test_what_is_no_address_answers_nothing(address):
    assert status_of(address) is None


def test_a_site_that_drips_is_left(allow, monkeypatch):
    monkeypatch.setattr(visiting, "SECONDS", 1.5)  # in which even a busy machine has connected

    with dripping(b"HTTP/1.1 2") as (host, _came, left):
        status = status_of(f"http://{host}/")

        assert status is None
        assert left.wait(60)


def test_a_visitor_says_who_it_is(site, settings):
    settings.SITE_URL = "https://news.example"
    site.answers["/a"] = page()

    status_of(site.at("/a"))

    ((_path, headers),) = site.asked
    assert headers["User-Agent"] == "Newsroom (+https://news.example)"
