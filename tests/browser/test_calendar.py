"""The calendar in a real browser: dragged to another day, refused, and moved by keyboard."""

from datetime import timedelta

import pytest
from django.urls import reverse

from articles.desk import review, scheduling
from articles.desk.outlet_time import wall_time
from tests import factories
from tests.browser.autosave.windows import log_in
from tests.timing import DAY, ahead

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

SAID = "[data-desk-calendar-said]"


@pytest.fixture
def scheduled(newsroom):
    """A story that goes live on Wednesday of a week to come."""
    moment = ahead(14 * DAY)
    moment += timedelta(days=2 - wall_time(moment).weekday())
    return scheduling.schedule(review.approve(factories.draft(), by=None), at=moment, by=None)


def open_week(page, newsroom, story):
    year, number, _day = wall_time(story.scheduled_at).isocalendar()
    page.goto(newsroom + reverse("desk_calendar_week", args=[year, number]))


def day(page, moment):
    return page.locator(f"td[data-day='{wall_time(moment):%Y-%m-%d}']")


def test_ellen_drags_a_story_to_another_day(open_as, newsroom, ellen, scheduled):
    page, before = open_as("ellen"), scheduled.scheduled_at
    open_week(page, newsroom, scheduled)

    page.locator(".desk-entry").drag_to(day(page, before + DAY))

    page.locator(SAID, has_text="已改到").wait_for()
    scheduled.refresh_from_db()
    assert scheduled.scheduled_at == before + DAY
    assert day(page, before + DAY).locator(".desk-entry").count() == 1


def test_ellen_drags_a_story_after_she_logged_in_again(open_as, newsroom, ellen, scheduled):
    page, before = open_as("ellen"), scheduled.scheduled_at
    open_week(page, newsroom, scheduled)
    log_in(page.context.new_page(), newsroom, "ellen")

    page.locator(".desk-entry").drag_to(day(page, before + DAY))

    page.locator(SAID, has_text="已改到").wait_for()


def test_a_refused_story_returns_to_its_day(open_as, newsroom, ellen, scheduled):
    page, before = open_as("ellen"), scheduled.scheduled_at
    open_week(page, newsroom, scheduled)
    scheduling.unschedule(scheduled, by=None)

    page.locator(".desk-entry").drag_to(day(page, before + DAY))

    page.locator(f"{SAID}[data-refused]", has_text="别人改过").wait_for()
    assert day(page, before).locator(".desk-entry").count() == 1
    assert day(page, before + DAY).locator(".desk-entry").count() == 0


def test_without_a_mouse_the_form_moves_it(open_as, newsroom, ellen, scheduled):
    page, before = open_as("ellen"), scheduled.scheduled_at
    open_week(page, newsroom, scheduled)

    page.locator(".desk-entry-move summary").focus()
    page.keyboard.press("Enter")
    page.fill(".desk-entry-move input[name=at]", f"{wall_time(before + DAY):%Y-%m-%dT09:30}")
    with page.expect_navigation():
        page.click(".desk-entry-move button")

    scheduled.refresh_from_db()
    assert f"{wall_time(scheduled.scheduled_at):%H:%M}" == "09:30"
    assert day(page, before + DAY).locator(".desk-entry").count() == 1
