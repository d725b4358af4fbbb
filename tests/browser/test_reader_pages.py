"""Readers' pages in a real Chromium: the dark is dark, a line has its length, a player waits."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

from tests import factories
from tests.reader import site

pytestmark = [pytest.mark.browser, pytest.mark.any_database, pytest.mark.django_db]

ORIGIN = "http://localhost"
# The parts of a story that stand above an earlier one, or beside one that is as wide.
OUT_OF_ORDER = """
() => {
    const named = part => part.className.split(" ")[0];
    const parts = [...document.querySelector(".story").children];
    const boxes = parts.map(part => part.getBoundingClientRect());
    const found = [];
    for (const [m, one] of boxes.entries()) for (const [n, other] of boxes.entries()) {
        const meet = one.left < other.right - 1 && other.left < one.right - 1;
        const from = meet ? one.bottom : one.top;
        if (m < n && other.top < from - 1) found.push([named(parts[m]), named(parts[n])]);
    }
    return found;
}
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="5"/>'


@pytest.fixture(autouse=True)
def _static_root(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.SITE_URL = ORIGIN


@pytest.fixture
def newsroom(db):
    return site.grow(22)


@pytest.fixture
def answers(client, newsroom):
    """Everything our pages ask of us, rendered before the browser starts asking."""
    picture = newsroom.stories[0].header_image.url
    paths = [*newsroom.pages().values(), picture]
    return {path: told(client.get(path)) for path in paths}


def told(response):
    """An answer of ours as a browser's route takes it."""
    headers = dict(response.items())
    return {"status": response.status_code, "headers": headers, "body": response.getvalue()}


@pytest.fixture
def open_page(chromium, answers):
    """Opens an address of ours at a width and in a scheme; there is no server and no network."""
    contexts = []

    def opened(path, *, width=1280, scheme="light", **facts):
        view = {"width": width, "height": 900}
        context = chromium.new_context(viewport=view, color_scheme=scheme, **facts)
        contexts.append(context)
        context.route("**/*", lambda route: answer(route, answers))
        page = context.new_page()
        page.complaints, page.asked = [], []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(ORIGIN + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def answer(route, answers):
    """What the site answers; another host answers with a picture or an empty page."""
    url = urlsplit(route.request.url)
    if url.netloc != "localhost":
        is_picture = route.request.resource_type == "image"
        kind = "image/svg+xml" if is_picture else "text/html"
        route.fulfill(body=SVG if is_picture else "<!doctype html>", content_type=kind)
    elif url.path.startswith("/static/"):
        route.fulfill(path=finders.find(url.path.removeprefix("/static/")))
    else:
        route.fulfill(**answers.get(url.path, {"status": 404}))


def background(page):
    return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


def test_the_dark_is_dark(open_page, newsroom):
    light = background(open_page("/"))
    dark = background(open_page("/", scheme="dark"))

    assert sum(map(int, re.findall(r"\d+", light)[:3])) > 600
    assert sum(map(int, re.findall(r"\d+", dark)[:3])) < 150


def test_a_story_reads_without_javascript(open_page, newsroom):
    page = open_page(newsroom.address("article"), java_script_enabled=False)

    assert page.get_by_role("heading", level=1).inner_text() == newsroom.stories[-1].title
    assert page.get_by_text("工厂今天恢复生产。").is_visible()


def test_a_line_of_text_holds_34_to_40_characters(open_page, newsroom):
    page = open_page(newsroom.address("article"))

    across = page.evaluate(
        "(() => { const p = document.querySelector('.prose > p');"
        " return p.clientWidth / parseFloat(getComputedStyle(p).fontSize) })()"
    )
    assert 34 <= across <= 40


def test_the_first_tab_leads_past_the_navigation(open_page, newsroom):
    page = open_page("/")

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"


def test_a_player_asks_its_site_only_when_clicked(open_page, newsroom):
    page = open_page(newsroom.address("article"))
    start = page.frame_locator("iframe").get_by_role("link")
    start.scroll_into_view_if_needed()
    assert not any("youtube" in urlsplit(url).netloc for url in page.asked)

    start.click()

    page.frame_locator("iframe").locator("html:not(:has(a))").wait_for(state="attached")
    assert any(urlsplit(url).netloc == "www.youtube-nocookie.com" for url in page.asked)
    assert page.complaints == []


def test_a_picture_that_does_not_come_is_a_quiet_box(open_page, newsroom):
    page = open_page(newsroom.address("article"))
    picture = page.locator(".story__picture img")

    picture.evaluate("async image => { image.alt = '生产线'; image.src = '/media/nothing.png'; }")

    assert picture.bounding_box()["height"] > 100
    assert picture.evaluate("image => getComputedStyle(image, '::after').content") == '"生产线"'


# --- The contents, and paper


@pytest.fixture
def reprint(client, answers):
    """The address of a story with four headings whose original stands elsewhere."""
    facts = {"canonical_url": "https://example.org/o/", "licence": "reprint"}
    path = factories.live(body="<h2>节</h2><p>文。</p>" * 4, **facts).get_absolute_url()
    answers[path] = told(client.get(path))
    return path


@pytest.mark.parametrize("width", [360, 1280])
def test_the_contents_are_as_they_say_at_every_width(reprint, open_page, width):
    page = open_page(reprint, width=width)
    link = page.locator(".contents li a").first

    seen = [link.is_visible()]
    page.locator(".contents summary").click()
    seen.append(link.is_visible())

    assert seen == [True, False]


def test_a_printed_story_says_where_it_and_its_original_stand(reprint, open_page):
    page = open_page(reprint)
    page.emulate_media(media="print")

    behind = page.eval_on_selector(".origin a", "a => getComputedStyle(a, '::after').content")
    shown = [page.locator(f".share {one}").first.is_visible() for one in ("p", "summary")]

    assert "https://example.org/o/" in behind
    assert shown == [True, False]


def test_an_address_is_not_printed_twice(client, answers, open_page):
    address = "https://example.org/p/"
    path = factories.live(
        body=f'<p><a href="{address}">{address}</a> <a href="{address}">报告</a></p>',
        source_url=address,
    ).get_absolute_url()
    answers[path] = told(client.get(path))
    page = open_page(path)
    page.emulate_media(media="print")

    behind = page.eval_on_selector_all(
        ":is(.prose, .origin) a", "all => all.map(a => getComputedStyle(a, '::after').content)"
    )

    assert [address in content for content in behind] == [False, True, False]


def test_a_printed_story_ends_with_itself(reprint, open_page):
    page = open_page(reprint)
    page.emulate_media(media="print")

    last = page.evaluate("document.body.innerText.trim().split('\\n').at(-1)")

    assert last == page.locator(".share__address").inner_text()


# --- Where the parts of a story stand


@pytest.mark.parametrize(
    "body", ["<h2>节</h2><p>文。</p>" * 4, "<p>文。</p>"], ids=["long", "short"]
)
@pytest.mark.parametrize("is_pictured", [True, False], ids=["picture", "no picture"])
def test_a_story_is_seen_in_the_order_it_is_read(client, answers, open_page, body, is_pictured):
    picture = factories.picture().pk if is_pictured else None
    facts = {"standfirst": "一句话。", "source_name": "码头日志", "licence": "compiled"}
    path = factories.live(body=body, header_image=picture, **facts).get_absolute_url()
    answers[path] = told(client.get(path))
    page = open_page(path)

    found = {}
    for width in (360, 1100, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        found[width] = page.evaluate(OUT_OF_ORDER)

    assert found == {360: [], 1100: [], 1280: [], 1920: []}
