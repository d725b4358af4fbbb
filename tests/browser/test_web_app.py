"""The site as an app in a real Chromium: what was read opens without a network, nothing else."""

import time

import pytest
from django.utils.translation import gettext

from articles.desk import publishing
from articles.images import intake, recipes, renditions
from articles.models import Article
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

KEPT = """
caches.open("stories").then(cache => cache.keys())
    .then(keys => keys.map(({url}) => decodeURI(url.slice(location.origin.length))))
"""
PICTURES = """
address => caches.open(location.origin + encodeURI(address)).then(cache => cache.keys())
    .then(keys => keys.map(({url}) => url.slice(location.origin.length)))
"""
SHOWN = """
[...document.querySelectorAll(":is(.story__picture, .prose) img")]
    .map(img => img.complete && img.naturalWidth > 0)
"""
LOOKED = "caches.match('/looked').then(answer => answer && answer.text())"
CACHES = "caches.keys().then(names => names.map(decodeURI))"
FULL = """
caches.open("stories").then(async cache => {
    for (let n = 1; n <= 20; n++) await cache.put(`/archive/?${n}`, new Response("x"));
})
"""
UPDATE = "navigator.serviceWorker.getRegistration().then(r => r && r.update().then(() => 0))"
LEFT = """
Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()])
    .then(found => found.map(things => things.length))
"""


@pytest.fixture
def story(newsroom):
    return factories.live(title="读过的文章").get_absolute_url()


@pytest.fixture
def other(newsroom):
    return factories.live(title="没读过的文章").get_absolute_url()


@pytest.fixture
def reader(chromium, newsroom, settings, story, other):
    """A reader whose browser has the worker of the app."""
    settings.WEB_APP = True
    context = chromium.new_context(locale="zh-CN", base_url=newsroom)
    page = context.new_page()
    page.goto("/archive/")
    until(lambda: page.evaluate("Boolean(navigator.serviceWorker.controller)"))
    yield page
    context.set_offline(False)
    context.close()


def until(is_so):
    """Wait till it is so; the worker works on after a page is there."""
    end = time.monotonic() + 60  # seconds, for a busy machine
    while not is_so() and time.monotonic() < end:
        time.sleep(0.05)
    assert is_so()


def read(page, address):
    page.goto(address)
    until(lambda: address in page.evaluate(KEPT))


def hrefs(links):
    return links.evaluate_all("links => links.map(({pathname}) => decodeURI(pathname))")


def test_what_was_read_opens_without_a_network_and_nothing_else(reader, story, other):
    read(reader, story)
    reader.context.set_offline(True)

    reader.goto(story)
    again = reader.title()
    reader.goto(other)

    assert again.startswith("读过的文章")
    assert reader.title().startswith(gettext("You are offline"))


def test_a_page_that_was_not_kept_lists_what_was(reader, story, newsroom):
    risky = factories.live(title="<b>$&</b> &amp; “引号”").get_absolute_url()
    read(reader, story)
    read(reader, risky)
    reader.context.set_offline(True)

    reader.goto("/")
    kept = reader.locator(".notice__kept a")
    listed = list(zip(kept.all_inner_texts(), hrefs(kept), strict=True))
    kept.last.click()

    assert listed == [("<b>$&</b> &amp; “引号”", risky), ("读过的文章", story)]
    assert reader.title().startswith("读过的文章")


def test_a_short_address_opens_the_story_that_was_kept(reader, story, other):
    read(reader, story)
    reader.context.set_offline(True)

    reader.goto(Article.objects.get(title="读过的文章").get_short_url())
    found = reader.url, reader.title()
    reader.goto(Article.objects.get(title="没读过的文章").get_short_url())

    assert found[0].endswith(story)
    assert found[1].startswith("读过的文章")
    assert reader.title().startswith(gettext("You are offline"))


@pytest.fixture
def illustrated(newsroom):
    """A story with a lead picture at the top and one far below, which a browser loads late."""
    lead, late = (
        intake.take_in(factories.picture_file(640, 360, colour)) for colour in ("red", "blue")
    )
    for image in (lead, late):
        renditions.make(image, crops=[recipes.FULL])
    body = "<p>很长的文字。</p>" * 300 + f'<figure><img src="{late.file.url}" alt="图"></figure>'
    return factories.live(title="有图的文章", header_image=lead.pk, body=body).get_absolute_url()


