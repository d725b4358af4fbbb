"""Times set, moved and taken away: what is to go live, and what is to be withdrawn."""

from datetime import UTC, datetime

import pytest

from articles.desk import conflicts, publishing, review, scheduling, writing
from articles.desk.gate import IncompleteStory
from articles.desk.outlet_time import UnclearTime
from articles.desk.publishing import ReasonMissing
from articles.desk.revisions import NewerRevision
from articles.desk.timetable import UnsuitableTime
from articles.models import Article
from articles.workflow import NotAllowed, Stage, TransitionRefused, Verb
from tests.timing import DAY, HOUR, MINUTE, ago, ahead, let_the_time_come


@pytest.fixture
def scheduled(approved, ellen):
    """A story that goes live in an hour."""
    return scheduling.schedule(approved, at=ahead(HOUR), by=ellen)


@pytest.fixture
def reworked(live, snapshot, ellen):
    """A live story with a new text that is approved."""
    return review.approve(writing.revise(live, snapshot.changed(title="改稿"), by=ellen), by=ellen)


def newest(story):
    return story.events.first()


def test_a_scheduled_story_waits(approved, ellen):
    at = ahead(HOUR)

    scheduling.schedule(approved, at=at, by=ellen)

    assert (approved.stage, approved.scheduled_at) == (Stage.SCHEDULED, at)
    assert not Article.objects.published().exists()
    assert newest(approved).details == {"at": at.isoformat()}


def test_a_time_in_the_past_is_refused(approved, ellen):
    with pytest.raises(UnsuitableTime, match="已经过去"):
        scheduling.schedule(approved, at=ago(MINUTE), by=ellen)


def test_a_time_no_clock_can_show_is_refused(approved, ellen):
    end_of_time = datetime(9999, 12, 31, 23, tzinfo=UTC)

    with pytest.raises(UnclearTime, match="2199"):
        scheduling.schedule(approved, at=end_of_time, by=ellen)


def test_a_time_is_moved_and_the_trail_says_from_where(scheduled, ellen):
    before, later = scheduled.scheduled_at, ahead(DAY)

    scheduling.schedule(scheduled, at=later, by=ellen)

    assert scheduled.scheduled_at == later
    assert newest(scheduled).details == {"at": later.isoformat(), "was": before.isoformat()}


def test_an_unscheduled_story_stays_approved(scheduled, ellen):
    before = scheduled.scheduled_at

    scheduling.unschedule(scheduled, by=ellen)

    assert (scheduled.stage, scheduled.scheduled_at) == (Stage.APPROVED, None)
    assert newest(scheduled).details == {"was": before.isoformat()}


@pytest.mark.parametrize("name", ["draft", "in_review"])
def test_only_what_is_approved_is_scheduled(request, ellen, name):
    story = request.getfixturevalue(name)

    with pytest.raises(TransitionRefused):
        scheduling.schedule(story, at=ahead(), by=ellen)


def test_wanda_schedules_nothing(approved, wanda):
    with pytest.raises(NotAllowed):
        scheduling.schedule(approved, at=ahead(), by=wanda)


def test_what_lacks_something_is_not_scheduled(draft, ellen, snapshot):
    writing.revise(draft, snapshot.changed(body=""), by=ellen)
    review.approve(draft, by=ellen)

    with pytest.raises(IncompleteStory):
        scheduling.schedule(draft, at=ahead(), by=ellen)


def test_a_typo_in_a_scheduled_story_is_corrected_without_touching_the_schedule(
    scheduled, ellen, snapshot
):
    at = scheduled.scheduled_at

    writing.revise(scheduled, snapshot.changed(title="没有错字"), by=ellen)

    assert (scheduled.stage, scheduled.scheduled_at) == (Stage.SCHEDULED, at)
    assert scheduled.approved_revision == scheduled.working_revision
    assert newest(scheduled).details["still_at"] == at.isoformat()


def test_only_what_was_on_the_screen_is_scheduled(approved, ellen, charlie, snapshot):
    seen = approved.working_revision
    writing.revise(approved, snapshot.changed(title="艾伦的标题"), by=ellen)

    with pytest.raises(NewerRevision):
        scheduling.schedule(approved, at=ahead(), by=charlie, revision=seen)

    approved.refresh_from_db()
    assert approved.stage == Stage.APPROVED


def test_an_edit_that_voids_the_approval_takes_the_time_away_and_says_so(
    scheduled, ellen, snapshot
):
    at = scheduled.scheduled_at

    writing.revise(scheduled, snapshot.changed(title="机器来的"), by=None, keeps_approval=False)

    assert (scheduled.stage, scheduled.scheduled_at) == (Stage.DRAFT, None)
    assert scheduled.events.get(verb=Verb.UNSCHEDULE).details == {"was": at.isoformat()}


def test_the_audit_trail_says_once_that_an_edit_took_the_time_away(scheduled, snapshot):
    at = scheduled.scheduled_at

    writing.revise(scheduled, snapshot.changed(title="机器来的"), by=None, keeps_approval=False)

    edit = scheduled.events.get(verb=Verb.REVISE)
    assert at.isoformat() not in edit.details.values()


