"""The pictures of a body on the page and in the feed: every file on offer, and room for each."""

import html5lib
import pytest

from articles.body.rendering import render, render_for_feed
from articles.body.sanitising import sanitise, sanitise_rendered
from articles.images.showing import Shown

BASE = "https://news.example/articles/1/a-story/"
ADDRESS = "https://e.cn/a.png"
OURS = '<figure><img src="/media/o.jpg" alt="" data-image="7"><figcaption>图</figcaption></figure>'
REMOTE = f'<figure><img src="{ADDRESS}" alt="厂房"><figcaption>图</figcaption></figure>'
SOURCES = (
    ("image/avif", "/media/r/320.avif 320w, /media/r/640.avif 640w"),
    ("image/webp", "/media/r/320.webp 320w, /media/r/640.webp 640w"),
    ("image/jpeg", "/media/r/320.jpg 320w, /media/r/640.jpg 640w"),
)


def shown(**facts):
    """A picture of the library with all its renditions."""
    usual = {"src": "/media/r/640.jpg", "width": 640, "height": 360, "sources": SOURCES}
    usual |= {"tone": "369", "alt": "生产线", "file_size": (640, 360)}
    return Shown(**usual | facts)


def unmeasured(**facts):
    """A remote picture whose size nobody knows."""
    usual = {"src": ADDRESS, "sources": (), "tone": "", "is_remote": True, "is_fitted": True}
    return shown(**usual | {"file_size": None} | facts)


