"""The background worker, in place of the library's own: it takes over from those that died."""

import logging
import os
import threading

from django.db import DatabaseError, connection
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV
from django_tasks_db.management.commands import db_worker

from articles.management.abandoned import put_back
from articles.management.duty import Roll

_ROUND = 30  # seconds between two looks at who has died
_SOON = 1  # seconds until the next look where one failed

logger = logging.getLogger("newsroom.queue")


class Command(db_worker.Command):
    help = "Run a background worker; what a killed one began is done again."

    def handle(self, *, worker_id, batch, reload, **options):
        options |= {"worker_id": worker_id, "batch": batch, "reload": reload}
        if reload and not batch and os.environ.get(DJANGO_AUTORELOAD_ENV) != "true":
            super().handle(**options)  # only starts the process that works
            return
        roll, done = Roll(worker_id), threading.Event()
        try:
            _look(roll)
            if not batch:
                threading.Thread(target=_look_round, args=(roll, done), daemon=True).start()
            super().handle(**options)
        finally:
            done.set()
            roll.sign_off()


def _look_round(roll: Roll, done: threading.Event) -> None:
    pause = _SOON
    while not done.wait(pause):
        try:
            pause = _ROUND if _look(roll) else _SOON
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
