"""What watchers are told: whether every schedule is kept, and never which story it is about."""

import pytest
from django.db import DatabaseError

from articles.desk import agenda, clock, review, scheduling, writing
from articles.models import Article
from tests import factories
from tests.timing import HOUR, MINUTE, SECOND, ago, ahead, let_the_time_come

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheduled():
    story = review.approve(factories.draft(title="机密"), by=None)
    return scheduling.schedule(story, at=ahead(HOUR), by=None)


def ask(client):
    response = client.get("/healthz/desk/")
    return response.status_code, response.text


def test_a_desk_without_schedules_is_well(client):
    assert ask(client) == (200, "ok\n")


def test_a_schedule_in_the_future_is_well(client, scheduled):
    assert ask(client) == (200, "ok\n")


def test_a_schedule_that_is_due_just_now_is_well(client, scheduled):
    let_the_time_come(scheduled, 30 * SECOND)

    assert ask(client) == (200, "ok\n")


def test_a_schedule_overdue_by_more_than_a_minute_is_counted_and_not_named(client, scheduled):
    let_the_time_come(scheduled, 2 * MINUTE)

    status, text = ask(client)

    assert status == 503
    assert text == "schedules that failed or are overdue: 1\n"


def test_a_withdrawal_overdue_by_more_than_a_minute_is_counted(client, live):
    scheduling.plan_withdrawal(live, at=ahead(HOUR), reason="活动结束。", by=None)
    let_the_time_come(live, 2 * MINUTE)

    assert ask(client)[0] == 503


def test_a_withdrawal_of_what_nobody_reads_is_not_counted(client, draft):
    scheduling.plan_withdrawal(draft, at=ahead(HOUR), reason="活动结束。", by=None)
    let_the_time_come(draft, 2 * MINUTE)

    assert ask(client) == (200, "ok\n")


def test_a_failing_schedule_is_counted_at_once_and_no_longer_when_it_is_mended(client, scheduled):
    complete = writing.working_snapshot(scheduled)
    writing.revise(scheduled, complete.changed(category=None), by=None)
    let_the_time_come(scheduled)
    clock.strike()
    assert ask(client)[0] == 503

    scheduled.refresh_from_db()
    writing.revise(scheduled, complete, by=None)
    clock.strike()

    assert ask(client) == (200, "ok\n")
    assert Article.objects.published().exists()


def test_an_old_failure_of_an_unscheduled_story_counts_no_more(client, scheduled):
    Article.objects.update(schedule_failure="原因", schedule_attempts=1, scheduled_at=ago(HOUR))
    scheduled.refresh_from_db()

    scheduling.unschedule(scheduled, by=None)

    assert ask(client) == (200, "ok\n")


def test_it_is_unwell_when_the_database_does_not_answer(client, monkeypatch):
    def no_answer():
        raise DatabaseError

    monkeypatch.setattr(agenda, "unkept", no_answer)

    assert ask(client) == (503, "the database does not answer\n")


def test_load_balancers_are_told_nothing_of_schedules(client, scheduled):
    let_the_time_come(scheduled, 2 * MINUTE)

    assert client.get("/healthz/").status_code == 200


def test_watchers_are_not_sent_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert ask(client) == (200, "ok\n")


def test_the_answer_is_kept_nowhere(client):
    assert "no-store" in client.get("/healthz/desk/")["Cache-Control"]


def test_it_takes_one_query_whatever_the_number(client, django_assert_num_queries):
    for number in range(5):
        story = review.approve(factories.draft(title=f"{number}"), by=None)
        scheduling.schedule(story, at=ahead(HOUR), by=None)

    with django_assert_num_queries(1):
        client.get("/healthz/desk/")
