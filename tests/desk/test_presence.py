"""Who has a story open just now."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.desk import presence, writing
from articles.models import Presence
from articles.models.presence import ABSENT_AFTER
from articles.workflow import NotAllowed


@pytest.fixture
def attend(draft):
    """A window on Wanda's draft gives a sign of life."""

    def attended(user, tab="one", *, is_writing=False):
        presence.attend(user, draft, tab=tab, is_writing=is_writing)

    return attended


@pytest.fixture
def seen_by_wanda(draft, wanda):
    """Who else is there, for Wanda's window "one"."""

    def seen():
        return [
            (other.user.name, other.is_writing)
            for other in presence.others(draft, user=wanda, tab="one")
        ]

    return seen


def test_who_opens_a_story_is_seen_by_others(attend, ellen, seen_by_wanda):
    attend(ellen)

    assert seen_by_wanda() == [("Ellen", False)]


def test_who_writes_is_seen_as_writing(attend, ellen, seen_by_wanda):
    attend(ellen)
    attend(ellen, is_writing=True)

    assert seen_by_wanda() == [("Ellen", True)]
    assert Presence.objects.count() == 1


def test_a_person_with_two_windows_is_one_person(attend, ellen, seen_by_wanda):
    attend(ellen, "one")
    attend(ellen, "two", is_writing=True)
    attend(ellen, "three")

    assert seen_by_wanda() == [("Ellen", True)]


def test_ones_own_window_is_not_seen_but_another_of_ones_own_is(attend, wanda, seen_by_wanda):
    attend(wanda, "one")
    alone = seen_by_wanda()
    attend(wanda, "two")

    assert alone == []
    assert seen_by_wanda() == [("Wanda", False)]


def test_who_leaves_is_seen_no_more(attend, draft, ellen, seen_by_wanda):
    attend(ellen)

    presence.leave(ellen, draft, tab="one")

    assert seen_by_wanda() == []


def test_who_closes_one_of_two_windows_stays(attend, draft, ellen, seen_by_wanda):
    attend(ellen, "one", is_writing=True)
    attend(ellen, "two")

    presence.leave(ellen, draft, tab="one")

    assert seen_by_wanda() == [("Ellen", False)]


def test_who_gives_no_sign_of_life_is_gone_and_swept(attend, ellen, wanda, seen_by_wanda):
    attend(ellen)
    silent = timezone.now() - ABSENT_AFTER - timedelta(seconds=1)
    Presence.objects.update(seen_at=silent)
    gone = seen_by_wanda()

    attend(wanda)

    assert gone == []
    assert [row.user for row in Presence.objects.all()] == [wanda]


def test_presence_at_one_story_is_none_at_another(attend, ellen, wanda, snapshot):
    other = writing.create(snapshot.changed(title="另一篇"), by=wanda)
    attend(ellen)

    assert presence.others(other, user=wanda, tab="one") == []


def test_who_has_no_access_is_refused(attend, otto):
    with pytest.raises(NotAllowed):
        attend(otto)

    assert not Presence.objects.exists()


def test_a_newer_revision_is_told_and_the_newest_is_not(draft, ellen):
    before = draft.working_revision_id
    writing.revise(draft, writing.working_snapshot(draft).changed(title="新"), by=ellen)

    assert presence.newer_revision(draft, based_on=before).number == 2
    assert presence.newer_revision(draft, based_on=draft.working_revision_id) is None
    assert presence.newer_revision(draft, based_on=None) is None
