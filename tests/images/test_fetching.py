"""Fetching a remote picture, from real servers on this machine; only names are made up."""

import socket

import pytest
from django.utils import translation

from articles.images import fetching
from articles.images.models import Problem
from tests.images.sites import (
    PICTURE,
    PNG,
    Site,
    answer,
    moved,
    only_from,
    paths,
    referers,
    refused,
    served,
)

PAGE = "https://news.example/2026/故事.html?from=1#top"
PAGE_SENT = "https://news.example/2026/%E6%95%85%E4%BA%8B.html?from=1"


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
