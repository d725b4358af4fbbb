"""A story scheduled in a real browser, to the second, and what readers see before and after."""

import pytest
from django.urls import reverse

from articles.desk import clock
from articles.desk.outlet_time import wall_time
from tests.timing import ahead, let_the_time_come

pytestmark = pytest.mark.browser


def test_ellen_schedules_a_story_and_readers_see_it_go_live(open_as, newsroom, ellen, approved):
    page, address = open_as("ellen"), newsroom + approved.get_absolute_url()
    moment = ahead().replace(microsecond=0)
    page.goto(newsroom + reverse("admin:articles_article_verb", args=[approved.pk, "schedule"]))
    page.fill("[name=at]", f"{wall_time(moment):%Y-%m-%dT%H:%M:%S}")
    with page.expect_navigation():
        page.click("form.desk-ask button[type=submit]")
    before = page.request.get(address).status

    approved.refresh_from_db()
    planned = approved.scheduled_at
    let_the_time_come(approved)
    clock.strike()

    assert (before, planned) == (404, moment)
    assert page.goto(address).status == 200
    assert approved.title in page.content()


def test_a_time_in_the_past_is_refused_on_the_page_with_what_was_typed(
    open_as, newsroom, ellen, approved
):
    page = open_as("ellen")
    page.goto(newsroom + reverse("admin:articles_article_verb", args=[approved.pk, "schedule"]))
    page.fill("[name=at]", "2001-05-01T08:00")

    with page.expect_navigation():
        page.click("form.desk-ask button[type=submit]")

    assert "已经过去" in page.content()
    assert page.input_value("[name=at]") == "2001-05-01T08:00"
