"""Puts work back into the queue that a worker began and could not finish because it was killed."""

import logging

from django.db import transaction
from django.db.models import Q
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from articles.management.duty import Roll

logger = logging.getLogger("newsroom.queue")

#: a task that so many workers did not survive is at fault itself (memory, most likely)
MOST_ATTEMPTS = 5
# A worker that is told twice to stop breaks its task off, and calls that a failure.
_BROKEN_OFF = Q(
    status=TaskResultStatus.FAILED,
    exception_class_path__in=["builtins.SystemExit", "builtins.KeyboardInterrupt"],
)


@transaction.atomic
def put_back(roll: Roll) -> int:
    """Let begun tasks of workers that are not on duty be done again; returns how many.

    Tasks are written so that doing them twice is as good as doing them once.
    """
    begun = Q(status=TaskResultStatus.RUNNING) | _BROKEN_OFF
    tasks = DBTaskResult.objects.filter(begun).select_for_update(skip_locked=True)
    abandoned = [task for task in tasks if not _is_at_work(task, roll)]
    return sum(_put_back(task) for task in abandoned)


def _is_at_work(task: DBTaskResult, roll: Roll) -> bool:
    is_running = task.status == TaskResultStatus.RUNNING
    return is_running and bool(task.worker_ids) and roll.has(task.worker_ids[-1])


def _put_back(task: DBTaskResult) -> bool:
    if len(task.worker_ids) >= MOST_ATTEMPTS:
        return _give_up(task)
    logger.warning("%s is done again: its worker is gone.", task.task_path)
    task.status, task.started_at, task.finished_at = TaskResultStatus.READY, None, None
    task.exception_class_path = task.traceback = ""
    task.save(
        update_fields=["status", "started_at", "finished_at", "exception_class_path", "traceback"]
    )
    return True


def _give_up(task: DBTaskResult) -> bool:
    if task.status == TaskResultStatus.RUNNING:
        logger.error("%s is given up: no worker survives it.", task.task_path)
        task.set_failed(RuntimeError(f"{len(task.worker_ids)} workers died of it."))
    return False
