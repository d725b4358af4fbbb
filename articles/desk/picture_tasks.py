"""What the background worker does for the library; a reader's page never waits for it."""

from django.tasks import task

from articles.desk import homecoming, picturing
from articles.images import renditions
from articles.images.models import Image

# Below the desk's own work: a publication that is due does not wait for twenty pictures.
_PATIENT = -10
_FETCHING = -5


@task(priority=_PATIENT)
def make_renditions(image_id: int) -> bool:
    """Make what is missing of a picture's renditions, then show them; twice is as good as once."""
    image = Image.objects.filter(pk=image_id).first()
    if image is None or not renditions.make(image):
        return False
    picturing.refresh(image)
    return True


@task(priority=_FETCHING)
def fetch_picture(image_id: int) -> bool:
    """Ask for a remote picture; if it cannot be had now, ask again later."""
    home = homecoming.fetch_home(image_id)
    if home is not None:
        make_renditions.enqueue(home.pk)
        return True
    later = Image.objects.outside().filter(pk=image_id, fetch_after__isnull=False).first()
    if later is not None:
        fetch_picture.using(run_after=later.fetch_after).enqueue(image_id)
    return False
