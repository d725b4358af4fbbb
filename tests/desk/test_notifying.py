"""Who is told of what, and who is not."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction

from articles import workflow
from articles.desk import (
    assigning,
    conflicts,
    importing,
    notifying,
    publishing,
    review,
    scheduling,
    writing,
)
from articles.desk.outlet_time import exactly
from articles.desk.sentences import sentence_of
from articles.models import Article, Notification, User
from articles.workflow import NotAllowed
from tests.timing import ahead

Kind = Notification.Kind

DOCUMENT = """---
title: 外来稿件
categories:
 - 硬件
author: 林墨
date: Mon, 03 Jan 2022 08:00:00 GMT
---
<p>正文。</p>
"""


@pytest.fixture
def wendy(db):
    """Wendy writes too."""
    user = User.objects.create_user(username="wendy", name="Wendy", is_staff=True)
    user.groups.add(Group.objects.get(name=workflow.REPORTER))
    return user


def told() -> set[tuple[str, str]]:
    """Whom, and of what."""
    return {(n.recipient.name, n.kind) for n in Notification.objects.select_related("recipient")}


def forget() -> None:
    Notification.objects.all().delete()


# Whom each verb tells


def test_editors_are_told_of_a_submission(draft, wanda, ellen, charlie, otto):
    review.submit(draft, by=wanda)

    assert told() == {("Ellen", Kind.SUBMITTED), ("Charlie", Kind.SUBMITTED)}


def test_the_writer_is_told_what_to_change(in_review, ellen):
    forget()

    review.request_changes(in_review, comment="导语太长。", by=ellen)

    notification = Notification.objects.get()
    assert told() == {("Wanda", Kind.CHANGES_REQUESTED)}
    assert (notification.text, notification.actor) == ("导语太长。", ellen)
    assert (notification.article, notification.title) == (in_review, "芯片厂重启生产线")


def test_the_writer_is_told_of_the_approval(in_review, ellen):
    forget()

    review.approve(in_review, by=ellen)

    assert told() == {("Wanda", Kind.APPROVED)}


def test_the_publication_takes_the_place_of_an_approval_nobody_read(approved, ellen):
    publishing.publish(approved, by=ellen)

    assert ("Wanda", Kind.PUBLISHED) in told()
    assert ("Wanda", Kind.APPROVED) not in told()


def test_an_approval_that_was_read_stays(approved, ellen):
    Notification.objects.filter(kind=Kind.APPROVED).update(read_at=approved.edited_at)

    publishing.publish(approved, by=ellen)

    assert {("Wanda", Kind.PUBLISHED), ("Wanda", Kind.APPROVED)} <= told()


def test_the_writer_is_told_why_the_story_was_withdrawn(live, charlie):
    forget()

    publishing.withdraw(live, reason="事实有误。", by=charlie)

    assert told() == {("Wanda", Kind.WITHDRAWN)}
    assert Notification.objects.get().text == "事实有误。"


def test_the_assignee_is_told_of_the_assignment(draft, wendy, ellen):
    assigning.assign(draft, to=wendy, due_at=None, by=ellen)

    assert told() == {("Wendy", Kind.ASSIGNED)}


def test_the_assignee_is_told_by_when_the_story_is_due(draft, wendy, ellen):
    due_at = ahead()

    assigning.assign(draft, to=wendy, due_at=due_at, by=ellen)

    assert Notification.objects.get().text == f"截止：{exactly(due_at)}"


def test_the_assignee_is_told_what_the_writer_is_told(draft, wanda, wendy, ellen):
    assigning.assign(draft, to=wendy, due_at=None, by=ellen)
    review.submit(draft, by=wanda)
    forget()

    review.request_changes(draft, comment="补图。", by=ellen)

    assert told() == {("Wanda", Kind.CHANGES_REQUESTED), ("Wendy", Kind.CHANGES_REQUESTED)}


def test_whoever_is_writer_and_assignee_is_told_once(draft, wanda, ellen):
    assigning.assign(draft, to=wanda, due_at=None, by=ellen)
    review.submit(draft, by=wanda)
    forget()

    review.request_changes(draft, comment="补图。", by=ellen)

    assert Notification.objects.count() == 1


def test_chiefs_and_whoever_set_the_time_are_told_of_a_failed_schedule(
    approved, ellen, charlie, wendy
):
    approved.events.create(title="", verb=workflow.Verb.SCHEDULE, actor=ellen)
    forget()

    notifying.schedule_failed(approved, reason="头图不在了。", is_first=True)

    assert told() == {("Ellen", Kind.SCHEDULE_FAILED), ("Charlie", Kind.SCHEDULE_FAILED)}


def test_a_withdrawal_planned_later_does_not_hide_who_set_the_time(approved, ellen, wendy):
    approved.events.create(title="", verb=workflow.Verb.SCHEDULE, actor=ellen)
    approved.events.create(title="", verb=workflow.Verb.PLAN_WITHDRAWAL, actor=wendy)
    forget()

    notifying.schedule_failed(approved, reason="头图不在了。", is_first=True)

    assert told() == {("Ellen", Kind.SCHEDULE_FAILED)}


def test_a_failed_withdrawal_is_called_one(live, charlie):
    (told,) = notifying.withdrawal_failed(live, reason="没有原因。", is_first=True)

    assert sentence_of(told) == "“芯片厂重启生产线”未能按时撤稿。"


def test_the_same_failure_is_told_once_until_it_was_read(approved, charlie):
    notifying.schedule_failed(approved, reason="头图不在了。", is_first=True)
    notifying.schedule_failed(approved, reason="头图不在了。", is_first=True)
    failures = Notification.objects.filter(kind=Kind.SCHEDULE_FAILED)
    assert failures.count() == 1
    failures.update(read_at=approved.edited_at)

    notifying.schedule_failed(approved, reason="头图不在了。", is_first=True)

    assert failures.count() == 2


def test_whoever_saved_first_is_told_of_the_collision(draft, wanda, ellen):
    base = draft.working_revision
    snapshot = writing.working_snapshot(draft)
    conflicts.save(draft, snapshot.changed(title="艾伦的标题"), by=ellen, based_on=base)

    conflicts.save(draft, snapshot.changed(title="旺达的标题"), by=wanda, based_on=base)

    assert told() == {("Ellen", Kind.CONFLICT)}


def save_late(story, base, by):
    """What somebody's old window sends, which began from `base`."""
    late = base.snapshot.changed(title="旧窗口里的标题")
    return conflicts.save(story, late, by=by, based_on=base)


