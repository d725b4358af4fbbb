"""Sitemaps and robots.txt: every public address, when it last changed, and nothing else."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from lxml import etree

from articles.desk import publishing
from articles.images import intake, renditions
from articles.images.models import Problem
from articles.models import Article, Outlet
from articles.reader import sitemaps
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

    assert {*pictures(client)} == {f"{ORIGIN}{story.header_image.url}"}


def test_a_picture_that_is_not_there_is_not_named(client):
    dead = intake.refer_to("https://e.cn/a.png", fetch_problem=Problem.GONE, fetch_attempts=2)
    factories.live(at=factories.A_MOMENT, header_image=dead.pk)

    assert pictures(client) == []


def test_an_empty_newsroom_has_an_empty_map(client):
    Outlet.objects.update(traditional=Outlet.Traditional.OFF)

    assert everything(client) == {"/": None, "/archive/": None, "/tags/": None}


def test_the_archive_the_tags_and_the_simple_pages_are_named(client, newsroom):
    named = everything(client)

    pages = {
        "/tags/",
        "/pages/about/",
        "/archive/2026/",
        "/archive/2026/03/",
        "/archive/2026/03/14/",
    }
    assert pages <= named.keys()


def test_a_story_that_goes_changes_the_maps_and_lists_it_leaves(client):
    gone, _stays = factories.many_live(2, tags=("芯片",))
    before = entries(client, "/sitemap.xml"), everything(client)

    publishing.withdraw(gone, reason="事实有误。", by=None)

    after = entries(client, "/sitemap.xml"), everything(client)
    changed = gone.withdrawn_at.astimezone(settings.OUTLET_TIME_ZONE).isoformat(timespec="seconds")
    assert gone.get_absolute_url() not in after[1]
    for place in ("/sitemap/2026-03.xml", "/sitemap/lists.xml"):
        assert before[0][place] < after[0][place] == changed
    for place in ("/", "/tag/xin-pian/", "/archive/2026/03/", gone.category.get_absolute_url()):
        assert before[1][place] < after[1][place] == changed


def test_other_months_keep_their_maps(client):
    old = factories.live(at=factories.A_MOMENT - timedelta(days=40))
    before = client.get("/sitemap/2026-02.xml").content, entries(client, "/sitemap.xml")

    publishing.withdraw(factories.live(at=factories.A_MOMENT), reason="事实有误。", by=None)

    assert client.get("/sitemap/2026-02.xml").content == before[0]
    assert old.get_absolute_url() in before[0].decode()
    after = entries(client, "/sitemap.xml")
    assert after["/sitemap/2026-02.xml"] == before[1]["/sitemap/2026-02.xml"]


def test_a_story_whose_original_is_elsewhere_is_left_to_others(client):
    other = factories.live(at=factories.A_MOMENT, canonical_url="https://example.org/original")
    ours = factories.live(canonical_url=f"{ORIGIN}/articles/1/x/")

    named = everything(client)

    assert other.get_absolute_url() not in named
    assert "/sitemap/2026-03.xml" not in entries(client, "/sitemap.xml")
    assert ours.get_absolute_url() in named


def news(client):
    """What the map of the news says: address (without the origin) -> its facts."""
    response = client.get("/news-sitemap.xml")
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return {
        entry.findtext("s:loc", namespaces=NAMESPACE).removeprefix(ORIGIN): {
            fact.tag.rpartition("}")[2]: fact.text for fact in entry[1].iter() if fact.text
        }
        for entry in etree.fromstring(response.content)
    }


def test_news_is_what_was_published_within_two_days(client):
    Outlet.objects.update(name="未编")
    now = timezone.now()
    fresh = factories.live(title="A & B", at=now - timedelta(hours=47))
    factories.live(at=now - timedelta(hours=49))

    (said,) = news(client).items()

    moment = timezone.localtime(fresh.published_at).isoformat(timespec="seconds")
    facts = {"name": "未编", "language": "zh-cn", "publication_date": moment, "title": "A & B"}
    assert said == (fresh.get_absolute_url(), facts)


@pytest.mark.parametrize("facts", [{"sponsored": True}, {"canonical_url": "https://example.org/1"}])
def test_what_is_paid_for_or_somebody_elses_is_no_news(client, facts):
    factories.live(**facts)

    assert news(client) == {}


def test_news_is_at_most_a_thousand_stories(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "_MOST_NEWS", 2)
    stories = [factories.live() for _number in range(3)]

    assert list(news(client)) == [story.get_absolute_url() for story in reversed(stories[1:])]


@pytest.mark.parametrize("month", ["2026-01", "2026-13", "9999-12", "26-01"])
def test_a_month_without_stories_has_no_map(client, live, month):
    assert client.get(f"/sitemap/{month}.xml").status_code == 404


XHTML = {"x": "http://www.w3.org/1999/xhtml"}


@pytest.mark.parametrize("place", ["/sitemap/2026-03.xml", "/sitemap/lists.xml"])
def test_a_page_in_two_scripts_is_named_in_both_and_each_names_both(client, place):
    Outlet.objects.update(traditional=Outlet.Traditional.TAIWAN)
    factories.live(at=factories.A_MOMENT)

    for entry in etree.fromstring(client.get(place).content):
        said = [
            (link.get("hreflang"), link.get("href"))
            for link in entry.xpath("x:link", namespaces=XHTML)
        ]
        found = dict(said)
        path = found["zh-Hans"].removeprefix(ORIGIN)

        assert found == {
            "zh-Hans": ORIGIN + path,
            "zh-Hant": f"{ORIGIN}/zh-hant{path}",
            "x-default": ORIGIN + path,
        }
        assert entry.findtext("s:loc", namespaces=NAMESPACE) in found.values()
    assert {p for p in everything(client) if p.startswith("/zh-hant/articles/")} != set()


def test_without_traditional_pages_there_is_nothing_of_them(client):
    Outlet.objects.update(traditional=Outlet.Traditional.OFF)
    factories.live(at=factories.A_MOMENT)

    assert "zh-hant" not in client.get("/sitemap/2026-03.xml").text.lower()


def test_robots_are_told_of_the_map_and_kept_from_the_desk(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /admin/\n" in response.text
    assert f"Sitemap: {ORIGIN}/sitemap.xml\n" in response.text
    assert f"Sitemap: {ORIGIN}/news-sitemap.xml\n" in response.text
