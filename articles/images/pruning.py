"""Finds the files of pictures that nobody will ask for again, so that they can be deleted."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from django.core.files.storage import Storage

from articles.images.models import Image
from articles.images.renditions import promised

_ORIGINALS, _RENDITIONS = "originals", "renditions"


def forgotten(storage: Storage, *, before: datetime) -> Iterator[str]:
    """The names of files that no row and no ledger names and that were written `before` a time.

    Crops around a focal point that moved, files of pictures that are gone or were replaced, and
    what killed workers left. Younger ones may be about to be written down, or stand in a page not
    yet purged. Raises OSError if the storage does not answer.
    """
    for name in chain(_unnamed_originals(storage), _unnamed_renditions(storage)):
        if _is_older(storage, name, before):
            yield name


def _unnamed_originals(storage: Storage) -> Iterator[str]:
    for shelf in _listed(storage, _ORIGINALS)[0]:
        place = f"{_ORIGINALS}/{shelf}/"
        rows = Image.objects.filter(file__startswith=place)
        yield from _without(set(rows.values_list("file", flat=True)), storage, place)


def _unnamed_renditions(storage: Storage) -> Iterator[str]:
    for shelf in _listed(storage, _RENDITIONS)[0]:
        for folder in _listed(storage, f"{_RENDITIONS}/{shelf}")[0]:
            rows = Image.objects.filter(file__startswith=f"{_ORIGINALS}/{shelf}/{folder}.")
            named = {name for image in rows for name in promised(image)}
            yield from _without(named, storage, f"{_RENDITIONS}/{shelf}/{folder}/")


def _without(named: set[str], storage: Storage, place: str) -> Iterator[str]:
    """The names of the files in a folder that are not among those `named`."""
    names = (f"{place}{file}" for file in _listed(storage, place)[1])
    return (name for name in names if name not in named)


def _listed(storage: Storage, place: str) -> tuple[list[str], list[str]]:
    try:
        return storage.listdir(place)
    except FileNotFoundError:
        return [], []


def _is_older(storage: Storage, name: str, moment: datetime) -> bool:
    try:
        return storage.get_modified_time(name) < moment
    except OSError:  # somebody else deleted it, or it cannot be asked now: another time
        return False
