"""The composition of the front page by table: pins, fills, and what is left for the river."""

from datetime import timedelta

import pytest

from articles.images.models import Image, Problem
from articles.models import Article, Category, FrontPageSlot
from articles.reader.composing import RIVER, FrontPage, Strip, compose, window
from articles.reader.cursors import Cursor
from tests.factories import A_MOMENT

CHIPS, CARS = Category(pk=1, name="芯片"), Category(pk=2, name="汽车")
PICTURE, OTHER, DEAD = (
    Image(pk=pk, source_url=f"https://example.org/{pk}.png") for pk in (1, 2, 3)
)
DEAD.fetch_problem, DEAD.fetch_attempts = Problem.GONE, 2


def story(pk, **facts):
    """One that is the newer the larger its number, an hour each."""
    facts = {"published_at": A_MOMENT + timedelta(hours=pk), "title": f"第 {pk} 篇"} | facts
    return Article(pk=pk, **facts)


def newest(count, **facts):
    return [story(pk, **facts) for pk in range(count, 0, -1)]


def pin(pk, zone="lead", position=0, **facts):
    return FrontPageSlot(zone=zone, position=position, article_id=pk, **facts)


def page(slots=(), stories=(), channels=()):
    """The composition of `stories`; a strip shows those filed in its channel."""
    by_channel = {c: [s for s in stories if s.category_id == c.pk] for c in channels}
    pinned = {story.pk: story for story in stories}
    return compose(
        slots, pinned=pinned, newest=stories[: window(len(channels))], by_channel=by_channel
    )


def ids(stories):
    return [story.pk for story in stories]


def test_nothing_makes_an_empty_page():
    found = page()

    assert (found.lead, found.beside, found.strips, found.river) == (None, [], [], [])
    assert found.older is None


def test_without_pins_the_newest_come_first():
    found = page(stories=newest(8))

    assert found.lead.pk == 8
    assert ids(found.beside) == [7, 6, 5, 4]
    assert ids(found.river) == [3, 2, 1]


@pytest.mark.parametrize(
    ("facts", "lead"),
    [
        pytest.param({2: {"header_image": PICTURE}}, 2, id="with a picture before without"),
        pytest.param({2: {"header_image": DEAD}}, 3, id="a dead picture is none"),
        pytest.param({3: {"sponsored": True}}, 2, id="never sponsored"),
        pytest.param(
            {3: {"sponsored": True, "header_image": PICTURE}}, 2, id="sponsored with a picture"
        ),
        pytest.param(
            {1: {"header_image": PICTURE, "published_at": A_MOMENT - timedelta(days=9)}},
            3,
            id="a picture does not make up for days",
        ),
        pytest.param({n: {"sponsored": True} for n in (1, 2, 3)}, None, id="rather none"),
    ],
)
def test_the_lead_fills_itself_with_something_suitable(facts, lead):
    stories = [story(pk, **facts.get(pk, {})) for pk in (3, 2, 1)]

    found = page(stories=stories)

    assert (found.lead and found.lead.pk) == lead


def test_a_picture_too_far_down_does_not_lead():
    stories = [*newest(12)[:-1], story(1, header_image=PICTURE)]

    found = page(stories=stories)

    assert found.lead.pk == 12


def test_a_sponsored_story_leads_if_somebody_put_it_there():
    found = page([pin(1)], [story(2), story(1, sponsored=True)])

    assert found.lead.pk == 1


def test_pins_stand_where_they_were_put_and_the_rest_fills_itself():
    found = page([pin(1, "beside", 2), pin(3, "lead")], newest(8))

    assert found.lead.pk == 3
    assert ids(found.beside) == [8, 7, 1, 6]
    assert ids(found.river) == [5, 4, 2]


@pytest.mark.parametrize(
    ("slots", "beside"),
    [
        pytest.param([pin(1, "beside", 0), pin(2, "beside", 0)], [1, 2, 7, 6], id="place taken"),
        pytest.param([pin(1, "beside", 3), pin(2, "beside", 3)], [2, 7, 6, 1], id="round the end"),
        pytest.param([pin(1, "beside", 9)], [1, 7, 6, 5], id="a place that is none"),
        pytest.param([pin(99, "beside", 0)], [7, 6, 5, 4], id="not published"),
        pytest.param([pin(8, "beside", 0)], [8, 6, 5, 4], id="the newest itself"),
        pytest.param([pin(1, "beside", 0), pin(1, "beside", 2)], [1, 7, 6, 5], id="twice"),
        pytest.param([pin(n, "beside") for n in (1, 2, 3, 4, 5)], [1, 2, 3, 4], id="too many"),
    ],
)
def test_pins_find_a_place(slots, beside):
    found = page(slots, newest(8))

    assert ids(found.beside) == beside


def test_a_second_lead_is_a_story_like_others():
    found = page([pin(1), pin(2)], newest(3))

    assert (found.lead.pk, ids(found.beside)) == (1, [3, 2])


