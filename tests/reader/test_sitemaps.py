"""Sitemaps and robots.txt: every public address, when it last changed, and nothing else."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from lxml import etree

from articles.desk import front_page, publishing, review, writing
from articles.images import intake, renditions
from articles.images.models import Problem
from articles.models import Article, FrontPageSlot, Outlet, Snapshot
from articles.reader import last_changes, sitemaps
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
        "/sitemap/authors-1.xml",
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


def as_said(moment):
    """A moment as a map says it."""
    return moment.astimezone(settings.OUTLET_TIME_ZONE).isoformat(timespec="seconds")


def dated(moment, **facts):
    """A story that readers see since `moment` as it is."""
    story = factories.live(at=moment, **facts)
    Article.objects.filter(pk=story.pk).update(public_change_at=moment)
    return story


def publish_again(story, *, minor=False, **changes):
    """Publish a story with `changes`; when the maps say that it changed."""
    writing.revise(story, Snapshot.of(story).changed(**changes), by=None)
    review.approve(story, by=None)
    publishing.publish(story, by=None, minor=minor)
    return as_said(story.public_change_at)


def test_a_story_last_changed_when_it_was_published(client):
    story = dated(factories.A_MOMENT)

    assert everything(client)[story.get_absolute_url()] == "2026-03-14T09:30:00+08:00"


def test_an_old_story_that_comes_in_changes_the_lists_of_its_time_today(client):
    story = factories.live(at=factories.A_MOMENT)

    named = everything(client)

    places = (story.get_absolute_url(), "/", "/archive/2026/03/14/")
    assert {named[place] for place in places} == {as_said(story.public_change_at)}
    assert entries(client, "/sitemap.xml")["/sitemap/2026-03.xml"] == named["/"]


def test_a_substantial_change_is_a_change_of_the_story_and_its_lists(client, wide):
    channel, _source, section = wide
    story = dated(factories.A_MOMENT, category=section, tags=("芯片",))

    changed = publish_again(story, title="新的标题")

    named = everything(client)
    things = [story, channel, section, story.tags.get(), story.authors.get()]
    assert {named[thing.get_absolute_url()] for thing in things} == {changed}
    assert named["/"] == named["/archive/2026/03/"] == changed


def test_a_story_that_comes_back_as_it_was_makes_nothing_older(client):
    story = dated(factories.A_MOMENT, tags=("芯片",))
    dated(factories.A_MOMENT, tags=("芯片",))
    publishing.withdraw(story, reason="事实有误。", by=None)
    before = everything(client), entries(client, "/sitemap.xml")

    review.approve(story, by=None)
    publishing.publish(story, by=None)

    after = everything(client), entries(client, "/sitemap.xml")
    assert story.modified_at is None
    assert after[0][story.get_absolute_url()] == as_said(story.public_change_at)
    for was, is_now in zip(before, after, strict=True):
        assert {place for place in was if is_now[place] < was[place]} == set()


def test_what_empties_a_day_changes_whatever_lies_above_it(client, wide):
    channel, source, section = wide
    dated(factories.A_MOMENT, category=source)
    last = dated(factories.A_MOMENT + timedelta(days=1), category=section)

    publishing.withdraw(last, reason="事实有误。", by=None)

    named = everything(client)
    changed = as_said(last.public_change_at)
    assert not {"/archive/2026/03/15/", section.get_absolute_url()} & named.keys()
    places = ("/", "/archive/", "/tags/", "/archive/2026/", "/archive/2026/03/")
    assert {named[place] for place in (*places, channel.get_absolute_url())} == {changed}
    assert named["/archive/2026/03/14/"] == "2026-03-14T09:30:00+08:00"


def test_the_lists_that_a_story_leaves_for_others_changed_too(client, wide):
    channel, source, _section = wide
    left = {"category": source, "authors": [factories.author("沈砚")], "tags": ("芯片",)}
    dated(factories.A_MOMENT, **left)
    moved = dated(factories.A_MOMENT, **left)
    lists = [source, channel, left["authors"][0], moved.tags.get()]

    to = {"category": factories.category("硬件").pk, "tags": ("工厂",)}
    changed = publish_again(moved, bylines=((factories.author("林墨").pk, "author"),), **to)

    named = everything(client)
    assert {named[each.get_absolute_url()] for each in lists} == {changed}


def test_a_list_that_keeps_a_story_is_left_by_nobody(client, category):
    other = factories.category("硬件")
    story = dated(factories.A_MOMENT, category=category, also_in=(other.pk,), tags=("芯片",))

    publish_again(story, category=other.pk, also_in=(category.pk,), title="新的标题")

    lists = (category, other, story.tags.get(), story.authors.get())
    assert {type(each).objects.get(pk=each.pk).left_at for each in lists} == {None}


@pytest.mark.parametrize(
    ("changes", "is_told"),
    [({"title": "新的标题"}, False), ({"tags": ("工厂",)}, True)],
    ids=["a slip of the pen", "another list"],
)
def test_a_minor_change_is_told_of_only_where_lists_change(client, changes, is_told):
    story = dated(factories.A_MOMENT, tags=("芯片",))

    publish_again(story, minor=True, **changes)

    changed = everything(client)[story.get_absolute_url()]
    assert (changed != as_said(factories.A_MOMENT)) is is_told


def test_an_editor_who_arranges_the_front_page_changes_it(client):
    story = dated(factories.A_MOMENT)

    change = front_page.arrange([front_page.Place("lead", story.pk)], based_on=None, by=None)

    changed = as_said(change.happened_at)
    named = everything(client)
    assert named["/"] == entries(client, "/sitemap.xml")["/sitemap/lists.xml"] == changed
    assert named["/archive/"] < changed


@pytest.mark.parametrize("name", ["starts_at", "ends_at"])
def test_a_place_whose_time_comes_changes_the_front_page(client, name):
    story = dated(factories.A_MOMENT)
    ago, ahead = (timezone.now() + timedelta(hours=hours) for hours in (-1, 1))
    FrontPageSlot.objects.create(zone="lead", article=story, **{name: ago})
    FrontPageSlot.objects.create(zone="beside", article=factories.draft(), starts_at=ahead)

    assert everything(client)["/"] == as_said(ago)


def test_a_simple_page_last_changed_when_it_was_edited(client):
    page = factories.page("关于我们", slug="about")

    changed = as_said(page.edited_at)
    assert everything(client)["/pages/about/"] == changed
    assert entries(client, "/sitemap.xml")["/sitemap/lists.xml"] == changed


@pytest.mark.parametrize("name", ["tags", "authors"])
def test_tags_and_authors_are_split_by_their_ids(client, monkeypatch, name):
    monkeypatch.setattr(last_changes, "PART", 1)
    authors = [factories.author(f"作者{number}") for number in range(3)]
    for number, author in enumerate(authors):
        factories.live(tags=(f"标签{number}",), authors=[author])
    factories.live(tags=("标签0", "标签1"), authors=authors[:2])

    maps = [place for place in entries(client, "/sitemap.xml") if name in place]

    assert len(maps) == 3
    assert [len(entries(client, place)) for place in maps] == [2, 2, 2]  # in both scripts
    for part in (0, 999, 10**20):  # the last one no database can hold
        assert client.get(f"/sitemap/{name}-{part}.xml").status_code == 404


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
    gone, _stays = (dated(factories.A_MOMENT, tags=("芯片",)) for _number in range(2))
    before = entries(client, "/sitemap.xml"), everything(client)

    publishing.withdraw(gone, reason="事实有误。", by=None)

    after = entries(client, "/sitemap.xml"), everything(client)
    changed = as_said(gone.withdrawn_at)
    assert gone.get_absolute_url() not in after[1]
    for place in ("/sitemap/2026-03.xml", "/sitemap/lists.xml", "/sitemap/tags-1.xml"):
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


@pytest.mark.parametrize("original", ["https://example.org/original", f"{ORIGIN}/articles/1/x/"])
def test_a_story_whose_original_is_elsewhere_is_left_to_others(client, original):
    story = factories.live(at=factories.A_MOMENT, canonical_url=original)

    named = everything(client)

    assert story.get_absolute_url() not in named
    assert "/archive/2026/03/14/" in named


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
