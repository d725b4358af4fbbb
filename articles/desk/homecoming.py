"""Remote pictures come home: fetched, inspected, kept once, and shown instead of the address."""

import logging
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.desk import picturing
from articles.images import fetching, intake, keeping
from articles.images.inspection import PictureRefused
from articles.images.models import DEAD, Image, Problem

#: pauses before the second attempt, the third ...; after the last one nobody asks by itself
PAUSES = (
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
    timedelta(days=14),
    timedelta(days=30),
)

# What will hardly change is looked at once more: the file may have been cut off on its way.
_SETTLED = frozenset({Problem.TOO_LARGE, Problem.NOT_TAKEN})
_SECOND_LOOK = 1

logger = logging.getLogger("newsroom.pictures")


def fetch_home(image_id: int) -> Image | None:
    """Ask for a remote picture once; the Image that has it now, or None if it stays outside.

    A picture that came home meanwhile is returned as it is, so that running it twice is as good
    as once. The network is asked outside of any transaction.
    """
    image = Image.objects.select_related("same_as").filter(pk=image_id).first()
    if image is None or not image.is_remote or image.same_as:
        return image and (image.same_as or image)
    try:
        fetched = fetching.fetch(image.source_url, page=image.found_on)
    except fetching.NotFetched as refusal:
        logger.info("Picture %s stays outside: %s", image.pk, refusal.detail or refusal.reason)
        return _stays_outside(image, refusal.reason)
    try:
        prepared = intake.prepare(fetched.content)
    except PictureRefused:
        # A drawing in SVG is a picture for browsers: readers go on seeing it where it is.
        is_picture = fetched.content_type.startswith("image/")
        return _stays_outside(image, Problem.NOT_TAKEN if is_picture else Problem.NO_PICTURE)
    try:
        return settle(image, prepared)
    except IntegrityError:  # the same file came in by another door just now
        return settle(image, prepared)


@transaction.atomic
def settle(image: Image, prepared: intake.Prepared) -> Image:
    """Put a fetched file behind a remote picture; the Image that shows it from now on.

    If the library has the same file already, the row only remembers the address, and whatever
    used it uses that one.
    """
    image = Image.objects.select_for_update().get(pk=image.pk)
    twin = Image.objects.filter(sha256=prepared.sha256).exclude(pk=image.pk).first()
    image.fetch_problem, image.fetch_after = "", None
    if twin is None:
        keeping.put(image, prepared)
        standing = image
    else:
        image.same_as = standing = twin
        picturing.pass_on(image, twin)
    image.save()
    picturing.refresh(standing)
    return standing


@transaction.atomic
def _stays_outside(image: Image, problem: Problem) -> None:
    image = Image.objects.select_for_update().get(pk=image.pk)
    image.fetch_problem = problem
    image.fetch_attempts += 1
    image.fetch_after = next_attempt(image)
    image.save(update_fields=["fetch_problem", "fetch_attempts", "fetch_after"])
    if image.is_dead:
        picturing.refresh(image)


def next_attempt(image: Image) -> datetime | None:
    """When to ask again after `image.fetch_attempts` attempts; None if never by itself."""
    attempts = _SECOND_LOOK if image.fetch_problem in _SETTLED else len(PAUSES)
    if image.fetch_problem in DEAD or image.fetch_attempts > attempts:
        return None
    return timezone.now() + PAUSES[max(0, image.fetch_attempts - 1)]
