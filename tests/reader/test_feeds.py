"""Feeds: whole stories for feed readers, the same facts as the page, and cheap to ask again."""

import re
import time
from datetime import timedelta
from io import BytesIO

import feedparser
import pytest
from django.utils.http import http_date
from lxml import etree
from PIL import Image as Pillow

from articles.desk import pictures as library
from articles.desk import publishing, review, writing
from articles.desk.writing import working_snapshot
from articles.images import intake, renditions
from articles.images.models import Problem
from articles.models import Article, Outlet
from articles.reader.feeds import FEED_SIZE
from articles.reader.rss import xml_text
from tests import factories

pytestmark = pytest.mark.django_db

ORIGIN = "https://news.example.org"


@pytest.fixture(autouse=True)
def _origin(settings):
    settings.SITE_URL = ORIGIN


@pytest.fixture
def entry(client, story):
    """The one item of the feed, as a feed reader sees it."""
    return read(client.get("/feed/")).entries[0]


def read(response):
    assert response.status_code == 200
    parsed = feedparser.parse(response.content, sanitize_html=False)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def republish(story, **facts):
    snapshot = working_snapshot(story).changed(**facts)
    review.approve(writing.revise(story, snapshot, by=None), by=None)
    return publishing.publish(story, by=None)


def test_an_item_says_what_the_page_says(entry, story):
    assert entry.title == story.title
    assert entry.link == f"{ORIGIN}{story.get_absolute_url()}"
    assert entry.summary == "一句话说清楚 A&amp;B。"
    assert [author.name for author in entry.authors] == ["沈砚", "编辑部"]
    assert [tag.term for tag in entry.tags] == ["开源", "发布", *sorted(story.tags.names())]
    assert entry.published == "Sat, 14 Mar 2026 10:30:00 +0800"


def test_an_item_holds_the_whole_text(entry):
    content = entry.content[0].value

    assert "工厂今天恢复生产。" in content
    assert "<h2>细节</h2>" in content
    assert "厂方" in content


def test_an_item_has_no_frame_and_no_relative_address(entry):
    content = entry.content[0].value

    assert "<iframe" not in content
    assert "youtube.com/watch?v=abcdefghijk" in content
    assert re.findall(r'(?:src|href)="(?!https?://|mailto:)[^"]*"', content) == []


def test_an_item_says_where_the_story_is_from(entry):
    content = entry.content[0].value

    assert 'href="https://example.org/source"' in content


def test_an_item_shows_the_header_picture(entry, story):
    address = f"{ORIGIN}{story.header_image.url}"

    assert f'src="{address}"' in entry.content[0].value
    assert entry.media_content == [
        {"url": address, "medium": "image", "type": "image/png", "width": "64", "height": "36"}
    ]


def test_a_header_picture_that_stands_in_the_text_is_shown_once(client):
    image = library.take_in(factories.picture_file(), by=None)
    figure = f'<figure><img src="{image.url}" alt="" data-image="{image.pk}"></figure>'
    factories.live(header_image=image.pk, body=f"<p>文</p>{figure}")

    entry = read(client.get("/feed/")).entries[0]

    assert entry.content[0].value.count("<img") == 1
    assert entry.media_content[0]["url"].endswith(image.url)


def test_a_remote_header_picture_is_not_announced_as_a_file_of_ours(client):
    image = intake.refer_to("https://pictures.example.org/far.jpg")
    factories.live(header_image=image.pk)

    entry = read(client.get("/feed/")).entries[0]

    assert "media_content" not in entry
    assert 'src="https://pictures.example.org/far.jpg"' in entry.content[0].value


def test_an_item_announces_a_file_every_feed_reader_can_show(client):
    image = library.take_in(factories.picture_file(1000, 1000), by=None)
    renditions.make(image)
    factories.live(header_image=image.pk)

    (announced,) = read(client.get("/feed/")).entries[0].media_content

    assert announced["url"].endswith(".jpg")
    assert (announced["type"], announced["width"], announced["height"]) == (
        *("image/jpeg", "960", "540"),
    )


def test_pictures_of_the_text_are_plain_files_of_ours(client):
    image = library.take_in(factories.picture_file(1000, 600), by=None, alt="厂房")
    renditions.make(image)
    factories.live(body=f'<figure><img src="/a.png" alt="" data-image="{image.pk}"></figure>')

    content = read(client.get("/feed/")).entries[0].content[0].value

    (picture,) = re.findall("<img [^>]*>", content)
    assert re.search(rf'src="{ORIGIN}/media/renditions/\S+\.jpg"', picture)
    assert {'alt="厂房"', 'width="1000"', 'height="600"'} <= set(picture.split())
    assert "<picture" not in content


def test_an_avif_is_named_in_a_format_for_everybody_as_soon_as_there_is_one(client):
    out = BytesIO()
    Pillow.new("RGB", (640, 360), "#2563eb").save(out, "AVIF")
    image = library.take_in(out.getvalue(), by=None)
    factories.live(body=f'<figure><img src="/a.png" alt="" data-image="{image.pk}"></figure>')

    before = read(client.get("/feed/")).entries[0].content[0].value
    renditions.make(image)
    after = read(client.get("/feed/")).entries[0].content[0].value

    assert f'src="{ORIGIN}{image.url}"' in before
    assert re.search(rf'src="{ORIGIN}/media/renditions/\S+\.jpg"', after)
    assert ".avif" not in after


def test_a_dead_picture_of_the_text_is_left_out(client):
    intake.refer_to("https://e.cn/a.png", fetch_problem=Problem.GONE, fetch_attempts=2)
    figure = '<figure><img src="https://e.cn/a.png" alt=""><figcaption>图注</figcaption></figure>'
    factories.live(body=f"<p>文</p>{figure}")

    content = read(client.get("/feed/")).entries[0].content[0].value

    assert "e.cn" not in content
    assert "图注" not in content


