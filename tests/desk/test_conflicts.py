"""A save on top of a newer revision: both texts survive, and somebody chooses."""

import pytest

from articles.desk import conflicts, review, revisions, writing
from articles.models import Conflict
from articles.workflow import NotAllowed, Verb

Outcome = Conflict.Outcome


@pytest.fixture
def collide(draft, wanda, ellen):
    """Ellen saves first; Wanda's save began from the same revision."""

    def collided(**mine):
        base = draft.working_revision
        snapshot = writing.working_snapshot(draft)
        conflicts.save(draft, snapshot.changed(title="艾伦的标题"), by=ellen, based_on=base)
        return conflicts.save(draft, snapshot.changed(**mine), by=wanda, based_on=base)

    return collided


def test_a_save_on_the_newest_revision_collides_with_nothing(draft, wanda):
    changed = writing.working_snapshot(draft).changed(title="新标题")

    conflict = conflicts.save(draft, changed, by=wanda, based_on=draft.working_revision)

    draft.refresh_from_db()
    assert conflict is None
    assert draft.title == "新标题"


def test_a_save_on_an_older_revision_is_kept_aside(draft, collide):
    conflict = collide(title="旺达的标题")

    draft.refresh_from_db()
    assert draft.title == "艾伦的标题"
    assert conflict.mine.snapshot.title == "旺达的标题"
    assert conflict.mine.set_aside
    assert (conflict.ancestor.number, conflict.theirs.number) == (1, 2)


def test_a_set_aside_revision_is_no_working_copy(draft, collide):
    conflict = collide(title="旺达的标题")

    draft.refresh_from_db()
    assert draft.working_revision == conflict.theirs


def test_the_same_collision_twice_is_one_conflict(draft, wanda, collide):
    conflict = collide(title="旺达的标题")

    again = conflicts.save(draft, conflict.mine.snapshot, by=wanda, based_on=conflict.ancestor)

    assert again == conflict
    assert draft.revisions.count() == 3


def test_a_form_in_which_nothing_was_changed_collides_with_nothing(draft, collide):
    conflict = collide()

    assert conflict is None
    assert draft.revisions.count() == 2


def test_an_edit_that_says_the_same_collides_with_nothing(collide):
    conflict = collide(title="艾伦的标题")

    assert conflict is None


def test_a_save_after_the_story_was_submitted_elsewhere_is_kept_aside(draft, wanda):
    base = draft.working_revision
    review.submit(draft, by=wanda)
    late = writing.working_snapshot(draft).changed(title="提交后的修改")

    conflict = conflicts.save(draft, late, by=wanda, based_on=base)

    assert conflict.mine.snapshot.title == "提交后的修改"
    assert conflict.theirs == base


def test_nobody_keeps_anything_aside_on_a_story_that_is_not_theirs(draft, otto):
    changed = writing.working_snapshot(draft).changed(title="外人的标题")

    with pytest.raises(NotAllowed):
        conflicts.save(draft, changed, by=otto, based_on=None)

    assert draft.revisions.count() == 1


@pytest.mark.parametrize(
    ("outcome", "title"),
    [
        (Outcome.MINE, "旺达的标题"),
        (Outcome.THEIRS, "艾伦的标题"),
        (Outcome.MERGED, "合并的标题"),
    ],
    ids=str,
)
def test_the_chosen_text_is_the_working_copy_and_the_other_stays(
    draft, wanda, collide, outcome, title
):
    conflict = collide(title="旺达的标题")
    merged = conflict.mine.snapshot.changed(title="合并的标题")

    conflicts.resolve(conflict, outcome=outcome, snapshot=merged, seen=conflict.theirs, by=wanda)

    draft.refresh_from_db()
    kept = {revision.snapshot.title for revision in draft.revisions.all()}
    assert draft.title == title
    assert {"旺达的标题", "艾伦的标题"} <= kept
    assert not draft.conflicts.open().exists()


def test_a_merged_revision_has_two_parents(draft, wanda, collide):
    conflict = collide(title="旺达的标题")

    conflicts.resolve(conflict, outcome=Outcome.MINE, seen=conflict.theirs, by=wanda)

    draft.refresh_from_db()
    assert draft.working_revision.based_on == conflict.theirs
    assert draft.working_revision.merged_from == conflict.mine


def test_a_conflict_is_resolved_once(wanda, collide):
    conflict = collide(title="旺达的标题")
    conflicts.resolve(conflict, outcome=Outcome.THEIRS, seen=conflict.theirs, by=wanda)

    with pytest.raises(conflicts.AlreadyResolved):
        conflicts.resolve(conflict, outcome=Outcome.MINE, seen=conflict.theirs, by=wanda)


def test_nobody_chooses_against_a_text_they_have_not_seen(draft, wanda, ellen, collide):
    conflict = collide(title="旺达的标题")
    newest = writing.working_snapshot(draft).changed(title="又改了")
    writing.revise(draft, newest, by=ellen)

    with pytest.raises(revisions.NewerRevision):
        conflicts.resolve(conflict, outcome=Outcome.MINE, seen=conflict.theirs, by=wanda)

    draft.refresh_from_db()
    assert draft.title == "又改了"


def test_a_conflict_and_its_end_stand_in_the_audit_trail(draft, wanda, collide):
    conflict = collide(title="旺达的标题")

    conflicts.resolve(conflict, outcome=Outcome.MINE, seen=conflict.theirs, by=wanda)

    verbs = list(draft.events.values_list("verb", flat=True))
    assert verbs.count(Verb.SET_ASIDE) == 1
    assert verbs.count(Verb.RESOLVE) == 1
