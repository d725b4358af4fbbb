"""Remote pictures come home: fetched, inspected, kept once, and shown instead of the address."""

import logging
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.desk import picturing
from articles.images import fetching, intake, keeping
from articles.images.inspection import NotAPicture, PictureRefused
from articles.images.models import Image, Problem

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
_SETTLED = frozenset(Problem) - {
    *(Problem.GONE, Problem.REFUSED, Problem.UNREACHABLE, Problem.TOO_SLOW),
}
_SECOND_LOOK = 1

logger = logging.getLogger("newsroom.pictures")


def is_due(image: Image) -> bool:
    """Whether it is time to ask for a remote picture; an editor may have asked in between."""
    if image.fetch_after is None:
        return not image.fetch_problem
    return image.fetch_after <= timezone.now()


def fetch_home(image_id: int) -> Image | None:
    """Ask for a remote picture once; the Image that has it now, or None if it stays outside.

    A picture that came home meanwhile is returned as it is, so that running it twice is as good
    as once. Network and storage are asked outside of any transaction. Raises `OSError` if the
    storage does not take the file.
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
    except PictureRefused as refusal:
        # A drawing in SVG is a picture for browsers: readers go on seeing it where it is.
        is_picture = fetched.content_type.startswith("image/")
        is_none = isinstance(refusal, NotAPicture) and not is_picture
        return _stays_outside(image, Problem.NO_PICTURE if is_none else Problem.NOT_TAKEN)
    stored = intake.store(prepared)
    try:
        return _settle(image, prepared, stored)
    except IntegrityError:  # the same file came in by another door just now
        return _settle(image, prepared, stored)


@transaction.atomic
def _settle(image: Image, prepared: intake.Prepared, stored: str) -> Image | None:
    """Put a fetched file behind a remote picture; the Image that shows it from now on.

    If the library has the same file already, the row only remembers the address, and whatever
    used it uses that one. What an editor did to the picture meanwhile stands.
    """
    twin = Image.objects.filter(sha256=prepared.sha256).exclude(pk=image.pk).first()
    image = _locked(image, *filter(None, [twin]))
    if image is None or image.same_as or not image.is_remote:
        return image and (image.same_as or image)
    if twin is None:
        image.fetch_problem, image.fetch_after = "", None
        keeping.put(image, prepared, stored)
        standing = image
        image.save()
    else:
        standing = stand_in(image, twin)
    picturing.refresh(standing)
    return standing


def stand_in(image: Image, twin: Image) -> Image:
    """Let a picture of the library stand for a remote one, which only keeps its address."""
    image.same_as, image.fetch_problem, image.fetch_after = twin, "", None
    image.save(update_fields=["same_as", "fetch_problem", "fetch_after"])
    picturing.pass_on(image, twin)
    return twin


@transaction.atomic
def _stays_outside(image: Image, problem: Problem) -> Image | None:
    """Note why; the Image that has it, if an editor brought it home meanwhile."""
    image = _locked(image)
    if image is None or image.same_as or not image.is_remote:
        return image and (image.same_as or image)
    image.fetch_problem = problem
    image.fetch_attempts += 1
    image.fetch_after = next_attempt(image)
    image.save(update_fields=["fetch_problem", "fetch_attempts", "fetch_after"])
    if image.is_dead:
        picturing.refresh(image)
    return None


def _locked(image: Image, *twins: Image) -> Image | None:
    """The row as it is now, held until the transaction ends; None if it was deleted.

    Its stories and those of its `twins` are held before it.
    """
    picturing.hold_stories_of(image, *twins)
    return Image.objects.select_for_update(no_key=True).filter(pk=image.pk).first()


def next_attempt(image: Image) -> datetime | None:
    """When to ask again after `image.fetch_attempts` attempts; None if never by itself."""
    attempts = _SECOND_LOOK if image.fetch_problem in _SETTLED else len(PAUSES)
    if image.fetch_attempts > attempts:
        return None
    return timezone.now() + PAUSES[max(0, image.fetch_attempts - 1)]
