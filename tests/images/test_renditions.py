"""The files of a picture: what they are, and when they may be shown."""

import logging
import random
from io import BytesIO

import pytest
from django.core.files.storage import storages
from PIL import Image as Pillow
from PIL import ImageDraw

from articles.images import drawing, intake, recipes, renditions
from articles.images.models import Image
from articles.images.recipes import FULL, SOCIAL, WIDE

KINDS = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG", "png": "PNG"}
CORNERS = {
    "left above": (0.05, 0.1),
    "right above": (0.95, 0.1),
    "left below": (0.05, 0.9),
    "right below": (0.95, 0.9),
}


def encoded(picture, kind, **options):
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def library_picture(width=400, height=300, mode="RGB", colour="#2563eb", kind="PNG", **options):
    picture = Pillow.new("RGB", (width, height), colour).convert(mode)
    return intake.take_in(encoded(picture, kind, **options))


def files_of(image):
    """The bytes of every rendition that lies in the storage, by name without its folder."""
    folder = recipes.folder(image.stem)
    try:
        _folders, names = image.file.storage.listdir(folder)
    except FileNotFoundError:
        return {}
    found = {}
    for name in names:
        with image.file.storage.open(f"{folder}/{name}") as file:
            found[name] = file.read()
    return found


def opened(image, crop, ending, size=None):
    """One rendition, decoded; the largest unless `size` says otherwise."""
    size = size or image.renditions[crop]["sizes"][-1]
    made = image.renditions[crop]
    recipe = recipes.Recipe(crop, tuple(size), ending)
    with image.file.storage.open(recipes.file_name(image.stem, recipe, made["key"])) as file:
        picture = Pillow.open(BytesIO(file.read()))
    picture.load()
    return picture


def with_another_original(image, picture, kind, **options):
    """Let an older file, taken in by rules that are no more, stand behind `image`."""
    content = encoded(picture, kind, **options)
    with image.file.storage.open(image.file.name, "wb") as file:
        file.write(content)
    return image


# --- what is made -----------------------------------------------------------------------------


def test_every_recipe_becomes_a_file_and_is_written_down(db):
    image = library_picture(700, 500)

    assert renditions.make(image)

    ledger = Image.objects.get().renditions
    assert set(ledger) == set(recipes.CROPS)
    assert ledger[WIDE]["sizes"] == [[320, 180], [480, 270], [640, 360]]
    assert ledger[WIDE]["key"] == "0500-0500"
    names = {name.rpartition("/")[2] for name in renditions.promised(image)}
    assert set(files_of(image)) == names
    assert len(names) == 13 * 3
    assert sum(made["bytes"] for made in ledger.values()) == sum(
        len(content) for content in files_of(image).values()
    )


@pytest.mark.parametrize("crop", recipes.CROPS)
def test_a_file_is_what_its_name_says(db, crop):
    image = library_picture(700, 500)
    renditions.make(image)

    for size in image.renditions[crop]["sizes"]:
        for ending in ("avif", "webp", "jpg"):
            picture = opened(image, crop, ending, size)

            assert picture.format == KINDS[ending]
            assert picture.size == tuple(size)
            assert picture.mode == "RGB"


def test_the_jpeg_shows_something_before_it_is_all_there(db):
    image = library_picture()
    renditions.make(image)

    assert opened(image, FULL, "jpg").info["progressive"]


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (319, 181), (33, 700)], ids=str)
def test_odd_sizes_are_made_too(db, size):
    image = library_picture(*size)

    assert renditions.make(image)

    for crop in recipes.CROPS:
        for ending in ("avif", "webp", "jpg"):
            wanted = image.renditions[crop]["sizes"][-1]
            assert opened(image, crop, ending).size == tuple(wanted)


