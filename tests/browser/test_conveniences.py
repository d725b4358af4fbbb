"""Conveniences of readers' pages in a real Chromium: a scheme, a link to pass on, keys, an age."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext

from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

COLOURS = "[...document.querySelectorAll('meta[name=theme-color]')].map(meta => meta.media)"
SHARING = "navigator.share = facts => { window.shared = facts; return Promise.resolve(); }"


@pytest.fixture
def stories(newsroom):
    return factories.many_live(3)


@pytest.fixture
def opened(chromium, newsroom, stories):
    """Opens a page in a browser of its own; nothing of our scripts may fail."""
    contexts, broken = [], []

    def opened(path="/archive/2026/03/", **facts):
        context = chromium.new_context(base_url=newsroom, **facts)
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert broken == []


@pytest.fixture
def story_page(opened, stories):
    """A story, opened where it is passed on."""
    page = opened()
    page.add_init_script(SHARING)
    page.goto(stories[0].get_absolute_url() + "?from=elsewhere#x")
    page.locator(".share summary").click()
    return page


def chosen(page):
    return page.evaluate("document.documentElement.dataset.theme ?? null")


def test_a_reader_goes_through_the_schemes_and_finds_the_chosen_one_again(opened):
    page = opened()
    switch = page.locator("[data-theme-switch]")
    seen = []

    for _press in range(3):
        switch.click()
        seen.append((chosen(page), switch.inner_text()))
    switch.click()
    page.goto("/")

    light = ("light", gettext("Colours: light"))
    dark = ("dark", gettext("Colours: dark"))
    assert seen == [light, dark, (None, gettext("Colours: as the system"))]
    assert (chosen(page), switch.inner_text()) == light


def test_the_browsers_own_colour_follows_the_choice(opened):
    page = opened()
    page.locator("[data-theme-switch]").click()
    light = page.evaluate(COLOURS)
    page.locator("[data-theme-switch]").click()

    dark = page.evaluate(COLOURS)

    assert (light, dark) == (["all", "not all"], ["not all", "all"])


def test_the_scheme_is_there_before_anything_is_painted(opened):
    page = opened()
    page.locator("[data-theme-switch]").click()
    early = "new MutationObserver((all, me) => { if (document.body) { me.disconnect();"
    early += " window.early = document.documentElement.dataset.theme } })"
    page.add_init_script(early + ".observe(document, {childList: true, subtree: true})")

    page.goto("/")

    assert page.evaluate("window.early") == "light"


def test_a_browser_without_storage_has_schemes_too(opened):
    page = opened()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('shut') }})"
    )
    page.goto("/")

    page.locator("[data-theme-switch]").click()

    assert chosen(page) == "light"


def test_without_scripts_no_button_is_there_that_does_nothing(opened, stories):
    page = opened(stories[0].get_absolute_url(), java_script_enabled=False)

    assert page.get_by_role("heading", level=1).inner_text() == "第 1 篇报道"
    assert page.locator("[data-theme-switch]").is_hidden()


def test_a_story_s_link_is_copied_without_what_hangs_on_it(story_page, newsroom, stories):
    story_page.get_by_role("button", name=gettext("Copy the link")).click()

    story_page.get_by_role("status").get_by_text(gettext("Link copied")).wait_for()
    copied = story_page.evaluate("navigator.clipboard.readText()")
    assert copied == newsroom + stories[0].get_absolute_url()


def test_a_story_is_given_to_what_the_device_shares_with(story_page, newsroom, stories):
    story_page.get_by_role("button", name=gettext("Share…")).click()

    shared = story_page.evaluate("window.shared")
    assert shared["url"] == newsroom + stories[0].get_absolute_url()
    assert shared["title"].startswith("第 1 篇报道")


def test_keys_lead_from_headline_to_headline(opened):
    page = opened()
    focused = "document.activeElement.textContent.trim()"
    headlines = page.locator("main :is(h2, h3) a")
    headlines.first.focus()
    start = page.evaluate(focused)

    page.keyboard.press("j")
    after = page.evaluate(focused)
    page.keyboard.press("k")

    assert after == headlines.nth(1).inner_text()
    assert page.evaluate(focused) == start


@pytest.mark.parametrize("key", ["Control+j", "Alt+j"])
def test_keys_with_others_held_are_the_browsers(opened, key):
    page = opened()
    page.locator("main :is(h2, h3) a").first.focus()
    before = page.evaluate("document.activeElement.href")

    page.keyboard.press(key)

    assert page.evaluate("document.activeElement.href") == before


def test_keys_do_nothing_where_no_headline_has_the_focus(opened):
    page = opened()

    page.keyboard.press("j")

    assert page.evaluate("document.activeElement === document.body")


def test_what_is_new_says_how_long_ago(opened, newsroom):
    story = factories.live(title="今早发布", at=timezone.now() - timedelta(hours=2))
    page = opened(story.get_absolute_url())

    ages = page.locator("time[title]").evaluate_all("all => all.map(time => time.title)")

    assert ages
    assert all("2小时前" in age for age in ages)
