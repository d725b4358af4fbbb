"""Finds the rendition files that nobody will ask for again, so that they can be deleted."""

from collections.abc import Iterator
from datetime import datetime

from django.core.files.storage import Storage

from articles.images.models import Image
from articles.images.renditions import promised

_FOLDER = "renditions"


def forgotten(storage: Storage, *, before: datetime) -> Iterator[str]:
    """The names of rendition files that no ledger names and that were written `before` a time.

    Crops around a focal point that moved, files of pictures that are gone, and what killed
    workers left. Younger ones may be about to be written down, or stand in a page not yet purged.
    """
    for shelf in _listed(storage, _FOLDER)[0]:
        for folder in _listed(storage, f"{_FOLDER}/{shelf}")[0]:
            place = f"{_FOLDER}/{shelf}/{folder}"
            named = {
                name
                for image in Image.objects.filter(sha256__startswith=folder)
                for name in promised(image)
            }
            names = (f"{place}/{file}" for file in _listed(storage, place)[1])
            yield from (n for n in names if n not in named and _is_older(storage, n, before))


def _listed(storage: Storage, place: str) -> tuple[list[str], list[str]]:
    try:
        return storage.listdir(place)
    except FileNotFoundError:
        return [], []


def _is_older(storage: Storage, name: str, moment: datetime) -> bool:
    try:
        return storage.get_modified_time(name) < moment
    except FileNotFoundError:  # somebody else deleted it
        return False