RIGHTS = {0x013B: "Lin Mo", 0x8298: "Copyright Lin"}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_every_file_says_whose_it_is_and_nothing_else(db, kind, mode):
    exif = Pillow.Exif()
    exif.update(RIGHTS | {0x0110: "A camera"})
    exif.get_ifd(0x8825)[1] = "N"
    picture = Pillow.new("RGB" if kind == "JPEG" else mode, (320, 240), "#2563eb")
    if picture.mode == "RGBA":
        picture.putalpha(90)
    image = intake.take_in(encoded(picture, kind, exif=exif, comment=b"at home"))

    renditions.make(image)

    assert len(files_of(image)) == 5 * 3
    for content in files_of(image).values():
        made = Pillow.open(BytesIO(content))
        assert dict(made.getexif()) == RIGHTS
        assert not {"xmp", "icc_profile", "comment"} & made.info.keys()
        assert b"camera" not in content
        assert b"home" not in content


def test_what_says_nothing_of_itself_has_nothing_but_pixels_in_its_files(db):
    image = library_picture(kind="JPEG", comment=b"at home")

    renditions.make(image)

    for content in files_of(image).values():
        made = Pillow.open(BytesIO(content))
        assert not {"exif", "xmp", "icc_profile", "comment"} & made.info.keys()
        assert b"Exif" not in content


def test_saying_whose_it_is_costs_few_bytes_and_is_said_the_same_way_twice(db):
    exif = Pillow.Exif()
    exif.update(RIGHTS)
    picture = Pillow.new("RGB", (400, 300), "#2563eb")
    silent = intake.take_in(encoded(picture, "JPEG"))
    telling = intake.take_in(encoded(picture, "JPEG", exif=exif))
    renditions.make(silent)
    renditions.make(telling)
    once = files_of(telling)

    renditions.make(telling, recipes.CROPS)

    assert files_of(telling) == once
    for name, content in files_of(silent).items():
        assert 0 < len(once[name]) - len(content) < 200


def test_making_twice_gives_the_same_bytes(db):
    noise = random.Random(7).randbytes(420 * 300 * 3)  # noqa: S311 -- noise, no secret
    image = intake.take_in(encoded(Pillow.frombytes("RGB", (420, 300), noise), "PNG"))
    renditions.make(image)
    once = files_of(image)

    renditions.make(image, recipes.CROPS)

    assert files_of(image) == once


def test_what_is_there_is_not_made_again(db, monkeypatch):
    image = library_picture()
    renditions.make(image)
    monkeypatch.setattr(drawing, "decoded", lambda *_args, **_options: pytest.fail("decoded again"))

    assert renditions.make(image)


def test_what_a_killed_worker_left_is_replaced(db):
    image = library_picture(400, 300)
    renditions.make(image)
    whole = files_of(image)
    for name in renditions.promised(image, [WIDE]):
        image.file.storage.delete(name)
        with image.file.storage.open(name, "wb") as file:
            file.write(b"half")
    Image.objects.update(renditions={})

    assert renditions.make(Image.objects.get())

    assert files_of(image) == whole


def test_a_new_edition_makes_everything_anew(db, monkeypatch):
    image = library_picture(400, 300)
    renditions.make(image)
    monkeypatch.setattr(recipes, "EDITION", 99)

    assert renditions.missing(image) == recipes.CROPS


# --- colours and transparency -----------------------------------------------------------------


def is_near(colour, wanted, tolerance=12):
    return all(abs(a - b) <= tolerance for a, b in zip(colour, wanted, strict=True))


@pytest.mark.parametrize("ending", ["avif", "webp", "png"])
@pytest.mark.parametrize("mode", ["RGBA", "P", "LA"])
def test_what_is_transparent_stays_so(db, ending, mode):
    picture = Pillow.new("RGBA", (400, 300), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((200, 0, 400, 300), fill=(128, 128, 128, 255))
    image = intake.take_in(encoded(picture.convert(mode), "PNG"))

    renditions.make(image)

    made = opened(image, FULL, ending, (320, 240)).convert("RGBA")
    assert made.getpixel((20, 120))[3] == 0
    assert is_near(made.getpixel((300, 120)), (128, 128, 128, 255))


def test_no_dark_edge_grows_around_what_is_transparent(db):
    picture = Pillow.new("RGBA", (900, 900), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((100, 100, 800, 800), fill=(255, 255, 255, 255))
    image = intake.take_in(encoded(picture, "PNG"))

    renditions.make(image)

    made = opened(image, FULL, "png", (320, 320))
    darkest = min(made.getpixel((x, 160))[0] for x in range(320) if made.getpixel((x, 160))[3] > 8)
    assert darkest > 240


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("P", "PNG"), ("L", "PNG"), ("1", "PNG"), ("L", "JPEG"), ("P", "GIF")],
)
def test_every_mode_that_is_kept_can_be_shrunk(db, mode, kind):
    image = library_picture(400, 300, mode=mode, colour="white", kind=kind)

    assert renditions.make(image)

    for ending in ("avif", "webp", "jpg"):
        picture = opened(image, WIDE, ending)
        assert is_near(picture.convert("RGB").getpixel((100, 80)), (255, 255, 255))


