"""Stories given to somebody, to be ready by a time, and what that lets them do."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from articles import workflow
from articles.desk import assigning, people, review, rights, writing
from articles.desk.outlet_time import UnclearTime
from articles.models import Article, User
from articles.workflow import NotAllowed, Stage, Verb


@pytest.fixture
def tomorrow():
    return timezone.now() + timedelta(days=1)


@pytest.fixture
def wendy(db):
    """Wendy writes too."""
    user = User.objects.create_user(username="wendy", name="Wendy", is_staff=True)
    user.groups.add(Group.objects.get(name=workflow.REPORTER))
    return user


def test_ellen_assigns_a_story_with_a_due_time(draft, wendy, ellen, tomorrow):
    assigning.assign(draft, to=wendy, due_at=tomorrow, by=ellen)

    draft.refresh_from_db()
    assert (draft.assignee, draft.due_at) == (wendy, tomorrow)


def test_an_assignment_stands_in_the_audit_trail(draft, wendy, ellen, tomorrow):
    assigning.assign(draft, to=wendy, due_at=tomorrow, by=ellen)

    event = draft.events.first()
    assert (event.verb, event.actor) == (Verb.ASSIGN, ellen)
    assert event.details == {"to": "Wendy", "due": tomorrow.isoformat()}


def test_an_assignment_can_be_taken_back(draft, wendy, ellen, tomorrow):
    assigning.assign(draft, to=wendy, due_at=tomorrow, by=ellen)

    assigning.assign(draft, to=None, due_at=None, by=ellen)

    draft.refresh_from_db()
    assert (draft.assignee, draft.due_at) == (None, None)


def test_the_same_assignment_again_is_no_event(draft, wendy, ellen, tomorrow):
    assigning.assign(draft, to=wendy, due_at=tomorrow, by=ellen)

    assigning.assign(draft, to=wendy, due_at=tomorrow, by=ellen)

    assert draft.events.filter(verb=Verb.ASSIGN).count() == 1


def test_an_assignment_is_no_edit(draft, wendy, ellen, tomorrow):
    before = (draft.working_revision, draft.edited_at, draft.stage)

    assigning.assign(draft, to=wendy, due_at=tomorrow, by=ellen)

    draft.refresh_from_db()
    assert (draft.working_revision, draft.edited_at, draft.stage) == before


def test_wanda_assigns_nothing(draft, wanda, wendy):
    with pytest.raises(NotAllowed):
        assigning.assign(draft, to=wendy, due_at=None, by=wanda)

    draft.refresh_from_db()
    assert draft.assignee is None


@pytest.mark.parametrize("who", ["otto", "gone", "looks_on"])
def test_nobody_is_assigned_who_does_not_write_here(draft, ellen, otto, wendy, who):
    wendy.is_active = False
    wendy.save(update_fields=["is_active"])
    looks_on = User.objects.create_user(username="looks_on", is_staff=True)
    somebody = {"otto": otto, "gone": wendy, "looks_on": looks_on}[who]

    with pytest.raises(assigning.UnsuitableAssignee):
        assigning.assign(draft, to=somebody, due_at=None, by=ellen)


def test_a_due_time_lies_in_the_future(draft, ellen):
    with pytest.raises(assigning.UnsuitableDueTime):
        assigning.assign(draft, to=None, due_at=timezone.now(), by=ellen)


def test_a_due_time_stands_in_the_calendar(draft, ellen):
    with pytest.raises(UnclearTime, match="2199"):
        assigning.assign(draft, to=None, due_at=datetime(2200, 1, 1, tzinfo=UTC), by=ellen)


def test_an_overdue_story_can_be_given_to_somebody_else(draft, wanda, wendy, ellen):
    past = timezone.now() - timedelta(hours=1)
    Article.objects.filter(pk=draft.pk).update(assignee=wanda, due_at=past)

    assigning.assign(draft, to=wendy, due_at=past, by=ellen)

    draft.refresh_from_db()
    assert draft.assignee == wendy


# What is due


@pytest.mark.parametrize(
    ("stage", "is_overdue"),
    [
        (Stage.DRAFT, True),
        (Stage.IN_REVIEW, True),
        (Stage.CHANGES_REQUESTED, True),
        (Stage.APPROVED, False),
        (Stage.LIVE, False),
    ],
    ids=str,
)
def test_only_an_unfinished_story_is_overdue(live, stage, is_overdue):
    past = timezone.now() - timedelta(hours=1)
    Article.objects.filter(pk=live.pk).update(stage=stage, due_at=past)

    assert Article.objects.overdue().exists() is is_overdue


def test_what_is_due_comes_in_the_order_of_its_time(draft, snapshot, ellen):
    other = writing.create(snapshot, by=ellen)
    now = timezone.now()
    Article.objects.filter(pk=draft.pk).update(due_at=now + timedelta(hours=2))
    Article.objects.filter(pk=other.pk).update(due_at=now + timedelta(hours=1))

    assert list(Article.objects.due_before(now + timedelta(hours=3))) == [other, draft]
    assert list(Article.objects.due_before(now + timedelta(hours=1, minutes=1))) == [other]


# Rights: (who, stage) -> what an assignment lets them do. What is not here they could before.

OWN = {Verb.REVISE, Verb.SUBMIT, Verb.SHARE}
TABLE = [
    ("assigned", Stage.DRAFT, OWN),
    ("assigned", Stage.CHANGES_REQUESTED, OWN),
    ("assigned", Stage.IN_REVIEW, set()),
    ("assigned", Stage.APPROVED, set()),
    ("assigned", Stage.LIVE, set()),
    ("not assigned", Stage.DRAFT, set()),
    ("no more assigned", Stage.DRAFT, set()),
]

IDS = [f"{who}, {stage}" for who, stage, _allowed in TABLE]


@pytest.mark.parametrize(("who", "stage", "allowed"), TABLE, ids=IDS)
def test_an_assigned_reporter_may_what_the_writer_may(live, wendy, ellen, who, stage, allowed):
    if who != "not assigned":
        assigning.assign(live, to=wendy, due_at=None, by=ellen)
    if who == "no more assigned":
        assigning.assign(live, to=None, due_at=None, by=ellen)
    Article.objects.filter(pk=live.pk).update(stage=stage)
    live.refresh_from_db()

    assert {verb for verb in workflow.RULES if rights.may(wendy, verb, live)} == allowed


@pytest.mark.parametrize("is_assigned", [True, False], ids=["assigned", "not assigned"])
def test_an_assigned_story_is_at_the_desk_of_whoever_it_is_assigned_to(
    draft, wendy, ellen, is_assigned
):
    assigning.assign(draft, to=wendy if is_assigned else None, due_at=None, by=ellen)

    assert Article.objects.at_the_desk_of(wendy).exists() is is_assigned
    assert rights.has_access(wendy, draft) is is_assigned
    assert people.who_see(draft).filter(pk=wendy.pk).exists() is is_assigned


def test_whoever_began_a_story_keeps_it_when_it_is_assigned(draft, wanda, wendy, ellen):
    assigning.assign(draft, to=wendy, due_at=None, by=ellen)

    review.submit(draft, by=wanda)

    assert draft.stage == Stage.IN_REVIEW


def test_those_who_see_a_story_are_those_at_whose_desk_it_is(
    draft, wanda, wendy, ellen, charlie, otto
):
    seeing = set(people.who_see(draft))

    assert seeing == {wanda, ellen, charlie}
    assert seeing == {u for u in User.objects.all() if rights.has_access(u, draft)}
