"""The editor of simple pages in a real browser: that of stories, with nothing else around it."""

import pytest
from playwright.sync_api import expect

from articles.models import Page

pytestmark = [pytest.mark.browser, pytest.mark.any_database]


def test_the_chief_writes_a_page(newsroom, open_as, charlie):
    page = open_as("charlie")
    page.goto(f"{newsroom}/admin/articles/page/add/")

    page.locator("[name=title]").fill("关于我们")
    page.locator(".ProseMirror").click()
    page.keyboard.type("七个人，三座城市。")
    page.locator("[name=_save]").click()

    expect(page.locator("#result_list")).to_contain_text("关于我们")
    assert Page.objects.get().body == "<p>七个人，三座城市。</p>"