OLDER = {
    "CMYK": (Pillow.new("CMYK", (400, 300), (0, 255, 255, 0)), "JPEG", (255, 0, 0)),
    "16 bits": (Pillow.new("I;16", (400, 300), 0x8080), "PNG", (128, 128, 128)),
    "transparent": (Pillow.new("RGBA", (400, 300), (0, 0, 0, 0)), "PNG", (255, 255, 255)),
}


@pytest.mark.parametrize("name", OLDER)
def test_an_original_from_before_the_rules_is_shown_as_browsers_would(db, name):
    picture, kind, colour = OLDER[name]
    image = with_another_original(library_picture(400, 300), picture, kind)

    assert renditions.make(image)

    for ending in ("avif", "webp", "jpg"):
        shown = opened(image, FULL, ending).convert("RGB")
        assert is_near(shown.getpixel((100, 80)), colour, tolerance=40)


def test_an_original_from_before_the_rules_is_turned_upright(db):
    exif = Pillow.Exif()
    exif[0x0112] = 6
    lying = Pillow.new("RGB", (300, 400), "white")
    lying.paste("black", (0, 200, 300, 400))
    image = with_another_original(library_picture(400, 300), lying, "JPEG", exif=exif)

    renditions.make(image)

    shown = opened(image, FULL, "jpg").convert("L")
    assert shown.getpixel((40, 120)) < 40
    assert shown.getpixel((280, 120)) > 215


# --- the focal point --------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(900, 300), (300, 900), (640, 480)], ids=str)
@pytest.mark.parametrize("place", CORNERS)
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_crop_shows_the_focal_point(db, size, place, kind):
    across, down = CORNERS[place]
    x, y = round(size[0] * across), round(size[1] * down)
    picture = Pillow.new("RGB", size, "white")
    ImageDraw.Draw(picture).ellipse((x - 12, y - 12, x + 12, y + 12), fill="red")
    image = intake.take_in(encoded(picture, kind))
    image.focal_point = f"{across}x{down}"
    image.save(update_fields=["focal_point"])

    renditions.make(image)

    for crop in recipes.CROPS:
        small = opened(image, crop, "webp").convert("RGB")
        reds = (colour[0] > 200 and colour[1] < 90 for _count, colour in small.getcolors(2**20))
        assert any(reds), crop


def test_a_large_jpeg_is_cut_where_a_small_one_would_be(db, monkeypatch):
    """It is decoded at half of its size; the cut must follow."""
    picture = Pillow.new("RGB", (2500, 3600), "white")
    picture.paste("red", (0, 2944, 2500, 3600))
    image = intake.take_in(encoded(picture, "JPEG"))
    image.focal_point = "0.5x1"
    image.save(update_fields=["focal_point"])
    real, decoded = drawing.decoded, []
    monkeypatch.setattr(
        drawing, "decoded", lambda *a, **options: decoded.append(real(*a, **options)) or decoded[0]
    )

    renditions.make(image, [SOCIAL])

    assert decoded[0].size == (1250, 1800)
    card = opened(image, SOCIAL, "jpg").convert("RGB")
    assert card.size == (1200, 630)
    edge = [is_near(card.getpixel((600, y)), (254, 0, 0), 40) for y in (5, 305, 325, 625)]
    assert edge == [False, False, True, True]


