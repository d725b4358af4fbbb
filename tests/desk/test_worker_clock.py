"""A real worker keeps the schedule beside its tasks: within two seconds, whatever it is doing."""

from datetime import datetime

import pytest

from articles.desk import pictures, review, scheduling
from tests import factories
from tests.elsewhere import elsewhere
from tests.timing import HOUR, SECOND, ahead

STORY, TASK = "articles.article", "django_tasks_database.dbtaskresult"
# A worker that never ends its first task; it says when that begins, and when a story goes live.
BUSY_WORKER = """
import django
django.setup()
from django.core.management import call_command
from articles.desk import publishing
from articles.images import drawing
publish = publishing.publish
def publishing_aloud(article, **options):
    publish(article, **options)
    print("publishing", flush=True)
def drawing_for_ever(picture, ending):
    print("busy", flush=True)
    while True:
        sum(range(1000))
publishing.publish, drawing.encoded = publishing_aloud, drawing_for_ever
call_command("db_worker", startup_delay=False, reload=False, verbosity=0)
"""
DUE_IN_A_SECOND = """
from datetime import timedelta
from django.utils import timezone
from articles.models import Article
moment = timezone.now() + timedelta(seconds=1)
Article.objects.update(scheduled_at=moment)
print(moment.isoformat())
"""


@pytest.fixture
def newsroom(tmp_path, settings, transactional_db):
    """A newsroom with a picture whose renditions wait to be made, and a story for later."""
    pictures.take_in(factories.picture_file(700, 500), by=None)
    scheduling.schedule(review.approve(factories.draft(), by=None), at=ahead(HOUR), by=None)
    with elsewhere("busy", tmp_path, settings) as newsroom:
        yield newsroom


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_story_goes_live_within_two_seconds_while_the_worker_is_busy(newsroom):
    with newsroom.process(BUSY_WORKER) as worker:
        assert worker.stdout.readline() == b"busy\n"
        planned = newsroom.run("manage.py", "shell", "--no-imports", "-c", DUE_IN_A_SECOND)

        assert worker.stdout.readline() == b"publishing\n"

        assert newsroom.row(TASK)["status"] == "RUNNING"
    live_at = datetime.fromisoformat(newsroom.row(STORY)["first_published_at"])
    assert 0 <= (live_at - datetime.fromisoformat(planned.strip())) / SECOND < 2
