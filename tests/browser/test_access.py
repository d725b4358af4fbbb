"""Every page in a real Chromium: axe-core finds nothing, nothing sticks out, nothing is lost."""

from urllib.parse import urlsplit

import pytest

from tests.pages_checked.answers import ELSEWHERE, ORIGIN, Answers
from tests.pages_checked.conftest import checkers, pages
from tests.pages_checked.pages import pictures

__all__ = ["checkers", "pages"]

pytestmark = [pytest.mark.browser, pytest.mark.any_database, pytest.mark.django_db]

VIEWS = [(scheme, width) for scheme in ("light", "dark") for width in (360, 1280)]
#: of the window; 640 is 1280 px at a zoom of 200 % (WCAG 2.2, 1.4.4), 320 is 1.4.10
WIDTHS = [320, 360, 640, 768, 1280, 1920]
PHONES = [320, 360]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
AXE = """
async tags => {
    const found = await axe.run({
        runOnly: tags, rules: {"target-size": {enabled: true}},
        iframes: false, resultTypes: ["violations"],
    });
    return found.violations.map(({id, nodes}) => [id, nodes.map(node => node.target.join(" "))]);
}
"""
# Text as far apart as a reader may set it (WCAG 2.2, 1.4.12).
SPACED = """
() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: .12em !important }
        * { word-spacing: .16em !important }
        p { margin-block-end: 2em !important }
    `);
    document.adoptedStyleSheets = [sheet];
}
"""
# Text twice as large, as a reader may have it on a phone (WCAG 2.2, 1.4.4).
LARGE = "() => { document.documentElement.style.fontSize = '200%' }"
# Headlines of lists and fields to write in that have less room than eight characters, though
# there is more beside them.
SQUEEZED = """
() => {
    const found = new Set();
    for (const e of document.querySelectorAll(".card__headline, .lines h3, main input")) {
        const {fontSize} = getComputedStyle(e), {width} = e.getBoundingClientRect();
        const most = document.querySelector("main").clientWidth * .75;
        if (e.checkVisibility() && width < Math.min(8 * parseFloat(fontSize), most) - 1)
            found.add(`${e.className || e.localName} is ${Math.round(width)} px wide`);
    }
    return [...found];
}
"""
# What is wider than the window, what lies outside of it with nothing to scroll, and what is cut.
STICKING_OUT = """
() => {
    const width = document.documentElement.clientWidth;
    const named = e => e.localName + (e.getAttribute("class") ? "." + e.classList[0] : "");
    const found = new Set();
    if (document.documentElement.scrollWidth > width) found.add("the page");
    const clips = e => /hidden|clip/.test(getComputedStyle(e).overflow);
    const scrolls = e => /auto|scroll/.test(getComputedStyle(e).overflowX);
    for (const e of document.querySelectorAll("body *")) {
        if (!e.checkVisibility() || e.closest("svg")) continue;
        const box = e.getBoundingClientRect();
        if (box.width < 2 || box.height < 2) continue;
        let around = e.parentElement;
        while (around && !scrolls(around)) around = around.parentElement;
        if (!around && box.right > width + 1) found.add(named(e) + " sticks out");
        const lost = e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1;
        if (clips(e) && lost && e.innerText?.trim()) found.add(named(e) + " is cut");
    }
    return [...found];
}
"""


@pytest.fixture
def window(chromium, client, pages):
    """A window for which there is nothing but the pages.

    It fails the test if the browser complains of anything, or asks another host.
    """
    answers = Answers(pages, pictures(client, pages))
    context = chromium.new_context(reduced_motion="reduce", service_workers="block")
    context.route("**/*", answers.give)
    page = context.new_page()
    complaints, hosts = [], {"localhost", ELSEWHERE}
    page.on("console", lambda message: complaints.append((page.url, message.text)))
    page.on("pageerror", lambda error: complaints.append((page.url, str(error))))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    yield page
    context.close()
    assert complaints == []
    assert hosts == {"localhost", ELSEWHERE}


def looks(page, pages, look):
    """What `look` finds in each page; only those in which it finds something."""
    found = {}
    for name, shown in pages.items():
        page.goto(ORIGIN + shown.path)
        found[name] = look(page)
    return {name: things for name, things in found.items() if things}


def at_every_width(page, widths=WIDTHS, *looked_for):
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        things = [
            thing for script in (STICKING_OUT, *looked_for) for thing in page.evaluate(script)
        ]
        if things:
            found[width] = things
    return found


def test_axe_finds_nothing_on_any_page(checkers, window, pages):
    script = checkers.axe

    def look(page):
        page.evaluate(script)
        found = {}
        for scheme, width in VIEWS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            if violations := page.evaluate(AXE, TAGS):
                found[scheme, width] = violations
        return found

    assert looks(window, pages, look) == {}


def test_axe_is_awake(checkers, window, pages):
    window.goto(ORIGIN + pages["article"].path)
    window.evaluate(checkers.axe)
    window.evaluate("document.querySelector('h1').style.color = '#ddd'")

    violations = window.evaluate(AXE, TAGS)

    assert "color-contrast" in dict(violations)


def test_nothing_sticks_out_or_is_lost_at_any_width_however_text_is_set(window, pages):
    def look(page):
        as_it_comes = at_every_width(page)
        page.evaluate(SPACED)
        return as_it_comes or at_every_width(page)

    assert looks(window, pages, look) == {}


def test_large_text_has_room_on_a_phone(window, pages):
    def look(page):
        page.evaluate(LARGE)
        return at_every_width(page, PHONES, SQUEEZED)

    assert looks(window, pages, look) == {}