def test_a_moved_focal_point_makes_the_crops_anew_but_not_the_whole(db):
    image = library_picture()
    renditions.make(image)
    before = files_of(image)
    image.focal_point = "0.1x0.9"
    image.save(update_fields=["focal_point"])

    assert renditions.missing(image) == tuple(recipes.SHAPES)
    renditions.make(image)

    assert image.renditions[WIDE]["key"] == "0100-0900"
    assert before.items() < files_of(image).items()


def changing(monkeypatch, **facts):
    """Let somebody change the picture as soon as its first file has been drawn."""
    real = drawing.encoded

    def meanwhile(picture, ending):
        Image.objects.update(**facts)
        return real(picture, ending)

    monkeypatch.setattr(drawing, "encoded", meanwhile)


def test_a_focal_point_moved_meanwhile_is_no_lie_in_the_ledger(db, monkeypatch):
    image = library_picture()
    changing(monkeypatch, focal_point="0.1x0.9")

    assert not renditions.make(image)

    assert set(Image.objects.get().renditions) == {FULL}


def test_a_picture_replaced_meanwhile_is_no_lie_in_the_ledger(db, monkeypatch):
    image = library_picture()
    changing(monkeypatch, sha256="0" * 64)

    assert not renditions.make(image)

    assert Image.objects.get().renditions == {}


def test_a_picture_deleted_meanwhile_is_no_error(db, monkeypatch):
    image = library_picture(40, 40)
    real = drawing.encoded

    def meanwhile(picture, ending):
        Image.objects.filter(pk=image.pk).delete()
        return real(picture, ending)

    monkeypatch.setattr(drawing, "encoded", meanwhile)

    assert not renditions.make(image)


def test_what_another_worker_wrote_down_meanwhile_stays(db, monkeypatch):
    image = library_picture()
    theirs = {"key": "0100-0100", "edition": 1, "sizes": [[320, 168]], "bytes": 1}
    changing(monkeypatch, renditions={SOCIAL: theirs})

    renditions.make(image, [FULL])

    assert Image.objects.get().renditions[SOCIAL] == theirs


# --- what is not made -------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_what_moves_is_shown_whole_as_it_is_and_its_crops_stand_still(db, kind):
    frames = [Pillow.new("RGB", (400, 300), colour) for colour in ("red", "blue", "green")]
    options = {"save_all": True, "append_images": frames[1:], "duration": 100}
    image = intake.take_in(encoded(frames[0], kind, **options))

    assert renditions.make(image)

    assert set(image.renditions) == set(recipes.SHAPES)
    still = opened(image, WIDE, "webp")
    assert getattr(still, "n_frames", 1) == 1
    assert is_near(still.convert("RGB").getpixel((100, 80)), (254, 0, 0), 30)


def test_of_a_remote_picture_there_is_nothing_to_make(db):
    image = intake.refer_to("https://example.com/a.jpg")

    assert not renditions.make(image)
    assert renditions.wanted(image) == renditions.missing(image) == ()


@pytest.mark.parametrize("verb", ["_open", "_save"])
def test_a_storage_that_is_away_is_no_damage(db, monkeypatch, caplog, verb):
    image = library_picture()

    def away(*_args):
        raise OSError("the bucket is away")

    monkeypatch.setattr(type(storages["default"]), verb, away)

    with pytest.raises(OSError, match="away"):
        renditions.make(image)

    assert not caplog.records
    assert Image.objects.get().renditions == {}


def gone(image):
    image.file.storage.delete(image.file.name)


def cut_off(image):
    with image.file.storage.open(image.file.name, "wb") as file:
        file.write(b"\xff\xd8\xff\xe0 no more")


@pytest.mark.parametrize("become", [gone, cut_off])
def test_an_original_that_cannot_be_read_is_one_line_in_the_log(db, caplog, become):
    image = library_picture()
    become(image)

    with caplog.at_level(logging.WARNING):
        assert not renditions.make(image)

    (line,) = caplog.records
    assert line.name == "newsroom.pictures"
    assert image.file.name in line.getMessage()
    assert line.exc_info is None
    assert Image.objects.get().renditions == {}
