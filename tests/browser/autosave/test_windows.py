"""Windows of one person or of two, and an older text that comes back."""

import pytest

from articles.desk import autosaving, writing
from tests.browser.autosave.windows import (
    FULL,
    STATUS,
    copies,
    crash,
    notice,
    offer,
    restore,
    says,
    texts,
    wait_for,
    write,
    write_beyond_the_desk,
)

pytestmark = pytest.mark.browser


def test_another_window_of_ones_own_is_told_and_overwrites_nothing(open_as, look, wanda, draft):
    first = look(open_as("wanda"), draft)
    write(first, "第一个窗口。")
    wait_for(first, "kept")
    second = look(first.context.new_page(), draft)
    write(second, "第二个窗口。")
    wait_for(second, "warning")
    before = autosaving.kept_of(wanda, article=draft).content["body"][0]

    notice(second, "standing").locator("button").first.click()
    wait_for(second, "kept")

    after = autosaving.kept_of(wanda, article=draft).content["body"][0]
    assert "第一个窗口。" in before
    assert "第二个窗口。" in after
    assert "第一个窗口。" in says(first)


def test_going_on_with_the_desks_text_leaves_the_newer_one_of_the_browser(
    open_as, look, newsroom, wanda, draft
):
    page = look(open_as("wanda"), draft)
    write(page, "新闻部有的。")
    wait_for(page, "kept")
    page.context.set_offline(True)
    write(page, "只有浏览器有的。")
    wait_for(page, "warning")
    crash(page)
    other = page.context.new_page()
    page.close()
    other.context.set_offline(False)

    other.goto(f"{newsroom}/admin/")
    other.click(".desk-unsaved a")
    wait_for(other, "kept")
    look(other, draft)

    assert "只有浏览器有的。" in texts(other)
    assert offer(other).filter(has_text="浏览器").count() == 1


def test_going_on_here_leaves_what_only_the_other_window_has(open_as, look, wanda, draft):
    first = look(open_as("wanda"), draft)
    write(first, "第一个窗口。")
    wait_for(first, "kept")
    write_beyond_the_desk(first, "网断以后。")
    second = look(first.context.new_page(), draft)
    write(second, "第二个窗口。")
    wait_for(second, "warning")

    notice(second, "standing").locator("button").first.click()
    wait_for(second, "kept")

    assert "网断以后。" in texts(second)


def test_without_a_memory_the_desk_keeps_it_and_without_both_the_browser_asks(
    open_as, look, newsroom, wanda, draft
):
    page = open_as("wanda")
    page.add_init_script(FULL)
    look(page, draft)
    write(page)
    wait_for(page, "kept")
    page.context.set_offline(True)
    write(page, "又一句。")
    wait_for(page, "error")
    told = notice(page, "standing").inner_text()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    with page.expect_event("dialog"):
        page.evaluate("setTimeout(() => location.reload())")

    assert "没有存在任何地方" in told
    assert asked == ["beforeunload"]


# Every four seconds a window says that it is there and hears of the others: two make eight.
# Here seconds are tenths, lest the machine be measured.
HURRY = """
const later = window.setTimeout
window.setTimeout = (act, pause, ...more) => {
  if (pause === 4_000) window.isHurried = true
  return later(act, pause === 4_000 ? 400 : pause, ...more)
}
"""


def test_ellen_is_seen_within_ten_seconds_and_so_is_what_she_saves(
    open_as, look, wanda, ellen, draft
):
    page, editor = open_as("wanda"), open_as("ellen")
    for window in (page, editor):
        window.add_init_script(HURRY)
        look(window, draft)
        window.wait_for_function("window.isHurried")

    write(editor)
    page.wait_for_selector(".desk-person[data-writing=true]")
    present = page.inner_text("[data-desk-present]")
    editor.click("[data-desk-save]")
    notice(page, "newer").wait_for()
    told = notice(page, "newer").inner_text()
    editor.goto("about:blank")
    page.wait_for_selector(".desk-person", state="detached")

    assert present == "Ellen正在编辑"
    assert "Ellen" in told
    assert "2" in told


def test_what_was_undone_is_kept_no_more(open_as, look, wanda, draft):
    page = look(open_as("wanda"), draft)
    write(page, "字")
    wait_for(page, "kept")

    page.keyboard.press("Backspace")
    page.wait_for_function(f"document.querySelector('{STATUS}').textContent === ''")

    assert autosaving.kept_of(wanda, article=draft) is None
    assert copies(page) == 0


def test_a_text_based_on_an_older_revision_does_not_overwrite_the_newer_one(
    open_as, look, wanda, ellen, draft
):
    page = look(open_as("wanda"), draft)
    write(page)
    wait_for(page, "kept")
    crash(page)
    writing.revise(draft, writing.working_snapshot(draft).changed(title="艾伦的标题"), by=ellen)

    page = look(open_as("wanda"), draft)
    offered = offer(page).inner_text()
    restore(page)
    with page.expect_navigation():
        page.click("[data-desk-save]")

    draft.refresh_from_db()
    assert "Ellen" in offered
    assert draft.title == "艾伦的标题"
