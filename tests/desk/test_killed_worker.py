"""A worker that is killed: a real process, ended without a chance to say so."""

import pytest

from articles.desk import pictures
from tests.elsewhere import elsewhere
from tests.factories import picture_file

PICTURE, TASK = "images.image", "django_tasks_database.dbtaskresult"
WORKER = ["manage.py", "db_worker", "--no-startup-delay", "--no-reload"]
# The same worker, but it stops in the middle of the second crop, says so, and waits.
WORKER_THAT_HALTS = """
import sys, django
django.setup()
from django.core.management import call_command
from articles.images import drawing
encoded, files = drawing.encoded, []
def halting(picture, ending):
    files.append(ending)
    if len(files) == 14:
        print("in the middle", flush=True)
        sys.stdin.read()
    return encoded(picture, ending)
drawing.encoded = halting
call_command("db_worker", startup_delay=False, reload=False, verbosity=0)
"""


@pytest.fixture
def newsrooms(tmp_path, settings, transactional_db):
    """Two newsrooms with the same picture, whose renditions wait to be made."""
    pictures.take_in(picture_file(700, 500), by=None)
    with (
        elsewhere("quiet", tmp_path, settings) as quiet,
        elsewhere("disturbed", tmp_path, settings) as disturbed,
    ):
        yield quiet, disturbed


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_worker_killed_in_the_middle_loses_nothing(newsrooms):
    quiet, disturbed = newsrooms
    quiet.run(*WORKER, "--batch")
    with disturbed.process(WORKER_THAT_HALTS) as worker:
        assert worker.stdout.readline() == b"in the middle\n"
    half_done = disturbed.files
    begun = next(name for name in half_done if "16x9" in name)
    (disturbed.media / begun).write_bytes(half_done[begun][:100])

    disturbed.run(*WORKER, "--batch")

    assert len(half_done) < len(quiet.files) == 1 + 13 * 3
    assert disturbed.files == quiet.files
    assert disturbed.row(PICTURE) == quiet.row(PICTURE)
    task = disturbed.row(TASK)
    assert (task["status"], task["return_value"]) == ("SUCCESSFUL", True)
    assert len(task["worker_ids"]) == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_task_of_a_worker_that_lives_is_left_to_it(newsrooms):
    _quiet, newsroom = newsrooms
    with newsroom.process(WORKER_THAT_HALTS) as worker:
        assert worker.stdout.readline() == b"in the middle\n"

        newsroom.run(*WORKER, "--batch")

        task = newsroom.row(TASK)
        assert task["status"] == "RUNNING"
        assert len(task["worker_ids"]) == 1
