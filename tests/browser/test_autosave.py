"""Nothing that is typed is lost: not with the browser, the network, the login or the memory."""

import re
from contextlib import suppress

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Error

from articles.desk import assigning, autosaving, writing
from articles.models import Article, Autosave, Conflict, Event, Revision, User
from tests import factories
from tests.browser.test_desk import paste, press, settle

pytestmark = pytest.mark.browser

PASSWORD = "a-long-password-1"
EDITOR = ".desk-editor .ProseMirror"
STATUS = "[data-desk-status]"
SENTENCE = "停产以后的第一句话。"
# The memory of a browser that has no room for texts.
FULL = """
const store = Storage.prototype.setItem
Storage.prototype.setItem = function (key, value) {
  if (key.startsWith("desk-text:")) throw new DOMException("full", "QuotaExceededError")
  store.call(this, key, value)
}
"""


@pytest.fixture
def look(newsroom):
    """Open the form of a story, or of a new one, and wait until its scripts are at work."""

    def looked(page, story=None, query=""):
        address = reverse("admin:articles_article_add")
        if story:
            address = reverse("admin:articles_article_change", args=[story.pk])
        page.goto(newsroom + address + query)
        page.wait_for_selector(EDITOR)
        return page

    return looked


def write(page, text=SENTENCE):
    page.locator(EDITOR).click()
    settle(page)
    press(page, "Control+End")
    page.keyboard.type(text)


def wait_for(page, kind):
    """Wait until the bar says that the text is kept, or where it is instead."""
    page.wait_for_selector(f"{STATUS}[data-kind={kind}]")


def notice(page, name):
    return page.locator(f"[data-notice={name}]")


def offer(page):
    return page.locator(".desk-offer:visible")


def restore(page):
    """Go on with the text the desk offers."""
    with page.expect_navigation():
        page.click(".desk-offer [data-desk-restore]")
    wait_for(page, "kept")


def says(page):
    """What the body of the form on a page says."""
    return page.input_value("textarea[name=body]")


def copies(page):
    """How many texts the browser keeps."""
    return page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('desk-text:')).length")


def texts(page):
    """The bodies of the texts the browser keeps."""
    return page.evaluate(
        "Object.entries(localStorage).filter(([key]) => key.startsWith('desk-text:'))"
        ".map(([, text]) => JSON.parse(text).content.body[0]).join()"
    )


def write_beyond_the_desk(page, text):
    """The desk hears nothing of this page any more."""
    page.route("**/autosave/", lambda route: route.abort())
    write(page, text)
    wait_for(page, "warning")


def let_saves_hang(page):
    """Sent forms wait for an answer; the list of them fills."""
    held = []

    def hold(route):
        is_form = route.request.method == "POST" and route.request.url.endswith("/change/")
        held.append(route) if is_form else route.continue_()

    page.route("**/change/", hold)
    return held


def save_and_write(page, held, text=SENTENCE, *, then="null"):
    """Press the button and go on typing, until the form is on its way and the text is in the form.

    Meanwhile nobody can ask the page anything.
    """
    page.evaluate(
        """([text, then]) => {
          const editor = document.querySelector("textarea[data-desk-body]").deskEditor
          setTimeout(() => document.querySelector("[data-desk-save]").click(), 50)
          setTimeout(() => then && window.stop(), 600)
          setTimeout(() => editor.commands.insertContent(text), 700)
        }""",
        [text, then == "stop"],
    )
    until(page, lambda: held)
    page.wait_for_timeout(1000)


def until(page, is_so):
    """Let the page work until the desk says so."""
    for _ in range(100):
        if is_so():
            return
        page.wait_for_timeout(100)
    pytest.fail("it did not come about in ten seconds")


def at_desk(user, story):
    """The body that the desk keeps of what somebody typed."""
    kept = autosaving.kept_of(user, article=story)
    return kept.content["body"][0] if kept else ""


