"""The background worker, in place of the library's own: it takes over from those that died."""

import os
import threading

from django.db import DatabaseError, connection
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV
from django_tasks_db.management.commands import db_worker

from articles.management.abandoned import put_back
from articles.management.duty import Roll

_ROUND = 30  # seconds between two looks at who has died


class Command(db_worker.Command):
    help = "Run a background worker; what a killed one began is done again."

    def handle(self, *, worker_id, batch, reload, **options):
        options |= {"worker_id": worker_id, "batch": batch, "reload": reload}
        if reload and not batch and os.environ.get(DJANGO_AUTORELOAD_ENV) != "true":
            super().handle(**options)  # only starts the process that works
            return
        roll, done = Roll(worker_id), threading.Event()
        try:
            roll.sign_on()
            put_back(roll)
            if not batch:
                threading.Thread(target=_look_round, args=(roll, done), daemon=True).start()
            super().handle(**options)
        finally:
            done.set()
            roll.sign_off()


def _look_round(roll: Roll, done: threading.Event) -> None:
    while not done.wait(_ROUND):
        try:
            roll.sign_on()
            put_back(roll)
        except DatabaseError:
            pass  # busy or away; the worker itself says so
        finally:
            connection.close()
