"""The network or the login is away, and nothing that is typed is lost."""

import pytest

from articles.desk import autosaving
from articles.models import Autosave
from tests.browser.autosave.windows import (
    EDITOR,
    SENTENCE,
    be_logged_out,
    copies,
    crash,
    log_in,
    notice,
    offer,
    says,
    until,
    wait_for,
    write,
)
from tests.browser.test_desk import paste

pytestmark = pytest.mark.browser


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
    be_logged_out()
    other = page.context.new_page()
    log_in(other, newsroom, "ellen")

    with page.expect_response("**/checks/") as asked:
        page.fill("[name=title]", "旺达的标题")
    wait_for(page, "warning")

    assert asked.value.ok
    assert token_of_the_browser(page) not in tokens_of(page)


def test_an_answer_to_wanda_that_comes_after_ellens_login_changes_no_form(
    open_as, look, newsroom, wanda, ellen, draft
):
    page, held = open_as("wanda"), []
    page.route("**/presence/", lambda route: held.append((route, route.fetch())))
    look(page, draft)
    until(page, lambda: held)
    be_logged_out()
    other = page.context.new_page()
    log_in(other, newsroom, "ellen")

    route, answer = held[0]
    route.fulfill(response=answer)
    until(page, lambda: len(held) == 2)  # whoever asks again has read the answer

    assert answer.ok
    assert token_of_the_browser(page) not in tokens_of(page)


def tokens_of(page):
    """What the forms of a page say."""
    fields = page.locator("[name=csrfmiddlewaretoken]")
    return fields.evaluate_all("all => all.map(field => field.value)")


def token_of_the_browser(page):
    """What the last login gave out."""
    return next(c["value"] for c in page.context.cookies() if c["name"] == "csrftoken")
