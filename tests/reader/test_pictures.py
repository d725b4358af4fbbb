"""The `picture` tag: every format on offer, room for it, words for it, and never a broken page."""

import logging
import re
from pathlib import Path
from types import MappingProxyType

import html5lib
import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.utils import translation

from articles.body.picture_classes import FOCUS_STEPS, TONES
from articles.desk import pictures
from articles.images import intake, recipes, renditions
from articles.images.models import Problem
from articles.models import Article
from articles.reader.listings import PAGE_SIZE
from tests import factories

pytestmark = pytest.mark.django_db

REMOTE = "https://pictures.example.org/a.jpg"


def drawn(image, tag='{% picture image crop="16:9" sizes="row" %}'):
    """What the tag makes of a picture, as elements."""
    html = Template("{% load pictures %}" + tag).render(Context({"image": image}))
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parseFragment(html)[0]


def img(image, *tag):
    return drawn(image, *tag).find("img").attrib


@pytest.fixture
def image(db):
    """A picture in the library with all its renditions."""
    image = pictures.take_in(factories.picture_file(720, 450), by=None, alt="生产线")
    renditions.make(image)
    image.refresh_from_db()
    return image


@pytest.fixture
def fresh(db):
    """A picture whose renditions are still to be made."""
    return pictures.take_in(factories.picture_file(720, 450), by=None, alt="生产线")


@pytest.fixture
def lost(fresh):
    """A picture whose file is gone."""
    fresh.file.storage.delete(fresh.file.name)
    return fresh


@pytest.fixture
def remote(db):
    return intake.refer_to(REMOTE, alt="远处")


def test_a_browser_is_offered_every_format_and_width(image):
    frame = drawn(image)

    offered = [
        (s.get("type"), re.findall(r" (\d+)w", s.get("srcset"))) for s in frame.iter("source")
    ]
    widths = ["320", "480", "640"]
    assert offered == [("image/avif", widths), ("image/webp", widths)]
    assert re.findall(r"\.(\w+) (\d+)w", frame.find("img").get("srcset")) == [
        ("jpg", width) for width in widths
    ]


def test_every_file_that_is_offered_exists(image):
    frame = drawn(image)

    lists = [element.get("srcset") for element in frame]
    names = [name for srcset in lists for name in re.findall(r"/media/(\S+) ", srcset)]
    assert len(names) == 9
    assert all(image.file.storage.exists(name) for name in names)


def test_all_offers_are_about_the_same_place_on_the_page(image):
    frame = drawn(image)

    assert {element.get("sizes") for element in frame} == {"clamp(7rem, 30vw, 10rem)"}


def test_sizes_of_its_own_are_taken_as_they_are(image):
    frame = drawn(image, '{% picture image sizes="(width >= 9rem) 3rem, 50vw" %}')

    assert {element.get("sizes") for element in frame} == {"(width >= 9rem) 3rem, 50vw"}


@pytest.mark.parametrize("crop", recipes.CROPS)
@pytest.mark.parametrize("name", ["image", "fresh", "remote"])
def test_width_and_height_are_always_said_and_of_the_shape_shown(request, name, crop):
    image = request.getfixturevalue(name)

    said = img(image, f'{{% picture image crop="{crop}" %}}')

    across, down = recipes.SHAPES.get(crop, (16, 9) if name == "remote" else (16, 10))
    assert int(said["width"]) / int(said["height"]) == pytest.approx(across / down, rel=0.01)


def test_the_main_colour_lies_behind(image):
    assert img(image)["class"] == f"tone-{image.tone}"
    assert image.tone


def test_a_file_of_another_shape_is_cut_where_its_subject_is(fresh):
    fresh = pictures.set_focal_point(fresh, (0.31, 0.88), by=None)

    assert img(fresh)["class"] == f"tone-{fresh.tone} focus-x-3 focus-y-9"
    assert "srcset" not in img(fresh)


