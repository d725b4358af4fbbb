"""`manage.py publish_due`: one look at the schedule, and what the next hours hold."""

import io

import pytest
from django.core.management import CommandError, call_command

from articles.desk import review, scheduling, writing
from articles.desk.outlet_time import wall_time
from articles.models import Article, Event
from tests import factories
from tests.timing import DAY, HOUR, MINUTE, ago, ahead, let_the_time_come

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")


def a_scheduled(title, by=HOUR):
    story = review.approve(factories.draft(title=title), by=None)
    return scheduling.schedule(story, at=ahead(by), by=None)


def a_stopped(title):
    """A scheduled story that lost its category; an editor's correction keeps the schedule."""
    story = a_scheduled(title)
    snapshot = writing.working_snapshot(story).changed(category=None)
    return writing.revise(story, snapshot, by=None)


def run(*options):
    said = io.StringIO()
    call_command("publish_due", *options, stdout=said)
    return said.getvalue()


def run_and_fail(*options):
    said = io.StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("publish_due", *options, stdout=said)
    return said.getvalue(), str(failure.value)


def test_what_is_due_goes_live_and_is_named():
    story = a_scheduled("准时的稿件")
    let_the_time_come(story)

    said = run()

    assert said == f"{wall_time(story.scheduled_at):%Y-%m-%d %H:%M}  publish  准时的稿件\n"
    assert list(Article.objects.published()) == [story]


def test_without_anything_due_it_says_so():
    a_scheduled("还早")

    assert run() == "Nothing is due.\n"
    assert not Article.objects.published().exists()


def test_a_failure_is_named_and_ends_with_a_status():
    story = a_stopped("缺分类")
    let_the_time_come(story)

    said, failure = run_and_fail()

    assert "publish  缺分类" in said
    assert failure == "1 story needs somebody."


def test_a_story_that_slept_through_its_whole_time_is_foretold_as_stopped():
    story = a_scheduled("睡过头")
    scheduling.plan_withdrawal(story, at=ahead(DAY), reason="活动结束。", by=None)
    Article.objects.update(scheduled_at=ago(2 * HOUR), withdraw_at=ago(HOUR))

    foretold, _failure = run_and_fail("--dry-run")
    said, _failure = run_and_fail()

    assert "The planned withdrawal lies in the past" in foretold
    assert "publish  睡过头" in said


def test_what_it_stores_of_a_failure_is_in_the_desks_language():
    story = a_stopped("缺分类")
    let_the_time_come(story)

    run_and_fail()

    story.refresh_from_db()
    assert "分类" in story.schedule_failure


def test_a_dry_run_tells_what_the_next_day_holds_in_order_and_does_nothing(live):
    later, overdue = a_scheduled("晚些", 5 * HOUR), a_scheduled("逾期")
    let_the_time_come(overdue, MINUTE)
    a_scheduled("后天", 2 * DAY)
    scheduling.plan_withdrawal(live, at=ahead(3 * HOUR), reason="活动结束。", by=None)
    before = Event.objects.count()

    lines = run("--dry-run").splitlines()

    assert "Asia/Shanghai UTC+8" in lines[0]
    assert [line.split(maxsplit=2)[2] for line in lines[1:]] == [
        "publish  逾期",
        "withdraw  芯片厂重启生产线",
        "publish  晚些",
    ]
    assert f"{wall_time(later.scheduled_at):%Y-%m-%d %H:%M}" in lines[3]
    assert Event.objects.count() == before
    assert not Article.objects.filter(title="逾期").published().exists()


def test_a_dry_run_says_what_the_gate_would_stop():
    a_stopped("缺分类")

    said, failure = run_and_fail("--dry-run")

    assert "    ! The category is missing." in said
    assert failure == "1 story needs somebody."


def test_a_dry_run_knows_a_scheduled_change_by_its_new_title(live):
    changed = writing.working_snapshot(live).changed(title="新的标题")
    review.approve(writing.revise(live, changed, by=None), by=None)
    scheduling.schedule(live, at=ahead(), by=None)

    assert "publish  新的标题" in run("--dry-run")


def test_a_dry_run_doubts_the_withdrawal_of_what_nobody_will_see(draft):
    scheduling.plan_withdrawal(draft, at=ahead(), reason="活动结束。", by=None)

    said, _failure = run_and_fail("--dry-run")

    assert "Readers do not see it by then." in said


def test_a_dry_run_trusts_a_withdrawal_after_the_publication():
    story = a_scheduled("短期")
    scheduling.plan_withdrawal(story, at=ahead(3 * HOUR), reason="活动结束。", by=None)

    assert "!" not in run("--dry-run")


def test_a_dry_run_looks_as_far_as_it_is_told():
    a_scheduled("后天", 2 * DAY)

    assert "Nothing is scheduled." in run("--dry-run")
    assert "后天" in run("--dry-run", "--hours=72")