def element(html, name="img"):
    """The first element of that name."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    found = parser.parse(f"<!doctype html><title>t</title><article>{html}</article>")
    return next(found.iter(name))


def test_a_browser_chooses_among_all_formats_and_widths():
    result = render(OURS, {"7": shown()})

    frame = element(result, "picture")
    offered = [(source.get("type"), source.get("srcset")) for source in frame.iter("source")]
    assert offered == list(SOURCES[:-1])
    assert element(result).get("srcset") == SOURCES[-1][1]
    assert {part.get("sizes") for part in frame} == {
        "(min-width: 64rem) 42.75rem, calc(100vw - 2 * clamp(1rem, 4vw, 2.5rem))"
    }


def test_room_is_kept_in_the_shape_and_the_colour_of_the_picture():
    picture = element(render(OURS, {"7": shown()}))

    assert (picture.get("width"), picture.get("height")) == ("640", "360")
    assert picture.get("class") == "tone-369"


def test_the_caption_stays_with_the_picture():
    result = render(OURS, {"7": shown()})

    assert result.endswith("</picture><figcaption>图</figcaption></figure>")


def test_a_picture_that_came_home_is_shown_from_here():
    result = render(REMOTE, {ADDRESS: shown()})

    assert ADDRESS not in result
    assert "referrerpolicy" not in result


def test_an_original_without_renditions_is_shown_as_it_is():
    result = render(OURS, {"7": shown(src="/media/o.jpg", sources=())})

    assert "<picture" not in result
    assert element(result).get("src") == "/media/o.jpg"
    assert element(result).get("width") == "640"


def test_a_high_picture_is_shown_narrower():
    picture = element(render(OURS, {"7": shown(width=640, height=900)}))

    assert picture.get("class") == "picture--tall tone-369"
    assert picture.get("sizes").startswith("min(30rem, ")


@pytest.mark.parametrize(
    ("body", "pictures"),
    [
        pytest.param(REMOTE, {}, id="a picture the library does not know"),
        pytest.param(REMOTE, {ADDRESS: unmeasured()}, id="a remote picture of unknown size"),
    ],
)
def test_room_is_kept_for_a_picture_that_nobody_measured(body, pictures):
    picture = element(render(body, pictures))

    assert picture.get("class") == "picture--unmeasured"
    assert picture.get("width") is None
    assert picture.get("referrerpolicy") == "no-referrer"


def test_a_size_that_the_body_knows_is_better_than_none():
    body = f'<figure><img src="{ADDRESS}" alt="x" width="90" height="60"></figure>'

    picture = element(render(body, {ADDRESS: unmeasured()}))

    assert picture.get("class") is None
    assert (picture.get("width"), picture.get("height")) == ("90", "60")


@pytest.mark.parametrize(
    ("attributes", "facts", "said"),
    [
        pytest.param('alt="厂房"', {}, "厂房", id="what the body says"),
        pytest.param('alt=""', {}, "生产线", id="else what the library says"),
        pytest.param('alt="" role="presentation"', {}, "", id="nothing, says the body"),
        pytest.param('alt=""', {"alt": ""}, "", id="nothing, says the library"),
        pytest.param('alt=""', {"alt": "图说"}, "", id="nothing that its caption says"),
    ],
)
@pytest.mark.parametrize(
    "make",
    [render, lambda body, pictures: render_for_feed(body, base_url=BASE, pictures=pictures)],
    ids=["page", "feed"],
)
def test_the_words_of_a_picture(make, attributes, facts, said):
    caption = "<figcaption>图说明<small>图源</small></figcaption>"
    body = f'<figure><img src="/media/o.jpg" {attributes} data-image="7">{caption}</figure>'

    result = make(body, {"7": shown(**facts)})

    assert element(result).get("alt") == said


def test_a_feed_gets_one_file_with_its_address_and_size():
    result = render_for_feed(OURS, base_url=BASE, pictures={"7": shown(width=1920, height=1080)})

    assert element(result).attrib == {
        "src": "https://news.example/media/r/640.jpg",
        "alt": "生产线",
        "width": "640",
        "height": "360",
    }
    assert "<picture" not in result


@pytest.mark.parametrize(
    ("body", "left"),
    [
        pytest.param(f"<p>前</p>\n{REMOTE}\n<p>后</p>", "<p>前</p>\n<p>后</p>", id="a figure"),
        pytest.param(f'<p><img src="{ADDRESS}" alt=""></p>', "", id="a paragraph of its own"),
        pytest.param(
            f'<p>前<img src="{ADDRESS}" alt="">后</p>', "<p>前后</p>", id="within a sentence"
        ),
        pytest.param(
            f'<p><em>前</em><img src="{ADDRESS}" alt="">后</p>',
            "<p><em>前</em>后</p>",
            id="after a word",
        ),
        pytest.param(
            f'<figure><a href="/x/"><img src="{ADDRESS}" alt=""></a></figure>', "", id="linked"
        ),
    ],
)
def test_a_picture_known_to_be_dead_goes_with_its_figure(body, left):
    pictures = {ADDRESS: None}

    assert render(body, pictures) == left
    assert render_for_feed(body, base_url=BASE, pictures=pictures) == left


def test_a_dead_picture_takes_no_other_with_it():
    body = f'<figure><img src="{ADDRESS}" alt=""><img src="/media/o.jpg" alt="" data-image="7">'
    body += "<figcaption>图</figcaption></figure>"

    result = render(body, {ADDRESS: None, "7": shown()})

    assert ADDRESS not in result
    assert "/media/r/640.jpg" in result
    assert "<figcaption>图</figcaption>" in result


@pytest.mark.parametrize(
    "facts",
    [{}, {"sources": ()}, {"height": 900}, {"tone": ""}, {"is_fitted": True, "is_remote": True}],
    ids=["renditions", "original", "high", "without a tone", "remote"],
)
def test_rendering_pictures_leaves_nothing_for_the_sanitiser_to_do(facts):
    body = sanitise(OURS + REMOTE)

    result = render(body, {"7": shown(**facts)})

    assert sanitise_rendered(result) == result


# hostile


@pytest.mark.parametrize(
    "name", ["card", "tone-36", "tone-zzz", "tone-369 notice", "", " ", "picture--tall\tx"]
)
def test_a_picture_carries_no_class_but_its_own(name):
    html = f'<img src="/a.png" alt="" class="{name}">'

    assert 'class="' not in sanitise_rendered(html)


@pytest.mark.parametrize("tone", ["36", '369" onload="x', "url(x)", "ggg"])
def test_what_is_no_colour_makes_no_class(tone):
    picture = element(render(OURS, {"7": shown(tone=tone)}))

    assert picture.get("class") is None
