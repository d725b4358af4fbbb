"""Old revisions: they come back as new ones, and can be given names."""

import pytest

from articles.desk import conflicts, history, review, scheduling, writing
from articles.desk.revisions import NewerRevision
from articles.models import Author, Category, Conflict, Notification, RevisionName
from articles.workflow import NotAllowed, Stage, Verb
from tests import factories
from tests.timing import ahead


@pytest.fixture
def reworked(draft, wanda):
    """Wanda's draft with a second revision under another title."""
    changed = writing.working_snapshot(draft).changed(title="改过的标题")
    return writing.revise(draft, changed, by=wanda)


def first_of(article):
    return article.revisions.get(number=1)


def test_a_restored_revision_is_a_new_one(reworked, wanda):
    history.restore(first_of(reworked), by=wanda)

    reworked.refresh_from_db()
    assert reworked.working_revision.number == 3
    assert reworked.working_revision.snapshot == first_of(reworked).snapshot
    assert reworked.events.filter(verb=Verb.RESTORE, revision__number=3).count() == 1


def test_readers_see_nothing_of_a_restored_revision(live, ellen):
    changed = writing.working_snapshot(live).changed(title="改过的标题")
    writing.revise(live, changed, by=ellen)

    history.restore(first_of(live), by=ellen)

    live.refresh_from_db()
    assert live.title == "芯片厂重启生产线"
    assert live.live_revision.number == 1
    assert live.working_revision.number == 3


def test_what_the_working_copy_says_already_is_not_restored(draft, wanda):
    history.restore(first_of(draft), by=wanda)

    assert draft.revisions.count() == 1
    assert not draft.events.filter(verb=Verb.RESTORE).exists()


def test_nobody_restores_what_they_may_not_edit(reworked, wanda, otto):
    review.submit(reworked, by=wanda)

    for person in (wanda, otto):
        with pytest.raises(NotAllowed):
            history.restore(first_of(reworked), by=person)

    reworked.refresh_from_db()
    assert reworked.stage == Stage.IN_REVIEW
    assert reworked.working_revision.number == 2


def test_nobody_restores_over_a_text_they_have_not_seen(reworked, wanda, ellen):
    seen = reworked.working_revision
    writing.revise(reworked, seen.snapshot.changed(title="艾伦的标题"), by=ellen)

    with pytest.raises(NewerRevision):
        history.restore(first_of(reworked), by=wanda, seen=seen)

    reworked.refresh_from_db()
    assert reworked.title == "艾伦的标题"


def test_a_restored_text_is_not_approved_and_goes_live_by_no_schedule(approved, ellen, charlie):
    writing.revise(approved, first_of(approved).snapshot.changed(title="改过的标题"), by=ellen)
    scheduling.schedule(approved, at=ahead(), by=charlie)

    history.restore(first_of(approved), by=ellen)

    approved.refresh_from_db()
    assert (approved.stage, approved.approved_revision) == (Stage.DRAFT, None)
    assert Notification.objects.filter(recipient=charlie, kind="unscheduled").exists()


def test_whoever_approved_hears_that_a_restored_text_is_not(approved, ellen, charlie):
    writing.revise(approved, first_of(approved).snapshot.changed(title="改过的标题"), by=ellen)

    history.restore(first_of(approved), by=charlie)

    told = Notification.objects.get(kind=Notification.Kind.UNAPPROVED)
    assert (told.recipient, told.actor) == (ellen, charlie)


def test_nobody_is_told_twice_that_a_schedule_and_an_approval_are_void(approved, ellen, charlie):
    writing.revise(approved, first_of(approved).snapshot.changed(title="改过的标题"), by=ellen)
    scheduling.schedule(approved, at=ahead(), by=ellen)

    history.restore(first_of(approved), by=charlie)

    told = Notification.objects.filter(recipient=ellen, actor=charlie)
    assert [one.kind for one in told] == [Notification.Kind.UNSCHEDULED]


def test_a_restored_text_that_was_set_aside_is_not_approved(approved, wanda, ellen):
    late = first_of(approved).snapshot.changed(title="旧窗口里的标题")
    conflict = conflicts.save(approved, late, by=wanda, based_on=first_of(approved))

    history.restore(conflict.mine, by=ellen)

    approved.refresh_from_db()
    assert (approved.stage, approved.title) == (Stage.DRAFT, "旧窗口里的标题")


def test_an_author_and_a_category_that_are_gone_do_not_come_back(snapshot, wanda):
    author, category = factories.author("已删除的人"), factories.category("已删除的频道")
    old = snapshot.changed(
        category=category.pk, also_in=(category.pk,), bylines=((author.pk, "author"),)
    )
    story = writing.create(old, by=wanda)
    writing.revise(story, snapshot, by=wanda)
    Author.objects.filter(pk=author.pk).delete()
    Category.objects.filter(pk=category.pk).delete()

    history.restore(first_of(story), by=wanda)

    story.refresh_from_db()
    assert story.working_revision.number == 3
    assert (story.category, list(story.bylines.all())) == (None, [])


def test_a_colliding_edit_whose_author_is_gone_can_be_chosen(draft, wanda, ellen):
    author, base = factories.author("已删除的人"), draft.working_revision
    stored = writing.working_snapshot(draft)
    conflicts.save(draft, stored.changed(title="艾伦的标题"), by=ellen, based_on=base)
    mine = stored.changed(title="旺达的标题", bylines=((author.pk, "author"),))
    conflict = conflicts.save(draft, mine, by=wanda, based_on=base)
    author.delete()

    conflicts.resolve(conflict, outcome=Conflict.Outcome.MINE, seen=conflict.theirs, by=wanda)

    draft.refresh_from_db()
    assert (draft.title, list(draft.bylines.all())) == ("旺达的标题", [])


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        pytest.param("送审稿", "送审稿", id="a name"),
        pytest.param("  送审\n 稿 ", "送审 稿", id="on one line"),
        pytest.param("长" * 100, "长" * 80, id="not too long"),
    ],
)
def test_a_revision_is_called_by_its_name(draft, wanda, said, kept):
    history.name_revision(first_of(draft), name=said, by=wanda)

    assert first_of(draft).naming.name == kept


def test_an_empty_name_is_none(draft, wanda):
    history.name_revision(first_of(draft), name="送审稿", by=wanda)

    history.name_revision(first_of(draft), name=" ", by=wanda)

    assert not RevisionName.objects.exists()
    assert draft.events.filter(verb=Verb.NAME).count() == 2


def test_nobody_names_revisions_of_a_story_that_is_not_theirs(draft, otto):
    with pytest.raises(NotAllowed):
        history.name_revision(first_of(draft), name="我的", by=otto)

    assert not RevisionName.objects.exists()
