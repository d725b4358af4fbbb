"""What the background worker does for the library; a reader's page never waits for it."""

import logging
from datetime import timedelta

from django.db.models import Q
from django.tasks import Task, task
from django.utils import timezone

from articles.desk import homecoming, picturing
from articles.images import keeping, renditions
from articles.images.models import Image

# Below the desk's own work: a publication that is due does not wait for twenty pictures.
_PATIENT = -10
_FETCHING = -5
_STORAGE_PAUSE = timedelta(minutes=10)

logger = logging.getLogger("newsroom.pictures")


@task(priority=_PATIENT)
def make_renditions(image_id: int) -> bool:
    """Make what is missing of a picture's renditions, then show them; twice is as good as once."""
    image = Image.objects.filter(pk=image_id).first()
    if image is None:
        return False
    try:
        is_made = renditions.make(image)
    except OSError as error:
        return _again_later(make_renditions, error, image_id)
    if is_made:
        picturing.refresh(image)
    return is_made


@task(priority=_FETCHING)
def fetch_picture(image_id: int) -> bool:
    """Ask for a remote picture if it is time to; if it cannot be had now, ask again later."""
    image = Image.objects.filter(pk=image_id).first()
    if image is None or not homecoming.is_due(image):
        return False
    try:
        home = homecoming.fetch_home(image_id)
    except OSError as error:
        return _again_later(fetch_picture, error, image_id)
    if home is not None:
        make_renditions.enqueue(home.pk)
        return True
    later = Image.objects.outside().filter(pk=image_id, fetch_after__isnull=False).first()
    if later is not None:
        fetch_picture.using(run_after=later.fetch_after).enqueue(image_id)
    return False


@task(priority=_PATIENT)
def throw_away(name: str, sha256: str) -> bool:
    """Delete the files of a picture that is gone or was replaced, unless it came in again."""
    if Image.objects.filter(Q(file=name) | Q(sha256=sha256)).exists():
        return False
    try:
        keeping.throw_away(Image._meta.get_field("file").storage, name)
    except OSError as error:
        return _again_later(throw_away, error, name, sha256)
    return True


def _again_later(work: Task, error: OSError, *arguments: int | str) -> bool:
    """The storage does not answer: the same again after a pause, for as long as it takes."""
    logger.error("The storage of pictures does not answer: %s", error)
    work.using(run_after=timezone.now() + _STORAGE_PAUSE).enqueue(*arguments)
    return False
