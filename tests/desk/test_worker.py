"""The real queue and the real worker, as `make run` starts it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.desk import pictures, scheduling
from articles.images.models import Image
from articles.management.abandoned import MOST_ATTEMPTS
from articles.models import Article
from tests.factories import picture_file

SOON = timedelta(hours=1)


def _work_off_the_queue(**options):
    options = {"interval": 0, "startup_delay": False, "verbosity": 0, "reload": False} | options
    call_command("db_worker", batch=True, **options)


def _let_the_time_come():
    moment = timezone.now() - timedelta(seconds=1)
    Article.objects.update(scheduled_at=moment)
    DBTaskResult.objects.update(run_after=moment)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_worker_publishes_a_story_when_its_time_has_come(approved, ellen):
    scheduling.schedule(approved, at=timezone.now() + SOON, by=ellen)
    _let_the_time_come()

    _work_off_the_queue()

    assert list(Article.objects.published()) == [approved]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_worker_leaves_a_story_whose_time_has_not_come(approved, ellen):
    scheduling.schedule(approved, at=timezone.now() + SOON, by=ellen)

    _work_off_the_queue()

    assert not Article.objects.published().exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_outdated_task_finds_nothing_to_do(approved, ellen):
    scheduling.schedule(approved, at=timezone.now() + SOON, by=ellen)
    scheduling.unschedule(approved, by=ellen)
    DBTaskResult.objects.update(run_after=timezone.now())

    _work_off_the_queue()

    assert not Article.objects.published().exists()
    assert DBTaskResult.objects.get().return_value is False


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_story_that_is_due_does_not_wait_for_pictures(approved, ellen):
    pictures.take_in(picture_file(), by=ellen)
    scheduling.schedule(approved, at=timezone.now() + SOON, by=ellen)
    _let_the_time_come()

    _work_off_the_queue(max_tasks=1)

    assert list(Article.objects.published()) == [approved]
    assert Image.objects.get().renditions == {}


def _begun(*worker_ids, status="RUNNING"):
    """Let the only task be one that these workers began, the last of them lately."""
    DBTaskResult.objects.update(status=status, worker_ids=list(worker_ids))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_publication_is_done_by_another_worker_if_its_own_died(approved, ellen):
    scheduling.schedule(approved, at=timezone.now() + SOON, by=ellen)
    _let_the_time_come()
    _begun("a worker that died")

    _work_off_the_queue()

    assert list(Article.objects.published()) == [approved]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("ending", ["SystemExit", "KeyboardInterrupt"])
def test_what_an_impatient_stop_broke_off_is_done_again(approved, ellen, ending):
    scheduling.schedule(approved, at=timezone.now() + SOON, by=ellen)
    _let_the_time_come()
    _begun("a worker that was told twice to stop", status="FAILED")
    DBTaskResult.objects.update(exception_class_path=f"builtins.{ending}")

    _work_off_the_queue()

    assert list(Article.objects.published()) == [approved]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_failed_by_itself_is_not_done_again(approved, ellen):
    scheduling.schedule(approved, at=timezone.now() + SOON, by=ellen)
    _let_the_time_come()
    _begun("a worker", status="FAILED")
    DBTaskResult.objects.update(exception_class_path="builtins.ValueError")

    _work_off_the_queue()

    assert not Article.objects.published().exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_task_that_no_worker_survives_is_given_up(ellen, caplog):
    pictures.take_in(picture_file(), by=ellen)
    _begun(*(f"worker {number}" for number in range(MOST_ATTEMPTS)))

    _work_off_the_queue()

    assert DBTaskResult.objects.get().status == "FAILED"
    assert "no worker survives it" in caplog.text