def test_whoever_can_mend_it_is_told_that_a_late_save_holds_up_a_scheduled_story(
    draft, wanda, ellen, charlie
):
    base = draft.working_revision
    writing.revise(draft, base.snapshot.changed(title="改好的标题"), by=wanda)
    review.submit(draft, by=wanda)
    review.approve(draft, by=ellen)
    scheduling.schedule(draft, at=ahead(), by=charlie)
    forget()

    save_late(draft, base, by=wanda)

    assert told() == {("Ellen", Kind.CONFLICT), ("Charlie", Kind.CONFLICT)}
    assert exactly(draft.scheduled_at) in Notification.objects.first().text


def test_the_assignee_is_told_of_a_collision_with_a_document(draft, wanda, wendy, ellen):
    assigning.assign(draft, to=wendy, due_at=None, by=ellen)
    base = draft.working_revision
    writing.revise(draft, base.snapshot.changed(title="文档的标题"), by=None)
    forget()

    save_late(draft, base, by=wanda)

    assert told() == {("Wendy", Kind.CONFLICT)}


def test_editors_are_told_where_whoever_saved_late_may_not_choose(draft, wanda, ellen, charlie):
    base = draft.working_revision
    writing.revise(draft, base.snapshot.changed(title="改好的标题"), by=wanda)
    review.submit(draft, by=wanda)
    forget()

    save_late(draft, base, by=wanda)

    assert told() == {("Ellen", Kind.CONFLICT), ("Charlie", Kind.CONFLICT)}


def test_whoever_scheduled_is_told_of_another_editors_late_save(approved, ellen, charlie):
    base = approved.working_revision
    writing.revise(approved, base.snapshot.changed(title="改好的标题"), by=ellen)
    scheduling.schedule(approved, at=ahead(), by=charlie)
    forget()

    save_late(approved, base, by=ellen)

    assert told() == {("Charlie", Kind.CONFLICT)}


# Whom nobody tells


def test_nobody_is_told_of_what_they_did_themselves(draft, ellen, snapshot):
    own = writing.create(snapshot, by=ellen)

    review.submit(own, by=ellen)
    review.approve(own, by=ellen)
    publishing.publish(own, by=ellen)

    assert told() == set()


def test_nobody_who_left_is_told(draft, wanda, ellen, charlie):
    User.objects.filter(pk=ellen.pk).update(is_active=False)

    review.submit(draft, by=wanda)

    assert told() == {("Charlie", Kind.SUBMITTED)}


def test_nobody_is_told_of_a_story_that_is_no_longer_theirs(in_review, wanda, ellen):
    forget()
    wanda.groups.clear()

    review.approve(in_review, by=ellen)

    assert told() == set()


def test_nobody_is_told_of_a_verb_that_is_refused(draft, wanda, charlie):
    with pytest.raises(NotAllowed):
        review.approve(draft, by=wanda)

    assert told() == set()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_nobody_is_told_of_what_was_rolled_back(draft, wanda, charlie):
    with transaction.atomic():
        review.submit(draft, by=wanda)
        transaction.set_rollback(True)

    assert told() == set()


def test_an_import_is_no_news(ellen, wanda, charlie, author):
    incoming = importing.Incoming(
        import_ref="1", file_name="1.md", data=DOCUMENT.encode(), publish=True
    )

    importing.take_in(incoming, by=None)

    assert Article.objects.published().count() == 1
    assert told() == set()


def test_the_title_told_is_the_one_at_the_desk(live, wanda, ellen, snapshot):
    writing.revise(live, snapshot.changed(title="更新的标题"), by=ellen)
    review.submit(live, by=ellen)
    forget()

    review.request_changes(live, comment="再改。", by=ellen)

    assert Notification.objects.get().title == "更新的标题"
