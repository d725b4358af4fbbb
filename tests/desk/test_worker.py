"""The real queue and the real worker, as `make run` starts it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.desk import scheduling
from articles.models import Article

SOON = timedelta(hours=1)


def _work_off_the_queue():
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


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
