"""The front page arranged in a real browser: dragged, moved by keyboard, previewed, undone."""

import pytest
from django.urls import reverse

from articles.desk import front_page
from articles.desk.front_page import Place
from tests import factories
from tests.browser.test_desk_pages import LONG, TOO_WIDE

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

PAGE = reverse("desk_front_page")
LEAD, BESIDE = "[data-box='lead--0']", "[data-box='beside--0']"
SAID = "[data-desk-front-said]"
CHANGED = "[data-desk-front][data-changed]"


@pytest.fixture
def stories(newsroom):
    return factories.many_live(6)


@pytest.fixture
def arranging(open_as, newsroom, charlie, stories):
    page = open_as("charlie")
    page.goto(newsroom + PAGE)
    page.locator(f"{LEAD} [data-fill]", has_text=stories[5].title).wait_for()
    return page


def card(story):
    return f"[data-card='{story.pk}']"


def lead_of_the_preview(page, title):
    """Waits until the preview shows it first."""
    frame = page.frame_locator("iframe.desk-front-frame:not(.desk-front-coming)")
    return frame.locator("main .card__headline >> nth=0", has_text=title)


def put_online(page):
    with page.expect_navigation():
        page.click(".desk-front-bar button[type=submit]:not([data-act])")


def standing():
    return [(place.zone, place.position, place.story) for place in front_page.arrangement()]


def test_charlie_drags_a_story_into_the_lead_and_readers_see_it(arranging, newsroom, stories):
    page, story = arranging, stories[4]

    page.drag_and_drop(f"{card(story)} .desk-front-head", LEAD)
    lead_of_the_preview(page, story.title).wait_for()
    before = standing()
    put_online(page)

    assert (before, standing()) == ([], [("lead", 0, story.pk)])
    page.goto(newsroom)
    assert page.locator("main .card__headline").first.inner_text() == story.title


def test_a_change_is_undone(arranging, newsroom, stories):
    page, story = arranging, stories[0]
    page.select_option(f"{card(story)} select[name$=place]", "lead--0")
    put_online(page)

    with page.expect_navigation():
        page.click(".desk-front-changes button")

    assert standing() == []


def test_steps_are_taken_back_before_anything_is_online(arranging, stories):
    page, story = arranging, stories[0]
    page.select_option(f"{card(story)} select[name$=place]", "lead--0")
    page.locator(f"{LEAD} {card(story)}").wait_for()
    page.locator(CHANGED).wait_for()

    page.locator("h2").first.click()
    page.keyboard.press("Control+z")

    page.locator(f"[data-candidates] {card(story)}").wait_for()
    assert page.locator(CHANGED).count() == 0
    assert page.locator("[data-act=undo]").is_disabled()


def test_without_a_mouse_a_story_moves_up(arranging, stories):
    page, story = arranging, stories[0]
    page.select_option(f"{card(story)} select[name$=place]", "beside--0")

    page.focus(f"{card(story)} [data-act=up]")
    page.keyboard.press("Enter")

    page.locator(f"{LEAD} {card(story)}").wait_for()
    assert page.evaluate("document.activeElement.dataset.act") == "up"
    put_online(page)
    assert standing() == [("lead", 0, story.pk)]


def test_a_story_gives_way_to_another(arranging, stories):
    page, (first, second) = arranging, stories[:2]
    page.select_option(f"{card(first)} select[name$=place]", "lead--0")

    page.select_option(f"{card(second)} select[name$=place]", "lead--0")

    page.locator(SAID, has_text=f"《{first.title}》让出了位置").wait_for()
    put_online(page)
    assert standing() == [("lead", 0, second.pk)]


def test_what_has_its_time_shares_a_place(arranging, stories):
    page, (first, second) = arranging, stories[:2]
    page.select_option(f"{card(first)} select[name$=place]", "lead--0")
    page.locator(f"{card(second)} summary").click()
    page.fill(f"{card(second)} input[name$=ends_at]", "2099-01-01T08:00")

    page.select_option(f"{card(second)} select[name$=place]", "lead--0")
    put_online(page)

    assert standing() == [("lead", 0, second.pk), ("lead", 0, first.pk)]


def test_a_picture_of_the_library_is_chosen_and_the_choice_taken_back(arranging, stories):
    page, story = arranging, stories[0]
    picture = factories.picture(caption="新的生产线")
    page.select_option(f"{card(story)} select[name$=place]", "lead--0")
    page.locator(f"{card(story)} summary").click()
    field = page.locator(f"{card(story)} select[name$=picture]")

    page.locator(f"{card(story)} .select2-selection").click()
    page.locator(".select2-results__option", has_text="新的生产线").click()
    chosen = field.input_value()
    page.click("[data-act=undo]")

    assert (chosen, field.input_value()) == (str(picture.pk), "")


def test_what_was_searched_for_can_be_put_in(arranging, stories):
    page = arranging
    story = factories.live(title="芯片厂重启生产线")

    page.fill("[name=q]", "重启")
    page.press("[name=q]", "Enter")
    page.locator(SAID, has_text="找到 1 篇").wait_for()
    page.select_option(f"{card(story)} select[name$=place]", "lead--0")
    put_online(page)

    assert standing() == [("lead", 0, story.pk)]


def test_without_scripts_the_form_does_it(newsroom, look_without_scripts, stories):
    page = look_without_scripts(PAGE)

    page.select_option(f"{card(stories[0])} select[name$=place]", "beside--1")
    put_online(page)

    assert standing() == [("beside", 1, stories[0].pk)]


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_page_is_not_wider_than_the_window(open_as, newsroom, charlie, width):
    story = factories.live(title=LONG)
    front_page.arrange([Place("lead", story.pk, headline="a" * 150)], based_on=None, by=charlie)
    page = open_as("charlie")
    page.set_viewport_size({"width": width, "height": 800})

    page.goto(newsroom + PAGE)

    assert page.evaluate(TOO_WIDE) <= 0


def test_refused_breaking_news_begins_at_the_field_that_is_wrong(arranging):
    page = arranging
    page.click(".desk-front-breaking summary")
    page.fill("[name=breaking-text]", "卫星失联")
    page.fill("[name=breaking-link]", "https://wang:secret@example.org/")
    page.fill("[name=breaking-until]", "2099-01-01T08:00")

    with page.expect_navigation():
        page.click(".desk-front-breaking button[type=submit]")
    page.locator("[data-desk-front-preview]:not([hidden])").wait_for()

    assert page.evaluate("document.activeElement.name") == "breaking-link"
    assert page.locator(".desk-front-breaking .errorlist").is_visible()
    assert page.input_value("[name=breaking-text]") == "卫星失联"


def test_a_picture_is_offered_only_where_it_would_be_seen(arranging, stories):
    page, story = arranging, stories[0]
    offered = page.locator(f"{card(story)} [data-fact=picture] [data-offered]")
    reason = page.locator(f"{card(story)} [data-reason]")
    seen = []

    for place in ("lead--0", "beside--0"):
        page.select_option(f"{card(story)} select[name$=place]", place)
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        seen.append((offered.is_visible(), reason.is_visible()))

    assert seen == [(True, False), (False, True)]