def test_a_whole_picture_is_not_cut(fresh):
    frame = drawn(fresh, "{% picture image %}")

    assert frame.get("class") == "picture"
    assert "focus" not in frame.find("img").get("class")


def test_a_high_picture_is_shown_narrower(db):
    high = factories.picture_file(600, 900)

    frame = drawn(pictures.take_in(high, by=None), "{% picture image %}")

    assert frame.get("class") == "picture picture--tall"


def test_classes_of_its_own_join_those_of_the_picture(image):
    frame = drawn(image, '{% picture image crop="1:1" class="face" %}')

    assert frame.get("class") == "picture picture--1x1 face"


def test_a_picture_loads_when_it_is_near(image):
    said = img(image)

    assert (said["loading"], said["decoding"]) == ("lazy", "async")
    assert "fetchpriority" not in said


def test_the_first_thing_seen_loads_at_once(image):
    said = img(image, "{% picture image priority=True %}")

    assert (said["loading"], said["fetchpriority"]) == ("eager", "high")


def test_another_site_is_not_told_who_reads_what(remote):
    said = img(remote)

    assert (said["src"], said["referrerpolicy"]) == (REMOTE, "no-referrer")


def test_our_own_pictures_keep_the_referrer(image):
    assert "referrerpolicy" not in img(image)


@pytest.mark.parametrize(
    ("facts", "tag", "said"),
    [
        pytest.param({"alt": "厂房"}, 'beside="说明"', "厂房", id="what the picture says"),
        pytest.param({"caption": "说明"}, "", "说明", id="else its caption"),
        pytest.param({"caption": "说明"}, 'beside="说明"', "", id="not what stands beside it"),
        pytest.param({"alt": "厂房"}, 'beside="厂房全景"', "", id="nor a part of that"),
        pytest.param({}, "", "", id="nothing if nobody wrote a word"),
        pytest.param({"alt": "x", "is_decorative": True}, "", "", id="nothing if it decorates"),
        pytest.param({"alt": "x"}, "decorative=True", "", id="nothing beside its words"),
    ],
)
@pytest.mark.parametrize("is_there", [True, False], ids=["there", "lost"])
def test_the_words_of_a_picture(db, facts, tag, said, is_there):
    image = pictures.take_in(factories.picture_file(), by=None, **facts)
    if not is_there:
        image.file.storage.delete(image.file.name)

    with translation.override("en"):
        frame = drawn(image, f"{{% picture image {tag} %}}")

    words = frame.find("img").get("alt") if is_there else frame.get("aria-label", "")
    assert words == said


def test_a_lost_file_leaves_a_quiet_box_of_its_shape(lost):
    box = drawn(lost)

    assert box.tag == "span"
    assert box.attrib == {
        "class": "picture picture--16x9 picture--missing",
        "role": "img",
        "aria-label": "生产线",
    }


def test_a_lost_file_that_only_decorated_is_not_spoken_of(lost):
    box = drawn(lost, "{% picture image decorative=True %}")

    assert box.get("aria-hidden") == "true"
    assert box.get("role") is None


def test_a_lost_file_leaves_a_line_in_the_log(lost, caplog):
    with caplog.at_level(logging.ERROR, "newsroom.pictures"):
        drawn(lost)

    assert [record.message for record in caplog.records] == [
        f"The file of picture {lost.pk} is missing: {lost.file.name}"
    ]


def test_no_picture_is_nothing(db):
    assert Template("{% load pictures %}{% picture image %}").render(Context()) == ""


def test_a_picture_asks_the_database_nothing(image, remote, django_assert_num_queries):
    with django_assert_num_queries(0):
        drawn(image)
        drawn(remote)


