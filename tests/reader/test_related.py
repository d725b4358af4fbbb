"""Below a story: what was written of the matter before, and what else is close to it."""

import re
from datetime import timedelta

import pytest

from articles.desk import publishing
from articles.models import Article, Tag
from articles.models.tag import TaggedArticle
from articles.reader import related
from articles.reader.related import neighbours_of
from tests import factories
from tests.reader.test_queries import AT_MOST, questions

pytestmark = pytest.mark.django_db


def live(title, *, days, tags=(), category="人工智能"):
    """A story published so many days after a moment."""
    at = factories.A_MOMENT + timedelta(days=days)
    return factories.live(
        title=title, at=at, tags=tags, category=factories.category(category), body="<p>文。</p>"
    )


def below(story):
    """The headlines of previous coverage and of related stories."""
    found = neighbours_of(story)
    return [one.title for one in found.coverage], [one.title for one in found.related]


@pytest.fixture
def only_two_are_rare(monkeypatch):
    """A tag on three stories names no matter any more."""
    monkeypatch.setattr(related, "RARE", 2)


def test_earlier_stories_of_a_rare_tag_are_previous_coverage_newest_first(client):
    stories = [live(f"{day}", days=day, tags=("某厂",)) for day in range(6)]

    coverage, others = below(stories[5])

    assert coverage == ["4", "3", "2", "1"]
    assert others == ["0"]


def test_a_common_tag_alone_makes_no_previous_coverage(only_two_are_rare):
    *_others, story = [live(f"{day}", days=day, tags=("芯片",)) for day in range(3)]

    assert below(story) == ([], ["1", "0"])


def test_two_common_tags_make_previous_coverage(only_two_are_rare):
    *_others, story = [live(f"{day}", days=day, tags=("芯片", "工厂")) for day in range(3)]

    assert below(story) == (["1", "0"], [])


def test_a_later_story_of_the_matter_is_related(client):
    story = live("先", days=0, tags=("某厂",), category="硬件")
    live("后", days=1, tags=("某厂",))

    assert below(story) == ([], ["后"])


def test_the_rarer_tag_comes_first(only_two_are_rare):
    for number in range(3):
        live(f"常见{number}", days=number, tags=("芯片",), category="硬件")
    story = live("这篇", days=0, tags=("芯片", "某厂"))
    live("少见", days=3, tags=("某厂",), category="硬件")

    assert below(story)[1][0] == "少见"


def test_of_equal_stories_the_nearer_in_time_comes_first(client):
    live("很久以前", days=-400, category="人工智能")
    live("最近", days=-1, category="人工智能")
    story = live("这篇", days=0)

    assert below(story) == ([], ["最近", "很久以前"])


def test_a_story_without_tags_is_filled_from_its_category(client):
    for day in range(6):
        live(f"{day}", days=day)
    live("别处", days=2, category="硬件")
    story = live("这篇", days=3)

    coverage, others = below(story)

    assert coverage == []
    assert len(others) == 4
    assert "别处" not in others


@pytest.fixture
def around(db):
    """A channel with a source of two sections: the story's, with another story, and a near one."""
    channel = factories.category("新媒体")
    source = factories.category("码头日志", channel)
    return {
        "channel": channel,
        "section": factories.category("发布", source),
        "near": factories.category("评测", source),
        "far": factories.category("访谈", channel),
    }


def related_to(client, story):
    """The headlines of the related stories on the page of `story`."""
    page = client.get(story.get_absolute_url()).text
    return re.findall(r"<h3>\s*<a [^>]*>([^<]*)", page.partition('id="related"')[2])


def test_the_channel_fills_up_the_nearer_category_first(client, around):
    for name in ("far", "near", "channel", "section"):
        factories.live(title=name, category=around[name], at=factories.A_MOMENT)
    factories.live(title="别处", category=factories.category("硬件"), at=factories.A_MOMENT)
    story = factories.live(title="这篇", category=around["section"], at=factories.A_MOMENT)

    assert related_to(client, story) == ["section", "near", "channel", "far"]


def test_the_oldest_of_the_category_comes_before_the_freshest_of_the_channel(client, around):
    long_ago = factories.A_MOMENT - timedelta(days=4000)
    factories.live(title="久远", category=around["section"], at=long_ago)
    factories.many_live(8, category=around["near"])
    story = factories.live(title="这篇", category=around["section"], at=factories.A_MOMENT)

    found = related_to(client, story)

    assert found[0] == "久远"
    assert len(found) == 4


def test_a_story_of_the_channel_itself_is_filled_from_below(client, around):
    factories.live(title="下面", category=around["section"])
    story = factories.live(title="这篇", category=around["channel"])

    assert related_to(client, story) == ["下面"]


def test_no_story_stands_twice(client):
    for day in range(8):
        live(f"{day}", days=day, tags=("某厂", "芯片"))
    story = live("这篇", days=9, tags=("某厂", "芯片"))

    coverage, others = below(story)

    assert len({*coverage, *others, "这篇"}) == 9


def test_what_readers_cannot_see_is_not_named(client):
    gone = live("撤回的", days=0, tags=("某厂",))
    publishing.withdraw(gone, reason="有误。", by=None)
    factories.draft(title="草稿", tags=("某厂",))
    story = live("这篇", days=1, tags=("某厂",))

    assert below(story) == ([], [])


def test_the_page_names_both(client):
    earlier = live("先前的报道", days=0, tags=("某厂",))
    other = live("旁边的文章", days=0)
    story = live("这篇", days=1, tags=("某厂",))

    page = client.get(story.get_absolute_url()).text

    _before, coverage = page.split('id="coverage"')
    coverage, others = coverage.split('id="related"')
    assert earlier.get_absolute_url() in coverage
    assert other.get_absolute_url() in others


def test_both_lists_are_one_query(client, django_assert_num_queries):
    story = [live(f"{day}", days=day, tags=("某厂", "芯片")) for day in range(12)][6]
    story = Article.objects.prefetch_related("tags").get(pk=story.pk)

    with django_assert_num_queries(1):
        neighbours_of(story)

    assert questions(client, story.get_absolute_url()) <= (AT_MOST, 0)


def test_very_many_tags_do_not_make_the_query_longer(client):
    story = live("这篇", days=0)
    tags = Tag.objects.bulk_create(Tag(name=f"标签{n}", slug=f"tag-{n}") for n in range(200))
    TaggedArticle.objects.bulk_create(TaggedArticle(tag=t, content_object=story) for t in tags)

    assert below(story) == ([], [])
