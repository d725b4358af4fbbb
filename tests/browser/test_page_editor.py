"""The editor of simple pages in a real browser: that of stories, and nobody's words are lost."""

import pytest
from playwright.sync_api import expect

from articles.models import Page
from tests import factories
from tests.browser.test_desk import press, step_into

pytestmark = [pytest.mark.browser, pytest.mark.any_database]


def test_the_chief_writes_a_page(newsroom, open_as, charlie):
    page = open_as("charlie")
    page.goto(f"{newsroom}/admin/articles/page/add/")

    page.locator("[name=title]").fill("关于我们")
    step_into(page.locator(".ProseMirror"))
    page.keyboard.type("七个人，三座城市。")
    page.locator("[name=_save]").click()

    expect(page.locator("#result_list")).to_contain_text("关于我们")
    assert Page.objects.get().body == "<p>七个人，三座城市。</p>"


def test_two_windows_of_one_page_lose_nothing(newsroom, open_as, charlie):
    stored = factories.page("关于我们", body="<p>七个人。</p>")
    address = f"{newsroom}/admin/articles/page/{stored.pk}/change/"
    mine, theirs = open_as("charlie"), open_as("charlie")
    for window, words in ((mine, "我写的。"), (theirs, "别人写的。")):
        window.goto(address)
        step_into(window.locator(".ProseMirror"))
        press(window, "ControlOrMeta+End")
        window.keyboard.type(words)
    theirs.locator("[name=_save]").click()
    expect(theirs.locator("#result_list")).to_contain_text("关于我们")

    mine.locator("[name=_save]").click()
    expect(mine.locator("[data-desk-meanwhile]")).to_contain_text("别人写的。")
    expect(mine.locator(".ProseMirror")).to_contain_text("我写的。")
    mine.locator("[name=_save]").click()
    expect(mine.locator("#result_list")).to_contain_text("关于我们")

    bodies = list(stored.versions.order_by("number").values_list("body", flat=True))
    assert bodies == [f"<p>七个人。{words}</p>" for words in ("", "别人写的。", "我写的。")]
