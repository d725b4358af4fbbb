"""Which renditions a picture has: pure rules, by table."""

import pytest

from articles.images import recipes
from articles.images.recipes import CLASSIC, FULL, SOCIAL, SQUARE, WIDE

MIDDLE = (0.5, 0.5)
ODD = [(1, 1), (1, 5000), (5000, 1), (3, 2), (319, 181), (321, 321), (20_000, 3), (6000, 4000)]


def name(crop, focus, *, edition=recipes.EDITION, stem="ab" * 12):
    recipe = recipes.Recipe(crop, (320, 180), "webp")
    return recipes.file_name(stem, recipe, recipes.focus_key(crop, focus), edition)


@pytest.mark.parametrize("size", ODD, ids=str)
@pytest.mark.parametrize("crop", recipes.CROPS)
@pytest.mark.parametrize("focus", [(0, 0), MIDDLE, (1, 1), (0.333, 0.9)], ids=str)
def test_a_cut_lies_within_the_picture(size, crop, focus):
    left, top, right, bottom = recipes.crop_box(size, crop, focus)

    assert 0 <= left < right <= size[0]
    assert 0 <= top < bottom <= size[1]


@pytest.mark.parametrize("size", ODD, ids=str)
@pytest.mark.parametrize("crop", recipes.CROPS)
def test_nothing_is_enlarged_and_no_size_comes_twice(size, crop):
    left, top, right, bottom = recipes.crop_box(size, crop, MIDDLE)

    sizes = recipes.sizes(size, crop)

    assert sizes
    assert list(sizes) == sorted(set(sizes))
    assert all(1 <= width <= right - left for width, _height in sizes)
    assert all(1 <= height <= bottom - top for _width, height in sizes)


@pytest.mark.parametrize(
    ("crop", "focus", "box"),
    [
        (FULL, (0, 1), (0, 0, 6000, 4000)),
        (WIDE, MIDDLE, (0, 312, 6000, 3687)),
        (WIDE, (0.5, 0), (0, 0, 6000, 3375)),
        (WIDE, (0.5, 1), (0, 625, 6000, 4000)),
        (WIDE, (0.9, 0.45), (0, 112, 6000, 3487)),
        (CLASSIC, (0, 0.5), (0, 0, 5333, 4000)),
        (CLASSIC, (1, 0.5), (667, 0, 6000, 4000)),
        (SQUARE, (0.6, 0.1), (1600, 0, 5600, 4000)),
        (SQUARE, (0.99, 0.1), (2000, 0, 6000, 4000)),
        (SOCIAL, MIDDLE, (0, 425, 6000, 3575)),
    ],
    ids=str,
)
def test_a_cut_is_as_large_as_fits_around_the_focal_point(crop, focus, box):
    assert recipes.crop_box((6000, 4000), crop, focus) == box


@pytest.mark.parametrize(
    ("size", "crop", "widths"),
    [
        ((6000, 4000), FULL, recipes.WIDTHS),
        ((1920, 10), FULL, recipes.WIDTHS),
        ((1919, 1080), FULL, (320, 480, 640, 960, 1280, 1919)),
        ((800, 450), FULL, (320, 480, 640, 800)),
        ((800, 450), recipes.WIDE, (320, 480, 640)),
        ((320, 200), FULL, (320,)),
        ((319, 200), FULL, (319,)),
        ((1000, 400), SQUARE, (320,)),
        ((1000, 300), SQUARE, (300,)),
        ((6000, 4000), SOCIAL, (1200,)),
        ((800, 800), SOCIAL, (800,)),
        ((1280, 20_000), FULL, (320, 480, 640, 960, 1048)),
        ((200, 60_000), FULL, (54,)),
        ((1, 60_000), FULL, (1,)),
    ],
    ids=str,
)
def test_the_widths_are_those_the_picture_has(size, crop, widths):
    assert tuple(width for width, _height in recipes.sizes(size, crop)) == widths


def test_the_social_card_is_1200_by_630():
    assert recipes.sizes((6000, 4000), SOCIAL) == ((1200, 630),)


@pytest.mark.parametrize("size", [(1280, 20_000), (200, 60_000), (1, 60_000)], ids=str)
def test_no_rendition_is_higher_than_a_webp_can_be(size):
    assert all(height <= recipes.TALLEST for _width, height in recipes.sizes(size, FULL))


@pytest.mark.parametrize("crop", [WIDE, CLASSIC, SQUARE, SOCIAL])
def test_a_moved_focal_point_makes_new_names(crop):
    assert name(crop, (0.5, 0.5)) != name(crop, (0.501, 0.5))


def test_the_whole_picture_keeps_its_names_wherever_the_focal_point_is():
    assert name(FULL, (0.1, 0.2)) == name(FULL, (0.9, 0.8))


def test_names_differ_by_content_crop_size_format_and_edition():
    recipe = recipes.Recipe(WIDE, (320, 180), "webp")
    variants = [
        recipes.file_name(stem, recipes.Recipe(crop, size, ending), "0500-0500", edition)
        for stem in ("ab" * 12, "cd" * 12)
        for crop in recipes.CROPS
        for size in [(320, 180), (320, 181)]
        for ending in recipes.MEDIA_TYPES
        for edition in (1, 2)
    ]

    assert len(set(variants)) == len(variants) == 160
    assert recipes.file_name("ab" * 12, recipe, "0500-0500", 1) == (
        f"renditions/ab/{'ab' * 12}/16x9_320x180_0500-0500_e1.webp"
    )


@pytest.mark.parametrize(
    ("has_alpha", "endings"),
    [(True, ("avif", "webp", "png")), (False, ("avif", "webp", "jpg"))],
    ids=["transparent", "opaque"],
)
def test_the_fallback_is_what_every_browser_shows(has_alpha, endings):
    assert recipes.endings(has_alpha=has_alpha) == endings
