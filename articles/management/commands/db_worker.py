"""The background worker, in place of the library's own.

It takes over from workers that died, and beside its tasks keeps the desk's schedule.
"""

import logging
import os
import threading
from collections.abc import Callable

from django.db import DatabaseError, Error, connection
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV
from django_tasks_db.management.commands import db_worker

from articles.desk import clock, digests
from articles.management.abandoned import put_back
from articles.management.duty import Roll

_ROUND = 30  # seconds between two rounds
_SOON = 1  # seconds until the next where one failed
_TICK = 1  # seconds between two looks at the clock
_PATIENCE = 5  # seconds that a publication under way has to end in

logger = logging.getLogger("newsroom.queue")


class Command(db_worker.Command):
    help = "Run a background worker and the clock; what a killed one began is done again."

    def handle(self, *, worker_id, batch, reload, **options):
        options |= {"worker_id": worker_id, "batch": batch, "reload": reload}
        if reload and not batch and os.environ.get(DJANGO_AUTORELOAD_ENV) != "true":
            super().handle(**options)  # only starts the process that works
            return
        roll, done, beside = Roll(worker_id), threading.Event(), []
        try:
            _look(roll)
            if batch:
                clock.strike()
                digests.send_due()
            else:
                beside = [_beside(_look_round, roll, done), _beside(_keep_time, done)]
            super().handle(**options)
        finally:
            done.set()
            for thread in beside:
                thread.join(timeout=_PATIENCE)
            roll.sign_off()


def _beside(work: Callable[..., None], *args: object) -> threading.Thread:
    thread = threading.Thread(target=work, args=args, daemon=True)
    thread.start()
    return thread


def _keep_time(done: threading.Event) -> None:
    """Do what is due at its moment, however long the task takes that the worker is busy with."""
    pause = 0
    while not done.wait(pause):
        pause = _TICK
        try:
            clock.strike()
        except Error:  # the database is busy or away; what is due stays due
            logger.warning("The schedule could not be looked at.", exc_info=True)
        finally:
            connection.close()


def _look_round(roll: Roll, done: threading.Event) -> None:
    """What is no matter of seconds: who has died, and whose letter of the day is due."""
    pause = _SOON
    while not done.wait(pause):
        try:
            pause = _ROUND if _look(roll) else _SOON
            digests.send_due()
        except DatabaseError:  # busy or away; the worker itself says so
            pause = _SOON
        finally:
            connection.close()


def _look(roll: Roll) -> bool:
    """Put back what the dead began; whether the worker is on duty itself."""
    is_on_duty = roll.sign_on()
    if not is_on_duty:
        logger.warning("A worker named %s is on duty already.", roll.worker_id)
    put_back(roll)
    return is_on_duty
