"""The one door for pictures."""

from contextlib import suppress
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from PIL import Image as Pillow

from articles.images import intake
from articles.images.inspection import PictureRefused, inspect
from articles.images.models import Image
from tests.factories import picture_file


def test_a_picture_is_kept_with_its_size(db):
    image = intake.take_in(picture_file(64, 36), alt="红色")

    assert (image.width, image.height, image.alt) == (64, 36, "红色")
    with image.file.open() as file:
        assert file.read() == picture_file(64, 36)


def test_the_same_content_is_kept_once(db):
    first = intake.take_in(picture_file())

    second = intake.take_in(picture_file(), alt="后来的说明")

    assert second == first
    assert Image.objects.count() == 1


def test_what_the_file_is_decides_its_ending(db):
    image = intake.take_in(picture_file())

    assert image.file.name.endswith(".png")


def test_a_remote_picture_is_known_once(db):
    first = intake.refer_to("https://example.com/a.jpg")

    assert intake.refer_to("https://example.com/a.jpg") == first
    assert first.is_remote
    assert first.url == "https://example.com/a.jpg"


def test_a_picture_without_file_and_address_is_impossible(db):
    with pytest.raises(IntegrityError, match="a_picture_has"), transaction.atomic():
        Image.objects.create()


def encoded(picture, form, **options):
    out = BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def stored(image):
    with image.file.open() as file:
        return Pillow.open(BytesIO(file.read()))


# How an upright picture is laid down for a camera to write each orientation (EXIF 2.3, 4.6.4).
LAID_DOWN = {
    1: None,
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_90,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("orientation", LAID_DOWN)
def test_every_orientation_is_turned_upright(db, orientation):
    upright = Pillow.new("RGB", (64, 32), "white")
    upright.paste("black", (0, 0, 16, 16))
    method = LAID_DOWN[orientation]
    camera = upright if method is None else upright.transpose(method)
    exif = Pillow.Exif()
    exif[0x0112] = orientation

    image = intake.take_in(encoded(camera, "JPEG", exif=exif, quality=95))

    kept = stored(image).convert("L")
    assert (image.width, image.height) == kept.size == (64, 32)
    corners = [kept.getpixel(place) < 128 for place in [(4, 4), (60, 4), (4, 28), (60, 28)]]
    assert corners == [True, False, False, False]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_where_it_was_taken_is_not_kept_but_by_whom_is(db, form):
    exif = Pillow.Exif()
    exif[0x8298], exif[0x013B], exif[0x0110] = "Copyright Lin", "Lin", "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    content = encoded(Pillow.new("RGB", (64, 36), "red"), form, exif=exif)
    assert Pillow.open(BytesIO(content)).getexif().get_ifd(0x8825)

    image = intake.take_in(content)

    kept = stored(image).getexif()
    assert dict(kept) == {0x8298: "Copyright Lin", 0x013B: "Lin"}
    assert intake.take_in(content) == image


def test_the_slower_of_two_uploads_gets_the_picture_of_the_faster(db, monkeypatch):
    faster = []

    def slow(content):
        monkeypatch.setattr(intake, "inspect", inspect)
        faster.append(intake.take_in(content))
        return inspect(content)

    monkeypatch.setattr(intake, "inspect", slow)

    assert intake.take_in(picture_file()) == faster[0]
    assert Image.objects.count() == 1


# --- hostile ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        b"<html><script>x()</script></html>",
        picture_file(200, 200)[:120],
        b"GIF89a",
    ],
    ids=["empty", "svg", "html", "cut off", "header only"],
)
def test_what_is_no_picture_is_refused_with_a_sentence(db, content):
    with pytest.raises(PictureRefused) as refused:
        intake.take_in(content)

    assert len(str(refused.value)) > 5
    assert not Image.objects.exists()


def test_too_many_pixels_are_refused_before_decoding(db, settings):
    settings.IMAGE_MAX_PIXELS = 1000

    with pytest.raises(PictureRefused, match=r"pixel|像素"):
        intake.take_in(picture_file(64, 36))


def test_too_many_bytes_are_refused(db, settings):
    settings.IMAGE_MAX_BYTES = 10

    with pytest.raises(PictureRefused):
        intake.take_in(picture_file())


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_a_damaged_file_is_taken_or_refused_and_nothing_else(form):
    whole = encoded(Pillow.effect_noise((48, 32), 80).convert("RGB"), form)
    cut = [whole[: len(whole) * part // 8] for part in range(1, 8)]
    places = range(0, len(whole), max(1, len(whole) // 150))
    changed = [whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :] for at in places]

    for content in [*cut, *changed]:
        with suppress(PictureRefused):
            inspect(content)
