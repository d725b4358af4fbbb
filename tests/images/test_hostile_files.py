"""Files that try something: each is refused with its sentence, or kept without what it tried."""

import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import pytest
from django.utils import translation
from PIL import Image as Pillow
from PIL import ImageCms, ImageSequence

from articles.images import intake
from articles.images.inspection import PictureRefused, inspect
from articles.images.models import Image
from newsroom.management import wide_gamut
from tests.images import hostile
from tests.images.hostile import CODE, animated, encoded, noise

FORMS = ["JPEG", "PNG", "WEBP", "AVIF", "GIF"]
DAMAGED = "The picture is damaged or cut off."
NO_PICTURE = "The file is not a picture we can read."
SVG = "An SVG may carry scripts and is not taken; save it as a PNG."


def opened(content):
    return Pillow.open(BytesIO(content))


def refusal(content):
    with translation.override("en"):
        with pytest.raises(PictureRefused) as refused:
            intake.prepare(content)
        return str(refused.value)


# --- refused ----------------------------------------------------------------------------------

TOO_MANY = "The picture has too many pixels: {} × {}, at most 60 million are taken."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\0" * 64, NO_PICTURE),
        (b"just a text", NO_PICTURE),
        (b"<html><body><svg onload='x()'/></body></html>", NO_PICTURE),
        (b"<!DOCTYPE html><svg></svg>", NO_PICTURE),
        (b"%PDF-1.7\n", NO_PICTURE),
        (hostile.BMP_HEADER, NO_PICTURE),
        (hostile.archive(), NO_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", SVG),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?><!-- a --><svg:svg xmlns:svg='x'/>", SVG),
        ("\ufeff<?xml version='1.0'?><svg/>".encode("utf-16-le"), SVG),
        (hostile.png_of(50_000, 50_000), TOO_MANY.format(50_000, 50_000)),
        (hostile.png_of(60_000_001, 1), TOO_MANY.format(60_000_001, 1)),
        (hostile.gif_of(65_535, 65_535), TOO_MANY.format(65_535, 65_535)),
        (hostile.webp_of(16_384, 16_384), TOO_MANY.format(16_384, 16_384)),
        (hostile.jpeg_of(65_500, 65_500), TOO_MANY.format(65_500, 65_500)),
        (
            hostile.gif_of(2000, 2000, frames=61),
            "The animation is too long: 61 pictures of 2000 × 2000 pixels.",
        ),
        (
            hostile.gif_of(10, 10, frames=1001),
            "The animation is too long: 1001 pictures of 10 × 10 pixels.",
        ),
        (
            hostile.png_of(10, 10, frames=2**31 - 2),  # and the one it begins with
            "The animation is too long: 2147483647 pictures of 10 × 10 pixels.",
        ),
        (b"GIF89a", DAMAGED),
        (b"\xff\xd8\xff", DAMAGED),
        (b"\x89PNG\r\n\x1a\n", DAMAGED),
        (b"RIFF\0\0\0\0WEBP", DAMAGED),
        (b"\0\0\0\x14ftypheic\0\0\0\0heic", DAMAGED),
        (b"\0\0\0\x14ftypavif\0\0\0\0avif", DAMAGED),
        (hostile.gif_of(0, 0), DAMAGED),
    ],
    ids=lambda value: value[:12].hex() if isinstance(value, bytes) else "",
)
def test_what_cannot_be_taken_is_refused_with_its_sentence(content, sentence):
    assert refusal(content) == sentence


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("form", [*FORMS, "HEIC"])
def test_a_picture_cut_off_is_refused(form, part):
    turned = (hostile.HERE / "turned.heic").read_bytes()
    whole = turned if form == "HEIC" else encoded(noise(200, 120), form)

    assert refusal(whole[: int(len(whole) * part)]) == DAMAGED


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_an_animation_cut_off_after_its_first_frame_is_refused(form):
    whole = animated(form)

    assert refusal(whole[:-40]) == DAMAGED


