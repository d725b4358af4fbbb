"""Small things of readers' pages in a real Chromium: where lines end, what is high enough."""

from datetime import timedelta

import pytest

from tests import factories
from tests.browser.test_reader_pages import (
    _static_root,
    answers,
    background,
    newsroom,
    open_page,
    told,
)

__all__ = ["_static_root", "answers", "newsroom", "open_page"]

pytestmark = [pytest.mark.browser, pytest.mark.any_database, pytest.mark.django_db]

LONG = "四百万次下载以后，两个人的项目" * 3
LOUD = ".strip .card:not(.card--pictured) .card__headline"


@pytest.fixture
def seven_strips(client, answers):
    """A front page with so many beside its river; all but one lead with words, no picture."""
    channels = [factories.category(f"频道{number}") for number in range(6)]
    for number, channel in enumerate(channels * 6):
        at = factories.A_MOMENT + timedelta(minutes=number)
        factories.live(title=LONG, category=channel, at=at)
    answers["/"] = told(client.get("/"))


def test_the_river_ends_where_the_strips_beside_it_do(seven_strips, open_page):
    page = open_page("/")

    river, end, strip = (
        page.locator(one).last.bounding_box()
        for one in (".front__river", ".front__river .pager", ".strip")
    )

    assert end["y"] + end["height"] == pytest.approx(river["y"] + river["height"], abs=2)
    assert end["y"] + end["height"] >= strip["y"] + strip["height"] - 2


def test_a_long_headline_without_a_picture_is_no_louder_than_others(seven_strips, open_page):
    page = open_page("/")

    size = page.locator(LOUD).first.evaluate("e => getComputedStyle(e).fontSize")

    assert size == "20px"


def test_forced_colours_mark_only_the_channel_one_is_in(open_page, newsroom):
    page = open_page(newsroom.address("channel"), forced_colors="active")

    lines = page.eval_on_selector_all(
        ".nav__list a", "all => all.map(a => getComputedStyle(a).borderBottomColor)"
    )

    assert len([line for line in lines if line != background(page)]) == 1


def test_what_is_to_be_pressed_is_24_px_high(open_page, newsroom):
    page = open_page(newsroom.address("article"), width=360)

    boxes = [one.bounding_box() for one in page.locator(".byline a, .footer button").all()]

    assert [box["height"] >= 24 for box in boxes] == [True] * 3


def test_a_date_breaks_only_behind_its_year(open_page, newsroom):
    page = open_page(newsroom.address("day"))

    lines = page.eval_on_selector(
        ".list-head__title time",
        "time => [...time.childNodes].filter(node => node.data).map(node => {"
        " const words = new Range(); words.selectNode(node);"
        " return new Set([...words.getClientRects()].map(box => box.top)).size })",
    )

    assert lines == [1, 1]


@pytest.mark.parametrize(("width", "fade"), [(360, "40px"), (1280, "0px")])
def test_code_that_goes_on_fades(client, answers, open_page, width, fade):
    path = factories.live(body=f"<pre><code>{'x' * 60}</code></pre>").get_absolute_url()
    answers[path] = told(client.get(path))
    page = open_page(path, width=width)

    style = "pre => getComputedStyle(pre).getPropertyValue('--fade')"
    assert page.locator("pre").evaluate(style) == fade
