"""Pictures as a reader's browser gets them: nothing moves, and little is sent."""

from datetime import timedelta
from itertools import product
from urllib.parse import urlsplit

import pytest

from articles.desk import pictures
from articles.images import intake, recipes, renditions
from articles.reader.listings import PAGE_SIZE
from newsroom.sample import illustrations
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 800}}
MOST_BYTES = 250_000
MONTH = "/archive/2026/03/"
REMOTE, LOST = "https://pictures.example.org/a.png", "https://pictures.example.org/lost.png"

# Every shift of the layout since the page began, also those a reader caused.
SHIFT = """() => new Promise(resolve => {
    let sum = 0;
    const add = list => { for (const entry of list.getEntries()) sum += entry.value; };
    const observer = new PerformanceObserver(add);
    observer.observe({type: 'layout-shift', buffered: true});
    requestAnimationFrame(() => requestAnimationFrame(() => {
        add({getEntries: () => observer.takeRecords()});
        resolve(sum);
    }));
})"""
PICTURES = ("avif", "webp", "jpg", "png")
PAINTED = """() => new Promise(resolve =>
    requestAnimationFrame(() => requestAnimationFrame(resolve)))"""
LOADED = """() => [...document.images].every(image => image.complete)"""
# How wide each picture says that it will be shown, and how wide it is. A `sizes` is a list of
# widths with conditions, the first that holds counts (HTML, 4.8.4.2.2).
WIDTHS = """() => [...document.images].filter(image => image.sizes).map(image => {
    let depth = 0, parts = [''];
    for (const letter of image.sizes) {
        depth += {'(': 1, ')': -1}[letter] || 0;
        if (letter === ',' && !depth) parts.push('');
        else parts[parts.length - 1] += letter;
    }
    const [, , width] = parts
        .map(part => /^(\\((?:min-)?width[^)]*\\) )?(.*)$/.exec(part.trim()))
        .find(([, condition]) => !condition || matchMedia(condition).matches);
    const probe = document.body.appendChild(document.createElement('div'));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`.probe { position: absolute; width: ${width}; }`);
    document.adoptedStyleSheets = [sheet];
    probe.className = 'probe';
    const said = probe.getBoundingClientRect().width;
    probe.remove();
    return [said, image.getBoundingClientRect().width];
})"""


def front_page(files):
    """A card for each file of a picture, with the renditions that cards show."""
    for number, file in enumerate(files):
        image = pictures.take_in(file, by=None)
        renditions.make(image, crops=[recipes.WIDE])
        factories.live(
            title=f"第 {number} 篇报道，标题写得长一些，好占两行",
            standfirst="导语也有一行多，说清楚这篇报道讲的是什么事，好占满两行。",
            header_image=image.pk,
            at=factories.A_MOMENT + number * timedelta(hours=1),
        )


@pytest.fixture
def sample(newsroom, tmp_path):
    """Twenty cards with pictures of the sample newsroom."""
    front_page(path.read_bytes() for path in illustrations.draw_all(tmp_path)[:PAGE_SIZE])


@pytest.fixture
def plain(newsroom):
    """Twenty cards with pictures that are quickly made."""
    front_page(factories.picture_file(400 + number, 225) for number in range(PAGE_SIZE))


@pytest.fixture
def open_page(chromium, newsroom):
    """Opens an address; `page.sent` holds what each answer weighed on its way.

    `late`: no picture is answered before `let_arrive` lets it, so that all of them come late.
    """
    contexts = []

    def opened(path, *, late=False, **facts):
        context = chromium.new_context(**facts)
        contexts.append(context)
        context.route(lambda url: not url.startswith(newsroom), from_elsewhere)
        page = context.new_page()
        page.held = Held()
        if late:
            page.route(lambda url: url.endswith(PICTURES), page.held)
        page.sent, kinds = {}, {}
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on(
            "Network.responseReceived",
            lambda event: kinds.update({event["requestId"]: event["type"]}),
        )
        session.on(
            "Network.loadingFinished",
            lambda event: page.sent.setdefault(kinds.get(event["requestId"]), []).append(
                event["encodedDataLength"]
            ),
        )
        page.goto(newsroom + path, wait_until="domcontentloaded" if late else "load")
        return page

    yield opened
    for context in contexts:
        context.close()


def from_elsewhere(route):
    """Another site has a picture at one address, and nothing at all others."""
    if route.request.url == REMOTE:
        route.fulfill(body=factories.picture_file(300, 400), content_type="image/png")
    else:
        route.abort()


class Held:
    """Requests for pictures that wait until their picture is in view."""

    def __init__(self):
        self.waiting, self.in_view = [], ""

    def __call__(self, route):
        self.waiting.append(route)
        self.release("")

    def release(self, markup):
        """Let those go on that `markup`, or some before it, asks for."""
        self.in_view += markup
        going = [route for route in self.waiting if self._is_in_view(route)]
        self.waiting = [route for route in self.waiting if route not in going]
        for route in going:
            route.fallback()

    def _is_in_view(self, route):
        return urlsplit(route.request.url).path in self.in_view


