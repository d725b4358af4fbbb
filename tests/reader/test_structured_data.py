"""What a story's page says to machines: the same as to people, in the words of schema.org."""

import json
import re
from datetime import timedelta

import pytest

from articles.models import Article, Outlet
from tests import factories

pytestmark = pytest.mark.django_db

ORIGIN = "https://news.example.org"


@pytest.fixture(autouse=True)
def _origin(settings):
    settings.SITE_URL = ORIGIN


def facts(client, story):
    """The one block of structured data on the page of a story."""
    text = client.get(story.get_absolute_url()).text
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return json.loads(block)


def meta(client, story):
    """The page's OpenGraph facts."""
    text = client.get(story.get_absolute_url()).text
    return dict(re.findall(r'<meta property="([^"]*)" content="([^"]*)"', text))


def test_a_story_is_a_news_article(client, story):
    said = facts(client, story)

    assert said["@type"] == "NewsArticle"
    assert said["headline"] == story.title
    assert said["url"] == f"{ORIGIN}{story.get_absolute_url()}"
    assert said["datePublished"] == said["dateModified"] == "2026-03-14T10:30:00+08:00"
    assert said["articleSection"] == ["开源", "发布"]
    assert sorted(said["keywords"]) == sorted(story.tags.names())
    assert said["isBasedOn"] == "https://example.org/source"


def test_writers_are_authors_and_editors_are_editors(client, story):
    said = facts(client, story)

    assert [author["name"] for author in said["author"]] == ["沈砚"]
    assert said["author"][0]["url"].startswith(f"{ORIGIN}/author/")
    assert [editor["@type"] for editor in said["editor"]] == ["Organization"]


def test_the_picture_has_an_absolute_address_and_a_size(client, story):
    (picture,) = facts(client, story)["image"]

    assert picture["url"] == f"{ORIGIN}{story.header_image.url}"
    assert (picture["width"], picture["height"]) == (64, 36)


def test_a_substantial_change_is_said(client, story):
    Article.objects.update(modified_at=factories.A_MOMENT + timedelta(days=1))

    assert facts(client, story)["dateModified"] == "2026-03-15T09:30:00+08:00"


def test_a_day_is_said_as_a_day(client, story):
    Article.objects.update(published_time_known=False)

    assert facts(client, story)["datePublished"] == "2026-03-14"


def test_the_publisher_is_the_outlet(client, story):
    Outlet.objects.update(name="未编", legal_name="未编有限公司", logo=story.header_image)

    publisher = facts(client, story)["publisher"]

    assert (publisher["name"], publisher["legalName"]) == ("未编", "未编有限公司")
    assert publisher["logo"]["url"] == f"{ORIGIN}{story.header_image.url}"


def test_what_we_do_not_know_is_not_said(client):
    said = facts(client, factories.live())

    assert not {"image", "keywords", "editor", "isBasedOn"} & said.keys()


def test_a_page_shared_elsewhere_says_what_it_is(client, story):
    said = meta(client, story)

    assert said["og:type"] == "article"
    assert said["og:title"] == story.title
    assert said["og:url"] == f"{ORIGIN}{story.get_absolute_url()}"
    assert said["og:image"] == f"{ORIGIN}{story.header_image.url}"
    assert said["og:description"] == "一句话说清楚 A&amp;B。"


def test_the_canonical_address_is_ours_unless_an_editor_names_the_original(client, story):
    other = factories.live(title="转载", canonical_url="https://example.org/original")

    pages = [client.get(s.get_absolute_url()).text for s in (story, other)]

    assert f'<link rel="canonical" href="{ORIGIN}{story.get_absolute_url()}">' in pages[0]
    assert '<link rel="canonical" href="https://example.org/original">' in pages[1]


def test_the_origin_is_the_outlets_whatever_host_was_asked(client, story, settings):
    settings.ALLOWED_HOSTS = ["mirror.example.net"]

    response = client.get(story.get_absolute_url(), headers={"host": "mirror.example.net"})

    assert "mirror.example.net" not in response.text


# hostile


def test_nothing_in_a_story_ends_the_block_early(client):
    evil = "</script><!-- <script> & \u2028 '\""

    story = factories.live(title=evil, standfirst=evil)

    assert facts(client, story)["description"] == evil
