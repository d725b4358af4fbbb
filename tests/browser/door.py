"""The door that a browser comes through: what comes after the test finds it shut."""

import threading
from contextlib import contextmanager

from django.core.handlers.base import BaseHandler
from django.db import connection
from django.db.transaction import Atomic
from django.http import HttpResponse

PATIENCE = 60  # seconds


class Door:
    """Lets requests in while it is open.

    A browser sends its last word after its windows are closed. It must not meet the database when
    that is emptied: they would wait for each other's locks.
    """

    def __init__(self, lock=None):
        self.is_open = False
        self._lock = lock

    @contextmanager
    def opened(self):
        self.is_open = True
        yield
        self.is_open = False
        for thread in filter(_answers, threading.enumerate()):
            thread.join(PATIENCE)

    def guard(self, answer):
        def guarded(handler, request):
            if _answers(threading.current_thread()) and not self.is_open:
                return HttpResponse(status=503)
            if self._lock is None:
                return answer(handler, request)
            with self._lock:
                return answer(handler, request)

        return guarded


def _answers(thread):
    return "process_request_thread" in thread.name


def built_door(patch):
    """The door, shut and built into the site."""
    lock = _one_at_a_time(patch) if connection.vendor == "sqlite" else None
    door = Door(lock)
    patch.setattr(BaseHandler, "get_response", door.guard(BaseHandler.get_response))
    return door


def _one_at_a_time(patch):
    """A lock for requests and for the test's own queries.

    All threads share the one connection of a database in memory, and so their transactions.
    """
    lock, begin, end = threading.RLock(), Atomic.__enter__, Atomic.__exit__

    def begin_alone(atomic):
        lock.acquire()
        try:
            begin(atomic)
        except BaseException:
            lock.release()
            raise

    def end_alone(atomic, *raised):
        try:
            end(atomic, *raised)
        finally:
            lock.release()

    patch.setattr(Atomic, "__enter__", begin_alone)
    patch.setattr(Atomic, "__exit__", end_alone)
    return lock