def let_arrive(page):
    """One picture after another, each in view and painted before it comes."""
    for image in page.locator("img:visible").all():
        image.scroll_into_view_if_needed()
        page.evaluate(PAINTED)
        page.held.release(image.evaluate("image => image.parentElement.innerHTML"))
        page.wait_for_function("image => image.complete", arg=image.element_handle())
        page.evaluate(PAINTED)


def scroll_through(page):
    """Down to the end in steps, as a reader does, until every picture is there."""
    height = page.evaluate("document.documentElement.scrollHeight")
    for top in range(0, height, 300):
        page.evaluate("top => scrollTo(0, top)", top)
        page.evaluate(PAINTED)
    page.wait_for_function(LOADED)


def test_twenty_cards_on_a_phone_weigh_little(open_page, sample):
    seen = {}
    for path, density in product(["/", MONTH], [1, 2, 3]):
        page = open_page(path, device_scale_factor=density, **PHONE)
        scroll_through(page)
        seen[path, density] = sum(page.sent["Image"])

    assert {key: weight for key, weight in seen.items() if not 0 < weight < MOST_BYTES} == {}


@pytest.mark.parametrize(("path", "cards"), [("/", 6), (MONTH, PAGE_SIZE)], ids=["/", MONTH])
def test_nothing_moves_while_the_pictures_of_cards_arrive(open_page, plain, path, cards):
    page = open_page(path, late=True, **PHONE)

    let_arrive(page)

    assert page.locator(".card").count() == cards
    assert page.evaluate(SHIFT) == 0


def test_what_loads_is_the_smallest_format(open_page, plain):
    page = open_page("/", **PHONE)

    scroll_through(page)

    shown = page.evaluate("[...document.images].map(image => image.currentSrc)")
    assert {address.rpartition(".")[2] for address in shown} == {"avif"}
    assert page.evaluate("[...document.images].every(image => image.naturalWidth)")


@pytest.mark.parametrize(("path", "at_least"), [("/", 2), (MONTH, 16)], ids=["/", MONTH])
def test_pictures_are_as_wide_as_they_say(open_page, plain, path, at_least):
    page = open_page(path, **DESK)

    found = widths_at(page, [360, 700, 1000, 1280, 1700])

    assert len(found) >= 5 * at_least
    assert [(said, shown) for said, shown in found if abs(said - shown) > 1] == []


def widths_at(page, windows):
    """How wide pictures say they are and are shown, in windows of those widths."""
    found = []
    for width in windows:
        page.set_viewport_size({"width": width, "height": 800})
        found += page.evaluate(WIDTHS)
    return found


@pytest.fixture
def story(newsroom):
    """A story with pictures of every kind: ours made and not yet made, remote, lost, and high."""
    header, made, high = (
        pictures.take_in(factories.picture_file(width, height), by=None)
        for width, height in [(2000, 1125), (1000, 750), (600, 900)]
    )
    for image in (header, made):
        renditions.make(image, crops=[recipes.FULL])
    intake.refer_to(REMOTE, alt="远处")
    figure = '<figure><img src="/media/{0}" alt="" data-image="{0}"></figure><p>文</p>'
    body = "".join(figure.format(image.pk) for image in (made, high))
    body += "".join(f'<figure><img src="{a}" alt="远"></figure><p>文</p>' for a in (REMOTE, LOST))
    return factories.live(body=body * 2, header_image=header.pk)


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_moves_in_a_story(open_page, story, view):
    page = open_page(story.get_absolute_url(), late=True, **view)

    let_arrive(page)

    assert page.locator(".story img:visible").count() == 9
    assert page.evaluate(SHIFT) == 0


def test_pictures_of_a_story_are_as_wide_as_they_say(open_page, story):
    page = open_page(story.get_absolute_url(), **DESK)

    found = widths_at(page, [360, 700, 1000, 1280, 1700])

    assert len(found) == 5 * 3
    assert [(said, shown) for said, shown in found if abs(said - shown) > 1] == []


def test_the_subject_stays_in_view_where_the_browser_cuts(open_page, newsroom):
    tall = pictures.take_in(factories.picture_file(300, 1200), by=None)
    pictures.set_focal_point(tall, (0.5, 0.9), by=None)
    factories.live(header_image=tall.pk)
    page = open_page("/", **DESK)

    style = "getComputedStyle(document.images[0])"
    position = page.evaluate(f"[{style}.objectFit, {style}.objectPosition]")

    assert position == ["cover", "50% 90%"]


def test_the_main_colour_is_there_before_the_picture(open_page, newsroom):
    picture = pictures.take_in(factories.picture_file(colour="#336699"), by=None)
    factories.live(header_image=picture.pk)
    page = open_page("/", **DESK)

    colour = page.evaluate("getComputedStyle(document.images[0]).backgroundColor")

    assert colour == "rgb(51, 102, 153)"


def test_a_lost_picture_keeps_its_room(open_page, newsroom):
    lost = pictures.take_in(factories.picture_file(), by=None, alt="生产线")
    lost.file.storage.delete(lost.file.name)
    factories.live(header_image=lost.pk)
    page = open_page("/", **PHONE)

    box = page.locator(".picture--missing").bounding_box()

    assert box["width"] / box["height"] == pytest.approx(16 / 9, rel=0.02)
