"""`manage.py check_queue` and a backlog of pictures: a long queue is no dead worker."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from articles.desk import clock, scheduling
from articles.desk.chat_tasks import tell_group
from articles.desk.link_tasks import check_links
from articles.desk.mail_tasks import mail_notification
from articles.desk.picture_tasks import make_renditions
from articles.models import Article
from tests.timing import MINUTE, ahead, let_the_time_come

pytestmark = pytest.mark.django_db


@pytest.fixture
def backlog():
    """Five pictures that came in eleven minutes ago, in the order of a real queue."""
    for number in range(5):
        make_renditions.enqueue(number)
    DBTaskResult.objects.update(enqueued_at=ago(minutes=11), run_after=ago(minutes=11))
    return DBTaskResult.objects.all()


@pytest.fixture
def scheduled_without_category(approved, category, ellen):
    """A story whose time has come after somebody deleted its category."""
    scheduling.schedule(approved, at=ahead(), by=ellen)
    let_the_time_come(approved)
    Article.objects.filter(pk=approved.pk).update(category=None)
    category.delete()


def test_a_backlog_of_pictures_is_in_order_while_one_is_made(backlog):
    mark(backlog[0], started_at=ago(minutes=2), status="RUNNING")

    said = look()

    assert said.startswith("4 waiting, 1 running, 0 failed")
    assert "4 of the waiting are about pictures or links" in said


def test_a_backlog_of_pictures_is_in_order_while_one_was_just_made(backlog):
    mark(backlog[0], started_at=ago(minutes=14), finished_at=ago(minutes=3), status="SUCCESSFUL")

    assert look().startswith("4 waiting, 0 running")


def test_a_backlog_of_pictures_that_nobody_touches_is_reported(backlog):
    with pytest.raises(CommandError, match="is the worker running"):
        look()


def test_a_picture_begun_long_ago_by_a_worker_that_died_does_not_count(backlog):
    mark(backlog[0], started_at=ago(hours=3), status="RUNNING")

    with pytest.raises(CommandError, match="is the worker running"):
        look()


def test_pictures_being_made_do_not_excuse_a_publication_that_waits(backlog):
    mark(backlog[0], started_at=ago(minutes=2), status="RUNNING")
    mark(backlog[1], priority=0)

    with pytest.raises(CommandError, match="is the worker running"):
        look()


@pytest.mark.parametrize("told", [tell_group, mail_notification], ids=["chat", "mail"])
def test_pictures_being_made_do_not_excuse_news_that_waits(backlog, told):
    mark(backlog[0], started_at=ago(minutes=2), status="RUNNING")
    mark(backlog[1], priority=told.priority)

    with pytest.raises(CommandError, match="is the worker running"):
        look()


def test_links_wait_behind_pictures(backlog):
    mark(backlog[0], started_at=ago(minutes=2), status="RUNNING")
    mark(backlog[1], priority=check_links.priority)

    assert look().startswith("4 waiting")


def ago(**passed):
    return timezone.now() - timedelta(**passed)


def mark(row, **facts):
    DBTaskResult.objects.filter(pk=row.pk).update(**facts)


def look(*options):
    said = io.StringIO()
    with translation.override("en"):
        call_command("check_queue", *options, stdout=said)
    return said.getvalue()


def test_a_schedule_that_is_not_kept_is_reported(approved, ellen):
    scheduling.schedule(approved, at=ahead(), by=ellen)
    let_the_time_come(approved, 2 * MINUTE)

    with pytest.raises(CommandError, match="1 schedule failed or is overdue"):
        look()


def test_a_schedule_that_failed_does_not_make_the_worker_ill(scheduled_without_category):
    clock.strike()

    with pytest.raises(CommandError, match="1 schedule failed or is overdue"):
        look()
    assert look("--queue-only").startswith("0 waiting")


def test_the_queue_alone_is_still_asked_for(backlog):
    with pytest.raises(CommandError, match="is the worker running"):
        look("--queue-only")


def test_a_schedule_that_waits_for_its_time_is_in_order(approved, ellen):
    scheduling.schedule(approved, at=ahead(), by=ellen)

    assert look().startswith("0 waiting")
