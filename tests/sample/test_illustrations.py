"""The pictures are one family, and no two are alike."""

import hashlib
import time
from itertools import combinations

import pytest
from PIL import Image, ImageChops, ImageColor, ImageStat

from newsroom.sample.illustrations import PICTURES, draw, draw_all, mentioned, size_of
from newsroom.sample.paper import VERMILION

ALIKE = 12  # mean difference of two thumbnails, out of 255; the nearest two are well above


@pytest.fixture(scope="module")
def thumbnails():
    return {name: draw(name, (160, 90)) for name in PICTURES}


def test_every_picture_that_is_shown_can_be_drawn():
    assert mentioned()
    assert set(mentioned()) <= set(PICTURES)


def test_no_picture_is_drawn_for_nobody():
    assert set(PICTURES) == set(mentioned())


def test_a_picture_is_the_same_every_time():
    assert draw("chip", (320, 180)).tobytes() == draw("chip", (320, 180)).tobytes()


def test_a_picture_has_the_size_asked_for():
    assert draw("optical-clock").size == (1600, 900)
    assert draw("optical-clock", (400, 400)).size == (400, 400)


def test_no_two_pictures_have_the_same_thumbnail(thumbnails):
    prints = {hashlib.sha256(image.tobytes()).hexdigest() for image in thumbnails.values()}

    assert len(prints) == len(thumbnails)


def test_no_two_pictures_look_alike(thumbnails):
    distances = {
        (one, other): _distance(thumbnails[one], thumbnails[other])
        for one, other in combinations(thumbnails, 2)
    }

    nearest = min(distances, key=distances.get)
    assert distances[nearest] > ALIKE, nearest


def test_every_picture_has_the_accent_and_only_some_are_all_accent(thumbnails):
    shares = {name: _share_of_vermilion(image) for name, image in thumbnails.items()}

    assert min(shares.values()) > 0.002, min(shares, key=shares.get)
    assert len([name for name, share in shares.items() if share > 0.5]) <= 3


@pytest.mark.parametrize("name", ["dialect", "../chip", ""])
def test_an_unknown_picture_is_an_error(name):
    with pytest.raises(KeyError):
        draw(name)


def test_all_pictures_are_drawn_small_and_soon(tmp_path):
    began = time.process_time()

    paths = draw_all(tmp_path / "pictures")

    assert time.process_time() - began < 15
    assert [path.stem for path in paths] == mentioned()
    for path in paths:
        assert path.stat().st_size < 150_000
        with Image.open(path) as image:
            assert (image.format, image.size) == ("WEBP", size_of(path.stem))


def _share_of_vermilion(image):
    red, green, blue = ImageColor.getrgb(VERMILION)
    near = [
        abs(r - red) + abs(g - green) + abs(b - blue) < 60
        for r, g, b in zip(*(band.tobytes() for band in image.split()), strict=True)
    ]
    return sum(near) / len(near)


def _distance(one, other):
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3
