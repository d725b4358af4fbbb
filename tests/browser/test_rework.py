"""A live story is reworked in a real browser: readers keep what they have until it is published."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.browser


def test_readers_keep_the_live_text_until_the_new_one_is_published(open_as, newsroom, live, ellen):
    page, reader = open_as("ellen"), open_as("ellen")
    page.goto(newsroom + reverse("admin:articles_article_change", args=[live.pk]))

    page.fill("#id_title", "改写后的标题")
    with page.expect_navigation():
        page.click("[data-desk-save]")
    reader.goto(newsroom + live.get_short_url())
    meanwhile = reader.locator("h1").inner_text()
    with page.expect_navigation():
        page.locator('.desk-bar button[name="_verb"][value="approve_and_publish"]').click()
    reader.goto(newsroom + live.get_short_url())

    assert meanwhile == "芯片厂重启生产线"
    assert reader.locator("h1").inner_text() == "改写后的标题"
