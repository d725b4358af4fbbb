"""Times set in the admin: the pages that ask for one, by the outlet's clock."""

import re
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from articles.desk import clock, review, scheduling, writing
from articles.desk.outlet_time import wall_time
from articles.workflow import Stage, Verb
from tests.timing import DAY, HOUR, ago, ahead, let_the_time_come

EVENTS = "admin:articles_event_changelist"


def ask(story, verb):
    return reverse("admin:articles_article_verb", args=[story.pk, verb])


def written(moment):
    return f"{wall_time(moment):%Y-%m-%dT%H:%M}"


@pytest.fixture
def scheduled(approved, ellen):
    return scheduling.schedule(approved, at=ahead(DAY), by=ellen)


def test_the_page_names_the_outlets_zone(client, ellen, approved):
    client.force_login(ellen)

    response = client.get(ask(approved, "schedule"))

    assert "Asia/Shanghai UTC+8" in response.text


def test_the_page_offers_a_time_that_can_be_taken(client, ellen, approved):
    client.force_login(ellen)
    offered = client.get(ask(approved, "schedule")).context["form"]["at"].value()

    client.post(ask(approved, "schedule"), {"at": f"{offered:%Y-%m-%dT%H:%M}"})

    approved.refresh_from_db()
    assert approved.stage == Stage.SCHEDULED
    assert wall_time(approved.scheduled_at) == offered


def test_a_change_may_be_scheduled_as_a_minor_one(client, ellen, live):
    changed = writing.working_snapshot(live).changed(title="没有错字")
    review.approve(writing.revise(live, changed, by=ellen), by=ellen)
    client.force_login(ellen)
    asked = client.get(ask(live, "schedule")).text

    client.post(ask(live, "schedule"), {"at": "2099-05-01T08:00", "minor": "on"})

    live.refresh_from_db()
    assert 'name="minor"' in asked
    assert live.schedule_is_minor


def test_the_first_publication_is_not_scheduled_as_a_minor_change(client, ellen, approved):
    client.force_login(ellen)

    response = client.get(ask(approved, "schedule"))

    assert 'name="minor"' not in response.text


def test_the_page_schedules_nothing_that_came_after_it(client, ellen, charlie, approved):
    client.force_login(charlie)
    page = client.get(ask(approved, "schedule")).text
    seen = re.search(r'name="revision" value="(\d+)"', page)[1]
    newer = approved.working_revision.snapshot.changed(title="艾伦的标题")
    writing.revise(approved, newer, by=ellen)

    response = client.post(
        ask(approved, "schedule"), {"at": "2099-05-01T08:00", "revision": seen}, follow=True
    )

    approved.refresh_from_db()
    assert approved.stage == Stage.APPROVED
    assert "请重新核对" in response.text


def test_what_was_scheduled_is_said_with_its_zone(client, ellen, approved):
    client.force_login(ellen)

    response = client.post(ask(approved, "schedule"), {"at": "2099-05-01T08:00"}, follow=True)

    assert "2099-05-01 08:00 Asia/Shanghai UTC+8" in response.text


def test_a_scheduled_story_offers_another_time_with_the_present_one(client, ellen, scheduled):
    client.force_login(ellen)

    response = client.get(ask(scheduled, "schedule"))

    assert response.context["title"] == "修改时间"
    assert f'value="{written(scheduled.scheduled_at)}"' in response.text


def test_a_scheduled_story_is_moved(client, ellen, scheduled):
    client.force_login(ellen)

    client.post(ask(scheduled, "schedule"), {"at": "2099-05-01T08:00"})

    scheduled.refresh_from_db()
    assert wall_time(scheduled.scheduled_at).isoformat() == "2099-05-01T08:00:00"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        pytest.param("", "必填", id="nothing"),
        pytest.param("明天", "有效", id="no time"),
        pytest.param("2099-02-31T08:00", "有效", id="no day"),
        pytest.param("10000-01-01T08:00", "有效", id="no year"),
        pytest.param("0001-01-01T00:00+14:00", "1990", id="before time began"),
        pytest.param("0001-01-01T00:00", "1990", id="before all years"),
        pytest.param("9999-12-31T23:00Z", "2199", id="the end of all years"),
        pytest.param("9999-12-31T23:00-10:00", "2199", id="after the end of all years"),
        pytest.param("2200-01-01T00:00", "2199", id="after the calendar's end"),
        pytest.param("2001-05-01T08:00", "已经过去", id="past"),
        pytest.param("\x00", "有效", id="null"),
    ],
)
def test_what_is_no_time_is_answered_with_a_sentence(client, ellen, approved, said, sentence):
    client.force_login(ellen)

    response = client.post(ask(approved, "schedule"), {"at": said}, follow=True)

    assert response.status_code == 200
    assert sentence in response.text


