"""What is typed while a form is on its way, or just before."""

import pytest
from django.urls import reverse

from articles.desk import autosaving
from articles.models import Article, Autosave, Conflict
from tests.browser.autosave.windows import (
    EDITOR,
    FULL,
    SENTENCE,
    at_desk,
    let_saves_hang,
    offer,
    restore,
    save_and_write,
    says,
    until,
    wait_for,
    write,
    write_beyond_the_desk,
)

pytestmark = pytest.mark.browser


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
    held[0].abort("aborted")

    page.wait_for_function("heard.length")
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
    with page.expect_event("dialog"):
        page.evaluate("setTimeout(() => location.reload())")

    assert asked == ["beforeunload"]


def test_the_last_keystrokes_before_a_form_is_sent_count(open_as, look, wanda, draft):
    page = open_as("wanda")
    page.route("**/presence/", lambda route: route.abort())  # after an answer it is not asked first
    look(page, draft)
    page.evaluate("document.querySelector('[name=source_url]').value = 'no address'")
    write_beyond_the_desk(page, "先写这一句。")
    page.unroute("**/autosave/")

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