def test_a_file_too_large_is_refused_with_its_size_and_the_limit(settings):
    settings.IMAGE_MAX_BYTES = 1024 * 1024

    sentence = refusal(b"\xff\xd8\xff" + bytes(3 * 1024 * 1024 // 2))

    assert sentence == "The file is too large: it has 1.5 MB, at most 1 MB are taken."


def test_a_bomb_is_refused_without_being_unpacked():
    """Its pixels would take 10 GB; the interpreter that looks at it may have 1 GB."""
    looking = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30));"
        "import django; django.setup();"
        "from articles.images.inspection import inspect, PictureRefused;"
        "from tests.images import hostile\n"
        "for bomb in (hostile.png_of(50_000, 50_000), hostile.gif_of(65_535, 65_535),"
        " hostile.webp_of(16_384, 16_384), hostile.jpeg_of(65_500, 65_500)):\n"
        "    try: inspect(bomb)\n"
        "    except PictureRefused as refusal: print(' × ' in str(refusal))"
    )

    answer = subprocess.run(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-c", looking],
        capture_output=True,
        text=True,
        check=False,
        env={"DJANGO_SETTINGS_MODULE": "newsroom.settings", "SECRET_KEY": "x", "LANG": "C.UTF-8"},
        cwd=hostile.HERE.parent.parent,
    )

    assert answer.stdout.split() == ["True"] * 4, answer.stderr


# --- kept without what it carried ---------------------------------------------------------------


@pytest.mark.parametrize("tail", [CODE, hostile.archive(), b"<html><script>x()</script>", b"\0MP4"])
@pytest.mark.parametrize("form", FORMS)
def test_what_is_appended_is_gone(form, tail):
    whole = encoded(noise(), form)

    kept = intake.prepare(whole + tail).content

    assert tail not in kept
    assert opened(kept).size == (64, 48)


def test_a_picture_with_code_appended_is_drawn_anew():
    whole = encoded(noise(), "JPEG", quality=70)

    kept = intake.prepare(whole + CODE).content

    assert kept != whole
    assert kept == intake.prepare(kept).content


@pytest.mark.parametrize(
    "content",
    [
        encoded(noise(), "JPEG", comment=CODE),
        hostile.with_segment(encoded(noise(), "JPEG"), 0xE5, b"__HALT_COMPILER(); ?>" + CODE),
        hostile.with_segment(encoded(noise(), "JPEG"), 0xE1, b"Exif\0\0" + CODE),
        hostile.with_segment(encoded(noise(), "JPEG"), 0xE2, b"ICC_PROFILE\0\1\1" + CODE),
        encoded(noise(mode="P"), "GIF", comment=CODE),
        b"GIF89a/*" + encoded(noise(mode="P"), "GIF")[8:] + b"*/=1;<script>" + CODE,
        encoded(noise(), "PNG").replace(b"IDAT", b"IDAT", 1)[:-12]
        + hostile.png_chunk(b"tEXt", b"a\0" + CODE)
        + hostile.png_chunk(b"IEND", b""),
        encoded(noise(), "PNG", icc_profile=CODE),
        encoded(noise(), "WEBP", exif=b"Exif\0\0" + CODE, xmp=CODE),
        encoded(noise(), "AVIF", xmp=CODE),
        animated("GIF", comment=CODE) + CODE,
        animated("PNG") + CODE,
        animated("WEBP", xmp=CODE) + CODE,
        animated("AVIF", xmp=CODE),
    ],
    ids=[
        "jpeg comment",
        "phar",
        "jpeg exif",
        "jpeg profile",
        "gif comment",
        "gif and script",
        "png text",
        "png profile",
        "webp",
        "avif xmp",
        "moving gif",
        "moving png",
        "moving webp",
        "moving avif",
    ],
)
def test_code_hidden_in_a_picture_is_gone_and_the_picture_is_there(content):
    before = inspect(content)

    prepared = intake.prepare(content)

    assert b"<?php" not in prepared.content
    assert b"<script" not in prepared.content
    assert b"HALT" not in prepared.content
    after = replace(inspect(prepared.content), tone="")
    assert after == replace(prepared.inspected, tone="")
    assert after == replace(before, tone="", ending=after.ending)
    opened(prepared.content).load()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_where_it_was_taken_is_nowhere_in_the_file(form):
    content = hostile.telling(form)
    assert content.count(hostile.PLACE) == 2

    kept = intake.prepare(content).content

    assert hostile.PLACE not in kept
    assert b"A camera" not in kept
    assert dict(opened(kept).getexif()) == {0x8298: "Copyright Lin", 0x013B: "Lin"}
    assert opened(kept).tobytes() == opened(content).tobytes()


