"""Lists of stories: what stands in each, in which order, and how one goes back in it."""

from datetime import datetime
from itertools import chain

import pytest

from tests import factories
from tests.reader import site

pytestmark = pytest.mark.django_db


def walk(client, address):
    """The headlines of a list, page by page until its end."""
    pages = []
    while address:
        response = client.get(address)
        assert response.status_code == 200
        pages.append(site.headlines(response))
        address = site.older_page(response)
    return pages


@pytest.mark.parametrize("same_time", [False, True], ids=["an hour apart", "all at once"])
def test_going_back_shows_every_story_once_newest_first(client, same_time):
    newsroom = site.grow(45, same_time=same_time)

    walks = {name: walk(client, address) for name, address in newsroom.lists().items()}

    titles = [story.title for story in reversed(newsroom.stories)]
    first, *older = walks.pop("front")
    beside, strip, river = first[:4], first[4:8], first[8:]
    assert titles == [*beside, *river, *chain(*older)]
    assert strip == titles[24:28]
    for name, pages in walks.items():
        assert [len(page) for page in pages] == [20, 20, 5], name
        assert list(chain(*pages)) == titles, name


def test_a_full_last_page_has_nothing_behind_it(client):
    site.grow(20)

    response = client.get("/")

    assert site.older_page(response) is None


def test_a_story_published_meanwhile_does_not_move_the_older_page(client, newsroom):
    older = site.older_page(client.get("/"))
    before = site.headlines(client.get(older))

    factories.live(title="刚刚发布")

    assert site.headlines(client.get(older)) == before


def test_an_older_page_leads_back_to_the_newest(client, newsroom):
    address = newsroom.category.get_absolute_url()

    response = client.get(site.older_page(client.get(address)))

    assert f'class="pager__newest" href="{address}"' in response.text


def test_an_older_page_has_a_title_of_its_own(client, newsroom):
    address = newsroom.category.get_absolute_url()
    newest = client.get(address)

    older = client.get(site.older_page(newest))

    assert "<title>发布 – Newsroom</title>" in newest.text
    assert "<title>发布 – Newsroom</title>" not in older.text


@pytest.mark.parametrize("name", ["front", "category", "tag", "author", "month"])
def test_search_engines_follow_an_older_page_and_do_not_keep_it(client, newsroom, name):
    newest = client.get(newsroom.address(name))

    older = client.get(site.older_page(newest)).text

    assert "noindex" not in newest.text
    assert '<meta name="robots" content="noindex, follow">' in older
    assert '<link rel="alternate" hreflang' not in older


def test_a_channel_shows_what_is_filed_below_it(client, wide):
    channel, _source, section = wide
    factories.live(category=section)

    response = client.get(channel.get_absolute_url())

    assert site.headlines(response) == ["芯片厂重启生产线"]


def test_a_section_does_not_show_what_is_filed_above_it(client, wide):
    channel, _source, section = wide
    factories.live(category=channel)

    response = client.get(section.get_absolute_url())

    assert site.headlines(response) == []


def test_a_category_shows_what_is_also_in_it(client, category):
    factories.live(category=factories.category("硬件"), also_in=(category.pk,))

    response = client.get(category.get_absolute_url())

    assert site.headlines(response) == ["芯片厂重启生产线"]


def test_a_category_names_the_ones_below_it_that_have_stories(client, wide):
    channel, source, section = wide
    factories.category("空的来源", channel)
    factories.live(category=section)

    response = client.get(channel.get_absolute_url())

    assert source.get_absolute_url() in response.text
    assert "空的来源" not in response.text


def test_the_navigation_names_channels_with_stories(client, wide):
    channel, _source, section = wide
    factories.category("还没有文章的频道")
    factories.category("不在导航里", in_navigation=False)
    factories.live(category=section)
    factories.live(category=factories.category("不在导航里"), title="另一篇")

    navigation = client.get("/archive/").text.partition("</header>")[0]

    assert channel.get_absolute_url() in navigation
    assert section.get_absolute_url() not in navigation
    assert "还没有文章的频道" not in navigation
    assert "不在导航里" not in navigation


@pytest.mark.parametrize(
    ("moment", "address"),
    [
        pytest.param(
            "2026-02-28T23:59:59.999999+08:00", "/archive/2026/02/", id="last of February"
        ),
        pytest.param("2026-03-01T00:00:00+08:00", "/archive/2026/03/", id="first of March"),
        pytest.param("2025-12-31T23:59:59+08:00", "/archive/2025/12/", id="last of the year"),
    ],
)
def test_a_month_begins_and_ends_in_the_zone_of_the_outlet(client, moment, address):
    factories.live(at=datetime.fromisoformat(moment))

    archive = client.get("/archive/")
    month = client.get(address)

    assert f'href="{address}"' in archive.text
    assert site.headlines(month) == ["芯片厂重启生产线"]


def test_the_archive_counts_the_stories_of_a_month(client, newsroom):
    response = client.get("/archive/")

    assert "30" in response.text.partition("archive__count")[2][:40]


def test_a_front_page_without_stories_says_so(client):
    response = client.get("/")

    assert response.status_code == 200
    assert "river__empty" in response.text


@pytest.mark.parametrize("count", [1, 2, 5, 6, 8, 9], ids=str)
def test_a_front_page_with_few_stories_shows_all_of_them(client, count):
    stories = site.grow(count).stories

    response = client.get("/")

    assert site.headlines(response) == [story.title for story in reversed(stories)]


def test_an_empty_category_is_there_and_not_for_search_engines(client, category):
    response = client.get(category.get_absolute_url())

    assert response.status_code == 200
    assert '<meta name="robots" content="noindex">' in response.text


@pytest.mark.parametrize(
    "address",
    [
        "/category/nowhere/",
        "/tag/nothing/",
        "/author/nobody/",
        "/archive/2026/01/",
        "/before/1-1/",
        "/archive/2026/03/before/1-1/",
        "/category/ren-gong-zhi-neng/before/1-1/",
    ],
)
def test_a_list_of_nothing_does_not_exist(client, live, address):
    response = client.get(address)

    assert response.status_code == 404


def test_an_author_is_shown_with_position_and_links(client, newsroom):
    text = client.get(newsroom.author.get_absolute_url()).text

    assert "记者" in text
    assert 'href="https://weibo.example.org/shen"' in text


# hostile


def test_a_link_that_runs_a_script_is_not_shown(client):
    links = {"坏": "javascript:alert(1)", "好": "https://example.org/good"}
    author = factories.author("沈砚", links=links)
    factories.live(authors=[author])

    text = client.get(author.get_absolute_url()).text

    assert "javascript:" not in text
    assert "https://example.org/good" in text


@pytest.mark.parametrize(
    "address",
    [
        "/before/nonsense/",
        "/before/A-1/",
        "/before/1-1-1/",
        "/before/zzzzzzzzzzzzzz-1/",
        "/before/1-zzzzzzzzzzzzz/",
        "/before//",
        "/archive/2026/13/",
        "/archive/2026/3/",
        "/archive/9999/12/",
        "/archive/0000/01/",
    ],
)
def test_a_malformed_place_in_a_list_does_not_exist(client, live, address):
    response = client.get(address)

    assert response.status_code == 404


def test_a_reader_cannot_post(client, live):
    response = client.post("/")

    assert response.status_code == 405
