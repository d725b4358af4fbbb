"""What a page shows of a picture at every stage of its life: the best that exists."""

import logging
from io import BytesIO

import pytest
from PIL import Image as Pillow

from articles.images import intake, recipes, renditions
from articles.images.models import Image, Problem
from articles.images.recipes import FULL, SOCIAL, SQUARE, WIDE
from articles.images.showing import shown
from tests.factories import picture_file


@pytest.fixture
def fresh(db):
    """A picture that has just been taken in: no renditions yet."""
    return intake.take_in(picture_file(700, 500), alt="一颗芯片")


@pytest.fixture
def complete(fresh):
    """The same with all its renditions."""
    renditions.make(fresh)
    return fresh


def moving():
    out = BytesIO()
    frames = [Pillow.new("RGB", (400, 300), colour) for colour in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return intake.take_in(out.getvalue())


def widths(srcset):
    return [int(part.split()[1].removesuffix("w")) for part in srcset.split(", ")]


# --- at home ----------------------------------------------------------------------------------


def test_before_there_are_renditions_the_original_is_shown(fresh):
    whole = shown(fresh)

    assert whole.src == fresh.file.url
    assert (whole.width, whole.height) == (700, 500)
    assert whole.sources == ()
    assert not whole.is_fitted


@pytest.mark.parametrize("crop", list(recipes.SHAPES))
def test_before_there_are_crops_the_original_is_fitted_into_the_same_room(fresh, crop):
    before = shown(fresh, crop)
    renditions.make(fresh)

    after = shown(fresh, crop)

    assert before.is_fitted
    assert not after.is_fitted
    assert (before.width, before.height) == (after.width, after.height)


def test_every_format_comes_in_every_width_the_best_first(complete):
    whole = shown(complete)

    assert [kind for kind, _srcset in whole.sources] == ["image/avif", "image/webp", "image/jpeg"]
    assert all(widths(srcset) == [320, 480, 640, 700] for _kind, srcset in whole.sources)
    assert (whole.width, whole.height) == (700, 500)


@pytest.mark.parametrize("crop", recipes.CROPS)
def test_every_address_shown_is_one_of_a_file_that_is_there(complete, crop):
    picture = shown(complete, crop)

    addresses = {part.split()[0] for _kind, srcset in picture.sources for part in srcset.split(",")}
    storage = complete.file.storage
    promised = {storage.url(name) for name in renditions.promised(complete, [crop])}
    assert addresses == promised
    assert picture.src in promised
    assert all(storage.exists(name) for name in renditions.promised(complete))


def test_an_old_browser_gets_a_file_of_middling_size(db):
    image = intake.take_in(picture_file(1920, 1920))
    renditions.make(image, [SQUARE])

    card = shown(image, SQUARE)

    assert card.src.endswith(".jpg")
    assert (card.width, card.file_size) == (1920, (1280, 1280))


def test_where_only_some_crops_are_made_each_shows_its_best(fresh):
    renditions.make(fresh, [FULL])

    assert shown(fresh).sources
    assert shown(fresh, WIDE).is_fitted


def test_a_moved_focal_point_shows_the_old_crop_until_the_new_one_is_there(complete):
    old = shown(complete, WIDE)
    complete.focal_point = "0.1x0.1"
    complete.save(update_fields=["focal_point"])

    between = shown(complete, WIDE)
    renditions.make(complete)
    new = shown(complete, WIDE)

    assert between.sources == old.sources
    assert new.sources != old.sources


def test_lost_renditions_fall_back_on_the_original(complete):
    for name in renditions.promised(complete):
        complete.file.storage.delete(name)

    assert shown(complete).src == complete.file.url
    assert shown(complete, WIDE).src == complete.file.url


@pytest.mark.parametrize("ending", ["avif", "webp"])
def test_a_format_whose_file_is_lost_is_not_offered(complete, caplog, ending):
    names = renditions.promised(complete, [WIDE])
    (lost,) = (n for n in names if "_640x360_" in n and n.endswith(ending))
    complete.file.storage.delete(lost)

    offered = [kind for kind, _srcset in shown(complete, WIDE).sources]

    assert offered == [k for k in ("image/avif", "image/webp", "image/jpeg") if ending not in k]
    (line,) = caplog.records
    assert lost in line.getMessage()


def test_without_its_fallback_the_original_is_shown(complete, caplog):
    names = list(renditions.promised(complete, [WIDE]))
    for name in names:
        if name.endswith(".jpg"):
            complete.file.storage.delete(name)

    picture = shown(complete, WIDE)

    assert (picture.src, picture.sources) == (complete.file.url, ())
    assert len(caplog.records) == 1


def test_a_lost_original_is_not_needed_while_there_are_renditions(complete, caplog):
    complete.file.storage.delete(complete.file.name)

    assert shown(complete, WIDE).sources
    assert not caplog.records


def test_a_lost_file_is_nothing_to_show_and_a_line_in_the_log(fresh, caplog):
    fresh.file.storage.delete(fresh.file.name)

    with caplog.at_level(logging.WARNING, "newsroom.pictures"):
        assert shown(fresh, WIDE) is None

    (line,) = caplog.records
    assert fresh.file.name in line.getMessage()


def test_what_is_transparent_falls_back_on_png(db):
    out = BytesIO()
    Pillow.new("RGBA", (400, 300), (0, 0, 0, 0)).save(out, "PNG")
    image = intake.take_in(out.getvalue())
    renditions.make(image)

    picture = shown(image)

    assert [kind for kind, _srcset in picture.sources] == ["image/avif", "image/webp", "image/png"]
    assert picture.src.endswith(".png")
    assert picture.tone == ""


def test_what_moves_is_shown_whole_as_it_was_brought(db):
    image = moving()
    renditions.make(image, recipes.CROPS)

    assert shown(image).src == image.file.url
    assert shown(image).sources == ()
    assert shown(image, WIDE).sources


def test_the_focal_point_and_the_words_go_with_the_picture(fresh):
    fresh.focal_point = "0.25x0.75"

    picture = shown(fresh, SOCIAL)

    assert picture.focus == (0.25, 0.75)
    assert picture.alt == "一颗芯片"


# --- outside ----------------------------------------------------------------------------------


def remote(**facts):
    return intake.refer_to("https://example.com/a.jpg", **facts)


def test_a_remote_picture_is_shown_from_where_it_is(db):
    picture = shown(remote(), WIDE)

    assert picture.src == "https://example.com/a.jpg"
    assert picture.is_remote
    assert picture.sources == ()
    assert picture.width / picture.height == pytest.approx(16 / 9, rel=0.01)


@pytest.mark.parametrize("problem", [Problem.UNREACHABLE, Problem.REFUSED, Problem.TOO_SLOW])
def test_a_remote_picture_that_may_come_back_is_still_shown(db, problem):
    assert shown(remote(fetch_problem=problem))


@pytest.mark.parametrize("problem", [Problem.GONE, Problem.ADDRESS, Problem.NO_PICTURE])
def test_a_remote_picture_known_dead_is_not_shown(db, problem):
    assert shown(remote(fetch_problem=problem, fetch_attempts=2)) is None


def test_a_picture_that_was_gone_when_first_looked_for_is_still_shown(db):
    assert shown(remote(fetch_problem=Problem.GONE, fetch_attempts=1))


# --- cost -------------------------------------------------------------------------------------


def test_showing_asks_the_database_nothing(complete, django_assert_num_queries):
    images = [Image.objects.get(pk=complete.pk), moving(), remote()]

    with django_assert_num_queries(0):
        for image in images:
            for crop in recipes.CROPS:
                shown(image, crop)
