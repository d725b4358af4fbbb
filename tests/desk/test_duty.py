"""The roll of the workers on duty, and what a worker does that could not sign on."""

import threading

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django_tasks_db.models import DBTaskResult

from articles.desk import pictures
from articles.management.commands import db_worker
from articles.management.duty import Roll
from tests.factories import picture_file


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_name_that_is_on_duty_still_cannot_sign_on():
    """Only PostgreSQL can be asked twice by one process; a byte of a file is locked by waiting."""
    before, after = Roll("a worker"), Roll("a worker")
    is_asked = connection.vendor == "postgresql"
    try:
        assert before.sign_on()
        assert after.sign_on() is not is_asked
        before.sign_off()
        assert after.sign_on()
    finally:
        before.sign_off()
        after.sign_off()


class Hesitant(Roll):
    """A roll that takes the worker only at the third attempt."""

    def __init__(self, refusal):
        super().__init__("a worker")
        self.attempts, self._refusal = 0, refusal

    def sign_on(self):
        self.attempts += 1
        return self.attempts >= 3 or self._refusal()


class Timeless(threading.Event):
    """An end of work that comes with the fifth pause, none of which takes any time."""

    def __init__(self):
        super().__init__()
        self.pauses = []

    def wait(self, timeout=None):
        self.pauses.append(timeout)
        return len(self.pauses) == 5


def refused():
    return False


def lost():
    raise OperationalError("the connection is lost")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("refusal", [refused, lost])
def test_a_worker_that_could_not_sign_on_tries_again_at_once(refusal):
    done = Timeless()

    db_worker._look_round(Hesitant(refusal), done)

    soon, later = db_worker._SOON, db_worker._ROUND
    assert soon < later
    assert done.pauses == [soon, soon, soon, later, later]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_worker_says_that_another_has_its_name(ellen, monkeypatch, caplog):
    pictures.take_in(picture_file(), by=ellen)
    monkeypatch.setattr(Roll, "sign_on", lambda _roll: False)

    options = {"interval": 0, "startup_delay": False, "verbosity": 0, "reload": False}
    call_command("db_worker", batch=True, worker_id="a worker", **options)

    assert "A worker named a worker is on duty already." in caplog.messages
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
