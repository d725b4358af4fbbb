"""Moving in the calendar: what stands there now is moved, not what stood there once."""

import pytest

from articles.desk import assigning, planner, review, scheduling, writing
from articles.desk.planner import Kind, MovedMeanwhile, NothingToMove
from articles.models import Article
from tests import factories
from tests.timing import DAY, ahead


def as_it_is_now(story):
    """The story as somebody else reads it at this moment."""
    return Article.objects.get(pk=story.pk)


def test_a_due_time_is_moved_for_whom_the_story_is_now(charlie, ellen, wanda, draft):
    assigning.assign(draft, to=wanda, due_at=ahead(DAY), by=ellen)
    held_by_ellen = as_it_is_now(draft)
    assigning.assign(draft, to=charlie, due_at=draft.due_at, by=charlie)

    planner.move(held_by_ellen, Kind.DUE, to=ahead(2 * DAY), by=ellen)

    draft.refresh_from_db()
    assert draft.assignee == charlie


def test_what_is_planned_no_longer_is_not_planned_again(charlie, ellen):
    story = review.approve(factories.draft(), by=None)
    scheduling.schedule(story, at=ahead(DAY), by=ellen)
    held_by_ellen = as_it_is_now(story)
    scheduling.unschedule(story, by=charlie)

    with pytest.raises(NothingToMove):
        planner.move(held_by_ellen, Kind.SCHEDULED, to=ahead(2 * DAY), by=ellen)

    assert as_it_is_now(story).scheduled_at is None


def test_a_minor_change_stays_one(ellen, live):
    changed = writing.working_snapshot(live).changed(title="没有错字")
    review.approve(writing.revise(live, changed, by=ellen), by=ellen)
    scheduling.schedule(live, at=ahead(), by=ellen, minor=True)

    planner.move(live, Kind.SCHEDULED, to=ahead(2 * DAY), by=ellen)

    live.refresh_from_db()
    assert live.schedule_is_minor


def test_a_withdrawal_is_moved_with_the_reason_it_has_now(charlie, live):
    scheduling.plan_withdrawal(live, at=ahead(DAY), reason="活动结束。", by=charlie)
    held_by_charlie = as_it_is_now(live)
    scheduling.plan_withdrawal(live, at=live.withdraw_at, reason="来源要求。", by=charlie)

    planner.move(held_by_charlie, Kind.WITHDRAWAL, to=ahead(2 * DAY), by=charlie)

    assert as_it_is_now(live).withdraw_at_reason == "来源要求。"


def test_a_time_that_somebody_else_changed_is_not_moved(charlie, ellen):
    story = review.approve(factories.draft(), by=None)
    seen = scheduling.schedule(story, at=ahead(DAY), by=ellen).scheduled_at
    by_charlie = scheduling.schedule(story, at=ahead(3 * DAY), by=charlie).scheduled_at

    with pytest.raises(MovedMeanwhile):
        planner.move(story, Kind.SCHEDULED, to=ahead(2 * DAY), by=ellen, seen=seen)

    assert as_it_is_now(story).scheduled_at == by_charlie


def test_a_time_that_was_on_the_screen_is_moved(ellen):
    story = review.approve(factories.draft(), by=None)
    scheduling.schedule(story, at=ahead(DAY), by=ellen)
    seen = as_it_is_now(story).scheduled_at

    planner.move(story, Kind.SCHEDULED, to=ahead(2 * DAY), by=ellen, seen=seen)

    assert story.scheduled_at > seen
