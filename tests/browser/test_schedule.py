"""A story scheduled in a real browser, seconds ahead, and what readers see before and after."""

from datetime import timedelta

import pytest
from django.urls import reverse

from articles.desk import clock
from articles.desk.outlet_time import wall_time
from tests.timing import ahead

pytestmark = pytest.mark.browser


def test_ellen_schedules_a_story_and_readers_see_it_go_live(open_as, newsroom, ellen, approved):
    page, address = open_as("ellen"), newsroom + approved.get_absolute_url()
    moment = ahead(timedelta(seconds=8))
    page.goto(newsroom + reverse("admin:articles_article_verb", args=[approved.pk, "schedule"]))
    page.fill("[name=at]", f"{wall_time(moment):%Y-%m-%dT%H:%M:%S}")
    with page.expect_navigation():
        page.click("form.desk-ask button[type=submit]")
    before = page.request.get(address).status

    page.wait_for_function(f"Date.now() > {moment.timestamp() * 1000}")
    clock.strike()

    assert before == 404
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
