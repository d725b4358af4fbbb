"""Readers' search: it finds what readers can see, and takes whatever is typed."""

import re
from urllib.parse import quote

import pytest

from articles.desk import writing
from articles.desk.writing import working_snapshot
from tests import factories
from tests.reader import site

pytestmark = pytest.mark.django_db


def ask(client, question):
    return client.get(f"/search/?q={quote(question)}")


@pytest.fixture
def story(db):
    return factories.live(
        title="芯片厂重启生产线",
        standfirst="停工三周以后",
        source_name="码头日志",
        authors=[factories.author("沈砚")],
    )


@pytest.mark.parametrize("question", ["芯片", "停工", "码头", "沈砚", "芯片 沈砚", " 芯片　停工 "])
def test_every_word_is_looked_for_in_what_a_card_says(client, story, question):
    factories.live(title="另一篇", standfirst="", authors=[factories.author("林墨")])

    assert site.headlines(ask(client, question)) == ["芯片厂重启生产线"]


def test_latin_words_are_found_whatever_their_case(client):
    factories.live(title="NVIDIA 发布新卡")

    assert site.headlines(ask(client, "nvidia")) == ["NVIDIA 发布新卡"]


@pytest.mark.parametrize("question", ["机密", "未发", "撤下"])
def test_what_readers_cannot_see_is_not_found(client, story, question):
    factories.draft(title="未发的稿")
    writing.revise(story, working_snapshot(story).changed(title="机密的改动"), by=None)

    response = ask(client, question)

    assert "card__headline" not in response.text
    assert "未发的稿" not in response.text


def test_without_a_result_the_latest_stories_are_offered(client, story):
    response = ask(client, "没有这回事")

    assert response.status_code == 200
    assert "没有这回事" in response.text
    assert 'class="latest"' in response.text


def test_nobody_is_told_of_no_result_before_asking(client, story):
    response = client.get("/search/")

    assert 'role="status"' not in response.text
    assert 'class="latest"' in response.text


def status(response):
    """What is said to whoever does not see the page."""
    return re.findall('role="status">([^<]*)<', response.text)


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "找到 1 篇"), (20, "找到 20 篇"), (21, "找到超过 20 篇")],
    ids=["one", "a whole page", "more"],
)
def test_a_reader_is_told_how_many_were_found(client, count, said):
    factories.many_live(count)

    (told,) = status(ask(client, "报道"))

    assert told.startswith(said)
    assert "报道" in told


def test_an_older_page_of_what_was_found_says_so(client):
    factories.many_live(21)
    older = site.older_page(ask(client, "报道"))

    assert status(client.get(older.replace("&amp;", "&"))) == ["与“报道”相关的较早文章。"]


def test_search_engines_are_kept_out(client, story):
    response = ask(client, "芯片")

    assert '<meta name="robots" content="noindex">' in response.text
    assert 'rel="canonical"' not in response.text


def test_going_back_shows_every_result_once(client):
    newsroom = site.grow(45)

    first = ask(client, "报道")
    second = client.get(site.older_page(first).replace("&amp;", "&"))
    third = client.get(site.older_page(second).replace("&amp;", "&"))

    pages = [site.headlines(page) for page in (first, second, third)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert sum(pages, []) == [s.title for s in reversed(newsroom.stories)]  # noqa: RUF017


# hostile


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param("%00", id="NUL"),
        pytest.param("%00%01%1f", id="controls"),
        pytest.param("a" * 10_000, id="ten thousand characters"),
        pytest.param("+".join("abcdefghijklmnop"), id="many words"),
        pytest.param("%ED%A0%80", id="half a character"),
        pytest.param("%FF%FE", id="no UTF-8"),
        pytest.param("%25_%5C%27%22%3B--", id="wildcards and quotes"),
        pytest.param("%3Cscript%3Ealert(1)%3C/script%3E", id="markup"),
        pytest.param("%20%20%E3%80%80", id="blanks"),
    ],
)
def test_whatever_is_typed_gets_a_sentence(client, story, sent):
    response = client.get(f"/search/?q={sent}")

    assert response.status_code == 200
    assert 'role="status"' in response.text
    assert "<script>alert" not in response.text


@pytest.mark.parametrize("before", ["x", "1-1", "A-1", "%00", "1-1&before=2"])
def test_a_place_that_is_none_does_not_exist(client, story, before):
    assert client.get(f"/search/?q=x&before={before}").status_code == 404


def test_a_wildcard_finds_itself_only(client, story):
    factories.live(title="增长 100%")

    assert site.headlines(ask(client, "%")) == ["增长 100%"]