def test_an_editors_correction_of_an_unscheduled_story_speaks_of_no_schedule(
    approved, ellen, snapshot
):
    writing.revise(approved, snapshot.changed(title="没有错字"), by=ellen)

    assert list(newest(approved).details) == ["fields"]


def test_a_colliding_edit_leaves_the_schedule_alone(scheduled, ellen, charlie, snapshot):
    base, at = scheduled.working_revision, scheduled.scheduled_at
    writing.revise(scheduled, snapshot.changed(title="爱伦的"), by=ellen)

    conflicts.save(scheduled, snapshot.changed(title="查理的"), by=charlie, based_on=base)

    scheduled.refresh_from_db()
    assert (scheduled.stage, scheduled.scheduled_at) == (Stage.SCHEDULED, at)


def test_a_change_to_a_live_story_is_scheduled_while_readers_keep_the_old_text(reworked, ellen):
    scheduling.schedule(reworked, at=ahead(), by=ellen)

    assert reworked.stage == Stage.SCHEDULED
    assert Article.objects.published().get().title == "芯片厂重启生产线"


def test_publishing_by_hand_ends_the_schedule_without_a_word_of_it(scheduled, ellen):
    publishing.publish(scheduled, by=ellen)

    assert (scheduled.stage, scheduled.scheduled_at) == (Stage.LIVE, None)
    assert newest(scheduled).details == {}


# --- Planned withdrawals ----------------------------------------------------------------------


def test_a_withdrawal_is_planned_and_readers_keep_the_story_until_then(live, charlie):
    at = ahead(DAY)

    scheduling.plan_withdrawal(live, at=at, reason="活动结束。", by=charlie)

    assert (live.stage, live.withdraw_at) == (Stage.LIVE, at)
    assert live in Article.objects.published()
    assert newest(live).verb == Verb.PLAN_WITHDRAWAL
    assert newest(live).details == {"at": at.isoformat(), "reason": "活动结束。"}


def test_a_withdrawal_is_planned_together_with_the_publication(scheduled, charlie):
    scheduling.plan_withdrawal(scheduled, at=ahead(DAY), reason="活动结束。", by=charlie)

    assert scheduled.stage == Stage.SCHEDULED


def test_a_planned_withdrawal_has_a_reason(live, charlie):
    with pytest.raises(ReasonMissing):
        scheduling.plan_withdrawal(live, at=ahead(), reason=" ", by=charlie)


def test_a_withdrawal_is_not_planned_in_the_past(live, charlie):
    with pytest.raises(UnsuitableTime):
        scheduling.plan_withdrawal(live, at=ago(MINUTE), reason="活动结束。", by=charlie)


def test_ellen_plans_no_withdrawal(live, ellen):
    with pytest.raises(NotAllowed):
        scheduling.plan_withdrawal(live, at=ahead(), reason="活动结束。", by=ellen)


def test_what_is_withdrawn_already_is_not_planned(withdrawn, charlie):
    with pytest.raises(TransitionRefused):
        scheduling.plan_withdrawal(withdrawn, at=ahead(), reason="活动结束。", by=charlie)


def test_a_story_is_not_withdrawn_before_it_goes_live(scheduled, charlie):
    with pytest.raises(UnsuitableTime, match="之后"):
        scheduling.plan_withdrawal(scheduled, at=ahead(MINUTE), reason="活动结束。", by=charlie)


def test_a_story_does_not_go_live_after_its_withdrawal(scheduled, charlie):
    scheduling.plan_withdrawal(scheduled, at=ahead(2 * HOUR), reason="活动结束。", by=charlie)

    with pytest.raises(UnsuitableTime, match="之后"):
        scheduling.schedule(scheduled, at=ahead(3 * HOUR), by=charlie)


def test_a_story_whose_withdrawal_has_come_is_not_published(approved, charlie):
    scheduling.plan_withdrawal(approved, at=ahead(), reason="活动结束。", by=charlie)
    let_the_time_come(approved)

    with pytest.raises(UnsuitableTime, match="已经过去"):
        publishing.publish(approved, by=charlie)


def test_a_planned_withdrawal_is_dropped(live, charlie):
    at = ahead(DAY)
    scheduling.plan_withdrawal(live, at=at, reason="活动结束。", by=charlie)

    scheduling.drop_withdrawal(live, by=charlie)

    assert (live.withdraw_at, live.withdraw_at_reason) == (None, "")
    assert newest(live).details == {"was": at.isoformat()}


def test_a_withdrawal_that_is_not_planned_cannot_be_dropped(live, charlie):
    with pytest.raises(TransitionRefused, match="定时撤稿"):
        scheduling.drop_withdrawal(live, by=charlie)


def test_withdrawing_by_hand_ends_plan_and_schedule(reworked, charlie):
    scheduling.schedule(reworked, at=ahead(HOUR), by=charlie)
    scheduling.plan_withdrawal(reworked, at=ahead(DAY), reason="活动结束。", by=charlie)

    publishing.withdraw(reworked, reason="事实有误。", by=charlie)

    assert (reworked.scheduled_at, reworked.withdraw_at) == (None, None)
    assert newest(reworked).details == {"reason": "事实有误。"}
