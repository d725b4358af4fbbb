"""The one sentence that search results and shared links show of a page: true, and its own."""

import html
import re
from datetime import timedelta

import pytest

from articles.models import Outlet, Tag
from articles.reader import describing
from tests import factories
from tests.reader import site

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

OURS = "科技新闻与评论。"


@pytest.fixture(autouse=True)
def _outlet(db):
    Outlet.objects.update(name="未编", description=OURS)


def described(client, address):
    """The description of a page, for search engines and for social sites; empty without one."""
    text = client.get(address).text
    found = re.findall(r'<meta (?:name|property)="(?:og:)?description" content="([^"]*)"', text)
    assert len(found) in {0, 2}
    assert len(set(found)) <= 1
    return html.unescape(found[0]) if found else ""


@pytest.fixture
def three(db):
    """Three stories of one day, the newest last."""
    return [
        factories.live(
            title=f"第 {n} 篇", at=factories.A_MOMENT + timedelta(hours=n), tags=("芯片",)
        )
        for n in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/", OURS),
        ("/tag/xin-pian/", "关于“芯片”的报道：第 3 篇；第 2 篇；第 1 篇"),
        ("/author/lin-mo/", "林墨的报道：第 3 篇；第 2 篇；第 1 篇"),
        ("/category/ren-gong-zhi-neng/", "人工智能：第 3 篇；第 2 篇；第 1 篇"),
        ("/archive/2026/03/", "2026年3月，共 3 篇报道：第 3 篇；第 2 篇；第 1 篇"),
        ("/archive/2026/03/14/", "2026年3月14日：第 3 篇；第 2 篇；第 1 篇"),
        ("/archive/2026/", "2026年，共 3 篇报道"),
        ("/archive/", "往期文章，共 3 篇报道"),
        ("/tags/", "全部标签，最常用的有：芯片"),
        ("/search/", "搜索未编的报道。"),
        ("/nothing/", ""),
    ],
)
def test_a_page_that_nobody_described_says_what_it_shows(client, three, address, said):
    assert described(client, address).replace(" ", "") == said.replace(" ", "")


def test_what_an_editor_wrote_is_said(client, three):
    Tag.objects.update(description="关于芯片的一切。")

    assert described(client, "/tag/xin-pian/") == "关于芯片的一切。"


@pytest.mark.parametrize("name", ["category", "tag", "author", "month"])
def test_an_older_page_says_what_it_shows_itself(client, name):
    newsroom = site.grow(25)
    Tag.objects.update(description="关于芯片的一切。")

    said = described(client, site.older_page(client.get(newsroom.address(name))))

    assert said.endswith("，更早的报道：第 5 篇报道；第 4 篇报道；第 3 篇报道")


def test_older_pages_of_the_front_are_not_the_front(client):
    site.grow(45)

    said = described(client, site.older_page(client.get("/")))

    assert said.startswith("未编，更早的报道：第 ")


@pytest.mark.parametrize(
    ("lengths", "named"), [((200, 9), 1), ((9, 9, 9, 9), 3), ((60, 60, 60), 2)]
)
def test_as_many_headlines_are_named_as_there_is_room_for(lengths, named):
    titles = [str(number) * length for number, length in enumerate(lengths)]
    stories = [factories.Article(title=title) for title in titles]

    said = describing.listed("芯片", stories)

    assert said == f"芯片：{'；'.join(titles[:named])}"


def test_a_simple_page_without_a_description_is_described_by_its_text(client):
    factories.page("关于我们", slug="about", body="<h2>题</h2><p>我们写科技。</p>")

    assert described(client, "/pages/about/") == "我们写科技。"
