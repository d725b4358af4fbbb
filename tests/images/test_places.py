"""Renditions are made, pruned and thrown away alike in a folder and in a bucket."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from articles.images import intake, keeping, pruning, recipes, renditions
from articles.images.models import Image
from tests.factories import picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(storage):
    """A picture that lies in that storage, with all its renditions."""
    image = intake.take_in(picture_file(320, 200))
    assert renditions.make(image)
    return image


def in_a_while():
    """A moment before which everything was written that is there now."""
    return timezone.now() + timedelta(minutes=1)


def content_of(storage, name):
    with storage.open(name) as file:
        return file.read()


def test_every_rendition_lies_where_its_ledger_says(storage, image):
    names = list(renditions.promised(image))

    assert len(names) == 15
    assert all(storage.size(name) for name in names)
    assert sum(map(storage.size, names)) == sum(m["bytes"] for m in image.renditions.values())


def test_making_again_puts_the_same_bytes_in_the_same_place(storage, image):
    once = {name: content_of(storage, name) for name in renditions.promised(image)}
    storage.delete(next(iter(once)))

    renditions.make(image, recipes.CROPS)

    assert {name: content_of(storage, name) for name in renditions.promised(image)} == once
    assert list(pruning.forgotten(storage, before=in_a_while())) == []


def test_a_lost_original_makes_nothing(storage):
    image = intake.take_in(picture_file())
    storage.delete(image.file.name)

    assert not renditions.make(image)
    assert Image.objects.get().renditions == {}


def test_what_no_row_names_is_forgotten(storage, image):
    kept = {image.file.name, *renditions.promised(image, [recipes.FULL])}
    crops = set(renditions.promised(image)) - kept
    Image.objects.update(renditions={recipes.FULL: image.renditions[recipes.FULL]})
    replaced = storage.save(f"originals/00/{'0' * 24}.png", ContentFile(picture_file()))
    neighbour = storage.save(f"{image.file.name[:-4]}.jpg", ContentFile(picture_file()))

    names = set(pruning.forgotten(storage, before=in_a_while()))

    assert names == crops | {replaced, neighbour}


def test_what_is_young_is_not_forgotten_yet(storage, image):
    Image.objects.all().delete()

    names = pruning.forgotten(storage, before=timezone.now() - timedelta(minutes=1))

    assert list(names) == []


def test_a_file_that_vanishes_meanwhile_ends_nothing(storage, image):
    Image.objects.all().delete()
    every = {image.file.name, *renditions.promised(image)}
    found = pruning.forgotten(storage, before=in_a_while())
    met = {next(found)}

    for name in (gone := sorted(every - met)[-3:]):
        storage.delete(name)

    assert met | set(found) == every - set(gone)


def test_without_any_picture_nothing_is_forgotten(storage):
    assert list(pruning.forgotten(storage, before=in_a_while())) == []


def test_a_picture_is_thrown_away_with_everything_made_of_it(storage, image):
    other = intake.take_in(picture_file(colour="#fff"))
    renditions.make(other)

    keeping.throw_away(storage, image.file.name)

    names = [image.file.name, *renditions.promised(image)]
    assert not any(storage.exists(name) for name in names)
    assert all(storage.exists(name) for name in renditions.promised(other))


def test_throwing_away_twice_is_as_good_as_once(storage, image):
    for _time in range(2):
        keeping.throw_away(storage, image.file.name)

    assert not storage.exists(image.file.name)