@pytest.mark.parametrize(
    "content",
    [
        encoded(noise(), "JPEG", comment=hostile.PLACE),
        hostile.with_segment(encoded(noise(), "JPEG"), 0xED, b"Photoshop 3.0\0" + hostile.PLACE),
        encoded(noise(mode="P"), "GIF", comment=hostile.PLACE),
        animated("GIF", comment=hostile.PLACE),
        hostile.with_png_text(encoded(noise(), "PNG"), hostile.PLACE),
        hostile.with_png_text(animated("PNG"), hostile.PLACE),
        encoded(noise(), "AVIF") + hostile.box(b"uuid", hostile.PLACE),
    ],
    ids=["jpeg", "photoshop", "gif", "moving gif", "png", "moving png", "avif"],
)
def test_a_remark_about_the_place_goes_and_no_pixel_changes(content):
    assert hostile.PLACE in content

    prepared = intake.prepare(content)

    assert hostile.PLACE not in prepared.content
    if prepared.inspected.ending != "jpg" or opened(content).format == "JPEG":
        assert opened(prepared.content).tobytes() == opened(content).tobytes()


def test_an_avif_keeps_no_item_that_is_not_seen():
    content = hostile.telling("AVIF").replace(b"mimeXMP", b"zzzzXMP")

    assert hostile.PLACE not in intake.prepare(content).content


def test_a_webp_does_not_announce_what_it_no_longer_has():
    content = encoded(noise(), "WEBP", xmp=hostile.PLACE)

    kept = intake.prepare(content).content

    assert (content[20] & 0x04, kept[20] & 0x0C) == (0x04, 0)


def test_a_thumbnail_goes_and_the_jpeg_of_an_mpo_stays():
    first, second = noise(), noise()
    content = encoded(first, "MPO", save_all=True, append_images=[second])
    assert opened(content).n_frames == 2

    prepared = intake.prepare(content)

    assert prepared.inspected.ending == "jpg"
    assert opened(prepared.content).format == "JPEG"
    assert prepared.content.count(b"\xff\xd8\xff") == 1


@pytest.mark.parametrize("form", FORMS)
def test_a_plain_picture_is_kept_byte_for_byte(form):
    content = encoded(noise(), form)

    assert intake.prepare(content).content == content


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_what_has_been_cleaned_needs_no_cleaning(form):
    once = intake.prepare(hostile.telling(form)).content

    assert intake.prepare(once).content == once


# --- what it is -------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_a_wrong_ending_does_not_matter(db, form):
    image = intake.take_in(encoded(noise(), form), name="evil.php.svg")

    ending = {"JPEG": "jpg"}.get(form, form.lower())
    assert image.file.name.endswith(f".{ending}")
    assert image.original_name == "evil.php.svg"


def test_a_very_wide_picture_is_taken():
    prepared = intake.prepare(encoded(Pillow.new("RGB", (20_000, 40), "red"), "PNG"))

    assert (prepared.inspected.width, prepared.inspected.height) == (20_000, 40)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "AVIF"])
def test_an_animation_keeps_moving(form):
    content = animated(form)

    prepared = intake.prepare(content)

    assert prepared.inspected.is_animated
    assert prepared.content == content


@pytest.mark.parametrize("form", ["WEBP", "PNG", "AVIF"])
def test_an_animation_with_other_colours_is_drawn_anew_frame_by_frame(form):
    content = animated(form, icc_profile=wide_gamut.profile())

    moving = opened(intake.prepare(content).content)

    lengths = [frame.info["duration"] for frame in ImageSequence.Iterator(moving) if frame.load()]
    assert lengths == [80, 80, 80]
    assert "icc_profile" not in moving.info


@pytest.mark.parametrize(
    ("picture", "has_alpha", "tone"),
    [
        (Pillow.new("RGB", (40, 30), "#d9381e"), False, "c33"),
        (Pillow.new("L", (40, 30), 255), False, "fff"),
        (Pillow.new("1", (40, 30), 0), False, "000"),
        (Pillow.new("RGBA", (40, 30), "#3366ccff"), False, "36c"),
        (Pillow.new("RGBA", (40, 30), "#3366cc80"), True, ""),
        (Pillow.new("LA", (40, 30), (255, 0)), True, ""),
        (Pillow.new("RGB", (40, 30), "#00ff00").quantize(4), False, "0f0"),
        (Pillow.new("I;16", (40, 30), 0x8000), False, "666"),
    ],
    ids=["rgb", "grey", "one bit", "opaque", "half", "grey alpha", "palette", "16 bit"],
)
def test_the_colour_of_a_picture_stands_for_it_unless_it_is_transparent(picture, has_alpha, tone):
    inspected = inspect(encoded(picture, "PNG"))

    assert (inspected.has_alpha, inspected.tone) == (has_alpha, tone)


