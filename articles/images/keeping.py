"""Files behind rows: a prepared picture is put behind one, and its files are thrown away again."""

from pathlib import PurePosixPath

from django.core.files.storage import Storage

from articles.images import recipes
from articles.images.intake import Prepared, last_part
from articles.images.models import Image


def put(image: Image, prepared: Prepared, stored: str, *, name: str = "") -> None:
    """Put the prepared file at `stored` behind `image`, in memory; the caller saves the row.

    What the file says of itself (IPTC, XMP, EXIF) fills only what nobody said yet.
    """
    image.file.name = stored  # by its name: assigning it would read the file for its size
    for trait, value in prepared.traits.items():
        setattr(image, trait, value)
    image.original_name = last_part(name) or image.original_name
    image.renditions = {}
    for fact, value in prepared.facts.items():
        setattr(image, fact, getattr(image, fact) or value)


def throw_away(storage: Storage, original: str) -> None:
    """Delete the file of a picture whose row is gone, and the renditions made of it."""
    storage.delete(original)
    folder = recipes.folder(PurePosixPath(original).stem)
    try:
        _folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for file in files:
        storage.delete(f"{folder}/{file}")
