"""Sitemaps and robots.txt: every public address, when it last changed, and nothing else."""

from datetime import timedelta

import pytest
from lxml import etree

from articles.images import intake, renditions
from articles.images.models import Problem
from articles.models import Article
from tests import factories

pytestmark = pytest.mark.django_db

ORIGIN = "https://news.example.org"
NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(autouse=True)
def _origin(settings):
    settings.SITE_URL = ORIGIN


def entries(client, address):
    """Address (without the origin) and last change of everything in a map."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    found = {}
    for entry in etree.fromstring(response.content):
        place = entry.findtext("s:loc", namespaces=NAMESPACE)
        assert place.startswith(f"{ORIGIN}/")
        changed = entry.findtext("s:lastmod", namespaces=NAMESPACE)
        found[place.removeprefix(ORIGIN)] = changed
    return found


def everything(client):
    maps = entries(client, "/sitemap.xml")
    return {place: changed for m in maps for place, changed in entries(client, m).items()}


def test_the_index_names_a_map_of_lists_and_one_of_each_month(client):
    factories.live(at=factories.A_MOMENT)
    factories.live(at=factories.A_MOMENT - timedelta(days=40))

    assert list(entries(client, "/sitemap.xml")) == [
        "/sitemap/lists.xml",
        "/sitemap/2026-03.xml",
        "/sitemap/2026-02.xml",
    ]


def test_every_story_and_every_list_is_named(client, newsroom):
    named = everything(client)

    assert {story.get_absolute_url() for story in newsroom.stories} <= named.keys()
    assert {*newsroom.lists().values(), "/archive/"} <= named.keys()


def test_everything_named_is_there(client, newsroom):
    answers = {place: client.get(place).status_code for place in everything(client)}

    assert set(answers.values()) == {200}


def test_a_story_last_changed_when_it_was_published(client):
    story = factories.live(at=factories.A_MOMENT)

    assert everything(client)[story.get_absolute_url()] == "2026-03-14T09:30:00+08:00"


def test_a_substantial_change_is_a_change_of_the_story_and_its_lists(client, wide):
    channel, _source, section = wide
    story = factories.live(at=factories.A_MOMENT, category=section, tags=("芯片",))
    Article.objects.update(modified_at=factories.A_MOMENT + timedelta(days=1))

    named = everything(client)

    changed = "2026-03-15T09:30:00+08:00"
    things = [story, channel, section, story.tags.get(), story.authors.get()]
    assert {named[thing.get_absolute_url()] for thing in things} == {changed}
    assert named["/"] == named["/archive/2026/03/"] == changed


def pictures(client):
    """The pictures that the map of March names."""
    found = etree.fromstring(client.get("/sitemap/2026-03.xml").content)
    return found.xpath(
        "//i:loc/text()", namespaces={"i": "http://www.google.com/schemas/sitemap-image/1.1"}
    )


def test_a_story_names_its_header_picture(client, story):
    renditions.make(story.header_image)

    assert pictures(client) == [f"{ORIGIN}{story.header_image.url}"]


def test_a_picture_that_is_not_there_is_not_named(client):
    dead = intake.refer_to("https://e.cn/a.png", fetch_problem=Problem.GONE, fetch_attempts=2)
    factories.live(at=factories.A_MOMENT, header_image=dead.pk)

    assert pictures(client) == []


def test_an_empty_newsroom_has_an_empty_map(client):
    assert everything(client) == {"/": None, "/archive/": None}


@pytest.mark.parametrize("month", ["2026-01", "2026-13", "9999-12", "26-01"])
def test_a_month_without_stories_has_no_map(client, live, month):
    assert client.get(f"/sitemap/{month}.xml").status_code == 404


def test_robots_are_told_of_the_map_and_kept_from_the_desk(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /admin/\n" in response.text
    assert f"Sitemap: {ORIGIN}/sitemap.xml\n" in response.text