def test_the_pictures_of_a_story_are_kept_with_it(reader, illustrated):
    read(reader, illustrated)
    until(lambda: len(reader.evaluate(PICTURES, illustrated)) == 2)
    reader.context.set_offline(True)

    reader.goto(illustrated)
    reader.locator(".prose img").scroll_into_view_if_needed()

    until(lambda: reader.evaluate(SHOWN) == [True, True])
    assert all(path.startswith("/media/") for path in reader.evaluate(PICTURES, illustrated))


def test_the_pictures_of_a_story_go_with_it(reader, illustrated):
    read(reader, illustrated)
    until(lambda: len(reader.evaluate(PICTURES, illustrated)) == 2)
    publishing.withdraw(Article.objects.get(title="有图的文章"), reason="事实有误。", by=None)

    reader.goto(illustrated)

    until(lambda: reader.evaluate(KEPT) == [])
    until(lambda: not [name for name in reader.evaluate(CACHES) if illustrated in name])


def test_stories_are_looked_after_once_in_some_hours(reader, story):
    read(reader, story)
    until(lambda: reader.evaluate(LOOKED))
    asked = []
    reader.context.on("request", lambda request: asked.append(request.method))
    first = reader.evaluate(LOOKED)

    for address in ("/archive/", "/", "/tags/"):
        reader.goto(address)
    reader.wait_for_timeout(1000)

    assert reader.evaluate(LOOKED) == first
    assert "HEAD" not in asked


def test_stories_are_looked_after_when_the_network_was_away(reader, story):
    read(reader, story)
    until(lambda: reader.evaluate(LOOKED))

    reader.context.set_offline(True)
    until(lambda: reader.evaluate(LOOKED) is None)
    reader.context.set_offline(False)
    reader.goto("/archive/")

    until(lambda: reader.evaluate(LOOKED))


def test_a_reader_of_traditional_chinese_is_told_so_in_it(reader, other):
    reader.context.set_offline(True)

    reader.goto(f"/zh-hant{other}")
    told = reader.evaluate("document.documentElement.lang")
    reader.goto(other)

    assert told == "zh-Hant-TW"
    assert reader.evaluate("document.documentElement.lang") == "zh-Hans"


def test_nothing_but_stories_is_kept(reader, story):
    read(reader, story)

    for address in ("/", "/articles/999999/x/", "/feed/", "/admin/login/"):
        reader.request.get(address)
        reader.evaluate("address => fetch(address).then(answer => answer.status)", address)
    reader.goto("/")

    assert reader.evaluate(KEPT) == [story]


def test_the_twenty_that_were_read_last_are_kept(reader, story):
    reader.evaluate(FULL)

    read(reader, story)

    kept = reader.evaluate(KEPT)
    assert len(kept) == 20
    assert "/archive/?1" not in kept


@pytest.fixture
def away(reader, story):
    """A reader without a network; the story they have read is withdrawn meanwhile."""
    read(reader, story)
    until(lambda: reader.evaluate(LOOKED))
    reader.context.set_offline(True)
    until(lambda: reader.evaluate(LOOKED) is None)
    publishing.withdraw(Article.objects.get(title="读过的文章"), reason="事实有误。", by=None)
    return reader


def test_a_withdrawn_story_goes_when_the_network_is_back(away):
    away.context.set_offline(False)

    away.goto("/archive/")

    until(lambda: away.evaluate(KEPT) == [])


def test_a_page_opened_without_a_network_does_not_count_as_a_look(away, story):
    away.goto(story)
    away.wait_for_load_state("networkidle")
    away.goto("about:blank")
    away.context.set_offline(False)

    away.goto("/archive/")

    until(lambda: away.evaluate(KEPT) == [])


def test_an_app_that_is_switched_off_leaves_nothing(reader, story, settings):
    read(reader, story)

    settings.WEB_APP = False
    reader.evaluate(UPDATE)

    until(lambda: reader.evaluate(LEFT) == [0, 0])
