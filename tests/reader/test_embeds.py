"""Players of other sites: a page of ours that asks nobody before the click."""

import re

import pytest

pytestmark = pytest.mark.django_db

KNOWN = [
    ("youtube", "abcdefghijk", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
    ("bilibili", "BV1xx411c7mD", "https://player.bilibili.com/player.html?bvid=BV1xx411c7mD"),
]


@pytest.mark.parametrize(("provider", "identifier", "player"), KNOWN, ids=["youtube", "bilibili"])
def test_the_page_leads_to_the_player(client, provider, identifier, player):
    response = client.get(f"/embed/{provider}/{identifier}/")

    assert f'href="{player}' in response.text


def test_nothing_of_anybody_else_is_loaded_before_the_click(client):
    response = client.get("/embed/youtube/abcdefghijk/")

    loaded = re.findall(r'(?:src|srcset|data)="[^"]*"|<link[^>]*href="(http[^"]*)"', response.text)
    assert loaded == []


def test_only_our_own_pages_may_frame_it(client):
    response = client.get("/embed/youtube/abcdefghijk/")

    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_search_engines_leave_it_alone(client):
    response = client.get("/embed/youtube/abcdefghijk/")

    assert response["X-Robots-Tag"] == "noindex"


def test_a_story_frames_it(client, story):
    response = client.get(story.get_absolute_url())

    assert 'src="/embed/youtube/abcdefghijk/"' in response.text


# hostile


@pytest.mark.parametrize(
    "address",
    [
        "/embed/unknown/x/",
        "/embed/youtube/short/",
        "/embed/youtube/abcdefghij%22/",
        "/embed/a/b/c/",
    ],
)
def test_anything_else_is_no_player(client, address):
    assert client.get(address).status_code == 404