def test_a_page_full_of_pictures_asks_as_often_as_one_without(client, django_assert_num_queries):
    plain = factories.many_live(PAGE_SIZE)
    with django_assert_num_queries(6):
        client.get("/archive/2026/03/")
    for number, story in enumerate(plain):
        file = factories.picture_file(64 + number, 36)
        Article.objects.filter(pk=story.pk).update(
            header_image=pictures.take_in(file, by=None, alt="图")
        )

    with django_assert_num_queries(6):
        response = client.get("/archive/2026/03/")

    assert response.text.count("<picture") == PAGE_SIZE


def page_of(client, image, body="<p>文</p>"):
    """The page of a story with that header picture, from its headline on."""
    story = factories.live(header_image=image.pk, body=body)
    return client.get(story.get_absolute_url()).text.partition("<h1")[2]


def test_a_dead_picture_is_not_shown_anywhere(client, remote):
    type(remote).objects.update(fetch_problem=Problem.GONE, fetch_attempts=2)

    page = page_of(client, remote, f'<p>文</p><figure><img src="{REMOTE}" alt="x"></figure>')

    for text in (page, client.get("/").text, client.get("/feed/").text):
        assert REMOTE not in text
        assert "picture--missing" not in text


def test_a_page_with_a_lost_picture_is_in_order(client, lost):
    page = page_of(client, lost)

    assert "picture--missing" in page
    assert client.get("/").status_code == client.get("/feed/").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('<figure><img src="/elsewhere.png" data-image="{pk}"></figure>', id="number"),
        pytest.param('<figure><img src="{url}"></figure>', id="address"),
        pytest.param('<figure><img src="{source}"></figure>', id="where it was"),
    ],
)
def test_a_header_picture_that_stands_in_the_text_does_not_stand_above_it_too(client, image, body):
    type(image).objects.update(source_url=REMOTE)
    places = {"pk": image.pk, "url": image.url, "source": REMOTE}

    page = page_of(client, image, body.format_map(places))

    assert page.count("<picture") <= 1
    assert "story__picture" not in page


def test_a_header_picture_stands_above_a_text_with_another(client, image):
    page = page_of(client, image, '<figure><img src="/elsewhere.png" alt=""></figure>')

    assert "story__picture" in page


# The stylesheet


def rules(name):
    """Selector and declaration of every rule of one of our stylesheets."""
    css = Path(finders.find(f"newsroom/css/{name}")).read_text("utf-8")
    return dict(re.findall(r"^\.([\w-]+) \{\n  ([^\n]+)\n\}$", css, re.MULTILINE))


def test_every_colour_of_a_picture_is_in_the_stylesheet():
    assert rules("tones.css") == {f"tone-{t}": f"background-color: #{t};" for t in TONES}


def test_every_focal_point_is_in_the_stylesheet():
    axes = MappingProxyType({"x": "across", "y": "down"})

    assert rules("focus.css") == {
        f"focus-{axis}-{step}": f"--focus-{name}: {step * 100 // FOCUS_STEPS}%;"
        for axis, name in axes.items()
        for step in range(FOCUS_STEPS + 1)
        if step != FOCUS_STEPS // 2  # where it is unasked
    }


@pytest.mark.parametrize("crop", recipes.SHAPES)
def test_every_shape_of_a_picture_is_in_the_stylesheet(crop):
    across, down = recipes.SHAPES[crop]

    ratio = rules("picture.css")[f"picture--{crop.replace(':', 'x')}"]

    assert ratio in {f"aspect-ratio: {across} / {down};", f"aspect-ratio: {across};"}


# hostile


def test_the_words_of_a_picture_cannot_leave_their_place(remote):
    remote.alt = '"><script>alert(1)</script>'
    remote.source_url = 'https://e.cn/"onerror="alert(1)'

    frame = drawn(remote, '{% picture image class="a\\" onload=\\"x" %}')

    assert [element.tag for element in frame.iter()] == ["picture", "img"]
    assert frame.find("img").get("alt") == remote.alt
    assert frame.find("img").get("onerror") is None
    assert frame.get("onload") is None


def test_the_middle_needs_no_class(fresh):
    assert img(fresh)["class"] == f"tone-{fresh.tone}"
