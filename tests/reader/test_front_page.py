"""The front page as readers see it: what was pinned, when, and the line of breaking news."""

from datetime import timedelta
from itertools import chain

import pytest
from django.utils import timezone

from articles.desk import publishing, review, scheduling, writing
from articles.desk.writing import working_snapshot
from articles.models import Article, FrontPageSlot, Outlet
from tests import factories
from tests.reader import site

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def oldest():
    """The oldest of six stories: nothing brings it to the top but an editor."""
    return factories.many_live(6)[0]


def pin(article, **facts):
    return FrontPageSlot.objects.create(article=article, **({"zone": "lead"} | facts))


def lead(client):
    return site.headlines(client.get("/"))[0]


@pytest.mark.parametrize(
    ("begins", "ends", "is_shown"),
    [
        pytest.param(None, None, True, id="always"),
        pytest.param(-HOUR, HOUR, True, id="now"),
        pytest.param(HOUR, None, False, id="not yet"),
        pytest.param(None, -HOUR, False, id="no more"),
    ],
)
def test_a_place_has_its_time(client, oldest, begins, ends, is_shown):
    now = timezone.now()
    pin(oldest, starts_at=begins and now + begins, ends_at=ends and now + ends)

    assert (lead(client) == oldest.title) == is_shown


def test_a_headline_of_its_own(client, oldest):
    pin(oldest, headline="工厂开工了")

    assert lead(client) == "工厂开工了"


def test_a_withdrawn_story_leaves_its_place(client, oldest):
    pin(oldest, headline="工厂开工了")

    publishing.withdraw(oldest, reason="事实有误。", by=None)

    assert "工厂开工了" not in client.get("/").text


def test_a_story_takes_its_place_when_it_is_published(client, oldest):
    story = review.approve(factories.draft(title="即将发布"), by=None)
    pin(story, headline="重磅")
    before = client.get("/").text

    publishing.publish(story, by=None)

    assert "重磅" not in before
    assert lead(client) == "重磅"


def test_a_place_waits_for_the_scheduled_change_of_its_story(client, oldest):
    pin(oldest, headline="新的说法", follows_schedule=True)
    writing.revise(oldest, working_snapshot(oldest).changed(title="改过的标题"), by=None)
    review.approve(oldest, by=None)
    scheduling.schedule(oldest, at=timezone.now() + HOUR, by=None)
    before = client.get("/").text

    publishing.publish(Article.objects.get(pk=oldest.pk), by=None)

    assert "新的说法" not in before
    assert lead(client) == "新的说法"


def test_the_page_and_the_older_ones_show_every_story(client):
    newsroom = site.grow(60)
    pin(newsroom.stories[2])
    pin(newsroom.stories[30], zone="strip", channel=newsroom.category.parent, position=2)

    pages, address = [], "/"
    while address:
        response = client.get(address)
        pages.append(site.headlines(response))
        address = site.older_page(response)

    assert len(pages[0]) == len(set(pages[0]))
    assert set(chain(*pages)) == {story.title for story in newsroom.stories}


# Breaking news


def announce(**facts):
    facts = {"breaking_text": "卫星失联", "breaking_until": timezone.now() + HOUR} | facts
    Outlet.objects.update(**facts)


def breaking(client):
    return client.get("/").context["breaking"]


def test_breaking_news_stands_above_the_front_page(client):
    announce(breaking_link="/a/1/")

    assert '<a href="/a/1/">卫星失联</a>' in client.get("/").text


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"breaking_until": None}, id="no end"),
        pytest.param({"breaking_text": ""}, id="no words"),
    ],
)
def test_half_a_line_is_none(client, facts):
    announce(**facts)

    assert breaking(client) is None


def test_breaking_news_ends(client):
    announce(breaking_until=timezone.now() - HOUR)

    assert breaking(client) is None


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/category/ai/", "/category/ai/"),
        ("https://example.org/a?b=1", "https://example.org/a?b=1"),
        ("", ""),
        # hostile
        ("javascript:alert(1)", ""),
        ("//example.org/", ""),
        ("/\\example.org/", ""),
        ("/\t/example.org/", ""),
        ("data:text/html,x", ""),
        ("https:example.org", ""),
        ("http://[", ""),
        ("relative/", ""),
        ("https://wang:secret@example.org/", ""),
        ("https://bank.example@example.org/", ""),
        ("https://example.org/@wang", "https://example.org/@wang"),
    ],
)
def test_breaking_news_leads_to_a_page_or_nowhere(client, address, link):
    announce(breaking_link=address)

    assert breaking(client).link == link
