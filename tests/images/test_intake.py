"""The one door for pictures."""

import hashlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from PIL import Image as Pillow

from articles.images import cleaning, intake, renditions
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


def test_the_file_speaks_where_whoever_brings_it_is_silent(db, wanda):
    exif = Pillow.Exif()
    exif[0x010E], exif[0x013B] = "A fab at night", "Lin Mo"
    content = encoded(Pillow.new("RGB", (64, 36), "#3366cc"), "JPEG", exif=exif)

    image = intake.take_in(content, by=wanda, name=r"C:\photos\2026/fab.jpg", alt="工厂")

    image.refresh_from_db()
    assert (image.alt, image.caption, image.credit) == ("工厂", "A fab at night", "Lin Mo")
    assert (image.original_name, image.uploaded_by) == ("fab.jpg", wanda)
    assert (image.tone, image.has_alpha, image.is_animated) == ("36c", False, False)
    assert image.sha256 == hashlib.sha256(content).hexdigest()


def test_a_picture_is_known_by_the_bytes_that_were_brought(db):
    exif = Pillow.Exif()
    exif[0x0112] = 6
    content = encoded(Pillow.new("RGB", (64, 36), "red"), "JPEG", exif=exif)
    assert intake.known(content) is None

    image = intake.take_in(content)

    assert intake.known(content) == image
    assert (image.width, image.height) == (36, 64)


def test_who_has_the_same_picture_cannot_tell_where_ours_lies(db):
    content = picture_file()

    image = intake.take_in(content)

    digests = {hashlib.new(name, content).hexdigest() for name in ("sha256", "sha1", "md5")}
    assert not any(digest[:8] in image.file.name for digest in digests)


def test_what_is_stored_keeps_its_names_when_the_secret_key_changes(db, settings):
    image = intake.take_in(picture_file())
    renditions.make(image)
    before = [image.file.name, *renditions.promised(image)]

    settings.SECRET_KEY = "another"

    again = intake.take_in(picture_file())
    assert [again.file.name, *renditions.promised(again)] == before
    assert all(again.file.storage.exists(name) for name in before)


def test_another_key_gives_other_names(db, settings):
    first = intake.store(intake.prepare(picture_file()))
    settings.SECRET_KEY = "another"

    assert intake.store(intake.prepare(picture_file())) != first


def test_preparing_keeps_nothing(db):
    prepared = intake.prepare(picture_file(64, 36))

    assert (prepared.inspected.width, prepared.inspected.ending) == (64, "png")
    assert not Image.objects.exists()
    assert not stored_files()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("", ""),
        ("图.jpg", "图.jpg"),
        ("/etc/passwd", "passwd"),
        ("..\\..\\a.png", "a.png"),
        ("a\0\n\u202egnp.jpg", "agnp.jpg"),
        ("长" * 300 + ".jpeg", "长" * 195 + ".jpeg"),
        ("folder/", ""),
    ],
)
def test_of_a_name_the_last_part_is_kept(name, kept):
    assert intake.last_part(name) == kept


def stored_files():
    folder = Path(Image._meta.get_field("file").storage.location)
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_row_that_cannot_be_made_leaves_no_file(db):
    with pytest.raises(ValueError, match="uploaded_by"):
        intake.take_in(picture_file(), by="nobody")

    assert not stored_files()


def test_a_row_that_the_database_refuses_leaves_no_file(db, monkeypatch):
    def refuse(image):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(Image, "save", refuse)

    with pytest.raises(DatabaseError):
        intake.take_in(picture_file())

    assert not stored_files()


def test_the_slower_of_two_uploads_gets_the_picture_of_the_faster(db, monkeypatch):
    faster = []

    prepare = intake.prepare

    def slow(content):
        monkeypatch.setattr(intake, "prepare", prepare)
        faster.append(intake.take_in(content))
        return prepare(content)

    monkeypatch.setattr(intake, "prepare", slow)

    assert intake.take_in(picture_file()) == faster[0]
    assert Image.objects.count() == 1
    assert len(stored_files()) == 1


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


@pytest.mark.parametrize(
    "content", [picture_file(), b"\x89PNG\r\n\x1a\n cut off"], ids=["taken", "refused"]
)
def test_a_process_decodes_one_picture_at_a_time(monkeypatch, content):
    real, was_locked = cleaning.looked_at, []

    def looked_at(content):
        was_locked.append(cleaning._ONE_AT_A_TIME.locked())
        return real(content)

    monkeypatch.setattr(cleaning, "looked_at", looked_at)

    with suppress(PictureRefused):
        intake.prepare(content)

    assert was_locked == [True]
    assert not cleaning._ONE_AT_A_TIME.locked()
