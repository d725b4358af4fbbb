"""Nothing that is typed is lost: not with the browser, nor with the story."""

import re

import pytest

from articles.desk import assigning, autosaving
from articles.models import Article, Event, Revision
from tests import factories
from tests.browser.autosave.windows import (
    SENTENCE,
    STATUS,
    at_desk,
    copies,
    crash,
    offer,
    restore,
    says,
    until,
    wait_for,
    write,
)

pytestmark = pytest.mark.browser


def test_what_is_typed_is_kept_a_second_later_and_stands_in_no_history(open_as, look, wanda, draft):
    page = look(open_as("wanda"), draft)

    write(page)
    wait_for(page, "kept")

    assert SENTENCE in autosaving.kept_of(wanda, article=draft).content["body"][0]
    assert (Revision.objects.count(), Event.objects.count()) == (1, 1)
    assert re.search(r"\d\d:\d\d:\d\d", page.inner_text(STATUS))


def test_nothing_is_said_to_be_kept_that_was_typed_since(open_as, look, wanda, draft):
    page = look(open_as("wanda"), draft)
    held = []
    page.route("**/autosave/", lambda route: route.continue_() if held else held.append(route))
    write(page, "先打的。")
    until(page, lambda: held)
    write(page)

    held[0].continue_()
    wait_for(page, "kept")

    assert SENTENCE in at_desk(wanda, draft)


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


def test_what_the_desk_hears_while_the_next_page_is_on_its_way_is_offered_there(
    open_as, look, wanda, draft
):
    page = look(open_as("wanda"), draft)
    sent, pages, heard = [], [], []
    page.route("**/autosave/", lambda route: sent.append(route))  # noqa: PLW0108 - Playwright marks it
    page.route("**/change/", lambda route: pages.append((route, route.fetch())))
    page.route("**/heard/", lambda route: heard.append(route))  # noqa: PLW0108 - ditto
    page.evaluate("document.addEventListener('desk:kept', () => fetch('/heard/'))")
    write(page)

    page.evaluate("setTimeout(() => location.reload())")
    until(page, lambda: pages and sent)
    sent[0].continue_()
    until(page, lambda: heard)
    route, made_before = pages[0]
    route.fulfill(response=made_before)
    offer(page).wait_for()

    assert copies(page) == 1


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