@pytest.mark.parametrize(
    ("said", "sentence"),
    [("2099-03-29T02:30", "拨快"), ("2099-10-25T02:30", "拨慢")],
    ids=["gap", "fold"],
)
def test_a_time_at_which_clocks_are_changed_is_explained(
    client, settings, ellen, approved, said, sentence
):
    settings.OUTLET_TIME_ZONE = ZoneInfo("Europe/Berlin")
    client.force_login(ellen)

    response = client.post(ask(approved, "schedule"), {"at": said})

    approved.refresh_from_db()
    assert approved.stage == Stage.APPROVED
    assert sentence in response.context["form"].errors["at"][0]
    assert said in response.text


def test_the_chief_plans_a_withdrawal_and_drops_it(client, charlie, live):
    client.force_login(charlie)
    client.post(ask(live, "plan_withdrawal"), {"at": "2099-05-01T08:00", "reason": "活动结束。"})
    live.refresh_from_db()
    assert live.withdraw_at_reason == "活动结束。"

    client.post(ask(live, "drop_withdrawal"))

    live.refresh_from_db()
    assert live.withdraw_at is None


def test_a_planned_withdrawal_is_offered_for_a_change_with_what_stands(client, charlie, live):
    scheduling.plan_withdrawal(live, at=ahead(DAY), reason="活动结束。", by=charlie)
    client.force_login(charlie)

    response = client.get(ask(live, "plan_withdrawal"))

    assert response.context["title"] == "修改定时撤稿"
    assert "活动结束。" in response.text
    assert written(live.withdraw_at) in response.text


@pytest.mark.parametrize("verb", [Verb.PLAN_WITHDRAWAL, Verb.DROP_WITHDRAWAL])
def test_ellen_is_refused_a_withdrawal(client, ellen, charlie, live, verb):
    scheduling.plan_withdrawal(live, at=ahead(DAY), reason="活动结束。", by=charlie)
    client.force_login(ellen)

    client.post(ask(live, verb), {"at": written(ahead(HOUR)), "reason": "别的。"})

    live.refresh_from_db()
    assert live.withdraw_at_reason == "活动结束。"


def test_the_audit_trail_tells_times_and_delays(client, ellen, scheduled):
    late = scheduled.events.model(
        article=scheduled,
        title=scheduled.title,
        verb=Verb.PUBLISH,
        details={"planned": "2026-03-14T01:30:00+00:00", "late": 35 * 60},
    )
    late.save()
    client.force_login(ellen)

    response = client.get(reverse(EVENTS))

    assert "原计划2026-03-14 09:30 · 晚了35分钟" in response.text
    assert f"定于{wall_time(scheduled.scheduled_at):%Y-%m-%d %H:%M}" in response.text


def test_a_time_long_past_is_said_in_hours(client, ellen, scheduled):
    scheduled.events.model.objects.create(
        article=scheduled,
        title=scheduled.title,
        verb=Verb.PUBLISH,
        details={"planned": ago(30 * HOUR).isoformat(), "late": 30 * 3600},
    )
    client.force_login(ellen)

    assert "晚了30小时" in client.get(reverse(EVENTS)).text


def page_of(client, person, story):
    client.force_login(person)
    return client.get(reverse("admin:articles_article_change", args=[story.pk])).text


def test_the_storys_page_shows_both_times_the_reason_and_the_zone(client, charlie, scheduled):
    scheduling.plan_withdrawal(scheduled, at=ahead(2 * DAY), reason="活动结束。", by=charlie)

    page = page_of(client, charlie, scheduled)

    assert f"{wall_time(scheduled.scheduled_at):%Y-%m-%d %H:%M}" in page
    assert f"{wall_time(scheduled.withdraw_at):%Y-%m-%d %H:%M}" in page
    assert "活动结束。" in page
    assert "Asia/Shanghai UTC+8" in page


def test_the_storys_page_says_why_its_schedule_failed_and_when_it_is_tried_again(
    client, ellen, scheduled
):
    writing.revise(scheduled, writing.working_snapshot(scheduled).changed(category=None), by=ellen)
    let_the_time_come(scheduled)
    clock.strike()
    scheduled.refresh_from_db()

    page = page_of(client, ellen, scheduled)

    assert scheduled.schedule_failure in page
    assert f"{wall_time(scheduled.schedule_retry_at):%H:%M}再试一次" in page
    assert "未能按时发布" in page


def test_the_storys_page_speaks_of_no_failure_where_there_is_none(client, ellen, scheduled):
    assert "desk-failure" not in page_of(client, ellen, scheduled)