def test_a_strip_shows_its_channel_without_what_stands_above():
    stories = newest(20, category=CHIPS)
    stories[-1].category = CARS

    found = page(stories=stories, channels=[CHIPS, CARS])

    assert ids(found.river) == [15, 14, 13, 12, 11, 10, 9, 8, 7, 6]
    assert [(s.channel.name, ids(s.stories)) for s in found.strips] == [
        ("芯片", [5, 4, 3, 2]),
        ("汽车", [1]),
    ]
    assert found.older is None


def test_of_few_stories_the_newest_go_to_the_river_first():
    found = page(stories=newest(12, category=CHIPS), channels=[CHIPS])

    assert ids(found.river) == [7, 6, 5, 4, 3, 2]
    assert ids(found.strips[0].stories) == [1]


@pytest.mark.parametrize(
    ("count", "is_column"), [pytest.param(18, False, id="9"), pytest.param(19, True, id="10")]
)
def test_a_short_river_is_read_before_the_strips(count, is_column):
    found = page(stories=newest(count, category=CHIPS), channels=[CHIPS])

    order = ids(found.stories)
    assert found.has_column == is_column
    assert (order == sorted(order, reverse=True)) != is_column


def many_strips(count, *, river):
    """A page of `count` strips of one story each, and so many lines in its river."""
    channels = [Category(pk=pk, name=str(pk)) for pk in range(1, count + 1)]
    strips = [Strip(channel, newest(1)) for channel in channels]
    return FrontPage(lead=None, beside=[], strips=strips, river=newest(river), older=None)


@pytest.mark.parametrize(
    ("strips", "river", "is_column"),
    [(4, 10, True), (6, 14, False), (6, 15, True), (8, 19, False), (8, 20, True), (20, 20, True)],
)
def test_a_river_beside_many_strips_is_long_enough_for_them(strips, river, is_column):
    assert many_strips(strips, river=river).has_column is is_column


@pytest.mark.parametrize(
    ("strips", "river", "is_in_fours"),
    [
        *((count, 6, count in (4, 7, 8, 11, 12)) for count in range(13)),
        pytest.param(8, 20, False, id="beside a column"),
    ],
)
def test_strips_stand_four_in_a_row_where_that_leaves_less_empty(strips, river, is_in_fours):
    assert many_strips(strips, river=river).is_in_fours is is_in_fours


def test_a_channel_with_nothing_left_has_no_strip():
    found = page(stories=newest(3, category=CHIPS), channels=[CHIPS, CARS])

    assert found.strips == []


def test_a_strip_takes_a_pin_from_another_channel():
    stories = newest(14, category=CHIPS)

    found = page([pin(1, "strip", 1, channel=CARS)], stories, [CHIPS, CARS])

    assert [ids(strip.stories) for strip in found.strips] == [[3, 2], [1]]


def test_the_strip_of_a_channel_out_of_the_navigation_is_not_shown():
    found = page([pin(1, "strip", channel=CARS)], newest(6), [])

    assert found.strips == []
    assert ids(found.river) == [1]


@pytest.mark.parametrize(
    ("slot", "headline", "picture"),
    [
        pytest.param(pin(1), "第 1 篇", PICTURE, id="its own"),
        pytest.param(pin(1, headline="另一个标题"), "另一个标题", PICTURE, id="headline here"),
        pytest.param(pin(1, picture=OTHER), "第 1 篇", OTHER, id="picture here"),
        pytest.param(pin(1, picture=DEAD), "第 1 篇", PICTURE, id="a dead picture here"),
    ],
)
def test_a_place_may_have_its_own_words_and_picture(slot, headline, picture):
    found = page([slot], [story(1, header_image=PICTURE)])

    assert (found.lead.shown_headline, found.lead.shown_picture) == (headline, picture)


def test_what_fills_a_place_shows_its_own():
    found = page(stories=newest(40, header_image=PICTURE, category=CHIPS), channels=[CHIPS])

    assert {(s.shown_headline == s.title, s.shown_picture, s.slot) for s in found.stories} == {
        (True, PICTURE, None)
    }


def test_what_is_newer_than_the_end_of_the_river_stands_on_the_page():
    stories = newest(60)
    for one in stories:
        one.category = CHIPS if one.pk % 3 else CARS

    found = page([pin(2), pin(50, "strip", 3, channel=CARS)], stories, [CHIPS, CARS])

    end = found.river[-1]
    assert len(found.river) == RIVER
    assert found.older == Cursor(end.published_at, end.pk)
    assert {s.pk for s in stories if s.pk >= end.pk} <= set(ids(found.stories))
    assert len(set(ids(found.stories))) == len(found.stories)


@pytest.mark.parametrize(("count", "is_more"), [(25, False), (26, True)])
def test_the_page_leads_on_if_something_is_left(count, is_more):
    found = page(stories=newest(count))

    assert (found.older is not None) == is_more
