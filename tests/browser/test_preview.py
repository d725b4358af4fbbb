"""A working copy in a real browser: beside the editor, and with a guest who has no account."""

import pytest
from django.urls import reverse

from articles.desk import writing
from articles.models import Note
from tests import factories
from tests.browser.autosave.windows import EDITOR, notice, wait_for, write

pytestmark = pytest.mark.browser


@pytest.fixture
def guest(chromium, newsroom):
    """A window of somebody without an account."""
    context = chromium.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def story(newsroom):
    factories.category("人工智能")
    return factories.draft(title="只给访客看的稿件")


def share(page, newsroom, story):
    """Make an address that takes comments, and return it."""
    page.goto(newsroom + reverse("admin:articles_article_previews", args=[story.pk]))
    page.check("[name=may_comment]", force=True)
    with page.expect_navigation():
        page.locator(".desk-sharing form button[type=submit]").first.click()
    made = page.locator("[data-copied]").input_value()
    return newsroom + "/preview/" + made.split("/preview/")[1]


def test_a_guest_reads_comments_and_is_shut_out(open_as, newsroom, guest, charlie, story):
    page = open_as("charlie")
    address = share(page, newsroom, story)

    opened = guest.goto(address)
    headline = guest.locator("h1").inner_text()
    guest.fill("[name=name]", "奥托")
    guest.fill("[name=text]", "第二段的数字请再核对。")
    with guest.expect_navigation():
        guest.click(".preview-form__send")
    with page.expect_navigation():
        page.locator("form[action*=revoke] button").click()
    refused = guest.goto(address)

    assert (opened.status, headline) == (200, "只给访客看的稿件")
    assert Note.objects.get().guest_name == "奥托"
    assert refused.status == 410
    assert guest.context.cookies() == []


def test_the_preview_follows_what_is_typed(open_as, newsroom, charlie, story):
    page = open_as("charlie")
    page.goto(newsroom + reverse("admin:articles_article_change", args=[story.pk]))
    page.locator("[data-desk-preview]").first.click()
    preview = page.frame_locator("iframe.desk-preview-frame").last

    page.fill("#id_title", "改过的标题")

    preview.locator("h1", has_text="改过的标题").wait_for()
    story.refresh_from_db()
    assert writing.working_snapshot(story).title == "只给访客看的稿件"


def test_a_preview_says_that_another_window_holds_the_text(open_as, newsroom, charlie, story):
    first = open_as("charlie")
    first.goto(newsroom + reverse("admin:articles_article_change", args=[story.pk]))
    first.wait_for_selector(EDITOR)
    write(first, "第一个窗口。")
    wait_for(first, "kept")
    second = first.context.new_page()
    second.goto(first.url)
    second.wait_for_selector(EDITOR)

    second.click("[data-desk-preview]")
    write(second, "第二个窗口。")
    said = second.locator(".desk-preview-said", has_text="没有收到")
    said.wait_for()
    notice(second, "standing").locator("button").first.click()
    wait_for(second, "kept")
    said.wait_for(state="detached")

    second.frame_locator(".desk-preview-frame").get_by_text("第二个窗口。").wait_for()
