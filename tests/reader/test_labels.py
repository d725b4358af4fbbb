"""What is to be known of a story before its headline is read: said wherever the headline stands."""

import re

import pytest
from django.template.loader import render_to_string

from articles.models import Article, FrontPageSlot
from tests import factories
from tests.reader.test_markup import OWN, name_of

pytestmark = pytest.mark.django_db

GENERATED, ASSISTED = Article.AiDisclosure.GENERATED, Article.AiDisclosure.ASSISTED
HEADLINE = re.compile(r"get_absolute_url }}[^>]*>{{ (?:headline|story\.\w*title) }}")
LABELS = '{% include "_labels.html" with story=story only %}'


def lines_of(page):
    """What stands before the headline of each story of a page, without its markup."""
    found = re.findall(r"<(?:article class=\"card|li><h3>)(.*?)</h\d>", page, re.DOTALL)
    return [re.sub(r"<[^>]*>", " ", part).split() for part in found]


@pytest.fixture
def paid(db):
    """Six paid stories that a machine wrote, with one matter."""
    return factories.many_live(6, sponsored=True, ai_disclosure=GENERATED, tags=("某厂",))


@pytest.mark.parametrize(
    "path",
    [path for path in OWN if HEADLINE.search(path.read_text("utf-8"))],
    ids=name_of,
)
def test_every_partial_that_links_a_headline_prints_the_labels_before_it(path):
    text = path.read_text("utf-8")

    assert all(LABELS in text[: found.start()] for found in HEADLINE.finditer(text))


@pytest.mark.parametrize(
    ("facts", "labels"),
    [
        pytest.param({"sponsored": True}, ["赞助内容"], id="paid"),
        pytest.param({"ai_disclosure": GENERATED}, ["AI生成"], id="written by a machine"),
        pytest.param({"ai_disclosure": ASSISTED}, [], id="written with help"),
        pytest.param({}, [], id="neither"),
        pytest.param(
            {"sponsored": True, "ai_disclosure": GENERATED}, ["赞助内容", "AI生成"], id="both"
        ),
    ],
)
def test_a_story_has_the_labels_it_needs_and_no_others(facts, labels):
    text = render_to_string("_labels.html", {"story": Article(**facts)})

    assert re.findall(r'<span class="label">([^<]*)</span>', text) == labels


def test_every_headline_of_the_front_page_is_labelled_and_so_is_each_place_of_a_strip(client, paid):
    for position, story in enumerate(paid[:4]):
        zone = {"zone": "strip", "channel": story.category, "position": position}
        FrontPageSlot.objects.create(article=story, **zone)

    page = client.get("/").text

    assert len(lines_of(page)) == len(paid)
    assert all({"赞助内容", "AI生成"} <= set(line) for line in lines_of(page))


@pytest.mark.parametrize("address", ["/category/ai/", "/search/", "/nothing/"])
def test_every_headline_of_a_list_is_labelled(client, paid, address):
    path = paid[0].category.get_absolute_url() if "category" in address else address

    lines = lines_of(client.get(path).text)

    assert len(lines) >= 5
    assert all({"赞助内容", "AI生成"} <= set(line) for line in lines)


def test_the_stories_named_below_a_story_are_labelled(client, paid):
    below = client.get(paid[-1].get_absolute_url()).text.partition('class="related"')[2]

    assert len(lines_of(below)) == 5
    assert all({"赞助内容", "AI生成"} <= set(line) for line in lines_of(below))


def test_the_labels_cost_no_query(client, paid, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get(paid[-1].get_absolute_url())


# --- Short headlines


def test_narrow_places_show_the_short_title_and_cards_the_whole_one(client):
    stories = [
        factories.live(title=f"很长的标题{n}", short_title=f"短{n}", tags=("某厂",))
        for n in range(7)
    ]

    front = client.get("/").text
    below = client.get(stories[0].get_absolute_url()).text.partition('class="related"')[2]
    missing = client.get("/nothing/").text

    assert ["很长的标题" in line for line in map("".join, lines_of(front))] == [True] * 5 + [
        False
    ] * 2
    assert "很长的标题" not in below
    assert "短1" in below
    assert "很长的标题" not in missing
    assert "短6" in missing


def test_a_headline_chosen_for_a_strip_wins_over_the_short_title(client):
    stories = [factories.live(title=f"长标题{n}", short_title=f"短{n}") for n in range(3)]
    strip = {"zone": "strip", "channel": stories[0].category}
    FrontPageSlot.objects.create(article=stories[0], headline="换个说法", **strip)
    FrontPageSlot.objects.create(article=stories[1], position=1, **strip)

    page = client.get("/").text.partition('class="strip"')[2]

    assert "换个说法" in page
    assert "短1" in page
    assert "长标题" not in page


# --- Names


def test_names_are_apart_in_the_markup_itself(client):
    authors = [factories.author("张三"), factories.author("李四")]
    story = factories.live(authors=authors)

    pages = [client.get(address).text for address in ("/", story.get_absolute_url())]

    for page in pages:
        assert re.search("张三、(作者 )?李四", re.sub(r"<[^>]*>", "", page))
