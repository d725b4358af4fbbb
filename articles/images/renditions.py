"""Makes the renditions of a picture, and writes down which of them can be shown."""

import logging
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image as Pillow

from articles.images import drawing, recipes
from articles.images.models import Image
from articles.images.opening import DAMAGE

logger = logging.getLogger("newsroom.pictures")


def wanted(image: Image) -> tuple[str, ...]:
    """The crops a picture is served in; what moves is shown whole as it was brought."""
    if image.is_remote:
        return ()
    return tuple(c for c in recipes.CROPS if c != recipes.FULL or not image.is_animated)


def missing(image: Image) -> tuple[str, ...]:
    """The crops that have to be made: never made, or for another focal point, size or edition."""
    return tuple(crop for crop in wanted(image) if not _is_up_to_date(image, crop))


def _is_up_to_date(image: Image, crop: str) -> bool:
    return _facts(image, crop).items() <= image.renditions.get(crop, {}).items()


def _facts(image: Image, crop: str) -> dict[str, Any]:
    """What the ledger says of a crop made now; as JSON has it, so lists."""
    return {
        "key": recipes.focus_key(crop, image.focus),
        "edition": recipes.EDITION,
        "sizes": [list(size) for size in recipes.sizes((image.width, image.height), crop)],
    }


def promised(image: Image, crops: Iterable[str] = recipes.CROPS) -> Iterator[str]:
    """The names of the files that the ledger of a picture says are there."""
    for crop in crops:
        made = image.renditions.get(crop)
        for recipe in _recipes(image, crop, made["sizes"] if made else ()):
            yield recipes.file_name(image.stem, recipe, made["key"], made["edition"])


def _recipes(image: Image, crop: str, sizes: Iterable[Iterable[int]]) -> Iterator[recipes.Recipe]:
    for size in sizes:
        for ending in recipes.endings(has_alpha=image.has_alpha):
            yield recipes.Recipe(crop, tuple(size), ending)


def make(image: Image, crops: Iterable[str] | None = None) -> bool:
    """Make the `crops` of a picture, or what is `missing`; true if all can be shown now.

    A crop is written down only when all of its files lie there and the picture is still the one
    it was made of; so this can be killed, repeated, and done by two at once. False, and a line in
    the log, if the original is missing or damaged; false also for a picture that is remote, or
    that changed meanwhile: then whoever changed it has asked again. Raises OSError if the storage
    cannot be read or written now: then it is worth another try.
    """
    crops = missing(image) if crops is None else tuple(crops)
    if image.is_remote or not crops:
        return not image.is_remote
    whole = _decoded(image, crops)
    if whole is None:
        return False
    return all(_note(image, crop, _drawn(image, crop, whole)) for crop in crops)


def _decoded(image: Image, crops: Iterable[str]) -> Pillow.Image | None:
    size = (image.width, image.height)
    cuts = [
        (recipes.crop_box(size, crop, image.focus), recipes.sizes(size, crop)[-1]) for crop in crops
    ]
    try:
        content = _original(image)
    except FileNotFoundError:
        logger.error("The file of picture %s is missing: %s", image.pk, image.file.name)
        return None
    try:
        return drawing.decoded(content, cuts, has_alpha=image.has_alpha)
    except DAMAGE as error:
        logger.error("Picture %s cannot be read: %s: %s", image.pk, image.file.name, error)
        return None


def _original(image: Image) -> bytes:
    with image.file.storage.open(image.file.name) as file:
        return file.read()


def _drawn(image: Image, crop: str, whole: Pillow.Image) -> dict[str, Any]:
    """Draw and store all files of a crop; returns what the ledger is to say of it."""
    facts = _facts(image, crop) | {"bytes": 0}
    size = (image.width, image.height)
    box = recipes.crop_box(size, crop, image.focus)
    sizes = recipes.sizes(size, crop)
    for each, picture in drawing.shrunk(whole, size, box, sizes):
        for recipe in _recipes(image, crop, [each]):
            content = drawing.encoded(picture, recipe.ending)
            name = recipes.file_name(image.stem, recipe, facts["key"])
            image.file.storage.save(name, ContentFile(content))
            facts["bytes"] += len(content)
    return facts


@transaction.atomic
def _note(image: Image, crop: str, facts: dict[str, Any]) -> bool:
    """Write a finished crop into the ledger, unless the picture has become another meanwhile."""
    now = Image.objects.select_for_update().filter(pk=image.pk).first()
    if now is None or now.sha256 != image.sha256:
        return False
    now.renditions[crop] = facts
    if not _is_up_to_date(now, crop):
        return False
    now.save(update_fields=["renditions"])
    image.renditions = now.renditions
    return True
