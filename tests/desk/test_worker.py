"""The real queue, the clock beside it, and the real worker, as `make run` starts it."""

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from articles.desk import pictures, scheduling
from articles.images.models import Image
from articles.management.abandoned import MOST_ATTEMPTS
from articles.models import Article
from tests.factories import picture_file
from tests.timing import ahead, let_the_time_come


def _work_off_the_queue(**options):
    options = {"interval": 0, "startup_delay": False, "verbosity": 0, "reload": False} | options
    call_command("db_worker", batch=True, **options)


@pytest.fixture
def task(ellen):
    """The sizes of a picture, waiting to be made."""
    pictures.take_in(picture_file(), by=ellen)
    return DBTaskResult.objects.get()


@pytest.fixture
def scheduled(approved, ellen):
    """A story that goes live in an hour."""
    return scheduling.schedule(approved, at=ahead(), by=ellen)


def _is_made():
    return Image.objects.get().renditions != {}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_worker_publishes_a_story_when_its_time_has_come(scheduled):
    let_the_time_come(scheduled)

    _work_off_the_queue()

    assert list(Article.objects.published()) == [scheduled]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_worker_leaves_a_story_whose_time_has_not_come(scheduled):
    _work_off_the_queue()

    assert not Article.objects.published().exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_story_is_no_task_of_the_queue(scheduled):
    assert not DBTaskResult.objects.exists()


def _begun(*worker_ids, status="RUNNING"):
    """Let the only task be one that these workers began, the last of them lately."""
    DBTaskResult.objects.update(status=status, worker_ids=list(worker_ids))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_task_is_done_by_another_worker_if_its_own_died(task):
    _begun("a worker that died")

    _work_off_the_queue()

    assert _is_made()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("ending", ["SystemExit", "KeyboardInterrupt"])
def test_what_an_impatient_stop_broke_off_is_done_again(task, ending):
    _begun("a worker that was told twice to stop", status="FAILED")
    DBTaskResult.objects.update(exception_class_path=f"builtins.{ending}")

    _work_off_the_queue()

    assert _is_made()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_failed_by_itself_is_not_done_again(task):
    _begun("a worker", status="FAILED")
    DBTaskResult.objects.update(exception_class_path="builtins.ValueError")

    _work_off_the_queue()

    assert not _is_made()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_task_that_no_worker_survives_is_given_up(task, caplog):
    _begun(*(f"worker {number}" for number in range(MOST_ATTEMPTS)))

    _work_off_the_queue()

    assert DBTaskResult.objects.get().status == "FAILED"
    assert "no worker survives it" in caplog.text
