"""The clock: what is due is done once, late rather than never, and one failure stays alone."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone, translation

from articles.desk import clock, notifying, publishing, review, scheduling, writing
from articles.desk.clock import PAUSES, Act
from articles.models import Article, Category, Event, Notification
from articles.workflow import Stage, Verb
from tests import factories
from tests.timing import DAY, HOUR, MINUTE, ago, ahead, let_the_pause_end, let_the_time_come


def a_scheduled(title="定时的稿件", at=None, **facts):
    story = review.approve(factories.draft(title=title, **facts), by=None)
    return scheduling.schedule(story, at=at or ahead(), by=None)


@pytest.fixture
def due(db):
    """A story whose moment came a second ago."""
    story = a_scheduled()
    let_the_time_come(story)
    return story


@pytest.fixture
def stopped(db):
    """A due story that the gate stops: its category is gone."""
    category = factories.category("将被删除")
    story = a_scheduled(title="缺分类", category=category)
    snapshot = writing.working_snapshot(story).changed(category=None)
    writing.revise(story, snapshot, by=None)
    let_the_time_come(story)
    return story


@pytest.fixture
def doomed(live, charlie):
    """A live story whose planned withdrawal is due."""
    scheduling.plan_withdrawal(live, at=ahead(), reason="活动结束。", by=charlie)
    let_the_time_come(live)
    return live


def seen(story):
    story.refresh_from_db()
    return story.visibility


def events(story, verb):
    return list(story.events.filter(verb=verb))


# --- What is due is done ----------------------------------------------------------------------


def test_nothing_happens_before_its_moment(db):
    a_scheduled()

    assert clock.strike() == []
    assert not Article.objects.published().exists()


def test_a_due_story_goes_live(due):
    outcomes = clock.strike()

    due.refresh_from_db()
    assert [(outcome.act, outcome.failure) for outcome in outcomes] == [(Act.PUBLISH, "")]
    assert (due.stage, due.scheduled_at) == (Stage.LIVE, None)
    assert list(Article.objects.published()) == [due]


def test_a_due_story_goes_live_once(due):
    clock.strike()

    assert clock.strike() == []
    assert len(events(due, Verb.PUBLISH)) == 1


def test_stories_go_live_in_the_order_of_their_moments(db):
    late, early = a_scheduled("后"), a_scheduled("先")
    let_the_time_come(late, MINUTE)
    let_the_time_come(early, HOUR)

    assert [outcome.article for outcome in clock.strike()] == [early, late]


def test_a_moved_story_goes_live_at_the_new_time_only(due):
    scheduling.schedule(due, at=ahead(DAY), by=None)

    assert clock.strike() == []


def test_an_unscheduled_story_stays_where_it_is(due):
    scheduling.unschedule(due, by=None)

    assert clock.strike() == []


def test_a_scheduled_change_replaces_the_live_text_and_keeps_address_and_first_date(live, ellen):
    before = live.first_published_at
    changed = writing.working_snapshot(live).changed(title="新的标题")
    review.approve(writing.revise(live, changed, by=ellen), by=ellen)
    scheduling.schedule(live, at=ahead(), by=ellen)
    let_the_time_come(live)

    clock.strike()

    live.refresh_from_db()
    assert (live.title, live.stage) == ("新的标题", Stage.LIVE)
    assert live.first_published_at == before
    assert live.modified_at is not None


def test_a_minor_change_goes_live_without_an_update(live, ellen):
    changed = writing.working_snapshot(live).changed(title="没有错字")
    review.approve(writing.revise(live, changed, by=ellen), by=ellen)
    scheduling.schedule(live, at=ahead(), by=ellen, minor=True)
    let_the_time_come(live)

    clock.strike()

    live.refresh_from_db()
    assert (live.title, live.modified_at) == ("没有错字", None)
    assert not live.schedule_is_minor


def test_what_goes_live_is_the_newest_correction_of_an_editor(due, ellen):
    writing.revise(due, writing.working_snapshot(due).changed(title="没有错字"), by=ellen)

    clock.strike()

    assert Article.objects.published().get().title == "没有错字"


def test_a_due_withdrawal_takes_the_story_away_with_its_reason(doomed):
    outcomes = clock.strike()

    doomed.refresh_from_db()
    assert [outcome.act for outcome in outcomes] == [Act.WITHDRAW]
    assert (doomed.stage, doomed.withdrawn_reason) == (Stage.WITHDRAWN, "活动结束。")
    assert (doomed.withdraw_at, doomed.withdraw_at_reason) == (None, "")


def test_a_withdrawal_of_what_nobody_read_waits_for_the_publication(approved, charlie):
    scheduling.plan_withdrawal(approved, at=ahead(), reason="活动结束。", by=charlie)
    let_the_time_come(approved)

    assert clock.strike() == []


def test_a_withdrawal_goes_before_a_change_and_ends_it(live, charlie):
    changed = writing.working_snapshot(live).changed(title="迟到的修改")
    review.approve(writing.revise(live, changed, by=charlie), by=charlie)
    scheduling.schedule(live, at=ahead(HOUR), by=charlie)
    scheduling.plan_withdrawal(live, at=ahead(DAY), reason="活动结束。", by=charlie)
    Article.objects.update(scheduled_at=ago(HOUR), withdraw_at=ago(MINUTE))

    outcomes = clock.strike()

    assert [outcome.act for outcome in outcomes] == [Act.WITHDRAW]
    assert Article.objects.get().stage == Stage.WITHDRAWN


# --- After an outage --------------------------------------------------------------------------


def test_a_story_that_is_late_goes_live_and_the_trail_says_how_late(due):
    let_the_time_come(due, 35 * MINUTE)
    planned = due.scheduled_at

    clock.strike()

    details = events(due, Verb.PUBLISH)[0].details
    assert details["planned"] == planned.isoformat()
    assert 35 * 60 <= details["late"] < 36 * 60


def test_a_story_in_time_is_not_called_late(due):
    planned = due.scheduled_at

    clock.strike()

    assert events(due, Verb.PUBLISH)[0].details == {"planned": planned.isoformat()}


def test_a_withdrawal_that_is_late_says_so(doomed):
    let_the_time_come(doomed, DAY)

    clock.strike()

    assert events(doomed, Verb.WITHDRAW)[0].details["late"] >= DAY.total_seconds()


def test_a_story_that_slept_through_its_whole_time_is_not_shown_for_a_second(db):
    story = a_scheduled()
    scheduling.plan_withdrawal(story, at=ahead(DAY), reason="活动结束。", by=None)
    Article.objects.update(scheduled_at=ago(2 * HOUR), withdraw_at=ago(HOUR))

    (outcome,) = clock.strike()

    assert "定时撤稿" in outcome.failure
    assert not Article.objects.published().exists()
    assert not Article.objects.withdrawn().exists()


# --- What fails -------------------------------------------------------------------------------


def test_a_story_that_fails_keeps_its_schedule_and_says_why(stopped):
    planned = stopped.scheduled_at

    (outcome,) = clock.strike()

    stopped.refresh_from_db()
    assert (stopped.stage, stopped.scheduled_at) == (Stage.SCHEDULED, planned)
    assert stopped.schedule_failure == outcome.failure != ""
    assert stopped.schedule_attempts == 1
    assert stopped.schedule_retry_at > timezone.now()


def test_a_failure_keeps_nobody_else_from_their_moment(stopped, due):
    let_the_time_come(stopped, HOUR)

    clock.strike()

    assert list(Article.objects.published()) == [due]


def test_a_failure_pauses(stopped):
    clock.strike()

    assert clock.strike() == []


@pytest.mark.parametrize("attempts", range(len(PAUSES) + 2))
def test_the_pauses_grow(stopped, attempts):
    Article.objects.filter(pk=stopped.pk).update(schedule_attempts=attempts)
    before = timezone.now()

    clock.strike()

    stopped.refresh_from_db()
    pause = timedelta(minutes=PAUSES[min(attempts, len(PAUSES) - 1)])
    assert pause <= stopped.schedule_retry_at - before < pause + MINUTE


def test_the_trail_and_the_desk_are_told_once(stopped):
    clock.strike()
    let_the_pause_end(stopped)

    clock.strike()

    (failure,) = events(stopped, Verb.FAIL)
    stopped.refresh_from_db()
    assert stopped.schedule_attempts == 2
    assert failure.actor is None
    assert failure.details["act"] == "publish"
    assert failure.details["reason"] == stopped.schedule_failure


def test_who_set_the_time_and_the_chiefs_are_told_once(stopped, ellen, charlie):
    scheduling.unschedule(stopped, by=None)
    mended = writing.working_snapshot(stopped).changed(category=factories.category("在").pk)
    writing.revise(stopped, mended, by=ellen)
    scheduling.schedule(stopped, at=ahead(), by=ellen)
    writing.revise(stopped, mended.changed(category=None), by=ellen)
    let_the_time_come(stopped)
    clock.strike()
    let_the_pause_end(stopped)

    clock.strike()

    stopped.refresh_from_db()
    told = Notification.objects.filter(kind=Notification.Kind.SCHEDULE_FAILED)
    assert {one.recipient for one in told} == {ellen, charlie}
    assert {one.text for one in told} == {stopped.schedule_failure}
    assert told.count() == 2


def test_the_failure_is_told_in_the_desks_language(stopped):
    with translation.override("en"):
        clock.strike()

    stopped.refresh_from_db()
    assert "分类" in stopped.schedule_failure


def test_an_edit_that_mends_the_story_clears_the_failure_and_it_goes_live(stopped, ellen, category):
    clock.strike()
    stopped.refresh_from_db()
    mended = writing.working_snapshot(stopped).changed(category=category.pk)

    writing.revise(stopped, mended, by=ellen)

    assert (stopped.schedule_failure, stopped.schedule_attempts) == ("", 0)
    assert stopped.schedule_retry_at is None
    assert [outcome.failure for outcome in clock.strike()] == [""]


def test_what_mends_itself_goes_live_after_the_pause(db):
    category = factories.category("稍后重建")
    story = a_scheduled(category=category)
    Article.objects.update(category=None)
    category.delete()
    let_the_time_come(story)
    clock.strike()
    Category.objects.create(pk=writing.working_snapshot(story).category, name="稍后重建")
    let_the_pause_end(story)

    clock.strike()

    assert list(Article.objects.published()) == [story]


def test_a_new_time_begins_anew(stopped):
    clock.strike()
    stopped.refresh_from_db()
    complete = writing.working_snapshot(stopped).changed(category=factories.category("新").pk)
    writing.revise(stopped, complete, by=None)

    scheduling.schedule(stopped, at=ahead(), by=None)

    assert (stopped.schedule_failure, stopped.schedule_attempts) == ("", 0)


def test_a_failure_nobody_thought_of_stays_with_its_story(due, caplog, monkeypatch):
    other = a_scheduled("另一篇")
    let_the_time_come(other)
    publish = publishing.publish
    monkeypatch.setattr(publishing, "publish", _breaking_at(due, publish))

    outcomes = {outcome.article: outcome.failure for outcome in clock.strike()}

    due.refresh_from_db()
    assert outcomes == {due: due.schedule_failure, other: ""}
    assert "日志" in due.schedule_failure
    assert "ZeroDivisionError" in caplog.text
    assert events(due, Verb.PUBLISH) == []


def _breaking_at(story, publish):
    def publish_or_break(article, **options):
        publish(article, **options)
        return 1 / (article.pk - story.pk)

    return publish_or_break


def test_a_database_that_is_busy_is_no_failure_of_the_story(due, monkeypatch):
    def busy(article, **options):
        raise OperationalError("database is locked")

    monkeypatch.setattr(publishing, "publish", busy)

    assert clock.strike() == []
    due.refresh_from_db()
    assert (due.schedule_attempts, due.schedule_failure) == (0, "")


def test_people_who_cannot_be_told_end_nothing(stopped, due, monkeypatch, caplog):
    monkeypatch.setattr(notifying, "schedule_failed", lambda article, **facts: 1 / 0)

    outcomes = clock.strike()

    assert [outcome.article for outcome in outcomes] == [due]
    assert "ZeroDivisionError" in caplog.text


def test_a_failed_change_does_not_hold_up_the_withdrawal(live, charlie):
    broken = writing.working_snapshot(live).changed(category=None)
    review.approve(writing.revise(live, broken, by=charlie), by=charlie)
    Article.objects.update(
        stage=Stage.SCHEDULED,
        scheduled_at=ago(HOUR),
        withdraw_at=ahead(),
        withdraw_at_reason="活动结束。",
    )
    clock.strike()
    Article.objects.update(withdraw_at=ago(MINUTE))

    clock.strike()

    live.refresh_from_db()
    assert live.stage == Stage.WITHDRAWN
    assert live.schedule_failure == ""


@pytest.fixture
def doubly_stopped(live, ellen, charlie):
    """A live story with a change and a withdrawal that are both due, and that both fail."""
    broken = writing.working_snapshot(live).changed(category=None)
    review.approve(writing.revise(live, broken, by=ellen), by=ellen)
    live.events.create(title="", verb=Verb.SCHEDULE, actor=ellen)
    scheduling.plan_withdrawal(live, at=ahead(), reason="活动结束。", by=charlie)
    Article.objects.update(
        stage=Stage.SCHEDULED,
        scheduled_at=ago(HOUR),
        withdraw_at=ago(MINUTE),
        withdraw_at_reason=" ",  # nothing that readers could be told
    )
    live.refresh_from_db()
    return live


def test_a_failed_withdrawal_pauses_whatever_became_of_a_change(doubly_stopped):
    first = [outcome.act for outcome in clock.strike()]

    assert first == [Act.WITHDRAW, Act.PUBLISH]
    assert clock.strike() == []


def test_each_failure_stands_for_itself(doubly_stopped):
    clock.strike()

    doubly_stopped.refresh_from_db()
    failures = [doubly_stopped.withdrawal_failure, doubly_stopped.schedule_failure]
    assert ["撤稿原因" in failures[0], "分类" in failures[1]] == [True, True]
    trail = events(doubly_stopped, Verb.FAIL)
    assert {event.details["act"] for event in trail} == {Act.PUBLISH, Act.WITHDRAW}


def test_each_failure_is_told_to_whoever_planned_it(doubly_stopped, ellen, charlie):
    clock.strike()

    told = Notification.objects.filter(kind__endswith="_failed")
    assert {(one.recipient, one.kind) for one in told} == {
        (ellen, Notification.Kind.SCHEDULE_FAILED),
        (charlie, Notification.Kind.SCHEDULE_FAILED),
        (charlie, Notification.Kind.WITHDRAWAL_FAILED),
    }


def test_a_failed_withdrawal_does_not_hold_up_the_change(doubly_stopped, category):
    clock.strike()
    complete = writing.working_snapshot(doubly_stopped).changed(category=category.pk, title="改好")
    doubly_stopped.refresh_from_db()
    writing.revise(doubly_stopped, complete, by=None)
    Article.objects.update(stage=Stage.SCHEDULED, withdraw_at=ahead())

    outcomes = clock.strike()

    assert [(outcome.act, outcome.failure) for outcome in outcomes] == [(Act.PUBLISH, "")]
    assert Article.objects.get().title == "改好"


def test_a_new_time_of_withdrawal_begins_anew(doubly_stopped, charlie):
    clock.strike()

    scheduling.plan_withdrawal(doubly_stopped, at=ahead(), reason="活动结束。", by=charlie)

    doubly_stopped.refresh_from_db()
    assert (doubly_stopped.withdrawal_failure, doubly_stopped.withdrawal_attempts) == ("", 0)
    assert doubly_stopped.withdrawal_retry_at is None


def test_failures_are_counted_no_further_than_the_column_goes(stopped):
    Article.objects.update(schedule_attempts=clock.MOST_COUNTED)

    clock.strike()

    stopped.refresh_from_db()
    assert stopped.schedule_attempts == clock.MOST_COUNTED


# --- Several at once --------------------------------------------------------------------------


# Several workers are several connections, which a database in memory has not, and one row that
# is held is what SQLite, which locks as a whole, does not know: these are about PostgreSQL.
if connection.vendor == "postgresql":

    def _strike_in_a_thread(barrier, counts):
        try:
            barrier.wait(timeout=30)
            counts.append(len(clock.strike()))
        finally:
            connection.close()

    @pytest.mark.django_db(transaction=True, serialized_rollback=True)
    def test_several_workers_at_once_do_everything_once():
        if connection.vendor == "sqlite":
            pytest.skip("the threads would share the one connection of a database in memory")
        stories = [a_scheduled(f"第 {number} 篇") for number in range(12)]
        for story in stories:
            let_the_time_come(story)
        barrier, counts = threading.Barrier(4), []
        threads = [
            threading.Thread(target=_strike_in_a_thread, args=(barrier, counts)) for _ in range(4)
        ]

        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        clock.strike()  # whatever each left to another because it was held

        assert sum(counts) <= len(stories)
        assert Article.objects.published().count() == len(stories)
        assert Event.objects.filter(verb=Verb.PUBLISH).count() == len(stories)
        assert not Event.objects.filter(verb=Verb.FAIL).exists()

    @pytest.mark.django_db(transaction=True, serialized_rollback=True)
    def test_a_story_that_somebody_holds_is_left_for_the_next_look():
        if connection.vendor == "sqlite":
            pytest.skip("SQLite locks the whole database")
        held, other = a_scheduled("在编辑手里"), a_scheduled("没有人在改")
        for story in (held, other):
            let_the_time_come(story)
        barrier, counts = threading.Barrier(1), []
        thread = threading.Thread(target=_strike_in_a_thread, args=(barrier, counts))

        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM articles_article WHERE id = %s FOR UPDATE", [held.pk])
            thread.start()
            thread.join(timeout=30)
            cursor.execute("ROLLBACK")

        assert counts == [1]
        assert list(Article.objects.published()) == [other]
