"""`manage.py make_renditions`, as somebody at the command line sees it."""

import os
import time
from io import StringIO

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from articles.images import intake, renditions
from articles.images.models import Image
from articles.models import Article
from tests import factories
from tests.factories import picture_file

NOTHING = "0 pictures, 0 files, 0\xa0bytes made; 0 failed.\n"
TWO_DAYS = 2 * 24 * 60 * 60  # seconds


@pytest.fixture(autouse=True)
def _english_terminal(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def image(db):
    """A picture with one width in each of its five crops: fifteen files."""
    return intake.take_in(picture_file(320, 200))


def make(*options):
    out, err = StringIO(), StringIO()
    call_command("make_renditions", *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def path_of(image, name):
    return image.file.storage.path(name)


def test_what_is_missing_is_made_and_counted(image):
    intake.refer_to("https://example.com/a.jpg")

    out, err = make()

    image.refresh_from_db()
    size = sum(image.file.storage.size(name) for name in renditions.promised(image))
    assert renditions.missing(image) == ()
    assert out.startswith("1 pictures, 15 files, ")
    assert out.endswith(" made; 0 failed.\n")
    assert f"{size / 1024:.1f}\xa0KB" in out
    assert err == ""


def test_again_there_is_nothing_to_do(image):
    make()

    assert make() == (NOTHING, "")


def test_a_lost_file_is_noticed_only_if_asked_for(image):
    make()
    image.refresh_from_db()
    lost = next(renditions.promised(image, ["16:9"]))
    image.file.storage.delete(lost)

    ledger_only, _err = make()
    with_files, _err = make("--missing")

    assert ledger_only == NOTHING
    assert with_files.startswith("1 pictures, 3 files, ")
    assert image.file.storage.exists(lost)


def test_everything_is_made_anew_if_asked_for(image):
    make()

    out, _err = make("--all")

    assert out.startswith("1 pictures, 15 files, ")


def test_a_picture_that_cannot_be_read_is_named_and_the_others_are_made(image):
    lost = intake.take_in(picture_file(colour="#fff"))
    lost.file.storage.delete(lost.file.name)
    out, err = StringIO(), StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("make_renditions", stdout=out, stderr=err)

    assert ended.value.code == 1
    assert f"picture {lost.pk} could not be made: {lost.file.name}" in err.getvalue()
    assert "1 pictures, 15 files" in out.getvalue()
    assert out.getvalue().endswith("1 failed.\n")


def test_live_stories_show_what_was_made(image):
    story = factories.live(
        body=f'<figure><img src="{image.url}" alt="红色" data-image="{image.pk}"></figure>'
    )
    assert "<source" not in story.rendered_body

    make()

    assert "image/avif" in Article.objects.get().rendered_body


def test_live_stories_name_a_new_public_address_if_asked_to(image, settings):
    make()
    story = factories.live(
        body=f'<figure><img src="{image.url}" alt="红色" data-image="{image.pk}"></figure>'
    )
    assert 'src="/media/renditions' in story.rendered_body
    settings.MEDIA_URL = "https://pictures.example/"

    before, _err = make()
    story.refresh_from_db()
    assert "pictures.example" not in story.rendered_body
    after, _err = make("--refresh")

    story.refresh_from_db()
    assert (before, after) == (NOTHING, NOTHING + "1 live stories changed.\n")
    assert 'src="https://pictures.example/renditions' in story.rendered_body
    assert make("--refresh")[0].endswith("0 live stories changed.\n")


@pytest.mark.parametrize("verb", ["_open", "_save"])
def test_a_storage_that_is_away_is_a_failure_not_a_crash(image, monkeypatch, verb, caplog):
    def away(*_args):
        raise OSError("the bucket is away")

    monkeypatch.setattr(type(storages["default"]), verb, away)
    out, err = StringIO(), StringIO()

    with pytest.raises(SystemExit):
        call_command("make_renditions", stdout=out, stderr=err)

    assert f"picture {image.pk} could not be made" in err.getvalue()
    assert "the bucket is away" in caplog.text


def test_pruning_a_storage_that_is_away_says_so(image, monkeypatch, caplog):
    def away(*_args):
        raise OSError("the bucket is away")

    make()
    monkeypatch.setattr(type(storages["default"]), "listdir", away)

    with pytest.raises(CommandError, match="does not answer"):
        make("--prune")

    assert "the bucket is away" in caplog.text


def test_missing_and_all_exclude_each_other(db):
    with pytest.raises(CommandError, match="not allowed with"):
        make("--missing", "--all")


# --- files that nothing names -----------------------------------------------------------------


def aged(image, *names):
    long_ago = time.time() - TWO_DAYS
    for name in names:
        os.utime(path_of(image, name), (long_ago, long_ago))


def test_the_crops_around_an_old_focal_point_are_deleted_after_a_day(image):
    renditions.make(image)
    old = list(renditions.promised(image, ["16:9"]))
    whole = list(renditions.promised(image, ["full"]))
    Image.objects.update(focal_point="0.9x0.5")
    aged(image, *old, *whole)

    out, _err = make("--prune")

    image.refresh_from_db()
    assert out.endswith("3 files deleted that nothing names.\n")
    assert not any(image.file.storage.exists(name) for name in old)
    assert all(image.file.storage.exists(name) for name in renditions.promised(image))


def test_young_files_are_kept_since_a_page_may_still_show_them(image):
    renditions.make(image)
    old = list(renditions.promised(image, ["16:9"]))
    Image.objects.update(focal_point="0.9x0.5")

    out, _err = make("--prune")

    assert out.endswith("0 files deleted that nothing names.\n")
    assert all(image.file.storage.exists(name) for name in old)


def test_what_is_left_of_a_deleted_picture_and_of_a_killed_worker_is_deleted(image):
    renditions.make(image)
    names = list(renditions.promised(image))
    aged(image, *names)
    part = names[0].rpartition("/")[0] + "/.0011.part"
    with open(path_of(image, part), "wb") as file:  # noqa: PTH123 -- a storage's path
        file.write(b"half")
    aged(image, part)
    Image.objects.all().delete()

    out, _err = make("--prune")

    assert out.endswith("16 files deleted that nothing names.\n")
    assert image.file.storage.exists(image.file.name)


def test_an_original_that_no_row_names_is_deleted_after_a_day(image):
    lost = intake.take_in(picture_file(colour="#fff"))
    young = intake.take_in(picture_file(colour="#000"))
    part = image.file.name.rpartition("/")[0] + "/.0011.part"
    with open(path_of(image, part), "wb") as file:  # noqa: PTH123 -- a storage's path
        file.write(b"half")
    aged(image, lost.file.name, image.file.name, part)
    Image.objects.exclude(pk=image.pk).delete()

    out, _err = make("--prune")

    assert out.endswith("2 files deleted that nothing names.\n")
    assert not any(image.file.storage.exists(name) for name in (lost.file.name, part))
    assert all(image.file.storage.exists(kept.file.name) for kept in (image, young))


def test_without_any_rendition_there_is_nothing_to_prune(db):
    out, _err = make("--prune")

    assert out == NOTHING + "0 files deleted that nothing names.\n"