def test_the_identity_is_the_short_address_and_leads_to_the_story(client, story):
    feed = client.get("/feed/").text

    assert f'<guid isPermaLink="true">{ORIGIN}/a/{story.pk}/</guid>' in feed
    assert client.get(f"/a/{story.pk}/")["Location"] == story.get_absolute_url()


def test_a_new_headline_keeps_the_identity_and_the_date(client, story):
    before = read(client.get("/feed/")).entries[0]

    republish(story, title="另一个标题", slug="another")

    after = read(client.get("/feed/")).entries[0]
    assert after.title == "另一个标题"
    assert after.link != before.link
    assert (after.id, after.published) == (before.id, before.published)


def test_a_feed_says_what_it_is(client, story):
    Outlet.objects.update(name="未编", description="一份报纸")

    feed = read(client.get("/feed/")).feed

    assert (feed.title, feed.subtitle, feed.link) == ("未编", "一份报纸", f"{ORIGIN}/")
    assert feed.language == "zh-Hans"
    assert {"rel": "self", "href": f"{ORIGIN}/feed/"}.items() <= feed.links[-1].items()


def test_a_feed_of_a_list_says_which(client, story):
    Outlet.objects.update(name="未编")

    feeds = {
        thing: read(client.get(f"{thing.get_absolute_url()}feed/")).feed
        for thing in [story.category, story.tags.get(name="芯片"), story.authors.first()]
    }

    for thing, feed in feeds.items():
        assert feed.title == f"{thing.name} – 未编"
        assert feed.link == f"{ORIGIN}{thing.get_absolute_url()}"


def test_a_feed_of_a_list_holds_only_its_stories(client, story):
    factories.live(title="别处的文章")

    feed = read(client.get(f"{story.category.get_absolute_url()}feed/"))

    assert [entry.title for entry in feed.entries] == [story.title]


def test_a_feed_is_as_old_as_its_latest_change(client, story):
    Article.objects.filter(pk=story.pk).update(modified_at=factories.A_MOMENT + timedelta(days=2))

    response = client.get("/feed/")

    assert read(response).feed.updated == "Mon, 16 Mar 2026 01:30:00 +0000"


def test_a_feed_stops_somewhere(client, db):
    factories.many_live(FEED_SIZE + 1)

    entries = read(client.get("/feed/")).entries

    assert len(entries) == FEED_SIZE
    assert entries[0].title == f"第 {FEED_SIZE + 1} 篇报道"


def test_a_feed_without_stories_is_empty(client, category):
    assert read(client.get("/feed/")).entries == []
    assert read(client.get(f"{category.get_absolute_url()}feed/")).entries == []


@pytest.mark.parametrize(
    "address", ["/category/nowhere/feed/", "/tag/nothing/feed/", "/author/lin-mo/feed/"]
)
def test_a_feed_of_nothing_does_not_exist(client, author, address):
    assert client.get(address).status_code == 404


def test_a_feed_is_served_as_one(client, story):
    response = client.get("/feed/")

    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"


def test_an_unchanged_feed_is_not_sent_again(client, story):
    first = client.get("/feed/")

    second = client.get("/feed/", headers={"if-none-match": first["ETag"]})

    assert second.status_code == 304
    assert second.content == b""


def test_a_changed_feed_is_sent_again(client, story):
    first = client.get("/feed/")

    factories.live(title="刚刚发布")

    second = client.get("/feed/", headers={"if-none-match": first["ETag"]})
    assert second.status_code == 200


@pytest.mark.parametrize("ask", ["if-modified-since", "if-none-match"])
@pytest.mark.parametrize("happening", ["withdraw", "rework"])
def test_what_leaves_or_changes_leaves_or_changes_at_readers(client, ask, happening):
    story = factories.many_live(2)[-1]
    first = client.get("/feed/")
    known = {"if-modified-since": http_date(time.time()), "if-none-match": first["ETag"]}

    if happening == "withdraw":
        publishing.withdraw(story, by=None, reason="错了")
    else:
        republish(story, title="另一个标题")

    second = client.get("/feed/", headers={ask: known[ask]})
    titles = [entry.title for entry in read(second).entries]
    assert titles == {"withdraw": [], "rework": ["另一个标题"]}[happening] + ["第 1 篇报道"]


def test_asking_twice_gives_the_same(client, newsroom):
    assert client.get("/feed/").content == client.get("/feed/").content


# hostile


def test_no_character_breaks_the_xml(client):
    bad = "a\x00b\x0bc\x1fd\ufffee]]>f<b>&amp;"
    category = factories.category("频\x0b道")
    story = factories.live(category=category, standfirst="x\x08y")
    Article.objects.filter(pk=story.pk).update(title=bad.replace("\x00", ""), source_name=bad[2:])
    Outlet.objects.update(name="未\x0b编", description="一\x1f份")

    response = client.get(f"{category.get_absolute_url()}feed/")

    etree.fromstring(response.content)
    assert read(response).feed.title == "频道 – 未编"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("标题", "标题", id="Chinese"),
        pytest.param("😀", "😀", id="beyond the first plane"),
        pytest.param("a\tb\nc", "a\tb\nc", id="tab and newline"),
        pytest.param("a\x00\x0b\x1fb", "ab", id="control characters"),
        pytest.param("a\ud800b", "ab", id="half a character"),
        pytest.param("a\ufffe\uffffb", "ab", id="no characters at all"),
    ],
)
def test_only_what_xml_can_carry_is_kept(text, kept):
    assert xml_text(text) == kept
