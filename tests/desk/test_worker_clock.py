"""A real worker keeps the schedule beside its tasks: within two seconds, whatever it is doing.

The second that it pauses between two looks is known, so no second is measured, which would measure
the machine: a story goes live at the first look after its moment.
"""

from datetime import datetime

import pytest

from articles.desk import pictures, review, scheduling
from articles.management.commands import db_worker
from tests import factories
from tests.elsewhere import elsewhere
from tests.timing import HOUR, ahead

STORY, TASK = "articles.article", "django_tasks_database.dbtaskresult"
# A worker that never ends its first task; it says when that begins, and when it looked at the clock
# how many stories went live.
BUSY_WORKER = """
import django
django.setup()
from django.core.management import call_command
from django.utils import timezone
from articles.desk import clock
from articles.images import drawing
strike = clock.strike
def say(line):
    print(f"{line}\\n", end="", flush=True)  # at once: two threads say something
def striking_aloud():
    begun = timezone.now()
    say(f"{begun.isoformat()} {len(strike())}")
def drawing_for_ever(picture, ending):
    say("busy")
    while True:
        sum(range(1000))
clock.strike, drawing.encoded = striking_aloud, drawing_for_ever
call_command("db_worker", startup_delay=False, reload=False, verbosity=0)
"""
DUE_IN_A_SECOND = """
from datetime import timedelta
from django.utils import timezone
from articles.models import Article
moment = timezone.now()
while moment <= timezone.now():
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
        while worker.stdout.readline() not in {b"busy\n", b""}:
            """The clock is looked at before the first task, too."""
        said = newsroom.run("manage.py", "shell", "--no-imports", "-c", DUE_IN_A_SECOND)
        planned = datetime.fromisoformat(said.strip())

        idle = list(looks_until_something_is_done(worker))

        assert newsroom.row(TASK)["status"] == "RUNNING"
    live_at = datetime.fromisoformat(newsroom.row(STORY)["first_published_at"])
    assert idle
    assert max(idle) <= planned <= live_at
    assert db_worker._TICK == 1


def looks_until_something_is_done(worker):
    """The moments at which the worker looked at the clock, and nothing was due."""
    while (line := worker.stdout.readline().decode()) and not line.endswith(" 1\n"):
        yield datetime.fromisoformat(line.split()[0])