def crash(page):
    """The process of this page dies; no script of it gets to say goodbye."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")


def be_logged_out():
    Session.objects.all().delete()


def log_in(page, newsroom, username):
    """Through the page that asks for the password, which gives out another token."""
    user = User.objects.get(username=username)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    page.goto(f"{newsroom}/admin/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(f"{newsroom}/admin/")


def test_what_is_typed_is_kept_a_second_later_and_stands_in_no_history(open_as, look, wanda, draft):
    page = look(open_as("wanda"), draft)

    write(page)
    wait_for(page, "kept")

    assert SENTENCE in autosaving.kept_of(wanda, article=draft).content["body"][0]
    assert (Revision.objects.count(), Event.objects.count()) == (1, 1)
    assert re.search(r"\d\d:\d\d:\d\d", page.inner_text(STATUS))


def test_a_killed_browser_loses_nothing(open_as, look, wanda, draft):
    page = look(open_as("wanda"), draft)
    write(page)
    wait_for(page, "kept")
    crash(page)

    page = look(open_as("wanda"), draft)
    offered = offer(page).inner_text()
    before = says(page)
    page.click(".desk-offer [href*=compare]")
    page.locator("ins", has_text=SENTENCE).first.wait_for()
    marked = page.locator("ins", has_text=SENTENCE).count()
    page.click(".desk-button-primary")
    wait_for(page, "kept")

    draft.refresh_from_db()
    assert "1" in offered
    assert marked == 1
    assert SENTENCE not in before
    assert SENTENCE in says(page)
    assert SENTENCE not in draft.body


def test_a_recovered_text_that_is_saved_is_the_working_copy_and_offered_no_more(
    open_as, look, wanda, draft
):
    page = look(open_as("wanda"), draft)
    write(page)
    wait_for(page, "kept")
    crash(page)
    page = look(open_as("wanda"), draft, "?kept=1")

    with page.expect_navigation():
        page.click("[data-desk-save]")
    look(page, draft)

    draft.refresh_from_db()
    assert SENTENCE in draft.body
    assert offer(page).count() == 0
    assert autosaving.unsaved_of(wanda) == []


def test_what_is_typed_in_the_last_moment_is_kept(open_as, look, wanda, draft):
    page = look(open_as("wanda"), draft)
    write(page)

    look(page, draft)
    offer(page).wait_for()

    assert offer(page).count() == 1
    assert copies(page) <= 1


def test_nobody_is_asked_whether_to_leave_what_is_kept(open_as, look, newsroom, wanda, draft):
    page = look(open_as("wanda"), draft)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    write(page)
    page.goto(f"{newsroom}/admin/")

    assert asked == []


def test_a_new_story_survives_too(open_as, look, wanda, category):
    page = look(open_as("wanda"))
    page.fill("#id_title", "还没有保存过的新稿")
    write(page)
    wait_for(page, "kept")
    crash(page)

    page = look(open_as("wanda"))
    restore(page)
    title = page.input_value("#id_title")
    page.click("[data-desk-save]")
    page.wait_for_url("**/change/")

    assert title == "还没有保存过的新稿"
    assert SENTENCE in Article.objects.get().body
    assert autosaving.unsaved_of(wanda) == []


def test_the_first_page_lists_what_only_the_browser_has(
    open_as, look, newsroom, wanda, draft, category
):
    page = look(open_as("wanda"))
    page.context.set_offline(True)
    page.fill("#id_title", "断网时写的新稿")
    write(page)
    wait_for(page, "warning")
    crash(page)
    other = page.context.new_page()
    page.close()
    other.context.set_offline(False)

    other.goto(f"{newsroom}/admin/")
    listed = other.locator("[data-desk-copies] li").all_inner_texts()
    other.click("[data-desk-copies] [data-act=open]")
    other.click(".desk-button-primary")
    wait_for(other, "kept")
    restored = other.input_value("#id_title")
    other.goto(f"{newsroom}/admin/")
    other.wait_for_load_state()

    assert len(listed) == 1
    assert "断网时写的新稿" in listed[0]
    assert restored == "断网时写的新稿"
    assert not other.locator("[data-desk-copies]").is_visible()


@pytest.fixture
def lost(open_as, look, wanda, walter, ellen):
    """A page of Wanda's with text that only her browser has, of a story that is Walter's by now."""
    story = factories.draft(title="沃尔特的标题")
    assigning.assign(story, to=wanda, due_at=None, by=ellen)
    page = look(open_as("wanda"), story)
    assigning.assign(story, to=walter, due_at=None, by=ellen)
    page.fill("[name=title]", "旺达的标题")
    write(page)
    wait_for(page, "warning")
    return page


def test_what_only_the_browser_has_of_a_lost_story_becomes_a_new_one(lost, newsroom):
    lost.goto(f"{newsroom}/admin/")
    lost.click("[data-desk-copies] [data-act=open]")
    lost.wait_for_url("**/compare/")
    shown = lost.inner_text("body")

    lost.click(".desk-button-primary")
    wait_for(lost, "kept")

    assert SENTENCE in shown
    assert "沃尔特" not in shown
    assert lost.input_value("#id_title") == "旺达的标题"
    assert SENTENCE in says(lost)
    assert copies(lost) == 0


def test_what_only_the_browser_has_of_a_lost_story_is_thrown_away(lost, newsroom):
    lost.goto(f"{newsroom}/admin/")

    lost.click("[data-desk-copies] summary")
    lost.click("[data-desk-copies] [data-act=discard]")

    assert not lost.locator("[data-desk-copies]").is_visible()
    assert copies(lost) == 0


def test_with_the_network_away_the_browser_keeps_it_and_says_so(open_as, look, wanda, draft):
    page = look(open_as("wanda"), draft)

    page.context.set_offline(True)
    write(page)
    wait_for(page, "warning")
    told = notice(page, "standing").inner_text()
    kept_here, at_desk = copies(page), Autosave.objects.count()
    page.context.set_offline(False)
    wait_for(page, "kept")

    assert "浏览器" in told
    assert (kept_here, at_desk) == (1, 0)
    assert copies(page) == 0
    assert notice(page, "standing").count() == 0
    assert SENTENCE in autosaving.kept_of(wanda, article=draft).content["body"][0]


def test_a_crash_without_a_network_loses_nothing_either(open_as, look, wanda, draft):
    page = look(open_as("wanda"), draft)
    context = page.context
    context.set_offline(True)
    write(page)
    wait_for(page, "warning")
    crash(page)
    other = context.new_page()
    page.close()
    context.set_offline(False)

    look(other, draft)
    offered = offer(other).inner_text()
    offer(other).locator("[data-act=compare]").click()
    marked = other.locator("ins", has_text=SENTENCE).count()
    other.click(".desk-button-primary")
    wait_for(other, "kept")

    assert "浏览器" in offered
    assert marked == 1
    assert SENTENCE in says(other)
    assert SENTENCE in autosaving.kept_of(wanda, article=draft).content["body"][0]
    assert copies(other) == 0


def test_a_form_is_not_sent_into_a_network_that_is_away(open_as, look, wanda, draft):
    page = look(open_as("wanda"), draft)
    address = page.url
    page.context.set_offline(True)
    write(page)
    wait_for(page, "warning")

    page.click("[data-desk-save]")
    notice(page, "notSent").wait_for()
    stayed = (page.url, SENTENCE in says(page))
    page.context.set_offline(False)
    wait_for(page, "kept")
    with page.expect_navigation():
        page.click("[data-desk-save]")

    draft.refresh_from_db()
    assert stayed == (address, True)
    assert SENTENCE in draft.body


def test_a_login_that_ends_while_somebody_types_costs_nothing(
    open_as, look, newsroom, wanda, draft
):
    page = look(open_as("wanda"), draft)
    be_logged_out()
    write(page)
    wait_for(page, "warning")
    told = notice(page, "standing").inner_text()
    page.click("[data-desk-save]")
    notice(page, "notSent").wait_for()
    stayed = SENTENCE in says(page)

    other = page.context.new_page()
    log_in(other, newsroom, "wanda")
    other.close()
    wait_for(page, "kept")
    with page.expect_navigation():
        page.click("[data-desk-save]")
    page.wait_for_selector(EDITOR)

    draft.refresh_from_db()
    assert "登录" in told
    assert stayed
    assert SENTENCE in draft.body
    assert copies(page) == 0


def test_after_another_login_the_whole_screen_goes_on(open_as, look, newsroom, wanda, draft):
    page = look(open_as("wanda"), draft)
    be_logged_out()
    other = page.context.new_page()
    log_in(other, newsroom, "wanda")
    other.close()
    refused = []
    page.on("response", lambda answer: answer.status == 403 and refused.append(answer.url))

    write(page)
    page.fill("[name=title]", "")
    page.locator("[data-check=title]").wait_for()
    paste(page, '<p class="MsoNormal"><b>贴进来的字。</b></p>')
    wait_for(page, "kept")

    assert refused == []
    assert "贴进来的字。" in says(page)


def test_whoever_logs_in_next_is_shown_nothing_and_given_nothing(
    open_as, look, newsroom, wanda, ellen, draft
):
    page = look(open_as("wanda"), draft)
    be_logged_out()
    write(page)
    wait_for(page, "warning")
    other = page.context.new_page()
    log_in(other, newsroom, "ellen")
    write(page, "再打一句。")
    page.wait_for_function(
        "document.querySelector('[data-notice]').textContent.includes('另一个人')"
    )

    look(other, draft)

    assert offer(other).count() == 0
    assert Autosave.objects.count() == 0
    assert copies(page) == 1


def test_a_page_of_wandas_sends_nothing_as_ellen(open_as, look, newsroom, wanda, ellen, draft):
    page = look(open_as("wanda"), draft)
    tokens = "Array.from(document.querySelectorAll('[name=csrfmiddlewaretoken]'), f => f.value)"
    before = page.evaluate(tokens)
    be_logged_out()
    other = page.context.new_page()
    log_in(other, newsroom, "ellen")

    with page.expect_response("**/checks/") as asked:
        page.fill("[name=title]", "旺达的标题")
    wait_for(page, "warning")

    assert asked.value.ok
    assert page.evaluate(tokens) == before


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

    page.evaluate("setTimeout(() => location.reload())")
    page.wait_for_timeout(500)

    assert "没有存在任何地方" in told
    assert asked == ["beforeunload"]


def test_ellen_is_seen_within_ten_seconds_and_so_is_what_she_saves(
    open_as, look, wanda, ellen, draft
):
    page = look(open_as("wanda"), draft)
    editor = look(open_as("ellen"), draft)

    write(editor)
    page.wait_for_selector(".desk-person[data-writing=true]", timeout=10_000)
    present = page.inner_text("[data-desk-present]")
    editor.click("[data-desk-save]")
    notice(page, "newer").wait_for(timeout=10_000)
    told = notice(page, "newer").inner_text()
    editor.goto("about:blank")
    page.wait_for_selector(".desk-person", state="detached", timeout=10_000)

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


def test_what_is_typed_while_a_save_hangs_is_kept(open_as, look, wanda, draft):
    page = look(open_as("wanda"), draft)
    write(page, "先存这一句。")
    wait_for(page, "kept")
    held = let_saves_hang(page)

    save_and_write(page, held)
    until(page, lambda: SENTENCE in at_desk(wanda, draft))
    held[0].continue_()
    offer(page).wait_for()

    draft.refresh_from_db()
    assert "先存这一句。" in draft.body
    assert SENTENCE not in draft.body
    assert SENTENCE in at_desk(wanda, draft)
    assert offer(page).count() == 1


def test_what_is_typed_while_a_save_hangs_does_not_collide_with_it(open_as, look, wanda, draft):
    page = look(open_as("wanda"), draft)
    write(page, "先存这一句。")
    wait_for(page, "kept")
    held = let_saves_hang(page)
    save_and_write(page, held)
    until(page, lambda: SENTENCE in at_desk(wanda, draft))
    held[0].continue_()
    offer(page).wait_for()
    page.unroute_all()

    restore(page)
    with page.expect_navigation():
        page.click("[data-desk-save]")

    draft.refresh_from_db()
    assert SENTENCE in draft.body
    assert not Conflict.objects.exists()


def test_a_save_that_is_stopped_after_the_desk_took_it_collides_with_nothing(
    open_as, look, wanda, draft
):
    page = look(open_as("wanda"), draft)
    write(page, "先存这一句。")
    wait_for(page, "kept")
    held = let_saves_hang(page)
    save_and_write(page, held, then="stop")
    until(page, lambda: SENTENCE in at_desk(wanda, draft))
    held[0].fetch(max_redirects=0)
    page.unroute_all()

    with page.expect_navigation():
        page.click("[data-desk-save]")

    draft.refresh_from_db()
    assert draft.revisions.count() == 3
    assert SENTENCE in draft.body
    assert not Conflict.objects.exists()


def test_a_save_that_is_stopped_stops_nothing_else(open_as, look, wanda, draft):
    page = look(open_as("wanda"), draft)
    write(page, "先存这一句。")
    wait_for(page, "kept")
    held = let_saves_hang(page)

    save_and_write(page, held, then="stop")
    until(page, lambda: SENTENCE in at_desk(wanda, draft))
    page.unroute_all()
    with page.expect_navigation():
        page.click("[data-desk-save]")
    page.wait_for_selector(EDITOR)

    draft.refresh_from_db()
    assert SENTENCE in draft.body
    assert offer(page).count() == 0
    assert autosaving.unsaved_of(wanda) == []


def test_a_refused_form_does_not_bury_what_was_typed_meanwhile(open_as, look, wanda, draft):
    page = look(open_as("wanda"), draft)
    page.evaluate("document.querySelector('[name=source_url]').value = 'no address'")
    write(page, "先存这一句。")
    wait_for(page, "kept")
    held = let_saves_hang(page)

    save_and_write(page, held)
    until(page, lambda: SENTENCE in at_desk(wanda, draft))
    held[0].continue_()
    wait_for(page, "warning")
    write(page, "改好以后再写。")
    page.wait_for_timeout(2500)

    assert SENTENCE in at_desk(wanda, draft)


def test_the_preview_hears_which_window_it_was_whose_text_the_desk_has(open_as, look, wanda, draft):
    page = look(open_as("wanda"), draft)
    page.evaluate(
        """window.heard = []
        document.addEventListener("desk:kept", ({ detail }) => heard.push(detail.tab))"""
    )
    tab = page.input_value("[name=autosave_tab]")
    slow = []

    def hold(route):
        slow.append(route)

    page.route("**/autosave/", hold)
    held = let_saves_hang(page)
    write(page, "先存这一句。")
    until(page, lambda: slow)

    save_and_write(page, held)
    slow[0].continue_()
    until(page, lambda: "先存这一句。" in at_desk(wanda, draft))
    page.wait_for_timeout(500)
    held[0].abort("aborted")

    assert page.evaluate("heard")[0] == tab


def test_without_a_memory_whoever_leaves_a_save_that_hangs_is_asked(open_as, look, wanda, draft):
    page = open_as("wanda")
    page.add_init_script(FULL)
    look(page, draft)
    write(page, "先存这一句。")
    wait_for(page, "kept")
    held = let_saves_hang(page)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.route("**/autosave/", lambda route: route.abort())

    save_and_write(page, held, then="stop")
    page.evaluate("setTimeout(() => location.reload())")
    page.wait_for_timeout(1000)

    assert asked == ["beforeunload"]


def test_the_last_keystrokes_before_a_form_is_sent_count(open_as, look, wanda, draft):
    page = look(open_as("wanda"), draft)
    page.evaluate("document.querySelector('[name=source_url]').value = 'no address'")
    write_beyond_the_desk(page, "先写这一句。")
    page.unroute_all()

    page.evaluate(
        """text => {
          const editor = document.querySelector("textarea[data-desk-body]").deskEditor
          const ask = window.fetch
          window.fetch = async (address, asked) => {
            const answer = await ask(address, asked)
            if (address.endsWith("/autosave/")) editor.commands.insertContent(text)
            return answer
          }
          setTimeout(() => document.querySelector("[data-desk-save]").click(), 50)
        }""",
        SENTENCE,
    )
    page.wait_for_selector(".desk-wrong")
    wait_for(page, "kept")

    assert SENTENCE in says(page)
    assert SENTENCE in at_desk(wanda, draft)


def test_going_back_after_a_save_makes_nothing_unsaved(open_as, newsroom, look, wanda):
    page = look(open_as("wanda"))
    page.fill("[name=title]", "刚写完的新稿")
    write(page)
    with page.expect_navigation():
        page.click("[data-desk-save]")
    page.wait_for_selector(EDITOR)

    page.go_back()
    page.wait_for_selector(EDITOR)
    page.wait_for_timeout(3000)
    page.goto(newsroom + reverse("admin:index"))

    assert Article.objects.count() == 1
    assert not Autosave.objects.unsaved().exists()
    assert page.locator("text=刚写完的新稿").count() == 1