def test_a_palette_with_transparency_keeps_it():
    picture = Pillow.new("P", (40, 30), 1)
    picture.putpalette([255, 0, 0, 0, 0, 255])
    picture.paste(0, (0, 0, 20, 30))

    prepared = intake.prepare(encoded(picture, "PNG", transparency=0) + CODE)

    kept = opened(prepared.content).convert("RGBA")
    assert prepared.inspected.has_alpha
    assert (kept.getpixel((0, 0))[3], kept.getpixel((39, 0))) == (0, (0, 0, 255, 255))


def test_sixteen_bits_of_grey_become_eight_and_keep_their_light():
    prepared = intake.prepare(encoded(Pillow.new("I;16", (40, 30), 0x8000), "PNG"))

    kept = opened(prepared.content)
    assert (kept.mode, kept.getpixel((5, 5))) == ("L", 127)


def test_printing_colours_become_those_of_a_screen():
    red = Pillow.new("CMYK", (40, 30), (0, 255, 255, 0))

    prepared = intake.prepare(encoded(red, "JPEG", quality=95))

    kept = opened(prepared.content)
    strong, green, blue = kept.getpixel((20, 15))
    assert kept.mode == "RGB"
    assert strong > 200 > 60 > max(green, blue)
    assert prepared.inspected.tone == "f00"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_wide_gamut_is_brought_to_srgb(form):
    profile = wide_gamut.profile()
    picture = Pillow.new("RGB", (40, 30), (200, 100, 100))
    options = {"lossless": True} if form == "WEBP" else {}

    kept = opened(intake.prepare(encoded(picture, form, icc_profile=profile, **options)).content)

    red, green, blue = kept.convert("RGB").getpixel((20, 15))
    assert "icc_profile" not in kept.info
    assert red > 206
    assert max(green, blue) < 100


def test_transparency_survives_the_way_to_srgb():
    picture = Pillow.new("RGBA", (40, 30), (200, 100, 100, 77))

    content = encoded(picture, "PNG", icc_profile=wide_gamut.profile())

    assert opened(intake.prepare(content).content).getpixel((5, 5))[3] == 77


def test_a_profile_that_is_srgb_already_changes_nothing():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = encoded(noise(), "JPEG", icc_profile=profile)

    assert intake.prepare(content).content == content


def test_a_broken_profile_goes_and_the_colours_stay():
    content = encoded(noise(), "PNG", icc_profile=b"no profile" * 20)

    kept = opened(intake.prepare(content).content)

    assert "icc_profile" not in kept.info
    assert kept.tobytes() == opened(content).tobytes()


# --- upright ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", hostile.LAID_DOWN)
def test_every_orientation_is_turned_upright(orientation, form):
    options = {} if form == "PNG" else {"quality": 95}

    prepared = intake.prepare(hostile.laid_down(orientation, form, **options))

    kept = opened(prepared.content)
    inspected = prepared.inspected
    assert (inspected.width, inspected.height) == kept.size == (64, 32)
    assert kept.getexif().get(0x0112, 1) == 1
    assert_corner(kept)


def assert_corner(picture):
    """Dark in the upper left corner alone."""
    grey, (width, height) = picture.convert("L"), picture.size
    places = [(4, 4), (width - 4, 4), (4, height - 4), (width - 4, height - 4)]
    assert [grey.getpixel(place) < 128 for place in places] == [True, False, False, False]


def test_a_turned_jpeg_keeps_its_quality_turned_with_it():
    tables = [[1 + at for at in range(64)], [100 + at for at in range(64)]]
    content = hostile.laid_down(6, "JPEG", qtables=tables)

    kept = opened(intake.prepare(content).content)

    assert kept.quantization[0][:3] == [1, 9, 17]
    assert kept.quantization[1][:3] == [100, 108, 116]


def test_the_picture_of_a_phone_becomes_an_upright_jpeg():
    prepared = intake.prepare((hostile.HERE / "turned.heic").read_bytes())

    kept = opened(prepared.content)
    assert (prepared.inspected.ending, kept.format, kept.size) == ("jpg", "JPEG", (48, 32))
    assert dict(kept.getexif()) == {0x8298: "Copyright Lin"}
    assert_corner(kept)


def test_a_transparent_heic_becomes_a_png():
    prepared = intake.prepare((hostile.HERE / "transparent.heic").read_bytes())

    kept = opened(prepared.content)
    assert (prepared.inspected.ending, kept.format, kept.mode) == ("png", "PNG", "RGBA")
    assert prepared.inspected.has_alpha


def test_opening_a_heic_teaches_pillow_nothing():
    content = (hostile.HERE / "turned.heic").read_bytes()

    inspect(content)

    assert "HEIF" not in Pillow.OPEN
    assert not Image._meta.get_field("file").formats
